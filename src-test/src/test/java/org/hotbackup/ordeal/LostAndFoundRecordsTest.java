package org.hotbackup.ordeal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.hotbackup.apply.LostAndFoundType;
import org.hotbackup.apply.LostItem;
import org.hotbackup.model.DPointer;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.ItemId;
import org.hotbackup.model.Update;
import org.hotbackup.txlog.LogEntryCodec;
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

    /** A resync of another slave sends every D-pointer, also to a slave that lacks the file and may not create it (seed 31338). */
    @Test
    void shouldTellWhatOnlyDefinesFilesOtherwise() {
        FilePath file = FilePath.data("sales", "orders");
        Update redefined = new Update.FileRedefined(file, DPointer.of("DL", 7));
        Update written = new Update.ItemWritten(file, ItemId.of("1"), new byte[0]);
        assertThat(LostAndFoundRecords.redefinesOnly(transaction(LogEntryCodec.encode(List.of(redefined)))))
                .isTrue();
        assertThat(LostAndFoundRecords.redefinesOnly(transaction(LogEntryCodec.encode(List.of(redefined, written)))))
                .isFalse();
        assertThat(LostAndFoundRecords.redefinesOnly(record("1"))).isFalse();
    }

    private static LostItem record(String id) {
        return record(id, LostAndFoundType.CORRELATIVE_REMOVED, new byte[0]);
    }

    private static LostItem transaction(byte[] body) {
        return record("1", LostAndFoundType.CANNOT_BE_PERFORMED, body);
    }

    private static LostItem record(String id, LostAndFoundType type, byte[] body) {
        return new LostItem(ItemId.of(id), type, "?", "fromprod", 0, 0, 1, 0, "removed", "then", body);
    }
}
