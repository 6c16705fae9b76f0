package org.hotbackup.jms;

import java.util.Optional;
import java.util.function.Supplier;
import org.hotbackup.replication.Link;
import org.hotbackup.replication.LinkDownException;

/** A link: what arrives lies in an inbox, what is sent goes to a sender. */
final class JmsLink implements Link {

    /** The way out. */
    interface Sender {

        /** Sends without waiting for the other side. */
        void send(byte[] frame) throws LinkDownException;

        /** Whether the other side has not taken everything yet. From any thread. */
        boolean isWriting();

        /** Ends it, and the connection. */
        void close();
    }

    private final Inbox inbox;
    private final Sender sender;
    private final Optional<PacketStream> stream;
    private final Supplier<String> peer;
    private final boolean knowsSenders;
    private boolean closed;

    /**
     * A link.
     *
     * @param stream the cheaper way out for many frames, of one that calls
     * @param knowsSenders whether each frame bears the node of its sender's certificate
     */
    JmsLink(Inbox inbox, Sender sender, Optional<PacketStream> stream, Supplier<String> peer, boolean knowsSenders) {
        this.inbox = inbox;
        this.sender = sender;
        this.stream = stream;
        this.peer = peer;
        this.knowsSenders = knowsSenders;
    }

    @Override
    public void send(byte[] frame) throws LinkDownException {
        inbox.checkUp();
        sender.send(frame);
    }

    @Override
    public void stream(byte[] frame) throws LinkDownException {
        if (stream.isPresent()) {
            inbox.checkUp();
            stream.get().write(frame);
        } else {
            send(frame);
        }
    }

    @Override
    public Optional<byte[]> poll() throws LinkDownException {
        return inbox.poll();
    }

    @Override
    public Optional<String> sender() {
        return knowsSenders ? Optional.of(inbox.sender()) : Optional.empty();
    }

    @Override
    public boolean isWriting() {
        return sender.isWriting() || stream.map(PacketStream::isWriting).orElse(false);
    }

    @Override
    public String peer() {
        return peer.get();
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            try {
                sender.close();
            } finally {
                inbox.breakDown("the link is closed");
            }
        }
    }
}
