package org.hotbackup.jms;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyConnection;
import org.apache.activemq.artemis.spi.core.protocol.RemotingConnection;

/**
 * Frames as packets of their own beside those of Artemis, on the same connection and within the same TLS: a JMS message for each
 * {@link FrameParts#PART_BYTES} would cost three threads and half of the time of the processor. Only for callers; {@link Door} takes
 * them. Thread-safe.
 */
final class PacketStream {

    /** A type that no packet of Artemis' core protocol has. */
    static final byte TYPE = 1;

    private static final int HEADER_BYTES = Integer.BYTES + Byte.BYTES;

    private final Channel channel;
    private final Inbox inbox;
    private final AtomicInteger underWay = new AtomicInteger();

    /**
     * That of a connection.
     *
     * @param inbox told when the connection is found broken
     */
    PacketStream(RemotingConnection connection, Inbox inbox) {
        this.channel = ((NettyConnection) connection.getTransportConnection()).getNettyChannel();
        this.inbox = inbox;
    }

    /** Writes a frame of less than {@link Door#MOST_PACKET_BYTES} without waiting for the other side. */
    void write(byte[] frame) {
        ByteBuf header = Unpooled.buffer(HEADER_BYTES).writeInt(Byte.BYTES + frame.length);
        underWay.incrementAndGet();
        channel.writeAndFlush(Unpooled.wrappedBuffer(header.writeByte(TYPE), Unpooled.wrappedBuffer(frame)))
                .addListener(this::written);
    }

    private void written(Future<?> write) {
        underWay.decrementAndGet();
        if (!write.isSuccess()) {
            inbox.breakDown(Reasons.of(write.cause()));
        }
    }

    /** Whether something is not yet with the operating system. */
    boolean isWriting() {
        return underWay.get() > 0;
    }
}
