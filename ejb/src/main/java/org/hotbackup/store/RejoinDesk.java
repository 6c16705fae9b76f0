package org.hotbackup.store;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.hotbackup.apply.LostItem;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.ItemId;
import org.hotbackup.model.Update;

/** What a superseded master's store goes through to become a slave's; each method is one database transaction. Thread-safe. */
@ApplicationScoped
public class RejoinDesk {

    @EJB
    private StoreBean store;

    /**
     * A server's record in {@code dm,hb.log}.
     *
     * @param file where it is
     * @param name the server
     * @param body the record
     */
    public record ServerRecord(FilePath file, String name, byte[] body) {}

    /** Keeps transactions in lost+found and says in the server's record how far that is done, durably. */
    public void keep(List<LostItem> items, ServerRecord record) {
        run(now -> now, transaction -> {
            items.forEach(item -> transaction.overtaken().keep(item, transaction.image()));
            write(transaction, record);
        });
    }

    /**
     * Takes away what the old master created and the new one does not have: a comparison would not find all of it.
     *
     * @param created accounts and files, in the order of their creation
     */
    public void undo(List<Update> created) {
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

    /** Makes the server a slave server that has applied nothing yet, and the node what it is then, durably. */
    public void becomeSlave(ServerRecord record, UnaryOperator<Standing> change) {
        run(change, transaction -> {
            store.store().positions().delete(transaction.work().connection(), record.name());
            write(transaction, record);
        });
    }

    private static void write(SlaveTransaction transaction, ServerRecord record) {
        TreeMap<ItemId, Optional<byte[]>> written = new TreeMap<>();
        written.put(ItemId.of(record.name()), Optional.of(record.body()));
        transaction.image().write(record.file(), written);
    }

    private interface Work {
        void in(SlaveTransaction transaction) throws SQLException;
    }

    private void run(UnaryOperator<Standing> change, Work work) {
        try {
            store.store().standing().change(change, transaction -> {
                work.in(transaction);
                return null;
            });
        } catch (SQLException e) {
            throw new StoreFailure("the database does not do it: " + e.getMessage(), e);
        }
    }
}
