package org.hotbackup.ordeal;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.Update;

/**
 * What all images must be after all that was answered: the master's, and the slaves' by what of it is logged. Thread-safe.
 */
public final class Expectation {

    private final ImageModel master = new ImageModel();
    private final SlaveModel slave = new SlaveModel();
    private final SlaveModel secondSlave = new SlaveModel();
    private SlaveModel slaveAtMark = new SlaveModel();
    private SlaveModel secondSlaveAtMark = new SlaveModel();
    private boolean cascade;
    private boolean allFilesOnSlave;
    private SentTransactions sinceMark;
    private long perhapsAtMark;
    private boolean allFiles;
    private boolean enqueuing = true;
    private Excuses unlogged = new Excuses();
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

    /**
     * What was changed on the master without being logged since this was begun anew: a slave to which a repair sent it in
     * between has it as it was then.
     */
    synchronized Excuses unlogged() {
        return unlogged;
    }

    /** What was not logged so far is judged. */
    synchronized void beginUnloggedAnew() {
        unlogged = new Excuses();
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
            if (changes(update)) {
                List<Update> some =
                        enqueuing && !excluded ? new LoggingRules(master, allFiles).logged(update) : List.of();
                sent.addAll(some);
                if (some.isEmpty()) {
                    unlogged.update(update);
                }
            }
            master.perform(update);
        }
        reach(slave, secondSlave, sent);
        if (!sent.isEmpty()) {
            logged++;
            if (sinceMark != null) {
                sinceMark.add(sent);
            }
        }
    }

    /** The second slave gets what the first one gets, or what that passes on. */
    private void reach(SlaveModel first, SlaveModel second, List<Update> sent) {
        for (Update update : sent) {
            List<Update> passedOn = cascade ? new LoggingRules(first, allFilesOnSlave).logged(update) : List.of(update);
            first.perform(update);
            passedOn.forEach(second::perform);
        }
    }

    /** Whether the second slave is behind the first one from now on, or beside it. */
    synchronized void cascade(boolean on) {
        cascade = on;
    }

    /** Everything up to here is on the slave: from here on the transactions are kept until the roles have changed. */
    synchronized void mark() {
        slaveAtMark = slave.copy();
        secondSlaveAtMark = secondSlave.copy();
        sinceMark = new SentTransactions();
        perhapsAtMark = perhapsLogged;
    }

    /**
     * What the slaves' images must be that have everything since the mark but what is known not to have reached them; the
     * second one's model becomes that, if it was behind the first.
     *
     * @param unsent the transactions that did not reach it
     * @param unknown gets those of them that nobody was answered
     */
    synchronized SlaveModel slaveWithout(List<List<Update>> unsent, Consumer<List<Update>> unknown) {
        SlaveModel first = slaveAtMark.copy();
        SlaveModel second = secondSlaveAtMark.copy();
        sinceMark.without(unsent, unknown).forEach(updates -> reach(first, second, updates));
        if (cascade) {
            secondSlave.become(second);
        }
        return first;
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
        secondSlaveAtMark = new SlaveModel();
        sinceMark = null;
        allFilesOnSlave = allFiles;
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
}
