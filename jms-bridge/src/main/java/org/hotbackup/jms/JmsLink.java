package org.hotbackup.jms;

import jakarta.jms.BytesMessage;
import jakarta.jms.Connection;
import jakarta.jms.DeliveryMode;
import jakarta.jms.Destination;
import jakarta.jms.JMSException;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.hotbackup.replication.Link;
import org.hotbackup.replication.LinkDownException;

/** A link over one JMS connection: frames go out to one destination and come in from another, none of them durable. */
final class JmsLink implements Link {

    private static final Logger LOGGER = Logger.getLogger(JmsLink.class.getName());

    /** Names a destination in a session. */
    @FunctionalInterface
    interface Address {
        Destination in(Session session) throws JMSException;
    }

    private final Connection connection;
    private final Inbox inbox;
    private final Session outgoing;
    private final MessageProducer producer;
    private final Supplier<String> peer;
    private final AutoCloseable afterwards;
    private boolean closed;

    /**
     * Opens both directions.
     *
     * @param afterwards what else ends with the link
     */
    JmsLink(
            Connection connection,
            Address out,
            Address in,
            Runnable wake,
            Supplier<String> peer,
            AutoCloseable afterwards)
            throws JMSException {
        this.connection = connection;
        this.peer = peer;
        this.afterwards = afterwards;
        this.inbox = new Inbox(wake);
        connection.setExceptionListener(e -> inbox.breakDown(ArtemisTransactionLogQueue.reason(e)));
        Session incoming = connection.createSession(false, Session.DUPS_OK_ACKNOWLEDGE);
        MessageConsumer consumer = incoming.createConsumer(in.in(incoming));
        consumer.setMessageListener(inbox);
        this.outgoing = connection.createSession(false, Session.DUPS_OK_ACKNOWLEDGE);
        this.producer = outgoing.createProducer(out.in(outgoing));
        producer.setDeliveryMode(DeliveryMode.NON_PERSISTENT);
        producer.setDisableMessageID(true);
        producer.setDisableMessageTimestamp(true);
        connection.start();
    }

    @Override
    public void send(byte[] frame) throws LinkDownException {
        inbox.checkUp();
        try {
            BytesMessage message = outgoing.createBytesMessage();
            message.writeBytes(frame);
            producer.send(message);
        } catch (JMSException e) {
            throw new LinkDownException(ArtemisTransactionLogQueue.reason(e), e);
        }
    }

    @Override
    public Optional<byte[]> poll() throws LinkDownException {
        return inbox.poll();
    }

    @Override
    public String peer() {
        return peer.get();
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        inbox.breakDown("the link is closed");
        try {
            connection.close();
        } catch (JMSException e) {
            LOGGER.log(Level.FINE, "a broken connection could not be closed properly", e);
        }
        try {
            afterwards.close();
        } catch (Exception e) {
            LOGGER.log(Level.WARNING, "a link did not end cleanly", e);
        }
    }
}
