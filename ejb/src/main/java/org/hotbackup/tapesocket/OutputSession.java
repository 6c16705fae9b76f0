package org.hotbackup.tapesocket;

import java.util.Optional;
import java.util.function.LongSupplier;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.replication.Backoff;
import org.hotbackup.replication.Link;
import org.hotbackup.replication.LinkDownException;
import org.hotbackup.replication.Notices;
import org.hotbackup.replication.ServerMessages;
import org.hotbackup.replication.ServerStatus;
import org.hotbackup.tapesocket.TapeFrame.Blocks;
import org.hotbackup.tapesocket.TapeFrame.End;
import org.hotbackup.tapesocket.TapeFrame.Heartbeat;
import org.hotbackup.tapesocket.TapeFrame.Hello;
import org.hotbackup.tapesocket.TapeFrame.Ready;
import org.hotbackup.tapesocket.TapeFrame.Refuse;
import org.hotbackup.tapesocket.TapeFrame.Shutdown;
import org.hotbackup.tapesocket.TapeFrame.ShuttingDown;
import org.hotbackup.tapesocket.TapeFrame.Written;

/**
 * The output server: calls the input server, sends it the blocks of its pipe in order, and forgets them when they are in the
 * other pipe. After a broken link it goes on with the block that follows those that arrived. For one thread and without a lock,
 * except where a method says otherwise.
 */
public final class OutputSession implements TapeSession {

    /** The other side must say something within this time. */
    static final long SILENCE_MILLIS = 10_000;

    /** After so long without another frame a heartbeat is sent. */
    static final long HEARTBEAT_MILLIS = 2_000;

    /** Small blocks with their checksums and the header stay far below the largest packet of the link. */
    static final int FRAME_DATA = 252 << 10;

    /** How many bytes may be on their way into the other pipe: they wait in the memory of the input server, which may be small. */
    static final int MOST_OUT = 4 << 20;

    /** So long a frame that is not full waits for more while others are out. */
    static final long GATHER_MILLIS = 3;

    static final long FIRST_WAIT_MILLIS = 200;
    static final long LONGEST_WAIT_MILLIS = 2_000;

    /** Calls the input server. */
    @FunctionalInterface
    public interface Caller {
        /** Waits for the connection, some seconds at most. */
        Link call() throws LinkDownException;
    }

    /**
     * Who calls whom.
     *
     * @param server the output server's name
     * @param nodeId its node's identity
     * @param peer the input server, host:port
     * @param callAttempts after how many calls in vain it gives up; 0 for never
     */
    public record Settings(String server, String nodeId, String peer, int callAttempts) {}

    private final Settings settings;
    private final Caller caller;
    private final TapeSource source;
    private final LongSupplier wallClock;
    private final LongSupplier random;
    private final ServerMessages messages;
    private final Notices notices;
    private final Backoff backoff = new Backoff(FIRST_WAIT_MILLIS, LONGEST_WAIT_MILLIS);
    private TapeTraces traces = TapeTraces.OFF;
    private boolean measuresClock = true;
    private Runnable whenOver = () -> {};

    private Link link;
    private long conversation;
    private boolean ready;
    private long sent;
    private boolean endSent;
    private long dueAt = Long.MAX_VALUE;
    private long callAt = Long.MIN_VALUE;
    private int callsInVain;
    private long heardAt;
    private long saidAt;
    private long connections;
    private long tapes;
    private long bytes;
    private String clock = "";
    private boolean shutdownSent;
    private volatile boolean shutdownWanted;
    private volatile Optional<String> refusal = Optional.empty();
    private volatile TapeFigures figures = TapeFigures.STOPPED;

    /**
     * A session that has not called.
     *
     * @param wallClock epoch milliseconds, to be compared with the other side's
     * @param random for numbers of conversations
     */
    public OutputSession(
            Settings settings,
            Caller caller,
            TapeSource source,
            LongSupplier wallClock,
            LongSupplier random,
            ServerMessages messages) {
        this.settings = settings;
        this.caller = caller;
        this.source = source;
        this.wallClock = wallClock;
        this.random = random;
        this.messages = messages;
        this.notices = new Notices(messages);
    }

    /** Traces to this from now on; before the first step. */
    public void traceTo(TapeTraces newTraces) {
        traces = newTraces;
    }

    /** Does not measure how the clocks differ (TS-006, option s); before the first step. */
    public void withoutClock() {
        measuresClock = false;
    }

    /** Told, on the session's thread, that it gave up or that both servers stop; before the first step. */
    public void whenOver(Runnable told) {
        whenOver = told;
    }

    /** Stops both servers as soon as no tape is under way. From any thread; wake the session afterwards. */
    public void shutdown() {
        shutdownWanted = true;
    }

    @Override
    public long step(long now) {
        try {
            if (link == null) {
                if (now < callAt) {
                    return callAt;
                }
                call(now);
            }
            receive(now);
            if (ready) {
                send(now);
                shutDown(now);
            }
            keepAlive(now);
        } catch (LinkDownException e) {
            down(now, e.getMessage());
        } catch (ConversationOver e) {
            over(now, e);
        }
        publish();
        return nextStepAt();
    }

    private void call(long now) throws LinkDownException {
        figures = doing(ServerStatus.WAIT_RESPONSE_TO_CALL, "");
        link = caller.call();
        connections++;
        heardAt = now;
        greet(now);
    }

    private void greet(long now) throws LinkDownException {
        conversation = random.getAsLong();
        ready = false;
        endSent = false;
        dueAt = Long.MAX_VALUE;
        say(
                now,
                new Hello(
                        settings.server(),
                        settings.nodeId(),
                        source.tape(),
                        source.blockSize(),
                        source.acknowledged() + 1,
                        wallClock.getAsLong()));
    }

    private void receive(long now) throws LinkDownException, ConversationOver {
        // closed within the loop if both servers stop
        while (link != null) {
            Optional<byte[]> frame = link.poll();
            if (frame.isEmpty()) {
                return;
            }
            try {
                TapeFrameCodec.Received received = TapeFrameCodec.decode(frame.get());
                if (received.conversation() == conversation) {
                    heardAt = now;
                    receive(now, received.frame());
                }
            } catch (BadTapeFrameException e) {
                throw e.isOfAnotherVersion()
                        ? ConversationOver.turnedAway(MessageCode.TAPE_VERSION, e.version(), TapeFrameCodec.VERSION)
                        : ConversationOver.refusing(MessageCode.BAD_NETWORK_MESSAGE, e.getMessage());
            }
        }
    }

    private void receive(long now, TapeFrame frame) throws LinkDownException, ConversationOver {
        if (frame instanceof Ready answer && !ready) {
            ready(now, answer);
        } else if (frame instanceof Written written && ready) {
            written(now, written.blocks(), written.ended());
        } else if (frame instanceof Refuse refuse) {
            throw ConversationOver.turnedAway(MessageCode.TAPE_INPUT_REFUSED, refuse.text());
        } else if (frame instanceof ShuttingDown && shutdownSent) {
            stopped();
        } else {
            throw outOfTurn(frame);
        }
    }

    private static ConversationOver outOfTurn(TapeFrame frame) {
        return ConversationOver.refusing(
                MessageCode.BAD_NETWORK_MESSAGE, frame.getClass().getSimpleName() + " out of turn");
    }

    private void ready(long now, Ready answer) throws LinkDownException, ConversationOver {
        long has = answer.received();
        if (has < source.acknowledged() || has > source.available()) {
            throw ConversationOver.refusing(MessageCode.TAPE_GAP, source.acknowledged() + 1, has);
        }
        ready = true;
        sent = has;
        callsInVain = 0;
        backoff.reset();
        refusal = Optional.empty();
        measureClock(answer);
        notices.recovery(MessageCode.TAPE_CONNECTED, answer.server(), settings.peer());
        notices.well();
        if (has > 0) {
            messages.say(MessageCode.TAPE_GOES_ON, has + 1);
        }
        endSent = answer.ended();
        written(now, answer.written(), answer.ended());
    }

    private void measureClock(Ready answer) {
        if (measuresClock) {
            long now = wallClock.getAsLong();
            long way = Math.max(0, now - answer.callerClockMillis()) / 2;
            ClockDifference difference =
                    new ClockDifference(answer.clockMillis() - (answer.callerClockMillis() + way), way);
            boolean news = !difference.text().equals(clock) && connections == 1 && tapes == 0;
            clock = difference.text();
            if (news) {
                messages.say(difference.isLarge() ? MessageCode.CLOCKS_DIFFER : MessageCode.CLOCKS_AGREE, clock);
            }
        }
    }

    private void written(long now, long blocks, boolean ended) throws LinkDownException, ConversationOver {
        if (blocks > sent || ended && !(endSent && source.ended() && blocks == source.available())) {
            throw ConversationOver.refusing(
                    MessageCode.BAD_NETWORK_MESSAGE, "an acknowledgement of block " + blocks + ", which is not out");
        }
        if (blocks > source.acknowledged()) {
            source.acknowledged(blocks);
            traces.trace(() -> "acknowledged up to block " + blocks);
        }
        if (ended) {
            tapes++;
            messages.say(MessageCode.TAPE_CARRIED, blocks, source.bytes());
            source.nextTape();
            greet(now);
        }
    }

    private void send(long now) throws LinkDownException {
        while (sent < source.available() && hasRoom() && isDue(now)) {
            dueAt = Long.MAX_VALUE;
            Blocks blocks = new Blocks(sent + 1, source.blockSize(), source.read(sent + 1, FRAME_DATA));
            if (sent == 0) {
                messages.say(MessageCode.TAPE_BEGINS);
            }
            say(now, blocks);
            bytes += blocks.data().remaining();
            sent = blocks.last();
            traces.trace(() -> "sent blocks " + blocks.first() + " to " + blocks.last());
        }
        if (!hasRoom()) {
            // the next acknowledgement makes some
            dueAt = Long.MAX_VALUE;
        }
        // in this order: what is read before the end is seen is sent before it
        if (source.ended() && sent == source.available() && !endSent) {
            endSent = true;
            say(now, new End(sent, source.bytes()));
            traces.trace(() -> "sent the end after block " + sent);
        }
    }

    private boolean hasRoom() {
        return sent - source.acknowledged() < MOST_OUT / source.blockSize();
    }

    /** Whether what was read is worth a frame: each one costs about as much as 50 KB. */
    private boolean isDue(long now) {
        long unsent = (source.available() - sent) * source.blockSize();
        if (unsent >= FRAME_DATA || sent == source.acknowledged() || source.ended()) {
            return true;
        }
        dueAt = Math.min(dueAt, now + GATHER_MILLIS);
        return now >= dueAt;
    }

    private void shutDown(long now) throws LinkDownException {
        if (shutdownWanted && !shutdownSent && source.bytes() == 0) {
            shutdownSent = true;
            say(now, new Shutdown());
        }
    }

    private void stopped() {
        closeLink();
        callAt = Long.MAX_VALUE;
        messages.say(MessageCode.TAPE_BOTH_STOP, settings.peer());
        whenOver.run();
    }

    private void keepAlive(long now) throws LinkDownException, ConversationOver {
        if (link == null) {
            return;
        }
        if (now - heardAt > SILENCE_MILLIS) {
            throw new LinkDownException("the input server says nothing");
        }
        if (ready && now - saidAt >= HEARTBEAT_MILLIS) {
            say(now, new Heartbeat(sent));
        }
    }

    private void say(long now, TapeFrame frame) throws LinkDownException {
        byte[] bytes = TapeFrameCodec.encode(conversation, frame);
        if (ready) {
            link.stream(bytes);
        } else {
            link.send(bytes);
        }
        saidAt = now;
    }

    private void down(long now, String reason) {
        if (shutdownSent) {
            // it stopped, and its answer got lost with the link
            stopped();
            return;
        }
        notices.trouble(MessageCode.TAPE_NO_LINK, settings.peer(), reason);
        callAgain(now, backoff.afterFailure());
    }

    private void over(long now, ConversationOver e) {
        notices.trouble(e.code(), e.values());
        refusal = Optional.of(e.getMessage());
        if (e.isOurs()) {
            try {
                say(now, new Refuse(e.code().id(), e.getMessage()));
            } catch (LinkDownException alreadyDown) {
                traces.trace(() -> "the refusal could not be sent");
            }
        }
        callAgain(now, LONGEST_WAIT_MILLIS);
    }

    private void callAgain(long now, long wait) {
        closeLink();
        callsInVain++;
        callAt = now + wait;
        if (settings.callAttempts() > 0 && callsInVain >= settings.callAttempts()) {
            callAt = Long.MAX_VALUE;
            messages.say(MessageCode.TAPE_GIVES_UP, settings.peer(), callsInVain);
            whenOver.run();
        }
    }

    private long nextStepAt() {
        if (link == null) {
            return callAt;
        }
        long silent = heardAt + SILENCE_MILLIS + 1;
        return ready ? Math.min(dueAt, Math.min(saidAt + HEARTBEAT_MILLIS, silent)) : silent;
    }

    private void publish() {
        ServerStatus status;
        if (link == null) {
            status = callAt == Long.MAX_VALUE ? ServerStatus.STOPPED : ServerStatus.WAIT_RESPONSE_TO_CALL;
        } else if (!ready) {
            status = ServerStatus.CONNECTED;
        } else if (sent > source.acknowledged() || endSent) {
            status = ServerStatus.WAITING_FOR_ACK;
        } else {
            status = ServerStatus.IDLE;
        }
        figures = doing(status, link == null ? "" : link.peer());
    }

    private TapeFigures doing(ServerStatus status, String peer) {
        return new TapeFigures(
                status, peer, sent, source.acknowledged(), tapes, bytes, Math.max(0, connections - 1), clock);
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
        figures = doing(ServerStatus.STOPPED, "");
    }

    private void closeLink() {
        Link closing = link;
        link = null;
        ready = false;
        if (closing != null) {
            closing.close();
        }
    }
}
