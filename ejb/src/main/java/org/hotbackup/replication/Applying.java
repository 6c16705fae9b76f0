package org.hotbackup.replication;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.model.FilePath;
import org.hotbackup.replication.Frame.Acknowledge;
import org.hotbackup.replication.Frame.Batch;
import org.hotbackup.replication.Frame.Checked;
import org.hotbackup.verify.CheckReport;

/**
 * What becomes of the transactions that arrive at a slave server: applied, or delayed (HB-016), one database transaction at
 * a time, and acknowledged after its durable commit. It knows where the server stands. When transactions cannot be applied
 * it takes fewer at a time until the one that is in the way is found, and tries that again and again. For the session's
 * thread, except {@link #applyUpdates}, {@link #head} and {@link #setAside}. Without a lock: what those change counts for
 * the next database transaction.
 */
final class Applying {

    /** The master of the conversation that is under way, if there is one. */
    interface Master {
        /** Tells it something; without a conversation nobody is told. */
        void tell(Frame frame) throws LinkDownException;

        /** Ends the conversation: the master calls again, and goes on from where the slave stands. */
        void callAgain() throws LinkDownException;
    }

    private static final Logger LOG = Logger.getLogger(Applying.class.getName());
    private static final long NONE = 0;

    private final String server;
    private final Applier applier;
    private final Master master;
    private final SlaveStatistics statistics;
    private final SlavePromotion promotion;
    private final ServerMessages messages;
    private final Notices notices;
    private final CatchUp catchUp;
    private final Arrivals arrivals = new Arrivals();
    private final Blockage blockage = new Blockage();
    private final Backoff backoff =
            new Backoff(SlaveSettings.FIRST_APPLY_AGAIN_MILLIS, SlaveSettings.APPLY_AGAIN_MILLIS);

    private String history = "";
    private Optional<Position> position = Optional.empty();
    /** A call of the applier failed: whether it changed anything is not known. */
    private boolean positionUncertain;

    /** Whether updates are applied as they arrive, or delayed; changed from any thread. */
    private volatile boolean applyUpdates = true;
    /** Whether files are being changed; set before it is asked whether they may be, so nobody sees neither. */
    private volatile boolean changing;
    /** The most transactions in the next database transaction. */
    private int most = SlaveSettings.APPLY_TRANSACTIONS;
    /** When the next attempt makes sense. */
    private long notBefore = Long.MIN_VALUE;
    /** The last transaction that could not be applied, alone or with others. */
    private long blockedUpTo = NONE;

    /** The files of which it said that their record cannot be read. */
    private final Set<Integer> saidUnreadable = new HashSet<>();

    private Traces traces = Traces.toNowhere();

    Applying(
            String server,
            Applier applier,
            Master master,
            SlaveStatistics statistics,
            SlavePromotion promotion,
            ServerMessages messages) {
        this.server = server;
        this.applier = applier;
        this.master = master;
        this.statistics = statistics;
        this.promotion = promotion;
        this.messages = messages;
        this.notices = new Notices(messages);
        this.catchUp = new CatchUp(applier, messages);
    }

    /** Traces transactions to this from now on. */
    void traceTo(Traces newTraces) {
        traces = newTraces;
    }

    /** Applies updates as they arrive from now on, after those that are delayed; or delays them. From any thread. */
    void applyUpdates(boolean apply) {
        applyUpdates = apply;
    }

    /**
     * Whether a database transaction is under way that changes files: once it is not after {@link #applyUpdates} was told
     * not to, none begins. From any thread.
     */
    boolean isChangingFiles() {
        return changing;
    }

    /** The transaction that cannot be applied now, empty if none is in the way. From any thread. */
    Optional<BlockedTransaction> head() {
        Optional<BlockedTransaction> delayed =
                mayApplyDelayed() ? catchUp.blockage().transaction() : Optional.empty();
        return delayed.or(blockage::transaction);
    }

    /**
     * Puts the blocked transaction into lost+found at the next attempt, unless it can be applied before or is delayed. From
     * any thread.
     *
     * @return false if another one, or none, is blocked
     */
    boolean setAside(long transaction) {
        return catchUp.blockage().setAside(transaction) || blockage.setAside(transaction);
    }

    /** Whether an operator asked for the transaction in the way to be put into lost+found, and it is still there. */
    boolean isSettingAside() {
        return catchUp.blockage().toSetAside().isPresent()
                || blockage.toSetAside().isPresent();
    }

    /** Begins with what the database knows. */
    void begin() {
        readPosition();
        beginAgain();
    }

    /** Looks where the database stands. */
    void readPosition() {
        position = applier.position();
        positionUncertain = false;
    }

    /** Forgets what arrived and is not applied: it comes once more. */
    void beginAgain() {
        arrivals.beginAfter(position);
    }

    /** Where the database stands, empty if it never applied anything; nothing else changes by asking. */
    Optional<Position> committed() {
        return positionUncertain ? applier.position() : position;
    }

    /** What arrives from now on is of this history, and follows on this position. */
    void goOnAfter(Optional<Position> known, String ofHistory) {
        position = known;
        positionUncertain = false;
        history = ofHistory;
    }

    /** Where it stands, empty if it never applied anything. */
    Optional<Position> position() {
        return position;
    }

    /** Where it stands in the history of its master. */
    Position reached() {
        return position.orElse(new Position(history, 0, 0));
    }

    /** Number of the last transaction that was dealt with, 0 if there is none. */
    long lastDealtWith() {
        return position.map(Position::transaction).orElse(0L);
    }

    /** Number of the last transaction that arrived. */
    long lastArrived() {
        return arrivals.lastTransaction();
    }

    /** How many transactions arrived and are not dealt with. */
    int waiting() {
        return arrivals.size();
    }

    /** How many transactions are delayed. */
    long pending() {
        return applier.pending();
    }

    /**
     * Takes what is new in a batch.
     *
     * @throws SessionFailure if it does not follow on what arrived before, or is more than any window allows
     */
    void take(Batch batch) throws SessionFailure {
        traces.trace("received", batch.firstTransaction(), batch.entries());
        statistics.received(arrivals.add(batch));
    }

    /** Whether as many have arrived as one database transaction may take, and it makes sense to try them. */
    boolean hasAFullBatch(long now) {
        return arrivals.fillABatch() && now >= notBefore;
    }

    /** When there is something to do at the latest; {@link Long#MAX_VALUE} if nothing is left. */
    long nextAt(long now) {
        long next = arrivals.isEmpty() ? Long.MAX_VALUE : Math.max(now, notBefore);
        return applyUpdates && applier.pending() > 0 ? Math.min(next, Math.max(now, catchUp.notBefore())) : next;
    }

    /** What is to be done in the next database transaction; empty if nothing waits, or nothing can be done now. */
    List<ReceivedTransaction> next(long now) throws LinkDownException {
        boolean due = !arrivals.isEmpty() && now >= notBefore;
        if (!due || positionUncertain && !knowsItsPosition(now)) {
            return List.of();
        }
        // while traces are on one at a time, so that the one at fault is the one that is named (HB-033); alone as well
        // what an operator wants in lost+found, or those behind it would be taken for done
        return arrivals.firstBatch(traces.isOn() || blockage.isToBeSetAside() ? 1 : most);
    }

    /**
     * Applies transactions in one database transaction and acknowledges them.
     *
     * @param batch what is {@link #next}
     * @return whether another one can follow at once
     */
    boolean apply(long now, List<ReceivedTransaction> batch) throws LinkDownException {
        ReceivedTransaction last = batch.get(batch.size() - 1);
        Position reached = new Position(history, last.number(), last.entry().lsn());
        batch.forEach(transaction -> traces.trace("applying", transaction));
        List<CheckReport> reports;
        try {
            Applier.Outcome outcome = perform(batch, reached);
            count(outcome);
            reports = outcome.reports();
            batch.forEach(transaction -> traces.trace(fate(outcome), transaction));
        } catch (ApplyBlockedException e) {
            block(now, batch, e.what(), e.getMessage());
            return false;
        } catch (RuntimeException e) {
            LOG.log(Level.SEVERE, "Transaction " + batch.get(0).number() + " or one after it cannot be applied", e);
            block(now, batch, ApplyBlockedException.Cause.INTERNAL, e.toString());
            return false;
        }
        blockage.isOver();
        got(reached.transaction());
        most = Math.min(SlaveSettings.APPLY_TRANSACTIONS, most * 2);
        goesWell();
        for (CheckReport report : reports) {
            master.tell(new Checked(report));
        }
        reached(reached);
        return !arrivals.isEmpty();
    }

    private Applier.Outcome perform(List<ReceivedTransaction> batch, Position reached) throws ApplyBlockedException {
        changing = true;
        try {
            return performOrDelay(batch, reached);
        } finally {
            changing = false;
        }
    }

    private Applier.Outcome performOrDelay(List<ReceivedTransaction> batch, Position reached)
            throws ApplyBlockedException {
        if (!applyUpdates || applier.pending() > 0) {
            changing = false;
            // also what an operator wants in lost+found: there it would be taken for older than what is delayed before
            // it
            return applier.delay(batch, reached);
        }
        Optional<BlockedTransaction> setAside = blockage.toSetAside();
        if (setAside.isPresent() && setAside.get().number() == batch.get(0).number()) {
            return applier.setAside(
                    batch.get(0), setAside.get().what(), setAside.get().reason(), reached);
        }
        return applier.apply(batch, reached);
    }

    /**
     * Applies some of what was delayed; what arrives meanwhile queues behind it.
     *
     * @return whether more can follow at once
     */
    boolean applyDelayed(long now) {
        if (now < catchUp.notBefore() || applier.pending() == 0) {
            return false;
        }
        Optional<Applier.Outcome> outcome;
        changing = true;
        try {
            if (!mayApplyDelayed()) {
                return false;
            }
            outcome = catchUp.attempt(now);
        } finally {
            changing = false;
        }
        if (outcome.isEmpty()) {
            promotion.blocked(now);
            return false;
        }
        statistics.databaseTransaction();
        promotion.goesWell();
        count(outcome.get());
        if (applier.pending() == 0) {
            messages.say(MessageCode.PENDING_APPLIED);
            return false;
        }
        return true;
    }

    private boolean mayApplyDelayed() {
        return applyUpdates || promotion.isUnderWay();
    }

    private static String fate(Applier.Outcome outcome) {
        if (outcome.lostAndFound() > 0) {
            return "put into lost+found";
        }
        return outcome.delayed() > 0 ? "delayed" : "applied";
    }

    private void count(Applier.Outcome outcome) {
        statistics.performed(outcome);
        outcome.created().forEach(this::sayCreated);
        outcome.unreadable().stream()
                .filter(saidUnreadable::add)
                .forEach(number -> messages.say(MessageCode.CANNOT_READ_FOF_ITEM, number));
        outcome.lost().ifPresent(lost -> {
            messages.say(MessageCode.TRANSACTION_LOST_AND_FOUND, lost.transaction(), lost.reason());
            if (outcome.lostAndFound() > 1) {
                messages.say(MessageCode.MORE_LOST_AND_FOUND, outcome.lostAndFound() - 1, lost.transaction());
            }
        });
    }

    private void sayCreated(FilePath created) {
        if (created.level() == FilePath.Level.MASTER_DICTIONARY) {
            messages.say(MessageCode.AUTO_CREATED, "account", created.account());
        } else {
            messages.say(MessageCode.AUTO_CREATED, "file", created);
        }
    }

    private void goesWell() {
        statistics.databaseTransaction();
        backoff.reset();
        promotion.goesWell();
        notices.well();
    }

    /** Everything up to a transaction is done: perhaps what could not be applied, too. */
    private void got(long transaction) {
        if (blockedUpTo != NONE && transaction >= blockedUpTo) {
            notices.recovery(MessageCode.APPLIES_AGAIN, blockedUpTo);
            notices.well();
            blockedUpTo = NONE;
        }
    }

    private void block(long now, List<ReceivedTransaction> batch, ApplyBlockedException.Cause what, String reason) {
        traces.trace("not applied: " + reason, batch.get(0));
        blockedUpTo = Math.max(blockedUpTo, batch.get(batch.size() - 1).number());
        positionUncertain = true;
        promotion.blocked(now);
        notices.trouble(MessageCode.TRANSACTION_BLOCKED, batch.get(0).number(), reason);
        if (batch.size() == 1) {
            blockage.by(Optional.of(new BlockedTransaction(batch.get(0), what, reason)));
            notBefore = now + backoff.afterFailure();
        } else {
            // fewer at a time, until the one that is in the way is found
            most = batch.size() / 2;
            notBefore = now + SlaveSettings.FIRST_APPLY_AGAIN_MILLIS;
        }
    }

    /** While the database is away the conversation stays and what arrived waits: that is no failure of the session. */
    private boolean knowsItsPosition(long now) throws LinkDownException {
        Optional<Position> committed;
        try {
            committed = applier.position();
        } catch (RuntimeException e) {
            LOG.log(Level.FINE, "The position of slave server " + server + " could not be read", e);
            notices.trouble(
                    MessageCode.TRANSACTION_BLOCKED,
                    arrivals.firstBatch(1).get(0).number(),
                    e.getMessage());
            notBefore = now + backoff.afterFailure();
            return false;
        }
        return recall(committed);
    }

    /**
     * Looks where the database stands after a failure: what it did nevertheless is not done again.
     *
     * @return whether the conversation goes on from there
     */
    private boolean recall(Optional<Position> committed) throws LinkDownException {
        Optional<Position> before = position;
        position = committed;
        positionUncertain = false;
        long advanced = arrivals.dropUpTo(lastDealtWith());
        if (!arrivals.follow(position)) {
            master.callAgain();
            beginAgain();
            return false;
        }
        if (!position.equals(before) && position.isPresent()) {
            got(position.get().transaction());
            statistics.appliedAfterAll(advanced);
            statistics.acknowledged(advanced);
            master.tell(
                    new Acknowledge(position.get().transaction(), position.get().lsn(), statistics.totals(pending())));
        }
        return true;
    }

    private void reached(Position reached) throws LinkDownException {
        position = Optional.of(reached);
        statistics.acknowledged(arrivals.dropUpTo(reached.transaction()));
        master.tell(new Acknowledge(reached.transaction(), reached.lsn(), statistics.totals(pending())));
    }
}
