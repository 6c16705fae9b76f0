package org.hotbackup.control.settings;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;

/**
 * The settings of a replication server: the fields of the manual's Setup Server, in their order (HB-050 to HB-061). The
 * protocol is always inet and no setting (HB-054). The target VME name of later releases (HB-064) is none either: a TCP
 * port belongs to one slave server of one node, so host and port say which.
 */
public enum ServerSetting implements Setting {
    TYPE("type", "Server type", Applies.BOTH, null, "master or slave", v -> v.equals("master") || v.equals("slave")),
    HOST("host", "Host name", Applies.MASTER, null, "the host of the slave", v -> v.matches("[A-Za-z0-9._:-]{1,255}")),
    PORT("port", "TCP port number", Applies.BOTH, null, "a number from 1024 to 32767", range(1024, 32767)),
    CHECK_PERIOD(
            "check-period",
            "Check period",
            Applies.MASTER,
            "300",
            "seconds from 0 (no checks) to 86400",
            range(0, 86400)),
    TXLOG_TIMER(
            "txlog-timer",
            "TxLog timer",
            Applies.MASTER,
            "0",
            "seconds from 0 (as soon as something is queued) to 3600",
            range(0, 3600)),
    LOG_SLAVE_UPDATE(
            "log-slave-update",
            "Log slave update",
            Applies.SLAVE,
            "off",
            "on or off",
            v -> v.equals("on") || v.equals("off")),
    NOTIFY(
            "notify",
            "Notify list",
            Applies.BOTH,
            "",
            "up to 50 users and ports separated by commas, for example dm,bob,!0",
            NotifyList::isValid),
    APPLY_UPDATES(
            "apply-updates", "Apply updates", Applies.SLAVE, "on", "on or off", v -> v.equals("on") || v.equals("off")),
    AUTO_CREATE("auto-create", "Auto create", Applies.SLAVE, "on", "on or off", v -> v.equals("on") || v.equals("off")),
    COMMENTS("comments", "Comments", Applies.BOTH, "", "text in one line without quotation marks", v -> v.chars()
            .noneMatch(c -> Character.isISOControl(c) || c == '"')),
    /** Ours, not the manual's: a link without TLS, between two nodes of one machine only. */
    INSECURE("insecure", "Insecure", Applies.BOTH, "off", "on or off", v -> v.equals("on") || v.equals("off"));

    /** To which type of server a setting applies. */
    public enum Applies {
        MASTER,
        SLAVE,
        BOTH
    }

    private final String key;
    private final String label;
    private final Applies applies;
    private final String defaultValue;
    private final String valid;
    private final Predicate<String> check;

    ServerSetting(
            String key, String label, Applies applies, String defaultValue, String valid, Predicate<String> check) {
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

    /** Whether it applies to this type of server, {@code master} or {@code slave}. */
    @Override
    public boolean appliesTo(String serverType) {
        return applies == Applies.BOTH
                || applies.name().toLowerCase(Locale.ROOT).equals(serverType);
    }

    @Override
    public String checked(String value) {
        boolean asGiven = this == COMMENTS || this == NOTIFY;
        String canonical = asGiven ? value : value.strip().toLowerCase(Locale.ROOT);
        if (!check.test(canonical)) {
            throw new Refusal(MessageCode.SETTING_OUT_OF_RANGE, label, value, valid);
        }
        return this == NOTIFY ? NotifyList.parse(canonical).toString() : canonical;
    }

    /** The setting of this key, if there is one. */
    public static Optional<ServerSetting> ofKey(String key) {
        return Arrays.stream(values()).filter(s -> s.key.equals(key)).findFirst();
    }
}
