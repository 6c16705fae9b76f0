package org.hotbackup.replication;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** An image that knows what was applied to it, and its position. */
public final class AppliedImage implements Applier {
    public final List<Long> applied = Collections.synchronizedList(new ArrayList<>());
    public volatile Optional<Position> position = Optional.empty();
    public volatile int blocked;

    /** What it throws as often as it is asked, if anything. */
    public volatile Optional<RuntimeException> failure = Optional.empty();

    /** How often it threw that. */
    public volatile int failures;

    @Override
    public Optional<Position> position() {
        fail();
        return position;
    }

    private void fail() {
        failure.ifPresent(e -> {
            failures++;
            throw e;
        });
    }

    @Override
    public Outcome apply(List<ReceivedTransaction> transactions, Position to) throws ApplyBlockedException {
        fail();
        if (blocked-- > 0) {
            throw new ApplyBlockedException(ApplyBlockedException.Cause.LOCK, "locked", null);
        }
        transactions.forEach(one -> applied.add(one.entry().lsn()));
        position = Optional.of(to);
        return new Outcome(transactions.size(), 0, 0, Optional.empty());
    }

    @Override
    public Outcome delay(List<ReceivedTransaction> transactions, Position to) {
        throw new AssertionError();
    }

    @Override
    public Outcome applyDelayed(int most) {
        throw new AssertionError();
    }

    @Override
    public Optional<ReceivedTransaction> firstDelayed() {
        throw new AssertionError();
    }

    @Override
    public Outcome setAsideDelayed(ReceivedTransaction blocking, String reason) {
        throw new AssertionError();
    }

    @Override
    public long pending() {
        return 0;
    }

    @Override
    public Outcome setAside(
            ReceivedTransaction transaction, ApplyBlockedException.Cause why, String reason, Position to) {
        throw new AssertionError();
    }
}
