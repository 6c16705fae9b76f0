package org.hotbackup.server;

import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import org.hotbackup.control.settings.NodeSetting;
import org.hotbackup.control.settings.NodeSettings;

/**
 * How the node sends mail.
 *
 * @param host the SMTP server, empty if the node sends none
 * @param port its port
 * @param from the sender
 * @param user name to log in with, empty if none is asked for
 * @param password its password
 * @param tls {@code off}, {@code starttls} or {@code on} from the first byte
 */
record MailSettings(String host, String port, String from, String user, String password, String tls) {

    private static final String PATIENCE_MILLIS = "10000";

    /**
     * As the node is configured.
     *
     * @throws org.hotbackup.control.messages.Refusal if one of them cannot be used
     */
    static MailSettings of(NodeSettings configured) {
        return new MailSettings(
                configured.text(NodeSetting.MAIL_HOST),
                configured.text(NodeSetting.MAIL_PORT),
                configured.text(NodeSetting.MAIL_FROM),
                configured.text(NodeSetting.MAIL_USER),
                configured.text(NodeSetting.MAIL_PASSWORD),
                configured.text(NodeSetting.MAIL_TLS).toLowerCase(Locale.ROOT));
    }

    /** What must be set or changed before mail can be sent, empty if nothing. */
    Optional<String> trouble() {
        if (host.isEmpty()) {
            return Optional.of("no SMTP server is configured, set " + NodeSetting.MAIL_HOST.key());
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
