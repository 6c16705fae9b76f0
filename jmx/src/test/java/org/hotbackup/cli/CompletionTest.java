package org.hotbackup.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hotbackup.cli.CommandLineTester.hotBackup;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a real bash proposes once it has read the script. */
class CompletionTest {

    @TempDir
    static Path folder;

    @BeforeAll
    static void layOut() throws IOException {
        Files.writeString(
                folder.resolve("completion.bash"), hotBackup("completion").out());
        for (String node : List.of("prod", "standby")) {
            Files.createDirectories(folder.resolve("my homes").resolve(node));
            Files.writeString(folder.resolve("my homes").resolve(node).resolve("node.properties"), "");
        }
        Files.createDirectories(folder.resolve("my homes/no-node"));
    }

    /** The proposals for the last of these words, which bash takes apart at each {@code =}. */
    private static List<String> proposals(String... words) throws IOException, InterruptedException {
        String quoted = Arrays.stream(words).map(word -> "'" + word + "'").collect(Collectors.joining(" "));
        String script = String.join(
                "\n",
                "set -u",
                "source completion.bash",
                "hot-backup() {",
                "  [ \"$*\" = 'servers --node prod' ] || { echo \"$*\" >&2; exit 9; }",
                "  printf 'Server    Type\\nfromprod  Slave\\ntodev     Master\\n'",
                "}",
                "COMP_WORDS=(hot-backup " + quoted + ")",
                "COMP_CWORD=$((${#COMP_WORDS[@]} - 1))",
                "COMP_LINE=\"${COMP_WORDS[*]}\"",
                "COMP_POINT=${#COMP_LINE}",
                "COMPREPLY=()",
                "registered=$(complete -p hot-backup)",
                "[[ $registered =~ -F\\ ([^ ]+) ]] && ${BASH_REMATCH[1]} hot-backup \"${COMP_WORDS[COMP_CWORD]}\" ''",
                "printf '%s\\n' \"${COMPREPLY[@]+\"${COMPREPLY[@]}\"}\"");
        ProcessBuilder builder = new ProcessBuilder("bash", "--norc", "-c", script)
                .directory(folder.toFile())
                .redirectErrorStream(true);
        builder.environment().put("HOTBACKUP_HOME", folder.resolve("my homes").toString());
        Process process = builder.start();
        process.getOutputStream().close();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        return text.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.contains("compopt"))
                .toList();
    }

    @Test
    void shouldProposeCommandsAndTheirOptions() throws Exception {
        assertThat(proposals("sta"))
                .containsExactlyInAnyOrder("start", "start-applying", "startlog", "status", "statistics");
        assertThat(proposals("item", "")).contains("get", "put", "delete", "list");
        assertThat(proposals("start", "--ver")).containsExactlyInAnyOrder("--verbose", "--version");
        assertThat(proposals("status", "--output", "")).containsExactlyInAnyOrder("text", "json");
    }

    @Test
    void shouldProposeTheNodesOfThisMachine() throws Exception {
        assertThat(proposals("status", "--node", "")).containsExactlyInAnyOrder("prod", "standby");
        assertThat(proposals("status", "--node", "=", "st")).containsExactly("standby");
        assertThat(proposals("status", "--node", "=")).containsExactlyInAnyOrder("prod", "standby");
        assertThat(proposals("node", "stop", "p")).containsExactly("prod");
    }

    @Test
    void shouldProposeTheServersOfTheNode() throws Exception {
        assertThat(proposals("status", "--node", "prod", "server", "=")).containsExactly("fromprod", "todev");
        assertThat(proposals("status", "--node", "=", "prod", "server", "=", "t"))
                .containsExactly("todev");
    }
}
