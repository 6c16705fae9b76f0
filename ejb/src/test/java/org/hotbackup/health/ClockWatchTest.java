package org.hotbackup.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

/** What counts as a clock that was set. */
class ClockWatchTest {

    private Instant now = Instant.parse("2026-11-21T10:15:00Z");
    private long nanos;

    private final ClockWatch watch = new ClockWatch(
            new Clock() {
                @Override
                public ZoneId getZone() {
                    return ZoneOffset.UTC;
                }

                @Override
                public Clock withZone(ZoneId zone) {
                    return this;
                }

                @Override
                public Instant instant() {
                    return now;
                }
            },
            () -> nanos);

    private void pass(Duration time) {
        now = now.plus(time);
        nanos += time.toNanos();
    }

    @Test
    void shouldSayNothingOfAClockThatGoesOn() {
        pass(Duration.ofHours(3));

        assertThat(watch.look()).isEmpty();
    }

    @Test
    void shouldSayForAnHourByHowMuchTheClockWasSet() {
        pass(Duration.ofSeconds(10));
        now = now.minusSeconds(3_600);
        assertThat(watch.look())
                .hasValueSatisfying(step -> assertThat(step.seconds()).isEqualTo(-3_600));

        pass(Duration.ofMinutes(59));
        assertThat(watch.look()).isPresent();

        pass(Duration.ofMinutes(2));
        assertThat(watch.look()).isEmpty();
    }

    @Test
    void shouldNotMindTheStepsOfAClockThatIsKeptRight() {
        pass(Duration.ofSeconds(10));
        now = now.plusSeconds(2);

        assertThat(watch.look()).isEmpty();
    }
}
