package org.hotbackup.control.settings;

import java.util.Arrays;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;

/** The values of a node's settings, wherever they come from; a key without a value is one that is not given. */
public final class NodeSettings {

    private final String where;
    private final Function<String, Optional<String>> source;

    private NodeSettings(String where, Function<String, Optional<String>> source) {
        this.where = where;
        this.source = source;
    }

    /** Those that a running node was told: it is asked for the value of a key. */
    public static NodeSettings of(Function<String, Optional<String>> configuration) {
        return new NodeSettings("the node's configuration", configuration);
    }

    /** Those of a file. */
    public static NodeSettings of(String file, Properties properties) {
        return new NodeSettings(file, key -> Optional.ofNullable(properties.getProperty(key)));
    }

    /**
     * The value that is given, else the default; empty if there is neither.
     *
     * @throws Refusal if what is given is not valid
     */
    public Optional<String> find(NodeSetting setting) {
        return source.apply(setting.key())
                .filter(given -> !given.isBlank())
                .map(given -> setting.checked(given, where))
                .or(() -> setting.defaultValue().filter(value -> !value.isEmpty()));
    }

    /**
     * The value that is given, else the default.
     *
     * @throws Refusal if what is given is not valid, or nothing is given and there is no default
     */
    public String text(NodeSetting setting) {
        return find(setting)
                .or(setting::defaultValue)
                .orElseThrow(
                        () -> new Refusal(MessageCode.NODE_SETTING_MISSING, setting.key(), where, setting.valid()));
    }

    /**
     * The value of a numeric setting.
     *
     * @throws Refusal as {@link #text}
     */
    public int number(NodeSetting setting) {
        return Integer.parseInt(text(setting));
    }

    /**
     * Checks a whole file: that each of its keys is a setting which belongs there, with a valid value.
     *
     * @param file its name
     * @param given what is in it
     * @param secrets whether it is the one for secrets
     * @throws Refusal about the first key of which that is not so
     */
    public static void check(String file, Properties given, boolean secrets) {
        for (String key : new TreeSet<>(given.stringPropertyNames())) {
            NodeSetting setting = NodeSetting.ofKey(key)
                    .filter(found -> found.isSecret() == secrets)
                    .orElseThrow(() -> unknown(file, key, secrets));
            of(file, given).find(setting);
        }
    }

    private static Refusal unknown(String file, String key, boolean secrets) {
        String belonging = Arrays.stream(NodeSetting.values())
                .filter(setting -> setting.isSecret() == secrets)
                .map(NodeSetting::key)
                .collect(Collectors.joining(", "));
        return new Refusal(MessageCode.NODE_SETTING_UNKNOWN, key, file, belonging);
    }
}
