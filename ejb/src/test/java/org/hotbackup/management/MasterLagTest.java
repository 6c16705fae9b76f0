package org.hotbackup.management;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.hotbackup.store.StoreBean;
import org.hotbackup.txlog.LogEntry;
import org.hotbackup.txlog.TransactionLogQueue;
import org.junit.jupiter.api.Test;

/** Since when a slave is behind, wherever the transactions wait that it does not have (I9). */
class MasterLagTest {

    private static final long HOUR = 3_600_000;

    private final long now = System.currentTimeMillis();
    private long pendingSince;
    private long queuedSince;
    private final MasterLag lag = lag();

    private MasterLag lag() {
        MasterLag made = new MasterLag() {
            @Override
            long missingSinceMillis(String server) {
                return 0;
            }
        };
        made.store = new StoreBean() {
            @Override
            public long oldestPendingMillis() {
                return pendingSince;
            }
        };
        made.queue = new OnlyState();
        return made;
    }

    @Test
    void shouldBeNothingIfNothingWaits() {
        assertThat(lag.millis("todev")).isZero();
    }

    /** The slave has drained the queue, and the queue takes nothing. */
    @Test
    void shouldNotBeNothingWhileTransactionsWaitForThePump() {
        pendingSince = now - HOUR;
        assertThat(lag.millis("todev")).isGreaterThanOrEqualTo(HOUR);
    }

    @Test
    void shouldBeThatOfTheOldestWhereverItWaits() {
        pendingSince = now - HOUR;
        queuedSince = now - 2 * HOUR;
        assertThat(lag.millis("todev")).isGreaterThanOrEqualTo(2 * HOUR);
    }

    private final class OnlyState implements TransactionLogQueue {

        @Override
        public State state(String server) {
            return new State(queuedSince == 0 ? 0 : 1, 0, queuedSince);
        }

        @Override
        public void append(List<LogEntry> batch) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void define(String server) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void remove(String server) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void clear(String server) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Reader open(String server, Runnable wake) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<LogEntry> browse(String server, long afterLsn, int limit) {
            throw new UnsupportedOperationException();
        }
    }
}
