package org.hotbackup.txlog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class LsnOrderTest {

    private final LsnOrder order = new LsnOrder(7, 9);

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
}
