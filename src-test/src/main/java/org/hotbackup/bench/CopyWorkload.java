package org.hotbackup.bench;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.hotbackup.control.FileDigest;
import org.hotbackup.control.OperationReceipt;
import org.hotbackup.control.OperationReceipt.Outcome;
import org.hotbackup.model.DPointer;
import org.hotbackup.model.FileDefinition;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.ItemId;
import org.hotbackup.node.NodeHomes;
import org.hotbackup.node.Ports;
import org.hotbackup.tape.BlockFormat;
import org.hotbackup.tape.Save;
import org.hotbackup.tape.SaveSource;
import org.hotbackup.tape.TapeHandler;
import org.hotbackup.tape.TapeWriter;
import org.hotbackup.testing.Pair;
import org.hotbackup.testing.StoreKind;
import org.hotbackup.testing.TestNode;

/**
 * W5: a full copy of items of 1 KB of random bytes from one node to another, saved into a pipe, carried by a tape-socket pair
 * with TLS, and restored from the pipe at the other end, beside {@code pg_dump | psql} of the same items. Rounds in turn, medians.
 */
final class CopyWorkload {

    private static final int BYTES = 1_000;
    private static final double MEGABYTE = 1_000_000;
    private static final String ACCOUNT = "copy";
    private static final DPointer POINTER = DPointer.of("DL", 10_007);
    private static final int BLOCK_BYTES = 16_384;
    private static final String DEVICES =
            "pipe pipes/copy " + BLOCK_BYTES + " c; other pipes/other " + BLOCK_BYTES + " c";
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final long HOURS = 2;

    private final Path folder;
    private final StoreKind kind;
    private final int items;
    private final int rounds;
    private final Consumer<String> progress;
    private final List<Bench.Row> rows = new ArrayList<>();
    private boolean equal;

    /**
     * @param folder for the nodes
     * @param kind of the store of both nodes
     * @param progress is told what goes on
     */
    CopyWorkload(Path folder, StoreKind kind, int items, int rounds, Consumer<String> progress) {
        this.folder = folder;
        this.kind = kind;
        this.items = items;
        this.rounds = rounds;
        this.progress = progress;
    }

    List<Bench.Row> rows() {
        return rows;
    }

    /** Whether all copies are equal to what was copied. */
    boolean equal() {
        return equal;
    }

    /** Runs it. */
    void run() throws IOException {
        NodeHomes homes = new NodeHomes(folder);
        progress.accept("Starting two nodes on " + kind);
        try (TestNode main = TestNode.create(homes, "main", kind);
                TestNode standby = TestNode.create(homes, "standby", kind)) {
            main.trust(standby);
            standby.trust(main);
            List.of(main, standby).forEach(node -> node.configure("hotbackup.tape.devices", DEVICES));
            Pair.both(main::start, standby::start);
            compare(main, standby);
        } catch (SQLException e) {
            throw new IOException(e);
        }
    }

    private void compare(TestNode main, TestNode standby) throws IOException, SQLException {
        progress.accept("Filling both with " + items + " items");
        say("restore alone", fill(main));
        DumpAndRestore beside = new DumpAndRestore();
        beside.fill(this::all);
        connect(main, standby);
        double[] ours = new double[rounds];
        double[] theirs = new double[rounds];
        double[] ratios = new double[rounds];
        for (int round = 0; round < rounds; round++) {
            theirs[round] = rate(beside.copy());
            ours[round] = rate(copy(main, standby, ACCOUNT + round));
            ratios[round] = ours[round] / theirs[round];
            progress.accept(String.format(
                    "Round %d: pg_dump | psql %.1f MB/s, full copy %.1f MB/s", round + 1, theirs[round], ours[round]));
        }
        String of = "full copy of " + items + " items";
        rows.add(new Bench.Row(of, "hot-backup", Bench.median(ours), "MB/s", Bench.median(ratios), "pg_dump | psql"));
        rows.add(new Bench.Row(of, "pg_dump | psql", Bench.median(theirs), "MB/s", 1, ""));
        double alone = rate(save(main));
        rows.add(new Bench.Row(
                "save alone", "into a pipe", alone, "MB/s", alone / Bench.median(theirs), "pg_dump | psql"));
        progress.accept("Comparing");
        equal = beside.isEqual() && imagesAreEqual(main, standby);
    }

    private void say(String what, double seconds) {
        progress.accept(String.format("%s: %.1f s, %.1f MB/s", what, seconds, rate(seconds)));
    }

    private double rate(double seconds) {
        return (double) items * BYTES / MEGABYTE / seconds;
    }

    /** All items, the same ones at each call. */
    private void all(SaveSource.Visitor visitor) {
        Random random = new Random(items);
        for (int i = 0; i < items; i++) {
            byte[] body = new byte[BYTES];
            random.nextBytes(body);
            visitor.item(ItemId.of(String.format("%08d", i)), body);
        }
    }

    private static FilePath file(String account) {
        return FilePath.data(account, "items");
    }

    /** An account with one file of them. */
    private SaveSource source() {
        return new SaveSource() {
            @Override
            public Optional<DPointer> account(String account) {
                return Optional.of(POINTER);
            }

            @Override
            public List<FileDefinition> files(String account) {
                return List.of(
                        new FileDefinition(1, FilePath.dictionary(account, "items"), POINTER),
                        new FileDefinition(2, file(account), POINTER));
            }

            @Override
            public void items(FilePath file, Visitor visitor) {
                if (file.equals(file(ACCOUNT))) {
                    all(visitor);
                }
            }
        };
    }

    /** Restores the items from a tape that is written meanwhile; seconds. */
    private double fill(TestNode main) {
        begun(main.control().tape().attach("other", 0));
        long begun = System.nanoTime();
        Pair.both(
                () -> await(main, begun(main.control().tape().accountRestore("other", ACCOUNT, "", ""))),
                () -> write(main.home().folder().resolve("pipes/other")));
        return seconds(begun);
    }

    private void write(Path pipe) {
        LocalDateTime now = LocalDateTime.now(ZoneOffset.UTC);
        try (OutputStream out = Files.newOutputStream(pipe);
                TapeWriter tape = new TapeWriter(out, BlockFormat.of(BLOCK_BYTES), now)) {
            TapeHandler nobody = new TapeHandler() {};
            Save.write(source(), List.of(ACCOUNT), false, "", tape, now, nobody, (path, bytes, form) -> {});
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void connect(TestNode main, TestNode standby) {
        int port = Ports.free(Set.of(main.home().httpPort(), standby.home().httpPort()));
        begun(standby.control().tapeSocket().setup("copy", "direction=input port=" + port + " pipe=copy"));
        begun(main.control()
                .tapeSocket()
                .setup(
                        "copy",
                        "direction=output host=127.0.0.1 pipe=copy port=" + port + " block-size=" + BLOCK_BYTES));
        begun(standby.control().tapeServer("copy").start(""));
        begun(main.control().tapeServer("copy").start(""));
    }

    /** Both at once: an operation answers when it is over, or goes on for some seconds. */
    private static double copy(TestNode main, TestNode standby, String account) {
        long begun = System.nanoTime();
        Pair.both(
                () -> await(standby, begun(standby.control().tape().accountRestore("pipe", ACCOUNT, account, ""))),
                () -> await(main, begun(main.control().tape().accountSave("pipe", ACCOUNT, "", "", ""))));
        return seconds(begun);
    }

    /** Saves into a pipe that is read and thrown away; seconds. */
    private static double save(TestNode main) throws IOException {
        Process reader = new ProcessBuilder(
                        "cat", main.home().folder().resolve("pipes/other").toString())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            long begun = System.nanoTime();
            await(main, begun(main.control().tape().accountSave("other", ACCOUNT, "", "", "")));
            return seconds(begun);
        } finally {
            reader.destroy();
        }
    }

    private static double seconds(long begun) {
        return (System.nanoTime() - begun) / (double) TimeUnit.SECONDS.toNanos(1);
    }

    private boolean imagesAreEqual(TestNode main, TestNode standby) {
        FileDigest original = main.control().node().digest(file(ACCOUNT).toString());
        boolean same = original.items() == items;
        for (int round = 0; round < rounds; round++) {
            FileDigest copy =
                    standby.control().node().digest(file(ACCOUNT + round).toString());
            same &= copy.items() == original.items() && copy.sha256().equals(original.sha256());
        }
        return same;
    }

    private static OperationReceipt begun(OperationReceipt receipt) {
        if (receipt.outcome() == Outcome.REFUSED) {
            throw new IllegalStateException(receipt.message());
        }
        return receipt;
    }

    private static void await(TestNode node, OperationReceipt begun) {
        OperationReceipt receipt = begun;
        long end = System.nanoTime() + TimeUnit.HOURS.toNanos(HOURS);
        while (begun(receipt).outcome() == Outcome.ACCEPTED) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("not over after " + HOURS + " hours: " + receipt.message());
            }
            LockSupport.parkNanos(POLL_NANOS);
            receipt = node.control().tasks().receipt(begun.task());
        }
    }
}
