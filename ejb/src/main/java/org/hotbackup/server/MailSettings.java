package org.hotbackup.server;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import org.eclipse.microprofile.config.Config;

/**
 * How the node sends mail.
 *
 * @param host the SMTP server, empty if the node sends none ({@code hotbackup.mail.host})
 * @param port its port ({@code hotbackup.mail.port}, 25)
 * @param from the sender ({@code hotbackup.mail.from}, {@code hot-backup@localhost})
 * @param user name to log in with, empty if none is asked for ({@code hotbackup.mail.user})
 * @param password its password ({@code hotbackup.mail.password})
 * @param tls {@code off}, {@code starttls} or {@code on} from the first byte ({@code hotbackup.mail.tls}, off)
 */
record MailSettings(String host, String port, String from, String user, String password, String tls) {

    private static final String PATIENCE_MILLIS = "10000";

    static MailSettings of(Config config) {
        return new MailSettings(
                text(config, "host", ""),
                text(config, "port", "25"),
                text(config, "from", "hot-backup@localhost"),
                text(config, "user", ""),
                text(config, "password", ""),
                text(config, "tls", "off").toLowerCase(Locale.ROOT));
    }

    private static String text(Config config, String key, String otherwise) {
        return config.getOptionalValue("hotbackup.mail." + key, String.class).orElse(otherwise);
    }

    /** What must be set or changed before mail can be sent, empty if nothing. */
    Optional<String> trouble() {
        if (host.isEmpty()) {
            return Optional.of("no SMTP server is configured, set hotbackup.mail.host");
        }
        if (!port.matches("[0-9]{1,5}")) {
            return Optional.of("hotbackup.mail.port is '" + port + "', give the number of a port");
        }
        if (!List.of("off", "starttls", "on").contains(tls)) {
            return Optional.of("hotbackup.mail.tls is '" + tls + "', give off, starttls or on");
        }
        return Optional.empty();
    }

    /** For Jakarta Mail; nothing waits for longer than ten seconds. */
    Properties properties() {
        Properties properties = new Properties();
        properties.setProperty("mail.smtp.host", host);
        properties.setProperty("mail.smtp.port", port);
        properties.setProperty("mail.smtp.auth", Boolean.toString(!user.isEmpty()));
        properties.setProperty("mail.smtp.connectiontimeout", PATIENCE_MILLIS);
        properties.setProperty("mail.smtp.timeout", PATIENCE_MILLIS);
        properties.setProperty("mail.smtp.writetimeout", PATIENCE_MILLIS);
        properties.setProperty("mail.smtp.ssl.checkserveridentity", "true");
        properties.setProperty("mail.smtp.ssl.enable", Boolean.toString(tls.equals("on")));
        properties.setProperty("mail.smtp.starttls.enable", Boolean.toString(tls.equals("starttls")));
        properties.setProperty("mail.smtp.starttls.required", Boolean.toString(tls.equals("starttls")));
        return properties;
    }
}
