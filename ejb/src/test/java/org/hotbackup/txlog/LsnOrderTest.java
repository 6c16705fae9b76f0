package org.hotbackup.txlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LsnOrderTest {

    private final LsnOrder order = new LsnOrder(7, 9);

    @Test
    void shouldNotGiveTheSameNumbersAfterTwoStartsFromTheSameCopy() {
        Random random = new Random(1);
        long once = LsnOrder.leaveOut(100, random);
        long again = LsnOrder.leaveOut(100, random);

        assertThat(once).isGreaterThanOrEqualTo(100);
        assertThat(again).isGreaterThanOrEqualTo(100);
        assertThat(Math.abs(once - again)).isGreaterThan(1_000_000);
    }

    @Test
    void shouldHoldAnEntryBackUntilEverySmallerNumberIsDecided() {
        long first = order.next();
        long second = order.next();
        order.committed(second, 1, new byte[3]);

        assertThat(order.takeReady(10, 1000)).isEmpty();

        order.committed(first, 2, new byte[2]);
        assertThat(order.takeReady(10, 1000)).extracting(LogEntry::lsn).containsExactly(10L, 11L);
    }

    @Test
    void shouldKnowTheOldestThatIsNotHandedOn() {
        assertThat(order.oldestCommittedAtMillis()).isZero();
        long undecided = order.next();
        order.committed(order.next(), 5, new byte[1]);
        order.committed(order.next(), 6, new byte[1]);
        assertThat(order.oldestCommittedAtMillis()).isEqualTo(5);

        order.rolledBack(undecided);
        order.takeReady(1, 1000);
        assertThat(order.oldestCommittedAtMillis()).isEqualTo(6);
        order.takeReady(1, 1000);
        assertThat(order.oldestCommittedAtMillis()).isZero();
    }

    @Test
    void shouldChainEntriesOverRolledBackNumbers() {
        long first = order.next();
        long rolledBack = order.next();
        long third = order.next();
        order.committed(first, 1, new byte[1]);
        order.rolledBack(rolledBack);
        order.committed(third, 1, new byte[1]);

        List<LogEntry> ready = order.takeReady(10, 1000);

        assertThat(ready).extracting(LogEntry::lsn).containsExactly(first, third);
        assertThat(ready).extracting(LogEntry::previousLsn).containsExactly(7L, first);
    }

    @Test
    void shouldChainWhatFollowsOnAGapToIt() {
        long before = order.next();
        long gap = order.next();
        long after = order.next();
        long then = order.next();
        order.rolledBack(gap);
        order.leaveGap(gap);
        for (long lsn : new long[] {before, after, then}) {
            order.committed(lsn, 1, new byte[1]);
        }

        assertThat(order.takeReady(10, 1000)).extracting(LogEntry::previousLsn).containsExactly(7L, gap, after);
    }

    @Test
    void shouldHandOnWhatARestartFoundBeforeWhatIsNew() {
        long next = order.next();
        order.committed(8, 1, new byte[1]);
        order.committed(next, 1, new byte[1]);

        assertThat(order.takeReady(10, 1000)).extracting(LogEntry::lsn).containsExactly(8L, next);
    }

    @Test
    void shouldTakeAtLeastOneEntryHoweverLarge() {
        order.committed(order.next(), 1, new byte[80]);
        order.committed(order.next(), 1, new byte[80]);

        assertThat(order.takeReady(10, 10)).hasSize(1);
        assertThat(order.takeReady(10, 10)).hasSize(1);
        assertThat(order.takeReady(10, 10)).isEmpty();
    }

    @Test
    void shouldHandOnWithoutPayloadWhatDoesNotFitIntoMemory() {
        LsnOrder small = new LsnOrder(0, 0, 100, () -> {});
        small.committed(small.next(), 1, new byte[80]);
        small.committed(small.next(), 2, new byte[80]);
        small.committed(small.next(), 3, new byte[20]);

        List<LogEntry> ready = small.takeReady(10, 1000);

        assertThat(ready).extracting(entry -> entry.payload() != null).containsExactly(true, false, true);
        assertThat(ready).extracting(LogEntry::previousLsn).containsExactly(0L, 1L, 2L);
    }

    @Test
    void shouldFindRoomInMemoryAgainOnceEntriesAreHandedOn() {
        LsnOrder small = new LsnOrder(0, 0, 100, () -> {});
        for (int i = 0; i < 1_000; i++) {
            small.committed(small.next(), i, new byte[100]);
            assertThat(small.takeReady(1, 1)).extracting(LogEntry::payload).doesNotContainNull();
        }
    }

    @Test
    void shouldCountPayloadsThatStandInTheTableOnly() {
        LsnOrder order = new LsnOrder(7, 9, 0, () -> {});
        order.committed(8, 1, new byte[600]);
        order.committed(9, 1, new byte[600]);

        assertThat(order.takeReady(10, 1000)).extracting(LogEntry::lsn).containsExactly(8L);
        assertThat(order.takeReady(10, 1000)).extracting(LogEntry::payload).containsExactly((byte[]) null);
    }

    @Test
    void shouldWakeOnlyWhenADecisionMadeAnEntryReady() {
        AtomicInteger woken = new AtomicInteger();
        LsnOrder waking = new LsnOrder(0, 0, 100, woken::incrementAndGet);
        long first = waking.next();
        long second = waking.next();

        waking.committed(second, 1, new byte[1]);
        assertThat(woken).hasValue(0);

        waking.rolledBack(first);
        assertThat(woken).hasValue(1);

        waking.rolledBack(waking.next());
        assertThat(waking.takeReady(10, 10)).hasSize(1);
    }

    @Test
    void shouldRefuseToDecideANumberBehindWhatWasHandedOn() {
        order.committed(order.next(), 1, new byte[1]);
        order.takeReady(1, 1);

        assertThatThrownBy(() -> order.committed(10, 1, new byte[1])).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> order.rolledBack(5)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void shouldKeepTheChainWholeWithManyWriters() throws Exception {
        LsnOrder shared = new LsnOrder(0, 0);
        int writers = 4;
        int each = 5_000;
        ExecutorService threads = Executors.newFixedThreadPool(writers);
        List<Future<?>> running = new ArrayList<>();
        for (int w = 0; w < writers; w++) {
            running.add(threads.submit(() -> {
                for (int i = 0; i < each; i++) {
                    long lsn = shared.next();
                    if (i % 3 == 0) {
                        shared.rolledBack(lsn);
                    } else {
                        shared.committed(lsn, i, new byte[1]);
                    }
                }
            }));
        }
        List<LogEntry> taken = new ArrayList<>();
        while (!running.stream().allMatch(Future::isDone)) {
            taken.addAll(shared.takeReady(100, 50));
        }
        for (Future<?> writer : running) {
            writer.get();
        }
        threads.shutdown();
        taken.addAll(shared.takeReady(Integer.MAX_VALUE, Long.MAX_VALUE));

        assertThat(taken).hasSize(writers * (each - (each + 2) / 3));
        long previous = 0;
        for (LogEntry entry : taken) {
            assertThat(entry.previousLsn()).isEqualTo(previous);
            assertThat(entry.lsn()).isGreaterThan(previous);
            previous = entry.lsn();
        }
    }
}
