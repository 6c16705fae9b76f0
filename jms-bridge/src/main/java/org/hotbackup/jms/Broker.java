package org.hotbackup.jms;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.core.server.ActiveMQServers;
import org.apache.activemq.artemis.core.server.impl.AddressInfo;
import org.hotbackup.txlog.QueueBroker;
import org.hotbackup.txlog.QueueUnavailableException;

/**
 * The node's embedded Artemis broker: a journal that is forced to disk before anything is said to be stored, connections
 * from inside the JVM only. Thread-safe.
 */
final class Broker implements QueueBroker {

    private static final Logger LOGGER = Logger.getLogger(Broker.class.getName());
    private static final long START_SECONDS = 60;

    private final Path data;
    private final DiskSpace disk;
    private final Consumer<String> onFailure;
    private final Inside inside = Inside.next();
    private ActiveMQServer server;
    private JournalLock lock;
    private final AtomicReference<String> failure = new AtomicReference<>();

    /**
     * A broker that is not started.
     *
     * @param data where journal, paging and large messages go
     * @param onFailure told, once and with one clause for people, that the journal cannot be written any more: nothing
     *     can be promised from then on
     */
    Broker(Path data, DiskSpace disk, Consumer<String> onFailure) {
        this.data = data;
        this.disk = disk;
        this.onFailure = onFailure;
    }

    @Override
    public synchronized void start() throws QueueUnavailableException {
        lock = JournalLock.take(data);
        ArtemisLogs.quieten();
        failure.set(null);
        try {
            server = ActiveMQServers.newActiveMQServer(
                    BrokerSettings.transactionLog(data, inside),
                    null,
                    new NodeSecurityManager(inside, connection -> Optional.empty()),
                    true);
            server.registerIOCriticalErrorListener((cause, message, file) -> journalFailed(message, cause));
            server.start();
            BrokerSettings.verify(server.getConfiguration());
            if (!server.waitForActivation(START_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("it was not read within " + START_SECONDS + " seconds");
            }
            server.addOrUpdateAddressInfo(new AddressInfo(SimpleString.of(Names.TXLOG), RoutingType.MULTICAST));
            JournalReclaim.schedule(server, disk);
        } catch (Exception e) {
            stop();
            throw new QueueUnavailableException("the journal in " + data + " cannot be opened: " + Reasons.of(e), e);
        }
    }

    /** Artemis may say this several times, from several threads. */
    private void journalFailed(String message, Throwable cause) {
        String clause =
                "its journal in " + data + " cannot be written: " + (cause == null ? message : Reasons.of(cause));
        if (failure.compareAndSet(null, clause)) {
            onFailure.accept(clause);
        }
    }

    @Override
    public synchronized void stop() {
        try {
            if (server != null) {
                server.stop();
                server = null;
            }
        } catch (Exception e) {
            LOGGER.log(Level.WARNING, "the broker did not stop cleanly", e);
        } finally {
            if (lock != null) {
                lock.close();
                lock = null;
            }
        }
    }

    /**
     * The running broker.
     *
     * @throws QueueUnavailableException if it is not running, or its journal has failed
     */
    synchronized ActiveMQServer server() throws QueueUnavailableException {
        if (failure.get() != null) {
            throw new QueueUnavailableException(failure.get(), null);
        }
        if (server == null) {
            throw new QueueUnavailableException("the broker is not running", null);
        }
        return server;
    }

    DiskSpace disk() {
        return disk;
    }

    /** How it is reached. */
    Inside inside() {
        return inside;
    }
}
