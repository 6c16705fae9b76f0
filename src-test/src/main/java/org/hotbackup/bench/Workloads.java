package org.hotbackup.bench;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.ByteArrayInputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.hotbackup.client.RestClient;
import org.hotbackup.control.FileDigest;
import org.hotbackup.model.DPointer;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.ItemId;
import org.hotbackup.testing.Pair;
import org.hotbackup.testing.StoreKind;

/**
 * The workloads of the field on a pair of its own: W1 one item of 200 bytes a transaction, W2 a hundred, W3 catching up,
 * W4 items of 100 KB, and lag. Replicated and unreplicated rounds take turns: an unreplicated write goes to a file
 * that is not logged, on the same node.
 */
final class Workloads implements AutoCloseable {

    private static final int KEYS = 100_000;
    private static final int BYTES = 200;
    private static final int LARGE_BYTES = 100_000;
    private static final FilePath LOGGED = FilePath.data("bench", "logged");
    private static final FilePath UNLOGGED = FilePath.data("bench", "unlogged");
    private static final FilePath LARGE = FilePath.data("bench", "large");
    private static final FilePath PROBES = FilePath.data("bench", "probes");

    private final Pair pair;
    private final Path folder;
    private final boolean quick;
    private final Consumer<String> progress;
    private final RestClient master;
    private final RestClient slave;
    private final List<Bench.Row> rows = new ArrayList<>();
    private boolean equal;

    private Workloads(Pair pair, Path folder, boolean quick, Consumer<String> progress) {
        this.pair = pair;
        this.folder = folder;
        this.quick = quick;
        this.progress = progress;
        this.master = pair.master().rest();
        this.slave = pair.slave().rest();
    }

    static Workloads start(Path folder, StoreKind kind, boolean quick, Consumer<String> progress) {
        progress.accept("Starting a pair on " + kind);
        Path war = Path.of(System.getProperty("hotbackup.bench")).resolve("hot-backup-bench.war");
        Pair pair = Pair.start(folder, kind, war);
        Workloads workloads = new Workloads(pair, folder, quick, progress);
        DPointer logged = DPointer.of("DL", 10_007);
        workloads.master.createAccount("bench", logged);
        for (FilePath file : List.of(LOGGED, LARGE, PROBES)) {
            workloads.master.createFile(file, logged);
        }
        workloads.master.createFile(UNLOGGED, DPointer.of("DT", 10_007));
        return workloads;
    }

    List<Bench.Row> rows() {
        return rows;
    }

    boolean equal() {
        return equal;
    }

    void runAll() {
        double forced = Floors.forcedWrites(folder, quick ? 500 : 2000);
        rows.add(new Bench.Row("floor", "forced 4 KB writes", forced, "/s", 0, ""));
        run(LOGGED, 8, 100, BYTES, quick ? 1_000 : 5_000, 0, 0);
        run(UNLOGGED, 8, 100, BYTES, quick ? 1_000 : 5_000, 0, 0);
        pair.awaitAcknowledged(600);
        lag("idle", 0);
        for (int writers : new int[] {1, 8, 64}) {
            compare("W1 C=" + writers, writers, 1, forced);
        }
        for (int writers : new int[] {1, 8}) {
            compare("W2 C=" + writers, writers, 100, 0);
        }
        rest();
        lag("500 tx/s", 500);
        large();
        catchUp();
        equal = images();
    }

    private record Result(double perSecond, long transactions, double p50Millis, double p99Millis) {}

    private Result run(FilePath file, int writers, int items, int bytes, long millis, long transactions, int rate) {
        HttpResponse<byte[]> response = master.exchange(
                "POST",
                "bench/run?file=" + file.toString().replace(",", "%2C") + "&writers=" + writers + "&items=" + items
                        + "&bytes=" + bytes + "&keys=" + KEYS + "&millis=" + millis + "&transactions=" + transactions
                        + "&rate=" + rate,
                null,
                null);
        String body = new String(response.body(), StandardCharsets.UTF_8);
        if (response.statusCode() != 200) {
            throw new IllegalStateException(body);
        }
        try (JsonReader reader = Json.createReader(new ByteArrayInputStream(response.body()))) {
            JsonObject result = reader.readObject();
            long done = result.getJsonNumber("transactions").longValue();
            return new Result(
                    done / result.getJsonNumber("seconds").doubleValue(),
                    done,
                    result.getJsonNumber("p50Micros").longValue() / 1000.0,
                    result.getJsonNumber("p99Micros").longValue() / 1000.0);
        }
    }

    /** Rounds in turn, medians, and the ratio of each pair of rounds. */
    private void compare(String workload, int writers, int items, double forced) {
        progress.accept(workload);
        int rounds = quick ? 3 : 5;
        long millis = quick ? 2_000 : 5_000;
        double[] with = new double[rounds];
        double[] without = new double[rounds];
        double[] ratios = new double[rounds];
        for (int i = 0; i < rounds; i++) {
            without[i] = run(UNLOGGED, writers, items, BYTES, millis, 0, 0).perSecond();
            with[i] = run(LOGGED, writers, items, BYTES, millis, 0, 0).perSecond();
            ratios[i] = with[i] / without[i];
            pair.awaitAcknowledged(600);
        }
        rows.add(new Bench.Row(
                workload,
                "not replicated",
                Bench.median(without) * items,
                "items/s",
                forced == 0 ? 0 : Bench.median(without) / forced,
                forced == 0 ? "" : "forced writes"));
        rows.add(new Bench.Row(
                workload, "replicated", Bench.median(with) * items, "items/s", Bench.median(ratios), "not replicated"));
    }

    /** Eight callers over REST, each with a connection of its own, one item a request. */
    private void rest() {
        progress.accept("W1 C=8 over REST");
        long millis = quick ? 2_000 : 5_000;
        AtomicLong written = new AtomicLong();
        ExecutorService callers = Executors.newFixedThreadPool(8);
        long start = System.nanoTime();
        long end = start + TimeUnit.MILLISECONDS.toNanos(millis);
        List<CompletableFuture<Void>> running = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            Random random = new Random(i);
            RestClient node = pair.master().rest();
            running.add(CompletableFuture.runAsync(
                    () -> {
                        byte[] body = new byte[BYTES];
                        while (System.nanoTime() < end) {
                            random.nextBytes(body);
                            node.write(LOGGED, ItemId.of(Integer.toString(random.nextInt(KEYS))), body);
                            written.incrementAndGet();
                        }
                    },
                    callers));
        }
        CompletableFuture.allOf(running.toArray(CompletableFuture[]::new)).join();
        callers.shutdown();
        double seconds = (System.nanoTime() - start) / 1e9;
        rows.add(new Bench.Row("W1 C=8 over REST", "replicated", written.get() / seconds, "items/s", 0, ""));
        pair.awaitAcknowledged(600);
    }

    /** From the answer to a write on the master to its sight on the slave, by probe items. */
    private void lag(String load, int rate) {
        progress.accept("lag, " + load);
        long millis = quick ? 5_000 : 15_000;
        CompletableFuture<?> writers = rate == 0
                ? CompletableFuture.completedFuture(null)
                : CompletableFuture.runAsync(() -> run(LOGGED, 4, 1, BYTES, millis, rate * millis / 1000, rate));
        List<Double> lags = new ArrayList<>();
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        int number = 0;
        while (System.nanoTime() < end) {
            ItemId id = ItemId.of("probe " + load.replaceAll("\\W", "") + number++);
            master.write(PROBES, id, new byte[] {1});
            long committed = System.nanoTime();
            while (slave.read(PROBES, id).isEmpty()) {
                Thread.onSpinWait();
            }
            lags.add((System.nanoTime() - committed) / 1e6);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
        writers.join();
        double[] sorted =
                lags.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        String workload = "lag, " + load;
        rows.add(new Bench.Row(workload, "p50", sorted[sorted.length / 2], "ms", 0, ""));
        rows.add(new Bench.Row(workload, "p99", sorted[(int) (sorted.length * 0.99)], "ms", 0, ""));
        rows.add(new Bench.Row(workload, "max", sorted[sorted.length - 1], "ms", 0, ""));
        pair.awaitAcknowledged(600);
    }

    private void large() {
        progress.accept("W4");
        Result result = run(LARGE, 8, 1, LARGE_BYTES, 600_000, quick ? 200 : 1_000, 0);
        rows.add(new Bench.Row("W4 C=8, 100 KB", "replicated", result.perSecond() * LARGE_BYTES / 1e6, "MB/s", 0, ""));
        pair.awaitAcknowledged(600);
    }

    /** The slave server stopped, updates written, the slave server started: items a second until equal. */
    private void catchUp() {
        progress.accept("W3");
        pair.slaveServer().stop(Pair.SLAVE);
        long updates = quick ? 40_000 : 200_000;
        run(LOGGED, 64, 1, BYTES, 3_600_000, updates, 0);
        long start = System.nanoTime();
        pair.slaveServer().start();
        pair.awaitAcknowledged(3600);
        double seconds = (System.nanoTime() - start) / 1e9;
        rows.add(new Bench.Row("W3 catch-up of " + updates, "until equal", updates / seconds, "items/s", 0, ""));
    }

    private boolean images() {
        progress.accept("comparing the images");
        return List.of(LOGGED, LARGE, PROBES).stream().allMatch(file -> {
            FileDigest one = pair.master().control().node().digest(file.toString());
            FileDigest other = pair.slave().control().node().digest(file.toString());
            return one.equals(other) && one.items() > 0;
        });
    }

    @Override
    public void close() {
        pair.close();
    }
}
