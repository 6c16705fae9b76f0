package org.hotbackup.device;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("TS-001")
class StopSignTest {

    private long now = 1_000_000;
    private final StopSign sign = new StopSign(() -> now);

    @Test
    void shouldSayAtOnceWhoHasToCome() {
        sign.waits("for a program that reads p");
        assertThat(sign.waiting()).isEqualTo("for a program that reads p");

        now += 500;
        sign.goesOn();
        assertThat(sign.waiting()).isEmpty();
        assertThat(sign.waitedMillis()).isEqualTo(500);
    }

    /** A save into a pipe that nobody emptied said "24 %, 0 KB a second, about 1442 s left", and more of them every second. */
    @Test
    void shouldSayThatItStandsIfThatIsLong() {
        sign.stands("for the program that reads p");
        now += 200;
        assertThat(sign.waiting()).isEmpty();
        sign.goesOn();
        assertThat(sign.waitedMillis()).as("the speed of the other side").isZero();

        sign.stands("for the program that reads p");
        now += 10_000;
        assertThat(sign.waiting()).isEqualTo("for the program that reads p");
        sign.goesOn();
        assertThat(sign.waiting()).isEmpty();
        assertThat(sign.waitedMillis()).isEqualTo(10_000);
    }
}
