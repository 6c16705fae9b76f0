package org.hotbackup.jms;

import java.io.ByteArrayOutputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.client.ActiveMQClient;
import org.apache.activemq.artemis.api.core.client.ClientConsumer;
import org.apache.activemq.artemis.api.core.client.ClientMessage;
import org.apache.activemq.artemis.api.core.client.ClientSession;
import org.apache.activemq.artemis.api.core.client.ClientSessionFactory;
import org.apache.activemq.artemis.api.core.client.ServerLocator;
import org.apache.activemq.artemis.core.server.Queue;
import org.hotbackup.txlog.LogEntry;
import org.hotbackup.txlog.QueueUnavailableException;
import org.hotbackup.txlog.TransactionLogQueue;

/**
 * The one reader of a server's queue. It uses the core client because only that acknowledges cumulatively, up to and
 * including a message. What is polled stays here until it is acknowledged.
 */
final class ArtemisReader implements TransactionLogQueue.Reader {

    /** How much the broker may push ahead of {@link #poll}, in bytes. */
    private static final int CONSUMER_WINDOW_BYTES = 4 << 20;

    /** How long an entry that is counted but not delivered yet is waited for. */
    private static final long DELIVERY_MILLIS = 5;

    private record Delivered(LogEntry entry, ClientMessage message) {}

    private final Queue queue;
    private final Runnable wake;
    private final Consumer<ArtemisReader> onClose;
    private final ServerLocator locator;
    private final ClientSessionFactory sessions;
    private final ClientSession session;
    private final ClientConsumer consumer;
    private final Deque<Delivered> delivered = new ArrayDeque<>();
    private volatile boolean closed;

    ArtemisReader(Broker broker, Queue queue, Runnable wake, Consumer<ArtemisReader> onClose) throws Exception {
        this.queue = queue;
        this.wake = wake;
        this.onClose = onClose;
        this.locator = locator(broker);
        this.sessions = locator.createSessionFactory();
        this.session = session(broker, sessions);
        this.consumer = session.createConsumer(queue.getName());
        session.start();
    }

    private static ServerLocator locator(Broker broker) throws Exception {
        return ActiveMQClient.createServerLocator(broker.inVmUrl())
                .setConsumerWindowSize(CONSUMER_WINDOW_BYTES)
                .setBlockOnAcknowledge(false)
                .setAckBatchSize(0)
                .setReconnectAttempts(0);
    }

    private static ClientSession session(Broker broker, ClientSessionFactory sessions) throws ActiveMQException {
        return sessions.createSession(broker.user(), broker.password(), false, true, true, false, 0);
    }

    void wake() {
        wake.run();
    }

    @Override
    public Optional<LogEntry> poll() throws QueueUnavailableException {
        try {
            ClientMessage message = consumer.receiveImmediate();
            if (message == null && queue.getMessageCount() > queue.getDeliveringCount()) {
                message = consumer.receive(DELIVERY_MILLIS);
            }
            if (message == null) {
                return Optional.empty();
            }
            LogEntry entry = entry(message);
            synchronized (delivered) {
                delivered.addLast(new Delivered(entry, message));
            }
            return Optional.of(entry);
        } catch (ActiveMQException e) {
            throw new QueueUnavailableException(ArtemisTransactionLogQueue.reason(e), e);
        }
    }

    @Override
    public void acknowledge(long upToLsn) throws QueueUnavailableException {
        ClientMessage last = null;
        synchronized (delivered) {
            while (!delivered.isEmpty() && delivered.peekFirst().entry().lsn() <= upToLsn) {
                last = delivered.pollFirst().message();
            }
        }
        if (last != null) {
            try {
                last.acknowledge();
            } catch (ActiveMQException e) {
                throw new QueueUnavailableException(ArtemisTransactionLogQueue.reason(e), e);
            }
        }
    }

    /** When the oldest entry polled and not acknowledged was committed, 0 if there is none. */
    long oldestCommittedAtMillis() {
        synchronized (delivered) {
            return delivered.isEmpty() ? 0 : delivered.peekFirst().entry().committedAtMillis();
        }
    }

    /** Adds entries polled and not acknowledged, in order. */
    void delivered(long afterLsn, int limit, List<LogEntry> entries) {
        synchronized (delivered) {
            delivered.stream()
                    .map(Delivered::entry)
                    .filter(entry -> entry.lsn() > afterLsn)
                    .limit(limit)
                    .forEach(entries::add);
        }
    }

    /** Adds entries of a queue without taking them, in order. */
    static void browse(Broker broker, String queueName, long afterLsn, int limit, List<LogEntry> entries)
            throws Exception {
        int found = 0;
        try (ServerLocator locator = locator(broker);
                ClientSessionFactory sessions = locator.createSessionFactory();
                ClientSession session = session(broker, sessions);
                ClientConsumer browser = session.createConsumer(queueName, Names.LSN + " > " + afterLsn, true)) {
            session.start();
            ClientMessage message = browser.receiveImmediate();
            while (message != null && found < limit) {
                entries.add(entry(message));
                found++;
                message = browser.receiveImmediate();
            }
        }
    }

    private static LogEntry entry(ClientMessage message) throws ActiveMQException {
        return new LogEntry(
                message.getLongProperty(Names.LSN),
                message.getLongProperty(Names.PREVIOUS_LSN),
                message.getLongProperty(Names.COMMITTED_AT),
                body(message));
    }

    private static byte[] body(ClientMessage message) throws ActiveMQException {
        if (message.isLargeMessage()) {
            ByteArrayOutputStream body = new ByteArrayOutputStream(message.getBodySize());
            message.saveToOutputStream(body);
            return body.toByteArray();
        }
        byte[] body = new byte[message.getBodyBuffer().readableBytes()];
        message.getBodyBuffer().readBytes(body);
        return body;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            onClose.accept(this);
            sessions.close();
            locator.close();
            synchronized (delivered) {
                delivered.clear();
            }
        }
    }
}
