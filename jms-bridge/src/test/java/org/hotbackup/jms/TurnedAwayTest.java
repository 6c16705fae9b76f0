package org.hotbackup.jms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hotbackup.control.messages.MessageCode.CALLER_REFUSED;
import static org.hotbackup.control.messages.MessageCode.CALLER_TOO_SLOW;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("FAULT-F13")
class TurnedAwayTest {

    private final List<String> said = new ArrayList<>();
    private final AtomicLong now = new AtomicLong();
    private final LongAdder total = new LongAdder();
    private final TurnedAway turnedAway =
            new TurnedAway((code, values) -> said.add(code.text(values)), total, now::get);

    @Test
    void shouldSayEachCallerAndReasonOnceAnHour() {
        for (int i = 0; i < 1_000; i++) {
            turnedAway.say(CALLER_REFUSED, "192.0.2.1", "no certificate is shown");
            turnedAway.say(CALLER_TOO_SLOW, "192.0.2.1", 5);
            turnedAway.say(CALLER_REFUSED, "192.0.2.2", "no certificate is shown");
        }
        assertThat(said).hasSize(3);
        assertThat(said.get(0)).contains("192.0.2.1").contains("no certificate is shown");

        now.addAndGet(TimeUnit.HOURS.toNanos(1));
        turnedAway.say(CALLER_REFUSED, "192.0.2.1", "no certificate is shown");
        assertThat(said).hasSize(4);
    }

    @Test
    void shouldSayTenLinesOfOneCallerAnHourAtMost() {
        for (int i = 0; i < 1_000; i++) {
            turnedAway.say(CALLER_REFUSED, "192.0.2.1", "certificate " + i);
        }
        assertThat(said).hasSize(10);
        turnedAway.say(CALLER_REFUSED, "192.0.2.2", "certificate 1");
        assertThat(said).hasSize(11);
    }

    @Test
    void shouldSayAHundredLinesAnHourAtMost() {
        for (int i = 0; i < 100_000; i++) {
            turnedAway.say(CALLER_REFUSED, "192.0.2." + i, "no certificate is shown");
        }
        assertThat(said).hasSize(100);
        assertThat(total.sum()).as("all are counted").isEqualTo(100_000);

        now.addAndGet(TimeUnit.HOURS.toNanos(1));
        turnedAway.say(CALLER_REFUSED, "192.0.2.1", "no certificate is shown");
        assertThat(said).hasSize(101);
    }
}
