package org.hotbackup.replication;

import java.util.List;
import java.util.Optional;

/** An applier that never applied anything and says that it did what it is asked to; tests change what matters to them. */
class IdleApplier implements Applier {

    @Override
    public Optional<Position> position() {
        return Optional.empty();
    }

    @Override
    public Outcome apply(List<ReceivedTransaction> transactions, Position position) throws ApplyBlockedException {
        return new Outcome(transactions.size(), 0, 0, Optional.empty());
    }

    @Override
    public Outcome delay(List<ReceivedTransaction> transactions, Position position) {
        return new Outcome(0, transactions.size(), 0, Optional.empty());
    }

    @Override
    public Outcome applyDelayed(int most) throws ApplyBlockedException {
        return Outcome.NOTHING;
    }

    @Override
    public Optional<ReceivedTransaction> firstDelayed() {
        return Optional.empty();
    }

    @Override
    public Outcome setAsideDelayed(ReceivedTransaction blocked, String reason) {
        return Outcome.NOTHING;
    }

    @Override
    public long pending() {
        return 0;
    }

    @Override
    public Outcome setAside(
            ReceivedTransaction transaction, ApplyBlockedException.Cause why, String reason, Position position) {
        return new Outcome(0, 0, 1, Optional.of(new Lost(transaction.number(), reason)));
    }
}
