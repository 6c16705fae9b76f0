package org.hotbackup.jms;

import jakarta.jms.DeliveryMode;
import jakarta.jms.Destination;
import jakarta.jms.JMSException;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.util.concurrent.atomic.LongAdder;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.replication.Link;
import org.hotbackup.replication.LinkDownException;
import org.hotbackup.replication.Links;
import org.hotbackup.replication.ServerMessages;

/** Links over Artemis (design 4): a slave server's port is a broker, its master is a JMS client of it. */
final class ArtemisLinks implements Links {

    private final NodeKeys keys;
    private final String bindAddress;
    private final Patience patience;
    private final LongAdder rejected = new LongAdder();

    /**
     * Links of a node.
     *
     * @param bindAddress the address on which slave servers listen
     * @param patience of its servers
     */
    ArtemisLinks(NodeKeys keys, String bindAddress, Patience patience) {
        this.keys = keys;
        this.bindAddress = bindAddress;
        this.patience = patience;
    }

    @Override
    public Link call(String host, int port, Security security, Runnable wake, ServerMessages messages)
            throws LinkDownException {
        return new MasterEnd(keys, host, port, security, patience).call(wake, messages);
    }

    @Override
    public Link listen(String server, int port, Security security, Runnable wake, ServerMessages messages)
            throws LinkDownException {
        return new SlaveEnd(keys, bindAddress, server, port, security, patience).listen(wake, messages, rejected);
    }

    @Override
    public long rejectedTotal() {
        return rejected.sum();
    }

    @Override
    public KeptPort keep(int port) throws LinkDownException {
        ServerSocket kept = SlaveEnd.bind(bindAddress, port);
        return () -> {
            try {
                kept.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        };
    }

    /**
     * Refuses an insecure link to anywhere else.
     *
     * @throws LinkDownException if an address of the host is not on this machine
     */
    static void checkLoopback(String host) throws LinkDownException {
        try {
            for (InetAddress address : InetAddress.getAllByName(host)) {
                if (!address.isLoopbackAddress()) {
                    throw new LinkDownException(MessageCode.INSECURE_NOT_LOOPBACK.text(host));
                }
            }
        } catch (UnknownHostException e) {
            throw new LinkDownException("the name of the host is not known", e);
        }
    }

    /** A producer of what needs no disk and nothing but its body. */
    static MessageProducer producer(Session session, Destination destination) throws JMSException {
        MessageProducer producer = session.createProducer(destination);
        producer.setDeliveryMode(DeliveryMode.NON_PERSISTENT);
        producer.setDisableMessageID(true);
        producer.setDisableMessageTimestamp(true);
        return producer;
    }
}
