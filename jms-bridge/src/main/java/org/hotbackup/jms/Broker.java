package org.hotbackup.jms;

import jakarta.jms.JMSException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.TransportConfiguration;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.remoting.impl.invm.InVMAcceptorFactory;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.core.server.ActiveMQServers;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.server.impl.AddressInfo;
import org.apache.activemq.artemis.core.settings.impl.AddressFullMessagePolicy;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.hotbackup.txlog.QueueBroker;
import org.hotbackup.txlog.QueueUnavailableException;

/**
 * The node's embedded Artemis broker: a journal that is forced to disk before anything is said to be stored, connections
 * from inside the JVM only, until a slave server opens its port.
 */
final class Broker implements QueueBroker {

    private static final Logger LOGGER = Logger.getLogger(Broker.class.getName());
    private static final AtomicInteger SERVER_IDS = new AtomicInteger(7_000);

    /** Several lines for each message otherwise; kept, because a logger that nobody refers to forgets its level. */
    private static final Logger AUDIT = Logger.getLogger("org.apache.activemq.audit");

    static {
        AUDIT.setLevel(Level.OFF);
    }

    /** The name under which the node connects to its own brokers. */
    static final String USER = "node";

    /** More than the log pump can ever hand over a second time after a crash. */
    private static final int ID_CACHE = 300_000;

    /** Messages up to this size go through the journal's buffer, larger ones to files of their own. */
    static final int JOURNAL_MESSAGE_BYTES = 400 * 1024;

    private static final int JOURNAL_BUFFER_BYTES = 1 << 20;
    private static final int JOURNAL_BUFFER_NANOS = (int) TimeUnit.MICROSECONDS.toNanos(100);
    private static final int PAGE_BYTES = 4 << 20;
    private static final long CALL_TIMEOUT_MILLIS = 10_000;
    private static final long DISK_RESERVE_BYTES = 64L << 20;

    private final Path data;
    private final NodeKeys keys;
    private final Runnable onFailure;
    private final int serverId = newServerId();
    private final String password = randomPassword();
    private ActiveMQServer server;
    private RandomAccessFile lockFile;

    /**
     * A broker that is not started.
     *
     * @param data where journal, paging and large messages go
     * @param onFailure called when the journal cannot be written any more: nothing can be promised from then on
     */
    Broker(Path data, NodeKeys keys, Runnable onFailure) {
        this.data = data;
        this.keys = keys;
        this.onFailure = onFailure;
    }

    @Override
    public synchronized void start() throws QueueUnavailableException {
        lock();
        try {
            server = ActiveMQServers.newActiveMQServer(
                    configuration(), null, new NodeSecurityManager(USER, password, keys::trusted), true);
            server.registerIOCriticalErrorListener((cause, message, file) -> {
                LOGGER.log(Level.SEVERE, "the journal of the transaction log queue failed: " + message, cause);
                onFailure.run();
            });
            server.start();
            if (!server.waitForActivation(30, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the broker did not become active within 30 seconds");
            }
            server.addOrUpdateAddressInfo(new AddressInfo(SimpleString.of(Names.TXLOG), RoutingType.MULTICAST));
        } catch (Exception e) {
            stop();
            throw new QueueUnavailableException("the journal in " + data + " cannot be opened: " + e.getMessage(), e);
        }
    }

    private Configuration configuration() throws Exception {
        AddressSettings closed = new AddressSettings()
                .setAutoCreateQueues(false)
                .setAutoCreateAddresses(false)
                .setAutoDeleteQueues(false)
                .setAutoDeleteAddresses(false)
                .setMaxDeliveryAttempts(-1)
                .setRedeliveryDelay(0)
                .setMaxSizeBytes(-1);
        AddressSettings txlog = new AddressSettings()
                .setAutoCreateQueues(false)
                .setAutoCreateAddresses(false)
                .setAutoDeleteQueues(false)
                .setAutoDeleteAddresses(false)
                .setMaxDeliveryAttempts(-1)
                .setRedeliveryDelay(0)
                .setIDCacheSize(ID_CACHE)
                .setAddressFullMessagePolicy(AddressFullMessagePolicy.PAGE)
                .setMaxSizeBytes(Runtime.getRuntime().maxMemory() / 6)
                .setPageSizeBytes(PAGE_BYTES);
        return new ConfigurationImpl()
                .setName("hot-backup")
                .setPersistenceEnabled(true)
                .setJournalDirectory(data.resolve("journal").toString())
                .setBindingsDirectory(data.resolve("bindings").toString())
                .setPagingDirectory(data.resolve("paging").toString())
                .setLargeMessagesDirectory(data.resolve("large-messages").toString())
                .setJournalType(JournalType.NIO)
                .setJournalDatasync(true)
                .setJournalSyncTransactional(true)
                .setJournalSyncNonTransactional(true)
                .setJournalBufferSize_NIO(JOURNAL_BUFFER_BYTES)
                .setJournalBufferTimeout_NIO(JOURNAL_BUFFER_NANOS)
                .setSecurityEnabled(true)
                .setJMXManagementEnabled(false)
                .setPersistIDCache(true)
                .setIDCacheSize(ID_CACHE)
                .setMaxDiskUsage(-1)
                .setMinDiskFree(DISK_RESERVE_BYTES)
                .setMessageExpiryScanPeriod(-1)
                .setGracefulShutdownEnabled(false)
                .addAddressSetting("#", closed)
                .addAddressSetting(Names.TXLOG, txlog)
                .addAcceptorConfiguration(new TransportConfiguration(
                        InVMAcceptorFactory.class.getName(), Map.of("serverId", Integer.toString(serverId))));
    }

    /** Artemis would wait for the other process; a second one on the same journal is turned away instead. */
    private void lock() throws QueueUnavailableException {
        try {
            Files.createDirectories(data);
            lockFile = new RandomAccessFile(data.resolve("broker.lock").toFile(), "rw");
            FileLock lock = lockFile.getChannel().tryLock();
            if (lock == null) {
                throw new QueueUnavailableException("the journal in " + data + " is open in another process", null);
            }
        } catch (OverlappingFileLockException e) {
            throw new QueueUnavailableException("the journal in " + data + " is open already", e);
        } catch (IOException e) {
            throw new QueueUnavailableException("the folder " + data + " cannot be used: " + e.getMessage(), e);
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
            unlock();
        }
    }

    private void unlock() {
        try {
            if (lockFile != null) {
                lockFile.close();
                lockFile = null;
            }
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "the broker's lock file could not be closed", e);
        }
    }

    /** The running broker. */
    synchronized ActiveMQServer server() throws QueueUnavailableException {
        if (server == null) {
            throw new QueueUnavailableException("the broker is not running", null);
        }
        return server;
    }

    NodeKeys keys() {
        return keys;
    }

    String user() {
        return USER;
    }

    String password() {
        return password;
    }

    String inVmUrl() {
        return "vm://" + serverId;
    }

    /** A factory of connections from inside the node. */
    ActiveMQConnectionFactory connections() throws JMSException {
        ActiveMQConnectionFactory factory = new ActiveMQConnectionFactory(inVmUrl());
        factory.setUser(USER);
        factory.setPassword(password);
        factory.setCallTimeout(CALL_TIMEOUT_MILLIS);
        factory.setReconnectAttempts(0);
        factory.setProducerWindowSize(-1);
        factory.setMinLargeMessageSize(JOURNAL_MESSAGE_BYTES);
        factory.setBlockOnNonDurableSend(false);
        factory.setCacheDestinations(true);
        return factory;
    }

    /** A number that no other broker of this JVM has. */
    static int newServerId() {
        return SERVER_IDS.incrementAndGet();
    }

    /** A password that never leaves the JVM. */
    static String randomPassword() {
        byte[] random = new byte[24];
        new SecureRandom().nextBytes(random);
        return HexFormat.of().formatHex(random);
    }
}
