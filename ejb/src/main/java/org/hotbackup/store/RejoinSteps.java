package org.hotbackup.store;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.hotbackup.apply.LostItem;
import org.hotbackup.model.ItemId;
import org.hotbackup.model.Update;
import org.hotbackup.store.RejoinDesk.ServerRecord;

/** The steps of {@link RejoinDesk} on a store, each a database transaction that may be made again. */
record RejoinSteps(Store store) {

    void keep(List<LostItem> items, ServerRecord record) {
        run(now -> now, transaction -> {
            items.forEach(item -> transaction.overtaken().keep(item, transaction.image()));
            write(transaction, record);
        });
    }

    void undo(List<Update> created) {
        run(now -> now, transaction -> {
            for (Update update : created) {
                boolean account = update instanceof Update.AccountCreated;
                boolean there = transaction.image().file(update.file()).isPresent();
                if (there && account) {
                    transaction.image().perform(new Update.AccountDeleted(update.file()));
                } else if (there) {
                    transaction.image().perform(new Update.FileDeleted(update.file()));
                }
            }
        });
    }

    void becomeSlave(ServerRecord record, UnaryOperator<Standing> change) {
        run(change, transaction -> {
            store.positions().delete(transaction.work().connection(), record.name());
            write(transaction, record);
        });
    }

    private static void write(SlaveTransaction transaction, ServerRecord record) {
        TreeMap<ItemId, Optional<byte[]>> written = new TreeMap<>();
        written.put(ItemId.of(record.name()), Optional.of(record.body()));
        transaction.image().write(record.file(), written);
    }

    /** What is done in a database transaction. */
    private interface Work {
        void in(SlaveTransaction transaction) throws SQLException;
    }

    private void run(UnaryOperator<Standing> change, Work work) {
        try {
            store.standing().change(change, transaction -> {
                work.in(transaction);
                return null;
            });
        } catch (SQLException e) {
            throw new StoreFailure("the database does not do it: " + e.getMessage(), e);
        }
    }
}
