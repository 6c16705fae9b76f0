package org.hotbackup.store;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.function.UnaryOperator;
import org.hotbackup.apply.LostItem;
import org.hotbackup.apply.UnsentCreations;
import org.hotbackup.model.FilePath;

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
        steps().keep(items, record);
    }

    /**
     * Takes away accounts and files that the old master created and the new one does not have: a comparison would not find all
     * of them. What holds more than the transactions wrote stays.
     *
     * @return what stays
     */
    public List<FilePath> undo(UnsentCreations created) {
        return steps().undo(created);
    }

    /** Makes the server a slave server that has applied nothing yet, and the node what it is then, durably. */
    public void becomeSlave(ServerRecord record, UnaryOperator<Standing> change) {
        steps().becomeSlave(record, change);
    }

    private RejoinSteps steps() {
        return new RejoinSteps(store.store());
    }
}
