package org.hotbackup.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a master server checks each check period. */
class QueueCheckTest {

    private final QueueCheck check = new QueueCheck();
    private final List<String> said = new ArrayList<>();

    private List<String> saidOf(boolean enqueuing, long frames) {
        said.clear();
        check.run(enqueuing, frames * QueueCheck.FRAME_BYTES, (code, values) -> said.add(code.text(values)));
        return said;
    }

    @Test
    @Tag("HB-149")
    void shouldSayAtEachCheckThatNothingIsEnqueued() {
        assertThat(saidOf(false, 0)).containsExactly("WARNING: Transaction are NOT enqueued");
        assertThat(saidOf(false, 0)).containsExactly("WARNING: Transaction are NOT enqueued");
        assertThat(saidOf(true, 0)).isEmpty();
    }

    @Test
    @Tag("HB-150")
    @Tag("SUB-12")
    void shouldCompareWithTheValueThatWasSaidBefore() {
        assertThat(saidOf(true, 500)).isEmpty();
        assertThat(saidOf(true, 501)).containsExactly("WARNING: Transaction queue has grown to 501 frames");
        assertThat(saidOf(true, 800)).isEmpty();
        assertThat(saidOf(true, 1_001)).isEmpty();
        assertThat(saidOf(true, 1_002)).containsExactly("WARNING: Transaction queue has grown to 1002 frames");
    }

    @Test
    @Tag("HB-150")
    void shouldCompareWithTheLowestValueSince() {
        saidOf(true, 2_000);

        assertThat(saidOf(true, 100)).isEmpty();
        assertThat(saidOf(true, 601)).containsExactly("WARNING: Transaction queue has grown to 601 frames");
    }
}
