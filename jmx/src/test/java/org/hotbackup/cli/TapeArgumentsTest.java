package org.hotbackup.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("TS-005")
class TapeArgumentsTest {

    @TempDir
    Path folder;

    private final Deque<String> answers = new ArrayDeque<>();
    private final List<String> said = new ArrayList<>();
    private TapeArguments arguments;

    @BeforeEach
    void make() {
        arguments = new TapeArguments(new LastValues(folder.resolve("last")), () -> Optional.of(new Typed()));
    }

    private final class Typed implements FormTerminal {
        @Override
        public Optional<String> ask(String question, String value) {
            said.add(question + "[" + value + "]");
            return Optional.ofNullable(answers.poll());
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

    @Test
    void shouldTakeKeywordsInAnyOrder() {
        assertThat(arguments.resolve(List.of("port=2000", "server=ssave", "comments=")))
                .containsExactly(Map.entry("port", "2000"), Map.entry("server", "ssave"), Map.entry("comments", ""));
    }

    @Test
    @Tag("TS-006")
    void shouldSayWhichOptionsThereAreAndWhereTheyStand() {
        assertThatThrownBy(() -> arguments.resolve(List.of("server=ssave", "(zz")))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("'(zz' is no option")
                .hasMessageContaining("(c, (q, (r, (s and (v")
                .hasMessageContaining("at the end of the line");
    }

    @Test
    void shouldTakeTheValueUsedLastTime() {
        arguments.resolve(List.of("server=ssave", "port=2000"));
        arguments.resolve(List.of("server=other"));
        assertThat(arguments.resolve(List.of("server=.", "port=.")))
                .containsExactly(Map.entry("server", "other"), Map.entry("port", "2000"));
        assertThatThrownBy(() -> arguments.resolve(List.of("pipe=.")))
                .hasMessage(MessageCode.TAPE_NO_LAST_VALUE.text("pipe"));
    }

    @Test
    void shouldAskWithHelp() {
        arguments.resolve(List.of("port=2000"));
        answers.addAll(List.of("?", "3000"));
        assertThat(arguments.resolve(List.of("port=?"))).containsExactly(Map.entry("port", "3000"));
        assertThat(said)
                .containsExactly(
                        "port [2000] (? help, q quit): []",
                        "a number from 1024 to 32767",
                        "port [2000] (? help, q quit): []");
    }

    /** What was used last stood in the line, so that a question mark made 24330? of it, refused after all fields. */
    @Test
    @Tag("TS-008")
    void shouldTakeTheLastValueForAnEmptyLineAndRefuseABadOneAtItsField() {
        arguments.resolve(List.of("port=24330"));
        answers.addAll(List.of("24330?", "80", ""));
        assertThat(arguments.resolve(List.of("port=?"))).containsExactly(Map.entry("port", "24330"));
        assertThat(said)
                .contains(
                        MessageCode.SETTING_OUT_OF_RANGE.text(
                                "TCP port number", "24330?", "a number from 1024 to 32767"),
                        MessageCode.SETTING_OUT_OF_RANGE.text("TCP port number", "80", "a number from 1024 to 32767"));

        answers.addAll(List.of("toolongname", "ssave"));
        assertThat(arguments.resolve(List.of("server=?"))).containsExactly(Map.entry("server", "ssave"));
        assertThat(said).contains(MessageCode.SERVER_NAME_UNUSABLE.text("toolongname"));
    }

    @Test
    void shouldDoNothingIfWhoIsAskedQuits() {
        answers.add("q");
        assertThatThrownBy(() -> arguments.resolve(List.of("port=?")))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.code()).isEqualTo(MessageCode.TAPE_NOT_CONFIRMED));
    }

    @Test
    void shouldRefuseWhatIsNoArgument() {
        for (List<String> words : List.of(List.of("ssave"), List.of("=x"), List.of("port=1", "port=2"))) {
            assertThatThrownBy(() -> arguments.resolve(words))
                    .isInstanceOfSatisfying(
                            Refusal.class, refusal -> assertThat(refusal.code()).isEqualTo(MessageCode.USAGE));
        }
    }

    @Test
    void shouldReadTheOptionsOfTheManual() {
        assertThat(CommandLineTester.tapeSocket("start", "(x").err()).contains("'(x' is no option here");
        assertThat(CommandLineTester.tapeSocket("start", "(r").err()).contains("has no option '-r'");
    }

    @Test
    void shouldTakeAbbreviations() {
        for (String abbreviation :
                List.of("ch", "dr", "q", "ss", "sr", "sta", "sto", "stopa", "tron", "troff", "lp", "vers")) {
            assertThat(CommandLineTester.tapeSocket(abbreviation, "--help").status())
                    .as(abbreviation)
                    .isZero();
        }
    }
}
