package org.hotbackup.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.EnumSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.hotbackup.node.Ports;

/**
 * A loopback TCP line between the two servers of a pair that can be cut, slowed down, black-holed in one direction or both,
 * and mended. Of a link without TLS it understands the frames and can spoil one of them, or repeat a whole conversation.
 */
public final class FaultProxy implements AutoCloseable {

    /** Which way something goes. */
    public enum Direction {
        /** From the caller, the master server. */
        TO_SLAVE,
        /** To the caller, the master server. */
        TO_MASTER
    }

    private static final int BUFFER_BYTES = 64 * 1024;
    private static final int MOST_RECORDED = 200;
    private static final long REPLAY_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    /** A fault that waits for its frame. */
    private record Ordered(Direction direction, int frameType, Fault fault) {}

    private final ServerSocket listening;
    private final int target;
    private final boolean understands;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final Set<Direction> swallowing = EnumSet.noneOf(Direction.class);
    private final AtomicReference<Ordered> ordered = new AtomicReference<>();
    private volatile boolean up = true;
    private volatile long delayMillis;
    private volatile Queue<byte[]> recorded = new ConcurrentLinkedQueue<>();

    private FaultProxy(ServerSocket listening, int target, boolean understands) {
        this.listening = listening;
        this.target = target;
        this.understands = understands;
    }

    /** A line to a port, from a free port that is not among those taken. */
    public static FaultProxy to(int target, Set<Integer> taken) {
        return to(target, taken, false);
    }

    /** The same for a link without TLS: it understands what it carries. */
    public static FaultProxy ofFrames(int target, Set<Integer> taken) {
        return to(target, taken, true);
    }

    private static FaultProxy to(int target, Set<Integer> taken, boolean understands) {
        try {
            ServerSocket listening = new ServerSocket();
            listening.setReuseAddress(true);
            listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), Ports.free(taken)));
            FaultProxy proxy = new FaultProxy(listening, target, understands);
            daemon(proxy::accept);
            return proxy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where the master calls. */
    public int port() {
        return listening.getLocalPort();
    }

    /** Cuts every connection with a reset and lets no new one through. */
    public void cut() {
        up = false;
        sockets.forEach(FaultProxy::reset);
    }

    /** Lets connections through again, as fast as it can. */
    public void mend() {
        synchronized (swallowing) {
            swallowing.clear();
        }
        delayMillis = 0;
        up = true;
    }

    /** Takes everything and passes on nothing, as a dead network does: no connection is closed. */
    public void blackHole() {
        blackHole(Direction.TO_SLAVE);
        blackHole(Direction.TO_MASTER);
    }

    /** The same in one direction only. */
    public void blackHole(Direction direction) {
        synchronized (swallowing) {
            swallowing.add(direction);
        }
    }

    /** Holds whatever comes for so long, in both directions. */
    public void delay(long millis) {
        delayMillis = millis;
    }

    /** Does this, once, to the next frame of a type that goes in a direction; only on a line that understands frames. */
    public void spoilNext(Direction direction, int frameType, Fault fault) {
        if (!understands) {
            throw new IllegalStateException("this line does not understand frames");
        }
        ordered.set(new Ordered(direction, frameType, fault));
    }

    /** Whether what was asked for last has been done. */
    public boolean isSpoilt() {
        return ordered.get() == null;
    }

    /**
     * Says again what the master said first in its latest connection, byte by byte, on a connection of its own; packet by
     * packet, because the slave's broker drops what comes before it has opened the session.
     */
    public void replay() {
        try (Socket caller = new Socket(InetAddress.getLoopbackAddress(), target)) {
            for (byte[] packet : List.copyOf(recorded)) {
                caller.getOutputStream().write(packet);
                LockSupport.parkNanos(REPLAY_NANOS);
            }
        } catch (IOException e) {
            // hung up there, which is an answer too
        }
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket caller = listening.accept();
                sockets.add(caller);
                if (!up) {
                    reset(caller);
                    continue;
                }
                connect(caller);
            } catch (IOException e) {
                // the proxy was closed, or nobody listens behind it: the caller notices
                sockets.removeIf(Socket::isClosed);
            }
        }
    }

    private void connect(Socket caller) throws IOException {
        Socket called = new Socket();
        sockets.add(called);
        try {
            called.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target));
        } catch (IOException e) {
            reset(caller);
            throw e;
        }
        daemon(() -> pass(caller, called, Direction.TO_SLAVE));
        daemon(() -> pass(called, caller, Direction.TO_MASTER));
    }

    private void pass(Socket from, Socket to, Direction direction) {
        try (InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            if (understands) {
                passPackets(in, out, direction);
            } else {
                passBytes(in, out, direction);
            }
        } catch (IOException e) {
            // one side is gone: so is the other now
        } finally {
            reset(from);
            reset(to);
        }
    }

    private void passBytes(InputStream in, OutputStream out, Direction direction) throws IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            pass(buffer, read, out, direction);
        }
    }

    private void pass(byte[] bytes, int count, OutputStream out, Direction direction) throws IOException {
        if (delayMillis > 0) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(delayMillis));
        }
        boolean swallowed;
        synchronized (swallowing) {
            swallowed = swallowing.contains(direction);
        }
        if (!swallowed) {
            out.write(bytes, 0, count);
        }
    }

    private void passPackets(InputStream in, OutputStream out, Direction direction) throws IOException {
        Packets packets = new Packets(in);
        if (direction == Direction.TO_SLAVE) {
            byte[] greeting = packets.bytes(Packets.GREETING_BYTES);
            if (greeting.length == Packets.GREETING_BYTES) {
                recorded = new ConcurrentLinkedQueue<>();
            }
            record(direction, greeting);
            pass(greeting, greeting.length, out, direction);
        }
        byte[] held = null;
        for (byte[] packet = packets.next(); packet != null; packet = packets.next()) {
            record(direction, packet);
            int at = Packets.frameIn(packet);
            Fault fault = at < 0 ? null : take(direction, packet[at + Packets.TYPE_AT]);
            if (fault == Fault.CUT) {
                pass(packet, packet.length / 2, out, direction);
                return;
            } else if (fault == Fault.SWAP) {
                held = packet;
                continue;
            }
            for (byte[] one : fault == null ? List.of(packet) : fault.of(packet, at)) {
                pass(one, one.length, out, direction);
            }
            if (held != null && at >= 0) {
                pass(held, held.length, out, direction);
                held = null;
            }
        }
    }

    private Fault take(Direction direction, int frameType) {
        Ordered order = ordered.get();
        boolean meant = order != null && order.direction() == direction && order.frameType() == frameType;
        return meant && ordered.compareAndSet(order, null) ? order.fault() : null;
    }

    private void record(Direction direction, byte[] bytes) {
        if (direction == Direction.TO_SLAVE && recorded.size() < MOST_RECORDED) {
            recorded.add(bytes);
        }
    }

    private static void reset(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException e) {
            // it is closed, which is what was wanted
        }
    }

    private static void daemon(Runnable task) {
        Thread thread = new Thread(task, "fault proxy");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        try {
            listening.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        sockets.forEach(FaultProxy::reset);
    }
}
