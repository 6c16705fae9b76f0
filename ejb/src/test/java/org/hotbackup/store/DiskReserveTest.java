package org.hotbackup.store;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicLong;
import org.hotbackup.control.messages.Refusal;
import org.junit.jupiter.api.Test;

class DiskReserveTest {

    private static final long MEGABYTE = 1024L * 1024;

    private final AtomicLong free = new AtomicLong();
    private final AtomicLong nanos = new AtomicLong();
    private final DiskReserve reserve = new DiskReserve(free::get, 100, () -> nanos.addAndGet(1_000_000_000));

    @Test
    void shouldLetPassWhatMakesRoomWhenNothingElseMayPass() {
        free.set(99 * MEGABYTE);
        assertThatThrownBy(reserve::check).isInstanceOf(Refusal.class).hasMessageContaining("only 99 MB left");
        assertThatCode(reserve::checkFreeing).doesNotThrowAnyException();

        free.set(49 * MEGABYTE);
        assertThatThrownBy(reserve::checkFreeing).isInstanceOf(Refusal.class).hasMessageContaining("100 MB are kept");

        free.set(100 * MEGABYTE);
        assertThatCode(reserve::check).doesNotThrowAnyException();
    }
}
