package org.hotbackup.jms;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A line between two ports of this machine that can be cut, slowed down, or swallow everything from now on. */
final class FaultyLine implements AutoCloseable {

    private final ServerSocket entrance;
    private final int exitPort;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile int swallowed;
    private volatile long bytesPerSecond;

    FaultyLine(int exitPort) throws IOException {
        this.exitPort = exitPort;
        this.entrance = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        daemon(this::accept);
    }

    int port() {
        return entrance.getLocalPort();
    }

    /** From now on so slow; the line holds little. */
    void slowDown(long toBytesPerSecond) {
        bytesPerSecond = toBytesPerSecond;
    }

    /** The connections that there are stay open, but nothing gets through any more, not even their end. */
    void swallow() {
        swallowed = sockets.size();
    }

    /** Cuts the connections that there are; the thread that carries one may close it at the same moment. */
    void cut() throws IOException {
        for (Socket socket : sockets) {
            try {
                socket.setSoLinger(true, 0);
            } catch (SocketException e) {
                // closed already
            }
            socket.close();
        }
    }

    private void accept() {
        try {
            while (true) {
                Socket caller = entrance.accept();
                Socket called = new Socket();
                if (bytesPerSecond > 0) {
                    caller.setReceiveBufferSize(16 << 10);
                    called.setSendBufferSize(16 << 10);
                }
                called.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), exitPort));
                int number = sockets.size();
                sockets.add(caller);
                sockets.add(called);
                daemon(() -> carry(number, caller, called));
                daemon(() -> carry(number, called, caller));
            }
        } catch (IOException e) {
            closed.countDown();
        }
    }

    private void carry(int number, Socket from, Socket to) {
        byte[] buffer = new byte[4 << 10];
        try (InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            int read = in.read(buffer);
            while (read >= 0) {
                if (bytesPerSecond > 0) {
                    LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1) * read / bytesPerSecond);
                }
                if (number >= swallowed) {
                    out.write(buffer, 0, read);
                    out.flush();
                }
                read = in.read(buffer);
            }
            if (number < swallowed) {
                closed.await();
            }
        } catch (IOException e) {
            // cut, here or there
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void daemon(Runnable task) {
        Thread thread = new Thread(task, "faulty line");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        entrance.close();
        cut();
    }
}
