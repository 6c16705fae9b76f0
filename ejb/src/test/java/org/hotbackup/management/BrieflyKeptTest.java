package org.hotbackup.management;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class BrieflyKeptTest {

    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);
    private final AtomicInteger asked = new AtomicInteger();
    private final BrieflyKept<Integer> kept = new BrieflyKept<>(now::get);

    @Test
    void shouldAskOnceASecond() {
        assertThat(kept.get(asked::incrementAndGet)).isEqualTo(1);
        now.addAndGet(BrieflyKept.NANOS - 1);
        assertThat(kept.get(asked::incrementAndGet)).isEqualTo(1);
        now.addAndGet(1);
        assertThat(kept.get(asked::incrementAndGet)).isEqualTo(2);
    }
}
