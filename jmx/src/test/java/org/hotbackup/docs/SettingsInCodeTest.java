package org.hotbackup.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.hotbackup.control.settings.NodeSetting;
import org.junit.jupiter.api.Test;

/** The code knows no key of a node's settings but those of the table: it would be checked and documented nowhere. */
class SettingsInCodeTest {

    private static final List<String> MODULES = List.of("jmx", "ejb", "jms-bridge", "web-admin");
    private static final Pattern KEY = Pattern.compile("(?:\"|MPCONFIG=)(hotbackup\\.[a-z.]+[a-z])[\"}]");

    /** Of the command's JVM, by the launch script; none of a node. */
    private static final Set<String> OF_THE_COMMAND = Set.of("hotbackup.bundle", "hotbackup.command");

    @Test
    void shouldReadNoKeyThatIsNotInTheTable() throws IOException {
        Set<String> keys = new HashSet<>();
        for (String module : MODULES) {
            try (Stream<Path> files = Files.walk(Path.of("..", module, "src", "main", "java"))) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    Matcher key = KEY.matcher(Files.readString(file));
                    while (key.find()) {
                        keys.add(key.group(1));
                    }
                }
            }
        }
        keys.removeAll(OF_THE_COMMAND);
        assertThat(keys)
                .isSubsetOf(Arrays.stream(NodeSetting.values())
                        .map(NodeSetting::key)
                        .toList())
                .contains(NodeSetting.STORE_URL.key(), NodeSetting.HTTP_PORT.key());
    }
}
