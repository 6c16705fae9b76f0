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
import org.hotbackup.control.OperationReceipt;
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
        Driver driver = new Driver(busyNode(), Integer.parseInt(size[0]), Integer.parseInt(size[1]), false);

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
                .answer("getLagTransactions", 7L)
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
        node.lostAndFound.answer(
                "list",
                List.of(
                        lost("20261121-101530-1", 6, "There is no file 'shop,orders'; create it first"),
                        lost("20261121-101531-2", 10, "The file 'shop,orders' is \u001b[31mred\u001b[0m")));
        return node;
    }

    private static LostRecord lost(String id, int type, String message) {
        return new LostRecord(id, type, "Cannot perform the operation", "fromprod", 1040, "write", message, 120);
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
