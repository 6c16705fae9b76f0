package org.hotbackup.jms;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.activemq.artemis.core.remoting.impl.netty.TransportConstants;

/**
 * How a link is secured, as it is when a server starts: TLS 1.3, the node's own key, and the peers trusted now.
 *
 * @param parameters for an Artemis acceptor or connector
 * @param trusted the fingerprints of the peers, SHA-256 in hex
 */
record Tls(Map<String, Object> parameters, Set<String> trusted) {

    static final String PROTOCOL = "TLSv1.3";

    /** With the keys as they are. */
    static Tls of(NodeKeys keys) {
        Set<String> trusted = keys.trusted().keySet();
        Map<String, Object> parameters = new HashMap<>();
        parameters.put(TransportConstants.SSL_ENABLED_PROP_NAME, true);
        parameters.put(TransportConstants.ENABLED_PROTOCOLS_PROP_NAME, PROTOCOL);
        parameters.put(
                TransportConstants.KEYSTORE_PATH_PROP_NAME, keys.keyStore().toString());
        parameters.put(TransportConstants.KEYSTORE_PASSWORD_PROP_NAME, keys.password());
        parameters.put(TransportConstants.KEYSTORE_TYPE_PROP_NAME, NodeKeys.STORE_TYPE);
        parameters.put(
                TransportConstants.TRUSTSTORE_PATH_PROP_NAME, keys.trustStore().toString());
        parameters.put(TransportConstants.TRUSTSTORE_PASSWORD_PROP_NAME, keys.password());
        parameters.put(TransportConstants.TRUSTSTORE_TYPE_PROP_NAME, NodeKeys.STORE_TYPE);
        return new Tls(parameters, trusted);
    }
}
