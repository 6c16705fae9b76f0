package org.hotbackup.server;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.OptionalLong;
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
        OptionalLong lsn = change(settings -> settings.withAllFiles(all));
        if (lsn.isEmpty()) {
            return OperationReceipt.refused(
                    MessageCode.SWITCHED_ALREADY, all ? "ALL files are logged" : "DL files are logged");
        }
        return done(user, all ? MessageCode.ALL_FILES_LOGGED : MessageCode.DL_FILES_LOGGED, lsn.getAsLong());
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
        OptionalLong lsn = change(settings -> settings.withEnqueuing(false));
        return lsn.isEmpty()
                ? OperationReceipt.refused(MessageCode.SWITCHED_ALREADY, "File updates are not enqueued")
                : done(user, MessageCode.ENQUEUING_STOPPED, lsn.getAsLong());
    }

    /**
     * Starts enqueueing (HB-124). If nothing was missed meanwhile slaves go on, otherwise each of them is refused until it
     * is resynchronised.
     *
     * @param user who asks for it
     */
    public OperationReceipt startEnqueuing(String user) {
        boolean[] missed = new boolean[1];
        OptionalLong lsn = change(settings -> {
            missed[0] = store.missedUpdates();
            return settings.withEnqueuing(true);
        });
        if (lsn.isEmpty()) {
            return OperationReceipt.refused(MessageCode.SWITCHED_ALREADY, "File updates are enqueued");
        }
        return done(
                user,
                missed[0] ? MessageCode.ENQUEUING_STARTED_WITH_GAP : MessageCode.ENQUEUING_STARTED,
                lsn.getAsLong());
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
        return done(user, MessageCode.QUEUE_CLEARED, servers.clearQueues());
    }

    private void confirm(String given) {
        Refusal.unlessConfirmed(configuration.name(), given);
    }

    /** The LSN after which the changed settings count; empty if they are what they were. */
    private OptionalLong change(UnaryOperator<LogSettings> change) {
        return store.betweenTransactions(lsn -> {
            LogSettings now = store.logSettings();
            LogSettings changed = change.apply(now);
            if (changed.equals(now)) {
                return OptionalLong.empty();
            }
            store.logSettings(changed);
            return OptionalLong.of(lsn);
        });
    }

    private OperationReceipt done(String user, MessageCode code, long lsn) {
        LOGGER.log(Level.INFO, () -> code.id() + " " + user + ": " + code.text(lsn));
        servers.sayOfMasters(code, lsn);
        return errors.recordDone(user, code, lsn);
    }
}
