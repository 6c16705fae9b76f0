package org.hotbackup.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.hotbackup.control.Cause;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.health.Diagnosis.Health;
import org.hotbackup.health.NodeFacts.Stuck;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is told of a node whose facts cannot be read any more. */
class LatestFactsTest {

    private static final Stuck PUMP = new Stuck("log pump", 40);

    private final AtomicLong nanos = new AtomicLong();
    private final Facts facts = new Facts();
    private final CountDownLatch hangs = new CountDownLatch(1);
    private final CountDownLatch goesOn = new CountDownLatch(1);
    private volatile boolean hanging;
    private volatile List<Stuck> stuck = List.of();
    private final LatestFacts latest = new LatestFacts(this::read, () -> stuck, nanos::get);
    private final FutureTask<NodeFacts> hung = new FutureTask<>(latest::get);

    private NodeFacts read(List<Stuck> now) {
        if (hanging) {
            hangs.countDown();
            await(goesOn);
        }
        facts.stuck = now;
        return facts.facts();
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(1, TimeUnit.MINUTES)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private void later(long seconds) {
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(seconds));
    }

    /** From now on a reader hangs. */
    private void hang() {
        hanging = true;
        later(1);
        new Thread(hung).start();
        await(hangs);
    }

    @AfterEach
    void goOn() {
        goesOn.countDown();
    }

    @Test
    void shouldReadAgainWhatIsASecondOld() {
        facts.master();
        facts.lastLsn = 1;
        assertThat(latest.get().log().lastLsn()).isEqualTo(1);
        facts.lastLsn = 2;
        assertThat(latest.get().log().lastLsn()).isEqualTo(1);
        later(1);
        assertThat(latest.get().log().lastLsn()).isEqualTo(2);
    }

    @Test
    void shouldSayWhatIsStuckWhileSomebodyReads() {
        facts.master();
        latest.get();
        hang();
        assertThat(latest.get().stuck()).isEmpty();
        stuck = List.of(PUMP);

        assertThat(latest.get().stuck()).containsExactly(PUMP);
        assertThat(NodeMetric.STATIONS_STUCK.value(latest.get())).isEqualTo(1);
        assertThat(latest.get().servers().get(0).queue()).isPresent();
    }

    @Test
    void shouldNotBeHealthyForEverWhenTheReaderHangs() {
        facts.master();
        assertThat(Diagnosis.of(latest.get()).health()).isEqualTo(Health.OK);
        hang();
        stuck = List.of(PUMP);
        later(LatestFacts.OLD_SECONDS);

        NodeFacts old = latest.get();
        Diagnosis diagnosis = Diagnosis.of(old);
        assertThat(diagnosis.health()).isEqualTo(Health.CRITICAL);
        assertThat(diagnosis.causes())
                .extracting(Cause::sentence)
                .contains(
                        MessageCode.CAUSE_STUCK.text(PUMP.station(), PUMP.seconds()),
                        MessageCode.CAUSE_STUCK.text(LatestFacts.READER, LatestFacts.OLD_SECONDS + 1));
        assertThat(old.isStuck(LatestFacts.READER)).isTrue();
        assertThat(ServerMetric.LAG_SECONDS.value(old.servers().get(0))).isNaN();
        assertThat(ServerMetric.LAG_TRANSACTIONS.value(old.servers().get(0))).isNaN();
    }

    @Test
    void shouldBeHealthyAgainWhenTheReaderGoesOn() throws InterruptedException, ExecutionException, TimeoutException {
        facts.master();
        latest.get();
        hang();
        later(LatestFacts.OLD_SECONDS);
        assertThat(latest.get().stuck()).isNotEmpty();

        hanging = false;
        goesOn.countDown();
        hung.get(1, TimeUnit.MINUTES);
        assertThat(latest.get().stuck()).isEmpty();
        assertThat(latest.get().servers().get(0).queue()).isPresent();
    }
}
