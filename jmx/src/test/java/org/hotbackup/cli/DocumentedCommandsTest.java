package org.hotbackup.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;

/** Every {@code hot-backup} command line in README.md and docs is one that there is, with options that there are. */
class DocumentedCommandsTest {

    private static final Path TOP = Path.of("..");

    /** One for all lines: to describe all commands takes most of the time that parsing a line takes. */
    private static final CommandLine ALL = HotBackup.commandLine();

    /** The launch script's own, none of the command's. */
    private static final List<String> OF_THE_SCRIPT = List.of("bench");

    private static final String COMMAND = "(?:\\./)?hot-backup ";
    private static final Pattern FENCE = Pattern.compile("^```[a-z]*$(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);
    private static final Pattern SPAN = Pattern.compile("`" + COMMAND + "([^`]+)`");
    private static final Pattern LINE = Pattern.compile("^(?:\\$ )?" + COMMAND + "(.*)$", Pattern.MULTILINE);
    private static final Pattern WORD = Pattern.compile("(?:'[^']*'|\"[^\"]*\"|[^\\s'\"])+");

    /**
     * A command line of a page.
     *
     * @param page where it stands
     * @param text behind {@code hot-backup}
     * @param whole whether it can be typed as it is; in running text only the command may be named
     */
    record Line(String page, String text, boolean whole) {

        @Override
        public String toString() {
            return page + ": " + text;
        }
    }

    static Stream<Line> lines() throws IOException {
        List<Line> lines = new ArrayList<>();
        lines.addAll(of(TOP.resolve("README.md")));
        try (Stream<Path> pages = Files.list(TOP.resolve("docs"))) {
            for (Path page : pages.filter(file -> file.toString().endsWith(".md"))
                    .sorted()
                    .toList()) {
                lines.addAll(of(page));
            }
        }
        return lines.stream();
    }

    private static List<Line> of(Path page) throws IOException {
        String name = page.getFileName().toString();
        String text = Files.readString(page).replace("\\\n", " ");
        List<Line> lines = new ArrayList<>();
        Matcher fence = FENCE.matcher(text);
        while (fence.find()) {
            LINE.matcher(fence.group(1)).results().forEach(line -> lines.add(new Line(name, line.group(1), true)));
        }
        SPAN.matcher(FENCE.matcher(text).replaceAll(""))
                .results()
                .forEach(span -> lines.add(new Line(name, span.group(1).replace('\n', ' '), false)));
        return lines;
    }

    @ParameterizedTest
    @MethodSource("lines")
    void shouldBeACommandLine(Line line) {
        for (List<String> words : alternatives(line.text())) {
            if (!words.isEmpty() && OF_THE_SCRIPT.contains(words.get(0))) {
                continue;
            }
            assertThatCode(() -> parse(words, line.whole())).as(line.toString()).doesNotThrowAnyException();
        }
    }

    private static void parse(List<String> words, boolean whole) {
        try {
            ALL.parseArgs(HotBackup.withDashes(words.toArray(String[]::new)));
        } catch (MissingParameterException e) {
            if (whole) {
                throw e;
            }
        }
    }

    /** The words of a line, once for each combination of {@code one|other}; without comments, pipes and brackets. */
    private static List<List<String>> alternatives(String text) {
        List<List<String>> lines = new ArrayList<>(List.of(List.of()));
        for (String word : WORD.matcher(text).results().map(MatchResult::group).toList()) {
            if (word.matches("#.*|[|>&]|>.*|&&|;")) {
                break;
            }
            String bare = word.replaceAll("^\\[|]$", "");
            if (bare.equals("...")) {
                continue;
            }
            boolean quoted = bare.contains("'") || bare.contains("\"");
            String[] choices = quoted ? new String[] {bare.replaceAll("['\"]", "")} : bare.split("\\|");
            lines = lines.stream()
                    .flatMap(line -> Stream.of(choices).map(choice -> Stream.concat(line.stream(), Stream.of(choice))
                            .toList()))
                    .toList();
        }
        return lines;
    }

    @Test
    void shouldFindThem() throws IOException {
        assertThat(lines())
                .extracting(Line::text)
                .contains("demo        # two nodes, real data, proof of equality")
                .hasSizeGreaterThan(50);
    }

    /** Or this test would find nothing wrong. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "node creat prod",
                "status server=todev --nod prod",
                "log start|halt --node prod",
                "node create",
                "start server=todev --node 'prod' --confrim todev"
            })
    void shouldRefuseWhatIsNone(String text) {
        assertThat(alternatives(text))
                .anySatisfy(words -> assertThat(isCommandLine(words)).isFalse());
    }

    private static boolean isCommandLine(List<String> words) {
        try {
            parse(words, true);
            return true;
        } catch (RuntimeException e) {
            return false;
        }
    }
}
