package org.hotbackup.replication;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.hotbackup.txlog.LogEntry;
import org.junit.jupiter.api.Test;

class BlockageTest {

    private final Blockage blockage = new Blockage();

    private static Optional<BlockedTransaction> blocked(long number) {
        LogEntry entry = new LogEntry(number, number - 1, 0, new byte[0]);
        return Optional.of(new BlockedTransaction(
                new ReceivedTransaction(number, entry), ApplyBlockedException.Cause.DATABASE, "the disk is full"));
    }

    @Test
    void shouldOnlySetAsideWhatIsInTheWay() {
        assertThat(blockage.setAside(7)).isFalse();
        blockage.by(blocked(7));
        assertThat(blockage.setAside(8)).isFalse();
        assertThat(blockage.isToBeSetAside()).isFalse();
        assertThat(blockage.toSetAside()).isEmpty();

        assertThat(blockage.setAside(7)).isTrue();
        assertThat(blockage.isToBeSetAside()).isTrue();
        assertThat(blockage.toSetAside()).map(BlockedTransaction::number).contains(7L);
    }

    /** What an operator said of one transaction does not hold for the next. */
    @Test
    void shouldForgetWhatWasWantedOfATransactionThatIsDone() {
        blockage.by(blocked(7));
        blockage.setAside(7);
        blockage.by(blocked(8));
        assertThat(blockage.toSetAside()).isEmpty();

        blockage.isOver();
        assertThat(blockage.transaction()).isEmpty();
        assertThat(blockage.isToBeSetAside()).isFalse();
        blockage.by(blocked(7));
        assertThat(blockage.toSetAside()).isEmpty();
    }
}
