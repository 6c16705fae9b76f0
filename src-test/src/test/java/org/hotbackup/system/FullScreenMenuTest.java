package org.hotbackup.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.hotbackup.control.ControlDirectory;
import org.hotbackup.control.OperationReceipt.Outcome;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.model.DPointer;
import org.hotbackup.node.NodeProcess;
import org.hotbackup.node.Ports;
import org.hotbackup.testing.Command;
import org.hotbackup.testing.Pair;
import org.hotbackup.testing.RemoteAccess;
import org.hotbackup.testing.ScriptedMenu;
import org.hotbackup.testing.StoreKind;
import org.hotbackup.testing.TerminalWindow;
import org.hotbackup.testing.TestNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The menu as somebody in front of a terminal works with it, on a real pair. */
@Tag("system")
@Timeout(180)
class FullScreenMenuTest {

    private static final long PATIENCE_SECONDS = 40;
    private static final String STOPPED = "Server 'todev' stopped";

    /** What is compared without a terminal. */
    private static final Path SCREENS = Path.of("../jmx/src/test/resources/org/hotbackup/menu/screens");

    @TempDir
    static Path homes;

    @TempDir
    static Path files;

    private static Pair pair;
    /** To the master's node. */
    private static RemoteAccess remote;

    @BeforeAll
    static void start() {
        pair = Pair.start(homes, StoreKind.H2, node -> {
            if (remote == null) {
                remote = RemoteAccess.configure(node, files);
            }
        });
        remote.makeUsers();
    }

    @AfterAll
    static void stop() {
        pair.close();
    }

    private static TerminalWindow window(int columns, int rows) {
        return TerminalWindow.open(homes, columns, rows, PATIENCE_SECONDS);
    }

    /** The menu of a node with one server, on which the main menu is. */
    private static TerminalWindow menu(String node) {
        TerminalWindow window = window(80, 24)
                .type("hot-backup --node " + node + "; echo status $?")
                .keys("Enter");
        window.awaitText("Main Menu");
        return window;
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("what was waited for came in time").isLessThan(deadline);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
    }

    private static List<String> servers(TestNode node) {
        return node.control().node().getServerNames();
    }

    @Test
    @Tag("HB-001")
    @Tag("HB-002")
    @Tag("HB-004")
    @Tag("HB-005")
    @Tag("HB-040")
    @Tag("HB-042")
    @Tag("HB-070")
    @Tag("HB-071")
    @Tag("HB-072")
    @Tag("HB-073")
    @Tag("HB-132")
    void shouldWorkByItsKeysAndFollowTheSizeOfTheWindow() {
        try (TerminalWindow window = window(80, 24)) {
            window.type("hot-backup; echo status $?").keys("Enter");
            assertThat(window.awaitText("Select Node")).contains(">  1  prod", "2  standby");
            window.keys("Enter");
            String main = window.awaitText("Main Menu");
            assertThat(main.lines().toList()).hasSize(24);
            assertThat(main.lines().toList().get(1)).startsWith(" todev");
            window.keys("C-n");
            window.awaitText(">  2  Query Server");
            window.keys("Down", "Up", "C-b", "C-n", "Enter");
            window.awaitText("-- Query of server 'todev', Master");
            assertThat(window.awaitText("Status ")).contains("Server todev. PIB ");

            window.resize(132, 43).keys("1");
            assertThat(window.awaitText("-- Status of server 'todev'").lines().toList())
                    .hasSize(43);
            window.resize(60, 20);
            window.awaitText("The terminal has 60 columns and 20 lines; enlarge it to 80");
            window.resize(80, 24);
            window.awaitText("10  More");

            window.keys("4");
            window.awaitText("Confirm (y/n) :");
            window.keys("n", "Enter");
            window.awaitText("Cancelled; nothing was changed.");
            assertThat(pair.masterServer().isRunning()).isTrue();
            window.keys("4");
            window.awaitText("Confirm (y/n) :");
            window.keys("y", "Enter");
            window.awaitText(STOPPED);
            assertThat(pair.masterServer().isRunning()).isFalse();
            window.keys("1");
            await(() -> pair.masterServer().start().message().contains("started"));
            window.awaitText("Server 'todev' started");

            window.keys("0");
            window.awaitText("9  Diagnose");
            window.keys("F5", "Escape");
            window.awaitText("Transaction log menu");
            window.keys("8");
            window.awaitText("Special Operations");
            window.keys("0");
            window.awaitText(MessageCode.SLAVE_ONLY.text());
            window.keys("x");
            assertThat(window.awaitText("status 0"))
                    .as("the screen is given back")
                    .doesNotContain("Special Operations");
            window.type("stty -a").keys("Enter");
            assertThat(window.awaitText("isig")).contains(" icanon", " echo ");
        }
    }

    /** Row for row what is written down of the menu without a terminal; only how node and server stand is another matter. */
    @ParameterizedTest
    @CsvSource({"80, 24", "132, 43"})
    @Tag("HB-001")
    @Tag("HB-002")
    void shouldLookInATerminalAsItIsWrittenDown(int columns, int rows) throws IOException {
        try (TerminalWindow window = window(columns, rows)) {
            window.type("hot-backup --node prod").keys("Enter");
            shouldShow(window, "main", columns, rows);
            window.keys("8");
            shouldShow(window, "special-operations", columns, rows);
            window.keys("7");
            shouldShow(window, "clear-log", columns, rows);
        }
    }

    private static void shouldShow(TerminalWindow window, String screen, int columns, int rows) throws IOException {
        String written = masked(Files.readString(SCREENS.resolve(screen + "-" + columns + "x" + rows + ".txt")));
        String title = written.lines().toList().get(3);
        window.awaitText("\n" + title + "\n");
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!masked(window.text()).equals(written) && System.nanoTime() < deadline) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
        assertThat(masked(window.text())).isEqualTo(written);
        assertThat(window.text().lines()).hasSize(rows);
    }

    /** Without the health of the node and the status of the server, at the right of the first two rows. */
    private static String masked(String screen) {
        return screen.replaceFirst("(node prod) +\\w+\n", "$1\n")
                .replaceAll(" +(node prod|Master .*)\n", " *\n")
                .stripTrailing();
    }

    @Test
    @Tag("HB-003")
    @Tag("HB-041")
    @Tag("HB-051")
    @Tag("HB-062")
    @Tag("HB-093")
    @Tag("HB-094")
    void shouldSetUpAServerAndDeleteIt() {
        int port = Ports.free(Set.of(pair.slavePort()));
        try (TerminalWindow window = menu("prod")) {
            window.keys("8", "4", "1");
            window.awaitText("> Server name      :");
            window.type("spare").keys("Enter");
            window.awaitText("-- Server type ---");
            window.type("slave").keys("Enter");
            window.awaitText("> TCP port number");
            window.type("80").keys("Enter");
            window.awaitText("'80' is not valid for TCP port number");
            window.keys("C-u").type(Integer.toString(port)).keys("Enter", "Enter", "Enter", "Enter", "Enter");
            window.awaitText("> Comments");
            window.type("von Hand, 漢字").keys("Enter");
            assertThat(window.awaitText("> Confirm (y/n/q)")).contains("Host name        : -", ": von Hand, 漢字");
            assertThat(servers(pair.master())).containsExactly("todev");
            window.keys("y", "Enter");
            window.awaitText("Server 'spare' is set up");
            assertThat(pair.master().control().server("spare").show()).contains("von Hand, 漢字");

            window.keys("1");
            window.awaitText("> Server name      :");
            window.type("another").keys("C-x");
            window.awaitText("Cancelled; nothing was changed.");
            window.keys("q", "q", "q");
            assertThat(window.awaitText("Select Server")).contains("spare", "todev");
            window.keys("1");
            window.awaitText("Main Menu");
            window.keys("8", "5");
            window.awaitText("> Name of the server :");
            window.type("todev").keys("Enter");
            window.awaitText("give the name 'spare'");
            window.type("spare").keys("Enter").type("was a test").keys("Enter");
            window.awaitText("There is no server 'spare' any more.");
            assertThat(servers(pair.master())).containsExactly("todev");
            assertThat(window.text()).contains("Main Menu");
        }
    }

    @Test
    @Tag("HB-095")
    @Tag("HB-096")
    void shouldReadThePermanentLog() {
        try (TerminalWindow window = menu("standby")) {
            window.keys("8", "6");
            assertThat(window.awaitText("-- Permanent log ---")).contains("fromprod  HB");
            window.type(":is set up").keys("Enter");
            window.awaitText("There is no 'is set up' from here");
            window.type(":2026-01-01").keys("Enter");
            window.awaitText("Server 'fromprod' is set up");
            window.type(":25:99").keys("Enter");
            window.awaitText("'25:99'");
            window.keys("Escape");
            window.awaitText(">  6  List permanent log");
            window.keys("7");
            assertThat(window.awaitText("1  Whole file"))
                    .contains("2  Entries older than one week", "3  Entries older than one month");
        }
    }

    @Test
    void shouldBeTheMenuOfANodeOfAnotherMachineForWhatAUserMay() {
        String command = String.join(" ", remote.command("viewer", List.of("hot-backup")));
        try (TerminalWindow window = window(132, 43).type(command).keys("Enter")) {
            assertThat(window.awaitText("Main Menu")).contains("node prod at localhost:" + remote.port());
            window.keys("2");
            window.awaitText("Server todev. PIB ");
            window.keys("8", "2");
            window.awaitText("is not allowed to do this; it takes the role operator");
            assertThat(pair.masterServer().isTraces()).isFalse();
        }
        try (ScriptedMenu menu = ScriptedMenu.of(remote, "operator")) {
            assertThat(menu.choose("Special operations", "Turn traces ON").messages())
                    .isEqualTo(MessageCode.TRACES_ON.text("todev"));
            menu.choose("Turn traces OFF", "Delete server").fill("todev", "was a test");
            assertThat(menu.messages()).contains("is not allowed to do this; it takes the role admin");
            assertThat(menu.backTo("Main Menu")
                            .choose("More", "Node", "Users", "List")
                            .messages())
                    .contains("is not allowed to do this; it takes the role admin");
            menu.choose("My password").fill(remote.password("operator"), "another one 1234", "another one 1234");
            assertThat(menu.messages()).isEqualTo(MessageCode.PASSWORD_CHANGED.text("operator"));
            assertThat(menu.title()).isEqualTo("Select Node");
            // it went on with the old one
            assertThat(menu.choose("localhost:" + remote.port()).title()).isEqualTo("Main Menu");
        }
        assertThat(servers(pair.master())).containsExactly("todev");
    }

    /** What the manual does not have, with what a real node says to it. */
    @Test
    void shouldShowTheQueueAndTheFiguresOfANode() {
        assertThat(pair.slaveServer().stop(Pair.SLAVE).outcome()).isEqualTo(Outcome.DONE);
        try (ScriptedMenu menu = ScriptedMenu.of(remote, "viewer")) {
            pair.master().rest().createAccount("menu", DPointer.of("DL", 1));
            await(() -> pair.master().control().transactionLogQueue().getDepth() > 0);
            menu.choose("Transaction log menu", "Find entries").fill("menu", "", "create-account", "0", "0");
            menu.type("1");
            assertThat(menu.choose("Show").messages()).contains("Create account 'menu'");
            assertThat(menu.choose("Contents").messages()).contains("Update 1  create-account  menu,,");

            menu.backTo("Main Menu").choose("More", "Node", "Figures", "Of this node");
            assertThat(menu.screen()).contains("queue-depth", "disk-free").doesNotContain("lag-time");
            await(() -> menu.choose("disk-free").messages().contains("##########"));
            menu.backTo("Figures").choose("Of server 'todev'");
            assertThat(menu.screen())
                    .contains("lag-time", "sent-rate")
                    .doesNotContain("  disk-free", "pending-updates");
            assertThat(menu.backTo("Node")
                            .choose("Notices", "Of a user or port")
                            .title())
                    .isEqualTo("Notices of a user or port");
        } finally {
            pair.slaveServer().start();
        }
    }

    /** From the first server to its end, with a tape in between. */
    @Test
    @Tag("TS-003")
    @Tag("TS-007")
    @Tag("TS-008")
    @Tag("TS-009")
    void shouldBeTheMenuOfTapeSocket() throws Exception {
        int port = Ports.free(Set.of(pair.slavePort()));
        ControlDirectory receiver = pair.slave().control();
        receiver.tapeSocket().setup("srest", "direction=input port=" + port + " pipe=in");
        receiver.tapeServer("srest").startReceive("");
        try (TerminalWindow window = window(80, 24)) {
            window.type("tape-socket --node prod; echo status $?").keys("Enter");
            assertThat(window.awaitText(">  1  New Server")).startsWith(" tape-socket ");
            window.keys("Enter");
            window.awaitText("> Server name");
            window.type("ssave")
                    .keys("Enter")
                    .type("o")
                    .keys("Enter")
                    .type("127.0.0.1")
                    .keys("Enter");
            window.awaitText("> TCP port number");
            window.type("80").keys("Enter");
            window.awaitText("'80' is not valid for TCP port number");
            window.keys("C-u").type(Integer.toString(port)).keys("Enter", "Enter");
            window.awaitText("> Pipe");
            window.type("out").keys("Enter", "Enter", "Enter", "Enter", "Enter");
            window.awaitText("> Confirm (y/n/q)");
            window.keys("y", "Enter");
            assertThat(window.awaitText("Server 'ssave' is set up")).contains("Main Menu");
            window.awaitText("Output   Stopped");
            window.keys("3");
            window.awaitText("Server 'ssave' started");
            window.keys("6");
            window.awaitText("Input server srest of node");
            carry("a tape that somebody wrote");
            window.keys("2");
            window.awaitText("Tapes 1.");
            window.keys("9", "1");
            assertThat(window.awaitText("-- Servers ---")).contains("ssave     Output");
            window.keys("3");
            window.awaitText("ssave  HB5104  The tape ended");
            window.keys("q", "Escape", "8", "2");
            window.awaitText("Traces of server 'ssave' are on");
            window.keys("Escape", "4");
            window.awaitText("Confirm (y/n) :");
            window.keys("n", "Enter");
            window.awaitText("Cancelled; nothing was changed.");
            window.keys("7");
            window.awaitText("and its input server");
            window.keys("y", "Enter");
            window.awaitText("Output   Stopped");
            await(() -> !receiver.tapeServer("srest").isRunning());
            shouldBeTheMenuOfTapeSocketElsewhere();
            window.keys("8", "5");
            window.awaitText("> Name of the server :");
            window.type("ssave").keys("Enter").type("was a test").keys("Enter");
            window.awaitText("There is no server 'ssave' any more.");
            window.keys("x");
            window.awaitText("status 0");
        }
    }

    private static void carry(String tape) throws Exception {
        Path from = pair.master().home().folder().resolve("pipes/out");
        Path to = pair.slave().home().folder().resolve("pipes/in");
        Process reader = new ProcessBuilder("cat", to.toString()).start();
        Files.writeString(from, tape, StandardOpenOption.WRITE);
        assertThat(new String(reader.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo(tape);
    }

    private static void shouldBeTheMenuOfTapeSocketElsewhere() {
        String command = String.join(" ", remote.command("viewer", List.of("tape-socket")));
        try (TerminalWindow window = window(132, 43).type(command).keys("Enter")) {
            assertThat(window.awaitText("Main Menu")).contains("node prod at localhost:" + remote.port());
            window.keys("5");
            window.awaitText("Linked to transaction logger off");
            window.keys("y", "3");
            window.awaitText("is not allowed to do this; it takes the role operator");
            assertThat(pair.master().control().tapeServer("ssave").isRunning()).isFalse();
        }
    }

    @Test
    void shouldGiveTheScreenBackWhenItIsInterruptedOrKilled() {
        try (TerminalWindow window = menu("standby")) {
            window.keys("C-c");
            window.awaitText("status 0");
            window.type("clear; hot-backup --node standby; echo status $?").keys("Enter");
            window.awaitText("Main Menu");

            window.command().destroy();

            assertThat(window.awaitText("status 143")).doesNotContain("Main Menu");
            window.type("stty -a").keys("Enter");
            assertThat(window.awaitText("isig")).contains(" icanon", " echo ");
        }
    }

    /** A node that hangs, and one that is gone. */
    @Test
    void shouldNotHangWithTheNode() throws Exception {
        long node = new NodeProcess(pair.slave().home()).running().orElseThrow().pid();
        try (TerminalWindow window = menu("standby")) {
            signal("STOP", node);
            window.keys("2");
            window.awaitText("Query of server 'fromprod' ... waiting");
            window.awaitText("no answer for");
            window.keys("Escape");
            window.awaitText("has not answered yet and is not waited for");
            window.keys("8");
            window.awaitText("Special Operations");
            signal("CONT", node);
            window.awaitText("Slave   ");
            window.keys("Escape", "2");
            window.awaitText("Server fromprod. PIB ");

            pair.slave().kill();
            assertThat(window.awaitText("The connection to the node was lost"))
                    .contains("Select Node", ">  1  standby");
            window.keys("1");
            window.awaitText("Node 'standby' is not running; start it with hot-backup node start standby.");
            // what is shown is a level, the menu below it another
            window.keys("Escape", "q");
            window.awaitText("status 0");
        } finally {
            // it answers in time for the other tests, whatever became of this one
            signal("CONT", node);
            if (new NodeProcess(pair.slave().home()).running().isEmpty()) {
                pair.slave().start();
            }
        }
    }

    private static void signal(String name, long pid) throws Exception {
        new ProcessBuilder("kill", "-" + name, Long.toString(pid)).start().waitFor();
    }

    @Test
    void shouldAskLineByLineOnADumbTerminal() {
        try (TerminalWindow window = window(80, 40)) {
            window.type("TERM=dumb hot-backup --node standby; echo status $?").keys("Enter");
            window.awaitText("Select a number, q back, x exit:");
            window.type("2").keys("Enter");
            window.awaitText("Server fromprod. PIB ");
            window.type("10").keys("Enter");
            window.awaitText("Diagnose");
            window.type("q")
                    .keys("Enter")
                    .type("8")
                    .keys("Enter")
                    .type("4")
                    .keys("Enter")
                    .type("1")
                    .keys("Enter");
            window.awaitText("Server name:");
            window.type("to dev").keys("Enter");
            window.awaitText("'to dev' cannot be a server name");
            window.keys("C-d");
            window.awaitText("status 0");
        }
    }

    @Test
    void shouldShowNoPasswordOnADumbTerminal() {
        try (TerminalWindow window = window(80, 40)) {
            window.type("TERM=dumb hot-backup --node standby; echo status $?").keys("Enter");
            window.awaitText("Select a number, q back, x exit:");
            for (String line : List.of("10", "7", "7", "3")) {
                window.type(line).keys("Enter");
            }
            window.awaitText("Old password:");
            window.type("not to be seen").keys("Enter");
            window.awaitText("New password:");
            assertThat(window.text()).doesNotContain("seen");
            window.keys("C-d");
            window.awaitText("status 0");
            window.type("echo seen again").keys("Enter");
            assertThat(window.awaitText("seen again")).contains("echo seen");
        }
    }

    @Test
    void shouldSayThatItNeedsATerminal() {
        try (Command command = Command.start(homes)) {
            assertThat(command.lines(PATIENCE_SECONDS))
                    .first()
                    .isEqualTo(MessageCode.MENU_NEEDS_TERMINAL.text("hot-backup"));
            assertThat(command.status()).isEqualTo(2);
        }
    }
}
