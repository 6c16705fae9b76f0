package org.hotbackup.management;

import java.time.Instant;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import javax.management.MBeanNotificationInfo;
import javax.management.Notification;
import javax.management.NotificationBroadcasterSupport;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import javax.management.openmbean.CompositeDataSupport;
import javax.management.openmbean.CompositeType;
import javax.management.openmbean.OpenDataException;
import javax.management.openmbean.OpenType;
import javax.management.openmbean.SimpleType;
import org.hotbackup.control.Notice;

/**
 * The servers' messages as JMX notifications of one bean. The type is the {@link Topic}'s, the text is the message's; the
 * user data say number, server, severity and message id. Sequence numbers begin at 1 for each bean and have no gaps.
 * Thread-safe.
 */
final class TopicNotifications extends NotificationBroadcasterSupport {

    private static final String[] ITEMS = {"number", "server", "severity", "messageId"};
    private static final CompositeType USER_DATA = userDataType();

    private final ObjectName source;
    private final Set<Topic> topics;
    private final String server;
    private final AtomicLong sequence = new AtomicLong();

    /**
     * Those of one bean.
     *
     * @param contract the bean's, which says what is told
     * @param sender sends them
     */
    TopicNotifications(ObjectName source, Class<?> contract, Executor sender) {
        super(
                sender,
                Topic.toldBy(contract).stream().map(TopicNotifications::info).toArray(MBeanNotificationInfo[]::new));
        this.source = source;
        this.topics = Topic.toldBy(contract);
        this.server = source.getKeyProperty("name");
    }

    private static MBeanNotificationInfo info(Topic topic) {
        return new MBeanNotificationInfo(
                new String[] {topic.type()}, Notification.class.getName(), topic.description());
    }

    private static CompositeType userDataType() {
        try {
            return new CompositeType(
                    "Notice",
                    "A message of a server",
                    ITEMS,
                    new String[] {
                        "Counts the messages of all servers since the node started",
                        "The server that said it",
                        "information, warning or error",
                        "The number of the message in the catalogue"
                    },
                    new OpenType<?>[] {SimpleType.LONG, SimpleType.STRING, SimpleType.STRING, SimpleType.STRING});
        } catch (OpenDataException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Tells it, if this bean is for such messages. */
    void tell(Notice notice) {
        Topic topic = Topic.of(notice.messageId());
        if (!topics.contains(topic) || server != null && !server.equals(notice.server())) {
            return;
        }
        Notification notification = new Notification(
                topic.type(),
                source,
                sequence.incrementAndGet(),
                Instant.parse(notice.time()).toEpochMilli(),
                notice.text());
        notification.setUserData(userData(notice));
        sendNotification(notification);
    }

    private static CompositeData userData(Notice notice) {
        try {
            return new CompositeDataSupport(USER_DATA, ITEMS, new Object[] {
                notice.number(), notice.server(), notice.severity(), notice.messageId()
            });
        } catch (OpenDataException e) {
            throw new IllegalStateException(e);
        }
    }
}
