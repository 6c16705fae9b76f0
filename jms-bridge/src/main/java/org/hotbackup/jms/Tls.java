package org.hotbackup.jms;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.apache.activemq.artemis.core.remoting.impl.netty.TransportConstants;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;

/** How a link is secured: TLS 1.3, the node's own key, and the peers that are trusted. */
final class Tls {

    static final String PROTOCOL = "TLSv1.3";

    /** The cheapest first: with keys of 128 bits a tape costs a tenth less time of the processor. */
    private static final List<String> SUITES =
            List.of("TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256");

    private Tls() {}

    /**
     * For an Artemis acceptor or connector, with the keys as they are now.
     *
     * @throws Refusal if no peer is trusted yet, or a key cannot be read
     */
    static Map<String, Object> parameters(NodeKeys keys) {
        Map<String, Object> parameters = new HashMap<>();
        parameters.put(TransportConstants.SSL_ENABLED_PROP_NAME, true);
        parameters.put(TransportConstants.ENABLED_PROTOCOLS_PROP_NAME, PROTOCOL);
        parameters.put(TransportConstants.ENABLED_CIPHER_SUITES_PROP_NAME, String.join(",", SUITES));
        parameters.put(
                TransportConstants.KEYSTORE_PATH_PROP_NAME, keys.keyStore().toString());
        parameters.put(TransportConstants.KEYSTORE_PASSWORD_PROP_NAME, keys.password());
        parameters.put(TransportConstants.KEYSTORE_TYPE_PROP_NAME, NodeKeys.STORE_TYPE);
        parameters.put(
                TransportConstants.TRUSTSTORE_PATH_PROP_NAME, keys.trustStore().toString());
        parameters.put(TransportConstants.TRUSTSTORE_PASSWORD_PROP_NAME, keys.password());
        parameters.put(TransportConstants.TRUSTSTORE_TYPE_PROP_NAME, NodeKeys.STORE_TYPE);
        return parameters;
    }

    /** The suites of a port, in the order in which it takes them. */
    static String[] suites() {
        return SUITES.toArray(String[]::new);
    }

    /**
     * The node's own key, and the peers trusted at the moment of each handshake.
     *
     * @throws Refusal if the key cannot be read
     */
    static SSLContext context(NodeKeys keys) {
        return context(keys, new PinnedPeers(keys));
    }

    /** The same, with what decides on peers. */
    static SSLContext context(NodeKeys keys, PinnedPeers peers) {
        try {
            SSLContext context = SSLContext.getInstance(PROTOCOL);
            context.init(keys.keyManagers(), new TrustManager[] {peers}, new SecureRandom());
            return context;
        } catch (GeneralSecurityException e) {
            throw new Refusal(MessageCode.NODE_KEY_UNUSABLE, keys.keyStore(), e.getMessage());
        }
    }
}
