package org.hotbackup.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.hotbackup.client.RestClient;
import org.hotbackup.control.LostRecord;
import org.hotbackup.control.OperationReceipt;
import org.hotbackup.control.OperationReceipt.Outcome;
import org.hotbackup.control.ServerMXBean;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.model.DPointer;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.ItemId;
import org.hotbackup.model.Update;
import org.hotbackup.node.Ports;
import org.hotbackup.testing.Command;
import org.hotbackup.testing.Pair;
import org.hotbackup.testing.StoreKind;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the slave does with what it receives, on two real nodes, with the slave killed in the middle. */
@Tag("system")
class SlaveSideTest {

    private static final DPointer DL = DPointer.of("DL", 7);
    private static final long PATIENCE_SECONDS = 120;

    @TempDir
    static Path homes;

    private static Pair pair;
    private static int accounts;

    /** A file that was logged to the slave or will be, in an account of the test's own. */
    private FilePath orders;

    @BeforeAll
    static void startPair() {
        pair = Pair.start(homes, StoreKind.H2);
    }

    @AfterAll
    static void stopPair() {
        pair.close();
    }

    @BeforeEach
    void makeAFile() {
        orders = FilePath.data("sales" + ++accounts, "orders");
        pair.master().rest().createAccount(orders.account(), DL);
        pair.master().rest().createFile(orders, DL);
    }

    @AfterEach
    void shouldLeaveNothingToTheNext() {
        assertThat(pair.slaveServer().getPendingUpdates()).isZero();
        assertThat(pair.slave().control().lostAndFound().getCount()).isZero();
    }

    private void write(FilePath file, String id, String body) {
        pair.master().rest().write(file, ItemId.of(id), body.getBytes(StandardCharsets.UTF_8));
    }

    private String onSlave(FilePath file, String id) {
        return pair.slave()
                .rest()
                .read(file, ItemId.of(id))
                .map(body -> new String(body, StandardCharsets.UTF_8))
                .orElse(null);
    }

    private String definition(FilePath file) {
        return new String(
                pair.slave()
                        .rest()
                        .exchange("GET", RestClient.path(file), null, null)
                        .body(),
                StandardCharsets.UTF_8);
    }

    private void fill(FilePath file, int items) {
        List<Update> updates = new ArrayList<>();
        IntStream.range(0, items)
                .forEach(i -> updates.add(new Update.ItemWritten(file, ItemId.of("old" + i), new byte[20])));
        pair.master().rest().execute(updates);
    }

    private static void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waiting until %s", what).isLessThan(deadline);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
        }
    }

    private static void done(OperationReceipt receipt) {
        assertThat(receipt.outcome()).as(receipt.message()).isEqualTo(Outcome.DONE);
    }

    /**
     * The old updates in the queue were given back to where they came from once log slave update was off, as the refusal
     * advised: 2 instead of 3 was on the master then, and 3 on its slave.
     */
    @Test
    @Tag("HB-015")
    @Tag("SUB-20")
    @Tag("HB-149")
    void shouldGiveNobodyHisOwnOldUpdatesBack() {
        logSlaveUpdate("on");
        int port = Ports.free(Set.of(pair.slavePort(), pair.line().port()));
        setUpWayBack(port);
        for (int version = 1; version <= 2; version++) {
            write(orders, "x", "version " + version);
        }
        pair.awaitAcknowledged(PATIENCE_SECONDS);
        awaitRefusal("passes on updates of the very node");
        logSlaveUpdate("off");
        write(orders, "x", "version 3");
        pair.awaitAcknowledged(PATIENCE_SECONDS);

        stop(wayBack());
        done(wayBack().start());
        awaitRefusal("passes on updates of the very node");
        pair.slave().kill();
        pair.slave().start();
        awaitRefusal("passes on updates of the very node");
        assertThat(onMaster(orders, "x")).isEqualTo("version 3");
        assertThat(wayBack().getLagTransactions()).isPositive();

        dropWayBack();
        setUpWayBack(port);
        pair.slave().rest().write(orders, ItemId.of("y"), "of the standby".getBytes(StandardCharsets.UTF_8));
        Pair.awaitAcknowledged(wayBack(), PATIENCE_SECONDS);
        assertThat(onMaster(orders, "y")).isEqualTo("of the standby");
        assertThat(onMaster(orders, "x")).isEqualTo("version 3");

        write(orders, "z", "goes past the way back");
        pair.awaitAcknowledged(PATIENCE_SECONDS);
        assertThat(logSlaveUpdate("on")).startsWith(MessageCode.LOG_SLAVE_UPDATE_WITH_GAP.text(Pair.SLAVE));
        assertThat(logSlaveUpdate("off")).isEqualTo(MessageCode.SERVER_SET_UP.text(Pair.SLAVE));
        awaitRefusal("was cleared or never enqueued");
        assertThat(wayBack().getLagTransactions()).as("what is missing").isPositive();
        dropWayBack();
    }

    private ServerMXBean wayBack() {
        return pair.slave().control().server("toprod");
    }

    /** A second pair of servers, from the slave to the master. */
    private void setUpWayBack(int port) {
        done(pair.master().control().node().setup("fromdev", "type=slave port=" + port));
        done(pair.slave().control().node().setup("toprod", "type=master host=127.0.0.1 port=" + port));
        done(pair.master().control().server("fromdev").start());
        done(wayBack().start());
    }

    private void dropWayBack() {
        stop(wayBack());
        done(pair.slave().control().node().deleteServer("toprod", "toprod", "a test"));
        stop(pair.master().control().server("fromdev"));
        done(pair.master().control().node().deleteServer("fromdev", "fromdev", "a test"));
    }

    private void awaitRefusal(String why) {
        await("it is refused: " + why, () -> wayBack().getRefusal().contains(why));
    }

    /** What is said to it. */
    private String logSlaveUpdate(String onOrOff) {
        stop(pair.slaveServer());
        OperationReceipt receipt = pair.slave().control().node().setup(Pair.SLAVE, "log-slave-update=" + onOrOff);
        done(receipt);
        done(pair.slaveServer().start());
        return receipt.message();
    }

    private static void stop(ServerMXBean server) {
        done(server.stop(server.getName()));
    }

    private String onMaster(FilePath file, String id) {
        return pair.master()
                .rest()
                .read(file, ItemId.of(id))
                .map(body -> new String(body, StandardCharsets.UTF_8))
                .orElse(null);
    }

    @Test
    @Tag("HB-016")
    @Tag("HB-059")
    @Tag("HB-097")
    @Tag("HB-098")
    @Tag("HB-183")
    @Tag("SUB-6")
    @Tag("HB-140")
    void shouldKeepUpdatesAsLongAsTheyAreNotApplied() {
        write(orders, "1", "before");
        pair.awaitAcknowledged(PATIENCE_SECONDS);
        done(pair.slaveServer().stopApplying());
        write(orders, "1", "while stopped");
        write(orders, "2", "while stopped");
        pair.awaitAcknowledged(PATIENCE_SECONDS);
        assertThat(pair.slaveServer().query())
                .contains("updates NOT applied.", "2 pending update(s)", MessageCode.DATABASE_RESTS.text("fromprod"));
        // the master said that all had caught up
        await("the master knows", () -> pair.masterServer().getPendingUpdates() == 2);
        assertThat(onSlave(orders, "1")).isEqualTo("before");

        pair.slave().kill();
        pair.slave().start();
        assertThat(pair.slaveServer().show()).contains("Apply updates      off");
        assertThat(pair.slaveServer().status(20))
                .as("reported at the start")
                .contains(MessageCode.APPLYING_STOPPED.text(2));
        await(
                "it is said that the database rests",
                () -> pair.slaveServer().status(20).contains(MessageCode.DATABASE_RESTS.text("fromprod")));
        write(orders, "1", "after the restart");
        pair.awaitAcknowledged(PATIENCE_SECONDS);
        assertThat(onSlave(orders, "2")).isNull();

        done(pair.slaveServer().startApplying());
        await("nothing is pending", () -> pair.slaveServer().getPendingUpdates() == 0);
        assertThat(onSlave(orders, "1")).isEqualTo("after the restart");
        assertThat(onSlave(orders, "2")).isEqualTo("while stopped");
        assertThat(pair.slaveServer().query()).contains("updates applied.").doesNotContain("pending");
        assertThat(pair.masterServer().stopApplying().message())
                .isEqualTo("ERROR: This command applies only to Slave servers");
    }

    @Test
    @Tag("HB-018")
    @Tag("HB-019")
    @Tag("HB-020")
    @Tag("HB-021")
    @Tag("SUB-4")
    @Tag("SUB-5")
    void shouldLeaveLongOperationsToHelpersThatSurviveAKill() {
        FilePath large = FilePath.data(orders.account(), "large");
        pair.master().rest().createFile(large, DL.withModulo(4999));
        for (int i = 0; i < 3; i++) {
            fill(large, 60_000);
            pair.awaitAcknowledged(PATIENCE_SECONDS);
            pair.master().rest().clearFile(large);
            write(large, "new" + i, "after the clear");
            pair.awaitAcknowledged(PATIENCE_SECONDS);
            pair.slave().kill();
            pair.slave().start();
        }
        write(large, "last", "one more");
        pair.awaitAcknowledged(PATIENCE_SECONDS);
        await("the helper is done", () -> Pair.image(pair.slave(), large).size() == 2);
        assertThat(Pair.image(pair.slave(), large)).containsOnlyKeys("new2", "last");
        await("the file is resized", () -> definition(large).contains("\"modulo\":4999"));
        assertThat(pair.slave().control().node().digest(large.toString()).sha256())
                .isEqualTo(
                        pair.master().control().node().digest(large.toString()).sha256());
    }

    @Test
    @Tag("HB-160")
    @Tag("HB-162")
    @Tag("SUB-10")
    void shouldLetAnOperatorWorkOnLostAndFound() {
        pair.awaitAcknowledged(PATIENCE_SECONDS);
        setUpSlave("auto-create=off");
        pair.slave().rest().deleteFile(orders.definedIn());
        write(orders, "1", "lost first");
        write(orders, "1", "lost second");
        pair.awaitAcknowledged(PATIENCE_SECONDS);
        assertThat(pair.slaveServer().query()).contains("1 file(s) failed to open successfully");
        var lostAndFound = pair.slave().control().lostAndFound();
        List<LostRecord> records = lostAndFound.list("", 10);
        assertThat(records).hasSize(2).extracting(LostRecord::type).containsOnly(6);
        String first = records.get(0).id();
        String second = records.get(1).id();
        assertThat(lostAndFound.show(first)).contains("Upd itm '1' in '" + orders + "'");
        assertThat(lostAndFound.replay(first).message()).contains(orders.toString());

        pair.slave().rest().createFile(orders, DL);
        assertThat(lostAndFound.tryReplay(second)).contains("would be created");
        assertThat(lostAndFound.replay(second).messageId()).isEqualTo(MessageCode.OLDER_FIRST.id());
        done(lostAndFound.replay(first));
        assertThat(onSlave(orders, "1")).isEqualTo("lost first");
        assertThat(lostAndFound.discard(second, "another", "why").outcome()).isEqualTo(Outcome.REFUSED);
        pair.slave().kill();
        pair.slave().start();
        var afterRestart = pair.slave().control().lostAndFound();
        assertThat(afterRestart.getCount()).isEqualTo(1);
        done(afterRestart.replay(second));
        assertThat(onSlave(orders, "1")).isEqualTo("lost second");
        assertThat(afterRestart.getCount()).isZero();
        setUpSlave("auto-create=on");
    }

    /** A new user could not see what was in lost+found, nor do anything with what was exported. */
    @Test
    @Tag("HB-160")
    @Tag("HB-017")
    void shouldShowAndExportWhatIsInLostAndFoundSoThatItCanBeEnteredAgain() throws IOException {
        pair.awaitAcknowledged(PATIENCE_SECONDS);
        setUpSlave("auto-create=off");
        pair.slave().rest().deleteFile(orders.definedIn());
        byte[] body = {'a', (byte) 0xFD, 'b', (byte) 0xFE, 0, 'c'};
        pair.master().rest().write(orders, ItemId.of("only prod/1"), body);
        pair.awaitAcknowledged(PATIENCE_SECONDS);
        var lostAndFound = pair.slave().control().lostAndFound();
        String id = lostAndFound.list("", 10).get(0).id();

        assertThat(onSlavesNode("lost-and-found", "show", id))
                .endsWith("  Upd itm 'only prod/1' in '" + orders + "'", "    001 a]b", "    002 \\x00c");
        Path folder = homes.resolve("exported");
        assertThat(onSlavesNode("lost-and-found", "export", id, "--items", folder.toString()))
                .containsExactly("Updates written to '" + folder + "': 1; index.csv says which is what.");
        List<String> index = Files.readAllLines(folder.resolve("index.csv"));
        assertThat(index.get(1)).startsWith("1,write," + orders.account() + ",orders,only prod/1,000001-only_prod_1,");
        String rest = index.get(1).substring(index.get(1).lastIndexOf(',') + 1);
        pair.slave().rest().createFile(orders, DL);
        byte[] exported = Files.readAllBytes(folder.resolve("000001-only_prod_1"));
        assertThat(exported).isEqualTo(body);
        assertThat(pair.slave()
                        .rest()
                        .exchange("PUT", rest, "application/octet-stream", exported)
                        .statusCode())
                .isLessThan(300);
        assertThat(pair.slave().rest().read(orders, ItemId.of("only prod/1")))
                .hasValueSatisfying(entered -> assertThat(entered).isEqualTo(body));
        done(lostAndFound.discard(id, id, "entered again"));

        setUpSlave("auto-create=on");
        pair.slave().rest().deleteFile(orders.definedIn());
        write(orders, "2", "needs its file");
        write(orders, "3", "has it");
        pair.awaitAcknowledged(PATIENCE_SECONDS);
        String created = MessageCode.AUTO_CREATED.text("file", orders);
        await("it said so", () -> pair.slave().permanentLog().stream().anyMatch(line -> line.contains(created)));
        assertThat(pair.slave().permanentLog())
                .filteredOn(line -> line.contains(created))
                .hasSize(1);
        String masterId = pair.master().control().node().getNodeId();
        assertThat(onSlavesNode("servers"))
                .hasSize(2)
                .last()
                .asString()
                .startsWith(Pair.SLAVE + "  ")
                .endsWith(masterId);
        assertThat(onSlavesNode("show")).contains("Node id of peer    " + masterId);
        assertThat(pair.masterServer().getPeerNodeId())
                .isEqualTo(pair.slave().control().node().getNodeId());
    }

    private static List<String> onSlavesNode(String... words) {
        List<String> line = new ArrayList<>(List.of(words));
        line.addAll(List.of("--node", pair.slave().home().name()));
        return Command.run(homes, PATIENCE_SECONDS, line.toArray(String[]::new));
    }

    private static void setUpSlave(String setting) {
        done(pair.slaveServer().stop(Pair.SLAVE));
        String port = " port=" + pair.slaveServer().getTcpPort();
        done(pair.slave().control().node().setup(Pair.SLAVE, "type=slave " + setting + port));
        done(pair.slaveServer().start());
    }

    @Test
    @Tag("HB-099")
    @Tag("SUB-7")
    void shouldCloseTheFilesThatItOpened() {
        write(orders, "1", "x");
        pair.awaitAcknowledged(PATIENCE_SECONDS);
        assertThat(pair.slaveServer().openedFiles("", 1000)).contains(orders.toString());
        done(pair.slaveServer().closeFiles());
        assertThat(pair.slaveServer().openedFiles("", 1000)).isEmpty();
        pair.slave().rest().createFile(FilePath.data(orders.account(), "notes"), DL);
        write(orders, "2", "x");
        pair.awaitAcknowledged(PATIENCE_SECONDS);
        assertThat(pair.slaveServer().openedFiles("", 1000)).containsExactly(orders.toString());
    }
}
