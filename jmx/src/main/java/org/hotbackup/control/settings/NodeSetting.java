package org.hotbackup.control.settings;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;

/**
 * The settings of a node: every key of {@code node.properties} and {@code secrets.properties}. They are read when the node
 * starts. On a full application server the same keys are system properties, or come from any other source of MicroProfile
 * Config.
 */
public enum NodeSetting {
    NODE_ID(
            "hotbackup.node.id",
            Place.MADE,
            null,
            "a UUID",
            "The node's identity, by which peers and refusals name it; a copy of the home has the same.",
            v -> true),
    NODE_NAME(
            "hotbackup.node.name",
            Place.MADE,
            null,
            "a name",
            "The name that the node was made with; it is called as its folder is.",
            v -> true),
    NODE_KIND(
            "hotbackup.node.kind",
            Place.MADE,
            "main",
            "main, or vmrest for a small node that hosts tape-socket servers only",
            "What the node is for: all of it, or, made with node create --vmrest, to receive what another node is restored from.",
            v -> v.equals("main") || v.equals("vmrest")),
    NODE_HOME(
            "hotbackup.node.home",
            Place.MADE,
            null,
            "a folder",
            "The node's home. Told to the node at each start; only homes of older versions name it themselves.",
            v -> true),
    HTTP_PORT(
            "hotbackup.http.port",
            Place.CONFIGURATION,
            null,
            "a port number from 1 to 65535",
            "TCP port of the Faces page and of REST, on loopback.",
            range(1, 65_535)),
    JMX_PORT(
            "hotbackup.jmx.port",
            Place.CONFIGURATION,
            null,
            "a port number from 1 to 65535",
            "TCP port of the JMX connector for this machine, on loopback; the hot-backup command uses it too.",
            range(1, 65_535)),
    JMX_REMOTE_HOST(
            "hotbackup.jmx.remote.host",
            Place.CONFIGURATION,
            "",
            "a name or address of this machine",
            "Where JMX consoles on other machines reach the node, over TLS; without host and port they do not.",
            v -> true),
    JMX_REMOTE_PORT(
            "hotbackup.jmx.remote.port",
            Place.CONFIGURATION,
            "",
            "a port number from 1 to 65535",
            "TCP port of the remote JMX connector, and of its registry.",
            range(1, 65_535)),
    LINK_BIND(
            "hotbackup.link.bind",
            Place.CONFIGURATION,
            "127.0.0.1",
            "an address or host name of this machine, or 0.0.0.0 for all of them",
            "Where slave servers listen for their masters; each server has a TCP port of its own.",
            v -> v.matches("[A-Za-z0-9._:%-]{1,255}")),
    STORE_URL(
            "hotbackup.store.url",
            Place.CONFIGURATION,
            null,
            "a JDBC URL that begins with jdbc:h2: or jdbc:postgresql:",
            "The database. A path after jdbc:h2:file: that begins with ./ is one in the home.",
            v -> v.startsWith("jdbc:h2:") || v.startsWith("jdbc:postgresql:")),
    STORE_USER("hotbackup.store.user", Place.CONFIGURATION, "", "a name", "The user of the database.", v -> true),
    DISK_RESERVE_MB(
            "hotbackup.disk.reserve.mb",
            Place.CONFIGURATION,
            "256",
            "megabytes from 1 to 1000000",
            "Updates are refused while less of the home's disk is free; the transaction log queue takes them down to half of it."
                    + " A save stops where less would be free of the disk that its tape is on.",
            range(1, 1_000_000)),
    HEALTH_BOUND_SECONDS(
            "hotbackup.health.bound.seconds",
            Place.CONFIGURATION,
            "120",
            "seconds from 30 to 86400",
            "How long a station of the node's heartbeat may take before the node counts as stuck.",
            range(30, 86_400)),
    TAPE_DEVICES(
            "hotbackup.tape.devices",
            Place.CONFIGURATION,
            "tape0 tapes/tape0 500 f; tape1 tapes/tape1.gz 16384 p; pipe pipes/tape 500 c",
            "up to 16 devices separated by semicolons, each a name, a path, a block size, a type, perhaps options and perhaps the"
                    + " size of a reel, for example 720k, 100m or 2g",
            "The tape devices; nobody can name another path. Types: f is a pseudo-tape, p a compressed one, c a named pipe,"
                    + " d, h, q and v a tape unit or other special file. Options: l gives each block a link field, as 500"
                    + " bytes always have one, x is there for lines of other systems: tapes of other block sizes are read anyway, r only reads. A pseudo-tape with a size of"
                    + " reel goes on with PATH-2, PATH-3 and so on where that is reached. Paths are"
                    + " from the home on unless they begin with a slash.",
            TapeDeviceDefinition::isValid),
    JVM_OPTIONS(
            "hotbackup.jvm.options",
            Place.CONFIGURATION,
            "-Xms128m -Xmx768m -XX:MetaspaceSize=128m -XX:MaxMetaspaceSize=224m -XX:MaxDirectMemorySize=96m"
                    + " -XX:ReservedCodeCacheSize=80m -XX:+UseParallelGC -XX:MaxNewSize=128m"
                    + " -XX:+ExitOnOutOfMemoryError -Djdk.nio.maxCachedBufferSize=262144",
            "options of java, separated by blanks",
            "Options of the node's JVM, in place of the default ones.",
            v -> true),
    APP(
            "hotbackup.app",
            Place.CONFIGURATION,
            "",
            "the path of a WAR",
            "Runs this WAR instead of the one that belongs to the hot-backup command.",
            v -> true),
    MAIL_HOST(
            "hotbackup.mail.host",
            Place.CONFIGURATION,
            "",
            "a host name or address",
            "The SMTP server for notices to users who have a mail address; without one the node sends no mail.",
            v -> v.matches("[A-Za-z0-9._:-]{1,255}")),
    MAIL_PORT(
            "hotbackup.mail.port",
            Place.CONFIGURATION,
            "25",
            "a port number from 1 to 65535",
            "The SMTP server's TCP port.",
            range(1, 65_535)),
    MAIL_FROM(
            "hotbackup.mail.from",
            Place.CONFIGURATION,
            "hot-backup@localhost",
            "a mail address",
            "The sender of notices.",
            v -> v.contains("@")),
    MAIL_USER(
            "hotbackup.mail.user",
            Place.CONFIGURATION,
            "",
            "a name",
            "The user of the SMTP server, if it asks for one.",
            v -> true),
    MAIL_TLS(
            "hotbackup.mail.tls",
            Place.CONFIGURATION,
            "off",
            "off, starttls, or on (from the first byte)",
            "Whether mail goes to the SMTP server over TLS.",
            v -> v.matches("(?i)off|starttls|on")),
    STORE_PASSWORD("hotbackup.store.password", Place.SECRETS, "", "a password", "Of the database's user.", v -> true),
    KEYS_PASSWORD(
            "hotbackup.keys.password",
            Place.SECRETS,
            null,
            "a password",
            "Of the node's key store, keys/node.p12.",
            v -> true),
    LOCAL_SECRET(
            "hotbackup.local.secret",
            Place.SECRETS,
            null,
            "a password",
            "Of the pseudo user local, as whom the hot-backup command of this machine comes: an admin.",
            v -> true),
    MAIL_PASSWORD("hotbackup.mail.password", Place.SECRETS, "", "a password", "Of the SMTP server's user.", v -> true);

    /** Where a setting stands. */
    public enum Place {
        /** In {@code node.properties}, made with the node and not to be changed. */
        MADE,
        /** In {@code node.properties}. */
        CONFIGURATION,
        /** In {@code secrets.properties}, which only its owner may read. */
        SECRETS
    }

    /** As an option of any driver, also the one of a key's, or before the host. */
    private static final Pattern PASSWORD_IN_URL =
            Pattern.compile("[?&;][a-z_]*password\\s*=|//[^/?;@]*:[^/?;]*@", Pattern.CASE_INSENSITIVE);

    private final String key;
    private final Place place;
    private final String defaultValue;
    private final String valid;
    private final String meaning;
    private final Predicate<String> check;

    NodeSetting(String key, Place place, String defaultValue, String valid, String meaning, Predicate<String> check) {
        this.key = key;
        this.place = place;
        this.defaultValue = defaultValue;
        this.valid = valid;
        this.meaning = meaning;
        this.check = check;
    }

    private static Predicate<String> range(int from, int to) {
        return v -> v.matches("[0-9]{1,9}") && Integer.parseInt(v) >= from && Integer.parseInt(v) <= to;
    }

    /** Its key. */
    public String key() {
        return key;
    }

    /** Where it stands. */
    public Place place() {
        return place;
    }

    /** Whether it is a secret: it is never shown. */
    public boolean isSecret() {
        return place == Place.SECRETS;
    }

    /** The default, an empty text if it may be left out without one; empty if it must be given. */
    public Optional<String> defaultValue() {
        return Optional.ofNullable(defaultValue);
    }

    /** What is valid, for people. */
    public String valid() {
        return valid;
    }

    /** What it is for, a sentence or two. */
    public String meaning() {
        return meaning;
    }

    /** Whether a value can be used. */
    public boolean isValid(String value) {
        return check.test(value);
    }

    /**
     * A given value; blanks around it do not count, except in a secret.
     *
     * @param where it is given
     * @throws Refusal if it is not valid
     */
    String checked(String given, String where) {
        String value = isSecret() ? given : given.strip();
        if (this == STORE_URL && hasPassword(value)) {
            throw new Refusal(MessageCode.STORE_URL_WITH_PASSWORD, where, key, STORE_USER.key, STORE_PASSWORD.key);
        }
        if (!check.test(value)) {
            throw new Refusal(MessageCode.NODE_SETTING_MALFORMED, value, where, key, valid);
        }
        return value;
    }

    /** Whether a URL of the store has a password in it, which belongs into {@link #STORE_PASSWORD}: messages show the URL. */
    public static boolean hasPassword(String storeUrl) {
        return PASSWORD_IN_URL.matcher(storeUrl).find();
    }

    /** The setting of this key, if there is one. */
    public static Optional<NodeSetting> ofKey(String key) {
        return Arrays.stream(values()).filter(s -> s.key.equals(key)).findFirst();
    }
}
