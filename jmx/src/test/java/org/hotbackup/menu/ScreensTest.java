package org.hotbackup.menu;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.hotbackup.control.LogMessage;
import org.hotbackup.control.LogPage;
import org.hotbackup.control.LostRecord;
import org.hotbackup.control.NodeUser;
import org.hotbackup.control.OperationReceipt;
import org.hotbackup.control.QueueEntry;
import org.hotbackup.control.Sample;
import org.hotbackup.control.TapeDevice;
import org.hotbackup.control.UpdateContent;
import org.hotbackup.control.messages.MessageCode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The screens, as they were last looked at. To take over an intended change, copy the file that the failure names to the
 * one in the test resources and read the difference.
 */
@Tag("HB-004")
@Tag("HB-005")
class ScreensTest {

    /** Every screen: its name and how one gets there. */
    private static final Map<String, Consumer<Driver>> SCREENS = new LinkedHashMap<>();

    static {
        SCREENS.put("main", at -> at.keys(""));
        SCREENS.put("status", at -> at.keys("1"));
        SCREENS.put("query", at -> at.keys("2"));
        SCREENS.put("stop", at -> at.keys("4"));
        SCREENS.put("show", at -> at.keys("5"));
        SCREENS.put("display-queue", at -> at.keys("7"));
        SCREENS.put("special-operations", at -> at.keys("8"));
        SCREENS.put("setup-menu", at -> at.keys("84"));
        SCREENS.put("setup-form", at -> at.keys("841toleft<ENTER>master<ENTER>standby<ENTER>"));
        SCREENS.put("setup-wrong", at -> at.keys("841toleft<ENTER>master<ENTER>standby<ENTER>80<ENTER>"));
        SCREENS.put("setup-slave", at -> at.keys("841fromprod<ENTER>s<ENTER>2000<ENTER>"));
        SCREENS.put("delete", at -> at.keys("85todev<ENTER>"));
        SCREENS.put("permanent-log", at -> at.keys("86"));
        SCREENS.put("permanent-log-command", at -> at.keys("86:10:15"));
        SCREENS.put("clear-log", at -> at.keys("87"));
        SCREENS.put("transaction-log", at -> at.keys("9"));
        SCREENS.put("clear-queue", at -> at.keys("96"));
        SCREENS.put("more", at -> at.keys("0"));
        SCREENS.put("lost-and-found", at -> at.keys("01<DOWN>"));
        SCREENS.put("find-entries", at -> at.keys("98"));
        SCREENS.put("queue-entries", at -> at.keys("97"));
        SCREENS.put("entry", at -> at.keys("9711"));
        SCREENS.put("contents", at -> at.keys("9712"));
        SCREENS.put("node", at -> at.keys("07"));
        SCREENS.put("attributes", at -> at.keys("0783"));
        SCREENS.put("figure", at -> at.keys("07221"));
        SCREENS.put("users", at -> at.keys("0771"));
        SCREENS.put("my-password", at -> at.keys("0773old one<ENTER>new<ENTER>"));
        SCREENS.put("devices", at -> at.keys("00"));
        SCREENS.put("device", at -> at.keys("001"));
        SCREENS.put("device-save", at -> at.keys("00191NIGHTLY<ENTER>"));
        SCREENS.put("device-restore", at -> at.keys("00102<ENTER>yes<ENTER>"));
        SCREENS.put("device-load", at -> at.keys("00105shop,orders<ENTER><ENTER>yes<ENTER>"));
        SCREENS.put("keys", at -> at.keys("?"));
        SCREENS.put("waiting", at -> {
            at.slow = true;
            at.keys("1").pass(5);
        });
        SCREENS.put("servers", at -> {
            at.node.slave("fromprod");
            at.pass(1).keys("<ESCAPE>");
        });
        SCREENS.put("first-server", at -> {
            at.node.servers.clear();
            at.pass(1);
        });
        SCREENS.put("tape-main", at -> at.keys(""));
        SCREENS.put("tape-status", at -> at.keys("1"));
        SCREENS.put("tape-query", at -> at.keys("2"));
        SCREENS.put("tape-stop", at -> at.keys("4"));
        SCREENS.put("tape-show", at -> at.keys("5"));
        SCREENS.put("tape-check", at -> at.keys("6"));
        SCREENS.put("tape-shutdown", at -> at.keys("7"));
        SCREENS.put("tape-special-operations", at -> at.keys("8"));
        SCREENS.put("tape-setup-menu", at -> at.keys("84"));
        SCREENS.put("tape-setup-output", at -> at.keys("841sother<ENTER>o<ENTER>standby<ENTER>2001<ENTER><ENTER>"));
        SCREENS.put("tape-setup-input", at -> at.keys("841srest<ENTER>input<ENTER>2000<ENTER><ENTER>../pipe<ENTER>"));
        SCREENS.put("tape-delete", at -> at.keys("85"));
        SCREENS.put("tape-drain", at -> at.keys("87"));
        SCREENS.put("tape-all-servers", at -> at.keys("91"));
        SCREENS.put("tape-permanent-log", at -> at.keys("93"));
        SCREENS.put("tape-stop-all", at -> at.keys("95"));
        SCREENS.put("tape-other-server", at -> {
            at.node.tapeServer("srest", "Input", "Wait incoming call");
            at.pass(1).keys("0");
        });
        SCREENS.put("tape-servers", at -> {
            at.node.tapeServer("srest", "Input", "Wait incoming call");
            at.pass(1).keys("<ESCAPE>");
        });
        SCREENS.put("tape-first-server", at -> {
            at.node.tapeServers.clear();
            at.pass(1);
        });
    }

    private static ServerKind kind(String screen) {
        return screen.startsWith("tape-") ? ServerKind.tapeSocket("") : ServerKind.hotBackup(false);
    }

    static List<String> screens() {
        List<String> names = new ArrayList<>();
        for (String screen : SCREENS.keySet()) {
            names.add(screen + "-80x24");
            names.add(screen + "-132x43");
        }
        return names;
    }

    @ParameterizedTest
    @MethodSource("screens")
    void shouldLookAsWrittenDown(String name) throws IOException {
        String screen = name.substring(0, name.lastIndexOf('-'));
        String[] size = name.substring(name.lastIndexOf('-') + 1).split("x");
        Driver driver = new Driver(kind(screen), busyNode(), Integer.parseInt(size[0]), Integer.parseInt(size[1]));

        SCREENS.get(screen).accept(driver);

        String seen = driver.screen();
        Path file = Files.createDirectories(Path.of("target", "screens")).resolve(name + ".txt");
        Files.writeString(file, seen);
        assertThat(driver.session.frame().lines()).hasSize(Integer.parseInt(size[1]));
        assertThat(driver.session.frame().lines()).allMatch(line -> line.columnLength() <= Integer.parseInt(size[0]));
        try (InputStream golden = ScreensTest.class.getResourceAsStream("screens/" + name + ".txt")) {
            assertThat(golden)
                    .as("src/test/resources/.../screens/%s.txt; see %s", name, file)
                    .isNotNull();
            assertThat(seen).as("see %s", file).isEqualTo(new String(golden.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    @Test
    void shouldHaveNoScreenWrittenDownThatIsGone() throws Exception {
        Path folder = Path.of(ScreensTest.class.getResource("screens").toURI());
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(
                            screens().stream().map(name -> name + ".txt").toList());
        }
    }

    private static FakeNode busyNode() {
        FakeNode node = new FakeNode();
        node.master("todev")
                .answer("getWaiting", 7L)
                .answer(
                        "status",
                        String.join(
                                "\n",
                                "2026-11-21T10:15:32.123456Z  Cannot call host 'standby'. Errno=nobody listens there (Connection refused)",
                                "2026-11-21T10:15:31.5Z  Server 'todev' started",
                                "2026-11-21T10:15:30Z  Waiting for server 'todev' to initialize"))
                .answer(
                        "query",
                        String.join(
                                "\n",
                                "Server todev. PIB 12. PID 4711. Server type Master. Traces OFF.",
                                "Total sent 289K. ACK'ed trans 1039.",
                                "Status Idle"))
                .answer(
                        "show",
                        String.join(
                                "\n",
                                "Server name        todev",
                                "Server type        master",
                                "Host name          standby",
                                "TCP port number    2000",
                                "Protocol           inet",
                                "Check period       300",
                                "TxLog timer        0",
                                "Notify list        dm,bob,!0",
                                "Comments           漢字 in a comment"));
        node.queue
                .answer("isEnqueuing", true)
                .answer("isUpdatesMissed", false)
                .answer("getLogMode", "DL")
                .answer("getOldestAgeMillis", 1_500L)
                .answer("getEnqueuedTotal", 1_041L)
                .answer("getLastLsn", 4_711L)
                .answer("getRestoredLsn", 0L)
                .answer("getDepth", 7L)
                .answer("getBytes", 12_345L)
                .answer(
                        "display",
                        String.join(
                                "\n",
                                "7 frames in queue",
                                "DL files logged",
                                "File updates enqueued for all processes",
                                "Current transaction: 1041",
                                "Last ACK'ed transaction: 1039",
                                "Upd itm 'CH' in 'world,countries'"));
        List<LogMessage> entries = IntStream.rangeClosed(1, 60)
                .mapToObj(i -> new LogMessage(
                        Integer.toString(i),
                        String.format("2026-11-21T10:%02d:00.000000001Z", i % 60),
                        i % 3 == 0 ? "" : "todev",
                        "HB2016",
                        "Message " + i
                                + (i % 7 == 0
                                        ? " is one that is so long that it needs more than one line of this"
                                                + " screen, however wide that may be, if it is not wider than all of this sentence"
                                        : "")))
                .toList();
        node.log.answer("back", new LogPage(entries, "1", false));
        node.queue
                .answer(
                        "list",
                        List.of(
                                new QueueEntry(
                                        4_711, "2026-11-21T10:15:30Z", 2, 220, "Upd itm 'CH' in 'world,countries'"),
                                new QueueEntry(
                                        4_712, "2026-11-21T10:15:31Z", 1, 90, "Del itm 'XX' in 'world,countries'")))
                .answer("show", "Upd itm 'CH' in 'world,countries'\n001 Switzerland\n002 Bern]Berne")
                .on(
                        "contents",
                        a -> (int) a[2] > 0
                                ? List.of()
                                : List.of(
                                        content(
                                                1,
                                                "write",
                                                "CH",
                                                bytes("Switzerland\u00feBern\u00fdBerne\u00fe\u0000\u0007")),
                                        content(2, "delete", "XX", new byte[0])));
        node.samples
                .answer("getFigures", List.of("disk-free bytes node", "lag-time milliseconds master"))
                .answer(
                        "samples",
                        IntStream.rangeClosed(1, 7)
                                .mapToObj(i -> new Sample(i, "2026-11-21T10:15:0" + i + "Z", i * i * 1_000.5))
                                .toList());
        node.security.answer(
                "users",
                List.of(
                        new NodeUser("ann", "admin", "ann@example.com", true),
                        new NodeUser("bob", "", "bob@example.com", false),
                        new NodeUser("vera", "viewer,operator", "", true)));
        node.lostAndFound.answer(
                "list",
                List.of(
                        lost("20261121-101530-1", 6, "There is no file 'shop,orders'; create it first"),
                        lost("20261121-101531-2", 10, "The file 'shop,orders' is \u001b[31mred\u001b[0m")));
        devices(node);
        tapes(node);
        return node;
    }

    private static void devices(FakeNode node) {
        node.node.answer("getAccounts", List.of("dm", "shop", "world"));
        node.tape
                .answer(
                        "devices",
                        List.of(
                                new TapeDevice(
                                        "tape0",
                                        "pseudo-tape",
                                        "tapes/tape0",
                                        500,
                                        false,
                                        "ann",
                                        4_711,
                                        "tape:tape0:1",
                                        "42 MB written"),
                                new TapeDevice(
                                        "tape1",
                                        "compressed pseudo-tape",
                                        "tapes/tape1.gz",
                                        16_384,
                                        true,
                                        "",
                                        -1,
                                        "",
                                        "")))
                .answer("report", "account-save of shop: 42 MB written\nshop,orders  1039 items");
    }

    private static void tapes(FakeNode node) {
        node.tapeServer("ssave", "Output", "Writing to network")
                .answer(
                        "status",
                        "2026-11-21T10:15:32.123456Z  A tape begins\n"
                                + "2026-11-21T10:15:31.5Z  Connected with input server 'srest' at 127.0.0.1:2000\n"
                                + "2026-11-21T10:15:30Z  Server 'ssave' started")
                .answer(
                        "query",
                        "Server ssave. PIB 12. PID 4711. Output server. Traces OFF.\n"
                                + "Pipe /srv/pipes/ssave. Tapes 2. Sent 2356K.\n"
                                + "This tape: block 4711, written 4700.\n"
                                + "Status Writing to network")
                .answer(
                        "show",
                        "Server name                  ssave\n"
                                + "Direction                    output\n"
                                + "Host name                    standby\n"
                                + "TCP port number              2000\n"
                                + "Pipe                         ssave\n"
                                + "Block size                   512\n"
                                + "Call attempts                0\n"
                                + "Linked to transaction logger off\n"
                                + "Notify list                  dm,!0\n"
                                + "Comments                     漢字 in a comment\n"
                                + "Insecure                     off\n"
                                + "Pipe is at                   /srv/pipes/ssave")
                .answer("check", "Input server srest of node 0b7c. Status Reading network. Block 4711, written 4700.");
        node.tapeSocket
                .answer(
                        "listServers",
                        "Server    Way     Status                   Port    Tape block       Written  Pipe\n"
                                + "ssave     Output  Writing to network       2000          4711          4700  /srv/pipes/ssave")
                .answer(
                        "messages",
                        IntStream.rangeClosed(1, 60)
                                .mapToObj(i -> new LogMessage(
                                        Integer.toString(i),
                                        String.format("2026-11-21T10:%02d:00.001Z", i % 60),
                                        "ssave",
                                        "HB5101",
                                        "Message " + i))
                                .toList());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static UpdateContent content(int number, String operation, String item, byte[] content) {
        long bytes = content.length == 0 ? UpdateContent.NO_CONTENT : content.length;
        return new UpdateContent(number, operation, "world,countries", item, bytes(item), bytes, 0, content);
    }

    private static LostRecord lost(String id, int type, String message) {
        return new LostRecord(
                id, type, "Cannot perform the operation", "fromprod", 1040, "write", message, 120, 1039, "");
    }

    @Test
    @Tag("HB-072")
    @Tag("HB-143")
    @Tag("HB-144")
    void shouldShowWhatAServerSaysWhileItIsStarted() {
        FakeNode node = new FakeNode();
        node.master("todev")
                .answer("getLastMessage", "2026-11-21T10:00:00Z  Server 'todev' stopped")
                .answer("start", OperationReceipt.done(MessageCode.SERVER_STARTED, "todev"))
                .answer(
                        "status",
                        "2026-11-21T10:15:31Z  Server 'todev' started\n"
                                + "2026-11-21T10:15:30Z  Waiting for server 'todev' to start\n"
                                + "2026-11-21T10:00:00Z  Server 'todev' stopped");

        assertThat(new Driver(node).keys("3").messages())
                .containsExactly(
                        "-- Start Server 'todev' " + "-".repeat(56),
                        " Server 'todev' started",
                        " Notice from server 'todev'",
                        " 2026-11-21 10:15:30Z  Waiting for server 'todev' to start",
                        " 2026-11-21 10:15:31Z  Server 'todev' started");
    }
}
