package org.hotbackup.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.hotbackup.apply.UnsentTransaction;
import org.hotbackup.replication.Position;
import org.hotbackup.txlog.LogEntry;
import org.junit.jupiter.api.Test;

/** What an old master's queue holds behind the promoted position, and what is known to be missing in it. */
class UnsentTransactionsTest {

    private final List<LogEntry> queue = new ArrayList<>();

    @Test
    void shouldLeaveOutWhatWasAppliedAlthoughItsAcknowledgementGotLost() {
        chain(10, 11, 12, 13);
        UnsentTransactions unsent = unsent(new Position("h", 7, 11), 0);

        assertThat(unsent.page(0, 10)).extracting(LogEntry::lsn).containsExactly(12L, 13L);
        assertThat(unsent.page(12, 10)).extracting(LogEntry::lsn).containsExactly(13L);
        assertThat(all(unsent, 13)).containsExactly("8 12", "9 13");
        assertThat(summary(unsent, 13)).isEqualTo(new UnsentTransactions.Summary(2, 13, "", false));
    }

    @Test
    void shouldNumberThousandsAsTheyWouldHaveBeen() {
        chain(LongStream.rangeClosed(1, 3_500).toArray());
        UnsentTransactions unsent = unsent(new Position("h", 100, 500), 0);

        assertThat(all(unsent, 3_500)).hasSize(3_000).startsWith("101 501").endsWith("3100 3500");
    }

    @Test
    void shouldSayThatNothingIsUnsent() {
        chain(10, 11);

        assertThat(summary(unsent(new Position("h", 2, 11), 0), 11))
                .isEqualTo(new UnsentTransactions.Summary(0, 11, "", false));
    }

    @Test
    void shouldSayWhatIsMissingInTheChain() {
        chain(10, 11);
        queue.add(new LogEntry(20, 15, 0, new byte[0]));

        assertThat(summary(unsent(new Position("h", 1, 10), 0), 20).missing()).startsWith("after LSN 11 before LSN 20");
    }

    @Test
    void shouldSayWhatIsMissingAtTheEnd() {
        chain(10, 11);

        assertThat(summary(unsent(new Position("h", 1, 10), 0), 30).missing()).startsWith("after LSN 11 up to LSN 30");
    }

    @Test
    void shouldNotMissWhatAnEarlierAttemptKept() {
        assertThat(summary(unsent(new Position("h", 1, 10), 30), 30))
                .isEqualTo(new UnsentTransactions.Summary(0, 10, "", false));
    }

    /** A kill between the deletion of the queue and the change of the record: it said that there were none, or that some were missing. */
    @Test
    void shouldKnowHowManyThereWereInAQueueThatIsGone() {
        UnsentTransactions dropped = unsent(new Position("h", 1, 10), 0, new Superseded.GivenUp(30, 7));

        assertThat(summary(dropped, 30)).isEqualTo(new UnsentTransactions.Summary(7, 30, "", false));
        assertThat(summary(dropped, 40).missing()).startsWith("after LSN 30 up to LSN 40");
    }

    /** In lost+found they took the places of those with the numbers that were given before. */
    @Test
    void shouldNumberWhatCameLaterBehindWhatWasInAQueueThatIsGone() {
        queue.add(new LogEntry(31, 30, 0, new byte[0]));
        queue.add(new LogEntry(32, 31, 0, new byte[0]));
        UnsentTransactions unsent = unsent(new Position("h", 1, 10), 30, new Superseded.GivenUp(30, 7));

        assertThat(all(unsent, 32)).containsExactly("9 31", "10 32");
        assertThat(summary(unsent, 32)).isEqualTo(new UnsentTransactions.Summary(9, 32, "", false));
    }

    @Test
    void shouldCountWhatIsInAQueueThatWasGivenUpAndIsThereNevertheless() {
        chain(10, 11, 12);
        UnsentTransactions unsent = unsent(new Position("h", 1, 10), 12, new Superseded.GivenUp(12, 2));

        assertThat(all(unsent, 12)).containsExactly("2 11", "3 12");
        assertThat(summary(unsent, 12)).isEqualTo(new UnsentTransactions.Summary(2, 12, "", false));
    }

    /** A master that was restored from an older copy gave its new entries LSNs below the promoted one: they were dropped. */
    @Test
    void shouldTakeTheWholeQueueOfAnOlderCopy() {
        chain(10, 11, 20, 40);
        UnsentTransactions unsent = unsent(new Position("h", 5, 30), 0);

        assertThat(unsent.page(0, 10)).extracting(LogEntry::lsn).containsExactly(10L, 11L, 20L, 40L);
        assertThat(all(unsent, 40)).containsExactly("6 10", "7 11", "8 20", "9 40");
        assertThat(summary(unsent, 40)).isEqualTo(new UnsentTransactions.Summary(4, 40, "", true));
        queue.remove(3);
        assertThat(all(unsent, 20)).as("all of it is below").containsExactly("6 10", "7 11", "8 20");
        queue.clear();
        queue.add(new LogEntry(40, 11, 0, new byte[0]));
        assertThat(summary(unsent, 40))
                .as("all of it is above, and goes on from below")
                .isEqualTo(new UnsentTransactions.Summary(1, 40, "", true));
    }

    /** What was cleared, or not enqueued, leaves a gap above the promoted position: the log is the same. */
    @Test
    void shouldNotTakeAGapForAnOlderCopy() {
        queue.add(new LogEntry(40, 35, 0, new byte[0]));

        assertThat(summary(unsent(new Position("h", 5, 30), 0), 40).ofOlderCopy())
                .isFalse();
    }

    private UnsentTransactions unsent(Position promotedAt, long keptLsn) {
        return unsent(promotedAt, keptLsn, Superseded.GivenUp.NOTHING);
    }

    private UnsentTransactions unsent(Position promotedAt, long keptLsn, Superseded.GivenUp givenUp) {
        return new UnsentTransactions(this::queued, new Superseded("node-2", 2, promotedAt, 0, keptLsn, givenUp));
    }

    private List<LogEntry> queued(long afterLsn, int limit) {
        return queue.stream()
                .filter(entry -> entry.lsn() > afterLsn)
                .limit(limit)
                .toList();
    }

    private static UnsentTransactions.Summary summary(UnsentTransactions unsent, long lastEnqueued) {
        return unsent.all(lastEnqueued, some -> {});
    }

    private static List<String> all(UnsentTransactions unsent, long lastEnqueued) {
        List<UnsentTransaction> all = new ArrayList<>();
        unsent.all(lastEnqueued, all::addAll);
        return all.stream()
                .map(transaction ->
                        transaction.number() + " " + transaction.entry().lsn())
                .toList();
    }

    private void chain(long... lsns) {
        long previous = lsns[0] - 1;
        for (long lsn : lsns) {
            queue.add(new LogEntry(lsn, previous, 0, new byte[0]));
            previous = lsn;
        }
    }
}
