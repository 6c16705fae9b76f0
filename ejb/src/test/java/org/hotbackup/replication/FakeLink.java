package org.hotbackup.replication;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** The test is at the other end of this link. */
final class FakeLink implements Link {

    private record Arriving(byte[] frame, Optional<String> sender) {}

    private final Deque<Arriving> arriving = new ArrayDeque<>();
    private final List<Frame> sent = new ArrayList<>();
    private Runnable whileSending = () -> {};
    private boolean writing;
    private boolean broken;
    private String peer = "10.0.0.1:1000";
    private Optional<String> certificateOf = Optional.empty();
    private Optional<String> sender = Optional.empty();

    /** The other side says this. */
    void arrives(long conversation, Frame frame) {
        arrives(FrameCodec.encode(conversation, frame));
    }

    /** These bytes arrive. */
    void arrives(byte[] frame) {
        arriving.addLast(new Arriving(frame, certificateOf));
    }

    /** What arrives from now on is sent by somebody with the certificate of this node. */
    void certificateOf(String nodeId) {
        certificateOf = Optional.of(nodeId);
    }

    /** What the session said since this was asked last. */
    List<Frame> said() {
        List<Frame> said = List.copyOf(sent);
        sent.clear();
        return said;
    }

    /** Done in the middle of each send, which cannot return before. */
    void whileSending(Runnable action) {
        whileSending = action;
    }

    /** It breaks at the next send, or is in order again. */
    void broken(boolean isBroken) {
        broken = isBroken;
    }

    /** The other side takes what was sent, or does not yet. */
    void writing(boolean notTakenYet) {
        writing = notTakenYet;
    }

    /** Nobody is at the other end any more. */
    void hangsUp() {
        peer = "";
    }

    @Override
    public boolean isWriting() {
        return writing;
    }

    @Override
    public void send(byte[] frame) throws LinkDownException {
        whileSending.run();
        if (broken) {
            throw new LinkDownException("connection reset", null);
        }
        try {
            sent.add(FrameCodec.decode(frame).frame());
        } catch (BadFrameException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public Optional<byte[]> poll() {
        Optional<Arriving> next = Optional.ofNullable(arriving.poll());
        next.ifPresent(arrived -> sender = arrived.sender());
        return next.map(Arriving::frame);
    }

    @Override
    public Optional<String> sender() {
        return sender;
    }

    @Override
    public String peer() {
        return peer;
    }

    @Override
    public void close() {
        arriving.clear();
    }
}
