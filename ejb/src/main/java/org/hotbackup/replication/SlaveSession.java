package org.hotbackup.replication;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
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

/**
 * The slave server: listens, tells its master where it stands, applies what arrives and acknowledges after the durable
 * commit. It belongs to one master (I7); a new call of that master takes the place of an older conversation.
 */
public final class SlaveSession implements Session {

    /** Listens on the server's port. */
    @FunctionalInterface
    public interface Listener {
        Link listen() throws LinkDownException;
    }

    private static final long LISTENING_AGAIN_MILLIS = 1_000;

    private final SlaveSettings settings;
    private final Listener listener;
    private final Applier applier;
    private final Consumer<String> belongsTo;
    private final ServerMessages messages;
    private final Backoff blocked = new Backoff(100, 5_000);
    private final Deque<ReceivedTransaction> arrived = new ArrayDeque<>();

    private String masterNodeId;
    private Link link;
    private long listenAt;
    private long conversation;
    private long lastHeardAt;
    private long applyAt;
    private String history = "";
    private Optional<Position> position = Optional.empty();
    private long expectedAfter;
    private long expectedAfterLsn;
    private String lastRefusal = "";
    private String lastBlock = "";
    private String lastLinkFailure = "";

    private long conversationsBegun;
    private long received;
    private long acknowledged;
    private long applied;
    private long lostAndFound;
    private long bytes;
    private long batches;
    private volatile ServerFigures figures = ServerFigures.STOPPED;

    /**
     * A session that does not listen yet.
     *
     * @param belongsTo told the master's node id when the first master calls; keeps it for good before it returns
     */
    public SlaveSession(
            SlaveSettings settings,
            Listener listener,
            Applier applier,
            Consumer<String> belongsTo,
            ServerMessages messages) {
        this.settings = settings;
        this.listener = listener;
        this.applier = applier;
        this.belongsTo = belongsTo;
        this.messages = messages;
        this.masterNodeId = settings.masterNodeId();
    }

    /**
     * Begins to listen.
     *
     * @throws LinkDownException if the port cannot be listened on
     */
    public void listen() throws LinkDownException {
        position = applier.position();
        link = listener.listen();
        publish(0);
    }

    @Override
    public long step(long now) {
        try {
            if (link == null) {
                if (now < listenAt) {
                    return listenAt;
                }
                listen();
                lastLinkFailure = "";
            }
            receive(now);
            while (!arrived.isEmpty() && now >= applyAt) {
                apply(now);
                publish(now);
                receive(now);
            }
        } catch (LinkDownException e) {
            if (!e.getMessage().equals(lastLinkFailure)) {
                lastLinkFailure = e.getMessage();
                messages.say(MessageCode.LINK_DOWN, settings.server(), e.getMessage());
            }
            closeLink();
            listenAt = now + LISTENING_AGAIN_MILLIS;
        }
        publish(now);
        long next = conversation == 0 ? Long.MAX_VALUE : lastHeardAt + SlaveSettings.SILENCE_MILLIS + 1;
        if (link == null) {
            next = Math.min(next, listenAt);
        }
        return arrived.isEmpty() ? Math.min(next, now + SlaveSettings.SILENCE_MILLIS) : Math.min(next, applyAt);
    }

    /** Takes what has arrived, up to what one database transaction may hold. */
    private void receive(long now) throws LinkDownException {
        long size = 0;
        Optional<byte[]> frame = link.poll();
        while (frame.isPresent()) {
            bytes += frame.get().length;
            size += frame.get().length;
            try {
                FrameCodec.Received decoded = FrameCodec.decode(frame.get());
                receive(now, decoded);
            } catch (BadFrameException e) {
                badFrame(e);
            }
            boolean enough = arrived.size() >= SlaveSettings.APPLY_TRANSACTIONS || size >= SlaveSettings.APPLY_BYTES;
            frame = enough ? Optional.empty() : link.poll();
        }
    }

    private void receive(long now, FrameCodec.Received decoded) throws LinkDownException {
        if (decoded.frame() instanceof Hello hello) {
            hello(now, decoded.conversation(), hello);
        } else if (decoded.conversation() == conversation) {
            lastHeardAt = now;
            if (decoded.frame() instanceof Batch batch) {
                batch(batch);
            } else if (decoded.frame() instanceof Heartbeat) {
                send(new HeartbeatReply(totals()));
            } else if (decoded.frame() instanceof StatisticsRequest request) {
                send(new StatisticsReply(request.id(), statistics()));
            } else {
                refuse(
                        MessageCode.BAD_NETWORK_MESSAGE,
                        decoded.frame().getClass().getSimpleName() + " out of turn");
            }
        }
        // anything else belongs to a conversation that is over
    }

    private void hello(long now, long newConversation, Hello hello) throws LinkDownException {
        if (!masterNodeId.isEmpty() && !masterNodeId.equals(hello.nodeId())) {
            String refusal = MessageCode.REFUSED_ANOTHER_MASTER.text(masterNodeId, hello.nodeId());
            if (!refusal.equals(lastRefusal)) {
                lastRefusal = refusal;
                messages.say(MessageCode.REFUSED_ANOTHER_MASTER, masterNodeId, hello.nodeId());
            }
            link.send(FrameCodec.encode(newConversation, new Refuse(MessageCode.REFUSED_ANOTHER_MASTER.id(), refusal)));
            return;
        }
        if (masterNodeId.isEmpty()) {
            belongsTo.accept(hello.nodeId());
            masterNodeId = hello.nodeId();
        }
        arrived.clear();
        conversation = newConversation;
        conversationsBegun++;
        lastHeardAt = now;
        history = hello.history();
        expectedAfter = position.map(Position::transaction).orElse(0L);
        expectedAfterLsn = position.map(Position::lsn).orElse(0L);
        send(new PositionReport(settings.nodeId(), position));
        messages.say(MessageCode.CONNECTED, hello.server());
    }

    private void batch(Batch batch) throws LinkDownException {
        long number = batch.firstTransaction();
        for (LogEntry entry : batch.entries()) {
            if (number > expectedAfter) {
                boolean follows = number == expectedAfter + 1
                        && entry.lsn() > expectedAfterLsn
                        && (expectedAfter == 0 || entry.previousLsn() == expectedAfterLsn);
                if (!follows) {
                    refuse(MessageCode.REFUSED_GAP, number, expectedAfter);
                    return;
                }
                arrived.addLast(new ReceivedTransaction(number, entry));
                expectedAfter = number;
                expectedAfterLsn = entry.lsn();
                received++;
            }
            number++;
        }
    }

    private void apply(long now) throws LinkDownException {
        List<ReceivedTransaction> batch = new ArrayList<>();
        long size = 0;
        for (ReceivedTransaction transaction : arrived) {
            size += transaction.entry().payload().length;
            boolean full = batch.size() >= SlaveSettings.APPLY_TRANSACTIONS || size > SlaveSettings.APPLY_BYTES;
            if (full && !batch.isEmpty()) {
                break;
            }
            batch.add(transaction);
        }
        ReceivedTransaction last = batch.get(batch.size() - 1);
        Position reached = new Position(history, last.number(), last.entry().lsn());
        try {
            Applier.Outcome outcome = applier.apply(batch, reached);
            applied += outcome.applied();
            lostAndFound += outcome.lostAndFound();
        } catch (ApplyBlockedException e) {
            if (!e.getMessage().equals(lastBlock)) {
                lastBlock = e.getMessage();
                messages.say(MessageCode.TRANSACTION_BLOCKED, batch.get(0).number(), e.getMessage());
            }
            applyAt = now + blocked.afterFailure();
            return;
        }
        blocked.reset();
        lastBlock = "";
        position = Optional.of(reached);
        batch.forEach(transaction -> arrived.removeFirst());
        acknowledged += batch.size();
        batches++;
        send(new Acknowledge(reached.transaction(), reached.lsn(), totals()));
    }

    private void badFrame(BadFrameException e) throws LinkDownException {
        messages.say(MessageCode.BAD_NETWORK_MESSAGE, e.getMessage());
        if (e.isUnknownVersion()) {
            String text = MessageCode.REFUSED_VERSION.text(e.getMessage(), FrameCodec.VERSION);
            link.send(FrameCodec.encode(conversation, new Refuse(MessageCode.REFUSED_VERSION.id(), text)));
        } else if (conversation != 0) {
            refuse(MessageCode.BAD_NETWORK_MESSAGE, e.getMessage());
        }
    }

    /** Ends the conversation: the master calls again and goes on from the committed position. */
    private void refuse(MessageCode code, Object... values) throws LinkDownException {
        messages.say(code, values);
        send(new Refuse(code.id(), code.text(values)));
        conversation = 0;
        arrived.clear();
    }

    private void send(Frame frame) throws LinkDownException {
        link.send(FrameCodec.encode(conversation, frame));
    }

    private Totals totals() {
        return new Totals(applied, lostAndFound);
    }

    private String statistics() {
        return String.join(
                System.lineSeparator(),
                "Transactions received   " + received,
                "Transactions applied    " + applied,
                "In lost+found           " + lostAndFound,
                "Database transactions   " + batches,
                "Bytes received          " + bytes,
                "Conversations           " + conversationsBegun,
                "Last transaction        " + position.map(Position::transaction).orElse(0L));
    }

    private void publish(long now) {
        boolean silent = now - lastHeardAt > SlaveSettings.SILENCE_MILLIS;
        ServerStatus status =
                conversation == 0 || silent ? ServerStatus.WAIT_INCOMING_CALL : ServerStatus.READING_NETWORK;
        figures = new ServerFigures(
                status,
                conversation == 0 || link == null ? "" : link.peer(),
                expectedAfter,
                position.map(Position::transaction).orElse(0L),
                received,
                acknowledged,
                applied,
                lostAndFound,
                bytes,
                Math.max(0, conversationsBegun - 1),
                0,
                -1,
                batches,
                statistics());
    }

    @Override
    public ServerFigures figures() {
        return figures;
    }

    @Override
    public void close() {
        closeLink();
        figures = ServerFigures.STOPPED;
    }

    private void closeLink() {
        if (link != null) {
            link.close();
            link = null;
        }
        conversation = 0;
        arrived.clear();
    }
}
