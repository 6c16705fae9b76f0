package org.hotbackup.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hotbackup.system.Orders.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.hotbackup.node.NodeHomes;
import org.hotbackup.node.Ports;
import org.hotbackup.testing.Command;
import org.hotbackup.testing.Pair;
import org.hotbackup.testing.StoreKind;
import org.hotbackup.testing.TestNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The full save and restore of one machine to another, step for step as the manual has it: {@code vmrest} only hosts the input
 * server, the machine itself is restored from the pipe meanwhile, and hot-backup servers take over.
 */
@Tag("system")
class WholeMachineTest {

    private static final int ITEMS = 500;

    @TempDir
    static Path folder;

    private static TestNode prod;
    private static TestNode vmrest;
    private static TestNode standby;

    @BeforeAll
    static void start() {
        NodeHomes homes = new NodeHomes(folder);
        prod = TestNode.create(homes, "prod", StoreKind.H2);
        vmrest = TestNode.createVmrest(homes, "vmrest");
        standby = TestNode.create(homes, "standby", StoreKind.H2);
        for (TestNode receiver : List.of(vmrest, standby)) {
            prod.trust(receiver);
            receiver.trust(prod);
        }
        Pair.both(prod::start, () -> Pair.both(vmrest::start, standby::start));
    }

    @AfterAll
    static void stop() {
        Stream.of(prod, vmrest, standby).forEach(TestNode::close);
    }

    private static void done(Command begun) {
        try (Command command = begun) {
            List<String> lines = command.lines(120);
            assertThat(command.status()).as(String.join("\n", lines)).isZero();
        }
    }

    private static void hotBackup(String... words) {
        done(Command.start(folder, words));
    }

    private static void tapeSocket(String... words) {
        done(Command.startTapeSocket(folder, words));
    }

    private static String digest(TestNode node) {
        try (Command command = Command.start(
                folder, "digest", "sales,customers", "--node", node.home().name())) {
            String line = String.join("\n", command.lines(60));
            assertThat(command.status()).as(line).isZero();
            return line;
        }
    }

    @Test
    @Tag("TS-001")
    void shouldRestoreAMachineFromThePipeAndKeepItCurrent() throws IOException, InterruptedException {
        StringBuilder customers = new StringBuilder("number,name\n");
        for (int i = 0; i < ITEMS; i++) {
            customers.append(i).append(",Miller ").append(i).append('\n');
        }
        Path csv = Files.writeString(folder.resolve("customers.csv"), customers);
        hotBackup("import", csv.toString(), "--node", "prod", "--into", "sales,customers", "--id", "number");

        Path pipe = standby.home().folder().resolve("pipes/tape");
        Files.createDirectories(pipe.getParent());
        assertThat(new ProcessBuilder("mkfifo", "-m", "600", pipe.toString())
                        .inheritIO()
                        .start()
                        .waitFor())
                .isZero();
        int port = Ports.free(Set.of());
        tapeSocket("setup", "--node", "vmrest", "server=ssave", "direction=input", "port=" + port, "pipe=" + pipe);
        tapeSocket(
                "setup",
                "--node",
                "prod",
                "server=ssave",
                "direction=output",
                "host=127.0.0.1",
                "port=" + port,
                "pipe=tape");
        tapeSocket("startreceive", "--node", "vmrest", "server=ssave");
        tapeSocket("startsend", "--node", "prod", "server=ssave");

        try (Command restore = Command.start(
                folder,
                "restore",
                "--device",
                "pipe",
                "--node",
                "standby",
                "--confirm",
                "standby",
                "--reason",
                "first synchronisation")) {
            hotBackup("save", "--device", "pipe", "--node", "prod");
            List<String> lines = restore.lines(120);
            assertThat(restore.status()).as(String.join("\n", lines)).isZero();
        }

        tapeSocket("shutdown", "--node", "prod", "server=ssave", "-q");
        await(
                "both servers stop",
                () -> !prod.control().tapeServer("ssave").isRunning()
                        && !vmrest.control().tapeServer("ssave").isRunning());
        vmrest.stop();
        assertThat(digest(standby)).isEqualTo(digest(prod));

        Pair.both(
                () -> hotBackup("setup", "server=fromprod", "--node", "standby", "type=slave", "port=" + port),
                () -> hotBackup(
                        "setup", "server=todev", "--node", "prod", "type=master", "host=127.0.0.1", "port=" + port));
        hotBackup("start", "server=fromprod", "--node", "standby");
        hotBackup("start", "server=todev", "--node", "prod");
        Path item = Files.writeString(folder.resolve("item"), "Smith");
        hotBackup("item", "put", "sales,customers", "4711", "--file", item.toString(), "--node", "prod");
        await("the update arrives", () -> digest(standby).equals(digest(prod)));
    }
}
