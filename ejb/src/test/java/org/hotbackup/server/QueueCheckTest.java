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

    private List<String> run(boolean enqueuing, long frames) {
        said.clear();
        check.run(enqueuing, frames * QueueCheck.FRAME_BYTES, (code, values) -> said.add(code.text(values)));
        return said;
    }

    @Test
    @Tag("HB-149")
    void shouldWarnEachTimeThatUpdatesAreNotEnqueued() {
        assertThat(run(false, 0)).containsExactly("WARNING: Transaction are NOT enqueued");
        assertThat(run(false, 0)).hasSize(1);
        assertThat(run(true, 0)).isEmpty();
    }

    @Test
    @Tag("HB-150")
    void shouldWarnWhenTheQueueIsMoreThan500FramesAboveTheValueSaidBefore() {
        assertThat(run(true, 500)).isEmpty();
        assertThat(run(true, 501)).containsExactly("WARNING: Transaction queue has grown to 501 frames");
        assertThat(run(true, 1_001)).isEmpty();
        assertThat(run(true, 1_002)).containsExactly("WARNING: Transaction queue has grown to 1002 frames");
    }

    @Test
    @Tag("HB-150")
    void shouldCountFromTheSmallerValueAfterTheQueueShrank() {
        assertThat(run(true, 5_000)).hasSize(1);
        assertThat(run(true, 10)).isEmpty();
        assertThat(run(true, 510)).isEmpty();
        assertThat(run(true, 511)).hasSize(1);
    }
}
