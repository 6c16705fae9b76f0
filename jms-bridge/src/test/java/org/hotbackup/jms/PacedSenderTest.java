package org.hotbackup.jms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.jms.BytesMessage;
import jakarta.jms.CompletionListener;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import java.lang.reflect.Proxy;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.hotbackup.replication.LinkDownException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Against a broker that takes parts only when it is told to. */
@Timeout(30)
class PacedSenderTest {

    private static final int MEGABYTE = 1 << 20;

    private final LinkedBlockingQueue<CompletionListener> parts = new LinkedBlockingQueue<>();
    private final Semaphore woken = new Semaphore(0);
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Inbox inbox = new Inbox(woken::release, (code, values) -> {});
    private PacedSender sender;

    private void start(long writeTimeOutMillis) {
        sender = new PacedSender(
                "nowhere",
                stub(Session.class),
                stub(MessageProducer.class),
                1,
                inbox,
                writeTimeOutMillis,
                ended::countDown);
    }

    @AfterEach
    void close() throws InterruptedException {
        sender.close();
        assertThat(ended.await(5, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void shouldStayAMegabyteAheadOfWhatTheOtherSideTook() throws Exception {
        start(20_000);
        sender.send(new byte[2 * MEGABYTE]);

        CompletionListener[] under = new CompletionListener[MEGABYTE / FrameParts.PART_BYTES];
        for (int i = 0; i < under.length; i++) {
            under[i] = parts.poll(5, TimeUnit.SECONDS);
            assertThat(under[i]).isNotNull();
        }
        assertThat(parts.poll(200, TimeUnit.MILLISECONDS)).isNull();

        under[0].onCompletion(null);
        assertThat(parts.poll(5, TimeUnit.SECONDS)).isNotNull();
        assertThat(parts.poll(200, TimeUnit.MILLISECONDS)).isNull();
    }

    @Test
    @Tag("HB-112")
    void shouldBeWritingUntilTheOtherSideTookTheLastPart() throws Exception {
        start(20_000);
        assertThat(sender.isWriting()).isFalse();
        sender.send(new byte[FrameParts.PART_BYTES + 1]);
        CompletionListener first = parts.poll(5, TimeUnit.SECONDS);
        CompletionListener last = parts.poll(5, TimeUnit.SECONDS);
        assertThat(sender.isWriting()).isTrue();
        first.onCompletion(null);
        assertThat(sender.isWriting()).isTrue();
        last.onCompletion(null);

        while (sender.isWriting()) {
            Thread.onSpinWait();
        }
        assertThat(parts).isEmpty();
    }

    @Test
    @Tag("SUB-13")
    void shouldBreakTheLinkWhenTheOtherSideTakesNothingInTime() throws Exception {
        start(300);
        sender.send(new byte[2 * MEGABYTE]);

        assertThat(woken.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
        assertThatThrownBy(inbox::poll)
                .isInstanceOf(LinkDownException.class)
                .hasMessageContaining("No data was taken by the other side");
        assertThatThrownBy(() -> sender.send(new byte[1])).isInstanceOf(LinkDownException.class);
    }

    @Test
    void shouldBreakTheLinkWhenThePeerRefusesAPart() throws Exception {
        start(20_000);
        sender.send(new byte[1]);
        parts.take().onException(null, new JMSException("no permission"));

        assertThatThrownBy(inbox::poll).isInstanceOf(LinkDownException.class).hasMessage("no permission");
    }

    @Test
    void shouldNotTakeMoreThanItCanKeep() throws Exception {
        start(20_000);
        sender.send(new byte[2 * MEGABYTE]);
        sender.send(new byte[60 * MEGABYTE]);
        sender.send(new byte[60 * MEGABYTE]);

        assertThatThrownBy(() -> sender.send(new byte[60 * MEGABYTE]))
                .isInstanceOf(LinkDownException.class)
                .hasMessageContaining("fast enough");
    }

    private <T> T stub(Class<T> type) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, given) -> {
            if (method.getName().equals("createBytesMessage")) {
                return stub(BytesMessage.class);
            } else if (method.getName().equals("send") && given[0] instanceof Message) {
                parts.add((CompletionListener) given[1]);
            }
            return null;
        }));
    }
}
