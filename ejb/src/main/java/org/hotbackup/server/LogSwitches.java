package org.hotbackup.server;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.hotbackup.control.OperationReceipt;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.store.LogSettings;
import org.hotbackup.store.StoreBean;

/**
 * The Transaction Log menu's switches of the whole node (HB-121 to HB-125). Each takes effect between two transactions,
 * outlives the node, is said by every master server and recorded in {@code dm,errors}. Thread-safe.
 */
@ApplicationScoped
public class LogSwitches {

    private static final Logger LOGGER = Logger.getLogger(LogSwitches.class.getName());

    @Inject
    StoreBean store;

    @Inject
    ReplicationServers servers;

    @Inject
    NodeConfiguration configuration;

    @Inject
    ErrorsFile errors;

    /**
     * Logs ALL files (HB-122), or DL files only (HB-121).
     *
     * @param user who asks for it
     */
    public OperationReceipt logFiles(boolean all, String user) {
        MessageCode code = all ? MessageCode.ALL_FILES_LOGGED : MessageCode.DL_FILES_LOGGED;
        return change(user, settings -> settings.withAllFiles(all), () -> code)
                .orElseGet(() -> OperationReceipt.refused(
                        MessageCode.SWITCHED_ALREADY, all ? "ALL files are logged" : "DL files are logged"));
    }

    /**
     * Stops enqueuing (HB-123): updates made from now on are never sent.
     *
     * @param confirmName the node's name
     * @param user who asks for it
     * @throws Refusal if it is not confirmed
     */
    public OperationReceipt stopEnqueuing(String confirmName, String user) {
        confirm(confirmName);
        return change(user, settings -> settings.withEnqueuing(false), () -> MessageCode.ENQUEUING_STOPPED)
                .orElseGet(
                        () -> OperationReceipt.refused(MessageCode.SWITCHED_ALREADY, "File updates are not enqueued"));
    }

    /**
     * Starts enqueueing (HB-124). If nothing was missed meanwhile slaves go on, otherwise each of them is refused until it
     * is resynchronised.
     *
     * @param user who asks for it
     */
    public OperationReceipt startEnqueuing(String user) {
        return change(
                        user,
                        settings -> settings.withEnqueuing(true),
                        () -> store.missedUpdates()
                                ? MessageCode.ENQUEUING_STARTED_WITH_GAP
                                : MessageCode.ENQUEUING_STARTED)
                .orElseGet(() -> OperationReceipt.refused(MessageCode.SWITCHED_ALREADY, "File updates are enqueued"));
    }

    /**
     * Clears the log queue (HB-125): what is in every master server's queue, and what is on its way there. A slave that
     * had not acknowledged all of it is refused until it is resynchronised.
     *
     * @param confirmName the node's name
     * @param user who asks for it
     * @throws Refusal if it is not confirmed, or a queue cannot be cleared: then the same may be asked again
     */
    public OperationReceipt clearQueue(String confirmName, String user) {
        confirm(confirmName);
        long lsn = errors.recording(
                user, recording -> servers.clearQueues(last -> recording.of(MessageCode.QUEUE_CLEARED, last)));
        return done(user, MessageCode.QUEUE_CLEARED, lsn);
    }

    private void confirm(String given) {
        Refusal.unlessConfirmed(configuration.name(), given);
    }

    /**
     * Changes the settings and records it.
     *
     * @param code what that is, asked before it is done
     * @return that it is done, empty if the settings are what they were
     */
    private Optional<OperationReceipt> change(
            String user, UnaryOperator<LogSettings> change, Supplier<MessageCode> code) {
        Optional<Done> done = errors.recording(
                user,
                recording -> store.betweenTransactions(lsn -> {
                    LogSettings now = store.logSettings();
                    LogSettings changed = change.apply(now);
                    if (changed.equals(now)) {
                        return Optional.empty();
                    }
                    Done made = new Done(code.get(), lsn);
                    store.logSettings(changed, recording.of(made.code(), lsn));
                    return Optional.of(made);
                }));
        return done.map(made -> done(user, made.code(), made.lsn()));
    }

    /** What was done after which LSN. */
    private record Done(MessageCode code, long lsn) {}

    private OperationReceipt done(String user, MessageCode code, long lsn) {
        LOGGER.log(Level.INFO, () -> code.id() + " " + user + ": " + code.text(lsn));
        servers.sayOfMasters(code, lsn);
        return OperationReceipt.done(code, lsn);
    }
}
