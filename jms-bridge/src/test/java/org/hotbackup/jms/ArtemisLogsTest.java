package org.hotbackup.jms;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

class ArtemisLogsTest {

    private static final String TIMEOUT = "AMQ224088: Timeout (10 seconds) on acceptor";

    private final AtomicLong now = new AtomicLong();
    private final ArtemisLogs logs = new ArtemisLogs(now::get);

    @Test
    void shouldSayOnceAMinuteWhatCallersBringAbout() {
        assertThat(logs.isLoggable(line(TIMEOUT + " with 192.0.2.1:40001"))).isTrue();
        now.addAndGet(TimeUnit.SECONDS.toNanos(59));
        assertThat(logs.isLoggable(line(TIMEOUT + " with 192.0.2.2:40002"))).isFalse();
        assertThat(logs.isLoggable(line("AMQ222061: Client connection failed"))).isTrue();
        now.addAndGet(TimeUnit.SECONDS.toNanos(1));
        assertThat(logs.isLoggable(line(TIMEOUT + " with 192.0.2.1:40003"))).isTrue();
    }

    @Test
    void shouldLeaveOutWhatIsWantedOrSaidElsewhere() {
        assertThat(logs.isLoggable(line("AMQ222165: No Dead Letter Address configured for queue hb.in")))
                .isFalse();
        assertThat(logs.isLoggable(line("AMQ222059: Duplicate message detected\n - message")))
                .isFalse();
        assertThat(logs.isLoggable(line("AMQ222208: SSL handshake failed for client from 192.0.2.1:40001: x.")))
                .isFalse();
        assertThat(logs.isLoggable(line("AMQ222010: Critical IO Error"))).isTrue();
        assertThat(logs.isLoggable(new LogRecord(Level.INFO, null))).isTrue();
    }

    private static LogRecord line(String text) {
        return new LogRecord(Level.WARNING, text);
    }
}
