package org.hotbackup.bench;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.hotbackup.node.Folders;
import org.hotbackup.testing.StoreKind;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The benchmark behind {@code ./hot-backup bench}: prints a table and writes the same as JSON. */
@Command(
        name = "hot-backup bench",
        description = "Measures a pair of nodes on this machine and prints each figure beside a floor of the same run.",
        mixinStandardHelpOptions = true,
        version = "hot-backup 0.1.0",
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:done",
            "1:failed, or the images were not equal in the end, for then no figure counts",
            "2:the command line is wrong"
        })
public final class Bench implements Callable<Integer> {

    private static final int DONE = 0;
    private static final int FAILED = 1;
    private static final int USAGE_WIDTH = 100;
    private static final long TAPE = 1L << 30;
    private static final long QUICK_TAPE = 128L << 20;
    private static final int COPIED = 1_000_000;
    private static final int QUICK_COPIED = 200_000;
    private static final int COPIES = 3;

    @Option(names = "--quick", description = "Fewer and shorter rounds, for a first impression.")
    boolean quick;

    @Option(
            names = "--tape",
            description =
                    "Measures instead how fast tape-socket carries raw blocks, beside mbuffer over the same loopback.")
    boolean tape;

    @Option(
            names = "--copy",
            description =
                    "Measures instead a full copy of 1 GB from node to node, saved, carried by tape-socket and restored,"
                            + " beside pg_dump | psql of the same items.")
    boolean copy;

    @Option(names = "--store", paramLabel = "STORE", description = "h2 (default) or postgresql.")
    StoreKind kind = StoreKind.H2;

    @Option(names = "--json", paramLabel = "FILE", description = "Where the JSON goes; bench-STORE.json by default.")
    Path json;

    @Spec
    CommandSpec spec;

    /** One row of the table. */
    record Row(String workload, String figure, double value, String unit, double ofFloor, String floor) {}

    /** Runs the benchmark. */
    public static void main(String[] arguments) {
        System.exit(run(new PrintWriter(System.out, true), new PrintWriter(System.err, true), arguments));
    }

    /** Runs one command line and returns the exit status. */
    static int run(PrintWriter out, PrintWriter err, String... arguments) {
        return new CommandLine(new Bench())
                .setOut(out)
                .setErr(err)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpAutoWidth(false)
                .setUsageHelpWidth(USAGE_WIDTH)
                .setExecutionExceptionHandler((e, command, result) -> {
                    command.getErr().println(e.getMessage() == null ? e : e.getMessage());
                    return FAILED;
                })
                .execute(arguments);
    }

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        Path file = json == null ? Path.of("bench-" + kind.name().toLowerCase(Locale.ROOT) + ".json") : json;
        Path folder = Files.createTempDirectory("hot-backup-bench");
        if (tape) {
            try {
                print(new TapeWorkload(folder, quick ? QUICK_TAPE : TAPE, err::println).rows(), out);
                return DONE;
            } finally {
                Folders.delete(folder);
            }
        }
        if (copy) {
            try {
                return copy(new CopyWorkload(folder, kind, quick ? QUICK_COPIED : COPIED, COPIES, err::println), out);
            } finally {
                Folders.delete(folder);
            }
        }
        try (Workloads workloads = Workloads.start(folder, kind, quick, err::println)) {
            workloads.runAll();
            print(workloads.rows(), out);
            Files.writeString(file, json(workloads.rows(), kind, workloads.equal()));
            out.println(said(workloads.equal()));
            out.println("Written to " + file.toAbsolutePath());
            return workloads.equal() ? DONE : FAILED;
        } finally {
            Folders.delete(folder);
        }
    }

    private static int copy(CopyWorkload workload, PrintWriter out) throws IOException {
        workload.run();
        print(workload.rows(), out);
        out.println(said(workload.equal()));
        return workload.equal() ? DONE : FAILED;
    }

    /** The middle one of some figures, an odd number of them. */
    static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private static String said(boolean equal) {
        return equal ? "Both images are equal." : "The images DIFFER: no figure counts.";
    }

    private static void print(List<Row> rows, PrintWriter out) {
        out.printf("%-44s %12s %-8s %s%n", "Workload", "", "", "beside it");
        for (Row row : rows) {
            String beside =
                    row.floor().isEmpty() ? "" : String.format("%.0f %% of %s", row.ofFloor() * 100, row.floor());
            out.printf(
                    "%-44s %,12.1f %-8s %s%n", row.workload() + ", " + row.figure(), row.value(), row.unit(), beside);
        }
    }

    private static String json(List<Row> rows, StoreKind kind, boolean equal) {
        JsonArrayBuilder figures = Json.createArrayBuilder();
        for (Row row : rows) {
            figures.add(Json.createObjectBuilder()
                    .add("workload", row.workload())
                    .add("figure", row.figure())
                    .add("value", row.value())
                    .add("unit", row.unit())
                    .add("ofFloor", row.ofFloor())
                    .add("floor", row.floor()));
        }
        JsonObject whole = Json.createObjectBuilder()
                .add("store", kind.name())
                .add("processors", Runtime.getRuntime().availableProcessors())
                .add("java", Runtime.version().toString())
                .add("equal", equal)
                .add("figures", figures)
                .build();
        return whole.toString();
    }
}
