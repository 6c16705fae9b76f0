package org.hotbackup.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hotbackup.cli.HotBackup;
import org.hotbackup.health.LinkedMetric;
import org.hotbackup.health.Metric;
import org.hotbackup.health.NodeMetric;
import org.hotbackup.health.ServerMetric;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * {@code docs/METRICS.md} lists the metrics that the code has, and {@code docs/ALERTS.md} uses no others and names commands
 * that exist. To take over an intended change, copy {@code src-test/target/METRICS.md} to {@code docs}.
 */
class MetricsPageTest {

    private static final Path DOCS = Path.of(System.getProperty("hotbackup.top"), "docs");
    private static final Pattern METRIC = Pattern.compile("\\bhotbackup_[a-z_]+");
    private static final Pattern ALERT = Pattern.compile("(?ms)^ {6}- alert: (\\w+)\\R(.*?)(?=^ {6}- alert|^```)");

    /** One rule of the page. */
    private record Alert(String name, String text) {

        String line(String key) {
            Matcher line = Pattern.compile("(?m)^ +" + key + ": (.+)$").matcher(text);
            assertThat(line.find()).as("%s of alert %s", key, name).isTrue();
            return line.group(1);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static List<Alert> alerts() throws IOException {
        Matcher found = ALERT.matcher(Files.readString(DOCS.resolve("ALERTS.md")));
        List<Alert> alerts = new ArrayList<>();
        while (found.find()) {
            alerts.add(new Alert(found.group(1), found.group(2)));
        }
        return alerts;
    }

    private static Stream<Metric<?>> metrics() {
        return Stream.of(NodeMetric.values(), ServerMetric.values(), LinkedMetric.values())
                .flatMap(Arrays::stream);
    }

    @Test
    void shouldListEveryMetric() throws IOException {
        String page = page();
        Files.writeString(Path.of("target", "METRICS.md"), page);

        assertThat(page).isEqualTo(Files.readString(DOCS.resolve("METRICS.md")));
    }

    private static String page() {
        List<String> lines = new ArrayList<>(List.of(
                "# Metrics",
                "",
                "What a node offers to Prometheus at `/metrics`, beside what the JVM does (`memory_usedHeap_bytes`, `thread_count`,",
                "`gc_total` ...). Any user of the node may read them, by HTTP Basic. Names and units stay as they are. Counters begin",
                "anew with the node, those of servers also with the server; they are brought up every ten seconds, gauges are as of",
                "the moment. A value that is not known is `NaN`: a lag is never 0 because something stopped. Made from the code by",
                "`MetricsPageTest`; [ALERTS.md](ALERTS.md) says what to be woken for.",
                "",
                "| Metric | Kind | Of | What it says |",
                "|---|---|---|---|"));
        for (NodeMetric metric : NodeMetric.values()) {
            lines.add(row(metric, "the node"));
        }
        for (ServerMetric metric : ServerMetric.values()) {
            lines.add(row(metric, metric.whose()));
        }
        for (LinkedMetric metric : LinkedMetric.values()) {
            lines.add(row(metric, metric.whose()));
        }
        lines.add("");
        lines.add(
                "Those of servers have the labels `server`, its name, and `type`, master or slave; those of tape-socket servers that");
        lines.add("are linked to the transaction logger input or output.");
        return String.join("\n", lines) + "\n";
    }

    private static String row(Metric<?> metric, String of) {
        return "| `" + metric.metric() + "` | " + (metric.isCounter() ? "counter" : "gauge") + " | " + of + " | "
                + metric.help() + " |";
    }

    @Test
    void shouldNameMetricsByTheirUnit() {
        assertThat(metrics().map(Metric::metric)).doesNotHaveDuplicates().allMatch(METRIC.asMatchPredicate());
        assertThat(metrics())
                .allMatch(metric -> metric.isCounter() == metric.metric().endsWith("_total"));
    }

    @Test
    void shouldHaveAlerts() throws IOException {
        assertThat(alerts()).hasSizeGreaterThan(20);
        assertThat(alerts().stream().map(Alert::name)).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("alerts")
    void shouldUseOnlyMetricsThatThereAre(Alert alert) {
        Set<String> known = metrics().map(Metric::metric).collect(Collectors.toSet());
        String expression = alert.line("expr");

        assertThat(METRIC.matcher(expression).results().map(found -> found.group()))
                .allMatch(known::contains);
        assertThat(expression).containsPattern("\\bhotbackup_|\\bup\\{");
        for (String pair : List.of("()", "[]", "{}")) {
            long opened = expression.chars().filter(c -> c == pair.charAt(0)).count();
            assertThat(expression.chars().filter(c -> c == pair.charAt(1)).count())
                    .as("%s in %s", pair, expression)
                    .isEqualTo(opened);
        }
    }

    @ParameterizedTest
    @MethodSource("alerts")
    void shouldSayHowLongHowBadAndWhatToDo(Alert alert) {
        assertThat(alert.line("for")).matches("[0-9]+[mh]");
        assertThat(alert.line("labels")).matches("\\{severity: (critical|warning)\\}");
        assertThat(alert.line("summary")).matches("[A-Z].*[.?]").doesNotContain(": ");
        assertThat(alert.line("command")).startsWith("hot-backup ");
    }

    @ParameterizedTest
    @MethodSource("alerts")
    void shouldNameACommandThatExists(Alert alert) {
        // with --help a command line is understood to its end and nothing is done
        String[] words = (alert.line("command") + " --help").split(" ");
        StringWriter said = new StringWriter();
        PrintWriter to = new PrintWriter(said, true);

        assertThatCode(() -> assertThat(HotBackup.run(to, to, Arrays.copyOfRange(words, 1, words.length)))
                        .as(said.toString())
                        .isZero())
                .doesNotThrowAnyException();
        assertThat(said.toString()).startsWith("Usage: hot-backup " + words[1]);
    }
}
