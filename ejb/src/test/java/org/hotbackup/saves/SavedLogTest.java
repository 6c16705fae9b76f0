package org.hotbackup.saves;

import static org.assertj.core.api.Assertions.assertThat;

import org.hotbackup.model.DynamicArray;
import org.hotbackup.model.ItemId;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Where a save stands in the log: an item that only we know. */
@Tag("TLOG-6")
class SavedLogTest {

    private static final SavedLog LOG = new SavedLog("prod", "history-of-prod", 3, 68_719_476_736L, 68_719_476_999L);

    @Test
    void itsItemSaysTheSame() {
        assertThat(SavedLog.in(SavedLog.ID, LOG.item())).contains(LOG);
    }

    /** Accounts have D or Q there, procedures PQ, sentences V or S. */
    @Test
    void otherSystemsTakeItForNothingThatTheyKnow() {
        assertThat(DynamicArray.of(LOG.item()).extract(1)).isEqualTo("X");
    }

    @Test
    void itemsOfOthersAreNone() {
        assertThat(SavedLog.in(ItemId.of("LOGON"), LOG.item())).isEmpty();
        assertThat(SavedLog.in(SavedLog.ID, new byte[0])).isEmpty();
        assertThat(SavedLog.in(
                        SavedLog.ID,
                        DynamicArray.ofAttributes("X", "prod", "history", "1", "many", "2")
                                .bytes()))
                .isEmpty();
    }

    @Test
    void aLabelSaysTheLsnIfThereIsRoomForAllOfIt() {
        assertThat(SavedLog.label("NIGHTLY", 4711, 16)).isEqualTo("NIGHTLY LSN 4711");
        assertThat(SavedLog.label("NIGHTLY", 4711, 15)).isEqualTo("NIGHTLY");
        assertThat(SavedLog.label("", 4711, 16)).isEqualTo("LSN 4711");
        // a label has a byte for each character
        assertThat(SavedLog.label("N\u00C4CHTLI", 4711, 16)).isEqualTo("N\u00C4CHTLI LSN 4711");
    }
}
