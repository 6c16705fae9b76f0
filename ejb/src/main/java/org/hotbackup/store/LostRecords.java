package org.hotbackup.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.hotbackup.apply.LostAndFoundType;
import org.hotbackup.apply.LostItem;
import org.hotbackup.apply.OpenedFiles;
import org.hotbackup.apply.Replay;
import org.hotbackup.apply.SlaveBatch;
import org.hotbackup.apply.SlaveFiles;
import org.hotbackup.apply.SlaveImage;
import org.hotbackup.control.ReplayChange;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.model.DynamicArray;
import org.hotbackup.model.ItemId;

/** The records of lost+found in a store, and what an operator does with one. Thread-safe. */
final class LostRecords {

    private final Store store;

    LostRecords(Store store) {
        this.store = store;
    }

    long count() {
        try (Connection connection = store.database().connect()) {
            int file = store.catalogue()
                    .file(SlaveFiles.LOST_AND_FOUND)
                    .orElseThrow()
                    .number();
            return store.items().count(connection, file);
        } catch (SQLException e) {
            throw new StoreFailure("lost+found could not be read", e);
        }
    }

    long count(long most) {
        try (Connection connection = store.database().connect()) {
            int file = store.catalogue()
                    .file(SlaveFiles.LOST_AND_FOUND)
                    .orElseThrow()
                    .number();
            return store.items().count(connection, file, most);
        } catch (SQLException e) {
            throw new StoreFailure("lost+found could not be read", e);
        }
    }

    Map<Integer, Long> countByType(long most) {
        try (Connection connection = store.database().connect()) {
            int file = store.catalogue()
                    .file(SlaveFiles.LOST_AND_FOUND)
                    .orElseThrow()
                    .number();
            // a type has two digits at most, and the mark behind it
            return store.items().beginnings(connection, file, 3, most).stream()
                    .map(LostRecords::type)
                    .collect(Collectors.groupingBy(LostAndFoundType::number, Collectors.counting()));
        } catch (SQLException e) {
            throw new StoreFailure("lost+found could not be read", e);
        }
    }

    private static LostAndFoundType type(byte[] beginning) {
        return LostAndFoundType.of(DynamicArray.of(beginning).extract(1));
    }

    List<LostItem> list(ItemId after, int limit) {
        return read(image -> image.items(SlaveFiles.LOST_AND_FOUND, after, limit).stream()
                .map(item -> LostItem.of(item.id(), item.body()))
                .toList());
    }

    LostItem show(ItemId id) {
        return read(image -> image.read(SlaveFiles.LOST_AND_FOUND, id)
                .map(body -> LostItem.of(id, body))
                .orElseThrow(() -> new Refusal(MessageCode.NO_LOST_ITEM, id)));
    }

    String difference(ItemId id) {
        return read(image -> new Replay(id, image).difference(image));
    }

    List<ReplayChange> changes(ItemId id) {
        return read(image -> new Replay(id, image).changes(image));
    }

    Replay replay(ItemId id, boolean autoCreate, boolean logSlaveUpdate) {
        return change(logSlaveUpdate, transaction -> {
            if (!logSlaveUpdate) {
                transaction.work().receivedBy(new Replay(id, transaction.image()).server());
            }
            transaction.lockRecord(id);
            transaction.lock(List.of(new Replay(id, transaction.image()).whole()));
            // only now nobody else can touch what it touches
            Replay replay = new Replay(id, transaction.image());
            SlaveBatch batch = new SlaveBatch(
                    new SlaveBatch.Rules(replay.server(), autoCreate, logSlaveUpdate, SystemAccount::isProtected),
                    new OpenedFiles(),
                    transaction.image(),
                    transaction.tasks(),
                    transaction.overtaken(),
                    transaction.now(),
                    0);
            if (replay.isWhollyOvertaken()) {
                throw new Refusal(MessageCode.WHOLLY_OVERTAKEN, id);
            }
            replay.perform(batch, transaction.image());
            if (replay.overtaken() == 0) {
                // with the rest the record is perhaps the only one that knows what was confirmed to a user
                Replay.remove(id, transaction.image());
            }
            batch.finish();
            return replay;
        });
    }

    void discard(ItemId id) {
        try {
            SlaveTransaction.free(store, false, transaction -> {
                transaction.lockRecord(id);
                Replay.remove(id, transaction.image());
                return null;
            });
        } catch (SQLException e) {
            throw notDone(e);
        }
    }

    private <T> T change(boolean logSlaveUpdate, SlaveTransaction.Work<T> work) {
        try {
            return SlaveTransaction.run(store, logSlaveUpdate, work);
        } catch (SQLException e) {
            throw notDone(e);
        }
    }

    private static StoreFailure notDone(SQLException e) {
        return new StoreFailure("the database does not do it", e);
    }

    private <T> T read(Function<SlaveImage, T> body) {
        try {
            return SlaveTransaction.read(store, body);
        } catch (SQLException e) {
            throw new StoreFailure("lost+found could not be read", e);
        }
    }
}
