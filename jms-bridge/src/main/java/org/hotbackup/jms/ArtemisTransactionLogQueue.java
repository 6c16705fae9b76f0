package org.hotbackup.jms;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.core.server.Queue;
import org.hotbackup.txlog.LogEntry;
import org.hotbackup.txlog.QueueUnavailableException;
import org.hotbackup.txlog.TransactionLogQueue;

/**
 * The transaction log queue on Artemis: one durable multicast address, one durable queue for each master server, so that
 * an entry is stored once however many servers wait for it (design 1.5). Duplicate detection goes by the LSN.
 */
final class ArtemisTransactionLogQueue implements TransactionLogQueue {

    private static final State NOTHING = new State(0, 0, 0);

    private final Broker broker;
    private final LogAppender appender;
    private final Map<String, ArtemisReader> readers = new ConcurrentHashMap<>();
    /** Held while a queue goes: nobody begins to read it meanwhile. */
    private final Object going = new Object();

    ArtemisTransactionLogQueue(Broker broker) {
        this.broker = broker;
        this.appender = new LogAppender(broker);
    }

    @Override
    public void append(List<LogEntry> entries) throws QueueUnavailableException {
        appender.append(entries);
    }

    @Override
    public void define(String server) throws QueueUnavailableException {
        ActiveMQServer artemis = broker.server();
        try {
            artemis.createQueue(
                    QueueConfiguration.of(Names.txlogQueue(server))
                            .setAddress(Names.TXLOG)
                            .setRoutingType(RoutingType.MULTICAST)
                            .setDurable(true)
                            .setExclusive(true)
                            .setMaxConsumers(1)
                            .setAutoDelete(false),
                    true);
        } catch (Exception e) {
            throw new QueueUnavailableException(Reasons.of(e), e);
        }
    }

    @Override
    public void remove(String server) throws QueueUnavailableException {
        destroy(server, "the queue of server " + server + " was removed");
    }

    /** A queue that is destroyed gives up what is delivered too, and its pages as a whole. */
    @Override
    public void clear(String server) throws QueueUnavailableException {
        synchronized (going) {
            destroy(server, "the queue of server " + server + " was cleared");
            define(server);
        }
    }

    /** The reader goes first: of one whose queue is gone Artemis would count the going twice (AMQ224095). */
    private void destroy(String server, String reason) throws QueueUnavailableException {
        ActiveMQServer artemis = broker.server();
        synchronized (going) {
            try {
                ArtemisReader reader = readers.get(server);
                if (reader != null) {
                    reader.end(reason);
                }
                if (artemis.locateQueue(Names.txlogQueue(server)) != null) {
                    artemis.destroyQueue(SimpleString.of(Names.txlogQueue(server)), null, false, true);
                }
            } catch (Exception e) {
                throw new QueueUnavailableException(Reasons.of(e), e);
            }
        }
    }

    @Override
    public Reader open(String server, Runnable wake) throws QueueUnavailableException {
        synchronized (going) {
            queue(server);
            try {
                ArtemisReader reader = new ArtemisReader(
                        broker.inside(),
                        Names.txlogQueue(server),
                        wake,
                        () -> leaving(server),
                        r -> readers.remove(server, r));
                readers.put(server, reader);
                return reader;
            } catch (Exception e) {
                throw new QueueUnavailableException(Reasons.of(e), e);
            }
        }
    }

    @Override
    public State state(String server) throws QueueUnavailableException {
        Queue queue = queue(server);
        // before the broker is asked: once no reader is there any more, all that he had is back
        ArtemisReader reader = readers.get(server);
        State now = state(queue, reader);
        Optional<State> left = reader == null ? Optional.empty() : reader.left();
        return left.map(before -> atLeast(before, now)).orElse(now);
    }

    private static State state(Queue queue, ArtemisReader reader) {
        long depth = queue.getMessageCount();
        if (depth == 0) {
            return NOTHING;
        }
        long oldest = reader == null ? 0 : reader.oldestCommittedAtMillis();
        if (oldest == 0) {
            oldest = QueueContents.oldestCommittedAtMillis(queue);
        }
        return new State(depth, queue.getPersistentSize(), oldest);
    }

    private static State atLeast(State before, State now) {
        return new State(
                Math.max(before.depth(), now.depth()),
                Math.max(before.bytes(), now.bytes()),
                before.depth() == 0 ? now.oldestCommittedAtMillis() : before.oldestCommittedAtMillis());
    }

    /** How it stands when its reader begins to close; nothing is in a queue that is gone. */
    private State leaving(String server) {
        try {
            return state(server);
        } catch (QueueUnavailableException e) {
            return NOTHING;
        }
    }

    @Override
    public List<LogEntry> browse(String server, long afterLsn, int limit) throws QueueUnavailableException {
        Queue queue = queue(server);
        try {
            return QueueContents.browse(queue, afterLsn, limit);
        } catch (RuntimeException e) {
            throw new QueueUnavailableException(Reasons.of(e), e);
        }
    }

    private Queue queue(String server) throws QueueUnavailableException {
        Queue queue = broker.server().locateQueue(Names.txlogQueue(server));
        if (queue == null) {
            throw new QueueUnavailableException("server " + server + " has no queue", null);
        }
        return queue;
    }

    /** Ends what is open; before the broker is stopped. */
    void close() {
        appender.close();
        readers.values().forEach(ArtemisReader::close);
    }
}
