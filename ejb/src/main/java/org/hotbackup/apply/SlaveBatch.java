package org.hotbackup.apply;

import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongPredicate;
import java.util.function.Predicate;
import org.hotbackup.apply.HelperTask.Phase;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.model.DPointer;
import org.hotbackup.model.FileDefinition;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.ItemId;
import org.hotbackup.model.Update;
import org.hotbackup.model.Update.AccountCreated;
import org.hotbackup.model.Update.AccountDeleted;
import org.hotbackup.model.Update.FileCleared;
import org.hotbackup.model.Update.FileCreated;
import org.hotbackup.model.Update.FileDeleted;
import org.hotbackup.model.Update.FileRedefined;
import org.hotbackup.model.Update.ItemDeleted;
import org.hotbackup.model.Update.ItemWritten;
import org.hotbackup.model.Update.RangeChecked;
import org.hotbackup.verify.CheckReport;

/**
 * Performs received transactions in one database transaction of the slave, and leaves what the master had after them:
 * each as a whole, or in lost+found. What would take long is left to helpers, and what cannot go to its file meanwhile to
 * hold files. For one thread and one database transaction; the locks are held.
 */
public final class SlaveBatch {

    /** The largest modulo that a file is created with at once (HB-019). */
    static final int LARGEST_AT_ONCE = 100;

    /** The modulo of a larger file until its helper has resized it. */
    static final int FIRST_MODULO = 101;

    /** Auto-create: the real D-pointer is not known. Logged, so that the slave is a full master after a change of roles. */
    private static final DPointer MISSING = DPointer.of("DL", FIRST_MODULO);

    /**
     * How a slave server performs what it receives.
     *
     * @param server its name
     * @param autoCreate create accounts and files that are missing (HB-017)
     * @param logSlaveUpdate log what it performs for this node's own slaves (HB-015)
     * @param untouchable the sections that a slave never changes (HB-122)
     */
    public record Rules(String server, boolean autoCreate, boolean logSlaveUpdate, Predicate<FilePath> untouchable) {}

    private final Rules rules;
    private final OpenedFiles opened;
    private final SlaveImage image;
    private final HelperTasks.Changes tasks;
    private final LocalDateTime now;
    private final LostAndFound lostAndFound;
    private final Overtaken.Changes overtaken;
    private final ItemStates states = new ItemStates();
    private final List<CheckReport> reports = new ArrayList<>();
    private final List<FilePath> created = new ArrayList<>();
    private final SortedSet<Integer> unreadable = new TreeSet<>();
    private LongPredicate isAsked = number -> true;

    /**
     * Begins.
     *
     * @param now this node's time, for records
     * @param acknowledged the last transaction that was acknowledged before
     */
    public SlaveBatch(
            Rules rules,
            OpenedFiles opened,
            SlaveImage image,
            HelperTasks.Changes tasks,
            Overtaken.Changes overtaken,
            LocalDateTime now,
            long acknowledged) {
        this.rules = rules;
        this.opened = opened;
        this.image = image;
        this.tasks = tasks;
        this.overtaken = overtaken;
        this.now = now;
        lostAndFound = new LostAndFound(image, overtaken, rules.server(), now, acknowledged);
    }

    /**
     * Says which checks are for this slave; without it, all.
     *
     * @param asked whether the check of a number is
     */
    public void answers(LongPredicate asked) {
        isAsked = asked;
    }

    /**
     * Performs a transaction, or keeps it in lost+found.
     *
     * @return why it is in lost+found, empty if it was performed
     */
    public Optional<String> perform(Transaction transaction) {
        return perform(transaction, transaction.typeOfObstacle());
    }

    /** As {@link #perform(Transaction)}, for one that was delayed (HB-184). */
    public Optional<String> performDelayed(Transaction transaction) {
        return perform(transaction, LostAndFoundType.DELAYED);
    }

    private Optional<String> perform(Transaction transaction, LostAndFoundType otherwise) {
        Optional<String> obstacle = transaction.obstacle(image, rules.autoCreate(), rules.untouchable());
        if (obstacle.isPresent()) {
            setAside(otherwise, transaction, obstacle.get());
            transaction.updates().stream()
                    .map(Update::file)
                    .filter(file -> image.file(file).isEmpty())
                    .forEach(opened::failed);
            return obstacle;
        }
        transaction.updates().forEach(overtaken::updated);
        performAll(transaction);
        return Optional.empty();
    }

    private void performAll(Transaction transaction) {
        List<Update> logged = new ArrayList<>();
        for (Update update : transaction.updates()) {
            perform(transaction, update, logged);
        }
        if (!logged.isEmpty()) {
            image.log(logged);
        }
    }

    /**
     * Performs a transaction that was in lost+found; what else of lost+found touches the same is younger and not overtaken.
     *
     * @return why it still cannot be performed, empty if it was
     */
    Optional<String> replay(Transaction transaction) {
        Optional<String> obstacle = transaction.obstacle(image, rules.autoCreate(), rules.untouchable());
        if (obstacle.isEmpty()) {
            performAll(transaction);
        }
        return obstacle;
    }

    /** Keeps a transaction in lost+found without trying it. */
    public void setAside(LostAndFoundType type, Transaction transaction, String reason) {
        lostAndFound.keep(type, transaction, reason);
    }

    /** Writes what was collected: nothing may follow. */
    public void finish() {
        states.byFile().forEach(image::write);
        overtaken.write(image);
    }

    /** What was found at the checks that were performed, in their order. */
    public List<CheckReport> reports() {
        return reports;
    }

    /** The accounts and files that were missing and that an update needed (HB-017), in order. */
    public List<FilePath> created() {
        return created;
    }

    /** The numbers of the sections that were updated and whose records in file-of-files cannot be read (HB-154). */
    public List<Integer> unreadable() {
        return List.copyOf(unreadable);
    }

    private void perform(Transaction transaction, Update update, List<Update> logged) {
        if (update instanceof RangeChecked checked) {
            if (isAsked.test(checked.check().number())) {
                flush(checked.file());
                reports.add(SlaveCheck.compare(image, tasks, rules.untouchable(), checked));
            }
            return;
        }
        opened.opened(update.file());
        image.unreadable(update.file()).ifPresent(unreadable::add);
        Optional<byte[]> itemBefore = rules.logSlaveUpdate() ? inDictionary(update) : Optional.empty();
        List<FileDefinition> gone = rules.logSlaveUpdate() ? sectionsIn(update) : List.of();
        if (update instanceof ItemWritten written) {
            createMissing(transaction, written.file());
            put(written.file(), written.id(), Optional.of(written.body()));
        } else if (update instanceof ItemDeleted deleted) {
            createMissing(transaction, deleted.file());
            put(deleted.file(), deleted.id(), Optional.empty());
        }
        DPointer before = image.file(update.file()).map(FileDefinition::pointer).orElse(MISSING);
        DPointer pointer = before;
        if (update instanceof FileCleared cleared) {
            createMissing(transaction, cleared.file());
            clear(cleared.file());
        } else if (update instanceof FileCreated created) {
            pointer = created.pointer();
            create(transaction, created.file(), created.pointer());
        } else if (update instanceof FileRedefined redefined) {
            createMissing(transaction, redefined.file());
            redefine(transaction, redefined.file(), redefined.pointer());
        } else if (update instanceof FileDeleted deleted) {
            delete(deleted);
        } else if (update instanceof AccountCreated created) {
            pointer = created.pointer();
            forget(created);
            if (image.file(created.file()).isPresent()) {
                image.perform(new AccountDeleted(created.file()));
            }
            createAccount(transaction, created.file(), created.pointer());
        } else if (update instanceof AccountDeleted deleted) {
            delete(deleted);
        }
        if (rules.logSlaveUpdate()) {
            log(update, pointer, itemBefore, gone, logged);
        }
    }

    /** As a master does: whoever is not told that an account or file is gone is told which of those in it are. */
    private void log(
            Update update,
            DPointer pointer,
            Optional<byte[]> itemBefore,
            List<FileDefinition> gone,
            List<Update> logged) {
        if (image.isLogged(update, pointer, itemBefore)) {
            logged.add(update);
            return;
        }
        for (FileDefinition section : gone) {
            Update deleted = new FileDeleted(section.path());
            if (image.isLogged(deleted, section.pointer(), Optional.empty())) {
                logged.add(deleted);
            }
        }
    }

    private Optional<byte[]> inDictionary(Update update) {
        if (update.file().level() == FilePath.Level.DATA) {
            return Optional.empty();
        }
        flush(update.file());
        if (update instanceof ItemWritten written) {
            return image.read(written.file(), written.id());
        }
        return update instanceof ItemDeleted deleted ? image.read(deleted.file(), deleted.id()) : Optional.empty();
    }

    private List<FileDefinition> sectionsIn(Update update) {
        if (!(update instanceof FileDeleted) && !(update instanceof AccountDeleted)) {
            return List.of();
        }
        return image.files().stream()
                .filter(file -> !file.path().equals(update.file()) && Transaction.removes(update, file.path()))
                .toList();
    }

    /** The item has this state now: in its file, or in the hold file while a helper works on it. */
    private void put(FilePath file, ItemId id, Optional<byte[]> state) {
        Optional<HelperTask> task = tasks.of(file).filter(HelperTask::holds);
        if (task.isPresent()) {
            states.written(task.get().hold(), id, HeldItem.of(state));
        } else {
            state.ifPresentOrElse(body -> states.written(file, id, body), () -> states.deleted(file, id));
        }
    }

    private void clear(FilePath file) {
        states.drop(file::equals);
        Optional<HelperTask> task = tasks.of(file);
        if (task.filter(HelperTask::holds).isPresent()) {
            states.drop(task.get().hold()::equals);
            image.perform(new FileCleared(task.get().hold()));
            begin(task.get().in(Phase.CLEARING));
        } else if (image.holdsMoreThan(file, Helper.CLEARED_AT_ONCE)) {
            int modulo = task.map(HelperTask::modulo).orElse(0);
            HelperTask clearing = new HelperTask(rules.server(), file, number(file), Phase.CLEARING, modulo);
            if (image.file(clearing.hold()).isPresent()) {
                // of a helper whose task could not be read: with the file goes what was held for it
                image.perform(new FileDeleted(clearing.hold()));
            }
            image.perform(new FileCreated(clearing.hold(), SlaveFiles.holdPointer()));
            begin(clearing);
        } else {
            image.perform(new FileCleared(file));
        }
    }

    private void create(Transaction transaction, FilePath file, DPointer pointer) {
        forget(new FileDeleted(file));
        if (image.file(file).isPresent()) {
            image.perform(new FileDeleted(file));
        }
        createAccountIfMissing(transaction, file.account());
        makeWay(transaction, file);
        DPointer controlled = control(transaction, file, pointer);
        int modulo = controlled.modulo();
        if (modulo > LARGEST_AT_ONCE && modulo != FIRST_MODULO) {
            image.perform(new FileCreated(file, controlled.withModulo(FIRST_MODULO)));
            begin(new HelperTask(rules.server(), file, number(file), Phase.RESIZING, modulo));
        } else {
            image.perform(new FileCreated(file, controlled));
        }
    }

    private void redefine(Transaction transaction, FilePath file, DPointer pointer) {
        DPointer controlled = control(transaction, file, pointer);
        int before = image.file(file).orElseThrow().pointer().modulo();
        int modulo = controlled.modulo();
        Optional<HelperTask> task = tasks.of(file);
        if (modulo > LARGEST_AT_ONCE && modulo != before) {
            image.perform(new FileRedefined(file, controlled.withModulo(before)));
            begin(task.map(running -> running.resizingTo(modulo))
                    .orElseGet(() -> new HelperTask(rules.server(), file, number(file), Phase.RESIZING, modulo)));
        } else {
            image.perform(new FileRedefined(file, controlled));
            task.ifPresent(running -> {
                if (running.holds()) {
                    begin(running.resizingTo(0));
                } else {
                    Helper.cancel(running, image, tasks, now);
                }
            });
        }
    }

    private void delete(Update update) {
        forget(update);
        if (image.file(update.file()).isPresent()) {
            image.perform(update);
        }
    }

    /** Drops what was collected, held or begun for sections that are going to be gone. */
    private void forget(Update update) {
        Predicate<FilePath> gone = path -> Transaction.removes(update, path);
        states.drop(gone);
        for (FilePath file : tasks.sections(gone)) {
            HelperTask task = tasks.of(file).orElseThrow();
            states.drop(task.hold()::equals);
            Helper.cancel(task, image, tasks, now);
        }
    }

    private void createMissing(Transaction transaction, FilePath file) {
        if (image.file(file).isPresent()) {
            return;
        }
        createAccountIfMissing(transaction, file.account());
        if (file.level() != FilePath.Level.MASTER_DICTIONARY) {
            makeWay(transaction, file);
            image.perform(new FileCreated(file, MISSING));
            created.add(file);
        }
    }

    private void createAccountIfMissing(Transaction transaction, String account) {
        FilePath masterDictionary = FilePath.masterDictionary(account);
        if (image.file(masterDictionary).isEmpty()) {
            createAccount(transaction, masterDictionary, MISSING);
            created.add(masterDictionary);
        }
    }

    private void createAccount(Transaction transaction, FilePath account, DPointer pointer) {
        removeItem(
                transaction,
                LostAndFoundType.ACCOUNT_NAME_IN_THE_WAY,
                FilePath.masterDictionary("dm"),
                account.account());
        image.perform(new AccountCreated(account, DPointerControls.unprotected(pointer)));
    }

    /** Removes items that stand where the D-pointers of a new section and its dictionary belong (type 7). */
    private void makeWay(Transaction transaction, FilePath file) {
        if (file.level() == FilePath.Level.DATA) {
            if (image.file(file.definedIn()).isEmpty()) {
                makeWay(transaction, file.definedIn());
            } else {
                removeItem(transaction, LostAndFoundType.DPOINTER_IN_THE_WAY, file.definedIn(), file.section());
            }
        } else {
            removeItem(transaction, LostAndFoundType.DPOINTER_IN_THE_WAY, file.definedIn(), file.file());
        }
    }

    private void removeItem(Transaction transaction, LostAndFoundType type, FilePath file, String name) {
        flush(file);
        ItemId id = ItemId.of(name);
        Optional<byte[]> inTheWay = image.read(file, id);
        if (inTheWay.isPresent()) {
            String reason = MessageCode.REMOVED_FROM_THE_WAY.text(name, file);
            lostAndFound.keep(type, transaction, transaction.operation(), reason, inTheWay.get());
            SortedMap<ItemId, Optional<byte[]>> gone = new TreeMap<>();
            gone.put(id, Optional.empty());
            image.write(file, gone);
        }
    }

    private DPointer control(Transaction transaction, FilePath file, DPointer pointer) {
        flush(FilePath.masterDictionary(file.account()));
        var controlled = new DPointerControls(file.account(), image).control(pointer);
        for (String removed : controlled.removed()) {
            lostAndFound.keep(
                    LostAndFoundType.CORRELATIVE_REMOVED,
                    transaction,
                    transaction.operation(),
                    MessageCode.CORRELATIVE_REMOVED.text(removed, file),
                    removed.getBytes(StandardCharsets.UTF_8));
        }
        return controlled.pointer();
    }

    /** Writes what was collected for a file that is going to be read. */
    private void flush(FilePath file) {
        states.take(file).ifPresent(items -> image.write(file, items));
    }

    private void begin(HelperTask task) {
        Helper.begin(task, image, tasks, now);
    }

    private int number(FilePath file) {
        return image.file(file).orElseThrow().number();
    }
}
