package org.hotbackup.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.control.settings.ServerSettings;
import org.jline.terminal.impl.DumbTerminal;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The manual's form, as whoever sits at the terminal sees it. */
class SetupFormTest {

    private static final ServerSettings MASTER =
            ServerSettings.parse("type=master host=standby port=2000 comments=\"the first\"");

    /** Types the answers; {@code =} leaves what stands in the line. */
    private static final class Typist implements FormTerminal {
        private final Deque<String> answers;
        private final List<String> asked = new ArrayList<>();
        private final List<String> said = new ArrayList<>();

        Typist(String... answers) {
            this.answers = new ArrayDeque<>(List.of(answers));
        }

        @Override
        public Optional<String> ask(String question, String value) {
            asked.add(question.replaceFirst(" \\(.*", "") + (value.isEmpty() ? "" : " [" + value + "]"));
            String answer = answers.poll();
            return Optional.ofNullable(answer).map(typed -> typed.equals("=") ? value : typed);
        }

        @Override
        public void say(String text) {
            said.add(text);
        }

        @Override
        public void close() {
            // nothing is open
        }
    }

    private static Optional<SetupForm.Filled> fill(Typist typist, Optional<ServerSettings> present) {
        return new SetupForm(typist, name -> present).fill(Optional.of("todev"));
    }

    @Test
    @Tag("HB-062")
    @Tag("HB-051")
    @Tag("HB-054")
    void shouldAskForTheFieldsOfAMasterWithTheirDefaults() {
        Typist typist = new Typist("master", "standby", "2000", "=", "=", "dm,!0", "", "y");

        SetupForm.Filled filled = fill(typist, Optional.empty()).orElseThrow();

        assertThat(typist.asked)
                .containsExactly(
                        "Server type",
                        "Host name",
                        "TCP port number",
                        "Check period [300]",
                        "TxLog timer [0]",
                        "Notify list",
                        "Comments",
                        "Confirm");
        assertThat(typist.said).containsExactly("Protocol: inet");
        assertThat(ServerSettings.parse(filled.text()))
                .isEqualTo(ServerSettings.parse("type=master host=standby port=2000 notify=dm,!0"));
    }

    @Test
    @Tag("HB-062")
    @Tag("HB-051")
    void shouldAskForTheFieldsOfASlave() {
        Typist typist = new Typist("slave", "2000", "=", "", "off", "=", "", "y");

        assertThat(ServerSettings.parse(
                        fill(typist, Optional.empty()).orElseThrow().text()))
                .isEqualTo(ServerSettings.parse("type=slave port=2000 apply-updates=off"));
        assertThat(typist.asked)
                .containsExactly(
                        "Server type",
                        "TCP port number",
                        "Log slave update [off]",
                        "Notify list",
                        "Apply updates [on]",
                        "Auto create [on]",
                        "Comments",
                        "Confirm");
    }

    /** What was refused stood in the field again, and was to be deleted letter by letter. */
    @Test
    @Tag("HB-062")
    void shouldCheckEachValueAtOnceAndAskAgainForThatFieldOnlyWithNothingInIt() {
        Typist typist = new Typist("mister", "master", "", "standby", "80", "2000", "=", "=", "=", "=", "y");

        assertThat(fill(typist, Optional.empty())).isPresent();
        assertThat(typist.asked)
                .startsWith(
                        "Server type",
                        "Server type",
                        "Host name",
                        "Host name",
                        "TCP port number",
                        "TCP port number",
                        "Check period [300]");
        assertThat(typist.said)
                .containsExactly(
                        MessageCode.SETTING_OUT_OF_RANGE.text("Server type", "mister", "master or slave"),
                        MessageCode.SETTING_OUT_OF_RANGE.text("Host name", "", "the host of the slave"),
                        MessageCode.SETTING_OUT_OF_RANGE.text("TCP port number", "80", "a number from 1024 to 32767"),
                        "Protocol: inet");
    }

    /** It was refused as a value, and what stood in the line was gone. */
    @Test
    @Tag("HB-062")
    void shouldHelpAtAQuestionMarkBehindWhatStandsInTheLineAndKeepThat() {
        Typist typist = new Typist("master", "standby", "2000", "300?", "=", "=", "=", "", "y");

        assertThat(fill(typist, Optional.empty()).orElseThrow().text()).contains("check-period=\"300\"");
        assertThat(typist.asked.stream().filter("Check period [300]"::equals)).hasSize(2);
        assertThat(typist.said).anyMatch(line -> line.matches("Check period: .*seconds.*"));
    }

    @Test
    @Tag("HB-062")
    @Tag("HB-093")
    void shouldGoBackIntoTheFieldsWithWhatWasTypedUntilItIsConfirmed() {
        Typist typist = new Typist(
                "=",
                "other",
                "=",
                "=",
                "=",
                "=",
                "the second",
                "perhaps",
                "n",
                "=",
                "=",
                "2001",
                "=",
                "=",
                "=",
                "=",
                "Y");

        SetupForm.Filled filled = fill(typist, Optional.of(MASTER)).orElseThrow();

        assertThat(typist.asked)
                .containsSubsequence(
                        "Server type [master]", "Host name [standby]", "Comments [the first]", "Confirm", "Confirm")
                .containsSubsequence("Confirm", "Host name [other]", "Comments [the second]", "Confirm");
        assertThat(ServerSettings.parse(filled.text()))
                .isEqualTo(ServerSettings.parse("type=master host=other port=2001 comments=\"the second\""));
    }

    @Test
    @Tag("HB-062")
    void shouldBeginAnewWithAnotherType() {
        Typist typist = new Typist("slave", "=", "=", "=", "=", "=", "=", "y");

        assertThat(ServerSettings.parse(
                        fill(typist, Optional.of(MASTER)).orElseThrow().text()))
                .isEqualTo(ServerSettings.parse("type=slave port=2000 comments=\"the first\""));
        assertThat(typist.asked).doesNotContain("Host name [standby]", "Check period [300]");
    }

    @Test
    @Tag("HB-062")
    void shouldSetUpNothingIfItIsAbandoned() {
        assertThat(fill(new Typist("=", "=", "=", "=", "=", "=", "=", "q"), Optional.of(MASTER)))
                .isEmpty();
        assertThat(fill(new Typist("master", "standby"), Optional.empty()))
                .as("hung up in the middle")
                .isEmpty();
    }

    @Test
    @Tag("HB-062")
    @Tag("HB-050")
    void shouldAskForTheNameIfNoneIsGiven() {
        Typist typist = new Typist("to dev", "todev", "slave", "2000", "=", "=", "=", "=", "=", "y");

        SetupForm.Filled filled = new SetupForm(typist, name -> Optional.empty())
                .fill(Optional.empty())
                .orElseThrow();

        assertThat(filled.name()).isEqualTo("todev");
        assertThat(typist.asked).startsWith("Server name", "Server name", "Server type");
        assertThat(typist.said).contains(MessageCode.SERVER_NAME_UNUSABLE.text("to dev"));
    }

    @Test
    @Tag("HB-062")
    void shouldNotAskAboutAServerThatCannotBeChanged() {
        Typist typist = new Typist();

        assertThatThrownBy(() -> new SetupForm(typist, name -> {
                            throw new Refusal(MessageCode.SERVER_EXISTS_RUNNING, name);
                        })
                        .fill(Optional.of("todev")))
                .isInstanceOf(Refusal.class);
        assertThat(typist.asked).isEmpty();
    }

    /** A line can be edited: backspace takes away from what stands there. */
    @Test
    @Tag("HB-062")
    void shouldLetALineBeEdited() throws Exception {
        ByteArrayOutputStream shown = new ByteArrayOutputStream();
        byte[] typed = "1\n\b\b\bfour\n".getBytes(UTF_8);
        try (FormTerminal terminal =
                new JLineTerminal(new DumbTerminal("test", "ansi", new ByteArrayInputStream(typed), shown, UTF_8))) {
            assertThat(terminal.ask("Port: ", "200")).contains("2001");
            assertThat(terminal.ask("Name: ", "one two")).contains("one four");
            assertThat(terminal.ask("Host: ", "left")).as("hung up").isEmpty();
            terminal.say("done");
        }
        assertThat(shown.toString(UTF_8)).contains("Port: 200", "done");
    }
}
