package org.hotbackup.replication;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.replication.Frame.Acknowledge;
import org.hotbackup.replication.Frame.Batch;
import org.hotbackup.replication.Frame.Heartbeat;
import org.hotbackup.replication.Frame.HeartbeatReply;
import org.hotbackup.replication.Frame.Hello;
import org.hotbackup.replication.Frame.PositionReport;
import org.hotbackup.replication.Frame.Refuse;
import org.hotbackup.replication.Frame.StatisticsReply;
import org.hotbackup.replication.Frame.StatisticsRequest;
import org.hotbackup.replication.Frame.Totals;
import org.hotbackup.txlog.LogEntry;
import org.hotbackup.txlog.QueueUnavailableException;
import org.hotbackup.txlog.TransactionLogQueue;

/**
 * The master server: calls its slave, places the slave's position in its queue, and sends what follows, several batches
 * ahead of the acknowledgements. An entry leaves the queue only when the slave acknowledged it (HB-014).
 *
 * <p>{@code CALLING -> GREETING -> PLACING -> SENDING}; every failure leads back to CALLING. Nothing that was taken from
 * the queue is forgotten on the way: it waits in the window and is sent again under the same number.
 */
public final class MasterSession implements Session {

    /** Makes a link to the slave. */
    @FunctionalInterface
    public interface Caller {
        Link call() throws LinkDownException;
    }

    /** Opens this server's queue. */
    @FunctionalInterface
    public interface QueueOpener {
        TransactionLogQueue.Reader open() throws QueueUnavailableException;
    }

    private enum State {
        CALLING,
        GREETING,
        PLACING,
        SENDING
    }

    private static final class SessionFailure extends Exception {
        private static final long serialVersionUID = 1L;
        private final transient Object[] values;
        private final MessageCode code;

        SessionFailure(MessageCode code, Object... values) {
            super(code.text(values));
            this.code = code;
            this.values = values;
        }
    }

    private final MasterSettings settings;
    private final Caller caller;
    private final QueueOpener opener;
    private final LongSupplier lastEnqueuedLsn;
    private final LongSupplier lastCommittedLsn;
    private final LongSupplier epochMillis;
    private final LongSupplier conversations;
    private final ServerMessages messages;
    private final SendWindow window = new SendWindow();
    private final Backoff backoff = new Backoff(200, 5_000);
    private final AtomicLong statisticsRequested = new AtomicLong();

    private State state = State.CALLING;
    private TransactionLogQueue.Reader reader;
    private Link link;
    private long conversation;
    private long nextCallAt;
    private long lastSentAt;
    private long lastHeardAt;
    private long placingSince;
    private long asleepUntil;
    private long statisticsSent;
    private String lastFailure = "";

    private long conversationsBegun;
    private long sent;
    private long acknowledged;
    private long bytes;
    private long lastRoundTripMillis = -1;
    private Totals slaveTotals = new Totals(0, 0);
    private long statisticsId;
    private String statistics = "";
    private volatile ServerFigures figures = ServerFigures.STOPPED;

    /**
     * A session that has not called yet.
     *
     * @param lastEnqueuedLsn the last LSN that is in the queue or was
     * @param lastCommittedLsn the last LSN that is committed, enqueued or not
     * @param epochMillis the wall clock, for lag only
     * @param conversations gives an id to each conversation, never the same twice
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
        this.opener = opener;
        this.lastEnqueuedLsn = lastEnqueuedLsn;
        this.lastCommittedLsn = lastCommittedLsn;
        this.epochMillis = epochMillis;
        this.conversations = conversations;
        this.messages = messages;
    }

    /**
     * Asks the slave for its statistics; the answer appears in {@link #figures} under this id. From any thread; the
     * session must be woken.
     */
    public long requestStatistics() {
        return statisticsRequested.incrementAndGet();
    }

    @Override
    public long step(long now) {
        try {
            if (reader == null) {
                reader = opener.open();
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
                send(now);
            }
            keepAlive(now);
        } catch (LinkDownException e) {
            MessageCode code = link == null ? MessageCode.CANNOT_CALL_HOST : MessageCode.LINK_DOWN;
            hangUp(now, backoff.afterFailure(), code, settings.peer(), e.getMessage());
        } catch (QueueUnavailableException e) {
            closeReader();
            hangUp(now, backoff.afterFailure(), MessageCode.QUEUE_UNAVAILABLE, e.getMessage());
        } catch (SessionFailure e) {
            hangUp(now, backoff.afterRefusal(), e.code, e.values);
        }
        publish(status());
        return nextStepAt(now);
    }

    private void call(long now) throws LinkDownException {
        publish(ServerStatus.WAIT_RESPONSE_TO_CALL);
        link = caller.call();
        conversation = conversations.getAsLong();
        conversationsBegun++;
        lastHeardAt = now;
        statisticsSent = statisticsId;
        state = State.GREETING;
        send(now, new Hello(settings.server(), settings.nodeId(), settings.history()));
    }

    private void receive(long now) throws LinkDownException, QueueUnavailableException, SessionFailure {
        Optional<byte[]> arrived = link.poll();
        while (arrived.isPresent()) {
            try {
                FrameCodec.Received received = FrameCodec.decode(arrived.get());
                if (received.conversation() == conversation) {
                    lastHeardAt = now;
                    receive(now, received.frame());
                }
            } catch (BadFrameException e) {
                if (e.isUnknownVersion()) {
                    throw new SessionFailure(MessageCode.REFUSED_VERSION, e.getMessage(), FrameCodec.VERSION);
                }
                throw new SessionFailure(MessageCode.BAD_NETWORK_MESSAGE, e.getMessage());
            }
            arrived = link.poll();
        }
    }

    private void receive(long now, Frame frame) throws QueueUnavailableException, SessionFailure {
        if (frame instanceof PositionReport report && state == State.GREETING) {
            begin(now, report);
        } else if (frame instanceof Acknowledge acknowledge && state == State.SENDING) {
            acknowledged(acknowledge);
        } else if (frame instanceof HeartbeatReply reply) {
            slaveTotals = reply.totals();
        } else if (frame instanceof StatisticsReply reply) {
            statisticsId = reply.id();
            statistics = reply.text();
        } else if (frame instanceof Refuse refuse) {
            throw new SessionFailure(MessageCode.SLAVE_REFUSED, refuse.text());
        } else {
            throw new SessionFailure(
                    MessageCode.BAD_NETWORK_MESSAGE, frame.getClass().getSimpleName() + " out of turn");
        }
    }

    /** The slave said where it stands: that is where sending begins, if the queue goes on from there. */
    private void begin(long now, PositionReport report) throws QueueUnavailableException, SessionFailure {
        Position position = report.position().orElse(new Position(settings.history(), 0, settings.definedAtLsn()));
        if (!position.history().equals(settings.history())) {
            throw new SessionFailure(MessageCode.REFUSED_UNKNOWN_HISTORY, position.history(), settings.history());
        }
        if (position.lsn() > lastCommittedLsn.getAsLong()) {
            throw new SessionFailure(MessageCode.REFUSED_POSITION_AHEAD, position.lsn(), lastCommittedLsn.getAsLong());
        }
        window.placeAfter(position.transaction(), position.lsn());
        if (window.firstPreviousLsn() > position.lsn()) {
            throw behind(window.firstPreviousLsn());
        }
        reader.acknowledge(position.lsn());
        placingSince = now;
        state = State.PLACING;
    }

    /**
     * Makes sure that nothing is missing between the position and what the queue holds. An entry that was enqueued must
     * come out of the queue; it may take a moment.
     */
    private void place(long now) throws QueueUnavailableException, SessionFailure {
        if (window.isEmpty() && lastEnqueuedLsn.getAsLong() > window.lastLsn() && !take()) {
            if (now - placingSince > MasterSettings.QUEUE_PATIENCE_MILLIS) {
                throw behind(lastEnqueuedLsn.getAsLong());
            }
            return;
        }
        state = State.SENDING;
        backoff.reset();
        lastFailure = "";
        messages.say(MessageCode.CONNECTED, settings.peer());
    }

    /** Takes the next entry that the slave has not yet, if there is one. */
    private boolean take() throws QueueUnavailableException, SessionFailure {
        Optional<LogEntry> entry = reader.poll();
        while (entry.isPresent() && entry.get().lsn() <= window.lastLsn()) {
            reader.acknowledge(entry.get().lsn());
            entry = reader.poll();
        }
        if (entry.isEmpty()) {
            return false;
        }
        if (entry.get().previousLsn() > window.lastLsn()) {
            SessionFailure gap = behind(entry.get().previousLsn());
            // the entry goes back to the queue with everything else: the gap must be found again at the next call
            closeReader();
            throw gap;
        }
        window.add(entry.get());
        return true;
    }

    private SessionFailure behind(long queueBeginsAfterLsn) {
        return new SessionFailure(
                MessageCode.REFUSED_POSITION_BEHIND,
                window.acknowledgedTransaction(),
                window.acknowledgedLsn(),
                queueBeginsAfterLsn);
    }

    private void send(long now) throws LinkDownException, QueueUnavailableException, SessionFailure {
        boolean more = true;
        while (more) {
            boolean found = fill(now);
            List<LogEntry> batch = window.nextBatch();
            if (!batch.isEmpty()) {
                long first = window.sentTransaction() - batch.size() + 1;
                publish(ServerStatus.WRITING_TO_NETWORK);
                send(now, new Batch(first, batch));
                sent += batch.size();
            }
            more = !batch.isEmpty() && (found || window.hasWaiting());
        }
        if (statisticsRequested.get() > statisticsSent) {
            statisticsSent = statisticsRequested.get();
            send(now, new StatisticsRequest(statisticsSent));
        }
    }

    /**
     * Takes entries for one batch.
     *
     * @return whether the queue may hold more
     */
    private boolean fill(long now) throws QueueUnavailableException, SessionFailure {
        if (now < asleepUntil) {
            return false;
        }
        for (int i = 0; i < MasterSettings.BATCH_TRANSACTIONS; i++) {
            if (!window.hasRoom()) {
                return false;
            }
            if (!take()) {
                asleepUntil = now + settings.txLogTimerMillis();
                return false;
            }
        }
        return true;
    }

    private void acknowledged(Acknowledge acknowledge) throws QueueUnavailableException, SessionFailure {
        if (acknowledge.transaction() > window.sentTransaction()) {
            throw new SessionFailure(
                    MessageCode.BAD_NETWORK_MESSAGE, "transaction " + acknowledge.transaction() + " was never sent");
        }
        long before = window.acknowledgedTransaction();
        LogEntry last = window.acknowledge(acknowledge.lsn());
        slaveTotals = acknowledge.totals();
        if (last != null) {
            reader.acknowledge(last.lsn());
            acknowledged += window.acknowledgedTransaction() - before;
            lastRoundTripMillis = Math.max(0, epochMillis.getAsLong() - last.committedAtMillis());
        }
    }

    private void keepAlive(long now) throws LinkDownException, SessionFailure {
        if (now - lastHeardAt > MasterSettings.NO_ANSWER_MILLIS) {
            throw new SessionFailure(MessageCode.NO_ANSWER, MasterSettings.NO_ANSWER_MILLIS / 1000);
        }
        if (now - lastSentAt >= MasterSettings.HEARTBEAT_MILLIS) {
            send(now, new Heartbeat());
        }
    }

    private void send(long now, Frame frame) throws LinkDownException {
        byte[] encoded = FrameCodec.encode(conversation, frame);
        link.send(encoded);
        bytes += encoded.length;
        lastSentAt = now;
    }

    /** Ends the conversation and calls again later; says why, unless that was said already. */
    private void hangUp(long now, long waitMillis, MessageCode code, Object... values) {
        String failure = code.text(values);
        if (!failure.equals(lastFailure)) {
            lastFailure = failure;
            messages.say(code, values);
        }
        closeLink();
        state = State.CALLING;
        nextCallAt = now + waitMillis;
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
        long next = Math.min(
                lastSentAt + MasterSettings.HEARTBEAT_MILLIS, lastHeardAt + MasterSettings.NO_ANSWER_MILLIS + 1);
        if (state == State.PLACING) {
            next = Math.min(next, now + 100);
        }
        return now < asleepUntil ? Math.min(next, asleepUntil) : next;
    }

    private void publish(ServerStatus status) {
        figures = new ServerFigures(
                status,
                link == null ? "" : settings.peer(),
                window.sentTransaction(),
                window.acknowledgedTransaction(),
                sent,
                acknowledged,
                slaveTotals.applied(),
                slaveTotals.lostAndFound(),
                bytes,
                Math.max(0, conversationsBegun - 1),
                window.oldestCommittedAtMillis(),
                lastRoundTripMillis,
                statisticsId,
                statistics);
    }

    @Override
    public ServerFigures figures() {
        return figures;
    }

    @Override
    public void close() {
        closeLink();
        closeReader();
        state = State.CALLING;
        publish(ServerStatus.STOPPED);
    }

    private void closeLink() {
        if (link != null) {
            link.close();
            link = null;
        }
    }

    private void closeReader() {
        if (reader != null) {
            reader.close();
            reader = null;
        }
        window.clear();
    }
}
