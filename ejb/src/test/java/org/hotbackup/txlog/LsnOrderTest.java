package org.hotbackup.txlog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LsnOrderTest {

    private final AtomicInteger woken = new AtomicInteger();
    private final LsnOrder order = new LsnOrder(10, 7, 100, woken::incrementAndGet);

    @Test
    void shouldHoldAnEntryBackUntilEverySmallerNumberIsDecided() {
        long first = order.next();
        long second = order.next();
        order.committed(second, 1, new byte[3]);

        assertThat(order.takeReady(10, 1000)).isEmpty();

        order.committed(first, 2, new byte[2]);
        assertThat(order.takeReady(10, 1000)).extracting(LogEntry::lsn).containsExactly(10L, 11L);
        assertThat(woken).hasValue(2);
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

        assertThat(ready).extracting(LogEntry::previousLsn).containsExactly(7L, first);
        assertThat(order.lastCommittedLsn()).isEqualTo(third);
    }

    @Test
    void shouldKeepPayloadsOnlyWithinTheBudget() {
        order.committed(order.next(), 1, new byte[80]);
        order.committed(order.next(), 1, new byte[80]);
        assertThat(order.pendingBytes()).isEqualTo(160);

        List<LogEntry> ready = order.takeReady(10, 1000);

        assertThat(ready.get(0).payload()).hasSize(80);
        assertThat(ready.get(1).payload()).isNull();
        assertThat(order.pendingBytes()).isZero();
        assertThat(order.pending()).isZero();
    }

    @Test
    void shouldTakeAtLeastOneEntryHoweverLarge() {
        order.committed(order.next(), 1, new byte[80]);
        order.committed(order.next(), 1, new byte[80]);

        assertThat(order.takeReady(10, 10)).hasSize(1);
        assertThat(order.takeReady(10, 10)).hasSize(1);
        assertThat(order.takeReady(10, 10)).isEmpty();
    }
}
