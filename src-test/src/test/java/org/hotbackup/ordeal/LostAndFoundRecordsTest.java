package org.hotbackup.ordeal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.hotbackup.apply.LostAndFoundType;
import org.hotbackup.apply.LostItem;
import org.hotbackup.model.ItemId;
import org.junit.jupiter.api.Test;

class LostAndFoundRecordsTest {

    private final LostAndFoundRecords records = new LostAndFoundRecords();
    private final Excuses excuses = new Excuses();

    /** Bug: what the ordeal had discarded before the judgement was said to be missing. */
    @Test
    void shouldJudgeOnceWhatWasDiscardedBeforeTheJudgement() {
        LostItem discarded = record("1");
        LostItem present = record("2");
        excuses.discard(discarded);
        assertThat(records.fresh(excuses.takeDiscarded(), List.of(present))).containsExactly(discarded, present);

        excuses.discard(present);
        assertThat(records.fresh(excuses.takeDiscarded(), List.of())).isEmpty();
        assertThat(excuses.takeDiscarded()).isEmpty();
    }

    private static LostItem record(String id) {
        return new LostItem(
                ItemId.of(id),
                LostAndFoundType.CORRELATIVE_REMOVED,
                "?",
                "fromprod",
                0,
                0,
                1,
                0,
                "removed",
                "then",
                new byte[0]);
    }
}
