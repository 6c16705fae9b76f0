package org.hotbackup.server;

import java.util.Locale;
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
record MailSettings(String host, int port, String from, String user, String password, String tls) {

    private static final String PATIENCE_MILLIS = "10000";

    static MailSettings of(Config config) {
        return new MailSettings(
                text(config, "host", ""),
                config.getOptionalValue("hotbackup.mail.port", Integer.class).orElse(25),
                text(config, "from", "hot-backup@localhost"),
                text(config, "user", ""),
                text(config, "password", ""),
                text(config, "tls", "off").toLowerCase(Locale.ROOT));
    }

    private static String text(Config config, String key, String otherwise) {
        return config.getOptionalValue("hotbackup.mail." + key, String.class).orElse(otherwise);
    }

    /** For Jakarta Mail; nothing waits for longer than ten seconds. */
    Properties properties() {
        Properties properties = new Properties();
        properties.setProperty("mail.smtp.host", host);
        properties.setProperty("mail.smtp.port", Integer.toString(port));
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
