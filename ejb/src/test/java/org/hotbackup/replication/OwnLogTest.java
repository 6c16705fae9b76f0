package org.hotbackup.replication;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.hotbackup.control.messages.Refusal;
import org.hotbackup.txlog.tape.LogTapeRecord.Origin;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A node is not brought back in time by its own log. */
@Tag("TLOG-2")
class OwnLogTest {

    private static final OwnLog OWN = new OwnLog("mine", 57);

    private static Origin tape(String history, long previousLsn) {
        return new Origin("prod", history, 1, "logout", previousLsn);
    }

    @Test
    void shouldRefuseWhatTheNodeHas() {
        assertThatThrownBy(() -> OWN.admit(tape("mine", 0), false))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("of this node itself")
                .hasMessageContaining("LSN 57")
                .hasMessageContaining("--from");
        assertThatThrownBy(() -> OWN.admit(tape("mine", 56), false)).isInstanceOf(Refusal.class);
    }

    @Test
    void shouldAdmitItIntoAnImageThatIsSaidToBeOlder() {
        assertThatCode(() -> OWN.admit(tape("mine", 0), true)).doesNotThrowAnyException();
    }

    @Test
    void shouldAdmitWhatFollowsAndTheLogsOfOthers() {
        assertThatCode(() -> OWN.admit(tape("mine", 57), false)).doesNotThrowAnyException();
        assertThatCode(() -> OWN.admit(tape("other", 0), false)).doesNotThrowAnyException();
    }
}
