package org.hotbackup.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("HB-111")
class DailyTotalTest {

    private final MovableClock clock = MovableClock.at("2026-03-31T21:00:00Z");
    private final DailyTotal total = new DailyTotal(clock, Optional.empty());

    @Test
    @Tag("SUB-14")
    void shouldGoOnOverRestartsOfTheServerOnTheSameDay() {
        total.begin();
        assertThat(total.upTo(1_000)).isEqualTo(1_000);
        assertThat(total.upTo(1_500)).isEqualTo(1_500);
        assertThat(total.upTo(0)).as("stopped").isEqualTo(1_500);

        clock.moveTo("2026-03-31T23:59:59Z");
        total.begin();
        assertThat(total.upTo(0)).isEqualTo(1_500);
        assertThat(total.upTo(200)).isEqualTo(1_700);
        total.begin();
        assertThat(total.upTo(1_000)).as("more than the session before").isEqualTo(2_700);
    }

    /** After a start of the node at noon it counted from noon. */
    @Test
    @Tag("SUB-14")
    void shouldGoOnFromWhatWasWrittenDownOnTheSameDay() {
        LocalDate day = LocalDate.ofInstant(clock.instant(), clock.getZone());
        DailyTotal again = new DailyTotal(clock, Optional.of(new DayTotal(day, 5_000)));
        again.begin();
        assertThat(again.upTo(200)).isEqualTo(5_200);
        assertThat(again.toBeWritten(300)).contains(new DayTotal(day, 5_300));

        DailyTotal ofYesterday = new DailyTotal(clock, Optional.of(new DayTotal(day.minusDays(1), 5_000)));
        assertThat(ofYesterday.toBeWritten(0)).isEmpty();
        assertThat(ofYesterday.upTo(10)).isEqualTo(10);
    }

    @Test
    @Tag("SUB-14")
    void shouldBeginAnewAtMidnightWhileTheServerRuns() {
        total.begin();
        total.upTo(1_000);

        clock.moveTo("2026-04-01T00:00:00Z");

        assertThat(total.upTo(1_000)).isZero();
        assertThat(total.upTo(1_300)).isEqualTo(300);
        clock.moveTo("2026-04-03T12:00:00Z");
        assertThat(total.upTo(1_400)).isZero();
        assertThat(total.upTo(1_450)).isEqualTo(50);
    }

    @Test
    void shouldBeginAnewAtMidnightWhileTheServerIsStopped() {
        total.begin();
        total.upTo(1_000);
        clock.moveTo("2026-04-01T08:00:00Z");
        total.begin();

        assertThat(total.upTo(0)).isZero();
        assertThat(total.upTo(70)).isEqualTo(70);
    }

    @ParameterizedTest
    @CsvSource({"Europe/Zurich, 2026-03-31T22:00:00Z", "America/New_York, 2026-04-01T04:00:00Z"})
    void shouldHaveItsMidnightWhereTheMachineIs(String zone, String midnight) {
        MovableClock local = MovableClock.at("2026-03-31T21:00:00Z", ZoneId.of(zone));
        DailyTotal there = new DailyTotal(local, Optional.empty());
        there.begin();
        there.upTo(1_000);
        local.moveTo(java.time.Instant.parse(midnight).minusSeconds(1).toString());
        assertThat(there.upTo(1_001)).isEqualTo(1_001);

        local.moveTo(midnight);

        assertThat(there.upTo(1_001)).isZero();
    }
}
