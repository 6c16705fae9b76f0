package org.hotbackup.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class GroupCheckpointTest {

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Semaphore begun = new Semaphore(0);
    private final Semaphore mayEnd = new Semaphore(0);
    private final AtomicInteger forced = new AtomicInteger();
    private final AtomicReference<Exception> failure = new AtomicReference<>();
    private volatile boolean failing;
    private volatile boolean gone;
    private volatile boolean closed;
    private final CountDownLatch failed = new CountDownLatch(1);
    private final GroupCheckpoint durability = new GroupCheckpoint(new Held(), Thread::new, thrown -> {
        failure.set(thrown);
        failed.countDown();
    });

    private final class Held implements GroupCheckpoint.Checkpoint {
        @Override
        public void force() throws SQLException {
            begun.release();
            mayEnd.acquireUninterruptibly();
            if (failing) {
                throw new SQLException("no space left");
            }
            forced.incrementAndGet();
        }

        @Override
        public void look() throws SQLException {
            if (gone) {
                throw new SQLException("the database has been closed");
            }
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    @AfterEach
    void end() {
        mayEnd.release(1000);
        durability.close();
        threads.shutdownNow();
    }

    @Test
    void shouldReleaseWhoeverCameBeforeTheCheckpointBegan() throws Exception {
        Future<?> first = threads.submit(durability::await);
        begun.acquire();
        List<Future<?>> late = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            late.add(threads.submit(durability::await));
        }
        assertWaits(first);
        mayEnd.release();
        first.get();
        begun.acquire();
        for (Future<?> waiting : late) {
            assertWaits(waiting);
        }
        mayEnd.release(5);
        for (Future<?> waiting : late) {
            waiting.get();
        }
        assertThat(forced.get()).isBetween(2, 6);
    }

    @Test
    void shouldNeverTryAgainAfterAFailure() throws Exception {
        failing = true;
        Future<?> waiting = threads.submit(durability::await);
        begun.acquire();
        mayEnd.release();
        assertThatThrownBy(waiting::get).hasRootCauseInstanceOf(StoreFailure.class);
        assertThat(failure.get()).hasMessage("no space left");
        failing = false;
        assertThatThrownBy(durability::await).isInstanceOf(StoreFailure.class);
        assertThat(begun.availablePermits()).isZero();
        assertThat(forced.get()).isZero();
    }

    /**
     * On a full disk H2 closed itself while nobody wrote: the node said that it was ready, and answered 500 to everything for
     * ever, also when there was room again.
     */
    @Test
    void shouldFindOutThatTheDatabaseIsGoneWhileNobodyWaits() throws Exception {
        gone = true;

        assertThat(failed.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(failure.get()).hasMessage("the database has been closed");
        assertThatThrownBy(durability::await).isInstanceOf(StoreFailure.class);
        assertThat(forced.get()).isZero();
    }

    @Test
    void shouldForceWhatWaitsBeforeItCloses() throws Exception {
        Future<?> waiting = threads.submit(durability::await);
        begun.acquire();
        Future<?> closing = threads.submit(durability::close);
        assertWaits(closing);
        mayEnd.release();
        waiting.get();
        closing.get();
        assertThat(forced.get()).isEqualTo(1);
    }

    /** A connection that is still being closed made files in a folder that was deleted already. */
    @Test
    void shouldHaveClosedItsConnectionWhenItIsClosed() {
        durability.close();
        assertThat(closed).isTrue();
    }

    private static void assertWaits(Future<?> request) {
        assertThatThrownBy(() -> request.get(60, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
    }
}
