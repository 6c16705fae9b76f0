package org.hotbackup.saves;

import java.util.ArrayList;
import java.util.List;
import org.hotbackup.control.ItemStore;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.ItemId;
import org.hotbackup.model.Update;

/** Writes many items in transactions of bounded size. Not thread-safe. */
final class Pieces {

    /** The most items of a transaction. */
    static final int MOST_ITEMS = 1_000;

    /** A transaction with so many bytes takes no more items. */
    static final long MOST_BYTES = 4L << 20;

    private final ItemStore store;
    private final TapeWork work;
    private final List<Update> updates = new ArrayList<>();
    private long bytes;

    Pieces(ItemStore store, TapeWork work) {
        this.store = store;
        this.work = work;
    }

    /**
     * Writes an item, now or later.
     *
     * @throws Refusal if the store takes nothing at the moment
     */
    void write(FilePath file, ItemId id, byte[] body) {
        if (bytes + body.length > MOST_BYTES) {
            commit();
        }
        updates.add(new Update.ItemWritten(file, id, body));
        bytes += body.length;
        if (updates.size() == MOST_ITEMS) {
            commit();
        }
    }

    /**
     * Writes what is not written yet. If the store does not take all of it together, it is tried item by item, and what is not taken
     * is said.
     *
     * @throws Refusal if the store takes nothing at the moment
     */
    void commit() {
        if (updates.isEmpty()) {
            return;
        }
        List<Update> piece = List.copyOf(updates);
        long size = bytes;
        updates.clear();
        bytes = 0;
        try {
            store.execute(piece);
            work.done(piece.size(), size);
        } catch (Refusal e) {
            unlessOfItems(e);
            piece.forEach(update -> single((Update.ItemWritten) update));
        }
    }

    private void single(Update.ItemWritten update) {
        try {
            store.write(update.file(), update.id(), update.body());
            work.done(1, update.body().length);
        } catch (Refusal e) {
            unlessOfItems(e);
            work.leftOut(1);
            work.note(MessageCode.TAPE_ITEM_LEFT_OUT, update.id(), update.file(), e.getMessage());
        }
    }

    /** A store that is closed, full or away takes the next one neither. */
    static void unlessOfItems(Refusal e) {
        boolean ofItems =
                switch (e.code().kind()) {
                    case BAD_INPUT, NOT_FOUND, TOO_LARGE -> true;
                    case CONFLICT -> e.code() != MessageCode.CLOSED_FOR_UPDATES;
                    default -> false;
                };
        if (!ofItems) {
            throw e;
        }
    }
}
