package org.hotbackup.jms;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.hotbackup.replication.LinkDownException;

/**
 * Finds out, before Artemis connects, whether a trusted peer listens at all. Artemis itself would only say that it could
 * not connect, and write a stack trace at each of the many attempts of a server that waits for its slave.
 */
final class PeerProbe {

    private static final int PATIENCE_MILLIS = 5_000;

    private final NodeKeys keys;
    private final Set<String> trusted;
    private final String host;
    private final int port;

    /**
     * For one peer.
     *
     * @param trusted fingerprints, SHA-256 in hex
     */
    PeerProbe(NodeKeys keys, Set<String> trusted, String host, int port) {
        this.keys = keys;
        this.trusted = trusted;
        this.host = host;
        this.port = port;
    }

    /**
     * Shakes hands, waits for the other side's verdict on this node's certificate, and hangs up.
     *
     * @throws LinkDownException with what is wrong, if something is
     */
    void check() throws LinkDownException {
        try (SSLSocket socket = shakeHands()) {
            awaitVerdict(socket);
        } catch (IOException e) {
            throw new LinkDownException(reason(e), e);
        }
    }

    /**
     * In TLS 1.3 the verdict comes after the handshake. Who is let in and says goodbye gets a goodbye, who is not gets an
     * alert.
     */
    private void awaitVerdict(SSLSocket socket) throws IOException {
        socket.shutdownOutput();
        try {
            socket.getInputStream().read();
        } catch (SSLException e) {
            throw new IOException(
                    "the other node does not trust this one, whose certificate is " + keys.fingerprint()
                            + "; trust it there with hot-backup trust and start that server again",
                    e);
        }
    }

    private SSLSocket shakeHands() throws IOException {
        Pinned pinned = new Pinned();
        Socket plain = new Socket();
        try {
            plain.connect(new InetSocketAddress(host, port), PATIENCE_MILLIS);
            plain.setSoTimeout(PATIENCE_MILLIS);
            SSLContext context = SSLContext.getInstance(Tls.PROTOCOL);
            context.init(keys.keyManagers(), new TrustManager[] {pinned}, new SecureRandom());
            SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(plain, host, port, true);
            socket.setEnabledProtocols(new String[] {Tls.PROTOCOL});
            socket.startHandshake();
            return socket;
        } catch (IOException e) {
            plain.close();
            throw pinned.stranger == null ? e : new StrangerException(pinned.stranger);
        } catch (GeneralSecurityException e) {
            plain.close();
            throw new IOException(e);
        }
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

    /** Somebody else answered. */
    private static final class StrangerException extends IOException {

        private static final long serialVersionUID = 1L;

        StrangerException(String fingerprint) {
            super("who answers there, with certificate " + fingerprint
                    + ", is not trusted here; trust it with hot-backup trust, or find out who it is");
        }
    }

    /** Trusts exactly the certificates that were given, whatever is signed by whom. */
    private final class Pinned implements X509TrustManager {

        private String stranger;

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
            String fingerprint = NodeKeys.fingerprint(chain[0]);
            if (!trusted.contains(fingerprint)) {
                stranger = fingerprint;
                throw new CertificateException("not trusted");
            }
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
            throw new CertificateException("no client is expected");
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
