package org.hotbackup.testing;

import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.hotbackup.client.RestClient;
import org.hotbackup.client.RestRefusal;
import org.hotbackup.model.DPointer;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.ItemId;
import org.hotbackup.model.Update;

/**
 * Writers over REST that keep, outside the process under test, what each of their items may be now: the state of the last
 * call that was answered, or also that of calls whose outcome nobody knows. Each has its own items in a common file and a
 * file of its own that it clears now and then.
 */
public final class Writers {

    /** The account they write into. */
    public static final String ACCOUNT = "fire";

    /** The file they share. */
    public static final FilePath COMMON = FilePath.data(ACCOUNT, "common");

    private static final int IDS = 200;
    private static final int LARGE = 1 << 20;
    private static final long AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final String ABSENT = "absent";

    private final RestClient node;
    private final long seed;
    private final List<Writer> writers = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicLong answered = new AtomicLong();
    private final ConcurrentLinkedQueue<String> surprises = new ConcurrentLinkedQueue<>();
    private volatile boolean stopping;
    private volatile long restNanos;

    /** Creates the account and the files on the master. */
    public Writers(RestClient node, int count, long seed) {
        this.node = node;
        this.seed = seed;
        DPointer pointer = DPointer.of("DL", 101);
        node.createAccount(ACCOUNT, pointer);
        node.createFile(COMMON, pointer);
        for (int i = 0; i < count; i++) {
            FilePath own = FilePath.data(ACCOUNT, "own" + i);
            node.createFile(own, pointer);
            writers.add(new Writer(i, own));
        }
    }

    /** All files they write. */
    public List<FilePath> files() {
        List<FilePath> files = new ArrayList<>(List.of(COMMON));
        writers.forEach(writer -> files.add(writer.own));
        return files;
    }

    /** Lets each of them rest so long after each answer; without it a slave that was away may hardly ever catch up. */
    public void rest(long millis) {
        restNanos = TimeUnit.MILLISECONDS.toNanos(millis);
    }

    /** Begins to write. */
    public void start() {
        for (Writer writer : writers) {
            Thread thread = new Thread(writer, "writer " + writer.number);
            thread.setDaemon(true);
            threads.add(thread);
            thread.start();
        }
    }

    /** How many calls were answered. */
    public long answered() {
        return answered.get();
    }

    /** Waits until so many more calls were answered. */
    public void awaitAnswered(long more, long seconds) {
        long goal = answered.get() + more;
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (answered.get() < goal) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError(
                        "only " + answered.get() + " of " + goal + " calls were answered in " + seconds + " s");
            }
            LockSupport.parkNanos(AGAIN_NANOS);
        }
    }

    /** Ends writing; every call has its answer or never will. */
    public void stop() throws InterruptedException {
        stopping = true;
        for (Thread thread : threads) {
            thread.join();
        }
    }

    /** What went wrong that no fault explains. */
    public List<String> surprises() {
        return List.copyOf(surprises);
    }

    /** Every item that is not as the history allows, in words. */
    public List<String> violations(Map<FilePath, Map<String, byte[]>> images) {
        List<String> violations = new ArrayList<>();
        for (Writer writer : writers) {
            writer.possible.forEach((key, states) -> {
                byte[] body = images.get(key.file()).get(key.id().toString());
                String actual = body == null ? ABSENT : fingerprint(body);
                if (!states.contains(actual)) {
                    violations.add("writer " + writer.number + ": " + key.file() + " '" + key.id() + "' is " + actual
                            + " but may only be " + states);
                }
            });
        }
        return violations;
    }

    private record Key(FilePath file, ItemId id) {}

    private static String fingerprint(byte[] body) {
        return new String(body, 0, Math.min(40, body.length), StandardCharsets.UTF_8) + "/" + body.length + "/"
                + Arrays.hashCode(body);
    }

    private final class Writer implements Runnable {

        private final int number;
        private final FilePath own;
        private final Random random;
        private final Map<Key, Set<String>> possible = new HashMap<>();
        private long sequence;

        Writer(int number, FilePath own) {
            this.number = number;
            this.own = own;
            this.random = new Random(seed * 31 + number);
        }

        @Override
        public void run() {
            while (!stopping) {
                List<Update> updates = next();
                Map<Key, String> after = effects(updates);
                try {
                    perform(updates);
                    answered.incrementAndGet();
                    after.forEach((key, state) -> possible.put(key, new HashSet<>(Set.of(state))));
                    LockSupport.parkNanos(restNanos);
                } catch (UncheckedIOException e) {
                    mayBe(after);
                    LockSupport.parkNanos(AGAIN_NANOS);
                } catch (RestRefusal e) {
                    // without a code it is the server that answers, while the application is not there yet
                    if (e.status() < 500 && !e.code().isEmpty()) {
                        surprises.add(e.getMessage());
                    }
                    mayBe(after);
                    LockSupport.parkNanos(AGAIN_NANOS);
                }
            }
        }

        private void mayBe(Map<Key, String> after) {
            after.forEach((key, state) -> possible.computeIfAbsent(key, k -> new HashSet<>(Set.of(ABSENT)))
                    .add(state));
        }

        private void perform(List<Update> updates) {
            Update only = updates.get(0);
            if (updates.size() > 1) {
                node.execute(updates);
            } else if (only instanceof Update.ItemWritten written) {
                node.write(written.file(), written.id(), written.body());
            } else if (only instanceof Update.ItemDeleted deleted) {
                node.delete(deleted.file(), deleted.id());
            } else {
                node.clearFile(only.file());
            }
        }

        private Map<Key, String> effects(List<Update> updates) {
            Map<Key, String> after = new HashMap<>();
            for (Update update : updates) {
                if (update instanceof Update.ItemWritten written) {
                    after.put(new Key(written.file(), written.id()), fingerprint(written.body()));
                } else if (update instanceof Update.ItemDeleted deleted) {
                    after.put(new Key(deleted.file(), deleted.id()), ABSENT);
                } else {
                    possible.keySet().stream()
                            .filter(key -> key.file().equals(update.file()))
                            .forEach(key -> after.put(key, ABSENT));
                }
            }
            return after;
        }

        private List<Update> next() {
            int dice = random.nextInt(100);
            if (dice < 60) {
                return List.of(write(200 + random.nextInt(2000)));
            } else if (dice < 80) {
                List<Update> several = new ArrayList<>();
                for (int i = 2 + random.nextInt(18); i > 0; i--) {
                    several.add(random.nextInt(4) == 0 ? new Update.ItemDeleted(file(), id()) : write(300));
                }
                return several;
            } else if (dice < 96) {
                return List.of(new Update.ItemDeleted(file(), id()));
            } else if (dice < 98) {
                return List.of(new Update.FileCleared(own));
            }
            return List.of(write(LARGE));
        }

        private Update.ItemWritten write(int length) {
            byte[] body = new byte[length];
            random.nextBytes(body);
            byte[] head = ("writer " + number + " call " + ++sequence + " ").getBytes(StandardCharsets.UTF_8);
            System.arraycopy(head, 0, body, 0, head.length);
            return new Update.ItemWritten(file(), id(), body);
        }

        private FilePath file() {
            return random.nextInt(3) == 0 ? own : COMMON;
        }

        private ItemId id() {
            return ItemId.of("w" + number + "/" + random.nextInt(IDS));
        }
    }
}
