package org.hotbackup.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.hotbackup.node.Ports;

/** A loopback TCP line between the two servers of a pair that can be cut, black-holed and mended. */
public final class FaultProxy implements AutoCloseable {

    private static final int BUFFER_BYTES = 64 * 1024;

    private final ServerSocket listening;
    private final int target;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private volatile boolean up = true;
    private volatile boolean swallowing;

    private FaultProxy(ServerSocket listening, int target) {
        this.listening = listening;
        this.target = target;
    }

    /** A line to a port, from a free port that is not among those taken. */
    public static FaultProxy to(int target, Set<Integer> taken) {
        try {
            ServerSocket listening = new ServerSocket();
            listening.setReuseAddress(true);
            listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), Ports.free(taken)));
            FaultProxy proxy = new FaultProxy(listening, target);
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

    /** Lets connections through again. */
    public void mend() {
        swallowing = false;
        up = true;
    }

    /** Takes everything and passes on nothing, as a dead network does: no connection is closed. */
    public void blackHole() {
        swallowing = true;
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
        daemon(() -> pass(caller, called));
        daemon(() -> pass(called, caller));
    }

    private void pass(Socket from, Socket to) {
        byte[] buffer = new byte[BUFFER_BYTES];
        try (InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                if (!swallowing) {
                    out.write(buffer, 0, read);
                }
            }
        } catch (IOException e) {
            // one side is gone: so is the other now
        } finally {
            reset(from);
            reset(to);
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
