package org.hotbackup.server;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.hotbackup.apply.HelperTask;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.model.FilePath;
import org.hotbackup.replication.Backoff;
import org.hotbackup.replication.ServerMessages;

/**
 * The helpers of this node's slave servers: a thread for each section that one works on (HB-018). The slave server looks
 * after them: a helper that died is started again and goes on (HB-019), and so does one whose server is stopped. Those of a
 * server that is gone or whose record cannot be used are looked after by the node. Thread-safe.
 */
final class Helpers {

    private static final Logger LOGGER = Logger.getLogger(Helpers.class.getName());
    private static final long FIRST_AGAIN_MILLIS = 1_000;
    private static final long LAST_AGAIN_MILLIS = 60_000;

    private final Supplier<Collection<HelperTask>> tasks;
    private final Predicate<FilePath> stepping;
    private final Predicate<String> servers;
    private final ThreadFactory threads;
    private final LongSupplier millis;
    private final Map<FilePath, Thread> running = new ConcurrentHashMap<>();
    private final Map<FilePath, Deaths> deaths = new ConcurrentHashMap<>();
    private volatile boolean stopping;

    /**
     * Helpers that do nothing yet.
     *
     * @param tasks what is to be done now
     * @param stepping does one step for a file; whether there is more to do
     * @param servers whether there is a server of this name, that looks after its own helpers
     * @param millis a monotonic clock
     */
    Helpers(
            Supplier<Collection<HelperTask>> tasks,
            Predicate<FilePath> stepping,
            Predicate<String> servers,
            ThreadFactory threads,
            LongSupplier millis) {
        this.tasks = tasks;
        this.stepping = stepping;
        this.servers = servers;
        this.threads = threads;
        this.millis = millis;
    }

    /** How often the helper for one section died in a row. */
    private static final class Deaths {
        private final Backoff backoff = new Backoff(FIRST_AGAIN_MILLIS, LAST_AGAIN_MILLIS);
        private long notBefore;
        private String reason = "";
        private boolean said;

        synchronized void died(long now, String why) {
            said &= why.equals(reason);
            reason = why;
            notBefore = now + backoff.afterFailure();
        }

        /** Says it, once for each reason. */
        synchronized void say(FilePath file, ServerMessages messages) {
            if (!said) {
                messages.say(MessageCode.HELPER_DIED, file, reason);
                said = true;
            }
        }

        synchronized boolean isOver(long now) {
            return now >= notBefore;
        }

        synchronized void waitNoLonger() {
            backoff.reset();
            notBefore = Long.MIN_VALUE;
        }

        synchronized String reason() {
            return reason;
        }
    }

    /** Starts a helper for each task of a server that has none, and says so if one has died: later each time it dies. */
    void look(String server, ServerMessages messages) {
        look(task -> task.server().equals(server), messages);
    }

    /** The same for the tasks of servers that are not there: otherwise what is held would stay in the hold file. */
    void lookAfterOrphans(ServerMessages messages) {
        look(this::isOrphan, messages);
    }

    private boolean isOrphan(HelperTask task) {
        return !servers.test(task.server());
    }

    /**
     * How many tasks are left of a server, and of those that are not there: what they hold is nobody's who could go on
     * holding it after a promotion.
     */
    long left(String server) {
        return tasksLeft(server).count();
    }

    /** The same without those that hold nothing and died: a file that cannot be resized keeps nobody from a promotion. */
    long leftToPromotion(String server) {
        return tasksLeft(server)
                .filter(task -> task.holds() || !deaths.containsKey(task.file()))
                .count();
    }

    /**
     * One of those that are left which holds updates and died, and has not got on since it was started again; a clause for
     * people. Empty if there is none.
     */
    Optional<String> inTheWay(String server) {
        return tasksLeft(server)
                .filter(HelperTask::holds)
                .flatMap(task -> Optional.ofNullable(deaths.get(task.file())).stream()
                        .map(died -> "the helper of server " + task.server() + " for '" + task.file()
                                + "', which holds updates of that file, dies each time it is started (" + died.reason()
                                + ")"))
                .findFirst();
    }

    /** Those that died and have not got on since: the sentence that was said of each. */
    List<String> failing() {
        return deaths.entrySet().stream()
                .map(died -> MessageCode.HELPER_DIED.text(
                        died.getKey(), died.getValue().reason()))
                .sorted()
                .toList();
    }

    /** Those that are left and died are started again at the next look, however often they died. */
    void startAgain(String server) {
        tasksLeft(server)
                .flatMap(task -> Optional.ofNullable(deaths.get(task.file())).stream())
                .forEach(Deaths::waitNoLonger);
    }

    /** Of what the helper for a section died, empty if it did not, or has got on since. */
    Optional<String> trouble(FilePath file) {
        return Optional.ofNullable(deaths.get(file)).map(Deaths::reason);
    }

    private Stream<HelperTask> tasksLeft(String server) {
        return tasks.get().stream().filter(task -> task.server().equals(server) || isOrphan(task));
    }

    private void look(Predicate<HelperTask> which, ServerMessages messages) {
        for (HelperTask task : tasks.get()) {
            Thread helper = running.get(task.file());
            boolean alive = helper != null && helper.isAlive();
            if (which.test(task) && !alive && !stopping) {
                Deaths before = deaths.get(task.file());
                if (before != null) {
                    before.say(task.file(), messages);
                }
                if (before == null || before.isOver(millis.getAsLong())) {
                    start(task.file());
                }
            }
        }
    }

    private void start(FilePath file) {
        try {
            Thread helper = threads.newThread(() -> help(file));
            helper.setName("hot-backup helper " + file);
            running.put(file, helper);
            helper.start();
        } catch (RuntimeException | OutOfMemoryError e) {
            // there is no thread for it: it counts as one that died at once
            died(file, e);
        }
    }

    private void help(FilePath file) {
        try {
            boolean more = true;
            while (more && !stopping) {
                more = step(file);
                deaths.remove(file);
            }
            running.remove(file, Thread.currentThread());
        } catch (RuntimeException | Error e) {
            died(file, e);
        }
    }

    private void died(FilePath file, Throwable e) {
        LOGGER.log(Level.WARNING, "The helper for " + file + " died", e);
        String reason = e instanceof RuntimeException && e.getMessage() != null ? e.getMessage() : e.toString();
        deaths.computeIfAbsent(file, f -> new Deaths()).died(millis.getAsLong(), reason);
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
