package org.hotbackup.management;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import javax.management.MBeanServer;
import javax.management.Notification;
import javax.management.NotificationFilterSupport;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import org.hotbackup.control.LostAndFoundMXBean;
import org.hotbackup.control.Notice;
import org.hotbackup.control.ServerMXBean;
import org.hotbackup.control.VerificationMXBean;
import org.hotbackup.control.messages.MessageCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("HB-058")
class TopicNotificationsTest {

    private final MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
    private final MBeanRegistrar registrar = new MBeanRegistrar(new ControlGuard(), Runnable::run);
    private final BlockingQueue<Notification> heard = new LinkedBlockingQueue<>();
    private ObjectName todev;
    private ObjectName verification;
    private ObjectName lostAndFound;

    @BeforeEach
    void register() throws Exception {
        todev = new ObjectName("org.hotbackup.test:type=Server,name=todev");
        verification = new ObjectName("org.hotbackup.test:type=Verification,name=todev");
        lostAndFound = new ObjectName("org.hotbackup.test:type=LostAndFound");
        registrar.register(todev, ContractBeans.idle(ServerMXBean.class), ServerMXBean.class);
        registrar.register(verification, ContractBeans.idle(VerificationMXBean.class), VerificationMXBean.class);
        registrar.register(lostAndFound, ContractBeans.idle(LostAndFoundMXBean.class), LostAndFoundMXBean.class);
    }

    @AfterEach
    void unregister() {
        registrar.unregisterAll();
    }

    private void say(long number, String server, MessageCode code, Object... values) {
        registrar.tell(new Notice(
                number, "2026-03-31T12:00:00Z", server, code.severity().word(), code.id(), code.text(values)));
    }

    private void listen(ObjectName name) throws Exception {
        beans.addNotificationListener(name, (notification, handback) -> heard.add(notification), null, null);
    }

    private List<String> types() {
        return heard.stream().map(Notification::getType).toList();
    }

    @Test
    void shouldSayWhatItIsAboutAndBeNumberedWithoutGaps() throws Exception {
        listen(todev);

        say(17, "todev", MessageCode.QUEUE_HAS_GROWN, 600);
        say(23, "todev", MessageCode.LINK_DOWN, "standby", "it is gone");

        Notification first = heard.remove();
        Notification second = heard.remove();
        assertThat(first.getType()).isEqualTo("hotbackup.queue.threshold");
        assertThat(first.getSource()).isEqualTo(todev);
        assertThat(first.getSequenceNumber()).isEqualTo(1);
        assertThat(first.getTimeStamp()).isEqualTo(1_774_958_400_000L);
        assertThat(first.getMessage()).isEqualTo(MessageCode.QUEUE_HAS_GROWN.text(600));
        assertThat(second.getType()).isEqualTo("hotbackup.server.state");
        assertThat(second.getSequenceNumber()).isEqualTo(2);
    }

    @Test
    void shouldTellSeverityAndMessageIdAsDataOfTheJdkOnly() throws Exception {
        listen(todev);

        say(17, "todev", MessageCode.QUEUE_HAS_GROWN, 600);

        CompositeData data = (CompositeData) heard.remove().getUserData();
        assertThat(data.getAll(new String[] {"number", "server", "severity", "messageId"}))
                .containsExactly(17L, "todev", "warning", "HB2014");
    }

    @Test
    void shouldTellEachBeanWhatItIsFor() throws Exception {
        listen(verification);
        listen(lostAndFound);

        say(1, "todev", MessageCode.VERIFY_FILE_MISSING, "shop,orders");
        say(2, "other", MessageCode.VERIFY_FILE_MISSING, "shop,orders");
        say(3, "fromprod", MessageCode.TRANSACTION_LOST_AND_FOUND, 7, "it is locked");
        say(4, "todev", MessageCode.SERVER_STARTED, "todev");

        assertThat(types()).containsExactly("hotbackup.verify.difference", "hotbackup.lostfound.added");
    }

    @Test
    void shouldBeFilteredByTheBeginningOfTheirType() throws Exception {
        NotificationFilterSupport roles = new NotificationFilterSupport();
        roles.enableType("hotbackup.role");
        beans.addNotificationListener(todev, (notification, handback) -> heard.add(notification), roles, null);

        say(1, "todev", MessageCode.QUEUE_HAS_GROWN, 600);
        say(2, "todev", MessageCode.PROMOTED, "todev", 2, 3, 4);

        assertThat(types()).containsExactly("hotbackup.role.changed");
    }

    @Test
    void shouldAnnounceEachTypeWithASentence() throws Exception {
        assertThat(Arrays.stream(beans.getMBeanInfo(lostAndFound).getNotifications()))
                .singleElement()
                .satisfies(info -> {
                    assertThat(info.getNotifTypes()).containsExactly("hotbackup.lostfound.added");
                    assertThat(info.getDescription()).isNotBlank();
                });
        assertThat(beans.getMBeanInfo(todev).getNotifications()).hasSameSizeAs(Topic.values());
    }

    @ParameterizedTest
    @EnumSource(MessageCode.class)
    void shouldKnowATopicOfEveryMessage(MessageCode code) {
        assertThat(Topic.of(code.id()).type()).startsWith("hotbackup.");
    }

    @ParameterizedTest
    @CsvSource({
        "HB2016, hotbackup.server.state",
        "HB2024, hotbackup.link.refused",
        "HB2076, hotbackup.queue.switched",
        "HB2080, hotbackup.lostfound.added",
        "HB2134, hotbackup.verify.state",
        "HB2135, hotbackup.verify.difference",
        "HB2209, hotbackup.role.changed",
        "HB2173, hotbackup.server.state",
        "HB2097, hotbackup.server.message"
    })
    void shouldKnowWhatAMessageIsAbout(String messageId, String type) {
        assertThat(Topic.of(messageId).type()).isEqualTo(type);
    }
}
