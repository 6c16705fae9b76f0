package org.hotbackup.control.settings;

import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;

/**
 * The setup of one tape-socket server: a valid value for every setting that applies to its direction, and no other. Immutable.
 */
public final class TapeSettings {

    private static final String LOOPBACK = "127.0.0.1";
    private static final String LOOPBACK_HOSTS = "localhost|127(\\.[0-9]{1,3}){3}|::1";

    private static final Set<TapeSetting> LINE =
            EnumSet.of(TapeSetting.HOST, TapeSetting.PORT, TapeSetting.CALL_ATTEMPTS, TapeSetting.INSECURE);

    /** A label fits into a block of a log tape, and the block's length into the label. */
    private static final int SMALLEST_LOG_BLOCK = 80;

    private static final int LARGEST_LOG_BLOCK = 65_535;

    private final Map<TapeSetting, String> values;

    private TapeSettings(Map<TapeSetting, String> values) {
        this.values = Collections.unmodifiableMap(values);
    }

    /**
     * Reads a text of {@code key=value} words; a value with blanks stands in double quotes.
     *
     * @throws Refusal if a word is malformed, a key unknown, a value not valid, a setting missing or not applicable
     */
    public static TapeSettings parse(String text) {
        return of(given(text));
    }

    /**
     * The same with what is given changed; with another direction, a new setup.
     *
     * @throws Refusal as {@link #parse}
     */
    public TapeSettings changedBy(String text) {
        Map<TapeSetting, String> given = given(text);
        String direction = given.getOrDefault(TapeSetting.DIRECTION, get(TapeSetting.DIRECTION));
        if (TapeSetting.DIRECTION.checked(direction).equals(get(TapeSetting.DIRECTION))) {
            boolean hasPipe = given.containsKey(TapeSetting.PIPE);
            values.forEach(given::putIfAbsent);
            if (!hasPipe && "on".equals(given.get(TapeSetting.LINKED))) {
                given.remove(TapeSetting.PIPE);
            }
        }
        return of(given);
    }

    /**
     * Whether what is given would give it the other direction.
     *
     * @throws Refusal if a word is malformed, a key unknown, or the direction not valid
     */
    public boolean isTurnedBy(String text) {
        String direction = given(text).get(TapeSetting.DIRECTION);
        return direction != null && !TapeSetting.DIRECTION.checked(direction).equals(get(TapeSetting.DIRECTION));
    }

    private static Map<TapeSetting, String> given(String text) {
        Map<TapeSetting, String> given = new EnumMap<>(TapeSetting.class);
        SettingWords.parse(text, TapeSettings::unknown)
                .forEach((key, value) -> given.put(TapeSetting.ofKey(key).orElseThrow(() -> unknown(key)), value));
        return given;
    }

    private static Refusal unknown(String word) {
        return new Refusal(MessageCode.SETTING_UNKNOWN, word, TapeSetting.keys());
    }

    /**
     * Checks given values and adds the defaults.
     *
     * @throws Refusal as {@link #parse}
     */
    public static TapeSettings of(Map<TapeSetting, String> given) {
        if (!given.containsKey(TapeSetting.DIRECTION)) {
            throw missing(TapeSetting.DIRECTION);
        }
        String direction = TapeSetting.DIRECTION.checked(given.get(TapeSetting.DIRECTION));
        boolean linked = given.containsKey(TapeSetting.LINKED)
                && TapeSetting.LINKED.checked(given.get(TapeSetting.LINKED)).equals("on");
        boolean kept = direction.equals("output")
                && !given.getOrDefault(TapeSetting.TAPE, "").isEmpty();
        if (kept && !linked) {
            throw new Refusal(MessageCode.TAPE_WITHOUT_LOG);
        }
        Map<TapeSetting, String> complete = new EnumMap<>(TapeSetting.class);
        for (TapeSetting setting : TapeSetting.values()) {
            String value = given.get(setting);
            if (kept && LINE.contains(setting)) {
                continue; // it has no other side
            }
            if (setting == TapeSetting.PIPE && linked) {
                refusePipe(value);
                continue; // it sends its queue or applies what arrives, whatever is given here
            }
            if (setting.appliesTo(direction)) {
                complete.put(
                        setting,
                        value == null
                                ? setting.defaultValue().orElseThrow(() -> missing(setting))
                                : setting.checked(value));
            } else if (value != null) {
                throw new Refusal(MessageCode.TAPE_SETTING_NOT_APPLICABLE, setting.label(), direction);
            }
        }
        String host = complete.getOrDefault(TapeSetting.HOST, LOOPBACK);
        if (complete.getOrDefault(TapeSetting.INSECURE, "off").equals("on") && !host.matches(LOOPBACK_HOSTS)) {
            throw new Refusal(MessageCode.INSECURE_NOT_LOOPBACK, host);
        }
        TapeSettings settings = new TapeSettings(complete);
        if (linked && settings.isOutput()) {
            refuseBlockSize(settings.number(TapeSetting.BLOCK_SIZE));
        }
        return settings;
    }

    /** A form has an empty field for it. */
    private static void refusePipe(String given) {
        if (given != null && !given.isBlank()) {
            throw new Refusal(MessageCode.LINKED_PIPE);
        }
    }

    private static void refuseBlockSize(int size) {
        if (size < SMALLEST_LOG_BLOCK || size > LARGEST_LOG_BLOCK) {
            throw new Refusal(MessageCode.LOG_TAPE_BLOCK_SIZE, size, SMALLEST_LOG_BLOCK, LARGEST_LOG_BLOCK);
        }
    }

    private static Refusal missing(TapeSetting setting) {
        return new Refusal(MessageCode.SETTING_MISSING, setting.label(), setting.valid());
    }

    /** The value of a setting, empty if it does not apply to this direction. */
    public String get(TapeSetting setting) {
        return values.getOrDefault(setting, "");
    }

    /** The value of a numeric setting that applies to this direction. */
    public int number(TapeSetting setting) {
        return Integer.parseInt(values.get(setting));
    }

    /** Whether it is an output server. */
    public boolean isOutput() {
        return get(TapeSetting.DIRECTION).equals("output");
    }

    /** Whether it is linked to the transaction logger: it sends the log, or applies what arrives, and has no pipe. */
    public boolean isLinked() {
        return get(TapeSetting.LINKED).equals("on");
    }

    /** Whether it applies the transaction log that arrives. */
    public boolean appliesLog() {
        return isLinked() && !isOutput();
    }

    /** Whether it writes the transaction log to tapes of its own node, and has no other side. */
    public boolean keepsLog() {
        return !get(TapeSetting.TAPE).isEmpty();
    }

    /** Whether its link is without encryption and certificates. */
    public boolean isInsecure() {
        return get(TapeSetting.INSECURE).equals("on");
    }

    /** As a text that {@link #parse} reads. */
    public String text() {
        return values.entrySet().stream()
                .map(value -> value.getKey().key() + "=\"" + value.getValue() + '"')
                .collect(Collectors.joining(" "));
    }

    /** Every setting that applies, in the order of the form. */
    public Map<TapeSetting, String> values() {
        return values;
    }
}
