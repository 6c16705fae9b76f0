package org.hotbackup.server;

import jakarta.annotation.PostConstruct;
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
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.hotbackup.control.ItemStore;
import org.hotbackup.control.OperationReceipt;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.control.settings.TapeDeviceDefinition;
import org.hotbackup.model.FilePath;
import org.hotbackup.saves.AccountRestore;
import org.hotbackup.saves.Saving;
import org.hotbackup.store.ResyncStore;
import org.hotbackup.store.StoreBean;
import org.hotbackup.store.SystemAccount;
import org.hotbackup.tape.TapeBroken;
import org.hotbackup.tape.TapeReader;

/**
 * This node's part in making a slave the image of its master through tape-socket: a master saves accounts and files into a pipe, a
 * slave restores them out of one, while its slave server is stopped. What is wanted and what is there already is kept by the
 * slave's node. Thread-safe.
 */
@Singleton
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionManagement(TransactionManagementType.BEAN)
public class Resyncs {

    private static final int BLOCK_BYTES = 32_768;
    private static final TapeDeviceDefinition OUT = pipe("rsyncout");
    private static final TapeDeviceDefinition IN = pipe("rsyncin");
    private static final String SEND = "resync-save";
    private static final String RECEIVE = "resync-restore";

    @EJB
    private ReplicationServers servers;

    @EJB
    private TapeDevices devices;

    @EJB
    private ItemStore items;

    @EJB
    private ResyncStore image;

    @EJB
    private StoreBean store;

    @Inject
    private NodeConfiguration configuration;

    @Resource
    private ManagedThreadFactory threads;

    private ResyncHolder holder;

    private static TapeDeviceDefinition pipe(String name) {
        return new TapeDeviceDefinition(
                name, "pipes/" + name, BLOCK_BYTES, TapeDeviceDefinition.Kind.PIPE, false, false);
    }

    @PostConstruct
    void construct() {
        holder = new ResyncHolder(
                configuration.name(), Clock.systemUTC(), () -> TimeUnit.NANOSECONDS.toMillis(System.nanoTime()));
    }

    /** For whom this node works. */
    public ResyncHolder holder() {
        return holder;
    }

    /**
     * Works for the resync of one command only.
     *
     * @param by whose command it is
     * @param from where it runs
     */
    public OperationReceipt hold(String command, String by, String from) {
        String who = "user " + by + (from.isBlank() ? "" : ", " + from.strip());
        holder.hold(command, who);
        return OperationReceipt.done(MessageCode.RESYNC_HOLDS, configuration.name(), who);
    }

    /** Does not work for it any more. */
    public OperationReceipt release(String command) {
        holder.release(command);
        return OperationReceipt.done(MessageCode.RESYNC_OVER, configuration.name());
    }

    /** The one that is under way, if only to be proved. */
    private Optional<UnfinishedResync> now() {
        return servers.resync().now();
    }

    /** The slave server whose image is made anew; empty if none is. */
    public String server() {
        return now().map(UnfinishedResync::server).orElse("");
    }

    /** What is to be restored; empty if no resync is under way. */
    public List<String> wanted() {
        return now().map(UnfinishedResync::wanted).orElse(List.of());
    }

    /** What of it is. */
    public List<String> restored() {
        return now().map(UnfinishedResync::restored).orElse(List.of());
    }

    /** What of it was begun and is not whole; empty if nothing is. */
    public String half() {
        return now().map(UnfinishedResync::half).orElse("");
    }

    /** Whether all is restored and only the proof is missing. */
    public boolean toBeProved() {
        return now().map(UnfinishedResync::toBeProved).orElse(false);
    }

    /** Bytes of the items that are. */
    public long restoredBytes() {
        return now().map(UnfinishedResync::bytes).orElse(0L);
    }

    /** The LSN of the master's log that was noted before; 0 if no resync is under way. */
    public long notedLsn() {
        return now().map(UnfinishedResync::notedLsn).orElse(0L);
    }

    /** The last LSN of the master's log when all was saved; 0 as long as not all is. */
    public long savedLsn() {
        return now().map(UnfinishedResync::savedLsn).orElse(0L);
    }

    /** Whether both servers are to begin anew, or perhaps do already. */
    public boolean anew() {
        return now().map(UnfinishedResync::anew).orElse(false);
    }

    /**
     * Stops a slave server and remembers what is to be restored; of what one that was begun before has restored, that stays.
     *
     * @param wanted accounts, and account,file, with blanks between them
     * @param notedLsn the last LSN of the master's log
     * @param anew whether both servers have to begin anew
     */
    public OperationReceipt begin(String server, String wanted, long notedLsn, boolean anew) {
        List<String> units = units(wanted);
        servers.resync().unfinished().ifPresent(before -> goingOn(before, server, units));
        servers.stopForResync(server);
        UnfinishedResync resync = servers.resync()
                .unfinished()
                .map(before -> goingOn(before, server, units).withAnew(units, anew))
                .orElseGet(() -> UnfinishedResync.of(server, units, notedLsn, anew));
        servers.resync().keep(resync);
        servers.say(server, MessageCode.RESYNC_BEGUN, server, resync.left().size(), resync.notedLsn());
        return OperationReceipt.done(
                MessageCode.RESYNC_BEGUN, server, resync.left().size(), resync.notedLsn());
    }

    /** As long as both servers have to begin anew nothing is restored, and what is wanted may be another list. */
    private static UnfinishedResync goingOn(UnfinishedResync before, String server, List<String> wanted) {
        boolean same = before.anew() || before.wanted().equals(wanted);
        if (!before.server().equals(server) || !same) {
            throw new Refusal(MessageCode.RESYNC_OF_OTHERS, before.server(), String.join(" ", before.wanted()));
        }
        return before;
    }

    private static List<String> units(String wanted) {
        List<String> units = Arrays.stream(wanted.strip().split("\\s+"))
                .filter(unit -> !unit.isEmpty())
                .distinct()
                .toList();
        units.forEach(Resyncs::dictionary);
        if (units.isEmpty()) {
            throw new Refusal(MessageCode.NO_ACCOUNT, wanted);
        }
        return units;
    }

    /** The MD of an account, or the dictionary of a file. */
    private static FilePath dictionary(String unit) {
        int comma = unit.indexOf(',');
        return comma < 0
                ? FilePath.masterDictionary(unit)
                : FilePath.dictionary(unit.substring(0, comma), unit.substring(comma + 1));
    }

    /** Whether a section belongs to what is sent or received. */
    private static Predicate<FilePath> within(String unit) {
        FilePath dictionary = dictionary(unit);
        return dictionary.level() == FilePath.Level.MASTER_DICTIONARY
                ? path -> path.account().equals(dictionary.account())
                : path -> path.account().equals(dictionary.account())
                        && path.file().equals(dictionary.file());
    }

    /** Begins to save an account or a file into the pipe of the resync's output server. */
    public OperationReceipt send(String unit, String by) {
        FilePath dictionary = dictionary(unit);
        if (items.file(dictionary).isEmpty()) {
            throw unit.contains(",")
                    ? new Refusal(MessageCode.NO_FILE, unit)
                    : new Refusal(MessageCode.NO_ACCOUNT, unit);
        }
        return devices.ofResync(OUT).write(by, SEND, unit, "", (drive, job) -> {
            Predicate<FilePath> own =
                    path -> SystemAccount.isProtected(path) || !within(unit).test(path);
            LocalDateTime now = LocalDateTime.now();
            try (Saving saving = new Saving(items, own, job.done(), job.stop(), threads)) {
                drive.write(
                        job.stop(),
                        now,
                        tape -> saving.save(tape, Optional.of(List.of(dictionary.account())), "RESYNC", now));
            }
            return done(SEND, unit, job);
        });
    }

    /** Begins to restore one out of the pipe of the resync's input server, in the place of what is here. */
    public OperationReceipt receive(String unit, String by) {
        UnfinishedResync resync = servers.resync().required();
        if (!resync.wanted().contains(unit)) {
            throw new Refusal(MessageCode.RESYNC_NOT_WANTED, unit, String.join(" ", resync.wanted()));
        }
        store.beginResync(
                resync.server(), servers.server(resync.server()).definition().passesOn());
        return devices.ofResync(IN).read(by, RECEIVE, unit, false, (drive, job) -> {
            servers.resync().begun(unit, job::cancel);
            try (AccountRestore restore = AccountRestore.ofResync(
                    image, dictionary(unit).account(), within(unit), unit.contains(","), job.done(), threads)) {
                drive.read(job.stop(), restore, job::progress, reader -> read(reader, job));
                restore.finish();
                if (!restore.isEnded()) {
                    throw new Refusal(MessageCode.RESYNC_NOTHING_CAME, unit);
                } else if (!restore.isWhole()) {
                    throw new Refusal(MessageCode.RESYNC_NOT_WHOLE, unit);
                }
            }
            servers.resync().restored(unit, job.done().bytes());
            return done(RECEIVE, unit, job);
        });
    }

    private static void read(TapeReader reader, TapeJob job) {
        try {
            reader.readAll();
        } catch (TapeBroken e) {
            throw new Refusal(
                    MessageCode.TAPE_RESTORE_ENDED, e.getMessage(), job.done().items());
        }
    }

    private static OperationReceipt done(String kind, String unit, TapeJob job) {
        return OperationReceipt.done(
                MessageCode.RESYNC_CARRIED,
                kind,
                unit,
                job.done().items(),
                job.done().bytes());
    }

    /** Removes an account that the master does not have. */
    public OperationReceipt remove(String account, String confirmName) {
        UnfinishedResync resync = servers.resync().required();
        Refusal.unlessConfirmed(account, confirmName);
        if (SystemAccount.isProtected(FilePath.masterDictionary(account))) {
            throw new Refusal(MessageCode.SYSTEM_FILE, account);
        }
        store.beginResync(
                resync.server(), servers.server(resync.server()).definition().passesOn());
        if (items.file(FilePath.masterDictionary(account)).isPresent()) {
            image.deleteAccount(account);
        }
        if (resync.wanted().contains(account)) {
            servers.resync().restored(account, 0);
        }
        servers.say(resync.server(), MessageCode.RESYNC_REMOVED, account);
        return OperationReceipt.done(MessageCode.RESYNC_REMOVED, account);
    }

    /**
     * All is restored: starts the slave server, which goes on in the log; or did so before.
     *
     * @param savedLsn the last LSN of the master's log by now
     */
    public OperationReceipt end(long savedLsn) {
        UnfinishedResync resync = now().orElseThrow(() -> new Refusal(MessageCode.RESYNC_NONE));
        if (!resync.left().isEmpty() || resync.anew()) {
            throw new Refusal(
                    MessageCode.RESYNC_UNFINISHED,
                    resync.server(),
                    resync.left().size());
        }
        Optional<OperationReceipt> refused = servers.startRestored(resync.server(), savedLsn);
        if (refused.isPresent()) {
            return refused.get();
        }
        servers.say(resync.server(), MessageCode.RESYNC_RESTORED, resync.server(), resync.notedLsn());
        return OperationReceipt.done(MessageCode.RESYNC_RESTORED, resync.server(), resync.notedLsn());
    }

    /**
     * The proof was made: nothing of that is left to go on with, or is called half an image any more.
     *
     * @param units what was proved equal; empty for all
     */
    public OperationReceipt proved(String server, String units) {
        servers.server(server);
        servers.resync().refuse(server);
        servers.resync().proved(server, units.isBlank() ? List.of() : units(units));
        return OperationReceipt.done(MessageCode.RESYNC_OVER, configuration.name());
    }

    /** Gives it up, whatever is missing; what restores for it ends. */
    public OperationReceipt abandon(String confirmName) {
        UnfinishedResync resync = now().orElseThrow(() -> new Refusal(MessageCode.RESYNC_NONE));
        Refusal.unlessConfirmed(resync.server(), confirmName);
        servers.resync().abandon();
        if (resync.toBeProved()) {
            servers.say(resync.server(), MessageCode.RESYNC_PROOF_ABANDONED, resync.server(), configuration.name());
            return OperationReceipt.done(MessageCode.RESYNC_PROOF_ABANDONED, resync.server(), configuration.name());
        }
        if (!resync.isBegun()) {
            servers.say(resync.server(), MessageCode.RESYNC_ABANDONED_UNBEGUN, resync.server());
            return OperationReceipt.done(MessageCode.RESYNC_ABANDONED_UNBEGUN, resync.server());
        }
        Object[] values = {resync.server(), words(resync.left()), words(List.of(resync.half())), configuration.name()};
        servers.say(resync.server(), MessageCode.RESYNC_ABANDONED, values);
        return OperationReceipt.done(MessageCode.RESYNC_ABANDONED, values);
    }

    /** Names, for people. */
    static String words(List<String> units) {
        String all = String.join(" ", units);
        return all.isEmpty() ? "none" : all;
    }

    /** Lets a stopped server begin anew, see {@link ReplicationServers#beginAnew}. */
    public OperationReceipt beginAnew(String server, String confirmName) {
        return servers.beginAnew(server, confirmName);
    }

    /** The node's name: who confirms a resync gives it. */
    public String node() {
        return configuration.name();
    }
}
