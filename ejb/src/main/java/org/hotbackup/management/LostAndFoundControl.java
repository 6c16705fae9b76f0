package org.hotbackup.management;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.hotbackup.apply.HeldUpdate;
import org.hotbackup.apply.LostItem;
import org.hotbackup.apply.Replay;
import org.hotbackup.control.LostAndFoundMXBean;
import org.hotbackup.control.LostRecord;
import org.hotbackup.control.OperationReceipt;
import org.hotbackup.control.ReplayChange;
import org.hotbackup.control.TextLine;
import org.hotbackup.control.UpdateContent;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.control.settings.ServerSetting;
import org.hotbackup.model.ItemId;
import org.hotbackup.server.ReplicationServers;
import org.hotbackup.store.LostAndFoundDesk;

/** lost+found, for every surface. */
@ApplicationScoped
public class LostAndFoundControl implements LostAndFoundMXBean {

    @Inject
    LostAndFoundDesk desk;

    @Inject
    ReplicationServers servers;

    /** A console reads all counts one by one, and each needs all records. */
    private final BrieflyKept<Map<Integer, Long>> counts = new BrieflyKept<>(System::nanoTime);

    @Override
    public long getCount() {
        return desk.count();
    }

    @Override
    public long getOldestAgeMillis() {
        return desk.list(null, 1).stream()
                .findFirst()
                .map(oldest -> Math.max(
                        0, System.currentTimeMillis() - oldest.instant().toEpochMilli()))
                .orElse(0L);
    }

    @Override
    public long getCountByType1() {
        return count(1);
    }

    @Override
    public long getCountByType2() {
        return count(2);
    }

    @Override
    public long getCountByType3() {
        return count(3);
    }

    @Override
    public long getCountByType4() {
        return count(4);
    }

    @Override
    public long getCountByType5() {
        return count(5);
    }

    @Override
    public long getCountByType6() {
        return count(6);
    }

    @Override
    public long getCountByType7() {
        return count(7);
    }

    @Override
    public long getCountByType8() {
        return count(8);
    }

    @Override
    public long getCountByType9() {
        return count(9);
    }

    @Override
    public long getCountByType10() {
        return count(10);
    }

    @Override
    public long getCountByType11() {
        return count(11);
    }

    private long count(int type) {
        return counts.get(desk::countByType).getOrDefault(type, 0L);
    }

    @Override
    public List<LostRecord> list(String after, int limit) {
        ItemId from = after == null || after.isEmpty() ? null : ItemId.of(after);
        return desk.list(from, Paging.limit(limit)).stream()
                .map(LostAndFoundControl::record)
                .toList();
    }

    @Override
    public String listText(String after, int limit) {
        return TextLine.lines(list(after, limit));
    }

    private static LostRecord record(LostItem item) {
        return new LostRecord(
                item.id().toString(),
                item.type().number(),
                item.type().meaning(),
                item.server(),
                item.transaction(),
                item.operation(),
                item.message(),
                item.body().length,
                item.acknowledged(),
                item.instant().toString());
    }

    @Override
    public LostRecord record(String id) {
        return record(desk.show(ItemId.of(id)));
    }

    @Override
    public String show(String id) {
        LostItem item = desk.show(ItemId.of(id));
        List<String> lines = new ArrayList<>();
        lines.add(item.describe());
        lines.addAll(UpdateContents.lines(HeldUpdate.of(item)));
        return String.join(System.lineSeparator(), lines);
    }

    @Override
    public List<UpdateContent> contents(String id, int after, long offset, int limit) {
        return UpdateContents.page(HeldUpdate.of(desk.show(ItemId.of(id))), after, offset, Paging.limit(limit));
    }

    @Override
    public String tryReplay(String id) {
        return desk.difference(ItemId.of(id));
    }

    @Override
    public List<ReplayChange> replayChanges(String id) {
        return desk.changes(ItemId.of(id));
    }

    @Override
    public OperationReceipt replay(String id) {
        return OperationReceipt.of(() -> {
            String server = desk.show(ItemId.of(id)).server();
            Replay replayed = desk.replay(
                    ItemId.of(id),
                    isOn(server, ServerSetting.AUTO_CREATE, false),
                    isOn(server, ServerSetting.LOG_SLAVE_UPDATE, true));
            MessageCode code = replayed.overtaken() == 0 ? MessageCode.REPLAYED : MessageCode.REPLAYED_IN_PART;
            Object[] values = {id, replayed.overtaken(), replayed.size()};
            servers.say(server, code, values);
            return OperationReceipt.done(code, values);
        });
    }

    /**
     * As the server is set up.
     *
     * @param withoutServer what holds if it is gone, was promoted or is a master server by now: the node is a slave no longer, so what
     *     is replayed is an update of its own and goes to its slaves as any other
     */
    private boolean isOn(String server, ServerSetting setting, boolean withoutServer) {
        boolean isSlave = servers.names().contains(server)
                && !servers.server(server).settings().isMaster()
                && servers.server(server).succession().promotion().isEmpty();
        return isSlave ? servers.server(server).settings().get(setting).equals("on") : withoutServer;
    }

    @Override
    public OperationReceipt discard(String id, String confirmId, String reason) {
        return OperationReceipt.of(() -> {
            Refusal.unlessConfirmed(id, confirmId);
            Refusal.unlessReasoned(reason);
            String server = desk.show(ItemId.of(id)).server();
            desk.discard(ItemId.of(id));
            servers.say(server, MessageCode.DISCARDED, id, reason);
            return OperationReceipt.done(MessageCode.DISCARDED, id, reason);
        });
    }
}
