package org.hotbackup.management;

import java.time.Instant;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import javax.management.MBeanNotificationInfo;
import javax.management.Notification;
import javax.management.NotificationBroadcasterSupport;
import javax.management.ObjectName;
import org.hotbackup.control.Notice;
import org.hotbackup.control.messages.MessageCode;

/**
 * The messages of one server as JMX notifications. The type is {@code org.hotbackup.server.SEVERITY.MESSAGEID}, for example
 * {@code org.hotbackup.server.warning.HB2014}, so that a console can subscribe to a severity or to one message; sequence
 * numbers begin at 1 and have no gaps. Thread-safe.
 */
final class ServerNotifications extends NotificationBroadcasterSupport {

    private static final String PREFIX = "org.hotbackup.server.";

    private final ObjectName source;
    private final AtomicLong sequence = new AtomicLong();

    /** Those of one server, sent by this executor. */
    ServerNotifications(ObjectName source, Executor sender) {
        super(sender, info());
        this.source = source;
    }

    private static MBeanNotificationInfo info() {
        String[] types = new String[MessageCode.values().length];
        for (MessageCode code : MessageCode.values()) {
            types[code.ordinal()] = PREFIX + code.severity().word() + "." + code.id();
        }
        return new MBeanNotificationInfo(
                types, Notification.class.getName(), "A message of the server; the type ends with its number");
    }

    void send(Notice notice) {
        String type = PREFIX + notice.severity() + "." + notice.messageId();
        long time = Instant.parse(notice.time()).toEpochMilli();
        sendNotification(new Notification(type, source, sequence.incrementAndGet(), time, notice.text()));
    }
}
