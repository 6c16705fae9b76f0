package org.hotbackup.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hotbackup.apply.DelayedUpdates;
import org.hotbackup.apply.LostAndFoundType;
import org.hotbackup.apply.OpenedFiles;
import org.hotbackup.apply.SlaveBatch;
import org.hotbackup.apply.Transaction;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.model.Update;
import org.hotbackup.replication.Applier;
import org.hotbackup.replication.ApplyBlockedException;
import org.hotbackup.replication.ApplyBlockedException.Cause;
import org.hotbackup.replication.Position;
import org.hotbackup.replication.ReceivedTransaction;
import org.hotbackup.verify.CheckNumbers;
import org.hotbackup.verify.CheckReport;
import org.hotbackup.verify.CheckReport.Finding;

/** Applies what one slave server receives (design 1.7). For one thread at a time, but for {@link #pending}. */
final class SlaveApplier implements Applier {

    private final Store store;
    private final SlaveBatch.Rules rules;
    private final OpenedFiles opened;
    private final DelayedUpdates delayed;
    private volatile String masterServer = "";
    private volatile long pending;
    /** How many are pending is not known: nobody looked yet, or a database transaction failed. */
    private boolean pendingUncertain = true;

    /** An applier that goes on where this server's last one stopped. */
    SlaveApplier(Store store, SlaveBatch.Rules rules, OpenedFiles opened) {
        this.store = store;
        this.rules = rules;
        this.opened = opened;
        delayed = new DelayedUpdates(rules.server());
    }

    @Override
    public void calledBy(String server) {
        masterServer = server;
    }

    @Override
    public boolean receives(List<String> nodeIds, boolean nothingWaits) {
        boolean nothingLeft = nothingWaits && !pendingUncertain && pending == 0;
        return store.sources(rules.server(), before -> before.receiving(nodeIds, nothingLeft));
    }

    /** Before anything is locked: what changes something is logged, or goes past this node's own slaves. */
    private void received(SlaveTransaction transaction, List<Transaction> decoded) {
        boolean changes = decoded.stream()
                .flatMap(one -> one.updates().stream())
                .anyMatch(update -> !(update instanceof Update.RangeChecked));
        if (rules.logSlaveUpdate() || changes) {
            transaction.work().receivedBy(rules.server());
        }
    }

    /** Whether the check of this number is for this slave; nothing is passed over before a master called. */
    private boolean isAsked(long number) {
        return masterServer.isEmpty() || CheckNumbers.isFor(masterServer, number);
    }

    @Override
    public Optional<Position> position() {
        try {
            store.slaveMemory().recall();
            countPending();
            try (Connection connection = store.database().connect()) {
                return store.positions().read(connection, rules.server());
            }
        } catch (SQLException e) {
            throw new StoreFailure("its position could not be read: " + e.getMessage(), e);
        }
    }

    @Override
    public Outcome apply(List<ReceivedTransaction> transactions, Position position) throws ApplyBlockedException {
        List<Transaction> decoded =
                transactions.stream().map(Transaction::decode).toList();
        boolean makesRoom = decoded.stream().allMatch(Transaction::makesRoom);
        return toPosition(position, transactions.size(), makesRoom, (transaction, batch) -> {
            received(transaction, decoded);
            transaction.lock(decoded);
            return perform(decoded, batch, false);
        });
    }

    @Override
    public Outcome delay(List<ReceivedTransaction> transactions, Position position) throws ApplyBlockedException {
        Outcome outcome = toPosition(position, transactions.size(), false, (transaction, batch) -> {
            delayed.add(transaction.image(), transactions);
            return new Outcome(0, transactions.size(), 0, Optional.empty(), postponed(transactions));
        });
        pending += outcome.delayed();
        return outcome;
    }

    @Override
    public Outcome applyDelayed(int most) throws ApplyBlockedException {
        try {
            countPending();
        } catch (SQLException | StoreFailure e) {
            throw new ApplyBlockedException(Cause.DATABASE, e.getMessage(), e);
        }
        if (pending == 0) {
            return Outcome.NOTHING;
        }
        List<ReceivedTransaction> first = new ArrayList<>();
        // what is delayed is there already; only the log entries for this node's own slaves are more
        Outcome outcome = inBatch(!rules.logSlaveUpdate(), (transaction, batch) -> {
            first.addAll(delayed.first(transaction.image(), most));
            List<Transaction> decoded = first.stream().map(Transaction::decode).toList();
            received(transaction, decoded);
            transaction.lock(decoded);
            Outcome performed = perform(decoded, batch, true);
            delayed.remove(transaction.image(), first);
            return performed;
        });
        pending -= first.size();
        return outcome;
    }

    @Override
    public Optional<ReceivedTransaction> firstDelayed() {
        try {
            return SlaveTransaction.read(store, image -> delayed.first(image, 1)).stream()
                    .findFirst();
        } catch (SQLException e) {
            throw new StoreFailure("delayed updates could not be read", e);
        }
    }

    @Override
    public Outcome setAsideDelayed(ReceivedTransaction blocked, String reason) throws ApplyBlockedException {
        Outcome outcome = inBatch(true, (transaction, batch) -> {
            List<ReceivedTransaction> first = delayed.first(transaction.image(), 1);
            // an earlier call may have done it although it was told that its commit failed
            if (first.isEmpty() || first.get(0).number() != blocked.number()) {
                return Outcome.NOTHING;
            }
            batch.setAside(LostAndFoundType.DELAYED, Transaction.decode(first.get(0)), reason);
            delayed.remove(transaction.image(), first);
            return new Outcome(0, 0, 1, Optional.of(new Lost(blocked.number(), reason)));
        });
        pending -= outcome.lostAndFound();
        return outcome;
    }

    @Override
    public long pending() {
        return pending;
    }

    @Override
    public Outcome setAside(ReceivedTransaction blocked, Cause why, String reason, Position position)
            throws ApplyBlockedException {
        LostAndFoundType type =
                switch (why) {
                    case LOCK -> LostAndFoundType.TIME_OUT;
                    case DATABASE -> LostAndFoundType.SERVER_RESET;
                    case INTERNAL -> LostAndFoundType.INTERNAL_ERROR;
                };
        return toPosition(position, 1, false, (transaction, batch) -> {
            batch.setAside(type, Transaction.decode(blocked), reason);
            return new Outcome(0, 0, 1, Optional.of(new Lost(blocked.number(), reason)));
        });
    }

    /** A check among delayed updates finds nothing that could be compared with the master now. */
    private List<CheckReport> postponed(List<ReceivedTransaction> transactions) {
        List<CheckReport> reports = new ArrayList<>();
        for (ReceivedTransaction transaction : transactions) {
            for (Update update : Transaction.decode(transaction).updates()) {
                if (update instanceof Update.RangeChecked checked
                        && isAsked(checked.check().number())) {
                    reports.add(CheckReport.of(checked.check().number(), Finding.NOT_SETTLED));
                }
            }
        }
        return reports;
    }

    private void countPending() throws SQLException {
        if (pendingUncertain) {
            pending = SlaveTransaction.read(store, delayed::count);
            pendingUncertain = false;
        }
    }

    /** What is done in one database transaction. */
    private interface Work<T> {
        T in(SlaveTransaction transaction, SlaveBatch batch) throws SQLException;
    }

    /** Does work and keeps the position, unless an earlier call did both although it was told that its commit failed. */
    private Outcome toPosition(Position position, int transactions, boolean makesRoom, Work<Outcome> work)
            throws ApplyBlockedException {
        return inBatch(makesRoom, (transaction, batch) -> {
            Connection connection = transaction.work().connection();
            if (store.positions().read(connection, rules.server()).equals(Optional.of(position))) {
                return new Outcome(transactions, 0, 0, Optional.empty());
            }
            Outcome outcome = work.in(transaction, batch);
            store.positions().write(connection, rules.server(), position);
            return outcome;
        });
    }

    private <T> T inBatch(boolean makesRoom, Work<T> work) throws ApplyBlockedException {
        boolean done = false;
        try {
            SlaveTransaction.Work<T> body = transaction -> {
                long acknowledged = store.positions()
                        .read(transaction.work().connection(), rules.server())
                        .map(Position::transaction)
                        .orElse(0L);
                SlaveBatch batch = new SlaveBatch(
                        rules,
                        opened,
                        transaction.image(),
                        transaction.tasks(),
                        transaction.overtaken(),
                        transaction.now(),
                        acknowledged);
                batch.answers(this::isAsked);
                T answer = work.in(transaction, batch);
                batch.finish();
                return answer;
            };
            T result = makesRoom
                    ? SlaveTransaction.free(store, rules.logSlaveUpdate(), body)
                    : SlaveTransaction.run(store, rules.logSlaveUpdate(), body);
            done = true;
            return result;
        } catch (Refusal e) {
            Cause cause = e.code() == MessageCode.LOCKED ? Cause.LOCK : Cause.DATABASE;
            throw new ApplyBlockedException(cause, e.getMessage(), e);
        } catch (SQLException e) {
            throw new ApplyBlockedException(Cause.DATABASE, "the database does not do it: " + e.getMessage(), e);
        } catch (StoreFailure e) {
            throw new ApplyBlockedException(Cause.DATABASE, e.getMessage(), e);
        } finally {
            pendingUncertain |= !done;
        }
    }

    private static Outcome perform(List<Transaction> transactions, SlaveBatch batch, boolean wereDelayed) {
        int lost = 0;
        Optional<Lost> first = Optional.empty();
        for (Transaction transaction : transactions) {
            Optional<String> reason = wereDelayed ? batch.performDelayed(transaction) : batch.perform(transaction);
            if (reason.isPresent()) {
                lost++;
                first = first.or(
                        () -> Optional.of(new Lost(transaction.received().number(), reason.get())));
            }
        }
        return new Outcome(
                transactions.size() - lost, 0, lost, first, batch.reports(), batch.created(), batch.unreadable());
    }
}
