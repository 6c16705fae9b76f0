package org.hotbackup.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.hotbackup.control.Cause;
import org.hotbackup.control.Figure;
import org.hotbackup.control.NodeMXBean;
import org.hotbackup.control.OperationReceipt;
import org.hotbackup.control.Sample;
import org.hotbackup.control.SamplesMXBean;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.health.NodeMetric;
import org.hotbackup.health.ServerMetric;
import org.hotbackup.testing.Pair;
import org.hotbackup.testing.StoreKind;
import org.hotbackup.testing.TestNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a node of a real pair says about its own state: samples, health, metrics, and causes of trouble. In this order: the
 * last ones break the pair.
 */
@Tag("system")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class HealthOfANodeTest {

    private static final int MANY = 2_000;
    private static final int OK = 200;
    private static final int UNAUTHORIZED = 401;
    private static final int DOWN = 503;
    private static final String REASON = "a test";
    private static final long MEGABYTE = 1L << 20;

    @TempDir
    static Path homes;

    private static Pair pair;
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @BeforeAll
    static void start() {
        pair = Pair.start(homes, StoreKind.H2);
        Orders orders = new Orders(pair);
        orders.shouldGoOnAndBeEqual();
    }

    @AfterAll
    static void stop() {
        pair.close();
    }

    private static HttpResponse<String> get(TestNode node, String path, Optional<String> password) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(node.home().webUrl() + path));
        password.ifPresent(secret -> request.header(
                "Authorization",
                "Basic " + Base64.getEncoder().encodeToString(("local:" + secret).getBytes(StandardCharsets.UTF_8))));
        try {
            return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private static int health(TestNode node, String which) {
        return get(node, "health/" + which, Optional.empty()).statusCode();
    }

    private static String scrape(TestNode node) {
        HttpResponse<String> answer =
                get(node, "metrics", Optional.of(node.home().localSecret()));
        assertThat(answer.statusCode()).isEqualTo(OK);
        return answer.body();
    }

    private static double value(String scrape, String metric, String labels) {
        return Pattern.compile("(?m)^" + metric + "\\{[^}]*" + labels + "[^}]*\\} (\\S+)$")
                .matcher(scrape)
                .results()
                .map(found -> Double.parseDouble(found.group(1)))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + metric + " of " + labels));
    }

    private static void done(OperationReceipt receipt) {
        assertThat(receipt.outcome()).as(receipt.message()).isEqualTo(OperationReceipt.Outcome.DONE);
    }

    private static List<String> causes(TestNode node) {
        return node.control().node().diagnose().stream().map(Cause::messageId).toList();
    }

    @Test
    @Order(1)
    void shouldBeAliveReadyAndStartedAndSayWhy() {
        for (TestNode node : List.of(pair.master(), pair.slave())) {
            for (String which : List.of("live", "ready", "started")) {
                HttpResponse<String> answer = get(node, "health/" + which, Optional.empty());
                assertThat(answer.statusCode()).as(which + ": " + answer.body()).isEqualTo(OK);
                assertThat(answer.body()).contains("\"status\":\"UP\"");
            }
        }
        Orders.await(
                "heartbeat of the servers",
                () -> get(pair.master(), "health/live", Optional.empty()).body().contains("\"server todev\""));
        assertThat(get(pair.master(), "health/live", Optional.empty()).body())
                .contains("\"store\"", "\"log pump\"", "\"timers\"");
        assertThat(get(pair.master(), "health", Optional.empty()).body()).contains("\"heartbeat\"", "\"updates\"");
    }

    @Test
    @Order(2)
    void shouldBeInOrderAndHaveNothingToSay() {
        for (TestNode node : List.of(pair.master(), pair.slave())) {
            NodeMXBean control = node.control().node();
            assertThat(control.getHealth()).as(control.diagnoseText()).isEqualTo("OK");
            assertThat(control.getHealthReasons()).isEmpty();
        }
    }

    @Test
    @Order(3)
    void shouldSampleTheFiguresOfNodeAndServers() {
        SamplesMXBean samples = pair.master().control().samples();
        Orders.await(
                "samples of server todev",
                () -> !samples.samples("lag-time", Pair.MASTER, 0, MANY).isEmpty()
                        && !samples.samples("sent-rate", Pair.MASTER, 0, MANY).isEmpty());

        List<Sample> free = samples.samples("disk-free", "", 0, MANY);
        assertThat(free).isNotEmpty().allMatch(sample -> sample.value() > 0);
        assertThat(samples.csv("disk-free", "", 0, MANY).lines()).first().isEqualTo("time,disk-free");
        assertThat(samples.getFigures()).hasSize(Figure.values().length);
        assertThatThrownBy(() -> samples.samples("speed", "", 0, MANY)).hasMessageContaining("'speed' is not sampled");
        assertThatThrownBy(() -> samples.samples("lag-time", "nobody", 0, MANY)).hasMessageContaining("'nobody'");
    }

    @Test
    @Order(4)
    void shouldOfferEveryMetricToUsersOnly() {
        for (String path : List.of("metrics", "metrics?scope=application", "openapi", "api/accounts")) {
            assertThat(get(pair.master(), path, Optional.empty()).statusCode())
                    .as(path)
                    .isEqualTo(UNAUTHORIZED);
        }
        done(pair.master().control().node().setup("another", "type=master host=127.0.0.1 port=32000"));
        Orders.await("metrics of a new server", () -> scrape(pair.master()).contains("server=\"another\""));

        String master = scrape(pair.master());
        String slave = scrape(pair.slave());
        Stream<String> ofNode = Arrays.stream(NodeMetric.values()).map(NodeMetric::metric);
        assertThat(ofNode).allMatch(metric -> master.contains("\n" + metric + "{"), "is offered");
        for (ServerMetric metric : ServerMetric.values()) {
            if (metric.isOf(true)) {
                assertThat(master).containsPattern("\n" + metric.metric() + "\\{[^}]*server=\"todev\"[^}]*\\} ");
            }
            if (metric.isOf(false)) {
                assertThat(slave).containsPattern("\n" + metric.metric() + "\\{[^}]*server=\"fromprod\"[^}]*\\} ");
            }
        }
        assertThat(value(master, "hotbackup_server_transactions_total", "todev"))
                .isPositive();
        assertThat(value(master, "hotbackup_server_lag_transactions", "todev")).isZero();
        assertThat(value(slave, "hotbackup_server_applied_total", "fromprod")).isPositive();
        assertThat(master).contains("# TYPE hotbackup_server_transactions_total counter");

        done(pair.master().control().node().deleteServer("another", "another", REASON));
        Orders.await("end of its metrics", () -> !scrape(pair.master()).contains("server=\"another\""));
    }

    @Test
    @Order(5)
    void shouldBeAliveAndNotReadyWhileItIsClosedForUpdates() {
        NodeMXBean control = pair.master().control().node();
        done(control.closeForUpdates("prod", REASON));
        Orders.await("not ready", () -> health(pair.master(), "ready") == DOWN);

        assertThat(health(pair.master(), "live")).isEqualTo(OK);
        assertThat(control.getHealth()).isEqualTo("OK");
        assertThat(causes(pair.master())).containsExactly(MessageCode.CAUSE_CLOSED.id());

        done(control.openForUpdates("prod", REASON));
        Orders.await("ready again", () -> health(pair.master(), "ready") == OK);
    }

    @Test
    @Order(6)
    void shouldBeAliveReadyAndDegradedWhileItsSlaveIsAway() {
        pair.slave().kill();
        NodeMXBean control = pair.master().control().node();
        Orders.await("a slave that is not reached", () -> causes(pair.master())
                .contains(MessageCode.CAUSE_SLAVE_UNREACHABLE.id()));

        assertThat(control.getHealth()).isEqualTo("DEGRADED");
        assertThat(control.getHealthReasons()).first().asString().contains("'todev'");
        assertThat(health(pair.master(), "live")).isEqualTo(OK);
        assertThat(health(pair.master(), "ready")).isEqualTo(OK);
        Orders.await(
                "the metric of it", () -> value(scrape(pair.master()), "hotbackup_server_connected", "todev") == 0);
        assertThat(value(scrape(pair.master()), "hotbackup_health", "")).isEqualTo(1);
    }

    @Test
    @Order(7)
    void shouldBeAliveAndCriticalWhileItsDiskIsFullAndRememberItsSamples() throws IOException {
        TestNode master = pair.master();
        long before = master.control().samples().getLastMillis();
        long free = Files.getFileStore(master.home().folder()).getUsableSpace() / MEGABYTE;
        master.stop();
        // less than that is free, and more than half of it: the node itself can still write
        master.configure("hotbackup.disk.reserve.mb", Long.toString(free + free / 2));
        master.start();

        assertThat(health(master, "live")).isEqualTo(OK);
        assertThat(health(master, "ready")).isEqualTo(DOWN);
        assertThat(health(master, "started")).isEqualTo(OK);
        assertThat(master.control().node().getHealth()).isEqualTo("CRITICAL");
        assertThat(causes(master)).first().isEqualTo(MessageCode.CAUSE_DISK_FULL.id());
        assertThat(master.control().samples().samples("disk-free", "", 0, MANY))
                .extracting(Sample::timeMillis)
                .contains(before);
    }
}
