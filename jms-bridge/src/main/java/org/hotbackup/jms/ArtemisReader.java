package org.hotbackup.jms;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.client.ClientConsumer;
import org.apache.activemq.artemis.api.core.client.ClientMessage;
import org.apache.activemq.artemis.api.core.client.ClientSessionFactory;
import org.apache.activemq.artemis.api.core.client.ServerLocator;
import org.apache.activemq.artemis.api.core.client.SessionFailureListener;
import org.apache.activemq.artemis.core.client.impl.ClientLargeMessageInternal;
import org.apache.activemq.artemis.core.client.impl.ClientMessageImpl;
import org.apache.activemq.artemis.core.client.impl.ClientSessionInternal;
import org.hotbackup.txlog.LogEntry;
import org.hotbackup.txlog.QueueEmptiedException;
import org.hotbackup.txlog.QueueUnavailableException;
import org.hotbackup.txlog.TransactionLogQueue;
import org.hotbackup.txlog.TransactionLogQueue.State;

/**
 * The one reader of a server's queue. It uses the core client because only that acknowledges cumulatively, up to and
 * including a message.
 *
 * <p>The broker delivers ahead of {@link #poll}, a few megabytes at most: a thread of the client, which belongs to this
 * reader alone, waits while the inbox is full, and the consumer's window holds back the broker.
 */
final class ArtemisReader implements TransactionLogQueue.Reader {

    /** What lies here and is not polled; one entry more if that is larger. */
    private static final long INBOX_BYTES = 4 << 20;

    /** What the broker sends ahead of the inbox. */
    private static final int CONSUMER_WINDOW_BYTES = 1 << 20;

    /** An entry and the broker's id of its message; messages themselves are not kept, they would double the memory. */
    private record Held(LogEntry entry, long messageId) {}

    private record Unacknowledged(long lsn, long committedAtMillis, long messageId) {}

    private final Runnable wake;
    private final Supplier<State> look;
    private final Consumer<ArtemisReader> onClose;
    private final Deque<Held> inbox = new ArrayDeque<>();
    private final Deque<Unacknowledged> polled = new ArrayDeque<>();
    private final ServerLocator locator;
    private final ClientSessionFactory sessions;
    private final ClientSessionInternal session;
    private final ClientConsumer consumer;
    private long inboxBytes;
    private ClientMessage arriving;
    private String broken;
    private boolean ended;
    private boolean closed;
    private volatile State left;

    /**
     * Begins to read.
     *
     * @param look how the queue stands now
     * @param onClose told when the broker has taken back what was not acknowledged
     */
    ArtemisReader(Inside inside, String queue, Runnable wake, Supplier<State> look, Consumer<ArtemisReader> onClose)
            throws Exception {
        this.wake = wake;
        this.look = look;
        this.onClose = onClose;
        this.locator = inside.locator()
                .setConsumerWindowSize(CONSUMER_WINDOW_BYTES)
                .setBlockOnAcknowledge(false)
                .setAckBatchSize(0);
        try {
            this.sessions = locator.createSessionFactory();
            this.session = (ClientSessionInternal) inside.session(sessions);
            session.addFailureListener(new Failure());
            this.consumer = session.createConsumer(queue);
            consumer.setMessageHandler(this::arrived);
            session.start();
        } catch (ActiveMQException e) {
            locator.close();
            throw e;
        }
    }

    private void arrived(ClientMessage message) {
        try {
            if (!awaitRoom(message)) {
                abandon(message);
                return;
            }
            // outside the lock: a large body may take its time
            LogEntry entry = LogEntryMessage.entry(message);
            synchronized (this) {
                arriving = null;
                inbox.addLast(new Held(entry, message.getMessageID()));
                inboxBytes += entry.payload().length;
            }
            wake.run();
        } catch (ActiveMQException | RuntimeException e) {
            // Artemis would only log it, and go on with the next entry
            breakDown(Reasons.of(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            breakDown("reading was interrupted");
        }
    }

    /** The client would wait ten seconds for the rest of a large message, and keep it from coming. */
    private static void abandon(ClientMessage message) {
        if (message instanceof ClientLargeMessageInternal large) {
            large.getLargeMessageController().cancel();
        }
    }

    private synchronized boolean awaitRoom(ClientMessage message) throws InterruptedException {
        while (!closed && broken == null && inboxBytes >= INBOX_BYTES) {
            wait();
        }
        arriving = message;
        return !closed && broken == null;
    }

    /** Nothing more can be read, for this reason. */
    void breakDown(String reason) {
        synchronized (this) {
            if (broken == null) {
                broken = reason;
            }
            notifyAll();
        }
        wake.run();
    }

    /** Nothing more can be read, for this reason, and the broker knows of no reader any more when this returns. */
    void end(String reason) {
        synchronized (this) {
            ended = broken == null;
        }
        breakDown(reason);
        synchronized (this) {
            abandon(arriving);
        }
        sessions.close();
    }

    @Override
    public synchronized Optional<LogEntry> poll() throws QueueUnavailableException {
        checkUsable();
        Held held = inbox.pollFirst();
        if (held == null) {
            return Optional.empty();
        }
        LogEntry entry = held.entry();
        inboxBytes -= entry.payload().length;
        notifyAll();
        polled.addLast(new Unacknowledged(entry.lsn(), entry.committedAtMillis(), held.messageId()));
        return Optional.of(entry);
    }

    @Override
    public void acknowledge(long upToLsn) throws QueueUnavailableException {
        Unacknowledged last = null;
        synchronized (this) {
            checkUsable();
            while (!polled.isEmpty() && polled.peekFirst().lsn() <= upToLsn) {
                last = polled.pollFirst();
            }
        }
        if (last != null) {
            try {
                // the session only looks at the id
                session.acknowledge(consumer, new ClientMessageImpl().setMessageID(last.messageId()));
            } catch (ActiveMQException e) {
                throw new QueueUnavailableException(Reasons.of(e), e);
            }
        }
    }

    private void checkUsable() throws QueueUnavailableException {
        if (closed) {
            throw new QueueUnavailableException("the reader is closed", null);
        }
        if (broken != null) {
            throw ended ? new QueueEmptiedException(broken) : new QueueUnavailableException(broken, null);
        }
    }

    /** When the oldest entry that is here and not acknowledged was committed, 0 if there is none. */
    synchronized long oldestCommittedAtMillis() {
        if (!polled.isEmpty()) {
            return polled.peekFirst().committedAtMillis();
        }
        return inbox.isEmpty() ? 0 : inbox.peekFirst().entry().committedAtMillis();
    }

    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            notifyAll();
            abandon(arriving);
        }
        left = look.get();
        try {
            sessions.close();
            locator.close();
        } finally {
            onClose.accept(this);
        }
    }

    /**
     * How the queue stood when this reader began to close; empty before. What the broker takes back then is for a moment
     * neither among what it delivers nor among what waits, and it would say that there is less than there is.
     */
    Optional<State> left() {
        return Optional.ofNullable(left);
    }

    private final class Failure implements SessionFailureListener {

        @Override
        public void connectionFailed(ActiveMQException cause, boolean failedOver) {
            breakDown(Reasons.of(cause));
        }

        @Override
        public void connectionFailed(ActiveMQException cause, boolean failedOver, String scaleDownTargetNodeId) {
            breakDown(Reasons.of(cause));
        }

        @Override
        public void beforeReconnect(ActiveMQException cause) {
            breakDown(Reasons.of(cause));
        }
    }
}
