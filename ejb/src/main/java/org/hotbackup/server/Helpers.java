package org.hotbackup.server;

import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.hotbackup.apply.HelperTask;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.model.FilePath;
import org.hotbackup.replication.ServerMessages;

/**
 * The helpers of this node's slave servers: a thread for each section that one works on (HB-018). The slave server looks
 * after them: a helper that died is started again and goes on (HB-019), and so does one whose server is stopped. Thread-safe.
 */
final class Helpers {

    private static final Logger LOGGER = Logger.getLogger(Helpers.class.getName());

    private final Supplier<Collection<HelperTask>> tasks;
    private final Predicate<FilePath> stepping;
    private final ThreadFactory threads;
    private final Map<FilePath, Thread> running = new ConcurrentHashMap<>();
    private final Map<FilePath, String> deaths = new ConcurrentHashMap<>();
    private final Map<FilePath, String> said = new ConcurrentHashMap<>();
    private volatile boolean stopping;

    /**
     * Helpers that do nothing yet.
     *
     * @param tasks what is to be done now
     * @param stepping does one step for a file; whether there is more to do
     */
    Helpers(Supplier<Collection<HelperTask>> tasks, Predicate<FilePath> stepping, ThreadFactory threads) {
        this.tasks = tasks;
        this.stepping = stepping;
        this.threads = threads;
    }

    /**
     * Starts a helper for each task of a server that has none, and says so if one has died: once for each reason until it
     * gets on.
     */
    void look(String server, ServerMessages messages) {
        for (HelperTask task : tasks.get()) {
            Thread helper = running.get(task.file());
            boolean alive = helper != null && helper.isAlive();
            if (task.server().equals(server) && !alive && !stopping) {
                String death = deaths.remove(task.file());
                if (death != null && !death.equals(said.put(task.file(), death))) {
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
                said.remove(file);
            }
            running.remove(file, Thread.currentThread());
        } catch (RuntimeException | OutOfMemoryError e) {
            String reason = String.valueOf(e.getMessage());
            LOGGER.log(
                    reason.equals(said.get(file)) ? Level.FINE : Level.WARNING, "The helper for " + file + " died", e);
            deaths.put(file, reason);
        }
    }

    private boolean step(FilePath file) {
        try {
            return stepping.test(file);
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
