package org.hotbackup.server;

import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.EJB;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.hotbackup.control.ItemIds;
import org.hotbackup.control.ItemStore;
import org.hotbackup.control.OperationReceipt;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.control.settings.NodeSetting;
import org.hotbackup.control.settings.TapeDeviceDefinition;
import org.hotbackup.device.TapeDrive;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.ItemId;
import org.hotbackup.saves.AccountRestore;
import org.hotbackup.saves.HalfRestored;
import org.hotbackup.saves.ItemRestore;
import org.hotbackup.saves.ItemRestore.ExistingItems;
import org.hotbackup.saves.SavedLog;
import org.hotbackup.saves.TapeWork;
import org.hotbackup.saves.UnfinishedRestore;
import org.hotbackup.store.SystemAccount;
import org.hotbackup.tape.TapeBroken;
import org.hotbackup.tape.TapeFileSummary;
import org.hotbackup.tape.TapeReader;

/**
 * The tape devices of this node, and restoring from them (TS-001); {@link TapeSaves} writes to them. One thing at a time is done on a
 * device; devices know nothing of each other. Thread-safe.
 */
@Singleton
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionManagement(TransactionManagementType.BEAN)
public class TapeDevices {

    private static final Clock CLOCK = Clock.systemDefaultZone();

    /** Who asks for something short is told its end. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    @EJB
    private ItemStore store;

    @EJB
    private ReplicationServers replication;

    @EJB
    private LogTapeRestores logs;

    @Inject
    private NodeConfiguration configuration;

    @Resource
    private ManagedThreadFactory threads;

    private final Set<String> half = new ConcurrentSkipListSet<>();
    private final Map<String, TapeStation> stations = new LinkedHashMap<>();
    private final Map<String, TapeStation> ofResyncs = new ConcurrentHashMap<>();

    /** Reads which devices there are. */
    public void startUp() {
        for (TapeDeviceDefinition device :
                TapeDeviceDefinition.parse(configuration.settings().text(NodeSetting.TAPE_DEVICES))) {
            TapeDrive.deleteUnfinished(device, configuration.home());
            stations.put(device.name(), station(device, PATIENCE));
        }
        List<HalfRestored> found = UnfinishedRestore.all(store);
        found.forEach(one -> half.add(one.name()));
        for (String command : replication.jobList().brokenOff()) {
            stations.values().forEach(station -> station.foundBrokenOff(command, found));
        }
        stations.values().forEach(station -> found.forEach(station::keepsNumberOf));
    }

    private TapeStation station(TapeDeviceDefinition device, Duration patience) {
        long reserve = configuration.diskReserveBytes();
        return new TapeStation(
                device,
                size -> TapeDrive.attach(device, configuration.home(), size, reserve),
                threads,
                CLOCK,
                patience,
                replication.jobList(),
                (code, values) -> replication.say("", code, values));
    }

    /** The device of a resync, a pipe: no user can name it, and none of those that are configured is in its way. */
    public TapeStation ofResync(TapeDeviceDefinition pipe) {
        return ofResyncs.computeIfAbsent(pipe.name(), name -> station(pipe, Duration.ZERO));
    }

    /** The accounts and files of {@code dm} whose restore broke off here; those that were deleted or restored since are not among them. */
    public List<HalfRestored> halfRestored() {
        half.removeIf(account -> !UnfinishedRestore.isHalf(store, account));
        return half.stream()
                .filter(account -> !isBeingRestored(account))
                .flatMap(account -> UnfinishedRestore.half(store, account).stream())
                .toList();
    }

    private boolean isBeingRestored(String account) {
        return withJobs()
                .flatMap(station -> station.job().stream())
                .anyMatch(job -> !job.isOver() && job.done().unfinished().contains(account));
    }

    /** Cancels what goes on. */
    public void shutDown() {
        withJobs().forEach(TapeStation::shutDown);
    }

    /** Everything that works on tapes: the devices, and what resyncs use. */
    public Stream<TapeStation> withJobs() {
        return Stream.concat(stations.values().stream(), ofResyncs.values().stream());
    }

    /** All devices, in the order of the configuration. */
    public List<TapeStation> all() {
        return List.copyOf(stations.values());
    }

    /**
     * The device of this name.
     *
     * @throws Refusal if there is none
     */
    public TapeStation device(String name) {
        return Optional.ofNullable(stations.get(name))
                .orElseThrow(() -> new Refusal(
                        MessageCode.NO_TAPE_DEVICE,
                        name,
                        stations.isEmpty() ? "none" : String.join(", ", stations.keySet())));
    }

    /** The job of this id, if it is the last one of a device. */
    public Optional<TapeJob> job(String id) {
        return withJobs()
                .flatMap(station -> station.job().stream())
                .filter(job -> job.id().equals(id))
                .findFirst();
    }

    /** Reads a tape to its end and says what is on it. */
    public OperationReceipt check(String device, String by) {
        return device(device).read(by, "t-chk", device, false, (drive, job) -> {
            TapeReading reading = new TapeReading(job.done());
            drive.read(job.stop(), reading, job::progress, TapeReader::readAll);
            return reading.receipt();
        });
    }

    /** Reads a dump into a file. */
    public OperationReceipt load(String device, String by, String file, String ids, String letters, String confirm) {
        TapeStation station = device(device);
        SaveOptions options = SaveOptions.of("t-load", letters, "om");
        FilePath path = FilePath.parse(file);
        Set<ItemId> wanted = ids(ids);
        requireWritable(path);
        confirmed(options, path, confirm);
        return station.read(by, "t-load", path.toString(), false, (drive, job) -> {
            options.sayTo(job.done());
            try (ItemRestore restore =
                    new ItemRestore(store, Optional.empty(), path, wanted, existing(options), job.done(), threads)) {
                drive.read(job.stop(), restore, job::progress, reader -> {
                    Optional<TapeFileSummary> read = reading(reader, restore::finish, job.done());
                    if (!restore.isFound()) {
                        throw new Refusal(
                                MessageCode.TAPE_NOT_A_DUMP,
                                read.map(TapeFileSummary::label).orElse("nothing"));
                    }
                });
                int missing = restore.nameMissing();
                return read("t-load", device, job.done(), missing);
            }
        });
    }

    /** Makes an account of one on a tape. */
    public OperationReceipt accountRestore(String device, String by, String onTape, String account, String letters) {
        TapeStation station = device(device);
        SaveOptions options = SaveOptions.of("account-restore", letters, "a");
        String here = account.isBlank() ? onTape : account;
        FilePath path = FilePath.masterDictionary(here);
        if (store.file(path).isPresent() && !UnfinishedRestore.isHalf(store, here)) {
            throw new Refusal(MessageCode.ACCOUNT_EXISTS, here);
        }
        // of an account under another name the log says nothing
        boolean inLog = here.equals(onTape);
        if (inLog) {
            logs.refuseWhileApplied();
        }
        return station.read(by, "account-restore", here, !options.has('a'), (drive, job) -> {
            if (inLog) {
                logs.restoredBy(job.id());
            }
            try (AccountRestore restore = AccountRestore.ofOne(store, onTape, here, job.done(), threads)) {
                restore.by(HalfRestored.by(job.kind(), device, options.letters(), job.id()));
                if (inLog) {
                    restore.beforeFirstChange(() -> forgetLsn(job.done()));
                }
                drive.read(job.stop(), restore, job::progress, reader -> {
                    boolean more = true;
                    while (more && !restore.isRestored()) {
                        more = reading(reader, restore::finish, job.done()).isPresent();
                    }
                });
                if (restore.seen().isEmpty() && restore.hasDump()) {
                    throw new Refusal(MessageCode.TAPE_IS_A_DUMP, device);
                } else if (!restore.isRestored()) {
                    throw new Refusal(
                            MessageCode.TAPE_ACCOUNT_NOT_THERE,
                            onTape,
                            restore.seen().isEmpty() ? "none" : String.join(", ", restore.seen()));
                }
                return read("account-restore", device, job.done());
            } finally {
                half.addAll(job.done().unfinished());
                logs.restoredNoMore(job.id());
            }
        });
    }

    /** Makes all accounts of a tape, and what belongs to none of them. */
    public OperationReceipt restore(String device, String by, String letters) {
        SaveOptions options = SaveOptions.of("restore", letters, "ao");
        return restore(device, by, options, AccountRestore.ofAll(store, options.has('o'), threads));
    }

    /** Makes all accounts of a tape that are not there. */
    public OperationReceipt restoreAccounts(String device, String by, String letters) {
        SaveOptions options = SaveOptions.of("restore-accounts", letters, "a");
        return restore(device, by, options, AccountRestore.ofAccounts(store, threads));
    }

    private OperationReceipt restore(
            String device, String by, SaveOptions options, Function<TapeWork, AccountRestore> restoring) {
        logs.refuseWhileApplied();
        return device(device).read(by, options.verb(), configuration.name(), !options.has('a'), (drive, job) -> {
            logs.restoredBy(job.id());
            try (AccountRestore restore = restoring.apply(job.done())) {
                if (options.has('o') && drive.hasPositions()) {
                    lookThrough(drive, job);
                }
                restore.by(HalfRestored.by(options.verb(), device, options.letters(), job.id()));
                restore.beforeFirstChange(() -> forgetLsn(job.done()));
                drive.read(job.stop(), restore, job::progress, reader -> {
                    Optional<TapeFileSummary> read = reading(reader, restore::finish, job.done());
                    while (read.isPresent() && !read.get().endsSave()) {
                        read = reading(reader, restore::finish, job.done());
                    }
                });
                OperationReceipt receipt = read(options.verb(), device, job.done());
                return restore.log().map(log -> noted(log, receipt, job.done())).orElse(receipt);
            } finally {
                half.addAll(job.done().unfinished());
                logs.restoredNoMore(job.id());
            }
        });
    }

    /** An image into which accounts of another moment come is at no place of the log any more (docs/adr/0025). */
    private void forgetLsn(TapeWork done) {
        logs.holdsNothing().ifPresent(known -> done.say(MessageCode.TAPE_LSN_FORGOTTEN, known.lsn()));
    }

    /** An image that is all of a save goes on where that stands in the log. */
    private OperationReceipt noted(SavedLog log, OperationReceipt receipt, TapeWork done) {
        boolean whole = done.leftOut() == 0;
        if (whole) {
            logs.holds(log.history(), log.lsn());
        }
        String sentence = whole
                ? MessageCode.SAVE_IN_LOG.text(log.node(), log.lsn(), log.endLsn())
                : MessageCode.SAVE_NOT_WHOLE.text(log.node(), log.lsn());
        return new OperationReceipt(receipt.outcome(), receipt.messageId(), receipt.message() + " " + sentence);
    }

    /** Before anything is replaced the tape is read to where its save ends: a good account is not lost to a tape that is broken. */
    private static void lookThrough(TapeDrive drive, TapeJob job) {
        job.done().at("the check of the tape before anything is replaced");
        TapeWork check = new TapeWork();
        try {
            drive.lookThrough(job.stop(), new TapeReading(check), job::progress, reader -> {
                Optional<TapeFileSummary> read = reader.readFile();
                while (read.isPresent() && !read.get().endsSave()) {
                    read = reader.readFile();
                }
            });
        } catch (TapeBroken e) {
            throw new Refusal(MessageCode.TAPE_NOT_REPLACED, job.ofDevice(e).getMessage());
        }
        if (check.damages() > 0) {
            check.lines().forEach(line -> job.done().note(line));
            throw new Refusal(
                    MessageCode.TAPE_NOT_REPLACED, MessageCode.TAPE_DAMAGES.text(job.kind(), check.damages()));
        }
    }

    /** Reads items of one file out of a save. */
    public OperationReceipt selRestore(
            String device, String by, String fileOnTape, String file, String ids, String letters, String confirm) {
        TapeStation station = device(device);
        SaveOptions options = SaveOptions.of("sel-restore", letters, "aom");
        FilePath onTape = FilePath.parse(fileOnTape);
        FilePath path = file.isBlank() ? onTape : FilePath.parse(file);
        Set<ItemId> wanted = ids(ids);
        requireWritable(path);
        confirmed(options, path, confirm);
        return station.read(by, "sel-restore", path.toString(), !options.has('a'), (drive, job) -> {
            try (ItemRestore restore =
                    new ItemRestore(store, Optional.of(onTape), path, wanted, existing(options), job.done(), threads)) {
                drive.read(job.stop(), restore, job::progress, reader -> {
                    boolean more = true;
                    while (more && !restore.isFound()) {
                        more = reading(reader, restore::finish, job.done()).isPresent();
                    }
                });
                if (!restore.isFound()) {
                    throw new Refusal(MessageCode.TAPE_FILE_NOT_THERE, onTape);
                }
                int missing = restore.nameMissing();
                return read("sel-restore", device, job.done(), missing);
            }
        });
    }

    /** Reads a tape file; one that breaks off leaves what was read before it in the store, and says how much that is. */
    private static Optional<TapeFileSummary> reading(TapeReader reader, Runnable finish, TapeWork done) {
        try {
            return reader.readFile();
        } catch (TapeBroken e) {
            finish.run();
            throw new Refusal(MessageCode.TAPE_RESTORE_ENDED, e.getMessage(), done.items());
        }
    }

    private static OperationReceipt read(String kind, String device, TapeWork done) {
        if (done.damages() > 0) {
            throw new Refusal(MessageCode.TAPE_READ_DAMAGED, kind, device, done.items(), done.damages());
        } else if (!done.outcome().isGood()) {
            String why = done.losses() > 0
                    ? "what cannot be restored from it and was left out: " + done.losses()
                    : "two filemarks do not end the tape, and more of it may be missing";
            throw new Refusal(MessageCode.TAPE_READ_PARTLY, kind, device, done.items(), why);
        }
        MessageCode code = done.noteCount() > 0 ? MessageCode.TAPE_READ_WITH_NOTES : MessageCode.TAPE_READ;
        return OperationReceipt.done(code, kind, device, done.items(), done.leftOut());
    }

    private static OperationReceipt read(String kind, String device, TapeWork done, int missing) {
        OperationReceipt all = read(kind, device, done);
        if (missing > 0) {
            throw new Refusal(MessageCode.TAPE_READ_LESS, kind, device, done.items(), missing);
        }
        return all;
    }

    /** The ids in a list as users write it. */
    static Set<ItemId> ids(String list) {
        Set<ItemId> ids = new TreeSet<>();
        ItemIds.parse(list).forEach(id -> ids.add(ItemId.of(id)));
        return ids;
    }

    private static ExistingItems existing(SaveOptions options) {
        if (options.has('o')) {
            return ExistingItems.REPLACED;
        }
        return options.has('m') ? ExistingItems.KEPT : ExistingItems.NAMED;
    }

    /** Who replaces items says of which file once more. */
    private static void confirmed(SaveOptions options, FilePath path, String confirm) {
        if (options.has('o') && confirm.isBlank()) {
            throw new Refusal(MessageCode.TAPE_CONFIRM_FILE, path);
        } else if (options.has('o')) {
            Refusal.unlessConfirmed(path.toString(), confirm.strip());
        }
    }

    /**
     * Nothing, if there is such a file.
     *
     * @throws Refusal if there is none
     */
    static void requireFile(ItemStore store, FilePath path) {
        if (store.file(path).isEmpty()) {
            boolean account =
                    store.file(FilePath.masterDictionary(path.account())).isPresent();
            throw account
                    ? new Refusal(MessageCode.NO_FILE, path)
                    : new Refusal(MessageCode.NO_ACCOUNT, path.account());
        }
    }

    private void requireWritable(FilePath path) {
        requireFile(store, path);
        if (SystemAccount.isProtected(path)) {
            throw new Refusal(MessageCode.SYSTEM_FILE, path);
        }
    }
}
