package org.hotbackup.server;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.hotbackup.control.ItemStore.StoredItem;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.model.DynamicArray;
import org.hotbackup.model.ItemId;
import org.hotbackup.store.SystemFiles;

/**
 * All messages of all servers (HB-155, HB-170): in {@code dm,hb.log,log} for good, the latest of each server in memory
 * for its status (HB-070). Writing never waits for the disk: one thread stores what was said. Thread-safe.
 */
final class PermanentLog {

    /** How many messages of a server its status can show. */
    static final int STATUS_LINES = 200;

    private static final Logger LOGGER = Logger.getLogger(PermanentLog.class.getName());
    private static final Duration LOOK_BACK = Duration.ofDays(7);
    private static final int PAGE = 500;
    private static final int WAITING_AT_MOST = 10_000;
    private static final DateTimeFormatter ID =
            DateTimeFormatter.ofPattern("uuuuMMddHHmmssSSS").withZone(ZoneOffset.UTC);

    private final SystemFiles files;
    private final Clock clock;
    private final Map<String, Deque<String>> latest = new HashMap<>();
    private final BlockingQueue<StoredItem> waiting = new LinkedBlockingQueue<>(WAITING_AT_MOST);
    private final Thread writer;
    private long sequence;

    PermanentLog(SystemFiles files, Clock clock, ThreadFactory threads) {
        this.files = files;
        this.clock = clock;
        this.writer = threads.newThread(this::store);
        this.writer.setName("hot-backup permanent log");
    }

    /** Reads the last days' messages for the servers' status and begins to store new ones. */
    synchronized void start() {
        ItemId after = id(clock.instant().minus(LOOK_BACK), 0);
        List<StoredItem> page = files.items(SystemPaths.PERMANENT_LOG, after, PAGE);
        while (!page.isEmpty()) {
            for (StoredItem item : page) {
                DynamicArray entry = DynamicArray.of(item.body());
                remember(entry.extract(1), entry.extract(4) + "  " + entry.extract(3));
                after = item.id();
            }
            page = files.items(SystemPaths.PERMANENT_LOG, after, PAGE);
        }
        writer.start();
    }

    /** Stores what is waiting and ends. */
    void stop() throws InterruptedException {
        writer.interrupt();
        writer.join(Duration.ofSeconds(10).toMillis());
    }

    /** Says something in the name of a server. */
    synchronized void say(String server, MessageCode code, Object... values) {
        Instant now = clock.instant();
        String text = code.text(values);
        String time = now.toString();
        LOGGER.log(level(code.kind()), () -> code.id() + " " + server + ": " + text);
        remember(server, time + "  " + text);
        ItemId id = id(now, ++sequence % 1_000_000);
        byte[] body = DynamicArray.ofAttributes(server, code.id(), text, time).bytes();
        if (!waiting.offer(new StoredItem(id, body))) {
            LOGGER.warning("the permanent log cannot keep up; a message stands only in the node's log");
        }
    }

    /** The last messages of a server, most recent first. */
    synchronized List<String> latest(String server, int lines) {
        return latest.getOrDefault(server, new ArrayDeque<>()).stream()
                .limit(lines)
                .toList();
    }

    private void remember(String server, String line) {
        Deque<String> lines = latest.computeIfAbsent(server, s -> new ArrayDeque<>());
        lines.addFirst(line);
        if (lines.size() > STATUS_LINES) {
            lines.removeLast();
        }
    }

    private void store() {
        boolean stopping = false;
        List<StoredItem> batch = new ArrayList<>();
        while (!stopping || !waiting.isEmpty()) {
            try {
                batch.add(waiting.take());
            } catch (InterruptedException e) {
                stopping = true;
            }
            waiting.drainTo(batch, PAGE);
            if (!batch.isEmpty()) {
                try {
                    batch.forEach(item -> files.write(SystemPaths.PERMANENT_LOG, item.id(), item.body()));
                } catch (RuntimeException e) {
                    LOGGER.log(Level.WARNING, "messages could not be stored in the permanent log", e);
                }
                batch.clear();
            }
        }
    }

    private static ItemId id(Instant time, long sequence) {
        return ItemId.of(ID.format(time) + String.format("-%06d", sequence));
    }

    private static Level level(MessageCode.Kind kind) {
        return switch (kind) {
            case INFORMATION -> Level.INFO;
            case WARNING, REFUSAL, BAD_INPUT, NOT_FOUND, CONFLICT, TOO_LARGE, FULL, UNAUTHENTICATED, DENIED -> Level
                    .WARNING;
            case UNAVAILABLE, INTERNAL -> Level.SEVERE;
        };
    }
}
