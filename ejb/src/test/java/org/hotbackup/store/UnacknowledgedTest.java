package org.hotbackup.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.LongSupplier;
import org.hotbackup.model.FilePath;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * How far a slave is behind, read while a batch goes from the log into the queue. Bug: the queue was read first, so that
 * what left the log between the two readings was in neither (a lag of 0 with an update on its way), and what was just put
 * on the queue and not yet taken from the log was counted twice.
 */
@Timeout(60)
class UnacknowledgedTest {

    private static final int ENTRIES = 3;

    @TempDir
    Path folder;

    private long onQueue;

    @BeforeEach
    void nothingIsOnTheQueue() {
        onQueue = 0;
    }

    @Test
    void shouldNotOverlookWhatMovesBetweenTheTwoReadings() throws Exception {
        assertThat(whileItIsRead(depthThen(this::handOver))).isEqualTo(ENTRIES);
    }

    @Test
    void shouldNotCountTwiceWhatMovesBetweenTheTwoReadings() throws Exception {
        assertThat(whileItIsRead(thenDepth(this::handOver))).isEqualTo(ENTRIES);
    }

    @Test
    void shouldWaitForABatchThatIsOnTheQueueAndStillInHand() throws Exception {
        assertThat(whileItIsRead(thenDepth(log -> onQueue = inHand(log), log -> {}, TransactionLog::enqueued)))
                .isEqualTo(ENTRIES);
    }

    @Test
    void shouldCountWhatTheQueueDoesNotTake() throws Exception {
        assertThat(whileItIsRead(thenDepth(UnacknowledgedTest::inHand))).isEqualTo(ENTRIES);
    }

    /** Bug: the lag in time was that of the queue alone, 0 while the queue took nothing and was drained. */
    @Test
    void shouldKnowSinceWhenTheFirstWaitsUntilTheQueueHasIt() throws Exception {
        try (OpenStore open = OpenStore.create(TestDatabase.H2, folder)) {
            open.createAccount("a");
            FilePath file = open.createFile("a,f", "DL");
            open.logSettings(OpenStore.DL_ONLY);
            open.takeLogged();
            TransactionLog log = open.store.log();
            assertThat(log.oldestPendingMillis()).isZero();

            open.write(file, "item", new byte[10]);
            long since = log.oldestPendingMillis();
            assertThat(since).isPositive();
            assertThat(log.take(1_000, 0)).singleElement().satisfies(entry -> assertThat(entry.committedAtMillis())
                    .isEqualTo(since));
            assertThat(log.oldestPendingMillis()).as("in hand").isEqualTo(since);
            log.enqueued();
            assertThat(log.oldestPendingMillis()).isZero();
        }
    }

    private interface Step {
        void on(TransactionLog log) throws InterruptedException;
    }

    private interface Reading {
        LongSupplier depth(TransactionLog log);
    }

    private long whileItIsRead(Reading reading) throws Exception {
        try (OpenStore open = OpenStore.create(TestDatabase.H2, folder)) {
            open.createAccount("a");
            FilePath file = open.createFile("a,f", "DL");
            open.logSettings(OpenStore.DL_ONLY);
            open.takeLogged();
            for (int i = 0; i < ENTRIES; i++) {
                open.write(file, "item" + i, new byte[10]);
            }
            TransactionLog log = open.store.log();
            return log.unacknowledged(reading.depth(log));
        }
    }

    private void handOver(TransactionLog log) throws InterruptedException {
        onQueue += inHand(log);
        log.enqueued();
    }

    private static int inHand(TransactionLog log) throws InterruptedException {
        List<?> batch = log.take(1_000, 0);
        return batch.size();
    }

    /** At each reading of the queue one step more, done just before it. */
    private Reading thenDepth(Step... steps) {
        Iterator<Step> next = new ArrayList<>(List.of(steps)).iterator();
        return log -> () -> {
            step(next, log);
            return onQueue;
        };
    }

    /** At each reading of the queue one step more, done just behind it. */
    private Reading depthThen(Step... steps) {
        Iterator<Step> next = new ArrayList<>(List.of(steps)).iterator();
        return log -> () -> {
            long depth = onQueue;
            step(next, log);
            return depth;
        };
    }

    private static void step(Iterator<Step> next, TransactionLog log) {
        try {
            if (next.hasNext()) {
                next.next().on(log);
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
