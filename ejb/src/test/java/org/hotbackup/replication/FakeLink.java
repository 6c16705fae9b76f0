package org.hotbackup.replication;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** The test is at the other end of this link. */
final class FakeLink implements Link {

    private final Deque<byte[]> arriving = new ArrayDeque<>();
    private final List<Frame> sent = new ArrayList<>();

    /** The other side says this. */
    void arrives(long conversation, Frame frame) {
        arrives(FrameCodec.encode(conversation, frame));
    }

    /** These bytes arrive. */
    void arrives(byte[] frame) {
        arriving.addLast(frame);
    }

    /** What the session said since this was asked last. */
    List<Frame> said() {
        List<Frame> said = List.copyOf(sent);
        sent.clear();
        return said;
    }

    @Override
    public void send(byte[] frame) {
        try {
            sent.add(FrameCodec.decode(frame).frame());
        } catch (BadFrameException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public Optional<byte[]> poll() {
        return Optional.ofNullable(arriving.poll());
    }

    @Override
    public String peer() {
        return "10.0.0.1:1000";
    }

    @Override
    public void close() {
        arriving.clear();
    }
}
