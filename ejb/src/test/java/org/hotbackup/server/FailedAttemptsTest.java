package org.hotbackup.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class FailedAttemptsTest {

    private final FailedAttempts attempts = new FailedAttempts();
    // a clock like nanoTime may begin anywhere, also shortly before its end
    private long now = Long.MAX_VALUE - 5;

    private void fail(String name, int times) {
        for (int i = 0; i < times; i++) {
            attempts.failed(name, now);
        }
    }

    @Test
    void shouldMakeWhoGoesOnWaitLongerAndLonger() {
        fail("dm", 5);
        assertThat(attempts.isBlocked("dm", now)).isFalse();
        fail("dm", 1);
        assertThat(attempts.isBlocked("dm", now + TimeUnit.SECONDS.toNanos(1))).isTrue();
        assertThat(attempts.isBlocked("dm", now + TimeUnit.SECONDS.toNanos(2))).isFalse();
        fail("dm", 100);
        assertThat(attempts.isBlocked("dm", now + TimeUnit.SECONDS.toNanos(59))).isTrue();
        assertThat(attempts.isBlocked("dm", now + TimeUnit.SECONDS.toNanos(60))).isFalse();
    }

    @Test
    void shouldForgetOfTheNamesWithTheFewestFailuresTheOldest() {
        fail("dm", 6);
        fail("twice", 2);
        for (int i = 0; i < 3 * FailedAttempts.MOST; i++) {
            now++;
            fail("invented " + i, 1);
            assertThat(attempts.size()).isLessThanOrEqualTo(FailedAttempts.MOST);
        }
        assertThat(attempts.isBlocked("dm", now)).isTrue();
        fail("twice", 4);
        assertThat(attempts.isBlocked("twice", now))
                .as("its first two still count")
                .isTrue();
        fail("invented 0", 5);
        assertThat(attempts.isBlocked("invented 0", now))
                .as("its first is forgotten")
                .isFalse();
    }

    @Test
    void shouldForgetAfterASuccessOrTenMinutes() {
        fail("dm", 6);
        attempts.succeeded("dm");
        assertThat(attempts.isBlocked("dm", now)).isFalse();
        fail("dm", 5);
        now += TimeUnit.MINUTES.toNanos(10) + 1;
        fail("dm", 5);
        assertThat(attempts.isBlocked("dm", now)).isFalse();
        assertThat(attempts.size()).isEqualTo(1);
    }
}
