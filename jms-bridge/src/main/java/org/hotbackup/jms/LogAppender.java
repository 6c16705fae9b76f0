package org.hotbackup.jms;

import jakarta.jms.Connection;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSException;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.activemq.artemis.api.core.ActiveMQDuplicateIdException;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.hotbackup.txlog.LogEntry;
import org.hotbackup.txlog.QueueUnavailableException;

/**
 * Puts entries on the address of the transaction log: all of a batch in one transacted send, which is one forced write.
 * Its connection is made when it is needed and again after every failure. Thread-safe.
 */
final class LogAppender {

    private static final Logger LOGGER = Logger.getLogger(LogAppender.class.getName());

    /** What a message takes in the journal besides its payload, generously. */
    private static final int OVERHEAD_BYTES = 1_000;

    private static final int SEND_WINDOW_BYTES = 4 << 20;

    private final Broker broker;
    private Connection connection;
    private Session session;
    private MessageProducer producer;

    LogAppender(Broker broker) {
        this.broker = broker;
    }

    /** See {@link org.hotbackup.txlog.TransactionLogQueue#append}; gives up after ten seconds without an answer. */
    synchronized void append(List<LogEntry> entries) throws QueueUnavailableException {
        long bytes = 0;
        for (LogEntry entry : entries) {
            bytes += entry.payload().length + OVERHEAD_BYTES;
        }
        broker.disk().check(bytes);
        broker.server();
        try {
            if (connection == null) {
                open();
            }
            try {
                for (LogEntry entry : entries) {
                    producer.send(LogEntryMessage.of(session, entry));
                }
                session.commit();
            } catch (JMSException e) {
                if (!isDuplicate(e)) {
                    throw e;
                }
                session.rollback();
                appendOneByOne(entries);
            }
        } catch (JMSException e) {
            close();
            throw new QueueUnavailableException(Reasons.of(e), e);
        }
    }

    /**
     * A duplicate fails a transacted batch as a whole. Sent one by one outside a transaction, what is there already is
     * dropped silently and the rest is stored.
     */
    private void appendOneByOne(List<LogEntry> entries) throws JMSException {
        try (Session single = connection.createSession(false, Session.AUTO_ACKNOWLEDGE)) {
            MessageProducer plain = producer(single);
            for (LogEntry entry : entries) {
                plain.send(LogEntryMessage.of(single, entry));
            }
        }
    }

    private void open() throws JMSException {
        ActiveMQConnectionFactory connections = broker.inside().connections();
        // a large body would be queued as a whole in front of the broker otherwise
        connections.setProducerWindowSize(SEND_WINDOW_BYTES);
        connection = connections.createConnection();
        session = connection.createSession(true, Session.SESSION_TRANSACTED);
        producer = producer(session);
    }

    private static MessageProducer producer(Session session) throws JMSException {
        MessageProducer producer = session.createProducer(session.createTopic(Names.TXLOG));
        producer.setDeliveryMode(DeliveryMode.PERSISTENT);
        producer.setDisableMessageID(true);
        producer.setDisableMessageTimestamp(true);
        return producer;
    }

    private static boolean isDuplicate(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof ActiveMQDuplicateIdException) {
                return true;
            }
        }
        return false;
    }

    /** Ends the connection; the next append makes a new one. Idempotent. */
    synchronized void close() {
        if (connection != null) {
            try {
                connection.close();
            } catch (JMSException e) {
                LOGGER.log(Level.FINE, "a broken connection could not be closed properly", e);
            } finally {
                connection = null;
            }
        }
    }
}
