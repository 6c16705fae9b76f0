package org.hotbackup.jms;

import jakarta.jms.JMSException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.TransportConfiguration;
import org.apache.activemq.artemis.api.core.client.ActiveMQClient;
import org.apache.activemq.artemis.api.core.client.ClientSession;
import org.apache.activemq.artemis.api.core.client.ClientSessionFactory;
import org.apache.activemq.artemis.api.core.client.ServerLocator;
import org.apache.activemq.artemis.core.remoting.impl.invm.InVMAcceptorFactory;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;

/**
 * How a broker of this JVM is reached from inside it: by a number of its own, and with a password that is made at random
 * and never leaves the JVM.
 *
 * @param number unique in this JVM
 * @param password a secret
 */
record Inside(int number, String password) {

    private static final AtomicInteger NUMBERS = new AtomicInteger(7_000);
    private static final String USER = "node";
    private static final long CALL_TIMEOUT_MILLIS = 10_000;

    /** For a broker that is about to be made. */
    static Inside next() {
        return new Inside(NUMBERS.incrementAndGet(), randomPassword());
    }

    static String randomPassword() {
        byte[] random = new byte[24];
        new SecureRandom().nextBytes(random);
        return HexFormat.of().formatHex(random);
    }

    /** Whether this is who may come in this way. */
    boolean admits(String givenUser, String givenPassword) {
        return USER.equals(givenUser) && password.equals(givenPassword);
    }

    TransportConfiguration acceptor() {
        return new TransportConfiguration(
                InVMAcceptorFactory.class.getName(), Map.of("serverId", Integer.toString(number)));
    }

    /** A factory of JMS connections; a call that is not answered within ten seconds fails. */
    ActiveMQConnectionFactory connections() throws JMSException {
        ActiveMQConnectionFactory factory = new ActiveMQConnectionFactory(url());
        factory.setUser(USER);
        factory.setPassword(password);
        factory.setCallTimeout(CALL_TIMEOUT_MILLIS);
        factory.setReconnectAttempts(0);
        factory.setProducerWindowSize(-1);
        factory.setMinLargeMessageSize(BrokerSettings.JOURNAL_MESSAGE_BYTES);
        factory.setBlockOnNonDurableSend(false);
        factory.setCacheDestinations(true);
        return factory;
    }

    /** Where core sessions come from. It has threads of its own, so that a reader that waits holds up nobody else. */
    ServerLocator locator() throws Exception {
        return ActiveMQClient.createServerLocator(url())
                .setUseGlobalPools(false)
                .setThreadPoolMaxSize(4)
                .setScheduledThreadPoolMaxSize(1)
                .setCallTimeout(CALL_TIMEOUT_MILLIS)
                .setReconnectAttempts(0);
    }

    /** A core session that acknowledges at once and without waiting. */
    ClientSession session(ClientSessionFactory sessions) throws ActiveMQException {
        return sessions.createSession(USER, password, false, true, true, false, 0);
    }

    private String url() {
        return "vm://" + number;
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return url();
    }
}
