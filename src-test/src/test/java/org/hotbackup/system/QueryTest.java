package org.hotbackup.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.hotbackup.control.LostAndFoundMXBean;
import org.hotbackup.control.OperationReceipt;
import org.hotbackup.control.ServerMXBean;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.model.DPointer;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.ItemId;
import org.hotbackup.testing.Command;
import org.hotbackup.testing.Pair;
import org.hotbackup.testing.StoreKind;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What can be asked of the servers of a real pair while data flow. */
@Tag("system")
class QueryTest {

    private static final FilePath FILE = FilePath.data("world", "countries");
    private static final FilePath FREE = FilePath.data("world", "free");
    private static final int ITEM_BYTES = 2_000;
    private static final int ITEMS = 50;
    private static final long PATIENCE_SECONDS = 60;

    /** Longer than a slave waits for a lock, and than it takes to look at everything then; it is released before. */
    private static final long HELD_MILLIS = 120_000;

    /** The item's id in Base64. */
    private static final String HELD = "aGVsZA";

    @TempDir
    static Path homes;

    private static Pair pair;

    @BeforeAll
    static void start() {
        // with a user's program that can hold a lock
        pair = Pair.start(
                homes,
                StoreKind.H2,
                Path.of("target", "bench", "hot-backup-bench.war").toAbsolutePath());
        pair.master().rest().createAccount("world", DPointer.of("DL", 7));
        pair.master().rest().createFile(FILE, DPointer.of("DL", 7));
        pair.master().rest().createFile(FREE, DPointer.of("DL", 7));
        pair.awaitAcknowledged(PATIENCE_SECONDS);
    }

    @AfterAll
    static void stop() {
        pair.close();
    }

    private static void write(String id, int bytes) {
        byte[] body = "x".repeat(bytes).getBytes(StandardCharsets.UTF_8);
        pair.master().rest().write(FILE, ItemId.of(id), body);
    }

    private static void done(OperationReceipt receipt) {
        assertThat(receipt.outcome()).as(receipt.message()).isEqualTo(OperationReceipt.Outcome.DONE);
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("what was waited for came in time").isLessThan(deadline);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
    }

    private static long kilobytes(String query) {
        return Long.parseLong(query.replaceAll("(?s).*Total (?:sent|recvd) ([0-9]+)K.*", "$1"));
    }

    @Test
    @Tag("HB-071")
    @Tag("HB-110")
    @Tag("HB-111")
    void shouldAnswerAQueryInTheLinesOfTheManual() {
        for (int i = 0; i < ITEMS; i++) {
            write("item " + i, ITEM_BYTES);
        }
        pair.awaitAcknowledged(PATIENCE_SECONDS);

        List<String> master = pair.masterServer().query().lines().toList();
        List<String> slave = pair.slaveServer().query().lines().toList();

        assertThat(master.get(0))
                .matches("Server todev\\. PIB [0-9]+\\. PID [0-9]+\\. Server type Master\\. Traces OFF\\.");
        assertThat(master.get(1)).matches("Total sent [0-9]+K\\. ACK'ed trans [0-9]+\\.");
        assertThat(master.get(master.size() - 1)).startsWith("Status ");
        assertThat(slave.get(0))
                .matches("Server fromprod\\. PIB [0-9]+\\. PID [0-9]+\\. Server type Slave\\. Traces OFF\\.");
        assertThat(slave.get(1))
                .matches("Total recvd [0-9]+K\\. Cur trans ([0-9]+)\\. ACK'ed trans \\1\\. updates applied\\.");
        assertThat(slave.get(slave.size() - 1)).isEqualTo("Status Reading network");
        assertThat(kilobytes(pair.masterServer().query())).isGreaterThanOrEqualTo(ITEMS * ITEM_BYTES / 1024);
        assertThat(kilobytes(pair.slaveServer().query())).isGreaterThanOrEqualTo(ITEMS * ITEM_BYTES / 1024);
    }

    @Test
    @Tag("HB-070")
    @Tag("HB-075")
    @Tag("HB-111")
    @Tag("SUB-14")
    void shouldCountStatisticsSinceTheSlavesRestartAndBytesForTheDay() {
        for (int i = 0; i < ITEMS; i++) {
            write("counted " + i, ITEM_BYTES);
        }
        pair.awaitAcknowledged(PATIENCE_SECONDS);
        ServerMXBean slave = pair.slaveServer();
        // the question itself counts, and the slave says so a moment after its answer
        await(() -> pair.masterServer().statistics().equals(slave.statistics()));
        assertThat(transactions(slave.statistics())).isGreaterThanOrEqualTo(ITEMS);
        long before = slave.getBytesToday();

        done(slave.stop(Pair.SLAVE));
        assertThat(slave.getBytesToday()).isGreaterThanOrEqualTo(before);
        assertThatThrownBy(slave::statistics).hasMessage(MessageCode.SERVER_NOT_RUNNING.text(Pair.SLAVE));
        assertThatThrownBy(pair.masterServer()::statistics).hasMessage(MessageCode.NO_STATISTICS.text());
        assertThatThrownBy(slave::query).hasMessage(MessageCode.SERVER_NOT_RUNNING.text(Pair.SLAVE));
        assertThat(slave.status(1)).endsWith(MessageCode.SERVER_STOPPED.text(Pair.SLAVE));
        done(slave.start());
        await(() -> slave.getStatus().equals("Reading network"));

        assertThat(transactions(slave.statistics())).isZero();
        assertThat(slave.getBytesToday()).isGreaterThanOrEqualTo(before);
        write("after the restart", 1);
        pair.awaitAcknowledged(PATIENCE_SECONDS);
        assertThat(transactions(pair.masterServer().statistics())).isEqualTo(1);
    }

    private static String ask(String method, String what) {
        HttpResponse<byte[]> response = pair.slave().rest().exchange(method, what, null, null);
        assertThat(response.statusCode()).as(what).isBetween(200, 299);
        return new String(response.body(), StandardCharsets.UTF_8);
    }

    /**
     * A transaction that the slave could not apply was "Reading network" and "Waiting 0" there, "Waiting for ACK" on the
     * master, and nothing was wrong with the master.
     */
    @Test
    @Tag("HB-033")
    @Tag("HB-112")
    @Tag("HB-140")
    @Tag("HB-181")
    void shouldSayOnBothNodesWhichTransactionIsBlockedAndGoOnWhenItIsSetAside() {
        ServerMXBean master = pair.masterServer();
        ServerMXBean slave = pair.slaveServer();
        CompletableFuture<String> holder = CompletableFuture.supplyAsync(
                () -> ask("POST", "ordeal/hold?file=world,countries&id64=" + HELD + "&millis=" + HELD_MILLIS));
        await(() -> ask("GET", "ordeal/holding").equals("1"));
        write("held", 1);
        await(() -> slave.getWaiting() == 1);
        pair.master().rest().write(FREE, ItemId.of("behind"), new byte[1]);
        await(() -> !slave.head().isEmpty() && !master.getTrouble().isEmpty() && slave.getWaiting() == 2);

        String number = slave.head().replaceAll("(?s)Transaction +([0-9]+).*", "$1");
        String why = "Transaction " + number + " cannot be applied now";
        assertThat(slave.getTrouble()).startsWith(why);
        assertThat(slave.query()).contains("Status Reading network", why);
        assertThat(Command.run(homes, PATIENCE_SECONDS, "servers", "--node", "standby"))
                .anyMatch(line -> line.startsWith("fromprod: " + why));
        assertThat(pair.slave().control().node().diagnoseText()).contains("HB4176", "HB2033, transaction " + number);
        String named = "does not acknowledge transaction " + number;
        assertThat(master.getWaiting()).isEqualTo(2);
        assertThat(master.query()).contains(named);
        assertThat(master.status(1)).contains(named);
        assertThat(Command.run(homes, PATIENCE_SECONDS, "servers", "--node", "prod"))
                .anyMatch(line -> line.startsWith("todev: ") && line.contains(named));
        assertThat(pair.master().control().node().diagnoseText())
                .contains("HB2413", "transaction " + number + " since");

        String setAside = "set-aside --transaction " + number + " --confirm fromprod --reason test --node standby";
        Command.run(homes, PATIENCE_SECONDS, setAside.split(" "));
        pair.awaitAcknowledged(PATIENCE_SECONDS);
        assertThat(pair.slave().rest().read(FREE, ItemId.of("behind"))).isPresent();
        LostAndFoundMXBean lost = pair.slave().control().lostAndFound();
        assertThat(lost.getCount()).isEqualTo(1);
        assertThat(slave.getTrouble() + slave.head() + master.getTrouble()).isEmpty();
        assertThat(slave.getWaiting() + master.getWaiting()).isZero();

        String record = lost.list("", 1).get(0).id();
        done(lost.discard(record, record, "a test"));
        ask("POST", "ordeal/release");
        holder.join();
    }

    private static long transactions(String statistics) {
        return Long.parseLong(statistics.replaceAll("(?s).*Transactions received +([0-9]+).*", "$1"));
    }

    @Test
    @Tag("HB-033")
    @Tag("HB-091")
    @Tag("HB-092")
    void shouldTraceWhatARunningServerDoesUntilItIsToldToStop() throws IOException {
        ServerMXBean slave = pair.slaveServer();
        ServerMXBean master = pair.masterServer();
        assertThat(Command.run(homes, PATIENCE_SECONDS, "traces", "on", "--node", "standby"))
                .containsExactly(MessageCode.TRACES_ON.text(Pair.SLAVE));
        done(master.tracesOn());
        assertThat(slave.query()).contains("Traces ON.");
        assertThat(slave.isTraces()).isTrue();

        write("CH", 10);
        pair.awaitAcknowledged(PATIENCE_SECONDS);

        String update = "Upd itm 'CH' in 'world,countries'";
        assertThat(master.traces(100)).anyMatch(line -> line.contains("sent: " + update));
        assertThat(Command.run(homes, PATIENCE_SECONDS, "traces", "--node", "standby"))
                .anyMatch(line -> line.contains("received: " + update))
                .anyMatch(line -> line.contains("applied: " + update));

        assertThat(Files.readString(pair.slave().home().folder().resolve("log").resolve("node.log")))
                .contains("applied: " + update);

        done(slave.tracesOff());
        done(master.tracesOff());
        write("FR", 10);
        pair.awaitAcknowledged(PATIENCE_SECONDS);

        assertThat(slave.query()).contains("Traces OFF.");
        assertThat(slave.traces(100)).noneMatch(line -> line.contains("'FR'"));
        assertThat(master.traces(100)).noneMatch(line -> line.contains("'FR'"));
    }

    @Test
    @Tag("HB-006")
    @Tag("HB-091")
    void shouldStartWithTraces() {
        ServerMXBean master = pair.masterServer();
        done(master.stop(Pair.MASTER));
        assertThat(master.tracesOn().message()).isEqualTo(MessageCode.SERVER_NOT_RUNNING.text(Pair.MASTER));
        assertThat(Command.run(homes, PATIENCE_SECONDS, "start", "-v", "--node", "prod"))
                .contains(MessageCode.SERVER_STARTED.text(Pair.MASTER));
        assertThat(master.query()).contains("Traces ON.");
        write("IT", 10);
        pair.awaitAcknowledged(PATIENCE_SECONDS);
        assertThat(master.traces(100)).anyMatch(line -> line.contains("'IT'"));
        assertThat(master.startWithTraces().outcome()).isEqualTo(OperationReceipt.Outcome.REFUSED);

        done(master.stop(Pair.MASTER));
        done(master.start());

        assertThat(master.isTraces()).isFalse();
    }
}
