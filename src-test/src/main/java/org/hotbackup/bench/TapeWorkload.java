package org.hotbackup.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.hotbackup.control.OperationReceipt;
import org.hotbackup.node.NodeHomes;
import org.hotbackup.node.Ports;
import org.hotbackup.testing.DebianTool;
import org.hotbackup.testing.Pair;
import org.hotbackup.testing.StoreKind;
import org.hotbackup.testing.TestNode;

/**
 * How fast a tape-socket pair carries raw blocks from a pipe to a pipe over loopback, as delivered with TLS and certificates, beside
 * mbuffer, which carries the same bytes from pipe to pipe over plain TCP. The fastest of four rounds each, since what the servers do is compiled in the first two.
 */
final class TapeWorkload {

    private static final int ROUNDS = 4;
    private static final long MINUTES = 10;
    private static final double MEGABYTE = 1_000_000;

    private final Path folder;
    private final long bytes;

    /**
     * @param folder for the nodes
     * @param bytes of one tape
     */
    TapeWorkload(Path folder, long bytes) {
        this.folder = folder;
        this.bytes = bytes;
    }

    /** Runs it. */
    List<Bench.Row> rows() throws IOException {
        double floor = mbuffer();
        NodeHomes homes = new NodeHomes(folder);
        try (TestNode main = TestNode.create(homes, "main", StoreKind.H2);
                TestNode backup = TestNode.create(homes, "vmrest", StoreKind.H2)) {
            main.trust(backup);
            backup.trust(main);
            Pair.both(main::start, backup::start);
            List<Bench.Row> rows = new ArrayList<>();
            for (int blockSize : List.of(512, 16384)) {
                double rate = carried(main, backup, blockSize);
                rows.add(new Bench.Row(
                        "tape-socket, blocks of " + blockSize, "throughput", rate, "MB/s", rate / floor, "mbuffer"));
            }
            rows.add(new Bench.Row("mbuffer", "throughput", floor, "MB/s", 1, ""));
            return rows;
        }
    }

    private double carried(TestNode main, TestNode backup, int blockSize) throws IOException {
        String name = blockSize == 512 ? "small" : "large";
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
        double rate = best(List.of("exec cat \"" + to + "\" > /dev/null"), writes("of=\"" + from + "\""));
        done(main.control().tapeServer(name).stop(name));
        done(backup.control().tapeServer(name).stop(name));
        return rate;
    }

    private double mbuffer() throws IOException {
        String mbuffer = DebianTool.of("mbuffer", "mbuffer").path().toString();
        int port = Ports.free(Set.of());
        return best(
                List.of(mbuffer + " -q -m 16M -I 127.0.0.1:" + port + " | exec cat > /dev/null"),
                "sleep 1; " + writes("") + " | " + mbuffer + " -q -m 16M -O 127.0.0.1:" + port,
                1);
    }

    private String writes(String to) {
        return "dd if=/dev/zero bs=64k count=" + (bytes >> 16) + " " + to + " 2>/dev/null";
    }

    private double best(List<String> readers, String writer) throws IOException {
        return best(readers, writer, 0);
    }

    /** MB/s of the fastest round. */
    private double best(List<String> readers, String writer, int sleeps) throws IOException {
        double best = 0;
        for (int round = 0; round < ROUNDS; round++) {
            List<Process> processes = new ArrayList<>();
            for (String reader : readers) {
                processes.add(shell(reader));
            }
            long begun = System.nanoTime();
            processes.add(shell(writer));
            for (Process process : processes) {
                await(process);
            }
            double seconds = (System.nanoTime() - begun) / (double) TimeUnit.SECONDS.toNanos(1) - sleeps;
            best = Math.max(best, bytes / MEGABYTE / seconds);
        }
        return best;
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
