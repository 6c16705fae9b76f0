package org.hotbackup.control;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class TransactionStatisticsTest {

    @Test
    @Tag("HB-075")
    void shouldReadWhatASlaveTellsInWords() {
        TransactionStatistics counted = new TransactionStatistics(12, 11, 5, 1, 4, 289_000, 2, 1040);

        assertThat(counted.toString().lines()).hasSize(8).first().isEqualTo("Transactions received   12");
        assertThat(TransactionStatistics.of(counted.toString())).isEqualTo(counted);
    }

    /** One of another version may say less, more, or the same in another order. */
    @Test
    @Tag("HB-075")
    void shouldNotTakeForZeroWhatASlaveDoesNotTell() {
        assertThat(TransactionStatistics.of("Rollbacks   3\nBytes received   17\nTransactions received   a lot"))
                .isEqualTo(new TransactionStatistics(-1, -1, -1, -1, -1, 17, -1, -1));
    }
}
