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
 * One connection of a remote JMX caller, who may be a stranger: RMI reads from it before anybody has logged in. So that none
 * can fill the memory or stay for ever, a request has at most {@value #MOST_BYTES} bytes and arrives within
 * {@value #REQUEST_SECONDS} s, and a connection without one ends after {@value #IDLE_MILLIS} ms; RMI clients close idle
 * ones earlier and open new ones by themselves.
 */
final class CallerSocket extends Socket {

    /** Far more than an operation with its arguments has; a larger one would have to be answered in parts. */
    static final int MOST_BYTES = 256 * 1024;

    static final int REQUEST_SECONDS = 30;
    static final int IDLE_MILLIS = 60_000;
    /** Whoever is called and means it speaks at once. */
    static final int FIRST_WORD_MILLIS = 10_000;

    private final Socket line;
    private final Consumer<CallerSocket> atEnd;
    private volatile int answers;
    private boolean spoken;
    private int requestBytes;
    private long requestBegan;

    /**
     * @param line where the bytes come from, encrypted or not
     * @param atEnd told once it is closed, perhaps more than once
     */
    CallerSocket(Socket line, Consumer<CallerSocket> atEnd) throws SocketException {
        this.line = line;
        this.atEnd = atEnd;
        setSoTimeout(FIRST_WORD_MILLIS);
    }

    /** Whether it has not even got through RMI's greeting yet. */
    boolean isStranger() {
        return answers < 2;
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

    /** One thread reads from a connection of RMI, and it is the same that writes the answer. */
    private void count(int bytes) throws IOException {
        spoken = true;
        if (requestBytes == 0) {
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
                answers++;
                requestBytes = 0;
                super.flush();
            }
        };
    }

    /** RMI would wait for two hours. */
    @Override
    public void setSoTimeout(int timeout) throws SocketException {
        int most = spoken ? IDLE_MILLIS : FIRST_WORD_MILLIS;
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

    @Override
    public InetAddress getInetAddress() {
        return line.getInetAddress();
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
            line.close();
        } finally {
            atEnd.accept(this);
        }
    }
}
