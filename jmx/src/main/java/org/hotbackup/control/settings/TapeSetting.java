package org.hotbackup.control.settings;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;

/** The settings of a tape-socket server: the fields of its setup (TS-008) and the keywords of the command (TS-005). */
public enum TapeSetting implements Setting {
    DIRECTION(
            "direction",
            "Direction",
            Applies.BOTH,
            null,
            "input or output",
            v -> v.equals("input") || v.equals("output")),
    HOST(
            "host",
            "Host name",
            Applies.OUTPUT,
            null,
            "the host of the input server",
            v -> v.matches("[A-Za-z0-9._:-]{1,255}")),
    PORT("port", "TCP port number", Applies.BOTH, null, "a number from 1024 to 32767", range(1024, 32767)),
    PIPE(
            "pipe",
            "Pipe",
            Applies.BOTH,
            null,
            "the full path of a pipe, or a name of letters, digits, dots and dashes for one in the node's own folder",
            TapeSetting::isPipe),
    BLOCK_SIZE(
            "block-size",
            "Block size",
            Applies.OUTPUT,
            "512",
            "bytes from 20 to 65536; 512 for pseudo-floppies",
            range(20, 65536)),
    CALL_ATTEMPTS(
            "callrep",
            "Call attempts",
            Applies.OUTPUT,
            "0",
            "a number from 0 (calls until it is answered) to 99999",
            range(0, 99_999)),
    LINKED(
            "linked",
            "Linked to transaction logger",
            Applies.BOTH,
            "off",
            "on or off; on sends the transaction log instead of what is written to a pipe, and applies it where it arrives",
            v -> v.equals("on") || v.equals("off")),
    /** Ours: startlog without a pair. */
    TAPE(
            "tape",
            "Tape",
            Applies.OUTPUT,
            "",
            "empty, or a name of letters, digits, dots and dashes: with linked=on the log is written to tapes of this node, NAME.1, NAME.2 ..., and not sent",
            v -> v.isEmpty() || v.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,99}")),
    NOTIFY(
            "notify",
            "Notify list",
            Applies.BOTH,
            "",
            "up to 50 users and ports separated by commas, for example dm,bob,!0",
            NotifyList::isValid),
    COMMENTS("comments", "Comments", Applies.BOTH, "", "text in one line without quotation marks", v -> v.chars()
            .noneMatch(c -> Character.isISOControl(c) || c == '"')),
    /** Ours, not the manual's: a link without TLS, between two nodes of one machine only. */
    INSECURE("insecure", "Insecure", Applies.BOTH, "off", "on or off", v -> v.equals("on") || v.equals("off"));

    /** To which direction of server a setting applies. */
    public enum Applies {
        OUTPUT,
        BOTH
    }

    private static final int LONGEST_PATH = 1_000;

    private final String key;
    private final String label;
    private final Applies applies;
    private final String defaultValue;
    private final String valid;
    private final Predicate<String> check;

    TapeSetting(String key, String label, Applies applies, String defaultValue, String valid, Predicate<String> check) {
        this.key = key;
        this.label = label;
        this.applies = applies;
        this.defaultValue = defaultValue;
        this.valid = valid;
        this.check = check;
    }

    private static Predicate<String> range(int from, int to) {
        return v -> v.matches("[0-9]{1,9}") && Integer.parseInt(v) >= from && Integer.parseInt(v) <= to;
    }

    private static boolean isPipe(String path) {
        boolean name = path.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");
        boolean absolute = path.matches("/[^\"\\p{Cntrl}]+") && path.length() <= LONGEST_PATH;
        return name || absolute && !(path + "/").contains("/../");
    }

    @Override
    public String key() {
        return key;
    }

    @Override
    public String label() {
        return label;
    }

    @Override
    public String valid() {
        return valid;
    }

    @Override
    public Optional<String> defaultValue() {
        return Optional.ofNullable(defaultValue);
    }

    /** Whether it applies to a server of this direction, {@code input} or {@code output}. */
    @Override
    public boolean appliesTo(String direction) {
        return applies == Applies.BOTH || direction.equals("output");
    }

    @Override
    public String checked(String value) {
        boolean asGiven = this == COMMENTS || this == NOTIFY || this == PIPE || this == TAPE;
        String canonical = asGiven ? value : value.strip().toLowerCase(Locale.ROOT);
        if (!check.test(canonical)) {
            throw new Refusal(MessageCode.SETTING_OUT_OF_RANGE, label, value, valid);
        }
        return this == NOTIFY ? NotifyList.parse(canonical).toString() : canonical;
    }

    /** The keys of all of them, for people. */
    public static String keys() {
        return Arrays.stream(values()).map(TapeSetting::key).collect(Collectors.joining(", "));
    }

    /** The setting of this key, if there is one. */
    public static Optional<TapeSetting> ofKey(String key) {
        return Arrays.stream(values()).filter(s -> s.key.equals(key)).findFirst();
    }
}
