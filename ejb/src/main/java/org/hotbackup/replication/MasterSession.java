package org.hotbackup.replication;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.replication.BadFrameException.Fault;
import org.hotbackup.replication.Frame.Acknowledge;
import org.hotbackup.replication.Frame.Batch;
import org.hotbackup.replication.Frame.Checked;
import org.hotbackup.replication.Frame.Heartbeat;
import org.hotbackup.replication.Frame.HeartbeatReply;
import org.hotbackup.replication.Frame.Hello;
import org.hotbackup.replication.Frame.PositionReport;
import org.hotbackup.replication.Frame.Promoted;
import org.hotbackup.replication.Frame.Refuse;
import org.hotbackup.replication.Frame.StatisticsReply;
import org.hotbackup.replication.Frame.StatisticsRequest;
import org.hotbackup.replication.Frame.Totals;
import org.hotbackup.replication.Frame.Upstream;
import org.hotbackup.txlog.LogEntry;
import org.hotbackup.txlog.QueueEmptiedException;
import org.hotbackup.txlog.QueueUnavailableException;
import org.hotbackup.txlog.TransactionLogQueue;
import org.hotbackup.verify.CheckReport;

/**
 * The master server: calls its slave, places the slave's position in its queue, and sends what follows, several batches
 * ahead of the acknowledgements. An entry leaves the queue only when the slave acknowledged it (HB-014).
 *
 * <p>{@code CALLING -> GREETING -> PLACING -> SENDING}; every failure leads back to CALLING, without end of attempts.
 * Nothing that was taken from the queue is forgotten on the way: it waits in the window and is sent again under the same
 * number.
 */
public final class MasterSession implements Session {

    private static final Logger LOG = Logger.getLogger(MasterSession.class.getName());
    private static final long PLACING_STEP_MILLIS = 100;
    private static final List<String> UNSURE = List.of("");
    private static final long NEVER = Long.MIN_VALUE;

    /** What a slave refuses that may be well in a moment. */
    private static final Set<String> CALL_AGAIN = Set.of(
            MessageCode.CONVERSATION_OVER.id(), MessageCode.REFUSED_GAP.id(), MessageCode.SLAVE_CANNOT_ANSWER.id());

    /** Makes a link to the slave. */
    @FunctionalInterface
    public interface Caller {
        /** Calls; waits for the connection, some seconds at most. */
        Link call() throws LinkDownException;
    }

    /** Opens this server's queue. */
    @FunctionalInterface
    public interface QueueOpener {
        /** The one reader of the queue. */
        TransactionLogQueue.Reader open() throws QueueUnavailableException;
    }

    private enum State {
        CALLING,
        GREETING,
        PLACING,
        SENDING
    }

    private final MasterSettings settings;
    private final Caller caller;
    private final LongSupplier epochMillis;
    private final LongSupplier conversations;
    private final Notices notices;
    private final Extraction extraction;
    private final SendWindow window;
    private final Backoff backoff =
            new Backoff(MasterSettings.FIRST_CALL_AGAIN_MILLIS, MasterSettings.CALL_AGAIN_MILLIS);
    private final MasterStatistics statistics = new MasterStatistics();
    private final Unacknowledged unacknowledged = new Unacknowledged();
    private final AtomicLong statisticsRequested = new AtomicLong();

    private State state = State.CALLING;
    private volatile Link link;
    private long conversation;
    private long nextCallAt = NEVER;
    private long lastSentAt;
    private long lastBatchAt;
    private long lastHeardAt;
    private long missingSince = NEVER;
    private long asleepUntil = NEVER;
    private long statisticsSent;

    private Traces traces = Traces.toNowhere();
    private LongFunction<List<String>> upstream = lsn -> List.of();
    /** What the slave was told in this conversation, {@link #UNSURE} if it may not have heard it. */
    private List<String> upstreamSaid = List.of();

    private LongSupplier epoch = () -> Epochs.FIRST;
    private long definedAtEpoch = Epochs.FIRST;
    /** What the slave was told in this conversation. */
    private long epochSaid;

    private Consumer<Promoted> superseded = promoted -> {};
    private Consumer<CheckReport> reports = report -> {};
    private LongConsumer behind = sinceMillis -> {};
    private LongConsumer placed = lsn -> {};
    private volatile long acknowledgedLsn;
    private volatile String slaveNodeId = "";
    private volatile ServerFigures figures = ServerFigures.STOPPED;
    private volatile long behindSinceMillis;
    private volatile Optional<StandingRefusal> refusal = Optional.empty();

    /**
     * A session that has not called yet.
     *
     * @param lastEnqueuedLsn the last LSN that is in the queue or was
     * @param lastCommittedLsn the last LSN that is committed, enqueued or not
     * @param epochMillis the wall clock, for lag only
     * @param conversations gives an id to each conversation, never 0 and never the same twice
     */
    public MasterSession(
            MasterSettings settings,
            Caller caller,
            QueueOpener opener,
            LongSupplier lastEnqueuedLsn,
            LongSupplier lastCommittedLsn,
            LongSupplier epochMillis,
            LongSupplier conversations,
            ServerMessages messages) {
        this.settings = settings;
        this.caller = caller;
        this.epochMillis = epochMillis;
        this.conversations = conversations;
        this.notices = new Notices(messages);
        this.extraction = new Extraction(settings, opener, lastEnqueuedLsn, lastCommittedLsn);
        this.window = extraction.window();
        publish(status());
    }

    /**
     * Asks the slave for its statistics; the answer appears in {@link #figures} under this id. From any thread; the
     * session must be woken.
     */
    public long requestStatistics() {
        return statisticsRequested.incrementAndGet();
    }

    /** Why it does not get through to its slave, a sentence; empty if it does, or has not tried. From any thread. */
    public String callTrouble() {
        ServerStatus now = figures.status();
        boolean through = now != ServerStatus.WAIT_RESPONSE_TO_CALL && now != ServerStatus.CONNECTED;
        return through ? "" : notices.trouble();
    }

    /** The transaction that the slave has and does not acknowledge although it answers, empty if it gets on. From any thread. */
    public Optional<UnacknowledgedTransaction> unacknowledged() {
        return unacknowledged.transaction();
    }

    /**
     * Since when it is known that the slave misses something that is not in the queue, epoch milliseconds; 0 if it is not.
     * From any thread.
     */
    public long behindSinceMillis() {
        return behindSinceMillis;
    }

    @Override
    public Optional<StandingRefusal> refusal() {
        return refusal;
    }

    @Override
    public void traceTo(Traces newTraces) {
        traces = newTraces;
    }

    /**
     * Asks, on the session's thread, which nodes' updates this one passes on; before the first step.
     *
     * @param nodeIds given the LSN up to which the slave has everything: those whose updates follow on it in the log, or
     *     may follow any moment; with {@link Sources#UNKNOWN} among them the slave is refused
     */
    public void passesOn(LongFunction<List<String>> nodeIds) {
        upstream = nodeIds;
    }

    /**
     * Asks, on the session's thread, for this node's epoch; before the first step.
     *
     * @param definedAt the epoch in which the master server was set up: a promotion in that one or before is an old story
     */
    public void epoch(LongSupplier current, long definedAt) {
        epoch = current;
        definedAtEpoch = definedAt;
    }

    /**
     * Tells somebody, on the session's thread, that a slave of this history was promoted; he keeps it for good before he
     * returns. Before the first step.
     */
    public void onSuperseded(Consumer<Promoted> listener) {
        superseded = listener;
    }

    /** Tells somebody what the slave reports of checks, on the session's thread; before the first step. */
    public void onReport(Consumer<CheckReport> listener) {
        reports = listener;
    }

    /**
     * Tells somebody, on the session's thread, since when it is known that the slave misses something that is not in the
     * queue, epoch milliseconds; before the first step.
     */
    public void onBehind(LongConsumer listener) {
        behind = listener;
    }

    /**
     * Tells somebody, on the session's thread, the LSN at which the slave stands when the queue is found to go on from there;
     * before the first step.
     */
    public void onPlaced(LongConsumer listener) {
        placed = listener;
    }

    /**
     * The LSN up to which the slave is known to have everything, 0 if that is not known. Whatever it reported of checks up
     * to there was told before.
     */
    public long acknowledgedLsn() {
        return acknowledgedLsn;
    }

    /** Identity of the node that answered last, empty if none has yet. From any thread. */
    public String slaveNodeId() {
        return slaveNodeId;
    }

    @Override
    public long step(long now) {
        try {
            if (!extraction.isOpen()) {
                publish(ServerStatus.READING_QUEUE);
                extraction.open();
                publish(status());
            }
            if (state != State.CALLING && epoch.getAsLong() != epochSaid) {
                // the slave has to know it
                hangUp(now, 0);
            }
            if (state == State.CALLING) {
                if (now < nextCallAt) {
                    return nextCallAt;
                }
                call(now);
            }
            receive(now);
            if (state == State.PLACING) {
                place(now);
            }
            if (state == State.SENDING) {
                sayUpstream(now);
                send(now);
            }
            keepAlive(now);
        } catch (LinkDownException e) {
            MessageCode code = link == null ? MessageCode.CANNOT_CALL_HOST : MessageCode.LINK_DOWN;
            notices.trouble(code, settings.peer(), e.getMessage());
            hangUp(now, backoff.afterFailure());
        } catch (QueueEmptiedException e) {
            notices.trouble(MessageCode.QUEUE_EMPTIED, e.getMessage());
            extraction.close();
            hangUp(now, backoff.afterFailure());
        } catch (QueueUnavailableException e) {
            notices.trouble(MessageCode.QUEUE_UNAVAILABLE, e.getMessage());
            extraction.close();
            hangUp(now, backoff.afterFailure());
        } catch (SessionFailure e) {
            boolean refused = e.code().kind() == MessageCode.Kind.REFUSAL;
            if (refused) {
                refusal = Optional.of(e.standing());
            }
            notices.trouble(e.code(), e.values());
            if (e.code() == MessageCode.REFUSED_POSITION_BEHIND && behindSinceMillis == 0) {
                behindSinceMillis = epochMillis.getAsLong();
                behind.accept(behindSinceMillis);
            }
            tellWhy(now, e);
            hangUp(now, refused ? backoff.afterRefusal() : backoff.afterFailure());
        } catch (OutOfMemoryError e) {
            notices.trouble(MessageCode.MALLOC_ERROR, e.getMessage());
            extraction.close();
            hangUp(now, backoff.afterRefusal());
        } catch (RuntimeException e) {
            LOG.log(Level.SEVERE, "Master server " + settings.server() + " failed; it begins again", e);
            notices.trouble(MessageCode.INTERNAL_ERROR, e.toString());
            extraction.close();
            hangUp(now, backoff.afterRefusal());
        }
        publish(status());
        return nextStepAt(now);
    }

    private void call(long now) throws LinkDownException, SessionFailure {
        publish(ServerStatus.WAIT_RESPONSE_TO_CALL);
        link = caller.call();
        publish(ServerStatus.CONNECTED);
        conversation = conversations.getAsLong();
        statistics.conversation();
        lastHeardAt = now;
        statisticsSent = statistics.answeredId();
        state = State.GREETING;
        epochSaid = epoch.getAsLong();
        send(now, new Hello(settings.server(), settings.nodeId(), settings.history(), epochSaid));
        upstreamSaid = List.of();
        sayUpstream(now);
    }

    /** Before any update of theirs: a slave that is among them must not get its own updates back. */
    private void sayUpstream(long now) throws LinkDownException, SessionFailure {
        boolean placed = state == State.SENDING;
        List<String> all = upstream.apply(placed ? window.acknowledgedLsn() : settings.definedAtLsn());
        if (placed) {
            refuseUnknown(all);
        }
        List<String> present =
                all.stream().filter(nodeId -> !nodeId.equals(Sources.UNKNOWN)).toList();
        if (!present.equals(upstreamSaid)) {
            send(now, new Upstream(present));
            upstreamSaid = present;
        }
    }

    /** What may be anybody's may be the slave's own. */
    private void refuseUnknown(List<String> nodeIds) throws SessionFailure {
        if (nodeIds.contains(Sources.UNKNOWN)) {
            throw SessionFailure.refusing(
                    MessageCode.REFUSED_UPSTREAM_UNKNOWN, settings.nodeId(), window.acknowledgedLsn());
        }
    }

    private void receive(long now) throws LinkDownException, QueueUnavailableException, SessionFailure {
        Optional<byte[]> arrived = link.poll();
        while (arrived.isPresent()) {
            FrameCodec.Received received = decode(arrived.get());
            if (received.conversation() == conversation) {
                lastHeardAt = now;
                statistics.heard(now);
                receive(now, received.frame());
            }
            arrived = link.poll();
        }
    }

    private static FrameCodec.Received decode(byte[] frame) throws SessionFailure {
        try {
            return FrameCodec.decode(frame);
        } catch (BadFrameException e) {
            throw e.fault() == Fault.UNKNOWN_VERSION
                    ? SessionFailure.refusing(MessageCode.REFUSED_VERSION, e.getMessage(), FrameCodec.VERSION)
                    : SessionFailure.refusing(MessageCode.BAD_NETWORK_MESSAGE, e.getMessage());
        }
    }

    private void receive(long now, Frame frame) throws QueueUnavailableException, SessionFailure {
        if (frame instanceof PositionReport report && state == State.GREETING) {
            slaveNodeId = report.nodeId();
            extraction.place(report.position());
            missingSince = now;
            state = State.PLACING;
            // the slave may have heard the call only when it came a second time, and nothing that followed the first
            upstreamSaid = upstreamSaid.isEmpty() ? upstreamSaid : UNSURE;
        } else if (frame instanceof Acknowledge acknowledge && state == State.SENDING) {
            acknowledged(now, acknowledge.transaction(), acknowledge.lsn(), acknowledge.totals());
        } else if (frame instanceof HeartbeatReply reply && state != State.GREETING) {
            acknowledged(now, reply.transaction(), reply.lsn(), reply.totals());
            if (unacknowledged.answers(now)) {
                notices.trouble(MessageCode.NOT_ACKNOWLEDGED, settings.peer(), window.acknowledgedTransaction() + 1);
            }
        } else if (frame instanceof StatisticsReply reply && state == State.SENDING) {
            statistics.answered(reply);
        } else if (frame instanceof Checked checked && state == State.SENDING) {
            reports.accept(checked.report());
        } else if (frame instanceof Promoted promoted && state == State.GREETING) {
            promoted(promoted);
        } else if (frame instanceof Refuse refuse) {
            throw SessionFailure.refusedBy(
                    CALL_AGAIN.contains(refuse.messageId())
                            ? MessageCode.SLAVE_CALLS_FOR_REPEAT
                            : MessageCode.SLAVE_REFUSED,
                    refuse);
        } else {
            throw SessionFailure.refusing(
                    MessageCode.BAD_NETWORK_MESSAGE, frame.getClass().getSimpleName() + " out of turn");
        }
    }

    /** Believed of this history and of a later epoch than this master's; the slave refuses in any case. */
    private void promoted(Promoted promoted) throws SessionFailure {
        Position last = promoted.position();
        if (last.history().equals(settings.history()) && promoted.epoch() > definedAtEpoch) {
            superseded.accept(promoted);
            throw SessionFailure.turnedAway(
                    MessageCode.SUPERSEDED, promoted.nodeId(), promoted.epoch(), last.transaction(), last.lsn());
        }
    }

    private void place(long now) throws QueueUnavailableException, SessionFailure {
        if (extraction.isPlaced()) {
            refuseUnknown(upstream.apply(window.acknowledgedLsn()));
            state = State.SENDING;
            missingSince = NEVER;
            behindSinceMillis = 0;
            refusal = Optional.empty();
            placed.accept(window.acknowledgedLsn());
            notices.recovery(MessageCode.CONNECTED, settings.peer());
        } else {
            awaitMissing(now);
        }
    }

    /** What was enqueued comes out of the queue in a moment; what does not is no longer there, or never was. */
    private void awaitMissing(long now) throws SessionFailure {
        if (!extraction.misses()) {
            missingSince = NEVER;
        } else if (missingSince == NEVER) {
            missingSince = now;
        } else if (now - missingSince > MasterSettings.QUEUE_PATIENCE_MILLIS) {
            throw extraction.missing();
        }
    }

    private void send(long now) throws LinkDownException, QueueUnavailableException, SessionFailure {
        boolean more = true;
        while (more) {
            boolean mayHoldMore = fill(now);
            List<LogEntry> batch = mayWait(now) ? List.of() : extraction.nextBatch();
            if (!batch.isEmpty()) {
                // what came out of the queue since then may be another node's
                sayUpstream(now);
                lastBatchAt = now;
                send(now, new Batch(window.sentTransaction() - batch.size() + 1, batch));
                watchOldest(now);
                statistics.sent(batch.size());
                traces.trace("sent", window.sentTransaction() - batch.size() + 1, batch);
            }
            more = !batch.isEmpty() && (mayHoldMore || window.hasWaiting());
        }
        if (statisticsRequested.get() > statisticsSent) {
            statisticsSent = statisticsRequested.get();
            send(now, new StatisticsRequest(statisticsSent));
        }
    }

    /** A few transactions wait a moment for more while others are under way; the first after a pause goes at once. */
    private boolean mayWait(long now) {
        return window.hasOut()
                && window.waitingCount() < MasterSettings.SMALL_BATCH_TRANSACTIONS
                && now - lastBatchAt < MasterSettings.SMALL_BATCH_MILLIS;
    }

    /**
     * Takes entries for one batch.
     *
     * @return whether the queue may hold more that there is room for
     */
    private boolean fill(long now) throws QueueUnavailableException, SessionFailure {
        if (now < asleepUntil) {
            return false;
        }
        publish(ServerStatus.READING_QUEUE);
        for (int i = 0; i < MasterSettings.BATCH_TRANSACTIONS; i++) {
            if (!window.hasRoom()) {
                return false;
            }
            if (!extraction.take()) {
                asleepUntil = now + settings.txLogTimerMillis();
                awaitMissing(now);
                return false;
            }
            missingSince = NEVER;
        }
        return true;
    }

    private void acknowledged(long now, long transaction, long lsn, Totals totals)
            throws QueueUnavailableException, SessionFailure {
        long before = window.acknowledgedTransaction();
        Optional<LogEntry> last = extraction.acknowledge(transaction, lsn);
        statistics.slaveHas(totals);
        if (last.isPresent()) {
            traces.acknowledged(transaction, lsn);
            statistics.acknowledged(
                    transaction - before,
                    Math.max(0, epochMillis.getAsLong() - last.get().committedAtMillis()));
        }
        watchOldest(now);
        if (state == State.SENDING && unacknowledged.transaction().isEmpty()) {
            notices.well();
            backoff.reset();
        }
    }

    /** What is out was sent in this conversation: it waits for the slave alone. */
    private void watchOldest(long now) {
        boolean goesOn = window.hasOut()
                ? unacknowledged.isOut(now, window.acknowledgedTransaction() + 1)
                : unacknowledged.nothingIsOut();
        if (goesOn) {
            notices.recovery(MessageCode.ACKNOWLEDGES_AGAIN, window.acknowledgedTransaction());
        }
    }

    private void keepAlive(long now) throws LinkDownException, SessionFailure {
        long patience = patienceMillis();
        if (now - lastHeardAt > patience) {
            throw SessionFailure.turnedAway(MessageCode.NO_ANSWER, patience / 1000);
        }
        boolean greeted = state == State.PLACING || state == State.SENDING;
        if (greeted && now - lastSentAt >= MasterSettings.HEARTBEAT_MILLIS) {
            unacknowledged.asks();
            send(now, new Heartbeat(window.sentTransaction()));
        }
    }

    /** A slave that applies a large transaction answers only afterwards; one that has nothing to do answers at once. */
    private long patienceMillis() {
        return state == State.SENDING && window.hasOut()
                ? MasterSettings.NO_ACKNOWLEDGEMENT_MILLIS
                : MasterSettings.NO_ANSWER_MILLIS;
    }

    private void send(long now, Frame frame) throws LinkDownException {
        byte[] encoded = FrameCodec.encode(conversation, frame);
        publish(ServerStatus.WRITING_TO_NETWORK);
        link.send(encoded);
        statistics.frame(encoded.length);
        lastSentAt = now;
    }

    private void tellWhy(long now, SessionFailure failure) {
        if (failure.isOurs()) {
            try {
                send(now, new Refuse(failure.code().id(), failure.getMessage()));
            } catch (LinkDownException e) {
                // the link is given up anyway, for a reason that was said
            }
        }
    }

    /** Ends the conversation and calls again later. */
    private void hangUp(long now, long waitMillis) {
        state = State.CALLING;
        nextCallAt = now + waitMillis;
        unacknowledged.begins();
        closeLink(status());
    }

    private ServerStatus status() {
        return switch (state) {
            case CALLING -> ServerStatus.WAIT_RESPONSE_TO_CALL;
            case GREETING, PLACING -> ServerStatus.CONNECTED;
            case SENDING -> window.isEmpty() ? ServerStatus.IDLE : ServerStatus.WAITING_FOR_ACK;
        };
    }

    private long nextStepAt(long now) {
        if (state == State.CALLING) {
            return nextCallAt;
        }
        long next = lastHeardAt + patienceMillis() + 1;
        if (state != State.GREETING) {
            next = Math.min(next, lastSentAt + MasterSettings.HEARTBEAT_MILLIS);
        }
        if (state == State.PLACING) {
            next = Math.min(next, now + PLACING_STEP_MILLIS);
        } else if (state == State.SENDING && window.hasWaiting() && mayWait(now)) {
            next = Math.min(next, lastBatchAt + MasterSettings.SMALL_BATCH_MILLIS);
        }
        return now < asleepUntil ? Math.min(next, asleepUntil) : next;
    }

    private void publish(ServerStatus status) {
        acknowledgedLsn = state == State.SENDING ? window.acknowledgedLsn() : 0;
        figures = statistics.figures(
                status,
                link == null ? "" : settings.peer(),
                window.sentTransaction(),
                window.acknowledgedTransaction(),
                window.oldestCommittedAtMillis());
    }

    /** What was handed to the link is on its way only when the other side takes it: that is asked at the moment. */
    @Override
    public ServerFigures figures() {
        ServerFigures latest = figures;
        Link current = link;
        boolean writing = latest.status() == ServerStatus.WAITING_FOR_ACK && current != null && current.isWriting();
        return writing ? latest.doing(ServerStatus.WRITING_TO_NETWORK) : latest;
    }

    @Override
    public void close() {
        state = State.CALLING;
        unacknowledged.begins();
        closeLink(ServerStatus.STOPPED);
        extraction.close();
    }

    /** Closing may take a moment: it is said before that nobody is there any more. */
    private void closeLink(ServerStatus from) {
        Link closing = link;
        link = null;
        publish(from);
        if (closing != null) {
            closing.close();
        }
    }
}
