package org.hotbackup.store;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import org.hotbackup.apply.LostItem;
import org.hotbackup.apply.Replay;
import org.hotbackup.control.ReplayChange;
import org.hotbackup.model.ItemId;

/** Where an operator works on lost+found. Thread-safe. */
@ApplicationScoped
public class LostAndFoundDesk {

    /** More records than anybody works through. */
    static final long MOST_LOOKED_AT = 100_000;

    @Inject
    private StoreBean store;

    /** How many records there are. */
    public long count() {
        return records().count();
    }

    /** How many records there are, counted up to this many: it never takes long. */
    public long count(long most) {
        return records().count(most);
    }

    /** How many records there are of each type, by its number; of {@value #MOST_LOOKED_AT} records at most. */
    public Map<Integer, Long> countByType() {
        return records().countByType(MOST_LOOKED_AT);
    }

    /** Records behind an id (null: all), in order of their ids. */
    public List<LostItem> list(ItemId after, int limit) {
        return records().list(after, limit);
    }

    /**
     * A record.
     *
     * @throws org.hotbackup.control.messages.Refusal if there is none of this id
     */
    public LostItem show(ItemId id) {
        return records().show(id);
    }

    /**
     * What replaying a record would change; changes nothing.
     *
     * @throws org.hotbackup.control.messages.Refusal if there is no such record, or it holds no transaction
     */
    public String difference(ItemId id) {
        return records().difference(id);
    }

    /** The same, update by update. */
    public List<ReplayChange> changes(ItemId id) {
        return records().changes(id);
    }

    /**
     * Performs a record's transaction and takes it out of lost+found, durably.
     *
     * @param autoCreate create accounts and files that are missing
     * @param logSlaveUpdate log it for this node's own slaves
     * @return what was replayed
     * @throws org.hotbackup.control.messages.Refusal if there is no such record, it holds no transaction, an older one
     *     comes first, or it still cannot be performed
     */
    public Replay replay(ItemId id, boolean autoCreate, boolean logSlaveUpdate) {
        return records().replay(id, autoCreate, logSlaveUpdate);
    }

    /**
     * Takes a record out of lost+found for good.
     *
     * @throws org.hotbackup.control.messages.Refusal if there is none of this id
     */
    public void discard(ItemId id) {
        records().discard(id);
    }

    private LostRecords records() {
        return new LostRecords(store.store());
    }
}
