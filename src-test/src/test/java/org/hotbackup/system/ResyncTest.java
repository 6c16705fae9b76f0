package org.hotbackup.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hotbackup.system.Orders.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.hotbackup.client.RestClient;
import org.hotbackup.control.OperationReceipt;
import org.hotbackup.control.ResyncMXBean;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.model.DPointer;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.ItemId;
import org.hotbackup.model.Update;
import org.hotbackup.node.Ports;
import org.hotbackup.testing.Command;
import org.hotbackup.testing.FaultProxy;
import org.hotbackup.testing.Pair;
import org.hotbackup.testing.RemoteAccess;
import org.hotbackup.testing.StoreKind;
import org.hotbackup.testing.TestNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * One command makes a slave the image of its master through tape-socket, while users work on the master all the time: undisturbed,
 * and with each node killed and the line cut in the middle of a restore.
 */
@Tag("system")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ResyncTest {

    private static final int ITEMS = 3_000;
    private static final int ITEM_BYTES = 5_000;
    private static final long PATIENCE_SECONDS = 60;
    private static final FilePath SMALL = FilePath.data("accounts", "ledger");
    private static final FilePath LARGE = FilePath.data("sales", "orders");
    private static final FilePath BUSY = FilePath.data("sales", "stock");

    @TempDir
    static Path folder;

    private static Pair pair;
    private static Users users;
    private static boolean promoted;

    /** By the option that names the node. */
    private static final Map<String, RemoteAccess> REMOTE = new TreeMap<>();

    @BeforeAll
    static void start() {
        pair = Pair.start(folder, StoreKind.H2, ResyncTest::openToOtherMachines);
        REMOTE.values().forEach(RemoteAccess::makeUsers);
        RestClient store = pair.master().rest();
        store.createAccount("accounts", DPointer.of("DL", 3));
        store.createAccount("sales", DPointer.of("DL", 3));
        List.of(SMALL, LARGE, BUSY).forEach(file -> store.createFile(file, DPointer.of("DL", 7)));
        store.write(SMALL, ItemId.of("1"), new byte[] {'a', (byte) 0xFF, 0});
        Random random = new Random(5);
        List<Update> updates = new ArrayList<>();
        for (int i = 0; i < ITEMS; i++) {
            byte[] body = new byte[ITEM_BYTES];
            random.nextBytes(body);
            updates.add(new Update.ItemWritten(LARGE, ItemId.of(Integer.toString(i)), body));
            if (updates.size() == 500) {
                store.execute(List.copyOf(updates));
                updates.clear();
            }
        }
        pair.awaitAcknowledged(PATIENCE_SECONDS);
        done(pair.slave().control().node().closeForUpdates("standby", "slave of prod"));
        users = new Users();
        users.work();
    }

    private static void openToOtherMachines(TestNode node) {
        String option = node.home().name().equals("prod") ? "--master" : "--slave";
        REMOTE.put(option, RemoteAccess.configure(node, folder));
    }

    @AfterAll
    static void stop() {
        users.end();
        pair.close();
    }

    /** Users of the master, who write, delete and write again, without an end. */
    private static final class Users {

        private volatile boolean ended;
        private volatile int written;
        private final Thread thread = new Thread(this::write);

        void work() {
            thread.start();
        }

        private void write() {
            while (!ended) {
                try {
                    writeOnce();
                } catch (RuntimeException e) {
                    // the node is away; users try again
                }
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
            }
        }

        private synchronized void writeOnce() {
            RestClient store = pair.master().rest();
            int i = written++;
            store.write(
                    BUSY,
                    ItemId.of(Integer.toString(i % 700)),
                    Integer.toString(i).getBytes(StandardCharsets.US_ASCII));
            store.delete(BUSY, ItemId.of(Integer.toString(i * 31 % 700)));
            byte[] body = new byte[ITEM_BYTES];
            Arrays.fill(body, (byte) i);
            store.write(LARGE, ItemId.of(Integer.toString(i % ITEMS)), body);
        }

        /** Nobody writes until all is acknowledged and looked at. */
        synchronized void pauseFor(Runnable look) {
            pair.awaitAcknowledged(10);
            look.run();
        }

        void end() {
            ended = true;
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static void done(OperationReceipt receipt) {
        assertThat(receipt.outcome()).as(receipt.message()).isEqualTo(OperationReceipt.Outcome.DONE);
    }

    private static Command resync(String... more) {
        List<String> words = new ArrayList<>(List.of(
                "resync", "--master", "prod", "--slave", "standby", "--confirm", "standby", "--reason", "test"));
        words.addAll(List.of(more));
        words.add("share=100");
        return Command.start(folder, words.toArray(String[]::new));
    }

    private static String ended(Command command, int status) {
        try (command) {
            String said = String.join("\n", command.lines(PATIENCE_SECONDS));
            assertThat(command.status()).as(said).isEqualTo(status);
            return said;
        }
    }

    private static String resynced(String... more) {
        String said = ended(resync(more), 0);
        assertThat(said).containsPattern("Node 'standby' is the image of node 'prod': [0-9]+ files proved equal");
        return said;
    }

    /** What the slave has lost or never had, without its master knowing of it. */
    private static void spoil() {
        TestNode slave = pair.slave();
        done(slave.control().node().openForUpdates("standby", "spoilt"));
        RestClient store = slave.rest();
        store.deleteFile(LARGE.definedIn());
        store.write(SMALL, ItemId.of("1"), new byte[] {'x'});
        store.write(SMALL, ItemId.of("only here"), new byte[] {'x'});
        done(slave.control().node().closeForUpdates("standby", "slave of prod"));
    }

    @AfterEach
    void shouldBeEqualAndGoOn() {
        if (promoted) {
            return;
        }
        users.pauseFor(ResyncTest::assertEqual);
    }

    private static void assertEqual() {
        for (FilePath file : List.of(SMALL, LARGE, BUSY)) {
            assertThat(pair.slave().control().node().digest(file.toString()))
                    .isEqualTo(pair.master().control().node().digest(file.toString()));
        }
        assertThat(pair.slave().control().resync().getServer()).isEmpty();
        assertThat(pair.slaveServer().getTrouble()).isEmpty();
        assertThat(pair.slave().control().tapeSocket().getServerNames()).isEmpty();
        assertThat(pair.master().control().tapeSocket().getServerNames()).isEmpty();
        assertThat(pair.slave().rest().read(SMALL, ItemId.of("1"))).contains(new byte[] {'a', (byte) 0xFF, 0});
        assertThat(pair.slave().control().node().digest(LARGE.toString()).items())
                .isEqualTo(ITEMS);
        assertThat(pair.slave().rest().read(SMALL, ItemId.of("only here"))).isEmpty();
        assertThat(pair.slave().control().node().isOpenForUpdates()).isFalse();
    }

    @Test
    @Order(1)
    @Tag("TS-001")
    void shouldMakeTheSlaveTheImageWhileUsersWork() {
        spoil();
        int before = users.written;

        String said = resynced();

        assertThat(users.written).isGreaterThan(before);
        assertThat(said).contains("2 of 3, dm").contains("3 of 3, sales");
    }

    /** Waits until a restore is in the middle of the large account. */
    private static void awaitTheMiddle() {
        await("the large account is being restored", () -> pair.slave().control().tasks().list(1_000).stream()
                .anyMatch(task -> task.kind().equals("resync-restore")
                        && task.underWay()
                        && task.message().matches("items [1-9][0-9]{2,}.*at sales,orders.*")));
    }

    @Test
    @Order(2)
    @Tag("FAULT-F2")
    void shouldGoOnAfterTheSlaveWasKilled() {
        spoil();
        try (Command command = resync()) {
            awaitTheMiddle();
            pair.slave().kill();
            assertThat(ended(command, 3)).contains("the same command goes on");
        }
        pair.slave().start();

        assertThat(pair.slaveServer().isRunning()).isFalse();
        OperationReceipt start = pair.slaveServer().start();
        assertThat(start.messageId()).isEqualTo(MessageCode.RESYNC_UNFINISHED.id());
        assertNotPromoted("--lose sales");
        assertThat(pair.slave().control().resync().getRestored()).containsExactly("accounts", "dm");
        assertThat(resynced()).doesNotContain("1 of 3").contains("3 of 3, sales");
    }

    private static void assertNotPromoted(String why) {
        OperationReceipt receipt = pair.slaveServer().promote("", "fromprod", "test");
        assertThat(receipt.messageId()).as(receipt.message()).isEqualTo(MessageCode.PROMOTION_LOSES.id());
        assertThat(receipt.message()).contains(why);
    }

    @Test
    @Order(3)
    @Tag("FAULT-F1")
    void shouldGoOnAfterTheMasterWasKilled() {
        spoil();
        try (Command command = resync()) {
            awaitTheMiddle();
            pair.master().kill();
            assertThat(ended(command, 3)).contains("the same command goes on");
        }
        pair.master().start();

        assertThat(resynced()).doesNotContain("1 of 3").contains("3 of 3, sales");
    }

    @Test
    @Order(4)
    void shouldGoOnAfterTheCommandWasKilledInARestoreAndInTheProof() {
        spoil();
        try (Command command = resync()) {
            awaitTheMiddle();
        }
        // so that nothing can be proved yet
        pair.line().cut();
        try (Command command = resync()) {
            await(
                    "only the proof is missing",
                    () -> pair.slave().control().resync().isToBeProved());
        }
        pair.line().mend();

        assertThat(resynced()).contains("only the proof is missing").doesNotContain("of 3, ");
    }

    @Test
    @Order(5)
    @Tag("FAULT-F4")
    void shouldSurviveACutLineAndMakeOnlyAnAccountAndAFileAnew() {
        spoil();
        long position = pair.masterServer().getCurrentTransaction();
        int port = Ports.free(Set.of());
        try (FaultProxy line = FaultProxy.to(port, Set.of(port))) {
            Command command = resync(
                    "--account",
                    "accounts",
                    "--file",
                    "sales,orders",
                    "--port",
                    Integer.toString(port),
                    "--call",
                    "127.0.0.1:" + line.port());
            awaitTheMiddle();
            line.cut();
            assertThat(ended(resync(), 1))
                    .containsPattern("Another resync works on node 'standby': user local, process [0-9]+ .*, since 20")
                    .contains("Wait until it has ended");
            assertThatNobodyElseDoesAStep();
            line.mend();
            assertThat(ended(command, 0)).contains("2 of 2, sales,orders").contains("proved equal");
        }
        assertThat(pair.masterServer().getCurrentTransaction())
                .as("the same chain")
                .isGreaterThan(position);
    }

    /** The nodes looked at who held them only when they were asked to be held. */
    private static void assertThatNobodyElseDoesAStep() {
        ResyncMXBean slave = pair.slave().control().resync();
        ResyncMXBean master = pair.master().control().resync();
        assertThat(List.of(
                        slave.begin("fromprod", "sales", 0, false, "", "standby", "test"),
                        slave.receive("accounts", ""),
                        slave.remove("accounts", "other", "accounts", "test"),
                        slave.end(0, ""),
                        slave.proved("fromprod", "", ""),
                        master.beginAnew("todev", "", "todev", "test"),
                        master.send("accounts", "")))
                .allSatisfy(receipt ->
                        assertThat(receipt.messageId()).as(receipt.message()).isEqualTo(MessageCode.RESYNC_HELD.id()));
    }

    private static Command abandoned(String... nodes) {
        List<String> words =
                new ArrayList<>(List.of("resync", "--abandon", "--confirm", "fromprod", "--reason", "no time today"));
        words.addAll(List.of(nodes));
        return Command.start(folder, words.toArray(String[]::new));
    }

    @Test
    @Order(6)
    void shouldSayWhatStandsWhenItIsGivenUpAndBeginAnewFromAnotherMachine() {
        spoil();
        int port = Ports.free(Set.of());
        try (FaultProxy line = FaultProxy.to(port, Set.of(port));
                Command command = resync("--port", Integer.toString(port), "--call", "127.0.0.1:" + line.port())) {
            awaitTheMiddle();
            line.cut();
            assertThat(ended(abandoned("--node", "standby"), 0))
                    .contains("Not restored: sales; half restored: sales")
                    .contains("hot-backup resync --master NODE --slave standby")
                    .contains("Nothing of its tapes is left on node standby");
            assertThat(ended(command, 1)).contains("given up meanwhile");
        }
        assertNothingIsLeft();
        assertThat(pair.slave().control().permanentLog().text("", 100))
                .contains("Not restored: sales; half restored: sales");
        done(pair.slaveServer().start());
        assertHalfAnImageIsNotPromoted();
        assertThat(resynced("--prove")).doesNotContain(" of 3, ");
        assertThat(pair.slaveServer().getTrouble()).isEmpty();

        assertThat(ended(resyncFromElsewhere(), 0)).contains("1 of 3, ").contains("Node 'standby' is the image");
    }

    /** It once was, and nothing said that 50000 items were missing. */
    private static void assertHalfAnImageIsNotPromoted() {
        assertNotPromoted("half restored: sales");
        assertThat(pair.slaveServer().getTrouble()).contains("half restored: sales");
        assertThat(pair.slaveServer().query()).contains("half restored: sales");
    }

    /** As from a third machine: both nodes over their remote JMX. */
    private static Command resyncFromElsewhere() {
        List<String> words = new ArrayList<>(List.of("resync", "--confirm", "standby", "--reason", "test"));
        words.addAll(List.of("--port", Integer.toString(Ports.free(Set.of()))));
        REMOTE.forEach((option, access) -> words.addAll(List.of(
                option,
                "admin@" + access.address(),
                option + "-certificate",
                access.certificate().toString(),
                option + "-password-file",
                access.passwordFile("admin").toString())));
        return Command.start(folder, words.toArray(String[]::new));
    }

    private static void assertNothingIsLeft() {
        for (TestNode node : List.of(pair.master(), pair.slave())) {
            assertThat(node.control().tapeSocket().getServerNames()).isEmpty();
            assertThat(node.control().tasks().list(1_000))
                    .noneMatch(task -> task.kind().startsWith("resync-") && task.underWay());
        }
        assertThat(pair.slave().control().resync().getServer()).isEmpty();
    }

    @Test
    @Order(7)
    void shouldBeRefusedBeforeAnythingIsTouched() {
        assertThat(refused("--master", "prod", "--slave", "prod")).contains("name two nodes");
        assertThat(refused("--master", "standby", "--slave", "prod")).contains("set them up first");
        assertThat(refused("--master", "prod", "--slave", "standby", "--account", "nobody"))
                .contains("There is no account 'nobody'");
        assertThat(refused("--master", "prod", "--slave", "standby", "--server", "other"))
                .contains("no master server 'other'")
                .contains("there is: todev");
        assertThat(ended(
                        Command.start(
                                folder,
                                "resync",
                                "--master",
                                "prod",
                                "--slave",
                                "standby",
                                "--confirm",
                                "prod",
                                "--reason",
                                "test"),
                        1))
                .contains("standby");
        assertThat(pair.slaveServer().isRunning()).isTrue();
    }

    private static String refused(String... nodes) {
        List<String> words = new ArrayList<>(List.of("resync", "--confirm", "standby", "--reason", "test"));
        words.addAll(List.of(nodes));
        return ended(Command.start(folder, words.toArray(String[]::new)), 1);
    }

    @Test
    @Order(8)
    @Tag("FAULT-F14")
    void shouldMakeHalfAnImageUsableIfTheMasterIsLostForGood() {
        spoil();
        try (Command command = resync()) {
            awaitTheMiddle();
            pair.master().kill();
            assertThat(ended(command, 3)).contains("the same command goes on");
        }
        promoted = true;
        assertThat(promoted("fromprod", 1)).contains("--lose sales promotes it as it is");

        assertThat(promoted("fromprod", 0, "--lose", "sales")).contains("is promoted: epoch 2");

        assertThat(pair.slave().control().node().isOpenForUpdates()).isTrue();
        assertThat(pair.slaveServer().getTrouble()).isEmpty();
        assertThat(pair.slave().rest().read(SMALL, ItemId.of("1"))).isPresent();
        assertThat(pair.slave().control().permanentLog().text("", 100)).contains("lost: sales.");
        pair.master().start();
        await(
                "the old master is told",
                () -> !pair.masterServer().getPromotion().isEmpty());
        assertThat(pair.master().control().node().isOpenForUpdates()).isFalse();
    }

    private static String promoted(String server, int status, String... more) {
        List<String> words = new ArrayList<>(List.of(
                "promote", "server=" + server, "--node", "standby", "--confirm", server, "--reason", "prod burnt"));
        words.addAll(List.of(more));
        return ended(Command.start(folder, words.toArray(String[]::new)), status);
    }
}
