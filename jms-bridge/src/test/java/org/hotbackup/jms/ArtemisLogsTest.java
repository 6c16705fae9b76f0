package org.hotbackup.jms;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

class ArtemisLogsTest {

    private static final String FAILED = "AMQ222208: SSL handshake failed for client from ";

    private final AtomicLong now = new AtomicLong();
    private final ArtemisLogs logs = new ArtemisLogs(now::get);

    @Test
    void shouldSayOnceAMinuteThatSomebodyIsTurnedAway() {
        assertThat(logs.isLoggable(line(FAILED + "192.0.2.1:40001: javax.net.ssl.SSLException: Empty chain.")))
                .isTrue();
        now.addAndGet(TimeUnit.SECONDS.toNanos(59));
        assertThat(logs.isLoggable(line(FAILED + "192.0.2.1:40002: javax.net.ssl.SSLException: Empty chain.")))
                .isFalse();
        assertThat(logs.isLoggable(line(FAILED + "192.0.2.2:40003: javax.net.ssl.SSLException: Empty chain.")))
                .isTrue();
        now.addAndGet(TimeUnit.SECONDS.toNanos(1));
        assertThat(logs.isLoggable(line(FAILED + "192.0.2.1:40004: javax.net.ssl.SSLException: Empty chain.")))
                .isTrue();
    }

    @Test
    void shouldSayWhoDoesNotTrustWhom() {
        LogRecord refused = line(FAILED + "192.0.2.1:40001: javax.net.ssl.SSLException: Empty chain.");
        LogRecord hungUp = line(FAILED + "192.0.2.2:40001: javax.net.ssl.SSLException: Received fatal alert: unknown");

        logs.isLoggable(refused);
        logs.isLoggable(hungUp);

        assertThat(refused.getMessage())
                .startsWith("HB2051 A call from 192.0.2.1 ")
                .contains("(SSLException: Empty chain)");
        assertThat(hungUp.getMessage()).startsWith("HB2052 A call from 192.0.2.2 ");
    }

    @Test
    void shouldLeaveOutWhatIsWanted() {
        assertThat(logs.isLoggable(line("AMQ222165: No Dead Letter Address configured for queue hb.in")))
                .isFalse();
        assertThat(logs.isLoggable(line("AMQ222059: Duplicate message detected\n - message")))
                .isFalse();
        assertThat(logs.isLoggable(line("AMQ222010: Critical IO Error"))).isTrue();
        assertThat(logs.isLoggable(new LogRecord(Level.INFO, null))).isTrue();
    }

    private static LogRecord line(String text) {
        return new LogRecord(Level.WARNING, text);
    }
}
