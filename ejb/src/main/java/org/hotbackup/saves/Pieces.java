package org.hotbackup.saves;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import org.hotbackup.control.ItemStore;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.ItemId;
import org.hotbackup.model.Update;

/**
 * Writes many items in transactions of bounded size, several of them at a time while the caller reads on. Each item has its
 * writer, so that those of one id come in their order. For one caller.
 */
final class Pieces implements AutoCloseable {

    /** The most items of a transaction. */
    static final int MOST_ITEMS = 1_000;

    /** A transaction with so many bytes takes no more items. */
    static final long MOST_BYTES = 4L << 20;

    private static final int WRITERS = 3;

    private final ItemStore store;
    private final TapeWork work;
    private final List<Writer> writers = new ArrayList<>();

    Pieces(ItemStore store, TapeWork work, ThreadFactory threads) {
        this.store = store;
        this.work = work;
        for (int i = 0; i < WRITERS; i++) {
            writers.add(new Writer(threads));
        }
    }

    /**
     * Writes an item, now or later. One that is as large as a transaction is written now, alone, so that memory holds one
     * of these.
     *
     * @throws Refusal if the store takes nothing at the moment
     */
    void write(FilePath file, ItemId id, byte[] body) {
        Update.ItemWritten update = new Update.ItemWritten(file, id, body);
        if (body.length >= MOST_BYTES) {
            commit();
            execute(List.of(update), body.length);
        } else {
            writers.get(Math.floorMod(id.hashCode(), WRITERS)).write(update);
        }
    }

    /**
     * Writes what is not written yet. If the store does not take all of it together, it is tried item by item, and what is not taken
     * is said.
     *
     * @throws Refusal if the store takes nothing at the moment
     */
    void commit() {
        writers.forEach(Writer::begin);
        writers.forEach(Writer::await);
    }

    /** Lets the transactions that are under way come to their end. What {@link #commit} was not called for is forgotten. */
    @Override
    public void close() {
        writers.forEach(Writer::close);
    }

    /** One transaction under way and the next one in the making. */
    private final class Writer {

        private final Background<Void> background;
        private List<Update.ItemWritten> updates = new ArrayList<>();
        private long bytes;

        Writer(ThreadFactory threads) {
            background = new Background<>(threads);
        }

        void write(Update.ItemWritten update) {
            if (bytes + update.body().length > MOST_BYTES) {
                begin();
            }
            updates.add(update);
            bytes += update.body().length;
            if (updates.size() == MOST_ITEMS) {
                begin();
            }
        }

        void begin() {
            if (updates.isEmpty()) {
                return;
            }
            List<Update.ItemWritten> piece = updates;
            long size = bytes;
            updates = new ArrayList<>();
            bytes = 0;
            background.begin(() -> {
                execute(piece, size);
                return null;
            });
        }

        void await() {
            background.await();
        }

        void close() {
            background.close();
        }
    }

    private void execute(List<Update.ItemWritten> piece, long size) {
        try {
            store.execute(List.copyOf(piece));
            work.done(piece.size(), size);
        } catch (Refusal e) {
            unlessOfItems(e);
            piece.forEach(this::single);
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
