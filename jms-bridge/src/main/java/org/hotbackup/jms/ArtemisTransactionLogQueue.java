package org.hotbackup.jms;

import jakarta.jms.BytesMessage;
import jakarta.jms.Connection;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSException;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.activemq.artemis.api.core.ActiveMQDuplicateIdException;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.Message;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.core.server.MessageReference;
import org.apache.activemq.artemis.core.server.Queue;
import org.hotbackup.txlog.LogEntry;
import org.hotbackup.txlog.QueueUnavailableException;
import org.hotbackup.txlog.TransactionLogQueue;

/**
 * The transaction log queue on Artemis: one durable multicast address, one durable queue for each master server, so that
 * an entry is stored once however many servers wait for it. Duplicate detection goes by the LSN.
 */
final class ArtemisTransactionLogQueue implements TransactionLogQueue {

    private final Broker broker;
    private final Map<String, ArtemisReader> readers = new ConcurrentHashMap<>();
    private Connection connection;
    private Session session;
    private MessageProducer producer;

    ArtemisTransactionLogQueue(Broker broker) {
        this.broker = broker;
    }

    @Override
    public synchronized void append(List<LogEntry> entries) throws QueueUnavailableException {
        try {
            open();
            try {
                for (LogEntry entry : entries) {
                    producer.send(message(session, entry));
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
            closeConnection();
            throw new QueueUnavailableException(reason(e), e);
        }
        readers.values().forEach(ArtemisReader::wake);
    }

    /**
     * A duplicate fails a transacted batch as a whole. Sent one by one outside a transaction, what is there already is
     * dropped silently and the rest is stored.
     */
    private void appendOneByOne(List<LogEntry> entries) throws JMSException {
        try (Session single = connection.createSession(false, Session.AUTO_ACKNOWLEDGE)) {
            MessageProducer plain = producer(single);
            for (LogEntry entry : entries) {
                plain.send(message(single, entry));
            }
        }
    }

    private void open() throws JMSException, QueueUnavailableException {
        if (connection == null) {
            broker.server();
            connection = broker.connections().createConnection();
            session = connection.createSession(true, Session.SESSION_TRANSACTED);
            producer = producer(session);
        }
    }

    private static MessageProducer producer(Session session) throws JMSException {
        MessageProducer producer = session.createProducer(session.createTopic(Names.TXLOG));
        producer.setDeliveryMode(DeliveryMode.PERSISTENT);
        producer.setDisableMessageID(true);
        producer.setDisableMessageTimestamp(true);
        return producer;
    }

    private static BytesMessage message(Session session, LogEntry entry) throws JMSException {
        BytesMessage message = session.createBytesMessage();
        message.setStringProperty(Message.HDR_DUPLICATE_DETECTION_ID.toString(), Long.toString(entry.lsn()));
        message.setLongProperty(Names.LSN, entry.lsn());
        message.setLongProperty(Names.PREVIOUS_LSN, entry.previousLsn());
        message.setLongProperty(Names.COMMITTED_AT, entry.committedAtMillis());
        message.writeBytes(entry.payload());
        return message;
    }

    private static boolean isDuplicate(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof ActiveMQDuplicateIdException) {
                return true;
            }
        }
        return false;
    }

    private void closeConnection() {
        if (connection != null) {
            try {
                connection.close();
            } catch (JMSException e) {
                // it is broken, which is why it is closed; the next append makes a new one
            } finally {
                connection = null;
            }
        }
    }

    @Override
    public void define(String server) throws QueueUnavailableException {
        try {
            broker.server()
                    .createQueue(
                            QueueConfiguration.of(Names.txlogQueue(server))
                                    .setAddress(Names.TXLOG)
                                    .setRoutingType(RoutingType.MULTICAST)
                                    .setDurable(true)
                                    .setExclusive(true)
                                    .setAutoDelete(false),
                            true);
        } catch (QueueUnavailableException e) {
            throw e;
        } catch (Exception e) {
            throw new QueueUnavailableException(reason(e), e);
        }
    }

    @Override
    public void remove(String server) throws QueueUnavailableException {
        try {
            if (broker.server().locateQueue(Names.txlogQueue(server)) != null) {
                broker.server().destroyQueue(SimpleString.of(Names.txlogQueue(server)), null, false);
            }
        } catch (QueueUnavailableException e) {
            throw e;
        } catch (Exception e) {
            throw new QueueUnavailableException(reason(e), e);
        }
    }

    @Override
    public Reader open(String server, Runnable wake) throws QueueUnavailableException {
        Queue queue = queue(server);
        try {
            ArtemisReader reader = new ArtemisReader(broker, queue, wake, r -> readers.remove(server, r));
            readers.put(server, reader);
            return reader;
        } catch (Exception e) {
            throw new QueueUnavailableException(reason(e), e);
        }
    }

    @Override
    public State state(String server) throws QueueUnavailableException {
        Queue queue = queue(server);
        long depth = queue.getMessageCount();
        if (depth == 0) {
            return new State(0, 0, 0);
        }
        ArtemisReader reader = readers.get(server);
        long oldest = reader == null ? 0 : reader.oldestCommittedAtMillis();
        if (oldest == 0) {
            MessageReference first = queue.peekFirstMessage();
            oldest = first == null ? 0 : first.getMessage().getLongProperty(Names.COMMITTED_AT);
        }
        return new State(depth, queue.getPersistentSize(), oldest);
    }

    @Override
    public List<LogEntry> browse(String server, long afterLsn, int limit) throws QueueUnavailableException {
        List<LogEntry> entries = new ArrayList<>();
        ArtemisReader reader = readers.get(server);
        if (reader != null) {
            reader.delivered(afterLsn, limit, entries);
        }
        long after =
                entries.isEmpty() ? afterLsn : entries.get(entries.size() - 1).lsn();
        if (entries.size() < limit) {
            try {
                ArtemisReader.browse(broker, Names.txlogQueue(server), after, limit - entries.size(), entries);
            } catch (Exception e) {
                throw new QueueUnavailableException(reason(e), e);
            }
        }
        return entries;
    }

    private Queue queue(String server) throws QueueUnavailableException {
        Queue queue = broker.server().locateQueue(Names.txlogQueue(server));
        if (queue == null) {
            throw new QueueUnavailableException("server " + server + " has no queue", null);
        }
        return queue;
    }

    synchronized void close() {
        closeConnection();
    }

    static String reason(Exception e) {
        Throwable cause = e;
        while (cause.getCause() != null && !(cause instanceof ActiveMQException)) {
            cause = cause.getCause();
        }
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }
}
