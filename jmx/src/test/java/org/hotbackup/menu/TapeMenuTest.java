package org.hotbackup.menu;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.hotbackup.control.LogMessage;
import org.hotbackup.control.OperationReceipt;
import org.hotbackup.control.messages.MessageCode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the menu of tape-socket has of its own; what it shares with the other one is tested there. */
@Tag("TS-003")
class TapeMenuTest {

    private final FakeNode node = new FakeNode();

    private Driver menu(String options) {
        return new Driver(ServerKind.tapeSocket(options), node, 80, 24);
    }

    private FakeNode.Bean<?> output() {
        return node.tapeServer("ssave", "Output", "Idle")
                .answer("start", OperationReceipt.done(MessageCode.SERVER_STARTED, "ssave"))
                .answer("stop", OperationReceipt.done(MessageCode.SERVER_STOPPED, "ssave"))
                .answer("shutdown", OperationReceipt.done(MessageCode.TAPE_BOTH_STOPPED, "ssave"))
                .answer("drain", OperationReceipt.done(MessageCode.PIPE_CLEARED, "/srv/pipes/ssave", 3))
                .answer("status", "");
    }

    @Test
    void shouldWorkWithAnotherServerFromThereOn() {
        output();
        node.tapeServer("srest", "Input", "Wait incoming call").answer("query", "Server srest. PIB 13.");
        Driver menu = menu("").keys("2");
        assertThat(menu.title()).isEqualTo("Main Menu");
        assertThat(menu.lines().get(1)).startsWith(" ssave ").contains("Output   Idle   block 4711, 4700 written");

        menu.keys("01");
        assertThat(menu.title()).isEqualTo("Main Menu");
        assertThat(menu.pass(1).lines().get(1)).startsWith(" srest ").contains("Input   Wait incoming call");
        assertThat(menu.keys("2").messages()).contains(" Server srest. PIB 13.");
        assertThat(menu.keys("<ESCAPE>").title()).isEqualTo("Select Server");
    }

    @Test
    @Tag("TS-008")
    void shouldSetUpAnotherServerAndOfferIt() {
        output();
        node.tapeSocket.on("setup", arguments -> {
            node.tapeServer((String) arguments[0], "Input", "Stopped");
            return OperationReceipt.done(MessageCode.SERVER_SET_UP, arguments[0]);
        });
        Driver menu =
                menu("").keys("01srest<ENTER>i<ENTER>2000<ENTER><ENTER>in<ENTER><ENTER>from \"prod\"<ENTER>y<ENTER>");

        assertThat(node.tapeSocket.asked)
                .contains(
                        "setup[srest, direction=\"input\" port=\"2000\" linked=\"off\" pipe=\"in\" notify=\"\" comments=\"from"
                                + " 'prod'\"]");
        assertThat(menu.title()).isEqualTo("Other Server");
        assertThat(menu.screen()).contains("1  srest", "2  New Server", "Server 'srest' is set up");
    }

    /** What is linked to the transaction logger sends that, and is asked for no pipe. */
    @Test
    @Tag("TS-008")
    void shouldAskALinkedServerForNoPipe() {
        output();
        Driver menu = menu("").keys("841slog<ENTER>o<ENTER>standby<ENTER>2001<ENTER>on<ENTER>");

        assertThat(menu.screen()).containsPattern(" > Block size").containsPattern("Pipe +: -\n");
    }

    @Test
    @Tag("TS-006")
    void shouldGiveEachStartTheOptionsOfTheCommandLine() {
        FakeNode.Bean<?> server = output();
        menu("").keys("3");
        menu("qrsv").keys("3").keys("86");

        assertThat(server.asked).containsSubsequence("start[]", "start[sv]", "start[csv]");
    }

    @Test
    @Tag("TS-007")
    void shouldSearchTheLogOfItsServersAsThePermanentLog() {
        output();
        node.tapeSocket.answer(
                "messages",
                IntStream.rangeClosed(1, 300)
                        .mapToObj(i -> new LogMessage(
                                String.format("%03d", i),
                                String.format("2026-11-21T%02d:%02d:00.001Z", i / 60, i % 60),
                                "ssave",
                                "HB5101",
                                (i == 83 ? "a needle" : "message") + " " + i + "."))
                        .toList());

        Driver driver = menu("").keys("93");

        assertThat(driver.screen()).contains("message 300.", ": date, time or text");
        assertThat(driver.keys(":2026-11-21T01:10<ENTER>").screen()).contains("message 70.");
        assertThat(driver.screen()).doesNotContain("message 69.");
        assertThat(driver.keys(":needle<ENTER>").screen())
                .contains("a needle 83.")
                .doesNotContain("message 82.");
        assertThat(driver.keys("n").screen()).contains("There is no 'needle'");
        assertThat(driver.keys("<UP>").screen()).contains("message 82.");
        assertThat(driver.keys(":2026-11-21 message 150<ENTER>").screen()).contains("message 150.");
        assertThat(driver.keys(":25:99<ENTER>").screen()).contains("'25:99' is not a date or time");
        assertThat(driver.keys(":message 300<ENTER><DOWN>").screen())
                .contains("message 300.", "There is nothing after this in the log.");
        assertThat(driver.keys("q").title()).isEqualTo("All servers");
    }

    @Test
    @Tag("TS-006")
    @Tag("TS-009")
    void shouldAskBeforeItStopsAndDrainsUnlessItIsToBeQuiet() {
        FakeNode.Bean<?> server = output();
        node.tapeSocket.answer("stopAll", OperationReceipt.done(MessageCode.TAPE_SERVERS_STOPPED, 1));
        List<String> ways = List.of("4", "7", "87", "95");
        for (String way : List.of("4", "7", "95")) {
            Driver asking = menu("").keys(way);
            assertThat(asking.screen()).contains("> Confirm (y/n) :");
            asking.keys("n<ENTER>");
        }
        assertThat(menu("").keys("87").screen()).contains("> Name of the server");
        assertThat(server.asked)
                .doesNotContain("stop[ssave]", "shutdown[ssave]")
                .noneMatch(asked -> asked.startsWith("drain"));
        assertThat(node.tapeSocket.asked).doesNotContain("stopAll[all]");

        menu("").keys("4y<ENTER>");
        assertThat(server.asked).contains("stop[ssave]");

        ways.forEach(way -> menu("q").keys(way));
        assertThat(server.asked)
                .containsSubsequence(
                        "stop[ssave]", "stop[ssave]", "shutdown[ssave]", "drain[ssave, not asked for, option q]");
        assertThat(node.tapeSocket.asked).contains("stopAll[all]");
    }

    @Test
    void shouldDrainForAReasonOnly() {
        FakeNode.Bean<?> server = output();
        Driver menu = menu("").keys("87ssave<ENTER><ENTER>");
        assertThat(menu.screen()).contains("Say why");
        assertThat(server.asked).noneMatch(asked -> asked.startsWith("drain"));

        menu.keys("wrong tape<ENTER>");
        assertThat(server.asked).contains("drain[ssave, wrong tape]");
    }

    @Test
    @Tag("TS-006")
    void shouldListRunningServersOnlyIfThatIsAskedFor() {
        output();
        node.tapeSocket.answer("listServers", "ssave");
        menu("").keys("91");
        menu("r").keys("91");

        assertThat(node.tapeSocket.asked).containsSubsequence("listServers[false]", "listServers[true]");
    }

    @Test
    void shouldTellThatTheServerIsGone() {
        output();
        node.tapeServer("srest", "Input", "Wait incoming call");
        Driver menu = menu("").keys("2");
        node.tapeServers.remove("ssave");

        assertThat(menu.pass(1).screen())
                .contains("There is no server 'ssave' any more.")
                .doesNotContain("2  ssave");
    }
}
