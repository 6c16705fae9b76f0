package org.hotbackup.server;

import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.Deque;
import java.util.Optional;
import org.hotbackup.control.Notice;
import org.hotbackup.control.messages.MessageCode;

/** Notices by mail: all that wait for a user in one message. */
final class MailDelivery implements NoticeDelivery {

    private final MailSettings settings;
    private final String node;

    MailDelivery(MailSettings settings, String node) {
        this.settings = settings;
        this.node = node;
    }

    @Override
    public void deliver(NoticeAddress address, Deque<Notice> notices) throws NotDelivered {
        Optional<String> trouble = settings.trouble();
        if (trouble.isPresent()) {
            throw new NotDelivered(trouble.get());
        }
        try {
            MimeMessage message = new MimeMessage(Session.getInstance(settings.properties()));
            message.setFrom(new InternetAddress(settings.from()));
            message.setRecipient(Message.RecipientType.TO, new InternetAddress(address.mail()));
            message.setSubject(subject(notices.getFirst()), StandardCharsets.UTF_8.name());
            message.setSentDate(Date.from(Instant.parse(notices.getLast().time())));
            message.setText(text(notices), StandardCharsets.UTF_8.name());
            if (settings.user().isEmpty()) {
                Transport.send(message);
            } else {
                Transport.send(message, settings.user(), settings.password());
            }
            notices.clear();
        } catch (MessagingException e) {
            throw new NotDelivered(e.getMessage());
        }
    }

    private static String subject(Notice first) {
        return MessageCode.NOTICE_FROM_SERVER.text(first.server()) + ": " + first.text();
    }

    private String text(Deque<Notice> notices) {
        StringBuilder text = new StringBuilder();
        for (Notice notice : notices) {
            text.append(MessageCode.NOTICE_FROM_SERVER.text(notice.server()))
                    .append("\r\n")
                    .append(notice.time())
                    .append("  ")
                    .append(notice.messageId())
                    .append("  ")
                    .append(notice.text())
                    .append("\r\n\r\n");
        }
        return text.append("Node ").append(node).append("\r\n").toString();
    }
}
