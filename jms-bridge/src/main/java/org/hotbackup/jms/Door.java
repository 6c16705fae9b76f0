package org.hotbackup.jms;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import io.netty.handler.ssl.NotSslRecordException;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.apache.activemq.artemis.api.core.client.ActiveMQClient;
import org.apache.activemq.artemis.core.protocol.core.impl.CoreProtocolManager;
import org.apache.activemq.artemis.core.protocol.core.impl.CoreProtocolManagerFactory;
import org.apache.activemq.artemis.core.protocol.core.impl.PacketImpl;
import org.apache.activemq.artemis.core.remoting.impl.netty.ConnectionCreator;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyAcceptor;
import org.apache.activemq.artemis.core.remoting.impl.netty.TransportConstants;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.core.server.cluster.ClusterConnection;
import org.apache.activemq.artemis.core.server.metrics.MetricsManager;
import org.apache.activemq.artemis.spi.core.protocol.ProtocolManager;
import org.apache.activemq.artemis.spi.core.remoting.Acceptor;
import org.apache.activemq.artemis.spi.core.remoting.AcceptorFactory;
import org.apache.activemq.artemis.spi.core.remoting.BufferHandler;
import org.apache.activemq.artemis.spi.core.remoting.ServerConnectionLifeCycleListener;
import org.apache.activemq.artemis.utils.actors.OrderedExecutor;
import org.hotbackup.control.messages.MessageCode;

/**
 * The door of a slave server: Artemis' acceptor with bounds on whoever is not let in yet, and one line for each refusal.
 * Of the callers who still shake hands the one that takes longest makes room for the next, so a thousand of them cost
 * little and do not lock out the master.
 */
final class Door implements AcceptorFactory {

    /** Peers that are let in; each may have several connections while older ones die. */
    static final int MOST_CONNECTIONS = 32;

    /** Callers who have not shown who they are. */
    static final int MOST_HANDSHAKES = 64;

    /** Several times the largest packet of a well-behaved peer. */
    static final int MOST_PACKET_BYTES = 1 << 20;

    /** How a call in plain text begins: Artemis' word for its protocol. */
    static final byte[] PLAIN = "ARTEMIS".getBytes(StandardCharsets.US_ASCII);

    /** How a call with TLS begins: a record of a handshake, of version 3. */
    private static final int TLS_HANDSHAKE = 0x1603;

    /** As much as TLS has to see before it knows that it is none. */
    private static final int TLS_HEADER_BYTES = 5;

    private static final int LENGTH_BYTES = 4;
    private static final int THREADS = 4;
    private static final long PING_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final ActiveMQServer broker;
    private final SSLContext tls;
    private final PinnedPeers peers;
    private final long handshakeMillis;
    private final TurnedAway turnedAway;
    private final Inbox inbox;

    /**
     * A door of a broker.
     *
     * @param tls null if everybody may come in
     * @param peers who may come in otherwise
     * @param handshakeMillis how long a caller may take to show who he is
     * @param inbox gets what callers stream
     */
    Door(
            ActiveMQServer broker,
            SSLContext tls,
            PinnedPeers peers,
            long handshakeMillis,
            TurnedAway turnedAway,
            Inbox inbox) {
        this.broker = broker;
        this.tls = tls;
        this.peers = peers;
        this.handshakeMillis = handshakeMillis;
        this.turnedAway = turnedAway;
        this.inbox = inbox;
    }

    /** What an acceptor needs besides its address and its keys. */
    static Map<String, Object> parameters() {
        Map<String, Object> parameters = new HashMap<>();
        parameters.put(TransportConstants.PROTOCOLS_PROP_NAME, ActiveMQClient.DEFAULT_CORE_PROTOCOL);
        parameters.put(TransportConstants.CONNECTIONS_ALLOWED, (long) MOST_CONNECTIONS);
        parameters.put(TransportConstants.REMOTING_THREADS_PROPNAME, THREADS);
        return parameters;
    }

    @Override
    @SuppressWarnings("rawtypes") // as Artemis has it
    public Acceptor createAcceptor(
            String name,
            ClusterConnection cluster,
            Map<String, Object> parameters,
            BufferHandler handler,
            ServerConnectionLifeCycleListener listener,
            Executor threads,
            ScheduledExecutorService scheduler,
            Map<String, ProtocolManager> protocols,
            String threadGroup,
            MetricsManager metrics) {
        Map<String, ProtocolManager> bounded = Map.of(ActiveMQClient.DEFAULT_CORE_PROTOCOL, new BoundedCore());
        return new Guarded(
                name,
                cluster,
                parameters,
                handler,
                listener,
                scheduler,
                new OrderedExecutor(threads),
                bounded,
                threadGroup,
                metrics);
    }

    private static String host(ChannelHandlerContext caller) {
        SocketAddress address = caller.channel().remoteAddress();
        return address instanceof InetSocketAddress internet && internet.getAddress() != null
                ? internet.getAddress().getHostAddress()
                : "an unknown address";
    }

    private static boolean isTls(ByteBuf in) {
        return in.readableBytes() >= Short.BYTES && in.getUnsignedShort(in.readerIndex()) == TLS_HANDSHAKE;
    }

    private static boolean isPlain(ByteBuf in) {
        int known = Math.min(in.readableBytes(), PLAIN.length);
        byte[] first = new byte[known];
        in.getBytes(in.readerIndex(), first);
        return known >= TLS_HEADER_BYTES && Arrays.equals(first, Arrays.copyOf(PLAIN, known));
    }

    /** Artemis' acceptor; its callers shake hands as we want it. */
    private final class Guarded extends NettyAcceptor {

        private final Deque<Handshake> shaking = new ArrayDeque<>();

        @SuppressWarnings("rawtypes") // as Artemis has it
        Guarded(
                String name,
                ClusterConnection cluster,
                Map<String, Object> parameters,
                BufferHandler handler,
                ServerConnectionLifeCycleListener listener,
                ScheduledExecutorService scheduler,
                Executor failureExecutor,
                Map<String, ProtocolManager> protocols,
                String threadGroup,
                MetricsManager metrics) {
            super(
                    name,
                    cluster,
                    parameters,
                    handler,
                    listener,
                    scheduler,
                    failureExecutor,
                    protocols,
                    threadGroup,
                    metrics);
        }

        @Override
        public SslHandler getSslHandler(ByteBufAllocator allocator, String peerHost, int peerPort) {
            SSLEngine engine = tls.createSSLEngine();
            engine.setUseClientMode(false);
            engine.setNeedClientAuth(true);
            engine.setEnabledProtocols(new String[] {Tls.PROTOCOL});
            engine.setEnabledCipherSuites(Tls.suites());
            return new Handshake(engine, this);
        }

        @Override
        public ConnectionCreator createConnectionCreator() {
            if (getConnections().size() >= MOST_CONNECTIONS) {
                turnedAway.say(MessageCode.TOO_MANY_CALLERS, "a trusted node", MOST_CONNECTIONS);
            }
            return super.createConnectionCreator();
        }

        private void begins(Handshake caller) {
            Handshake slowest = null;
            synchronized (shaking) {
                shaking.addLast(caller);
                if (shaking.size() > MOST_HANDSHAKES) {
                    slowest = shaking.pollFirst();
                }
            }
            if (slowest != null) {
                slowest.makeRoom();
            }
        }

        private void ends(Handshake caller) {
            synchronized (shaking) {
                shaking.remove(caller);
            }
        }
    }

    /** A caller who has not yet shown who he is. */
    private final class Handshake extends SslHandler {

        private final Guarded acceptor;
        private ChannelHandlerContext caller;
        private boolean madeRoom;
        private boolean plain;
        private String node;

        Handshake(SSLEngine engine, Guarded acceptor) {
            super(engine);
            this.acceptor = acceptor;
            setHandshakeTimeoutMillis(handshakeMillis);
        }

        @Override
        public void handlerAdded(ChannelHandlerContext context) throws Exception {
            caller = context;
            acceptor.begins(this);
            super.handlerAdded(context);
            handshakeFuture().addListener(done -> {
                acceptor.ends(this);
                if (done.isSuccess()) {
                    checkAgain();
                } else if (!madeRoom) {
                    sayWhy(done.cause());
                }
            });
        }

        @Override
        protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) throws SSLException {
            plain |= !handshakeFuture().isDone() && isPlain(in);
            super.decode(context, in, out);
        }

        /** Who goes on from an earlier handshake was asked for his certificate only then. */
        private void checkAgain() {
            try {
                X509Certificate shown = (X509Certificate) engine().getSession().getPeerCertificates()[0];
                peers.check(shown);
                node = NodeKeys.nodeId(shown);
            } catch (PinnedPeers.StrangerException | SSLPeerUnverifiedException e) {
                turnedAway.say(MessageCode.CALLER_REFUSED, host(caller), e.getMessage());
                caller.close();
            }
        }

        private void makeRoom() {
            caller.channel().eventLoop().execute(() -> {
                if (!handshakeFuture().isDone()) {
                    madeRoom = true;
                    turnedAway.say(MessageCode.TOO_MANY_CALLERS, host(caller), MOST_HANDSHAKES);
                    caller.close();
                }
            });
        }

        private void sayWhy(Throwable failure) {
            PinnedPeers.StrangerException stranger = PinnedPeers.StrangerException.in(failure);
            String reason = String.valueOf(failure.getMessage());
            if (stranger != null) {
                turnedAway.say(MessageCode.CALLER_REFUSED, host(caller), stranger.getMessage());
            } else if (failure instanceof SslHandshakeTimeoutException) {
                turnedAway.say(
                        MessageCode.CALLER_TOO_SLOW, host(caller), TimeUnit.MILLISECONDS.toSeconds(handshakeMillis));
            } else if (failure instanceof NotSslRecordException) {
                // its message would hold whatever was sent
                if (plain) {
                    turnedAway.say(MessageCode.CALLER_IS_INSECURE, host(caller), "insecure=off");
                } else {
                    turnedAway.say(MessageCode.CALLER_WITHOUT_TLS, host(caller), "what it sends is not TLS");
                }
            } else if (reason.contains("Received fatal alert")) {
                turnedAway.say(MessageCode.CALLER_HUNG_UP, host(caller), reason);
            } else if (reason.contains("Empty client certificate chain")) {
                turnedAway.say(MessageCode.CALLER_REFUSED, host(caller), "no certificate is shown");
            } else if (failure instanceof SSLException) {
                turnedAway.say(MessageCode.CALLER_WITHOUT_TLS, host(caller), reason);
            }
            // who only hangs up was not turned away
        }
    }

    /** Artemis' core protocol; a packet of more than a bound is refused by its length, before room is made for it. */
    private final class BoundedCore extends CoreProtocolManager {

        BoundedCore() {
            super(new CoreProtocolManagerFactory(), broker, new ArrayList<>(), new ArrayList<>());
        }

        @Override
        public void addChannelHandlers(ChannelPipeline pipeline) {
            pipeline.addLast("activemq-decoder", new BoundedPackets());
        }
    }

    /** Packets of Artemis, and those of a {@link PacketStream}, which are none of its business. */
    private final class BoundedPackets extends LengthFieldBasedFrameDecoder {

        private ByteBuf lastPing = Unpooled.EMPTY_BUFFER;
        private long pingedAt = System.nanoTime();

        BoundedPackets() {
            super(MOST_PACKET_BYTES, 0, LENGTH_BYTES);
            // what arrives is put together once, in extractFrame
            setCumulator(COMPOSITE_CUMULATOR);
        }

        @Override
        protected Object decode(ChannelHandlerContext context, ByteBuf in) throws Exception {
            boolean beginsLikeTls = tls == null && isTls(in);
            try {
                return super.decode(context, in);
            } catch (DecoderException e) {
                if (beginsLikeTls) {
                    turnedAway.say(MessageCode.CALLER_SPEAKS_TLS, host(context), "insecure=on");
                } else {
                    turnedAway.say(MessageCode.PACKET_TOO_LARGE, host(context), MOST_PACKET_BYTES);
                }
                // Artemis would only take leave of it after the time of silence
                context.close();
                throw e;
            }
        }

        @Override
        protected ByteBuf extractFrame(ChannelHandlerContext context, ByteBuf in, int index, int length) {
            byte type = length > LENGTH_BYTES ? in.getByte(index + LENGTH_BYTES) : 0;
            if (type == PacketStream.TYPE) {
                byte[] frame = new byte[length - LENGTH_BYTES - Byte.BYTES];
                in.getBytes(index + LENGTH_BYTES + Byte.BYTES, frame);
                return streamed(context, frame);
            }
            if (type == PacketImpl.PING) {
                lastPing = Unpooled.copiedBuffer(in.slice(index, length));
            }
            return packet(context, in, index, length);
        }

        /** A copy with its length before it, as Artemis wants it: it keeps what it is given. */
        private static ByteBuf packet(ChannelHandlerContext context, ByteBuf in, int index, int length) {
            return context.alloc().buffer(length).writeBytes(in, index, length).skipBytes(LENGTH_BYTES);
        }

        /** Artemis gets nothing of it, but the caller's last ping now and then: his next one has to wait behind what he streams. */
        private ByteBuf streamed(ChannelHandlerContext context, byte[] frame) {
            Handshake caller = context.pipeline().get(Handshake.class);
            if (caller == null && tls == null) {
                inbox.take(frame, "");
            } else if (caller != null && caller.node != null) {
                inbox.take(frame, caller.node);
            } else {
                context.close();
            }
            long now = System.nanoTime();
            if (now - pingedAt < PING_NANOS || !lastPing.isReadable()) {
                return null;
            }
            pingedAt = now;
            return packet(context, lastPing, 0, lastPing.readableBytes());
        }
    }
}
