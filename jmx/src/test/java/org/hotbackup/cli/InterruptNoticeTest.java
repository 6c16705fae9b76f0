package org.hotbackup.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.hotbackup.control.messages.MessageCode;
import org.junit.jupiter.api.Test;

/** What whoever interrupts a command is told of its work in the node. */
class InterruptNoticeTest {

    private final List<String> said = new ArrayList<>();

    /** Who pressed CTRL-C before the node had answered was told nothing, and the restore went on. */
    @Test
    void shouldSayAlsoBeforeTheNodeHasAnsweredThatTheWorkMayGoOn() {
        try (InterruptNotice notice = new InterruptNotice(said::add)) {
            notice.tell();
            notice.goesOnAs("tape:tape0:5");
            notice.tell();
        }
        assertThat(said)
                .containsExactly(
                        MessageCode.TAPE_TASK_MAY_GO_ON.text(), MessageCode.TAPE_TASK_GOES_ON.text("tape:tape0:5"));
    }

    /** A task whose command has its answer is not spoken of at the end of the process. */
    @Test
    void shouldSayNothingWhenTheCommandHasItsAnswer() {
        InterruptNotice notice = new InterruptNotice(said::add);
        notice.close();
        notice.close();
        assertThat(said).isEmpty();
    }
}
