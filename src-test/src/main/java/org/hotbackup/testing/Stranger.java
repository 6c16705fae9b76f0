package org.hotbackup.testing;

import jakarta.jms.BytesMessage;
import jakarta.jms.Connection;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSException;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.apache.activemq.artemis.api.core.TransportConfiguration;
import org.apache.activemq.artemis.api.jms.ActiveMQJMSClient;
import org.apache.activemq.artemis.api.jms.JMSFactoryType;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyConnectorFactory;
import org.apache.activemq.artemis.core.remoting.impl.netty.TransportConstants;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.hotbackup.node.NodeHome;

/** Somebody who comes to a slave server's port and is not its master: with a node's key or without any. */
public final class Stranger {

    private static final int PATIENCE_MILLIS = 20_000;

    private final NodeHome home;

    private Stranger(NodeHome home) {
        this.home = home;
    }

    /** Who shows the certificate of this node. */
    public static Stranger as(TestNode node) {
        return new Stranger(node.home());
    }

    /** Who shows none. */
    public static Stranger nobody() {
        return new Stranger(null);
    }

    /** His keys; he trusts everybody. */
    public SSLContext tls() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(home == null ? null : keys(), new TrustManager[] {new TrustsAll()}, new SecureRandom());
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private KeyManager[] keys() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keyStore())) {
            store.load(in, password().toCharArray());
        }
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, password().toCharArray());
        return factory.getKeyManagers();
    }

    private Path keyStore() {
        return home.folder().resolve("keys").resolve("node.p12");
    }

    private String password() {
        return passwordOf(home);
    }

    /** The password of a node's key store. */
    public static String passwordOf(NodeHome home) {
        Properties secrets = new Properties();
        try (InputStream in = Files.newInputStream(home.folder().resolve("secrets.properties"))) {
            secrets.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return secrets.getProperty("hotbackup.keys.password");
    }

    /** Shakes hands in a version of TLS and says something; whether he is let in. */
    public boolean isLetIn(int port, String version, byte[] says) {
        try (SSLSocket socket =
                (SSLSocket) tls().getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.setEnabledProtocols(new String[] {version});
            socket.startHandshake();
            socket.getOutputStream().write(says);
            return socket.getInputStream().read() >= 0;
        } catch (IOException e) {
            return false;
        }
    }

    /** Says something without TLS; whether he is answered with more than an alert before he is hung up on. */
    public static boolean isAnswered(int port, byte[] says) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.getOutputStream().write(says);
            return socket.getInputStream().readAllBytes().length > 16;
        } catch (IOException e) {
            return false;
        }
    }

    /** Connects as a master does, and sends parts of frames; he must be trusted there. */
    public Talk talk(int port) {
        Map<String, Object> parameters = new HashMap<>();
        parameters.put(TransportConstants.HOST_PROP_NAME, "127.0.0.1");
        parameters.put(TransportConstants.PORT_PROP_NAME, port);
        parameters.put(TransportConstants.SSL_ENABLED_PROP_NAME, true);
        parameters.put(TransportConstants.KEYSTORE_PATH_PROP_NAME, keyStore().toString());
        parameters.put(TransportConstants.KEYSTORE_PASSWORD_PROP_NAME, password());
        parameters.put(TransportConstants.KEYSTORE_TYPE_PROP_NAME, "PKCS12");
        parameters.put(TransportConstants.TRUST_ALL_PROP_NAME, true);
        parameters.put(TransportConstants.VERIFY_HOST_PROP_NAME, false);
        ActiveMQConnectionFactory factory = ActiveMQJMSClient.createConnectionFactoryWithoutHA(
                JMSFactoryType.CF, new TransportConfiguration(NettyConnectorFactory.class.getName(), parameters));
        factory.setReconnectAttempts(0);
        try {
            return new Talk(factory, factory.createConnection());
        } catch (JMSException e) {
            factory.close();
            throw new IllegalStateException(e);
        }
    }

    /** A connection on which he says what he likes. */
    public static final class Talk implements AutoCloseable {

        private final ActiveMQConnectionFactory factory;
        private final Connection connection;
        private long sender = System.nanoTime();

        Talk(ActiveMQConnectionFactory factory, Connection connection) {
            this.factory = factory;
            this.connection = connection;
        }

        /** Sends a frame, right or wrong, as one message. */
        public void send(byte[] frame) {
            send(frame, 0);
        }

        /** Sends the first part of a frame, of which so many bytes are still to come. */
        public void send(byte[] part, int left) {
            try (Session session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE)) {
                MessageProducer producer = session.createProducer(session.createQueue("hb.in"));
                producer.setDeliveryMode(DeliveryMode.NON_PERSISTENT);
                BytesMessage message = session.createBytesMessage();
                message.setLongProperty("hb_sender", ++sender);
                message.setIntProperty("hb_left", left);
                message.writeBytes(part);
                producer.send(message);
            } catch (JMSException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void close() {
            try {
                connection.close();
            } catch (JMSException e) {
                throw new IllegalStateException(e);
            } finally {
                factory.close();
            }
        }
    }

    private static final class TrustsAll implements X509TrustManager {

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
