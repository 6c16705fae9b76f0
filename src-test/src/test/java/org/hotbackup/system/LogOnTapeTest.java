package org.hotbackup.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hotbackup.system.Orders.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.hotbackup.control.OperationReceipt;
import org.hotbackup.control.OperationReceipt.Outcome;
import org.hotbackup.model.DPointer;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.ItemId;
import org.hotbackup.node.NodeHomes;
import org.hotbackup.node.Ports;
import org.hotbackup.testing.Command;
import org.hotbackup.testing.FaultProxy;
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
 * The older scheme: a linked tape-socket pair carries the transaction log of one node onto a tape of another one, which applies it.
 * Users go on writing while the line is cut and both nodes are killed.
 */
@Tag("system")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LogOnTapeTest {

    private static final FilePath FILE = FilePath.data("sales", "orders");
    private static final int BEFORE = 300;
    private static final int ITEMS = 500;

    @TempDir
    static Path folder;

    private static TestNode prod;
    private static TestNode standby;
    private static FaultProxy line;
    private static Path tape;
    private static Process reader;
    private static Map<String, byte[]> then;
    private static long lsnThen;
    private static long lsnCleared;
    private static int port;

    @BeforeAll
    static void start() throws IOException {
        NodeHomes homes = new NodeHomes(folder);
        prod = TestNode.create(homes, "prod", StoreKind.H2);
        standby = TestNode.create(homes, "standby", StoreKind.H2);
        prod.trust(standby);
        standby.trust(prod);
        port = Ports.free(Set.of(
                prod.home().httpPort(),
                prod.home().jmxPort(),
                standby.home().httpPort(),
                standby.home().jmxPort()));
        line = FaultProxy.to(port, Set.of(port));
        Pair.both(prod::start, standby::start);
        done(standby.control().tapeSocket().setup("login", "direction=input pipe=log port=" + port));
        done(prod.control()
                .tapeSocket()
                .setup("logout", "direction=output linked=on host=127.0.0.1 port=" + line.port()));
        done(standby.control().tapeServer("login").start(""));
        done(prod.control().tapeServer("logout").start(""));
        tape = folder.resolve("log1.tape");
        reader = reads(tape);
    }

    @AfterAll
    static void stop() {
        Stream.of(prod, standby).forEach(TestNode::close);
        reader.destroyForcibly();
        line.close();
    }

    private static void done(OperationReceipt receipt) {
        assertThat(receipt.outcome()).as(receipt.message()).isEqualTo(Outcome.DONE);
    }

    /** The tape: a program that knows nothing of us copies the pipe into a file. */
    private static Process reads(Path file) throws IOException {
        return new ProcessBuilder("dd", "if=" + standby.home().folder().resolve("pipes/log"), "of=" + file, "bs=512")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static void write(int number) {
        while (true) {
            try {
                prod.rest()
                        .write(
                                FILE,
                                ItemId.of("i" + number % 200),
                                ("order " + number).repeat(50).getBytes());
                return;
            } catch (RuntimeException e) {
                // the node is killed meanwhile; the same again changes nothing
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
            }
        }
    }

    private static void endTape() throws Exception {
        done(prod.control().tapeServer("logout").stop("logout"));
        assertThat(reader.waitFor(60, TimeUnit.SECONDS)).as("the tape ended").isTrue();
    }

    private static String restore(int status, Path from, String... more) {
        return restore("standby", status, from, more);
    }

    private static String restore(String node, int status, Path from, String... more) {
        List<String> words = new ArrayList<>(List.of("tlog-restore", "--node", node, from.toString()));
        words.addAll(List.of("--confirm", node, "--reason", "test"));
        words.addAll(List.of(more));
        return said(status, words.toArray(String[]::new));
    }

    private static void shouldHave(Map<String, byte[]> expected) {
        shouldHave(standby, expected);
    }

    private static void shouldHave(TestNode node, Map<String, byte[]> expected) {
        Map<String, byte[]> image = new TreeMap<>(Pair.image(node, FILE));
        assertThat(image).containsOnlyKeys(expected.keySet());
        assertThat(image).allSatisfy((id, body) -> assertThat(body).isEqualTo(expected.get(id)));
    }

    @Test
    @Order(1)
    @Tag("TS-001")
    @Tag("TS-008")
    void shouldCarryTheLogOntoATapeWhileTheLineIsCutAndBothNodesAreKilled() throws Exception {
        prod.rest().createAccount("sales", DPointer.of("DL", 11));
        prod.rest().createFile(FILE, DPointer.of("DL", 11));
        CompletableFuture<Void> users = CompletableFuture.runAsync(() -> {
            for (int i = 0; i < BEFORE; i++) {
                write(i);
            }
        });
        await("it flows", () -> prod.control().tapeServer("logout").getWrittenBlock() > 20);
        line.cut();
        await(
                "it is noticed",
                () -> prod.control().tapeServer("logout").getPeer().isEmpty());
        line.mend();
        prod.kill();
        standby.kill();
        Pair.both(prod::start, standby::start);
        users.get(60, TimeUnit.SECONDS);
        then = Pair.image(prod, FILE);
        lsnThen = prod.control().transactionLogQueue().getLastLsn();
        for (int i = BEFORE; i < ITEMS; i++) {
            write(i);
        }
        prod.rest().delete(FILE, ItemId.of("i7"));
        await("the queue is empty", () -> prod.control().transactionLogQueue().getDepth() == 0);
        endTape();
    }

    @Test
    @Order(2)
    @Tag("TLOG-3")
    void shouldBeTheImageOfAPointInTime() {
        assertThat(restore(0, tape, "--to", Long.toString(lsnThen))).contains("The log is applied");
        shouldHave(then);
        assertThat(standby.control().transactionLogQueue().getRestoredLsn()).isEqualTo(lsnThen);
    }

    @Test
    @Order(3)
    @Tag("TLOG-2")
    void shouldGoOnWithTheRestAndBeTheSameImage() {
        assertThat(restore(0, tape)).contains("The log is applied", "in lost+found 0");
        shouldHave(Pair.image(prod, FILE));
        assertThat(standby.control().transactionLogQueue().getRestoredLsn())
                .isEqualTo(prod.control().transactionLogQueue().getLastLsn());
        assertThat(restore(0, tape)).contains("entries applied 0");
        assertThat(restore(1, tape, "--to", Long.toString(lsnThen))).startsWith("This image ends at LSN");
    }

    @Test
    @Order(4)
    @Tag("TLOG-2")
    void shouldRefuseATapeBehindAGap() throws Exception {
        write(1);
        done(prod.control().transactionLogQueue().clear("prod", "test"));
        lsnCleared = prod.control().transactionLogQueue().getLastLsn();
        tape = folder.resolve("log2.tape");
        reader = reads(tape);
        done(prod.control().tapeServer("logout").start(""));
        long before = standby.control().transactionLogQueue().getRestoredLsn();
        write(2);
        await("it is on the tape", () -> prod.control().tapeServer("logout").getWrittenBlock() > 1);
        endTape();
        assertThat(restore(1, tape)).contains("follows on LSN", "this image ends at LSN " + before);
    }

    @Test
    @Order(5)
    @Tag("TLOG-2")
    void shouldRefuseToTouchTheImageOfASlave() {
        done(standby.control().node().setup("fromprod", "type=slave port=" + Ports.free(Set.of())));
        assertThat(restore(1, tape)).startsWith("This node is a slave").contains("fromprod");
        done(standby.control().node().deleteServer("fromprod", "fromprod", "test"));
    }

    @Test
    @Order(5)
    @Tag("TLOG-2")
    void shouldNotBringANodeBackInTimeThatSendsItsLog() {
        Map<String, byte[]> before = Pair.image(prod, FILE);
        assertThat(restore("prod", 1, folder.resolve("log1.tape"))).startsWith("Server 'logout' sends the log");
        shouldHave(prod, before);
    }

    @Test
    @Order(6)
    @Tag("TLOG-2")
    void shouldEndATapeThatNobodyWritesWhenItIsCancelled() {
        OperationReceipt begun = standby.control().transactionLogQueue().restore("log", "", "", "", "standby", "test");
        assertThat(begun.outcome()).as(begun.message()).isEqualTo(Outcome.ACCEPTED);
        done(standby.control().tasks().cancel(begun.task(), begun.task()));
        await("it ends", () -> standby.control().tasks().receipt(begun.task()).outcome() == Outcome.DONE);
        assertThat(standby.control().tasks().list(10))
                .filteredOn(task -> task.id().equals(begun.task()))
                .singleElement()
                .matches(task -> !task.underWay());
    }

    @Test
    @Order(7)
    @Tag("TLOG-4")
    void shouldRefuseWhatArrivesAndDoesNotFollowUntilItDoes() {
        done(standby.control().tapeServer("login").stop("login"));
        done(standby.control().tapeSocket().setup("apply", "direction=input linked=on port=" + port));
        done(standby.control().tapeServer("apply").start(""));
        done(prod.control().tapeServer("logout").start(""));
        write(3);
        await(
                "it is refused",
                () -> standby.control().tapeServer("apply").getRefusal().contains("follows on LSN"));
        await(
                "the other side knows why",
                () -> prod.control().tapeServer("logout").getRefusal().contains("follows on LSN"));
        assertThat(standby.control().tapeServer("apply").query()).contains("Refused: the log that arrives");
        assertThat(restore(1, tape, "--from", Long.toString(lsnCleared))).contains("applies the log as it arrives");
        done(standby.control().tapeServer("apply").stop("apply"));
        assertThat(restore(0, tape, "--from", Long.toString(lsnCleared))).contains("The log is applied");
        done(standby.control().tapeServer("apply").start(""));
        // what was cleared from the queue is missing for good, until it is written again
        write(1);
        await("it goes on", LogOnTapeTest::isCurrent);
        assertThat(standby.control().tapeServer("apply").getRefusal()).isEmpty();
        shouldHave(Pair.image(prod, FILE));
    }

    private static boolean isCurrent() {
        return standby.control().transactionLogQueue().getRestoredLsn()
                == prod.control().transactionLogQueue().getLastLsn();
    }

    @Test
    @Order(8)
    @Tag("TS-001")
    @Tag("TLOG-4")
    void shouldKeepAStandbyCurrentWhateverHappensOnTheWay() throws Exception {
        CompletableFuture<Void> users = CompletableFuture.runAsync(() -> {
            for (int i = 0; i < ITEMS; i++) {
                write(i + 7);
            }
        });
        long before = standby.control().transactionLogQueue().getRestoredLsn();
        await("it flows", () -> standby.control().transactionLogQueue().getRestoredLsn() > before + 20);
        done(standby.control().tapeServer("apply").stop("apply"));
        line.cut();
        done(standby.control().tapeServer("apply").start(""));
        line.mend();
        await("it goes on", () -> standby.control().tapeServer("apply").getCurrentBlock() > 0);
        prod.kill();
        standby.kill();
        Pair.both(prod::start, standby::start);
        users.get(60, TimeUnit.SECONDS);
        await("it is current", LogOnTapeTest::isCurrent);
        shouldHave(Pair.image(prod, FILE));
        await("nothing waits", () -> prod.control().transactionLogQueue().getDepth() == 0);
        assertThat(standby.control().tapeServer("apply").query()).contains("Entries applied", "in lost+found 0");
        done(prod.control().tapeServer("logout").stop("logout"));
        await("the tape ended", () -> standby.control().tapeServer("apply").getTapesTotal() == 1);
    }

    @Test
    @Order(9)
    @Tag("TS-008")
    void shouldLetOneServerWriteTheImage() {
        OperationReceipt slave = standby.control().node().setup("fromprod", "type=slave port=" + Ports.free(Set.of()));
        assertThat(slave.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(slave.message()).contains("'apply' applies a transaction log");
        OperationReceipt second = standby.control().tapeSocket().setup("second", "direction=input linked=on port=2001");
        assertThat(second.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(second.message()).contains("'apply' of this node applies");
        done(standby.control().tapeServer("apply").stop("apply"));
        done(standby.control().tapeSocket().deleteServer("apply", "apply", "test"));
    }

    /** The log is kept, a save is made, somebody deletes a file: another node becomes what this one was before that. */
    @Test
    @Order(10)
    @Tag("TLOG-3")
    @Tag("TLOG-6")
    void shouldGoBackToBeforeAMistake() throws Exception {
        done(standby.control().tapeServer("login").start(""));
        tape = folder.resolve("log3.tape");
        reader = reads(tape);
        done(prod.control().tapeServer("logout").start(""));
        CompletableFuture<Void> users = CompletableFuture.runAsync(() -> {
            for (int i = 0; i < 100; i++) {
                write(i * 3);
            }
        });
        String saved = said(0, "save", "--device", "tape0", "--label", "NIGHTLY", "--node", "prod");
        assertThat(saved).contains("items written");
        done(prod.control().tape().attach("tape0", 0));
        done(prod.control().tape().forward("tape0", 0));
        assertThat(prod.control().tape().readLabel("tape0")).containsPattern("DATA NIGHTLY LSN [0-9]+");
        done(prod.control().tape().detach("tape0", ""));
        users.get(60, TimeUnit.SECONDS);
        prod.rest().delete(FILE, ItemId.of("i8"));
        then = Pair.image(prod, FILE);
        lsnThen = prod.control().transactionLogQueue().getLastLsn();
        Instant beforeTheMistake = Instant.now();
        await("the clock moves on", () -> Instant.now().isAfter(beforeTheMistake.plusMillis(5)));
        prod.rest().deleteFile(FILE);
        prod.rest().createFile(FILE, DPointer.of("DL", 11));
        write(1);
        await("the queue is empty", () -> prod.control().transactionLogQueue().getDepth() == 0);
        endTape();
        Path image = Path.of("tapes", "tape0");
        Files.createDirectories(standby.home().folder().resolve("tapes"));
        Files.copy(
                prod.home().folder().resolve(image),
                standby.home().folder().resolve(image),
                StandardCopyOption.REPLACE_EXISTING);

        restoreSave();
        assertThat(restore(0, tape, "--until", beforeTheMistake.toString())).contains("The log is applied");
        shouldHave(then);
        restoreSave();
        assertThat(restore(0, tape, "--to", Long.toString(lsnThen))).contains("The log is applied");
        shouldHave(then);
        assertThat(restore(0, tape)).contains("The log is applied");
        shouldHave(Pair.image(prod, FILE));
    }

    private static void restoreSave() {
        assertThat(said(
                        0,
                        "restore",
                        "--device",
                        "tape0",
                        "--overwrite",
                        "--node",
                        "standby",
                        "--confirm",
                        "standby",
                        "--reason",
                        "test"))
                .contains("The image holds the log of node prod up to LSN");
    }

    private static String said(int status, String... words) {
        try (Command command = Command.start(folder, words)) {
            String lines = String.join("\n", command.lines(60));
            assertThat(command.status()).as(lines).isEqualTo(status);
            return lines;
        }
    }

    @Test
    @Order(11)
    @Tag("TLOG-5")
    void shouldKeepTheLogOnTapesOfTheNodeItself() {
        assertThat(said(1, "stoplog", "--node", "prod", "--confirm", "prod", "--reason", "test"))
                .contains("The log is not written to tapes of this node");
        assertThat(said(0, "startlog", "daily", "--node", "prod")).contains("is written to tapes daily.1, daily.2");
        write(5);
        assertThat(said(0, "startlog", "daily", "--node", "prod")).contains("goes on with the next tape");
        write(6);
        assertThat(said(0, "stoplog", "--node", "prod", "--confirm", "prod", "--reason", "test"))
                .contains("not written to tapes any more");
        Path tapes = prod.home().folder().resolve("tapes");
        assertThat(restore(0, tapes.resolve("daily.1"))).contains("entries applied 1");
        assertThat(restore(0, tapes.resolve("daily.2"))).contains("entries applied 1");
        shouldHave(Pair.image(prod, FILE));
        assertThat(prod.control().tapeSocket().getServerNames()).containsExactly("logout");
    }

    @Test
    @Order(12)
    @Tag("TLOG-2")
    void shouldRefuseTheLogOfAnEpochThatIsOver() {
        int slavePort = Ports.free(Set.of(port));
        done(standby.control().node().setup("fromprod", "type=slave port=" + slavePort));
        OperationReceipt linked = standby.control().tapeSocket().setup("apply", "direction=input linked=on port=2001");
        assertThat(linked.message()).startsWith("This node is a slave").contains("fromprod");
        done(prod.control().node().setup("todev", "type=master host=127.0.0.1 port=" + slavePort));
        done(standby.control().server("fromprod").start());
        done(prod.control().server("todev").start());
        write(2);
        await("it is applied", () -> prod.control().server("todev").getAckedTransaction() > 0);
        done(prod.control().server("todev").stop("todev"));
        done(standby.control().server("fromprod").promote("", "fromprod", "test"));
        assertThat(restore(1, tape)).contains("from epoch 1", "this node is in epoch 2");
    }
}
