package org.hotbackup.server;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.hotbackup.control.ItemStore.StoredItem;
import org.hotbackup.control.LogMessage;
import org.hotbackup.control.LogPage;
import org.hotbackup.control.OperationReceipt;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.ItemId;
import org.hotbackup.store.SystemFiles;

/**
 * All messages of all servers (HB-155, HB-170): in {@code dm,hb.log,log} for good, the latest of each server in memory
 * for its status (HB-070). Writing never waits for the disk: one thread stores what was said. Thread-safe.
 */
public final class PermanentLog {

    /** How many messages of a server its status can show. */
    static final int STATUS_LINES = 200;

    /** What must be given to confirm that it is to be cleared: the section's name. */
    static final String NAME = "log";

    /** How many messages are kept for good. */
    static final long MOST = 100_000;

    /** In whose name the node itself speaks. */
    static final String NODE = "";

    private static final Logger LOGGER = Logger.getLogger(PermanentLog.class.getName());
    private static final int LOOK_BACK = 10_000;
    private static final int PAGE = 500;
    private static final int WAITING_AT_MOST = 10_000;

    private static final Duration STORE_AGAIN = Duration.ofSeconds(1);
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(10);

    /** Stands behind the last message. */
    private static final StoredItem END = new StoredItem(ItemId.of("end"), new byte[0]);

    private final PermanentLogFile file;
    private final Clock clock;
    private final Map<String, Deque<LogMessage>> latest = new HashMap<>();
    private final Map<String, Trouble> troubles = new HashMap<>();
    private final BlockingQueue<StoredItem> waiting = new LinkedBlockingQueue<>(WAITING_AT_MOST);
    private final CountDownLatch ending = new CountDownLatch(1);
    private final Duration again;
    private final long most;
    /** Whether it must be counted again how many are stored; at first they are. */
    private final AtomicBoolean cleared = new AtomicBoolean(true);

    private final Thread writer;
    private boolean failing;
    /** How many messages are stored, as they were counted last. */
    private final AtomicLong stored = new AtomicLong();

    private volatile long lastMillis;
    private long sequence;

    PermanentLog(SystemFiles files, Clock clock, ThreadFactory threads) {
        this(files, clock, threads, STORE_AGAIN, MOST);
    }

    /** The log of other servers than the replication servers, in a file of its own. */
    PermanentLog(FilePath path, SystemFiles files, Clock clock, ThreadFactory threads) {
        this(new PermanentLogFile(path, files, clock), clock, threads, STORE_AGAIN, MOST);
    }

    /**
     * A log that is not started.
     *
     * @param again after what time storing is tried again
     * @param most how many messages are kept; a tenth more before the oldest go
     */
    PermanentLog(SystemFiles files, Clock clock, ThreadFactory threads, Duration again, long most) {
        this(new PermanentLogFile(files, clock), clock, threads, again, most);
    }

    private PermanentLog(PermanentLogFile file, Clock clock, ThreadFactory threads, Duration again, long most) {
        this.again = again;
        this.most = most;
        this.file = file;
        this.clock = clock;
        this.writer = threads.newThread(this::store);
        this.writer.setName("hot-backup permanent log");
    }

    /** Reads the last messages for the servers' status and begins to store new ones. */
    synchronized void start() {
        Deque<LogPage> pages = new ArrayDeque<>();
        LogPage page = file.back("", PAGE);
        for (int looked = 0; looked < LOOK_BACK && !page.messages().isEmpty(); looked += PAGE) {
            pages.addFirst(page);
            page = file.back(page.reached(), PAGE);
        }
        for (LogPage known : pages) {
            known.messages().forEach(message -> remember(message.server(), message));
        }
        stored.set(file.count());
        cleared.set(false);
        writer.start();
    }

    /** Stores what is waiting and ends; without an interrupt, which could hit the database. */
    void stop() throws InterruptedException {
        ending.countDown();
        waiting.offer(END, STOP_PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        writer.join(STOP_PATIENCE.toMillis());
        if (writer.isAlive()) {
            LOGGER.warning("the last messages of the permanent log could not be stored in time; they are above");
        }
    }

    /** Says something in the name of a server. */
    synchronized LogMessage say(String server, MessageCode code, Object... values) {
        Instant now = clock.instant();
        ItemId id = PermanentLogFile.id(now, ++sequence);
        LogMessage message = new LogMessage(id.toString(), now.toString(), server, code.id(), code.text(values));
        LOGGER.log(level(code.severity()), () -> code.id() + " " + server + ": " + message.text());
        remember(server, message);
        if (code.severity() != MessageCode.Severity.INFORMATION && code != MessageCode.START_FAILED) {
            troubles.put(server, new Trouble(now, line(message)));
        }
        if (!waiting.offer(PermanentLogFile.item(id, message))) {
            LOGGER.warning("the permanent log cannot keep up; a message stands only in the node's log");
        }
        return message;
    }

    /** The last messages of a server, most recent first. */
    synchronized List<LogMessage> latestMessages(String server, int lines) {
        return latest.getOrDefault(server, new ArrayDeque<>()).stream()
                .limit(lines)
                .toList();
    }

    /** The same, a line each. */
    List<String> latest(String server, int lines) {
        return latestMessages(server, lines).stream().map(PermanentLog::line).toList();
    }

    /** The last warning or error of a server. */
    private record Trouble(Instant at, String line) {}

    /**
     * The last warning or error of a server that says a reason; that a server failed says none, it follows one that does.
     *
     * @param since the oldest that counts
     */
    synchronized Optional<String> trouble(String server, Instant since) {
        return Optional.ofNullable(troubles.get(server))
                .filter(trouble -> !trouble.at().isBefore(since))
                .map(Trouble::line);
    }

    /** What is stored, for reading; a message may take a moment to get there. */
    public PermanentLogFile file() {
        return file;
    }

    /**
     * Clears the stored log or what is old in it (HB-096).
     *
     * @param what {@code all}, {@code week} (older than one week) or {@code month} (older than one month)
     * @throws Refusal if it is something else or not confirmed; nothing was done
     */
    public OperationReceipt clear(String what, String confirmName) {
        Refusal.unlessConfirmed(NAME, confirmName);
        Optional<Instant> before = before(what);
        long cleared = before.map(file::clearBefore).orElseGet(file::clear);
        stored.addAndGet(-cleared);
        this.cleared.set(true);
        say(NODE, MessageCode.LOG_CLEARED, cleared, what);
        return OperationReceipt.done(MessageCode.LOG_CLEARED, cleared, what);
    }

    /**
     * How many messages {@link #clear} would delete.
     *
     * @throws Refusal if that is not to be cleared
     */
    public long count(String what) {
        return before(what).map(file::countBefore).orElseGet(this::entries);
    }

    /** Messages from before what time are meant; empty for all. */
    private Optional<Instant> before(String what) {
        LocalDateTime now = LocalDateTime.ofInstant(clock.instant(), ZoneOffset.UTC);
        return switch (what) {
            case "all" -> Optional.empty();
            case "week" -> Optional.of(now.minusWeeks(1).toInstant(ZoneOffset.UTC));
            case "month" -> Optional.of(now.minusMonths(1).toInstant(ZoneOffset.UTC));
            default -> throw new Refusal(MessageCode.LOG_CLEAR_WHAT, what);
        };
    }

    /** How many messages are stored; the log is not read for that. */
    public long entries() {
        return stored.get();
    }

    /** When the last message was said, in milliseconds since the epoch; 0 if none is known. */
    public long lastMillis() {
        return lastMillis;
    }

    private static String line(LogMessage message) {
        return message.time() + "  " + message.text();
    }

    private void remember(String server, LogMessage message) {
        Deque<LogMessage> messages = latest.computeIfAbsent(server, s -> new ArrayDeque<>());
        messages.addFirst(message);
        lastMillis = Instant.parse(message.time()).toEpochMilli();
        if (messages.size() > STATUS_LINES) {
            messages.removeLast();
        }
    }

    private void store() {
        boolean stopping = false;
        List<StoredItem> batch = new ArrayList<>();
        while (!stopping) {
            try {
                if (batch.isEmpty()) {
                    batch.add(waiting.take());
                } else {
                    stopping = ending.await(again.toMillis(), TimeUnit.MILLISECONDS);
                }
            } catch (InterruptedException e) {
                stopping = true;
            }
            waiting.drainTo(batch, stopping ? WAITING_AT_MOST : PAGE - batch.size());
            stopping |= batch.removeIf(item -> item == END);
            store(batch);
        }
    }

    /** What cannot be stored stays in the batch: it is tried again, and said once. */
    private void store(List<StoredItem> batch) {
        try {
            file.add(batch);
            stored.addAndGet(batch.size());
            batch.clear();
            bound();
            if (failing) {
                LOGGER.info("the permanent log stores messages again");
            }
            failing = false;
        } catch (RuntimeException e) {
            if (!failing) {
                LOGGER.log(
                        Level.WARNING,
                        "the permanent log cannot store messages now, they wait and are tried again: {0}",
                        e.getMessage());
            }
            failing = true;
        }
    }

    /** Whatever somebody says for years: the oldest messages go, a tenth of what is kept at a time. */
    private void bound() {
        if (cleared.getAndSet(false)) {
            recount();
        }
        if (stored.get() > most + most / 10) {
            while (stored.get() > most) {
                stored.addAndGet(-file.cut(stored.get() - most));
            }
            say(NODE, MessageCode.LOG_SHORTENED, most);
        }
    }

    private void recount() {
        try {
            stored.set(file.count());
        } catch (RuntimeException e) {
            cleared.set(true);
            throw e;
        }
    }

    private static Level level(MessageCode.Severity severity) {
        return switch (severity) {
            case INFORMATION -> Level.INFO;
            case WARNING -> Level.WARNING;
            case ERROR -> Level.SEVERE;
        };
    }
}
