package org.hotbackup.menu;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.hotbackup.control.OperationReceipt;
import org.hotbackup.control.ServerMXBean;
import org.hotbackup.control.messages.MessageCode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The menu on a terminal that cannot place its cursor. */
@Tag("HB-002")
class LineModeTest {

    private final FakeNode node = new FakeNode();
    private final List<Boolean> echoed = new ArrayList<>();

    /** What it prints if these lines are typed, up to the end of the input. */
    private String typed(String... lines) throws IOException {
        Session session = new Session(ServerKind.hotBackup(false), node, Runnable::run, () -> 0);
        session.begin(Optional.empty());
        StringWriter out = new StringWriter();
        String input = String.join("\n", lines) + "\n";
        new LineMode(session, new BufferedReader(new StringReader(input)), new PrintWriter(out), echoed::add).run();
        assertThat(session.isOver()).isTrue();
        return out.toString();
    }

    private FakeNode.Bean<ServerMXBean> todev() {
        return node.master("todev")
                .answer("query", "Status \u001b[2JIdle")
                .answer("show", "Server name        todev")
                .answer("stop", OperationReceipt.done(MessageCode.SERVER_STOPPED, "todev"));
    }

    @Test
    void shouldAskForTheNumberOfAChoice() throws IOException {
        FakeNode.Bean<ServerMXBean> todev = todev();

        String said = typed("2", "nonsense", "99", "4", "maybe", "y", "5", "", "10", "q", "x");

        assertThat(said)
                .contains("Main Menu   (todev)", "  1  Status", " 10  More", "Select a number, q back, x exit: ")
                .contains("-- Query of server 'todev'", " Status \\x1B[2JIdle")
                .contains("Type the number of a choice, q to go back, or x to leave.")
                .contains("0 transactions wait and stay where they are.", "Confirm (y/n): ", "Type y, n or q.")
                .contains("Server 'todev' stopped", "  Server name        todev", "  9  Diagnose")
                .doesNotContain("\u001b");
        assertThat(todev.asked).contains("stop[todev]");
    }

    @Test
    @Tag("HB-062")
    void shouldAskForEveryFieldOfAForm() throws IOException {
        node.node.answer("setup", OperationReceipt.done(MessageCode.SERVER_SET_UP, "fromprod"));

        String said = typed("1", "from prod", "fromprod", "slave", "2000", "", "", "", "", "by hand", "y");

        assertThat(said)
                .contains("Server name: ", "'from prod' cannot be a server name", "Log slave update [off]: ")
                .contains("Confirm (y/n/q): ", "Server 'fromprod' is set up");
        assertThat(node.node.asked)
                .contains("setup[fromprod, type=\"slave\" port=\"2000\" log-slave-update=\"off\" notify=\"\""
                        + " apply-updates=\"on\" auto-create=\"on\" comments=\"by hand\"]");
    }

    @Test
    void shouldNotShowAPassword() throws IOException {
        todev();
        node.security.answer("changeMyPassword", OperationReceipt.done(MessageCode.PASSWORD_CHANGED, "bob"));

        String said = typed("10", "7", "7", "3", "old secret", "another one 12", "another", "another one 12", "x");

        assertThat(node.security.asked).containsExactly("changeMyPassword[old secret, another one 12]");
        assertThat(echoed).containsExactly(false, true, false, true, false, true, false, true);
        assertThat(said)
                .contains("The new password was typed in two ways", "The password of user 'bob' is changed")
                .doesNotContain("secret", "another one");
    }

    @Test
    void shouldTurnThePagesOfALongText() throws IOException {
        todev().answer(
                        "status",
                        IntStream.rangeClosed(1, 60)
                                .mapToObj(i -> "message " + i)
                                .collect(Collectors.joining("\n")));

        String said = typed("1", "", "", "", "", "x");

        assertThat(said).contains("message 1\n".replace("\n", System.lineSeparator()), "message 60");
        assertThat(said.lastIndexOf("Main Menu"))
                .as("back in the menu after the last page")
                .isGreaterThan(said.indexOf("message 60"));
    }
}
