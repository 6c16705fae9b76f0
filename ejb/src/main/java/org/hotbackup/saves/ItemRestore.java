package org.hotbackup.saves;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ThreadFactory;
import org.hotbackup.control.ItemStore;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.ItemId;
import org.hotbackup.tape.ItemForm;
import org.hotbackup.tape.TapeFile;
import org.hotbackup.tape.TapeFileSummary;
import org.hotbackup.tape.TapeHandler;
import org.hotbackup.tape.TapeNote;

/** Reads items of one file on a tape, of a dump or out of a save, into a file that is there. Not thread-safe. */
public final class ItemRestore implements TapeHandler, AutoCloseable {

    private final ItemStore store;
    private final Optional<FilePath> onTape;
    private final FilePath here;
    private final Set<ItemId> missing;
    private final boolean all;
    private final ExistingItems existing;
    private final TapeWork work;
    private final Pieces pieces;
    private boolean found;

    /** What becomes of items that are there. */
    public enum ExistingItems {
        /** They are left as they are, and named. */
        NAMED,
        /** They are left as they are. */
        KEPT,
        /** They are replaced. */
        REPLACED
    }

    /**
     * Reads items.
     *
     * @param onTape the file there; empty for that of a dump
     * @param here where to
     * @param ids which, all if there are none
     * @param threads on which they are written
     */
    public ItemRestore(
            ItemStore store,
            Optional<FilePath> onTape,
            FilePath here,
            Set<ItemId> ids,
            ExistingItems existing,
            TapeWork work,
            ThreadFactory threads) {
        this.store = store;
        this.onTape = onTape;
        this.here = here;
        this.missing = new TreeSet<>(ids);
        this.all = ids.isEmpty();
        this.existing = existing;
        this.work = work;
        this.pieces = new Pieces(store, work, threads);
    }

    /** Whether the file was there. */
    public boolean isFound() {
        return found;
    }

    /** Says which items were not there, and how many these are. */
    public int nameMissing() {
        missing.forEach(id -> work.note(
                MessageCode.TAPE_ITEM_NOT_THERE,
                id,
                onTape.map(FilePath::toString).orElse("the dump")));
        return missing.size();
    }

    @Override
    public void file(TapeFile file) {
        if (onTape.isEmpty()) {
            throw new Refusal(MessageCode.TAPE_NOT_A_DUMP, file);
        }
        if (isWanted(file)) {
            found = true;
            work.file(file.toString());
        }
    }

    private boolean isWanted(TapeFile file) {
        return onTape.isPresent() ? onTape.equals(file.path()) : file.level() == TapeFile.DUMP;
    }

    @Override
    public void item(TapeFile file, ItemId id, byte[] body, ItemForm form) {
        if (!isWanted(file) || !all && !missing.remove(id)) {
            return;
        }
        if (existing != ExistingItems.REPLACED && store.read(here, id).isPresent()) {
            work.leftOut(1);
            if (existing == ExistingItems.NAMED) {
                work.note(MessageCode.TAPE_ITEM_EXISTS, id, here);
            }
        } else {
            pieces.write(here, id, body);
        }
    }

    @Override
    public void note(TapeNote note) {
        work.note(note);
    }

    /** Puts what was read into the store, also where the tape is broken. */
    public void finish() {
        pieces.commit();
    }

    /** Lets what is under way come to its end. */
    @Override
    public void close() {
        pieces.close();
    }

    @Override
    public void ended(TapeFileSummary summary) {
        found |= onTape.isEmpty() && summary.kind() == TapeFileSummary.Kind.DUMP;
        pieces.commit();
    }
}
