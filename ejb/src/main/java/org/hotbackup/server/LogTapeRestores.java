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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.hotbackup.apply.OpenedFiles;
import org.hotbackup.control.OperationReceipt;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.control.settings.NodeSetting;
import org.hotbackup.control.settings.TapeDeviceDefinition;
import org.hotbackup.replication.Applier;
import org.hotbackup.replication.LogTapeReplay.Range;
import org.hotbackup.replication.OwnLog;
import org.hotbackup.replication.Position;
import org.hotbackup.store.SlaveAppliers;
import org.hotbackup.store.StoreBean;
import org.hotbackup.txlog.tape.LogTapeRecord.Origin;

/**
 * Applies log tapes to this node's image, one at a time: {@code tlog-restore}. How far the image is stands beside the positions of
 * the slave servers, under a name that no server can have.
 */
@Singleton
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionManagement(TransactionManagementType.BEAN)
public class LogTapeRestores {

    /** The id of its task, and of its position. */
    public static final String TASK = "tlog-restore";

    private static final long ENDING_MILLIS = 10_000;
    private static final long CANCELLING_MILLIS = 2_000;

    @EJB
    private ReplicationServers servers;

    @EJB
    private StoreBean store;

    @Inject
    private SlaveAppliers appliers;

    @Inject
    private NodeConfiguration configuration;

    @Resource
    private ManagedThreadFactory threads;

    private volatile LogTapeRestore latest;
    private volatile Thread thread;
    private volatile Optional<String> arriving = Optional.empty();
    private final Set<String> restoring = new TreeSet<>();

    /**
     * Begins to apply a tape.
     *
     * @param tape the full path of a file or a pipe, or the name of a tape device, or of a pipe in the node's own folder
     * @throws Refusal if one is under way or a save is being restored, if this node is a slave or sends its log, or if there is no such tape
     */
    public synchronized OperationReceipt begin(String tape, Range range) {
        servers.refuseSlaves();
        refuseWhileApplied();
        refuseWhileRestored();
        Path path = path(tape);
        if (Files.notExists(path) || Files.isDirectory(path)) {
            throw new Refusal(MessageCode.LOG_TAPE_NOT_THERE, path);
        }
        refuseSenders();
        boolean placed = range.from().isPresent();
        LogTapeRestore restore = new LogTapeRestore(path, applier(), range, origin -> admit(origin, placed), this::say);
        thread = threads.newThread(restore);
        if (thread == null) {
            // a container that stops gives none
            throw new Refusal(MessageCode.NO_THREAD);
        }
        thread.setName(TASK);
        latest = restore;
        thread.start();
        return OperationReceipt.accepted(MessageCode.LOG_TAPE_BEGUN, path, TASK).asTask(TASK);
    }

    /**
     * Lets something be done that must not come between what is applied.
     *
     * @throws Refusal if a tape is being applied, or a server applies what arrives
     */
    public void refuseWhileApplied() {
        refuseTapes();
        arriving.ifPresent(server -> {
            throw new Refusal(MessageCode.LOG_ARRIVES, server);
        });
    }

    private void refuseTapes() {
        if (running().isPresent()) {
            throw new Refusal(MessageCode.LOG_TAPE_BUSY, latest.tape(), TASK);
        }
    }

    private void refuseWhileRestored() {
        restoring.stream().findFirst().ifPresent(task -> {
            throw new Refusal(MessageCode.LOG_WHILE_RESTORED, task);
        });
    }

    /**
     * A save is restored into this image by a task, and no log is applied until {@link #restoredNoMore}: of what is restored nobody
     * knows yet at which LSN it is, and what the log writes would be overwritten by what is older.
     *
     * @throws Refusal if a tape is being applied, or a server applies what arrives
     */
    public synchronized void restoredBy(String task) {
        refuseWhileApplied();
        restoring.add(task);
    }

    /** This task does not restore any more. */
    public synchronized void restoredNoMore(String task) {
        restoring.remove(task);
    }

    /** From now on this image holds the log of a history up to an LSN, whatever was known of it. */
    public void holds(String history, long lsn) {
        appliers.stand(TASK, new Position(history, 0, lsn));
    }

    /**
     * From now on nothing is known of how far this image is: parts of another moment come into it. Before the first of them, so that no
     * kill leaves them with an LSN that is not theirs. Asked between {@link #restoredBy} and {@link #restoredNoMore}.
     *
     * @return what was known until now, empty if nothing was
     */
    public Optional<Position> holdsNothing() {
        Optional<Position> known = appliers.position(TASK).filter(position -> !position.isNowhere());
        known.ifPresent(position -> appliers.stand(TASK, Position.NOWHERE));
        return known;
    }

    private Applier applier() {
        return appliers.forServer(TASK, true, false, new OpenedFiles());
    }

    /**
     * What a server applies with that is linked to the transaction logger: the image goes on from where tapes or such a server
     * brought it. No tape is applied until {@link #arrivesNoMore}.
     *
     * @throws Refusal if a tape is being applied, a save is being restored, a slave server writes this image, or a server sends the log of
     *     this node
     */
    public synchronized Applier arrivesAt(String server) {
        servers.refuseSlaves();
        refuseSenders();
        refuseTapes();
        refuseWhileRestored();
        arriving = Optional.of(server);
        return applier();
    }

    /** No server applies what arrives. */
    public synchronized void arrivesNoMore() {
        arriving = Optional.empty();
    }

    /**
     * Lets a log be applied.
     *
     * @throws Refusal if it is of a master that this node has taken the place of, or of this node itself
     */
    public void admit(Origin origin) {
        admit(origin, false);
    }

    private void admit(Origin origin, boolean placed) {
        new OwnLog(store.historyId(), store.lastLsn()).admit(origin, placed);
        long epoch = store.standing().epoch();
        if (origin.epoch() < epoch && !origin.history().equals(store.historyId())) {
            throw new Refusal(MessageCode.LOG_TAPE_OLD_EPOCH, origin.node(), origin.epoch(), epoch);
        }
    }

    /** What is applied is not logged: the images of those who get this node's log would differ from then on. */
    private void refuseSenders() {
        Stream<String> masters = servers.all().stream()
                .filter(server -> server.settings().isMaster())
                .map(ReplicationServer::name);
        Stream<String> linked = servers.linkedQueues().stream()
                .map(queue -> queue.substring(LinkedQueues.queue("").length()));
        Stream.concat(masters, linked).findFirst().ifPresent(server -> {
            throw new Refusal(MessageCode.LOG_TAPE_ON_MASTER, server);
        });
    }

    private Optional<TapeDeviceDefinition> device(String tape) {
        return TapeDeviceDefinition.parse(configuration.settings().text(NodeSetting.TAPE_DEVICES)).stream()
                .filter(device -> device.name().equals(tape))
                .findFirst();
    }

    private Path path(String tape) {
        Path ofTape = configuration.tapes().resolve(tape);
        Path kept = !tape.contains("/") && Files.exists(ofTape)
                ? ofTape
                : configuration.pipes().resolve(tape);
        return device(tape)
                .map(device -> configuration.home().resolve(device.path()))
                .orElse(kept);
    }

    private void say(OperationReceipt receipt) {
        servers.permanentLog().say(PermanentLog.NODE, MessageCode.LOG_TAPE_OVER, receipt.message());
    }

    /** The one that was begun last since the node started. */
    public Optional<LogTapeRestore> latest() {
        return Optional.ofNullable(latest);
    }

    private Optional<LogTapeRestore> running() {
        return latest().filter(restore -> restore.result().isEmpty());
    }

    /**
     * Cancels the one that is under way; what it applied stands.
     *
     * @throws Refusal if there is none
     */
    public OperationReceipt cancel() {
        LogTapeRestore restore = running().orElseThrow(() -> new Refusal(MessageCode.NO_TASK, TASK));
        restore.cancel();
        try {
            // who cancels it wants to hear that it is cancelled
            thread.join(CANCELLING_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return restore.result()
                .orElseGet(() -> OperationReceipt.accepted(MessageCode.LOG_TAPE_CANCELLING, restore.tape())
                        .asTask(TASK));
    }

    /** Up to which LSN of another node's log this image holds what log tapes brought; 0 if none did. */
    public long restoredLsn() {
        return appliers.position(TASK).map(Position::lsn).orElse(0L);
    }

    /** Ends the one that is under way; before the store is closed. */
    public void shutDown() throws InterruptedException {
        if (running().isPresent()) {
            latest.cancel();
            thread.join(ENDING_MILLIS);
        }
    }
}
