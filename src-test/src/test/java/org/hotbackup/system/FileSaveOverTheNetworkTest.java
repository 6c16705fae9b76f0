package org.hotbackup.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hotbackup.system.Orders.await;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.hotbackup.control.OperationReceipt;
import org.hotbackup.control.TapeDevice;
import org.hotbackup.demo.WorldData;
import org.hotbackup.demo.WorldLoader;
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
 * A file save of the demo's data goes from sender to pipe to network to pipe to restore. The servers of tape-socket are on small
 * nodes of their own on both sides, so that every process on the way can be killed by itself.
 */
@Tag("system")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FileSaveOverTheNetworkTest {

    private static final String SERVER = "ssave";
    private static final long ITEMS_OF_A_FILE = 6_000;
    private static final long DELAY_MILLIS = 60;

    /** So that the tape does not come to its end while both servers are killed, on the slowest machine. */
    private static final long LONG_DELAY_MILLIS = 600;

    /** So many restored are some of the tape, and not all of it. */
    private static final int SOME = 500;

    private static final String AT_WORK = "(?s).*items [0-9]+, bytes [0-9]+, .*";

    @TempDir
    static Path folder;

    private static TestNode prod;
    private static TestNode sending;
    private static TestNode receiving;
    private static TestNode standby;
    private static FaultProxy line;

    @BeforeAll
    static void start() throws InterruptedException {
        NodeHomes homes = new NodeHomes(folder);
        prod = TestNode.create(homes, "prod", StoreKind.H2);
        sending = TestNode.createVmrest(homes, "sending");
        receiving = TestNode.createVmrest(homes, "receiving");
        standby = TestNode.create(homes, "standby", StoreKind.H2);
        sending.trust(receiving);
        receiving.trust(sending);
        Set<Integer> taken = ports();
        int port = Ports.free(taken);
        line = FaultProxy.to(port, taken);
        Pair.both(() -> Pair.both(prod::start, sending::start), () -> Pair.both(standby::start, receiving::start));
        for (TestNode main : List.of(prod, standby)) {
            // who attaches a pipe for the first time makes it
            main.control().tape().attach("pipe", 0);
            main.control().tape().detach("pipe", "");
        }
        receiving.control().tapeSocket().setup(SERVER, "direction=input port=" + port + " pipe=" + pipe(standby));
        sending.control()
                .tapeSocket()
                .setup(SERVER, "direction=output host=127.0.0.1 port=" + line.port() + " pipe=" + pipe(prod));
        startServers();
        new WorldLoader(prod.rest(), ITEMS_OF_A_FILE, () -> true).load();
    }

    private static Set<Integer> ports() {
        Set<Integer> ports = new HashSet<>();
        Stream.of(prod, sending, receiving, standby).forEach(node -> {
            ports.add(node.home().httpPort());
            ports.add(node.home().jmxPort());
        });
        return ports;
    }

    @AfterAll
    static void stop() {
        Stream.of(prod, sending, receiving, standby).forEach(TestNode::close);
        line.close();
    }

    private static Path pipe(TestNode node) {
        return node.home().folder().resolve("pipes/tape");
    }

    private static void startServers() {
        for (TestNode host : List.of(receiving, sending)) {
            OperationReceipt receipt = host.control().tapeServer(SERVER).start("");
            assertThat(receipt.outcome()).as(receipt.message()).isEqualTo(OperationReceipt.Outcome.DONE);
        }
    }

    private static String ended(Command command, int status) {
        String said = String.join("\n", command.lines(120));
        assertThat(command.status()).as(said).isEqualTo(status);
        return said;
    }

    private static Command save() {
        return Command.start(folder, "save", "--device", "pipe", "--node", "prod");
    }

    private static Command restore(String... more) {
        List<String> words = new ArrayList<>(List.of("restore", "--device", "pipe", "--node", "standby"));
        words.addAll(List.of("--confirm", "standby", "--reason", "a test"));
        words.addAll(List.of(more));
        return Command.start(folder, words.toArray(String[]::new));
    }

    /** How many items the work on a node's pipe has done, -1 if none goes on. */
    private static long items(TestNode node) {
        String state = pipeOf(node).state();
        return state.matches(AT_WORK) ? Long.parseLong(state.replaceAll("(?s).*?items ([0-9]+),.*", "$1")) : -1;
    }

    private static TapeDevice pipeOf(TestNode node) {
        return node.control().tape().devices().stream()
                .filter(device -> device.name().equals("pipe"))
                .findFirst()
                .orElseThrow();
    }

    private static long written() {
        return receiving.control().tapeServer(SERVER).getWrittenBlock();
    }

    private static Map<String, String> image(TestNode node) {
        Map<String, String> image = new TreeMap<>();
        for (String file : node.control().node().listFiles(WorldData.ACCOUNT, "", 100)) {
            image.put(file, node.control().node().digest(file).sha256());
        }
        return image;
    }

    private static void shouldBeIdentical() {
        Map<String, String> image = image(prod);
        assertThat(image)
                .containsKeys(WorldData.files().stream().map(Object::toString).toArray(String[]::new));
        assertThat(image(standby)).isEqualTo(image);
    }

    @Test
    @Order(1)
    @Tag("TS-001")
    @Tag("TS-002")
    @Tag("FAULT-F20")
    void shouldArriveIdenticalThoughTheLineIsCutAndBothServersAreKilled() {
        line.delay(DELAY_MILLIS);
        try (Command restore = restore();
                Command save = save()) {
            await("some of it is restored", () -> items(standby) >= SOME);
            line.cut();
            await(
                    "what had arrived is written",
                    () -> written() == receiving.control().tapeServer(SERVER).getCurrentBlock());
            long before = written();
            assertThat(items(standby)).as("the restore waits for more").isNotNegative();
            line.mend();
            line.delay(LONG_DELAY_MILLIS);
            await("more of it arrives", () -> written() > before);
            sending.kill();
            receiving.kill();
            assertThat(items(standby)).as("the restore still waits for more").isNotNegative();
            line.mend();
            Pair.both(sending::start, receiving::start);
            assertThat(ended(save, 0)).contains("save on device pipe is done");
            assertThat(ended(restore, 0)).contains("left as they were or out 0");
        }
        shouldBeIdentical();
    }

    @Test
    @Order(2)
    @Tag("TS-001")
    void shouldCallNothingDoneThatEndedWithItsNode() {
        // whoever reads prod's pipe does so no more, but holds it open: the save comes to a stop in its middle
        sending.kill();
        try (Command restore = restore("--overwrite");
                Command save = save()) {
            await("some of it is in the pipe", () -> items(prod) > 0);
            prod.kill();
            Pair.both(sending::start, prod::start);
            assertThat(ended(save, 3)).contains("it ended in the middle");
            assertThat(ended(restore, 1)).contains("Items restored before, which stand:");
        }
        assertThat(prod.control().tape().report("pipe"))
                .contains("save on device pipe ended with the process of the node; what it wrote has no end");
        assertThat(pipeOf(standby).state()).doesNotContain("is done");

        line.delay(DELAY_MILLIS);
        try (Command restore = restore("--overwrite");
                Command save = save()) {
            await("some of it is restored", () -> items(standby) >= SOME);
            standby.kill();
            line.mend();
            standby.start();
            assertThat(ended(restore, 3)).contains("it ended in the middle");
            ended(save, 0);
        }
        assertThat(standby.control().tape().report("pipe"))
                .contains("restore on device pipe ended with the process of the node; what it had restored stands");
        assertThat(standby.control().node().listJobs(5)).contains("restore device=pipe");

        // the rest of that tape is given up
        sending.control().tapeServer(SERVER).stop(SERVER);
        receiving.control().tapeServer(SERVER).stop(SERVER);
        startServers();
        try (Command restore = restore("--overwrite");
                Command save = save()) {
            ended(save, 0);
            ended(restore, 0);
        }
        shouldBeIdentical();
    }
}
