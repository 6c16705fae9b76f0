package org.hotbackup.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.hotbackup.control.OperationReceipt;
import org.hotbackup.node.NodeHomes;
import org.hotbackup.node.Ports;
import org.hotbackup.testing.DebianTool;
import org.hotbackup.testing.Pair;
import org.hotbackup.testing.StoreKind;
import org.hotbackup.testing.TestNode;

/**
 * How fast a tape-socket pair carries raw blocks from a pipe to a pipe over loopback, as delivered with TLS and certificates, beside
 * mbuffer, which carries the same bytes from pipe to pipe over plain TCP. Rounds in turn, medians; the first rounds, in which the
 * servers' programs are compiled, do not count.
 */
final class TapeWorkload {

    private static final int UNCOUNTED_ROUNDS = 4;
    private static final int ROUNDS = 5;
    private static final long MINUTES = 10;
    private static final double MEGABYTE = 1_000_000;

    private final Path folder;
    private final long bytes;
    private final Consumer<String> progress;

    /**
     * @param folder for the nodes
     * @param bytes of one tape
     * @param progress is told what each round brought
     */
    TapeWorkload(Path folder, long bytes, Consumer<String> progress) {
        this.folder = folder;
        this.bytes = bytes;
        this.progress = progress;
    }

    /** Two programs, of which one writes what the other reads, and how fast that went. */
    private record Line(String name, String reader, String writer, double sleeps, List<Double> rates) {

        Line(String name, String reader, String writer, double sleeps) {
            this(name, reader, writer, sleeps, new ArrayList<>());
        }

        double rate() {
            return Bench.median(rates.stream().mapToDouble(Double::doubleValue).toArray());
        }
    }

    /** Runs it. */
    List<Bench.Row> rows() throws IOException {
        NodeHomes homes = new NodeHomes(folder);
        try (TestNode main = TestNode.create(homes, "main", StoreKind.H2);
                TestNode backup = TestNode.create(homes, "vmrest", StoreKind.H2)) {
            main.trust(backup);
            backup.trust(main);
            Pair.both(main::start, backup::start);
            Line mbuffer = mbuffer();
            List<Line> pairs = List.of(pair(main, backup, "small", 512), pair(main, backup, "large", 16384));
            for (int round = 1; round <= UNCOUNTED_ROUNDS + ROUNDS; round++) {
                carry(mbuffer, round);
                for (Line pair : pairs) {
                    carry(pair, round);
                }
            }
            List<Bench.Row> rows = new ArrayList<>();
            for (Line pair : pairs) {
                rows.add(new Bench.Row(
                        pair.name(), "throughput", pair.rate(), "MB/s", pair.rate() / mbuffer.rate(), mbuffer.name()));
            }
            rows.add(new Bench.Row(mbuffer.name(), "throughput", mbuffer.rate(), "MB/s", 1, ""));
            return rows;
        }
    }

    private Line pair(TestNode main, TestNode backup, String name, int blockSize) {
        int port = Ports.free(Set.of(main.home().httpPort(), backup.home().httpPort()));
        done(backup.control().tapeSocket().setup(name, "direction=input port=" + port + " pipe=" + name));
        done(main.control()
                .tapeSocket()
                .setup(
                        name,
                        "direction=output host=127.0.0.1 port=" + port + " pipe=" + name + " block-size=" + blockSize));
        done(backup.control().tapeServer(name).start(""));
        done(main.control().tapeServer(name).start(""));
        Path from = main.home().folder().resolve("pipes").resolve(name);
        Path to = backup.home().folder().resolve("pipes").resolve(name);
        return new Line(
                "tape-socket, blocks of " + blockSize,
                "exec cat \"" + to + "\" > /dev/null",
                writes("of=\"" + from + "\""),
                0);
    }

    private Line mbuffer() throws IOException {
        String mbuffer = DebianTool.of("mbuffer", "mbuffer").path().toString();
        int port = Ports.free(Set.of());
        return new Line(
                "mbuffer",
                mbuffer + " -q -m 16M -I 127.0.0.1:" + port + " | exec cat > /dev/null",
                "sleep 1; " + writes("") + " | " + mbuffer + " -q -m 16M -O 127.0.0.1:" + port,
                1);
    }

    private String writes(String to) {
        return "dd if=/dev/zero bs=64k count=" + (bytes >> 16) + " " + to + " 2>/dev/null";
    }

    private void carry(Line line, int round) throws IOException {
        Process reader = shell(line.reader());
        long begun = System.nanoTime();
        Process writer = shell(line.writer());
        await(reader);
        await(writer);
        double seconds = (System.nanoTime() - begun) / (double) TimeUnit.SECONDS.toNanos(1) - line.sleeps();
        double rate = bytes / MEGABYTE / seconds;
        boolean counts = round > UNCOUNTED_ROUNDS;
        progress.accept(
                String.format("Round %d: %s %.1f MB/s%s", round, line.name(), rate, counts ? "" : ", does not count"));
        if (counts) {
            line.rates().add(rate);
        }
    }

    private static void await(Process process) throws IOException {
        try {
            if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new IOException("a program at a pipe has not ended after " + MINUTES + " minutes");
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static Process shell(String line) throws IOException {
        ProcessBuilder builder = new ProcessBuilder("sh", "-c", line)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().putAll(DebianTool.environment());
        return builder.start();
    }

    private static void done(OperationReceipt receipt) {
        if (receipt.outcome() != OperationReceipt.Outcome.DONE) {
            throw new IllegalStateException(receipt.message());
        }
    }
}
