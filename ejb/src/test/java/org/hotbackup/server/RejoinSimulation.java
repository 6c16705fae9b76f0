package org.hotbackup.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongFunction;
import java.util.function.UnaryOperator;
import org.hotbackup.apply.LostItem;
import org.hotbackup.apply.UnsentCreations;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.control.settings.ServerSettings;
import org.hotbackup.model.DPointer;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.ItemId;
import org.hotbackup.model.Update;
import org.hotbackup.replication.Position;
import org.hotbackup.store.RejoinDesk;
import org.hotbackup.store.Standing;
import org.hotbackup.store.StoreBean;
import org.hotbackup.txlog.LogEntry;
import org.hotbackup.txlog.LogEntryCodec;
import org.hotbackup.txlog.QueueUnavailableException;
import org.hotbackup.txlog.TransactionLogQueue;

/**
 * A superseded master is brought back, again and again until it is a slave, while its machine dies before and after each
 * step, its database and its queue refuse, and perhaps its own slave servers go on logging. What the new master does not
 * have is in lost+found once, in its order and whole, before anything of it is given up. From one seed.
 */
final class RejoinSimulation {

    private static final String NAME = "todev";
    private static final FilePath FILE = FilePath.data("world", "countries");
    private static final Clock CLOCK = Clock.fixed(Instant.ofEpochSecond(1_700_000_000), ZoneOffset.UTC);
    private static final int MOST_ATTEMPTS = 200;

    private final Random chance;
    private final Map<String, Integer> counts = new TreeMap<>();
    private final boolean alone;
    private final boolean decided;
    // on the disks
    private final List<LogEntry> queue = new ArrayList<>();
    private final TreeMap<String, LostItem> lostAndFound = new TreeMap<>();
    private final Set<FilePath> undone = new HashSet<>();
    private byte[] record;
    private Standing standing = Standing.FIRST;
    private long lastLsn;
    private boolean isQueueThere = true;
    private boolean isSlave;
    // what really is
    private final List<LogEntry> unsent = new ArrayList<>();
    private final Set<FilePath> created = new HashSet<>();
    private boolean keep = true;
    private boolean isQuiet;

    /** The machine dies. An error, so that nothing under test catches it. */
    private static final class Crash extends Error {
        private static final long serialVersionUID = 1L;

        Crash() {
            super(null, null, false, false);
        }
    }

    RejoinSimulation(long seed) {
        chance = new Random(seed * 0x9E3779B97F4A7C15L + 1);
        alone = oneIn(2);
        decided = !oneIn(4);
    }

    /** A whole life; what happened in it, and how often. */
    Map<String, Integer> live() {
        int applied = chance.nextInt(20);
        for (int i = 0; i < applied; i++) {
            log();
        }
        Position promoted = new Position("history", 100, lastLsn);
        unsent.clear();
        created.clear();
        queue.subList(0, chance.nextInt(queue.size() + 1)).clear();
        for (int i = oneIn(5) ? 0 : chance.nextInt(350); i > 0; i--) {
            log();
        }
        if (oneIn(6)) {
            promoted = restored(promoted);
        }
        count(unsent.isEmpty() ? "nothing was unsent" : "something was unsent");
        record = definition(promoted).toItem();
        ReplicationServer server = start();
        int attempts = 0;
        while (!isSlave) {
            assertThat(attempts++).as("attempts").isLessThan(MOST_ATTEMPTS);
            keep = decided || oneIn(2);
            try {
                attempt(server);
            } catch (Crash e) {
                count("crashes");
                server = start();
            } catch (Refusal e) {
                count("said " + e.code());
            }
        }
        checkLostAndFound(promoted);
        count("lives");
        return counts;
    }

    /** This node is an older copy: the promoted position is none of its log, and the new master may have none of its queue. */
    private Position restored(Position promoted) {
        for (int i = 0; i < queue.size(); i++) {
            long lsn = queue.get(i).lsn() + 1;
            if (i + 1 == queue.size() || queue.get(i + 1).lsn() > lsn) {
                unsent.clear();
                unsent.addAll(queue);
                count("masters restored from an older copy");
                return new Position(promoted.history(), promoted.transaction(), lsn);
            }
        }
        return promoted;
    }

    private static ServerDefinition definition(Position promoted) {
        Superseded told = new Superseded("node-2", 2, promoted, CLOCK.millis());
        return ServerDefinition.of(NAME, ServerSettings.parse("type=master host=a port=2000"), 0)
                .withSuccession(Succession.in(1).with(told));
    }

    /** The node starts: it reads the record, and makes sure that the server has its queue. */
    private ReplicationServer start() {
        isQueueThere = true;
        return new ReplicationServer(
                ServerDefinition.ofItem(NAME, record),
                new PermanentLog(new FilesInMemory().files(), CLOCK, Thread::new),
                new NoticeBoard((user, notice) -> {}),
                CLOCK);
    }

    private void attempt(ReplicationServer server) {
        Rejoin rejoin = new Rejoin(server, new Store(), new Queue(), new Desk());
        ServerDefinition slave = rejoin.slave(2001);
        UnsentTransactions.Summary all = server.retire(() -> rejoin.run(keep, alone, slave));
        assertThat(isSlave).as("it says that it is done").isTrue();
        assertThat(all.count()).isEqualTo(unsent.size());
        assertThat(all.missing()).isEmpty();
    }

    private void checkLostAndFound(Position promoted) {
        ServerDefinition now = ServerDefinition.ofItem(NAME, record);
        assertThat(now.settings().isMaster()).isFalse();
        assertThat(now.masterNodeId()).isEqualTo("node-2");
        assertThat(standing.isOpen()).isFalse();
        if (!decided) {
            count("operators who changed their minds");
            return;
        }
        assertThat(lostAndFound.values())
                .as("all that the new master does not have, in its order")
                .extracting(LostItem::body)
                .containsExactlyElementsOf(
                        unsent.stream().map(LogEntry::payload).toList());
        long number = promoted.transaction();
        for (LostItem kept : lostAndFound.values()) {
            assertThat(kept.transaction()).isEqualTo(++number);
        }
    }

    /** An entry of this node: it is in the queue if there is one. */
    private void log() {
        FilePath file = FilePath.data("made", "file" + lastLsn);
        boolean creates = oneIn(20);
        Update update = creates
                ? new Update.FileCreated(file, DPointer.of("DL", 1))
                : new Update.ItemWritten(FILE, ItemId.of("item" + lastLsn), new byte[] {(byte) lastLsn});
        LogEntry entry =
                new LogEntry(lastLsn + 1 + chance.nextInt(3), lastLsn, 0, LogEntryCodec.encode(List.of(update)));
        lastLsn = entry.lsn();
        unsent.add(entry);
        if (creates) {
            created.add(file);
        }
        queue.add(entry);
    }

    private boolean oneIn(int many) {
        return chance.nextInt(many) == 0;
    }

    private void count(String what) {
        counts.merge(what, 1, Integer::sum);
    }

    private void mayCrash(String when) {
        if (oneIn(20)) {
            count("crashes " + when);
            throw new Crash();
        }
    }

    private void mayBeFull() {
        if (oneIn(20)) {
            throw new Refusal(MessageCode.STORE_FULL, 1, 50);
        }
    }

    private final class Store extends StoreBean {

        @Override
        public long lastEnqueuedLsn() {
            return lastLsn;
        }

        @Override
        public <T> T quiesce(LongFunction<T> work) {
            isQuiet = true;
            try {
                return work.apply(lastLsn);
            } finally {
                isQuiet = false;
            }
        }

        @Override
        public Standing standing() {
            return standing;
        }
    }

    private final class Desk extends RejoinDesk {

        @Override
        public void keep(List<LostItem> items, ServerRecord now) {
            mayCrash("before transactions are kept");
            mayBeFull();
            items.forEach(item -> assertThat(lostAndFound.put(item.id().toString(), item))
                    .as("kept twice: %s", item.id())
                    .isNull());
            record = now.body();
            mayCrash("after transactions were kept");
            if (!alone && !isQuiet && oneIn(3)) {
                log();
                count("entries of its own slave servers");
            }
        }

        @Override
        public List<FilePath> undo(UnsentCreations found) {
            mayCrash("before creations are undone");
            mayBeFull();
            undone.addAll(found.files());
            mayCrash("after creations were undone");
            return List.of();
        }

        @Override
        public void becomeSlave(ServerRecord now, UnaryOperator<Standing> change) {
            assertThat(isQueueThere).as("the queue of a slave server").isFalse();
            mayCrash("before it becomes a slave");
            mayBeFull();
            assertThat(now.file()).isEqualTo(SystemPaths.DEFINITIONS);
            record = now.body();
            standing = change.apply(standing);
            isSlave = true;
        }
    }

    private final class Queue implements TransactionLogQueue {

        @Override
        public List<LogEntry> browse(String server, long afterLsn, int limit) throws QueueUnavailableException {
            mayFail();
            return queue.stream()
                    .filter(entry -> entry.lsn() > afterLsn)
                    .limit(limit)
                    .toList();
        }

        @Override
        public void remove(String server) throws QueueUnavailableException {
            if (keep) {
                assertThat(lostAndFound.values())
                        .extracting(LostItem::body)
                        .as("given up only when it is kept")
                        .containsAll(queue.stream()
                                .filter(unsent::contains)
                                .map(LogEntry::payload)
                                .toList());
            }
            if (alone) {
                assertThat(undone).containsAll(created);
            }
            mayCrash("before the queue is deleted");
            mayFail();
            queue.clear();
            isQueueThere = false;
            mayCrash("after the queue was deleted");
        }

        @Override
        public void define(String server) {
            isQueueThere = true;
        }

        private void mayFail() throws QueueUnavailableException {
            if (oneIn(40)) {
                throw new QueueUnavailableException("the disk of the queue is busy", null);
            }
        }

        @Override
        public void append(List<LogEntry> entries) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void clear(String server) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Reader open(String server, Runnable wake) {
            throw new UnsupportedOperationException();
        }

        @Override
        public State state(String server) {
            throw new UnsupportedOperationException();
        }
    }
}
