package org.hotbackup.bench;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.hotbackup.node.Folders;
import org.hotbackup.testing.StoreKind;

/**
 * The benchmark behind {@code ./hot-backup bench}: {@code [--quick] [--store h2|postgresql] [--json FILE]}. Prints a table
 * and writes the same as JSON; exit status 1 if the images were not equal in the end, for then no figure counts.
 */
public final class Bench {

    private Bench() {}

    /** One row of the table. */
    record Row(String workload, String figure, double value, String unit, double ofFloor, String floor) {}

    /** Runs the benchmark. */
    public static void main(String[] arguments) throws IOException {
        List<String> words = List.of(arguments);
        boolean quick = words.contains("--quick");
        StoreKind kind = option(words, "--store", "h2").equals("postgresql") ? StoreKind.POSTGRESQL : StoreKind.H2;
        Path json = Path.of(option(words, "--json", "bench-" + kind.name().toLowerCase(Locale.ROOT) + ".json"));
        Path folder = Files.createTempDirectory("hot-backup-bench");
        try (Workloads workloads = Workloads.start(folder, kind, quick, text -> System.err.println(text))) {
            workloads.runAll();
            print(workloads.rows(), System.out);
            Files.writeString(json, json(workloads.rows(), kind, workloads.equal()));
            System.out.println(workloads.equal() ? "Both images are equal." : "The images DIFFER: no figure counts.");
            System.out.println("Written to " + json.toAbsolutePath());
            if (!workloads.equal()) {
                System.exit(1);
            }
        } finally {
            Folders.delete(folder);
        }
    }

    private static String option(List<String> words, String name, String otherwise) {
        int at = words.indexOf(name);
        return at >= 0 && at + 1 < words.size() ? words.get(at + 1) : otherwise;
    }

    private static void print(List<Row> rows, PrintStream out) {
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
