package org.hotbackup.jms;

import jakarta.jms.DeliveryMode;
import jakarta.jms.Destination;
import jakarta.jms.JMSException;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import org.hotbackup.replication.Link;
import org.hotbackup.replication.LinkDownException;
import org.hotbackup.replication.Links;

/** Links over Artemis (design 4): a slave server's port is a broker, its master is a JMS client of it. */
final class ArtemisLinks implements Links {

    private final NodeKeys keys;
    private final String bindAddress;
    private final Patience patience;

    /**
     * Links of a node.
     *
     * @param bindAddress the address on which slave servers listen
     * @param patience of its master servers
     */
    ArtemisLinks(NodeKeys keys, String bindAddress, Patience patience) {
        this.keys = keys;
        this.bindAddress = bindAddress;
        this.patience = patience;
    }

    @Override
    public Link call(String host, int port, Runnable wake) throws LinkDownException {
        return new MasterEnd(keys, host, port, patience).call(wake);
    }

    @Override
    public Link listen(String server, int port, Runnable wake) throws LinkDownException {
        return new SlaveEnd(keys, bindAddress, server, port).listen(wake);
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
