package org.hotbackup.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hotbackup.cli.CommandLineTester.hotBackup;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/**
 * The help of every command, as it was last looked at. To take over an intended change, copy the file that the failure
 * names to the one in the test resources and read the difference.
 */
class HelpTest {

    static List<String> commands() {
        List<String> commands = new ArrayList<>();
        collect(HotBackup.commandLine(), "hot-backup", commands);
        collect(TapeSocket.commandLine(), "tape-socket", commands);
        return commands;
    }

    private static void collect(CommandLine command, String words, List<String> commands) {
        commands.add(words);
        command.getSubcommands().forEach((name, sub) -> {
            if (name.equals(sub.getCommandName())) {
                collect(sub, words + " " + name, commands);
            }
        });
    }

    @ParameterizedTest
    @MethodSource("commands")
    void shouldPrintTheHelpThatIsWrittenDown(String words) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(words.split(" ")));
        String root = arguments.remove(0);
        arguments.add("--help");

        String[] line = arguments.toArray(String[]::new);
        CommandLineTester result = root.equals("hot-backup") ? hotBackup(line) : CommandLineTester.tapeSocket(line);

        assertThat(result.status()).isZero();
        assertThat(result.err()).isEmpty();
        String name = words.replace(' ', '-') + ".txt";
        Path seen = Files.createDirectories(Path.of("target", "help")).resolve(name);
        Files.writeString(seen, result.out());
        try (InputStream golden = HelpTest.class.getResourceAsStream("help/" + name)) {
            assertThat(golden)
                    .as("src/test/resources/.../help/%s; see %s", name, seen)
                    .isNotNull();
            assertThat(result.out())
                    .as("see %s", seen)
                    .isEqualTo(new String(golden.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    @Test
    void shouldHaveNoHelpWrittenDownForACommandThatIsGone() throws Exception {
        Path folder = Path.of(HelpTest.class.getResource("help").toURI());
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(commands().stream()
                            .map(words -> words.replace(' ', '-') + ".txt")
                            .toList());
        }
    }
}
