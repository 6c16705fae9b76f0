package org.hotbackup.saves;

import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadFactory;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.hotbackup.control.ItemStore;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.device.StopSign;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.ItemId;
import org.hotbackup.tape.DumpWriter;
import org.hotbackup.tape.Save;
import org.hotbackup.tape.TapeHandler;
import org.hotbackup.tape.TapeNote;
import org.hotbackup.tape.TapeWriter;

/** Writes what is in a store to a tape, in memory that does not grow with it. */
public final class Saving implements AutoCloseable {

    private final ItemStore store;
    private final StoredAccounts source;
    private final TapeWork work;
    private final StopSign stop;

    /**
     * Of a store.
     *
     * @param own which files are the node's own and left out of saves
     * @param work is told what is done
     * @param threads on which items are read ahead
     */
    public Saving(ItemStore store, Predicate<FilePath> own, TapeWork work, StopSign stop, ThreadFactory threads) {
        this.store = store;
        this.source = new StoredAccounts(store, own, work, threads);
        this.work = work;
        this.stop = stop;
    }

    /**
     * A file save says where it stands in the log.
     *
     * @param where asked for at its end
     */
    public void standsInLog(Supplier<SavedLog> where) {
        source.standsInLog(where);
    }

    /**
     * Saves accounts.
     *
     * @param names which; if empty, it is a file save of all of them
     * @param label what stands in every label
     */
    public void save(TapeWriter tape, Optional<List<String>> names, String label, LocalDateTime time) {
        List<String> accounts = names.orElseGet(source::accounts);
        source.count(accounts);
        Save.write(source, accounts, names.isEmpty(), label, tape, time, notes(), (file, bytes, form) -> {
            stop.check();
            work.done(1, bytes);
        });
    }

    private TapeHandler notes() {
        return new TapeHandler() {
            @Override
            public void note(TapeNote note) {
                work.note(note);
            }
        };
    }

    /**
     * Dumps items of a file.
     *
     * @param ids which, all if there are none
     * @param label what its label says, null for none
     */
    public void dump(TapeWriter tape, FilePath file, Set<ItemId> ids, String label, LocalDateTime time) {
        DumpWriter dump = new DumpWriter(tape, label, time);
        if (ids.isEmpty()) {
            work.expect(store.itemCount(file));
            source.items(file, (id, body) -> put(dump, id, body));
        } else {
            work.file(file.toString());
            for (ItemId id : ids) {
                store.read(file, id).ifPresentOrElse(body -> put(dump, id, body), () -> {
                    work.leftOut(1);
                    work.note(MessageCode.TAPE_ITEM_NOT_THERE, id, file);
                });
            }
        }
        dump.end();
    }

    private void put(DumpWriter dump, ItemId id, byte[] body) {
        stop.check();
        dump.item(id, body);
        work.done(1, body.length);
    }

    /** Nothing is read any more. */
    @Override
    public void close() {
        source.close();
    }
}
