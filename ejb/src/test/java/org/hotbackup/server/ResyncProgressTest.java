package org.hotbackup.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.ItemId;
import org.hotbackup.model.ItemSum;
import org.hotbackup.server.ResyncProgress.Next;
import org.hotbackup.verify.Difference;
import org.hotbackup.verify.FileResult;
import org.hotbackup.verify.FileResult.Finding;
import org.junit.jupiter.api.Test;

class ResyncProgressTest {

    private static final FilePath ORDERS = FilePath.data("sales", "orders");
    private static final FilePath RETURNS = FilePath.data("sales", "returns");
    private static final int FIRST = ResyncProgress.MOST_REPAIRS;

    private final ResyncProgress resync = new ResyncProgress();

    @Test
    void shouldSendTheDefinitionsOfFilesAlsoIfNothingDiffers() {
        assertThat(resync.next(FIRST, List.of(result(ORDERS, Finding.EQUAL)))).isEqualTo(Next.SEND);
        assertThat(resync.next(FIRST - 1, List.of(result(ORDERS, Finding.EQUAL))))
                .isEqualTo(Next.DONE);
    }

    @Test
    void shouldSendAsLongAsEachRepairGainsSomething() {
        assertThat(resync.next(FIRST, List.of(result(ORDERS, Finding.MISSING), result(RETURNS, Finding.MISSING))))
                .isEqualTo(Next.SEND);
        assertThat(resync.next(
                        FIRST - 1,
                        List.of(result(ORDERS, Finding.DIFFERENT, "a", "b"), result(RETURNS, Finding.EQUAL))))
                .isEqualTo(Next.SEND);
        assertThat(resync.next(FIRST - 2, List.of(result(ORDERS, Finding.DIFFERENT, "c"))))
                .isEqualTo(Next.SEND);
        assertThat(resync.next(FIRST - 3, List.of(result(ORDERS, Finding.EQUAL))))
                .isEqualTo(Next.DONE);
    }

    @Test
    void shouldGiveUpIfARepairGainsNothing() {
        assertThat(resync.next(FIRST, List.of(result(ORDERS, Finding.DIFFERENT, "a"))))
                .isEqualTo(Next.SEND);
        assertThat(resync.next(FIRST - 1, List.of(result(ORDERS, Finding.DIFFERENT, "a"))))
                .isEqualTo(Next.GIVE_UP);
    }

    @Test
    void shouldGiveUpAfterTheLastRepair() {
        assertThat(resync.next(1, List.of(result(ORDERS, Finding.DIFFERENT, "a"))))
                .isEqualTo(Next.GIVE_UP);
    }

    @Test
    void shouldNameTheFilesThatDiffer() {
        assertThat(ResyncProgress.different(List.of(result(ORDERS, Finding.EQUAL), result(RETURNS, Finding.REPAIRED))))
                .containsExactly(RETURNS);
    }

    private static FileResult result(FilePath file, Finding finding, String... ids) {
        List<Difference> differences = Arrays.stream(ids)
                .map(id -> new Difference(ItemId.of(id), Optional.of(new ItemSum(1, "00")), Optional.empty()))
                .toList();
        return new FileResult(file, finding, 1, 1, 1, 1, 1, differences, false);
    }
}
