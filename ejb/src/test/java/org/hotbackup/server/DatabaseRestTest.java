package org.hotbackup.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.hotbackup.control.OperationReceipt;
import org.hotbackup.control.OperationReceipt.Outcome;
import org.hotbackup.control.messages.MessageCode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What an operator is told who wants the slave's database at rest for a save. */
@Timeout(30)
@Tag("HB-016")
@Tag("HB-097")
class DatabaseRestTest {

    private final Deque<Boolean> batches = new ArrayDeque<>();
    private long helpers;
    private final DatabaseRest rest =
            new DatabaseRest("fromprod", () -> !batches.isEmpty() && batches.remove(), () -> helpers);

    @Test
    void shouldWaitForTheBatchUnderWay() {
        batches.addAll(List.of(true, true, true, false));

        OperationReceipt receipt = rest.await(20_000, () -> 7);

        assertThat(batches).isEmpty();
        assertThat(receipt.outcome()).isEqualTo(Outcome.DONE);
        assertThat(receipt.messageId()).isEqualTo(MessageCode.APPLYING_STOPPED.id());
        assertThat(receipt.message())
                .contains("NOT applied; 7 are pending", "Server 'fromprod' changes nothing in the database");
    }

    /** It said that it was done. */
    @Test
    void shouldSayWhatStillWorksOnTheDatabaseAfterItsPatience() {
        helpers = 2;

        OperationReceipt receipt = rest.await(50, () -> 0);

        assertThat(receipt.outcome()).isEqualTo(Outcome.ACCEPTED);
        assertThat(receipt.messageId()).isEqualTo(MessageCode.DATABASE_DOES_NOT_REST.id());
        assertThat(receipt.message())
                .contains("NOT applied", "2 helper(s) are at work", "hot-backup query server=fromprod");
        assertThat(rest.isThere()).isFalse();
        assertThat(rest.text()).startsWith("The database does not rest yet, 2 helper(s) are at work");
        helpers = 0;
        assertThat(rest.isThere()).isTrue();
        assertThat(rest.text()).isEqualTo("Server 'fromprod' changes nothing in the database: it rests");
    }

    @Test
    void shouldNameABatchAndHelpers() {
        helpers = 1;
        batches.add(true);
        assertThat(rest.text()).contains("a batch is being applied and 1 helper(s) are at work");
        batches.add(true);
        helpers = 0;
        assertThat(rest.text()).contains("yet, a batch is being applied;");
    }
}
