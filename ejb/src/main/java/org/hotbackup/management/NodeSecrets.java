package org.hotbackup.management;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hotbackup.control.settings.NodeSetting;
import org.hotbackup.control.settings.NodeSettings;

/**
 * The secrets that a node knows, so that no text with one of them leaves it, wherever it got in: the values of secret settings, and
 * what stands behind {@code password=} and its like in any line, a JDBC URL for example.
 */
final class NodeSecrets {

    /** What stands where a secret was. */
    static final String HIDDEN = "(hidden)";

    /** A shorter one would be found in words that are none. */
    private static final int SHORTEST = 4;

    private static final Pattern ASSIGNED =
            Pattern.compile("(?i)((?:password|passwd|pwd|secret|token)\\s*[=:]\\s*)(?!\\(hidden\\))[^\\s;&,\"')]+");

    private final List<String> values;

    private NodeSecrets(List<String> values) {
        this.values = values;
    }

    /** Those of a node's settings. */
    static NodeSecrets of(NodeSettings settings) {
        return new NodeSecrets(Arrays.stream(NodeSetting.values())
                .filter(NodeSetting::isSecret)
                .map(settings::find)
                .flatMap(Optional::stream)
                .filter(value -> value.length() >= SHORTEST)
                .sorted(Comparator.comparing(String::length).reversed())
                .toList());
    }

    /** A text without them. */
    String hiddenIn(String text) {
        String hidden = text;
        for (String value : values) {
            hidden = hidden.replace(value, HIDDEN);
        }
        return ASSIGNED.matcher(hidden).replaceAll("$1" + Matcher.quoteReplacement(HIDDEN));
    }
}
