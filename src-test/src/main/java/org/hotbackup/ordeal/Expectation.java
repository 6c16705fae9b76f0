package org.hotbackup.ordeal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import org.hotbackup.model.DPointer;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.ItemId;
import org.hotbackup.model.Update;

/**
 * What both images must be after all that was answered: the master's, and the slave's by what of it is logged (domain.md
 * 2.5, written down here once more and independently). Thread-safe.
 */
public final class Expectation {

    private final ImageModel master = new ImageModel();
    private final SlaveModel slave = new SlaveModel();
    private final SlaveModel secondSlave = new SlaveModel();
    private SlaveModel slaveAtMark = new SlaveModel();
    private SentTransactions sinceMark;
    private long perhapsAtMark;
    private boolean allFiles;
    private boolean enqueuing = true;
    private long logged;
    private long perhapsLogged;

    /** Whether ALL files are logged from now on, or those with an L only. */
    public synchronized void logAllFiles(boolean all) {
        allFiles = all;
    }

    /** Whether updates are enqueued from now on. */
    synchronized void enqueue(boolean on) {
        enqueuing = on;
    }

    /** Whether ALL files are logged. */
    synchronized boolean isLoggingAllFiles() {
        return allFiles;
    }

    /**
     * A transaction was performed by the master.
     *
     * @param excluded it was excluded from logging
     */
    public synchronized void performed(List<Update> updates, boolean excluded) {
        List<Update> sent = new ArrayList<>();
        for (Update update : updates) {
            if (changes(update) && enqueuing && !excluded) {
                sent.addAll(sent(update));
            }
            master.perform(update);
        }
        sent.forEach(slave::perform);
        sent.forEach(secondSlave::perform);
        if (!sent.isEmpty()) {
            logged++;
            if (sinceMark != null) {
                sinceMark.add(sent);
            }
        }
    }

    /** Everything up to here is on the slave: from here on the transactions are kept until the roles have changed. */
    synchronized void mark() {
        slaveAtMark = slave.copy();
        sinceMark = new SentTransactions();
        perhapsAtMark = perhapsLogged;
    }

    /**
     * What the slave's image must be that has everything since the mark but what is known not to have reached it.
     *
     * @param unsent the transactions that did not reach it
     * @param unknown gets those of them that nobody was answered
     */
    synchronized SlaveModel slaveWithout(List<List<Update>> unsent, Consumer<List<Update>> unknown) {
        SlaveModel model = slaveAtMark.copy();
        sinceMark.without(unsent, unknown).forEach(updates -> updates.forEach(model::perform));
        return model;
    }

    /** How many transactions that leave everything as it was may have been performed since the mark. */
    synchronized long perhapsSinceMark() {
        return perhapsLogged - perhapsAtMark;
    }

    /** The slave has become the master; both images are known, and nothing is under way. */
    synchronized void rolesChanged(
            SortedMap<FilePath, Section> onMaster, SortedMap<FilePath, Section> onSlave, boolean all) {
        master.adoptAll(onMaster);
        slave.adoptAll(onSlave);
        slave.guessed().clear();
        slaveAtMark = new SlaveModel();
        sinceMark = null;
        allFiles = all;
    }

    /** Reads or changes the model of the second slave while no call is under way. */
    synchronized <T> T withSecondSlave(Function<SlaveModel, T> body) {
        return body.apply(secondSlave);
    }

    /** A transaction that leaves everything as it was may have been performed, or not. */
    synchronized void perhapsPerformed() {
        perhapsLogged++;
    }

    /** Transactions that must have got a number of their own so far. */
    synchronized long logged() {
        return logged;
    }

    /** Transactions that may have got a number, too. */
    synchronized long perhapsLogged() {
        return perhapsLogged;
    }

    /** Of what changes nothing nothing is logged; writing an item always counts. */
    private boolean changes(Update update) {
        FilePath path = update.file();
        if (update instanceof Update.ItemDeleted deleted) {
            return master.item(path, deleted.id()).isPresent();
        } else if (update instanceof Update.FileCleared) {
            return !master.section(path).orElseThrow().items().isEmpty();
        } else if (update instanceof Update.FileRedefined redefined) {
            return !master.section(path).orElseThrow().pointer().equals(redefined.pointer());
        }
        return true;
    }

    /** What changes the answer is judged by what it was and by what it becomes. */
    private boolean isLogged(Update update) {
        FilePath path = update.file();
        if (update instanceof Update.FileCreated created) {
            return isLogged(created.pointer(), Optional.empty());
        } else if (update instanceof Update.AccountCreated created) {
            return isLogged(created.pointer(), Optional.empty());
        }
        Section section = master.section(path).orElseThrow();
        DPointer pointer = section.pointer();
        if (update instanceof Update.FileRedefined redefined) {
            return isLogged(pointer, Optional.empty()) || isLogged(redefined.pointer(), Optional.empty());
        } else if (update instanceof Update.ItemWritten written) {
            boolean inDictionary = path.level() != FilePath.Level.DATA;
            return isLogged(pointer, inDictionary ? PseudoPointers.logged(written.body()) : Optional.empty())
                    || wasLogged(section, written.id());
        } else if (update instanceof Update.ItemDeleted deleted) {
            return isLogged(pointer, Optional.empty()) || wasLogged(section, deleted.id());
        }
        return isLogged(pointer, Optional.empty());
    }

    private boolean isLogged(DPointer pointer, Optional<Boolean> ownFlag) {
        return Section.isLogged(pointer, allFiles, ownFlag);
    }

    /** By what an item was before, if it was there: a D-pointer is judged by its own letters. */
    private boolean wasLogged(Section section, ItemId id) {
        return section.items().containsKey(id) && isLogged(section.pointer(), section.ownFlag(id));
    }

    /**
     * What of an update is sent: itself; or, if an account or a dictionary that is not logged goes, each section in it that
     * is.
     */
    private List<Update> sent(Update update) {
        if (isLogged(update)) {
            return List.of(update);
        }
        boolean takesOthers = update instanceof Update.AccountDeleted
                || update instanceof Update.FileDeleted && update.file().level() == FilePath.Level.DICTIONARY;
        if (!takesOthers) {
            return List.of();
        }
        ImageModel without = preview(List.of(update));
        return master.sections().entrySet().stream()
                .filter(section ->
                        section.getKey().account().equals(update.file().account()))
                .filter(section ->
                        !without.has(section.getKey()) && !section.getKey().equals(update.file()))
                .filter(section -> section.getValue().isLogged(allFiles))
                .<Update>map(section -> new Update.FileDeleted(section.getKey()))
                .toList();
    }

    /** Reads or changes the models while no call is under way. */
    public synchronized <T> T with(BiFunction<ImageModel, SlaveModel, T> body) {
        return body.apply(master, slave);
    }

    /** What the master's image of the sections of some accounts would be after more updates. */
    synchronized ImageModel preview(List<Update> updates) {
        ImageModel preview = new ImageModel();
        updates.stream()
                .map(update -> update.file().account())
                .distinct()
                .forEach(account -> preview.copyAccount(account, master));
        updates.forEach(preview::perform);
        return preview;
    }

    /** What the master's image of the sections of some accounts is. */
    synchronized ImageModel snapshot(List<Update> updates) {
        ImageModel snapshot = new ImageModel();
        updates.stream()
                .map(update -> update.file().account())
                .distinct()
                .forEach(account -> snapshot.copyAccount(account, master));
        return snapshot;
    }

    /** Whether an item is there. */
    synchronized boolean hasItem(FilePath file, ItemId id) {
        return master.item(file, id).isPresent();
    }
}
