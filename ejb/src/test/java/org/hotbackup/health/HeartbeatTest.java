package org.hotbackup.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.health.NodeFacts.Stuck;
import org.junit.jupiter.api.Test;

/** Which stations count as stuck, and which do not. */
class HeartbeatTest {

    private static final int PERIOD = 10;
    private static final int BOUND = 30;

    private long nanos;
    private final List<Station> stations = new ArrayList<>();
    private final Heartbeat heartbeat = new Heartbeat(() -> List.copyOf(stations), PERIOD, BOUND, () -> nanos);

    /** A station that gets on when it is asked, unless it is told not to. */
    private static final class FakeStation {
        private long progress;
        private int asked;
        private boolean moves = true;
        private boolean excused;

        Station named(String name) {
            return new Station(name, () -> progress, () -> excused, () -> {
                asked++;
                progress += moves ? 1 : 0;
            });
        }
    }

    private FakeStation station(String name) {
        FakeStation station = new FakeStation();
        stations.add(station.named(name));
        return station;
    }

    private void beat(int times) {
        for (int i = 0; i < times; i++) {
            nanos += TimeUnit.SECONDS.toNanos(PERIOD);
            heartbeat.beat();
        }
    }

    @Test
    void shouldFindNothingStuckThatGetsOn() {
        FakeStation store = station("store");
        beat(100);

        assertThat(heartbeat.stuck()).isEmpty();
        assertThat(store.asked).isEqualTo(100);
        assertThat(heartbeat.ages()).containsEntry("store", 0L).containsEntry(Heartbeat.TIMER, 0L);
    }

    @Test
    void shouldFindAStationThatStoppedAfterItsBound() {
        station("store");
        FakeStation pump = station("pump");
        beat(5);
        pump.moves = false;
        // what it did when it was asked last is seen by the next beat
        beat(1 + BOUND / PERIOD);
        assertThat(heartbeat.stuck()).isEmpty();

        beat(1);
        assertThat(heartbeat.stuck()).containsExactly(new Stuck("pump", BOUND + PERIOD));

        pump.moves = true;
        beat(2);
        assertThat(heartbeat.stuck()).isEmpty();
    }

    @Test
    void shouldNotCallStuckWhatSaysWhyItCannot() {
        FakeStation store = station("store");
        beat(5);
        store.moves = false;
        store.excused = true;
        beat(100);

        assertThat(heartbeat.stuck()).isEmpty();
    }

    @Test
    void shouldFindItsOwnTimerThatDoesNotBeat() {
        station("store");
        beat(5);
        nanos += TimeUnit.SECONDS.toNanos(BOUND + 1);

        assertThat(heartbeat.stuck()).containsExactly(new Stuck(Heartbeat.TIMER, BOUND + 1));
    }

    @Test
    void shouldBeAliveAgainWithTheFirstBeatOfAProcessThatWasStopped() {
        station("store");
        beat(5);
        nanos += TimeUnit.HOURS.toNanos(1);
        beat(1);

        assertThat(heartbeat.stuck()).isEmpty();
    }

    @Test
    void shouldForgetAStationThatIsGone() {
        FakeStation server = station("server todev");
        server.moves = false;
        beat(20);
        assertThat(heartbeat.stuck()).hasSize(1);
        stations.clear();
        beat(1);

        assertThat(heartbeat.stuck()).isEmpty();
    }

    @Test
    void shouldNeverWaitForAStoreThatIsStuck() throws InterruptedException {
        CountDownLatch stuck = new CountDownLatch(1);
        CountDownLatch begun = new CountDownLatch(1);
        StoreBeat store = new StoreBeat(
                () -> {
                    begun.countDown();
                    await(stuck);
                },
                () -> 7,
                HeartbeatTest::daemon);
        store.ask();
        begun.await();
        store.ask();
        store.ask();
        assertThat(store.progress()).isZero();
        assertThat(store.lostAndFound()).isEqualTo(-1);

        stuck.countDown();
        store.end();
        awaitProgress(store);
        assertThat(store.lostAndFound()).isEqualTo(7);
        assertThat(store.trouble()).isEmpty();
    }

    @Test
    void shouldTakeARefusalByNameForProgressAndAFailureNot() {
        StoreBeat refused = new StoreBeat(
                () -> {
                    throw new Refusal(MessageCode.STORE_FULL, 1, 2);
                },
                () -> 0,
                HeartbeatTest::daemon);
        refused.ask();
        awaitProgress(refused);
        assertThat(refused.trouble()).contains("1 MB left");

        StoreBeat failing = new StoreBeat(
                () -> {
                    throw new IllegalStateException("broken");
                },
                () -> 0,
                HeartbeatTest::daemon);
        failing.ask();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (failing.trouble().isEmpty() && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        assertThat(failing.trouble()).isEqualTo("broken");
        assertThat(failing.progress()).isZero();
    }

    private static void awaitProgress(StoreBeat store) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (store.progress() == 0 && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        assertThat(store.progress()).isPositive();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task);
        thread.setDaemon(true);
        return thread;
    }
}
