package org.hotbackup.store;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;
import org.hotbackup.apply.LostItem;
import org.hotbackup.apply.OpenedFiles;
import org.hotbackup.apply.Replay;
import org.hotbackup.apply.SlaveBatch;
import org.hotbackup.apply.SlaveFiles;
import org.hotbackup.apply.SlaveImage;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.model.ItemId;

/** Where an operator works on lost+found. Thread-safe. */
@ApplicationScoped
public class LostAndFoundDesk {

    @Inject
    private StoreBean store;

    /** How many records there are. */
    public long count() {
        return store.store().overtaken().records();
    }

    /** Records behind an id (null: all), oldest first. */
    public List<LostItem> list(ItemId after, int limit) {
        return read(image -> image.items(SlaveFiles.LOST_AND_FOUND, after, limit).stream()
                .map(item -> LostItem.of(item.id(), item.body()))
                .toList());
    }

    /**
     * A record.
     *
     * @throws Refusal if there is none of this id
     */
    public LostItem show(ItemId id) {
        return read(image -> LostItem.of(id, body(image, id)));
    }

    /**
     * What replaying a record would change; changes nothing.
     *
     * @throws Refusal if there is no such record, or it holds no transaction
     */
    public String difference(ItemId id) {
        return read(image -> new Replay(id, image).difference(image));
    }

    /**
     * Performs a record's transaction and takes it out of lost+found, durably.
     *
     * @param autoCreate create accounts and files that are missing
     * @param logSlaveUpdate log it for this node's own slaves
     * @return what was replayed
     * @throws Refusal if there is no such record, it holds no transaction, an older one comes first, or it still cannot be
     *     performed
     */
    public Replay replay(ItemId id, boolean autoCreate, boolean logSlaveUpdate) {
        Store opened = store.store();
        try {
            Replay replayed = SlaveTransaction.run(opened, logSlaveUpdate, transaction -> {
                Replay replay = new Replay(id, transaction.image());
                transaction.lock(List.of(replay.transaction()));
                SlaveBatch batch = new SlaveBatch(
                        new SlaveBatch.Rules(replay.server(), autoCreate, logSlaveUpdate, SystemAccount::isProtected),
                        new OpenedFiles(),
                        transaction.image(),
                        transaction.tasks(),
                        transaction.overtaken(),
                        transaction.now(),
                        0);
                replay.perform(batch, transaction.image(), opened.overtaken());
                batch.finish();
                return replay;
            });
            opened.overtaken().forget(id);
            return replayed;
        } catch (SQLException e) {
            throw new StoreFailure("the database does not do it", e);
        }
    }

    /**
     * Takes a record out of lost+found for good.
     *
     * @throws Refusal if there is none of this id
     */
    public void discard(ItemId id) {
        Store opened = store.store();
        try {
            SlaveTransaction.run(opened, false, transaction -> {
                body(transaction.image(), id);
                Replay.remove(id, transaction.image());
                return null;
            });
            opened.overtaken().forget(id);
        } catch (SQLException e) {
            throw new StoreFailure("the database does not do it", e);
        }
    }

    private static byte[] body(SlaveImage image, ItemId id) {
        return image.read(SlaveFiles.LOST_AND_FOUND, id).orElseThrow(() -> new Refusal(MessageCode.NO_LOST_ITEM, id));
    }

    private <T> T read(Function<SlaveImage, T> body) {
        try {
            return SlaveTransaction.read(store.store(), body);
        } catch (SQLException e) {
            throw new StoreFailure("lost+found could not be read", e);
        }
    }
}
