package org.hotbackup.management;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * Where JMX callers come in: over TLS 1.3 those from elsewhere, in clear those of this machine. At most {@value #MOST}
 * connections are open, {@value #MOST_OF_ONE} of one address elsewhere: when there is no more room, the oldest stranger makes place for a new one, and without a stranger nobody new
 * comes in. Thread-safe.
 */
final class CallerDoor extends ServerSocket {

    static final int MOST = 96;
    static final int MOST_OF_ONE = 32;

    private static final int WAITING = 50;
    private static final String[] PROTOCOLS = {"TLSv1.3"};

    private final Optional<SSLSocketFactory> tls;
    private final int mostOfOne;

    /** Oldest first. */
    private final Set<CallerSocket> inside = new LinkedHashSet<>();

    private CallerDoor(InetAddress address, int port, Optional<SSLSocketFactory> tls, int mostOfOne)
            throws IOException {
        this.tls = tls;
        this.mostOfOne = mostOfOne;
        setReuseAddress(true);
        try {
            bind(new InetSocketAddress(address, port), WAITING);
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    /**
     * Listens for callers from elsewhere.
     *
     * @throws IOException if it cannot be listened there
     */
    static CallerDoor secured(InetAddress address, int port, SSLSocketFactory tls) throws IOException {
        return new CallerDoor(address, port, Optional.of(tls), MOST_OF_ONE);
    }

    /**
     * Listens for callers of this machine, who all have one address.
     *
     * @throws IOException if it cannot be listened there
     */
    static CallerDoor local(InetAddress loopback, int port) throws IOException {
        return new CallerDoor(loopback, port, Optional.empty(), MOST);
    }

    @Override
    public Socket accept() throws IOException {
        while (true) {
            Socket plain = super.accept();
            Optional<CallerSocket> admitted = admit(plain);
            if (admitted.isPresent()) {
                return admitted.get();
            }
            plain.close();
        }
    }

    private Optional<CallerSocket> admit(Socket plain) throws IOException {
        InetAddress from = plain.getInetAddress();
        boolean hasPlace = hasPlace(mostOfOne, one -> from.equals(one.from())) && hasPlace(MOST, one -> true);
        if (!hasPlace) {
            return Optional.empty();
        }
        CallerSocket caller = new CallerSocket(tls.isPresent() ? secured(tls.get(), plain) : plain, this::forget);
        synchronized (inside) {
            inside.add(caller);
        }
        return Optional.of(caller);
    }

    private static SSLSocket secured(SSLSocketFactory tls, Socket plain) throws IOException {
        // the handshake comes with the first byte that is read, on the thread of this caller
        SSLSocket secured = (SSLSocket) tls.createSocket(plain, null, true);
        secured.setUseClientMode(false);
        secured.setEnabledProtocols(PROTOCOLS);
        return secured;
    }

    private boolean hasPlace(int most, Predicate<CallerSocket> of) throws IOException {
        Optional<CallerSocket> stranger;
        synchronized (inside) {
            if (inside.stream().filter(of).count() < most) {
                return true;
            }
            stranger = inside.stream().filter(of.and(CallerSocket::isStranger)).findFirst();
        }
        if (stranger.isPresent()) {
            stranger.get().close();
        }
        return stranger.isPresent();
    }

    private void forget(CallerSocket caller) {
        synchronized (inside) {
            inside.remove(caller);
        }
    }

    /** How many are inside now. */
    int size() {
        synchronized (inside) {
            return inside.size();
        }
    }
}
