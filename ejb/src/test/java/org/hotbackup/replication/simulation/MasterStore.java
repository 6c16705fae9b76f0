package org.hotbackup.replication.simulation;

import static org.hotbackup.replication.simulation.InvariantBroken.check;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.hotbackup.model.DPointer;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.ItemId;
import org.hotbackup.model.Update;
import org.hotbackup.model.Update.AccountCreated;
import org.hotbackup.model.Update.AccountDeleted;
import org.hotbackup.model.Update.FileCreated;
import org.hotbackup.model.Update.FileDeleted;
import org.hotbackup.model.Update.ItemDeleted;
import org.hotbackup.model.Update.ItemWritten;
import org.hotbackup.txlog.LogEntryCodec;
import org.hotbackup.txlog.LoggingPolicy;
import org.hotbackup.txlog.LoggingPolicy.Verdict;

/** The master's database with its writers: the same steps as the real store's, each of which a crash may fall into. */
final class MasterStore {

    /** What is on the disk. */
    private record Disk(Image image, boolean allFiles, SimulatedLog.Disk log) {}

    private final World world;
    private final Machine machine;
    private final Breakage breakage;
    private final SimulatedLog log;
    private final TransactionMaker maker;
    private Image image = Files.atTheBeginning();
    private boolean allFiles;
    private int transactionsToDo;

    // from here on lost in a crash
    private final Set<List<Object>> locks = new HashSet<>();
    private boolean switching;

    MasterStore(World world, Machine machine, Breakage breakage, SimulatedLog log) {
        this.world = world;
        this.machine = machine;
        this.breakage = breakage;
        this.log = log;
        this.maker = new TransactionMaker(world);
    }

    Object copyOfDisk() {
        return new Disk(image.copy(), allFiles, log.copyOfDisk());
    }

    void restore(Object copy) {
        Disk disk = (Disk) copy;
        image = disk.image().copy();
        allFiles = disk.allFiles();
        log.restore(disk.log());
    }

    Image image() {
        return image;
    }

    SimulatedLog log() {
        return log;
    }

    boolean logsAllFiles() {
        return allFiles;
    }

    /** DL files only, or ALL (HB-121, HB-122); between two transactions. */
    void logAllFiles(boolean all) {
        allFiles = all;
    }

    /** The operator's Stop enqueuing (HB-123), between two transactions. */
    void stopEnqueuing() {
        check(locks.isEmpty(), "a switch between transactions", "%s are locked", locks);
        log.stop();
    }

    /** The operator's Start enqueueing (HB-124), between two transactions. */
    void startEnqueuing() {
        check(locks.isEmpty(), "a switch between transactions", "%s are locked", locks);
        log.start();
    }

    /** Keeps new transactions waiting and does something when there is none. */
    void betweenTransactions(Runnable action) {
        switching = true;
        if (!locks.isEmpty()) {
            machine.later(10, () -> betweenTransactions(action));
            return;
        }
        switching = false;
        action.run();
    }

    /** More work for the writers. */
    void work(int transactions) {
        transactionsToDo += transactions;
    }

    int transactionsToDo() {
        return transactionsToDo;
    }

    boolean isQuiet() {
        return transactionsToDo == 0 && locks.isEmpty() && log.isQuiet() && !log.isStopped();
    }

    void boot(int writers) {
        log.boot();
        for (int i = 0; i < writers; i++) {
            machine.later(world.delay(10, 300), this::begin);
        }
    }

    void lose() {
        locks.clear();
        switching = false;
        log.lose();
    }

    /** A writer takes its locks, all of them or none. */
    private void begin() {
        if (transactionsToDo == 0 || switching) {
            machine.later(switching ? 20 : 200, this::begin);
            return;
        }
        TransactionMaker.Plan plan = maker.plan();
        long lsnTooEarly = breakage == Breakage.LSN_BEFORE_LOCKS ? log.next() : 0;
        lock(plan, lsnTooEarly);
    }

    private void lock(TransactionMaker.Plan plan, long lsnTooEarly) {
        boolean taken = plan.locks().stream().anyMatch(locks::contains) || plan.locksFile() && isLocked(plan.file());
        if (taken || switching) {
            world.count("waits for a lock");
            machine.later(world.between(1, 20), () -> lock(plan, lsnTooEarly));
            return;
        }
        locks.addAll(plan.locks());
        transactionsToDo = Math.max(0, transactionsToDo - 1);
        List<Update> updates = maker.make(plan, image);
        machine.later(world.delay(5, 100), () -> giveLsn(plan, updates, lsnTooEarly));
    }

    /** Whether somebody is at work on a file: a dictionary is locked with its file, the account that comes and goes as one. */
    boolean isLocked(FilePath file) {
        FilePath locked = file;
        if (file.account().equals(Files.SPARE.account())) {
            locked = Files.SPARE;
        } else if (file.level() == FilePath.Level.DICTIONARY) {
            locked = FilePath.data(file.account(), file.file());
        }
        FilePath path = locked;
        return locks.stream().anyMatch(lock -> lock.get(0).equals(path));
    }

    boolean isAnythingLocked() {
        return !locks.isEmpty();
    }

    private void giveLsn(TransactionMaker.Plan plan, List<Update> updates, long lsnTooEarly) {
        List<Update> logged = new ArrayList<>();
        boolean missed = false;
        Image then = image.copy();
        for (Update update : updates) {
            Verdict verdict = judge(plan.excluded(), update, then);
            world.count("updates " + verdict);
            missed |= verdict == Verdict.MISSED;
            if (verdict == Verdict.LOGGED) {
                logged.add(update);
            } else if (verdict == Verdict.LEFT_OUT) {
                for (Update deleted : goneWith(update, then)) {
                    Verdict ofSection = judge(plan.excluded(), deleted, then);
                    missed |= ofSection == Verdict.MISSED;
                    if (ofSection == Verdict.LOGGED) {
                        world.count("deletions of what was in an account or file that is not logged");
                        logged.add(deleted);
                    }
                }
            }
            then.perform(update);
        }
        boolean gap = missed;
        long lsn = lsnTooEarly > 0 || logged.isEmpty() ? lsnTooEarly : log.next();
        machine.later(world.delay(5, 200), () -> end(plan, updates, logged, gap, lsn));
    }

    /** Whether an update made now would be logged. */
    boolean isLogged(Update update) {
        return judge(false, update, image) == Verdict.LOGGED;
    }

    /** The deletions of what else goes with an account or file: said if that itself is not (ADR 14). */
    private static List<Update> goneWith(Update update, Image then) {
        if (!(update instanceof AccountDeleted) && !(update instanceof FileDeleted)) {
            return List.of();
        }
        Predicate<FilePath> gone = Image.goneWith(update);
        return then.files().stream()
                .filter(file -> gone.test(file) && !file.equals(update.file()))
                .<Update>map(FileDeleted::new)
                .toList();
    }

    /** By what was there before as well (ADR 14). */
    private Verdict judge(boolean excluded, Update update, Image then) {
        DPointer pointer = then.pointer(update.file());
        if (update instanceof FileCreated created) {
            pointer = created.pointer();
        } else if (update instanceof AccountCreated created) {
            pointer = created.pointer();
        }
        return LoggingPolicy.judge(
                new LoggingPolicy.Switches(!log.isStopped(), excluded, allFiles),
                pointer,
                update,
                itemBefore(update, then));
    }

    private static Optional<byte[]> itemBefore(Update update, Image then) {
        if (update.file().level() == FilePath.Level.DATA) {
            return Optional.empty();
        }
        if (update instanceof ItemWritten written) {
            return then.read(written.file(), written.id());
        }
        return update instanceof ItemDeleted deleted ? then.read(deleted.file(), deleted.id()) : Optional.empty();
    }

    private void end(TransactionMaker.Plan plan, List<Update> updates, List<Update> logged, boolean gap, long lsn) {
        boolean rolledBack = updates.isEmpty() || world.oneIn(12);
        if (rolledBack) {
            world.count("transactions rolled back");
        } else {
            updates.forEach(image::perform);
            if (gap) {
                log.missed();
                world.count("updates missed");
            }
        }
        if (lsn > 0 && (rolledBack || logged.isEmpty())) {
            log.rolledBack(lsn);
        } else if (lsn > 0) {
            log.insert(lsn, LogEntryCodec.encode(logged));
            if (world.trouble(400, "crashes after a commit on the master")) {
                throw new Crash(machine);
            }
            machine.later(world.delay(2, 30), () -> {
                log.committed(lsn);
                finish(plan);
            });
            return;
        }
        finish(plan);
    }

    /** A transaction of its own, done at once by somebody who found nothing locked. */
    long logAtOnce(List<Update> updates) {
        long lsn = log.next();
        log.insert(lsn, LogEntryCodec.encode(updates));
        log.committed(lsn);
        return lsn;
    }

    private void finish(TransactionMaker.Plan plan) {
        locks.removeAll(plan.locks());
        machine.later(world.delay(20, 600), this::begin);
    }

    /** Whether a section is one of those that are logged now. */
    Optional<DPointer> logged(FilePath file) {
        return Optional.ofNullable(image.pointer(file))
                .filter(pointer -> LoggingPolicy.judge(
                                new LoggingPolicy.Switches(true, false, allFiles),
                                pointer,
                                new Update.FileCleared(file))
                        == Verdict.LOGGED);
    }

    /** For the writers' bodies: a number that only grows, in the order of locks. */
    static byte[] body(long number, byte[] more) {
        return ByteBuffer.allocate(8 + more.length).putLong(number).put(more).array();
    }

    static ItemId id(int number) {
        return ItemId.of(Integer.toString(number));
    }

    @Override
    public String toString() {
        return transactionsToDo + " to do, " + locks + " locked, " + log;
    }
}
