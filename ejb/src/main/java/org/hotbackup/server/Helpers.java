package org.hotbackup.server;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.hotbackup.apply.HelperTask;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.model.FilePath;
import org.hotbackup.replication.ServerMessages;
import org.hotbackup.store.SlaveAppliers;

/**
 * The helpers of this node's slave servers: a thread for each section that one works on (HB-018). The slave server looks
 * after them: a helper that died is started again and goes on (HB-019), and so does one whose server is stopped. Thread-safe.
 */
final class Helpers {

    private static final Logger LOGGER = Logger.getLogger(Helpers.class.getName());

    private final SlaveAppliers appliers;
    private final ThreadFactory threads;
    private final Map<FilePath, Thread> running = new ConcurrentHashMap<>();
    private final Map<FilePath, String> deaths = new ConcurrentHashMap<>();
    private volatile boolean stopping;

    Helpers(SlaveAppliers appliers, ThreadFactory threads) {
        this.appliers = appliers;
        this.threads = threads;
    }

    /** Starts a helper for each task of a server that has none, and says so if one has died. */
    void look(String server, ServerMessages messages) {
        for (HelperTask task : appliers.helperTasks()) {
            Thread helper = running.get(task.file());
            boolean alive = helper != null && helper.isAlive();
            if (task.server().equals(server) && !alive && !stopping) {
                String death = deaths.remove(task.file());
                if (death != null) {
                    messages.say(MessageCode.HELPER_DIED, task.file(), death);
                }
                start(task.file());
            }
        }
    }

    private void start(FilePath file) {
        Thread helper = threads.newThread(() -> help(file));
        helper.setName("hot-backup helper " + file);
        running.put(file, helper);
        helper.start();
    }

    private void help(FilePath file) {
        try {
            boolean more = true;
            while (more && !stopping) {
                more = step(file);
            }
            running.remove(file, Thread.currentThread());
        } catch (RuntimeException e) {
            LOGGER.log(Level.WARNING, "The helper for " + file + " died", e);
            deaths.put(file, String.valueOf(e.getMessage()));
        }
    }

    private boolean step(FilePath file) {
        try {
            return appliers.helperStep(file);
        } catch (Refusal e) {
            if (e.code() == MessageCode.LOCKED) {
                return true;
            }
            throw e;
        }
    }

    /** Ends all of them after their step under way; their tasks are kept. */
    void stop() throws InterruptedException {
        stopping = true;
        for (Thread helper : running.values()) {
            helper.join(10_000);
        }
    }
}
