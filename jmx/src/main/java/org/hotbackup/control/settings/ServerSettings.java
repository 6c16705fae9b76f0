package org.hotbackup.control.settings;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;

/**
 * The setup of one replication server: a valid value for every setting that applies to its type, and no other.
 * Immutable.
 */
public final class ServerSettings {

    /** The manual's field that is always inet (HB-054). */
    private static final String PROTOCOL = "protocol";

    private static final String LOOPBACK = "127.0.0.1";
    private static final String LOOPBACK_HOSTS = "localhost|127(\\.[0-9]{1,3}){3}|::1";
    private static final Pattern NAME = Pattern.compile("[A-Za-z]{1,8}");

    private final Map<ServerSetting, String> values;

    private ServerSettings(Map<ServerSetting, String> values) {
        this.values = Collections.unmodifiableMap(values);
    }

    /**
     * Reads a text of {@code key=value} words; a value with blanks stands in double quotes.
     *
     * @throws Refusal if a word is malformed, a key unknown, a value not valid, a setting missing or not applicable
     */
    public static ServerSettings parse(String text) {
        return of(given(text));
    }

    /**
     * The same with what is given changed (HB-093); with another type, a new setup.
     *
     * @throws Refusal as {@link #parse}
     */
    public ServerSettings changedBy(String text) {
        Map<ServerSetting, String> given = given(text);
        String type = given.getOrDefault(ServerSetting.TYPE, get(ServerSetting.TYPE));
        if (ServerSetting.TYPE.checked(type).equals(get(ServerSetting.TYPE))) {
            values.forEach(given::putIfAbsent);
        }
        return of(given);
    }

    private static Map<ServerSetting, String> given(String text) {
        Map<ServerSetting, String> given = new EnumMap<>(ServerSetting.class);
        SettingWords.parse(text, ServerSettings::unknown).forEach((key, value) -> {
            if (key.equals(PROTOCOL)) {
                throw new Refusal(MessageCode.PROTOCOL_FIXED);
            }
            given.put(ServerSetting.ofKey(key).orElseThrow(() -> unknown(key)), value);
        });
        return given;
    }

    /**
     * Checks given values and adds the defaults.
     *
     * @throws Refusal as {@link #parse}
     */
    public static ServerSettings of(Map<ServerSetting, String> given) {
        if (!given.containsKey(ServerSetting.TYPE)) {
            throw new Refusal(MessageCode.SETTING_MISSING, ServerSetting.TYPE.label(), ServerSetting.TYPE.valid());
        }
        String type = ServerSetting.TYPE.checked(given.get(ServerSetting.TYPE));
        Map<ServerSetting, String> complete = new EnumMap<>(ServerSetting.class);
        for (ServerSetting setting : ServerSetting.values()) {
            String value = given.get(setting);
            if (setting.appliesTo(type)) {
                complete.put(setting, value == null ? defaultOf(setting) : setting.checked(value));
            } else if (value != null) {
                throw new Refusal(MessageCode.SETTING_NOT_APPLICABLE, setting.label(), type);
            }
        }
        String host = complete.getOrDefault(ServerSetting.HOST, LOOPBACK);
        if (complete.get(ServerSetting.INSECURE).equals("on") && !host.matches(LOOPBACK_HOSTS)) {
            throw new Refusal(MessageCode.INSECURE_NOT_LOOPBACK, host);
        }
        return new ServerSettings(complete);
    }

    /**
     * Checks a server's name: 1 to 8 letters (HB-050).
     *
     * @throws Refusal if it is something else
     */
    public static String checkedName(String name) {
        if (!isName(name)) {
            throw new Refusal(MessageCode.SERVER_NAME_UNUSABLE, name);
        }
        return name;
    }

    /** Whether this can be a server's name. */
    public static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }

    private static String defaultOf(ServerSetting setting) {
        return setting.defaultValue()
                .orElseThrow(() -> new Refusal(MessageCode.SETTING_MISSING, setting.label(), setting.valid()));
    }

    private static Refusal unknown(String word) {
        List<String> keys = new ArrayList<>();
        for (ServerSetting setting : ServerSetting.values()) {
            keys.add(setting.key());
        }
        return new Refusal(MessageCode.SETTING_UNKNOWN, word, String.join(", ", keys));
    }

    /** The value of a setting, empty if it does not apply to this type of server. */
    public String get(ServerSetting setting) {
        return values.getOrDefault(setting, "");
    }

    /**
     * The same settings with another value for one.
     *
     * @throws Refusal if it is not valid, or the setting does not apply
     */
    public ServerSettings with(ServerSetting setting, String value) {
        Map<ServerSetting, String> changed = new EnumMap<>(values);
        changed.put(setting, value);
        return of(changed);
    }

    /** The value of a numeric setting that applies to this type. */
    public int number(ServerSetting setting) {
        return Integer.parseInt(values.get(setting));
    }

    /** Whether it is a master server. */
    public boolean isMaster() {
        return get(ServerSetting.TYPE).equals("master");
    }

    /** Whether its link is without encryption and certificates. */
    public boolean isInsecure() {
        return get(ServerSetting.INSECURE).equals("on");
    }

    /** As a text that {@link #parse} reads. */
    public String text() {
        return values.entrySet().stream()
                .map(value -> value.getKey().key() + "=\"" + value.getValue() + '"')
                .collect(Collectors.joining(" "));
    }

    /** Every setting that applies, in the order of the manual's form. */
    public Map<ServerSetting, String> values() {
        return values;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ServerSettings settings && values.equals(settings.values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }
}
