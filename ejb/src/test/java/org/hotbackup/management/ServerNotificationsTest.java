package org.hotbackup.management;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.management.MBeanServer;
import javax.management.Notification;
import javax.management.NotificationFilterSupport;
import javax.management.ObjectName;
import org.hotbackup.control.Notice;
import org.hotbackup.control.TransactionLogQueueMXBean;
import org.hotbackup.control.messages.MessageCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("HB-058")
class ServerNotificationsTest {

    private static final long PATIENCE_SECONDS = 30;

    private final MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
    private final ExecutorService sender = Executors.newSingleThreadExecutor();
    private final MBeanRegistrar registrar = new MBeanRegistrar(new ControlGuard());
    private final BlockingQueue<Notification> heard = new LinkedBlockingQueue<>();
    private ObjectName name;
    private ServerNotifications notifications;

    @BeforeEach
    void register() throws Exception {
        name = new ObjectName("org.hotbackup.test:type=Server,name=todev");
        notifications = new ServerNotifications(name, sender);
        registrar.register(name, new QueueControl(), TransactionLogQueueMXBean.class, notifications);
    }

    @AfterEach
    void unregister() {
        registrar.unregisterAll();
        sender.shutdownNow();
    }

    private void send(long number, MessageCode code, Object... values) {
        notifications.send(new Notice(
                number, "2026-03-31T12:00:00Z", "todev", code.severity().word(), code.id(), code.text(values)));
    }

    private Notification hear() throws InterruptedException {
        return heard.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    @Test
    void shouldBeTypedByTheMessageAndNumberedWithoutGaps() throws Exception {
        beans.addNotificationListener(name, (notification, handback) -> heard.add(notification), null, null);

        send(17, MessageCode.QUEUE_HAS_GROWN, 600);
        send(23, MessageCode.QUEUE_UNAVAILABLE, "it is gone");

        Notification first = hear();
        Notification second = hear();
        assertThat(first.getType()).isEqualTo("org.hotbackup.server.warning.HB2014");
        assertThat(first.getSource()).isEqualTo(name);
        assertThat(first.getSequenceNumber()).isEqualTo(1);
        assertThat(first.getTimeStamp()).isEqualTo(1_774_958_400_000L);
        assertThat(first.getMessage()).isEqualTo(MessageCode.QUEUE_HAS_GROWN.text(600));
        assertThat(second.getType()).isEqualTo("org.hotbackup.server.error.HB2037");
        assertThat(second.getSequenceNumber()).isEqualTo(2);
    }

    @Test
    void shouldBeFilteredByTheBeginningOfTheirType() throws Exception {
        NotificationFilterSupport errors = new NotificationFilterSupport();
        errors.enableType("org.hotbackup.server.error");
        beans.addNotificationListener(name, (notification, handback) -> heard.add(notification), errors, null);

        send(1, MessageCode.QUEUE_HAS_GROWN, 600);
        send(2, MessageCode.QUEUE_UNAVAILABLE, "it is gone");

        assertThat(hear().getType()).isEqualTo("org.hotbackup.server.error.HB2037");
    }

    @Test
    void shouldAnnounceTheTypesOfAllMessages() throws Exception {
        assertThat(beans.getMBeanInfo(name).getNotifications()).singleElement().satisfies(info -> assertThat(
                        info.getNotifTypes())
                .hasSameSizeAs(MessageCode.values())
                .contains("org.hotbackup.server.information.HB2016", "org.hotbackup.server.warning.HB2013"));
    }
}
