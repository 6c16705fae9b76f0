package org.hotbackup.tapesocket;

import java.util.Optional;
import java.util.function.LongSupplier;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.replication.Link;
import org.hotbackup.replication.LinkDownException;
import org.hotbackup.replication.Notices;
import org.hotbackup.replication.ServerMessages;
import org.hotbackup.replication.ServerStatus;
import org.hotbackup.tapesocket.TapeFrame.Blocks;
import org.hotbackup.tapesocket.TapeFrame.Check;
import org.hotbackup.tapesocket.TapeFrame.CheckReply;
import org.hotbackup.tapesocket.TapeFrame.End;
import org.hotbackup.tapesocket.TapeFrame.Heartbeat;
import org.hotbackup.tapesocket.TapeFrame.Hello;
import org.hotbackup.tapesocket.TapeFrame.Ready;
import org.hotbackup.tapesocket.TapeFrame.Refuse;
import org.hotbackup.tapesocket.TapeFrame.Shutdown;
import org.hotbackup.tapesocket.TapeFrame.ShuttingDown;
import org.hotbackup.tapesocket.TapeFrame.Written;

/**
 * The input server: listens, writes the blocks that arrive to its pipe, and acknowledges what is in it. Only an end that the
 * output server sends closes the pipe; when the network breaks, the pipe stays open and waits. For one thread and without a
 * lock, except where a method says otherwise.
 */
public final class InputSession implements TapeSession {

    /** An output server that said nothing for so long is gone, and another one may call. */
    static final long SILENCE_MILLIS = 10_000;

    /** What is written is acknowledged at the latest after this time. */
    static final long ACKNOWLEDGE_MILLIS = 100;

    /** Or after so many bytes. */
    static final long ACKNOWLEDGE_BYTES = 256 << 10;

    static final long LISTEN_AGAIN_MILLIS = 2_000;

    /** Listens on the server's port. */
    @FunctionalInterface
    public interface Listener {
        /** Frames of several callers may arrive. */
        Link listen() throws LinkDownException;
    }

    private final String server;
    private final String nodeId;
    private final Listener listener;
    private final TapeSink sink;
    private final LongSupplier wallClock;
    private final ServerMessages messages;
    private final Notices linkNotices;
    private final Notices callNotices;
    private TapeTraces traces = TapeTraces.OFF;
    private Runnable whenOver = () -> {};

    private volatile Link link;
    private long listenAt = Long.MIN_VALUE;
    private long conversation;
    private String callerServer = "";
    private String callerNode = "";
    private long heardAt;
    private long acknowledged;
    private boolean endAcknowledged;
    private long acknowledgedAt;
    private long conversations;
    private long tapes;
    private long bytes;
    private volatile Optional<String> refusal = Optional.empty();
    private volatile TapeFigures figures = TapeFigures.STOPPED;

    /**
     * A session that does not listen yet.
     *
     * @param nodeId the identity of its node
     * @param wallClock epoch milliseconds, for the other side to compare with its own
     */
    public InputSession(
            String server,
            String nodeId,
            Listener listener,
            TapeSink sink,
            LongSupplier wallClock,
            ServerMessages messages) {
        this.server = server;
        this.nodeId = nodeId;
        this.listener = listener;
        this.sink = sink;
        this.wallClock = wallClock;
        this.messages = messages;
        this.linkNotices = new Notices(messages);
        this.callNotices = new Notices(messages);
    }

    /** Traces to this from now on; before the first step. */
    public void traceTo(TapeTraces newTraces) {
        traces = newTraces;
    }

    /** Told, on the session's thread, that both servers stop; before the first step. */
    public void whenOver(Runnable told) {
        whenOver = told;
    }

    /**
     * Listens now.
     *
     * @throws LinkDownException if the port cannot be listened on
     */
    public void listen() throws LinkDownException {
        link = listener.listen();
        publish(Long.MIN_VALUE);
    }

    @Override
    public long step(long now) {
        try {
            if (link == null) {
                if (now < listenAt) {
                    return listenAt;
                }
                listen();
                linkNotices.well();
            }
            receive(now);
            acknowledge(now);
            objectTo();
        } catch (LinkDownException e) {
            linkNotices.trouble(MessageCode.LINK_DOWN, server, e.getMessage());
            closeLink();
            listenAt = now + LISTEN_AGAIN_MILLIS;
        }
        publish(now);
        return nextStepAt(now);
    }

    private void receive(long now) throws LinkDownException {
        while (link != null) {
            Optional<byte[]> frame = link.poll();
            if (frame.isEmpty()) {
                return;
            }
            receive(now, frame.get());
        }
    }

    /** What arrived is not wanted: it is turned away, and so is who comes with the same again. */
    private void objectTo() throws LinkDownException {
        Optional<ConversationOver> no = sinkObjects();
        if (no.isPresent() && conversation != 0) {
            over(no.get());
        }
    }

    private Optional<ConversationOver> sinkObjects() {
        return sink.objection().map(why -> ConversationOver.refusing(MessageCode.LOG_NOT_TAKEN, why.getMessage()));
    }

    private void over(ConversationOver e) throws LinkDownException {
        callNotices.trouble(e.code(), e.values());
        refusal = Optional.of(e.getMessage());
        if (e.isOurs()) {
            refuse(conversation, e.code(), e.values());
        }
        conversation = 0;
    }

    private void receive(long now, byte[] frame) throws LinkDownException {
        try {
            TapeFrameCodec.Received received = TapeFrameCodec.decode(frame);
            if (received.frame() instanceof Check) {
                send(received.conversation(), new CheckReply(text(now)));
            } else if (received.frame() instanceof Hello hello) {
                greet(now, received.conversation(), hello);
            } else if (received.conversation() == conversation && isOfCaller()) {
                heardAt = now;
                receive(now, received.frame());
            } else if (received.frame() instanceof Heartbeat && received.conversation() != conversation) {
                // an output server that still believes in a conversation that is over
                refuse(received.conversation(), MessageCode.CONVERSATION_OVER);
            }
        } catch (BadTapeFrameException e) {
            if (e.isOfAnotherVersion()) {
                callNotices.trouble(MessageCode.TAPE_VERSION, e.version(), TapeFrameCodec.VERSION);
                refuse(e.conversation(), MessageCode.TAPE_VERSION, e.version(), TapeFrameCodec.VERSION);
            } else {
                callNotices.trouble(MessageCode.BAD_NETWORK_MESSAGE, e.getMessage());
                if (conversation != 0 && isOfCaller()) {
                    refuse(conversation, MessageCode.REFUSED_BAD_FRAME, e.getMessage());
                    conversation = 0;
                }
            }
        } catch (ConversationOver e) {
            over(e);
        }
    }

    /** Whether the frame that was polled last is of the node that this conversation is with. */
    private boolean isOfCaller() {
        return link.sender().map(callerNode::equals).orElse(true);
    }

    private void greet(long now, long caller, Hello hello) throws LinkDownException {
        if (caller == conversation) {
            return;
        }
        Optional<ConversationOver> no = objection(now, hello);
        if (no.isPresent()) {
            // without disturbing a conversation that is under way
            callNotices.trouble(no.get().code(), no.get().values());
            refuse(caller, no.get().code(), no.get().values());
            if (!isAlive(now)) {
                refusal = Optional.of(no.get().getMessage());
            }
            return;
        }
        if (sink.tape() != hello.tape()) {
            sink.begin(hello.tape(), hello.blockSize());
        }
        conversation = caller;
        callerServer = hello.server();
        callerNode = hello.nodeId();
        heardAt = now;
        conversations++;
        refusal = Optional.empty();
        acknowledged = sink.written();
        endAcknowledged = sink.ended();
        send(
                caller,
                new Ready(
                        server,
                        nodeId,
                        sink.received(),
                        acknowledged,
                        endAcknowledged,
                        hello.clockMillis(),
                        wallClock.getAsLong()));
        if (conversations == 1 || sink.received() > 0) {
            callNotices.recovery(MessageCode.TAPE_CALLED, hello.server(), link.peer());
        }
        callNotices.well();
    }

    private Optional<ConversationOver> objection(long now, Hello hello) {
        boolean same = sink.tape() == hello.tape();
        boolean unfinished = sink.received() > 0 && !sink.ended();
        if (!link.sender().map(hello.nodeId()::equals).orElse(true)) {
            String sender = link.sender()
                    .filter(id -> !id.isEmpty())
                    .map("node "::concat)
                    .orElse("no node");
            return refused(MessageCode.REFUSED_FALSE_NODE, hello.nodeId(), sender);
        } else if (isAlive(now) && !(callerServer.equals(hello.server()) && callerNode.equals(hello.nodeId()))) {
            return refused(MessageCode.TAPE_BUSY, server, callerServer, callerNode);
        } else if (!same && unfinished && !sink.mayBreakOff()) {
            return refused(MessageCode.TAPE_UNFINISHED, server, sink.received());
        } else if (!same && hello.firstBlock() != 1) {
            return refused(MessageCode.TAPE_UNKNOWN, server, hello.firstBlock());
        } else if (same && (hello.blockSize() != sink.blockSize() || hello.firstBlock() > sink.received() + 1)) {
            return refused(MessageCode.TAPE_GAP, hello.firstBlock(), sink.received());
        }
        return same ? sinkObjects() : Optional.empty();
    }

    private static Optional<ConversationOver> refused(MessageCode code, Object... values) {
        return Optional.of(ConversationOver.refusing(code, values));
    }

    private void receive(long now, TapeFrame frame) throws LinkDownException, ConversationOver {
        if (frame instanceof Blocks blocks) {
            take(blocks);
        } else if (frame instanceof End end) {
            if (end.blocks() != sink.received() || end.bytes() != sink.receivedBytes()) {
                throw gap(end.blocks() + 1);
            }
            sink.end();
            traces.trace(() -> "the tape ends after block " + end.blocks());
        } else if (frame instanceof Heartbeat heartbeat) {
            if (heartbeat.lastBlock() > sink.received()) {
                throw gap(heartbeat.lastBlock() + 1);
            }
            acknowledgeNow(now);
        } else if (frame instanceof Shutdown) {
            send(conversation, new ShuttingDown());
            messages.say(MessageCode.TAPE_SHUT_DOWN_BY, callerServer, link.peer());
            conversation = 0;
            whenOver.run();
        } else if (frame instanceof Refuse refuse) {
            throw ConversationOver.turnedAway(MessageCode.TAPE_OUTPUT_REFUSED, refuse.text());
        } else {
            throw ConversationOver.refusing(
                    MessageCode.BAD_NETWORK_MESSAGE, frame.getClass().getSimpleName() + " out of turn");
        }
    }

    private void take(Blocks blocks) throws ConversationOver {
        boolean afterAShortOne = sink.receivedBytes() != sink.received() * sink.blockSize();
        if (blocks.first() != sink.received() + 1
                || blocks.blockSize() != sink.blockSize()
                || sink.endReceived()
                || afterAShortOne) {
            throw gap(blocks.first());
        }
        if (blocks.first() == 1) {
            messages.say(MessageCode.TAPE_BEGINS);
        }
        bytes += blocks.data().remaining();
        sink.add(blocks.data());
        traces.trace(() -> "received blocks " + blocks.first() + " to " + blocks.last());
    }

    private ConversationOver gap(long next) {
        return ConversationOver.refusing(MessageCode.TAPE_GAP, next, sink.received());
    }

    private void acknowledge(long now) throws LinkDownException {
        if (conversation == 0 || !isNews()) {
            return;
        }
        long unsaid = (sink.written() - acknowledged) * sink.blockSize();
        if (sink.ended()
                || sink.written() == sink.received()
                || unsaid >= ACKNOWLEDGE_BYTES
                || now - acknowledgedAt >= ACKNOWLEDGE_MILLIS) {
            acknowledgeNow(now);
        }
    }

    private boolean isNews() {
        return sink.written() != acknowledged || sink.ended() != endAcknowledged;
    }

    private void acknowledgeNow(long now) throws LinkDownException {
        boolean ended = sink.ended();
        if (ended && !endAcknowledged) {
            tapes++;
            messages.say(MessageCode.TAPE_CARRIED, sink.received(), sink.receivedBytes());
        }
        acknowledged = sink.written();
        endAcknowledged = ended;
        acknowledgedAt = now;
        send(conversation, new Written(acknowledged, ended));
        traces.trace(() -> "acknowledged up to block " + acknowledged);
    }

    private void refuse(long to, MessageCode code, Object... values) throws LinkDownException {
        send(to, new Refuse(code.id(), code.text(values)));
    }

    private void send(long to, TapeFrame frame) throws LinkDownException {
        link.send(TapeFrameCodec.encode(to, frame));
    }

    private boolean isAlive(long now) {
        return conversation != 0 && now - heardAt <= SILENCE_MILLIS;
    }

    private long nextStepAt(long now) {
        if (link == null) {
            return listenAt;
        }
        long silent = isAlive(now) ? heardAt + SILENCE_MILLIS + 1 : now + SILENCE_MILLIS;
        return conversation != 0 && isNews() ? Math.min(silent, acknowledgedAt + ACKNOWLEDGE_MILLIS) : silent;
    }

    private ServerStatus status(long now) {
        if (link == null) {
            return ServerStatus.STOPPED;
        } else if (!isAlive(now)) {
            return ServerStatus.WAIT_INCOMING_CALL;
        }
        return sink.received() > sink.written() || sink.received() > 0 && !sink.ended()
                ? ServerStatus.READING_NETWORK
                : ServerStatus.CONNECTED;
    }

    /** For an output server that checks on us. */
    private String text(long now) {
        return "Input server " + server + " of node " + nodeId + ". Status " + status(now) + ". Block "
                + sink.received() + ", written " + sink.written() + ".";
    }

    private void publish(long now) {
        ServerStatus status = status(now);
        figures = new TapeFigures(
                status,
                status == ServerStatus.WAIT_INCOMING_CALL || link == null ? "" : link.peer(),
                sink.received(),
                sink.written(),
                tapes,
                bytes,
                Math.max(0, conversations - 1 - tapes),
                "");
    }

    @Override
    public TapeFigures figures() {
        return figures;
    }

    @Override
    public Optional<String> refusal() {
        return refusal;
    }

    @Override
    public void close() {
        closeLink();
        figures = figures.stopped();
    }

    private void closeLink() {
        Link closing = link;
        link = null;
        conversation = 0;
        if (closing != null) {
            closing.close();
        }
    }
}
