package org.hotbackup.saves;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.stream.Stream;
import org.hotbackup.control.ItemStore;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.ItemId;
import org.hotbackup.model.Update;

/**
 * Writes many items in transactions of bounded size, several of them at a time while the caller reads on. Items that come
 * in the order of their ids, as in a save, cannot be the same twice; a piece with others is written when those before it
 * are, and before those behind it. For one caller.
 */
final class Pieces implements AutoCloseable {

    /** The most items of a transaction. */
    static final int MOST_ITEMS = 1_000;

    /** A transaction with so many bytes takes no more items. */
    static final long MOST_BYTES = 4L << 20;

    /** With one more the processors of a small machine have no time for who reads. */
    private static final int WRITERS = 3;

    private final ItemStore store;
    private final TapeWork work;
    private final List<Background<Void>> writers;
    private int next;
    private List<Update.ItemWritten> piece = new ArrayList<>();
    private long bytes;
    private Update.ItemWritten last;
    private boolean ordered = true;
    private boolean orderedBefore = true;

    Pieces(ItemStore store, TapeWork work, ThreadFactory threads) {
        this.store = store;
        this.work = work;
        this.writers = Stream.generate(() -> new Background<Void>(threads))
                .limit(WRITERS)
                .toList();
    }

    /**
     * Writes an item, now or later. One that is as large as a transaction is written now, alone, so that memory holds one
     * of these.
     *
     * @throws Refusal if the store takes nothing at the moment
     */
    void write(FilePath file, ItemId id, byte[] body) {
        boolean large = body.length >= MOST_BYTES;
        if (large) {
            commit();
        } else if (bytes + body.length > MOST_BYTES) {
            begin();
        }
        Update.ItemWritten update = new Update.ItemWritten(file, id, body);
        ordered &= last == null || last.file().equals(file) && last.id().compareTo(id) < 0;
        last = update;
        piece.add(update);
        bytes += body.length;
        if (large) {
            commit();
        } else if (piece.size() == MOST_ITEMS) {
            begin();
        }
    }

    /** Begins to write what was put together. */
    private void begin() {
        if (piece.isEmpty()) {
            return;
        }
        if (!ordered || !orderedBefore) {
            await();
        }
        List<Update.ItemWritten> begun = piece;
        long size = bytes;
        writers.get(next).begin(() -> {
            execute(begun, size);
            return null;
        });
        next = (next + 1) % WRITERS;
        piece = new ArrayList<>();
        bytes = 0;
        orderedBefore = ordered;
        ordered = true;
    }

    private void await() {
        writers.forEach(Background::await);
    }

    /**
     * Writes what is not written yet. If the store does not take all of it together, it is tried item by item, and what is not taken
     * is said.
     *
     * @throws Refusal if the store takes nothing at the moment
     */
    void commit() {
        begin();
        await();
        last = null;
        orderedBefore = true;
    }

    /** Lets the transactions that are under way come to their end. What {@link #commit} was not called for is forgotten. */
    @Override
    public void close() {
        writers.forEach(Background::close);
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
