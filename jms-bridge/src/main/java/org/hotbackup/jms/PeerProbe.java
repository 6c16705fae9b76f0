package org.hotbackup.jms;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.hotbackup.replication.LinkDownException;
import org.hotbackup.replication.Links;

/**
 * Finds out, before Artemis connects, whether a trusted peer listens at all. Artemis itself would only say that it could
 * not connect, and write a stack trace at each of the many attempts of a server that waits for its slave.
 */
final class PeerProbe {

    private static final int PATIENCE_MILLIS = 5_000;

    /** How long a slave server that speaks TLS may take to hang up on a call in plain text. */
    private static final int HANGS_UP_MILLIS = 1_000;

    private static final String BOTH_OR_NEITHER = "set up both servers of the pair with --insecure, or neither";

    private final NodeKeys keys;
    private final String host;
    private final int port;
    private final Links.Security security;

    /** For one peer. */
    PeerProbe(NodeKeys keys, String host, int port, Links.Security security) {
        this.keys = keys;
        this.host = host;
        this.port = port;
        this.security = security;
    }

    /**
     * Shakes hands, waits for the other side's verdict on this node's certificate, and hangs up; of an insecure link it
     * only looks whether somebody listens.
     *
     * @throws LinkDownException with what is wrong, if something is
     */
    void check() throws LinkDownException {
        try (Socket plain = new Socket()) {
            plain.connect(new InetSocketAddress(host, port), PATIENCE_MILLIS);
            plain.setSoTimeout(PATIENCE_MILLIS);
            check(plain);
        } catch (IOException e) {
            PinnedPeers.StrangerException stranger = PinnedPeers.StrangerException.in(e);
            throw stranger == null ? new LinkDownException(reason(e), e) : stranger(stranger);
        }
    }

    /** The other side is not the one that is trusted. */
    static LinkDownException stranger(PinnedPeers.StrangerException who) {
        return new LinkDownException(
                "who answers there is not let in, its " + who.getMessage()
                        + " here; trust it with hot-backup trust, or find out who it is",
                who);
    }

    /**
     * After an insecure call failed: begins one in plain text and waits whether the other side hangs up at that.
     *
     * @throws LinkDownException if it does, as a slave server that speaks TLS, or if {@link #check} would throw
     */
    void checkPlain() throws LinkDownException {
        check();
        try (Socket plain = new Socket()) {
            plain.connect(new InetSocketAddress(host, port), PATIENCE_MILLIS);
            plain.setSoTimeout(HANGS_UP_MILLIS);
            plain.getOutputStream().write(Door.PLAIN);
            plain.getInputStream().read();
        } catch (SocketTimeoutException e) {
            return;
        } catch (ConnectException e) {
            throw new LinkDownException(reason(e), e);
        } catch (IOException e) {
            throw perhapsTls(e);
        }
        throw perhapsTls(null);
    }

    private static LinkDownException perhapsTls(IOException cause) {
        return new LinkDownException(
                "the other side hung up on a call in plain text, perhaps it speaks TLS; " + BOTH_OR_NEITHER, cause);
    }

    /**
     * The same over a connection. In TLS 1.3 the verdict comes after the handshake, or while this side still sends the end
     * of it. Who is let in and says goodbye gets a goodbye; who is not gets an alert, or finds the connection closed if that
     * was faster than the alert.
     */
    void check(Socket plain) throws IOException {
        if (security == Links.Security.INSECURE) {
            return;
        }
        PinnedPeers peers = new PinnedPeers(keys);
        try (SSLSocket socket =
                (SSLSocket) Tls.context(keys, peers).getSocketFactory().createSocket(plain, host, port, true)) {
            socket.setEnabledProtocols(new String[] {Tls.PROTOCOL});
            socket.startHandshake();
            socket.shutdownOutput();
            socket.getInputStream().read();
        } catch (SSLException | SocketException e) {
            if (!peers.trustsWhomItCalled()) {
                throw hungUp(e) ? new IOException(hangsUpOnTls(), e) : e;
            }
            boolean expired = String.valueOf(e.getMessage()).contains("certificate_expired");
            throw new IOException(
                    expired
                            ? "the other node finds that the certificate of this one, " + keys.fingerprint()
                                    + ", has expired; check the clocks of both, or give this node a new key with"
                                    + " hot-backup node renew-key"
                            : "the other node does not trust this one, whose certificate is " + keys.fingerprint()
                                    + "; trust it there with hot-backup trust",
                    e);
        }
    }

    private static boolean hungUp(IOException e) {
        return e instanceof SocketException
                || e.getCause() instanceof SocketException
                || e.getCause() instanceof EOFException;
    }

    private static String hangsUpOnTls() {
        return "the other side hung up on a call with TLS, perhaps it speaks plain text; " + BOTH_OR_NEITHER;
    }

    private static String reason(IOException e) {
        if (e instanceof UnknownHostException) {
            return "the name of the host is not known";
        } else if (e instanceof SocketTimeoutException) {
            return "no answer within " + PATIENCE_MILLIS / 1000 + " seconds";
        } else if (e instanceof ConnectException) {
            return "nobody listens there (" + e.getMessage() + ")";
        } else if (e instanceof SSLException) {
            return "what listens there is no slave server (" + e.getMessage() + ")";
        }
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }
}
