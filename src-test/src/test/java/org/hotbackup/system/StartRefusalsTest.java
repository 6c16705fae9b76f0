package org.hotbackup.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.AbstractStringAssert;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.model.DPointer;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.ItemId;
import org.hotbackup.node.Bundle;
import org.hotbackup.node.NodeHomes;
import org.hotbackup.node.NodeProcess;
import org.hotbackup.testing.Command;
import org.hotbackup.testing.StoreKind;
import org.hotbackup.testing.TestNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A node or a server that cannot start says why in one sentence, leaves no process, and disturbs nobody. */
@Tag("system")
class StartRefusalsTest {

    private static final String ACCOUNT = "mine";
    private static final FilePath FILE = FilePath.data(ACCOUNT, "orders");
    private static final ItemId ID = ItemId.of("4711");

    @TempDir
    Path homes;

    @ParameterizedTest
    @ValueSource(strings = {"HTTP", "JMX"})
    void shouldNameThePortThatSomebodyElseHas(String use) throws IOException {
        TestNode node = TestNode.create(new NodeHomes(homes), "late", StoreKind.H2);
        int port = use.equals("HTTP") ? node.home().httpPort() : node.home().jmxPort();

        try (ServerSocket somebody = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            Refusal refusal = refusalOf(node);

            assertThat(refusal.code()).isEqualTo(MessageCode.PORT_IN_USE);
            assertOneSentence(refusal).contains("TCP port " + somebody.getLocalPort() + " (" + use + ") is in use");
        }
        assertThat(new NodeProcess(node.home()).running()).isEmpty();
    }

    /** It was waited for four minutes, and the log did not say what was wrong. */
    @Test
    void shouldNameThePortThatSomebodyTookWhileTheNodeStarted() throws IOException {
        TestNode node = TestNode.create(new NodeHomes(homes), "late", StoreKind.H2);
        NodeProcess process = new NodeProcess(node.home());

        try (ServerSocket somebody = new ServerSocket()) {
            Refusal refusal = catchThrowableOfType(
                    Refusal.class, () -> process.start(Bundle.ofSystem(), progress -> take(node, somebody)));

            assertThat(refusal.code()).isEqualTo(MessageCode.PORT_LOST);
            assertOneSentence(refusal).contains("TCP port " + node.home().httpPort() + " (HTTP) was free");
        }
        assertThat(process.running()).isEmpty();
    }

    private static void take(TestNode node, ServerSocket somebody) {
        try {
            somebody.bind(new InetSocketAddress(
                    InetAddress.getLoopbackAddress(), node.home().httpPort()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldNotOpenAStoreThatAnotherProcessHas(StoreKind kind) throws IOException {
        NodeHomes all = new NodeHomes(homes);
        try (TestNode owner = TestNode.create(all, "owner", kind);
                TestNode second = TestNode.create(all, "second", StoreKind.H2)) {
            if (kind == StoreKind.H2) {
                // one that stands in nobody's home
                owner.configure(
                        "hotbackup.store.url",
                        "jdbc:h2:file:" + homes.resolve("shared").resolve("store"));
            }
            copyStoreAccess(owner, second);
            owner.start();
            owner.rest().createAccount(ACCOUNT, DPointer.of("DL", 7));
            owner.rest().createFile(FILE, DPointer.of("DL", 7));

            Refusal refusal = refusalOf(second);

            assertThat(refusal.code()).isEqualTo(MessageCode.NODE_START_FAILED);
            assertOneSentence(refusal)
                    .contains("'second' did not start")
                    .contains("The store is open in another process")
                    .contains("stop the other one first");
            assertThat(new NodeProcess(second.home()).running()).isEmpty();
            owner.rest().write(FILE, ID, bytes("still works"));
            assertThat(owner.rest().read(FILE, ID)).contains(bytes("still works"));

            owner.stop();
            refusal = refusalOf(second);

            assertOneSentence(refusal).contains("The store belongs to node").contains("and not to this one");
            owner.start();
            assertThat(owner.rest().read(FILE, ID)).contains(bytes("still works"));
        }
    }

    @Test
    void shouldNotOpenAStoreInTheHomeOfAnotherNode() throws IOException {
        NodeHomes all = new NodeHomes(homes);
        TestNode owner = TestNode.create(all, "owner", StoreKind.H2);
        TestNode second = TestNode.create(all, "second", StoreKind.H2);
        copyStoreAccess(owner, second);

        Refusal refusal = refusalOf(second);

        assertThat(refusal.code()).isEqualTo(MessageCode.STORE_OF_ANOTHER_HOME);
        assertOneSentence(refusal).contains(owner.home().folder().toString(), "which is its own");
        assertThat(owner.home().folder().resolve("data")).isEmptyDirectory();
    }

    @Test
    void shouldNotStartOnADiskThatIsFull() throws IOException, InterruptedException {
        Path disk = Files.createDirectory(homes.resolve("disk"));
        assumeTrue(
                isDone("mount", "-t", "tmpfs", "-o", "size=32m", "tmpfs", disk.toString()),
                "a small disk can only be mounted by root");
        try {
            TestNode node = TestNode.create(new NodeHomes(disk), "full", StoreKind.H2);

            Refusal refusal = refusalOf(node);

            assertThat(refusal.code()).isEqualTo(MessageCode.STORE_FULL);
            assertOneSentence(refusal).contains("free some space");
            assertThat(new NodeProcess(node.home()).running()).isEmpty();
        } finally {
            assertThat(isDone("umount", disk.toString())).isTrue();
        }
    }

    /** It said that the connection was lost: ClosedChannelException. */
    @Test
    void shouldSayThatTheNodeOfAnImportDoesNotRun() throws IOException {
        TestNode.create(new NodeHomes(homes), "prod", StoreKind.H2);
        Path csv = Files.writeString(homes.resolve("customers.csv"), "number,name\n4711,Miller\n");

        assertThat(Command.run(homes, 60, "import", csv.toString(), "--into", "sales,customers", "--id", "number"))
                .containsExactly("Node 'prod' is not running; start it with hot-backup node start prod.");
    }

    private static Refusal refusalOf(TestNode node) {
        Refusal refusal = catchThrowableOfType(Refusal.class, node::start);
        assertThat(refusal).as("starting " + node.home().name()).isNotNull();
        return refusal;
    }

    private static AbstractStringAssert<?> assertOneSentence(Refusal refusal) {
        return assertThat(refusal.getMessage())
                .doesNotContain("\n")
                .doesNotContain("Exception")
                .doesNotContain("org.hotbackup")
                .endsWith(".");
    }

    /** As an administrator would who copies a home's configuration by hand. */
    private static void copyStoreAccess(TestNode from, TestNode to) throws IOException {
        to.configure("hotbackup.store.url", from.home().storeUrl());
        for (String file : new String[] {"node.properties", "secrets.properties"}) {
            for (String line : Files.readAllLines(from.home().folder().resolve(file))) {
                boolean access =
                        line.startsWith("hotbackup.store.user=") || line.startsWith("hotbackup.store.password=");
                if (access) {
                    Files.writeString(
                            to.home().folder().resolve(file),
                            System.lineSeparator() + line + System.lineSeparator(),
                            StandardOpenOption.APPEND);
                }
            }
        }
    }

    private static boolean isDone(String... command) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            // there is no such command here
            return false;
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
