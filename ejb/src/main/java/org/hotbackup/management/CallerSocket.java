package org.hotbackup.management;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * One connection of a JMX caller, who may be a stranger: RMI reads from it before anybody has logged in. So that none
 * can fill the memory or stay for ever, a request has at most {@value #MOST_BYTES} bytes and arrives within
 * {@value #REQUEST_SECONDS} s, and a connection without one ends after {@value #STRANGER_MILLIS} ms, or after
 * {@value #IDLE_MILLIS} ms once a user's call came in by it; RMI clients close idle ones earlier and open new ones by
 * themselves.
 */
final class CallerSocket extends Socket {

    /** Far more than an operation with its arguments has; a larger one would have to be answered in parts. */
    static final int MOST_BYTES = 256 * 1024;

    static final int REQUEST_SECONDS = 30;
    static final int IDLE_MILLIS = 30_000;
    /** Whoever calls and means it speaks at once. */
    static final int STRANGER_MILLIS = 10_000;

    /** TLS says goodbye and waits for an answer: not for long, for who gets a place waits for who loses it. */
    private static final int GOODBYE_MILLIS = 100;

    /** By which connection the call came that this thread answers: RMI reads and answers it on one thread. */
    private static final ThreadLocal<CallerSocket> ANSWERED = new ThreadLocal<>();

    private final Socket line;
    private final Consumer<CallerSocket> atEnd;
    private volatile boolean known;
    private int requestBytes;
    private long requestBegan;

    /**
     * @param line where the bytes come from, encrypted or not
     * @param atEnd told once it is closed, perhaps more than once
     */
    CallerSocket(Socket line, Consumer<CallerSocket> atEnd) throws SocketException {
        this.line = line;
        this.atEnd = atEnd;
        setSoTimeout(STRANGER_MILLIS);
    }

    /** Whether no user's call has come in by it yet: RMI greets anybody, and its registry answers anybody. */
    boolean isStranger() {
        return !known;
    }

    /** Says whether a user made the call that this thread answers; who was one and is none any more is a stranger again. */
    static void know(boolean user) {
        CallerSocket answered = ANSWERED.get();
        if (answered != null && answered.known != user) {
            answered.known = user;
            try {
                answered.setSoTimeout(0);
            } catch (SocketException e) {
                // closed meanwhile, so there is nothing to wait for
            }
        }
    }

    /** The address from which the call came that this thread answers; empty if it answers none. */
    static String address() {
        CallerSocket answered = ANSWERED.get();
        return answered == null ? "" : answered.from().getHostAddress();
    }

    /** Where the caller is. */
    InetAddress from() {
        return line.getInetAddress();
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return new FilterInputStream(line.getInputStream()) {
            @Override
            public int read() throws IOException {
                int read = super.read();
                count(read < 0 ? 0 : 1);
                return read;
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                int read = super.read(bytes, offset, length);
                count(Math.max(0, read));
                return read;
            }
        };
    }

    private void count(int bytes) throws IOException {
        if (requestBytes == 0) {
            ANSWERED.set(this);
            requestBegan = System.nanoTime();
        }
        requestBytes += bytes;
        if (requestBytes > MOST_BYTES) {
            throw new IOException("a request has more than " + MOST_BYTES + " bytes");
        }
        if (System.nanoTime() - requestBegan > TimeUnit.SECONDS.toNanos(REQUEST_SECONDS)) {
            throw new SocketTimeoutException("a request takes longer than " + REQUEST_SECONDS + " s");
        }
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
        return new FilterOutputStream(line.getOutputStream()) {
            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                out.write(bytes, offset, length);
            }

            @Override
            public void flush() throws IOException {
                requestBytes = 0;
                super.flush();
            }
        };
    }

    /** RMI would wait for two hours, and says so only once. */
    @Override
    public void setSoTimeout(int timeout) throws SocketException {
        int most = known ? IDLE_MILLIS : STRANGER_MILLIS;
        line.setSoTimeout(timeout == 0 ? most : Math.min(timeout, most));
    }

    @Override
    public int getSoTimeout() throws SocketException {
        return line.getSoTimeout();
    }

    @Override
    public void setTcpNoDelay(boolean on) throws SocketException {
        line.setTcpNoDelay(on);
    }

    @Override
    public void setKeepAlive(boolean on) throws SocketException {
        line.setKeepAlive(on);
    }

    /**
     * Nowhere, for RMI: its registry lets whoever calls from an address of this machine bind and unbind names, without a
     * password, and nobody whose address it does not know.
     */
    @Override
    public InetAddress getInetAddress() {
        return null;
    }

    @Override
    public InetAddress getLocalAddress() {
        return line.getLocalAddress();
    }

    @Override
    public int getPort() {
        return line.getPort();
    }

    @Override
    public int getLocalPort() {
        return line.getLocalPort();
    }

    @Override
    public SocketAddress getRemoteSocketAddress() {
        return line.getRemoteSocketAddress();
    }

    @Override
    public boolean isConnected() {
        return line.isConnected();
    }

    @Override
    public boolean isClosed() {
        return line.isClosed();
    }

    @Override
    public void close() throws IOException {
        try {
            sayGoodbyeBriefly();
            line.close();
        } finally {
            atEnd.accept(this);
        }
    }

    private void sayGoodbyeBriefly() {
        try {
            line.setSoTimeout(GOODBYE_MILLIS);
        } catch (SocketException e) {
            // closed already
        }
    }
}
