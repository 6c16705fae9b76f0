package org.hotbackup.replication.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.hotbackup.apply.LostItem;
import org.hotbackup.control.messages.MessageCode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Both real sessions, and what an operator may do to a pair: restore an end from a copy, bring another master, clear the
 * queue. Whatever cannot be continued is refused by name, on and on, and the slave's database stays as it is.
 */
class PairScenarioTest {

    private static final int A_WHILE_MILLIS = 30_000;

    /** Time for so many calls that not every refusal is lost with its connection. */
    private static final int MANY_CALLS_MILLIS = 300_000;

    private Simulation pair;
    private SimulatedMaster master;
    private SimulatedSlave slave;

    @BeforeEach
    void make() {
        make(1);
    }

    private void make(long seed) {
        pair = new Simulation(seed, Breakage.NONE);
        master = pair.master();
        slave = pair.slave();
    }

    @Test
    void shouldBringAFreshSlaveEverything() {
        pair.liveInPeace(100);

        assertThat(slave.store().disk().transaction()).isPositive();
        assertThat(pair.masterMessages()).allMatch(said -> said.contains("CONNECTED"));
    }

    @Test
    void shouldGoOnAfterARestartOfBoth() {
        pair.liveInPeace(20);
        restart(master);
        restart(slave);
        pair.work(20);

        pair.checkEqual();
    }

    @Test
    void shouldRefuseASlaveThatWasRestoredFromAnOlderCopy() {
        pair.liveInPeace(20);
        SlaveDisk copy = slave.store().disk().copy();
        pair.work(20);
        pair.restoreSlave(copy);

        assertRefused(MessageCode.REFUSED_POSITION_BEHIND, pair.masterMessages());
        pair.run(MANY_CALLS_MILLIS);
        assertThat(pair.slaveMessages())
                .filteredOn(said -> said.contains(MessageCode.MASTER_REFUSED.name()))
                .hasSize(1);
        assertThat(pair.slaveMessages()).as("once, not at every call").hasSizeLessThan(10);
    }

    @Test
    void shouldRefuseASlaveThatLostItsDatabase() {
        pair.liveInPeace(20);
        pair.restoreSlave(pair.slave().store().emptyDisk());

        assertRefused(MessageCode.REFUSED_POSITION_BEHIND, pair.masterMessages());
    }

    @Test
    void shouldRefuseToGoOnAfterTheQueueWasClearedInBetween() {
        pair.liveInPeace(20);
        slave.crash();
        master.store().work(20);
        pair.run(A_WHILE_MILLIS);
        assertThat(master.queue().depth()).isPositive();
        master.crash();
        master.queue().clear();
        master.start();
        slave.start();

        assertRefused(MessageCode.REFUSED_POSITION_BEHIND, pair.masterMessages());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    @Tag("HB-123")
    @Tag("HB-124")
    void shouldGoOnAfterEnqueuingWasStoppedIfNothingWasMissed(long seed) {
        make(seed);
        pair.liveInPeace(20);
        master.store().stopEnqueuing();
        restart(master);
        pair.run(A_WHILE_MILLIS);
        master.store().startEnqueuing();
        pair.work(20);

        pair.checkEqual();
    }

    /** Whether the slave was there or not, and whether anything followed or not. */
    @ParameterizedTest
    @CsvSource({"1, 0, true", "2, 20, true", "3, 0, false", "4, 20, false", "5, 20, true", "6, 20, false"})
    @Tag("HB-123")
    @Tag("HB-124")
    void shouldRefuseToGoOnAfterUpdatesWereMissed(long seed, int following, boolean slaveIsThere) {
        make(seed);
        pair.liveInPeace(20);
        if (!slaveIsThere) {
            slave.crash();
        }
        master.store().stopEnqueuing();
        master.store().work(5);
        pair.run(A_WHILE_MILLIS);
        restart(master);
        pair.run(A_WHILE_MILLIS);
        master.store().startEnqueuing();
        master.store().work(following);
        pair.run(A_WHILE_MILLIS);
        if (!slaveIsThere) {
            slave.start();
        }

        assertRefused(MessageCode.REFUSED_POSITION_BEHIND, pair.masterMessages());
        restart(master);
        assertRefused(MessageCode.REFUSED_POSITION_BEHIND, pair.masterMessages());
    }

    @Test
    void shouldGoOnAfterTheMasterWasRestoredFromACopyThatHasAllTheSlaveHas() {
        pair.liveInPeace(20);
        master.crash();
        master.restore(master.copy());
        master.start();
        pair.work(20);

        pair.checkEqual();
    }

    @Test
    void shouldRefuseAMasterThatWasRestoredFromAnOlderCopy() {
        restoreMasterFromAnOlderCopy();

        assertRefused(MessageCode.REFUSED_POSITION_AHEAD, pair.masterMessages());
    }

    /** The numbers of the lost past were given a second time, to other transactions, and the slave's was found again. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9})
    void shouldStillRefuseARestoredMasterThatHasWorkedPastTheSlave(long seed) {
        make(seed);
        restoreMasterFromAnOlderCopy();
        master.store().work(200);

        assertRefusedAsRestored();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9})
    void shouldStillRefuseARestoredMasterThatFoundItsSlaveOnlyLater(long seed) {
        make(seed);
        restoreMasterFromAnOlderCopy();
        slave.crash();
        master.store().work(200);
        pair.run(A_WHILE_MILLIS);
        slave.start();

        assertRefusedAsRestored();
    }

    @Test
    void shouldRefuseAnotherMasterAndServeItsOwn() {
        pair.liveInPeace(20);
        SimulatedMaster other = pair.furtherMaster("node-other", Truth.HISTORY);
        other.start();
        other.store().work(20);
        pair.work(20);

        pair.checkEqual();
        assertThat(pair.slaveMessages()).anyMatch(said -> said.contains(MessageCode.REFUSED_ANOTHER_MASTER.name()));
        assertThat(other.session().figures().acknowledged()).isZero();
    }

    @Test
    void shouldRefuseItsMasterWithAnotherHistory() {
        pair.liveInPeace(20);
        master.crash();
        SimulatedMaster madeAnew = pair.furtherMaster("node-master", "history-2");
        madeAnew.start();
        madeAnew.store().work(20);

        assertRefused(MessageCode.REFUSED_UNKNOWN_HISTORY, pair.slaveMessages());
        assertThat(madeAnew.queue().depth()).isPositive();
    }

    /** While one transaction was in the way others arrived behind it: setting it aside took them for done too. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void shouldSetAsideNothingButTheTransactionAtTheHead(long seed) {
        make(seed);
        pair.liveInPeace(20);
        slave.store().block(A_WHILE_MILLIS);
        master.store().work(5);
        pair.run(A_WHILE_MILLIS / 3);
        long head = slave.session().head().orElseThrow().transaction().number();
        assertThat(slave.session().setAside(head)).isTrue();
        pair.work(50);

        assertThat(slave.store().disk().image().lost().map(LostItem::transaction))
                .contains(head);
        slave.store().disk().checkConservation();
        slave.store().disk().checkExpected();
    }

    /** The copy was made when the master was stopped; the slave has what came afterwards, which the master lost. */
    private void restoreMasterFromAnOlderCopy() {
        pair.liveInPeace(20);
        master.crash();
        SimulatedMaster.Copy copy = master.copy();
        master.start();
        pair.work(40);
        master.crash();
        master.restore(copy);
        master.start();
    }

    /** Ahead of the master's numbers or between two of them, whichever way the random stretches fell. */
    private void assertRefusedAsRestored() {
        long transaction = slave.store().disk().transaction();
        pair.run(MANY_CALLS_MILLIS);

        assertThat(pair.masterMessages())
                .last()
                .asString()
                .containsPattern(
                        MessageCode.REFUSED_POSITION_AHEAD.name() + "|" + MessageCode.REFUSED_POSITION_UNKNOWN.name());
        assertThat(master.store().transactionsToDo()).isZero();
        assertThat(slave.store().disk().transaction()).isEqualTo(transaction);
    }

    private void assertRefused(MessageCode code, List<String> said) {
        long transaction = slave.store().disk().transaction();
        pair.run(A_WHILE_MILLIS);

        assertThat(said).anyMatch(message -> message.contains(code.name()));
        assertThat(slave.store().disk().transaction()).isEqualTo(transaction);
    }

    private static void restart(Machine machine) {
        machine.crash();
        machine.start();
    }
}
