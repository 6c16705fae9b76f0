package org.hotbackup.client;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.util.Map;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.rmi.ssl.SslRMIClientSocketFactory;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.node.RemoteJmx;
import org.hotbackup.node.TrustedPeer;

/**
 * A node of another machine, as its remote JMX is reached.
 *
 * @param host its {@code hotbackup.jmx.remote.host}
 * @param port its {@code hotbackup.jmx.remote.port}
 * @param user one of its users
 * @param certificate the file with its certificate, which no other may show
 */
public record RemoteNode(String host, int port, String user, Path certificate) {

    private static final int PATIENCE_MILLIS = 10_000;

    /**
     * Connects to it.
     *
     * @throws Refusal if it is not reached, shows another certificate, or does not know the user
     */
    public NodeConnection connect(String password) {
        SSLContext trusting =
                PinnedCertificates.trust(TrustedPeer.read(certificate).fingerprint());
        call(trusting);
        try {
            return new NodeConnection(JMXConnectorFactory.connect(
                    new JMXServiceURL(RemoteJmx.url(host, port)),
                    Map.of(
                            JMXConnector.CREDENTIALS,
                            new String[] {user, password},
                            "com.sun.jndi.rmi.factory.socket",
                            new SslRMIClientSocketFactory())));
        } catch (SecurityException e) {
            throw new Refusal(MessageCode.NOT_AUTHENTICATED);
        } catch (IOException e) {
            throw unreachable(FailedCall.plain(e));
        }
    }

    /** RMI would wait for minutes, and hide the reason deep in its own. */
    private void call(SSLContext trusting) {
        try (Socket line = new Socket()) {
            InetSocketAddress address = new InetSocketAddress(host, port);
            if (address.isUnresolved()) {
                throw unreachable("no such host is known");
            }
            line.connect(address, PATIENCE_MILLIS);
            line.setSoTimeout(PATIENCE_MILLIS);
            try (SSLSocket secured = (SSLSocket) trusting.getSocketFactory().createSocket(line, host, port, true)) {
                secured.startHandshake();
            }
        } catch (ConnectException e) {
            throw unreachable("nobody listens there");
        } catch (SocketTimeoutException e) {
            throw unreachable("nothing answered within " + PATIENCE_MILLIS / 1000 + " s");
        } catch (SSLException e) {
            PinnedCertificates.StrangerException stranger = PinnedCertificates.StrangerException.in(e);
            throw stranger == null
                    ? unreachable("what answers there does not speak TLS 1.3")
                    : new Refusal(
                            MessageCode.CERTIFICATE_OF_ANOTHER, host + ":" + port, certificate, stranger.getMessage());
        } catch (IOException e) {
            throw unreachable(e.getMessage());
        }
    }

    private Refusal unreachable(String why) {
        return new Refusal(MessageCode.NODE_NOT_REACHED, host + ":" + port, why);
    }
}
