package org.hotbackup.jms;

import jakarta.annotation.PostConstruct;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Local;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.List;
import java.util.logging.Logger;
import org.eclipse.microprofile.config.Config;
import org.hotbackup.control.settings.NodeSetting;
import org.hotbackup.control.settings.NodeSettings;
import org.hotbackup.replication.Link;
import org.hotbackup.replication.LinkDownException;
import org.hotbackup.replication.Links;
import org.hotbackup.replication.ServerMessages;
import org.hotbackup.txlog.LogEntry;
import org.hotbackup.txlog.QueueBroker;
import org.hotbackup.txlog.QueueUnavailableException;
import org.hotbackup.txlog.TransactionLogQueue;

/**
 * The bridge as the engine injects it: broker, queue and links of this node. When the journal cannot be written the JVM
 * ends at once, so that nothing is acknowledged that is not on disk.
 */
@Singleton
@Local({QueueBroker.class, TransactionLogQueue.class, Links.class})
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionManagement(TransactionManagementType.BEAN)
public class BridgeBeans implements QueueBroker, TransactionLogQueue, Links {

    private static final Logger LOGGER = Logger.getLogger(BridgeBeans.class.getName());
    private static final int DISK_FAILED = 3;
    private static final long MEGABYTE = 1 << 20;

    @Inject
    Config config;

    private Broker broker;
    private ArtemisTransactionLogQueue queue;
    private ArtemisLinks links;

    @PostConstruct
    void make() {
        NodeSettings settings = NodeSettings.of(key -> config.getOptionalValue(key, String.class));
        Path folder = Path.of(settings.text(NodeSetting.NODE_HOME));
        long reserveMegabytes = settings.number(NodeSetting.DISK_RESERVE_MB);
        // half of what the store keeps: what was committed can still be handed over when the store takes nothing more
        DiskSpace disk = new DiskSpace(folder.toFile()::getUsableSpace, reserveMegabytes * MEGABYTE / 2);
        NodeKeys keys = new NodeKeys(folder.resolve("keys"), settings.text(NodeSetting.KEYS_PASSWORD));
        broker = new Broker(folder.resolve("data"), disk, BridgeBeans::halt);
        queue = new ArtemisTransactionLogQueue(broker);
        links = new ArtemisLinks(keys, settings.text(NodeSetting.LINK_BIND), Patience.USUAL);
    }

    private static void halt(String reason) {
        LOGGER.severe(() -> "The node stops at once, the transaction log queue cannot be kept: " + reason);
        Runtime.getRuntime().halt(DISK_FAILED);
    }

    @Override
    public void start() throws QueueUnavailableException {
        broker.start();
    }

    @Override
    public void stop() {
        queue.close();
        broker.stop();
    }

    @Override
    public void append(List<LogEntry> entries) throws QueueUnavailableException {
        queue.append(entries);
    }

    @Override
    public void define(String server) throws QueueUnavailableException {
        queue.define(server);
    }

    @Override
    public void remove(String server) throws QueueUnavailableException {
        queue.remove(server);
    }

    @Override
    public void clear(String server) throws QueueUnavailableException {
        queue.clear(server);
    }

    @Override
    public Reader open(String server, Runnable wake) throws QueueUnavailableException {
        return queue.open(server, wake);
    }

    @Override
    public State state(String server) throws QueueUnavailableException {
        return queue.state(server);
    }

    @Override
    public List<LogEntry> browse(String server, long afterLsn, int limit) throws QueueUnavailableException {
        return queue.browse(server, afterLsn, limit);
    }

    @Override
    public long rejectedTotal() {
        return links.rejectedTotal();
    }

    @Override
    public KeptPort keep(int port) throws LinkDownException {
        return links.keep(port);
    }

    @Override
    public Link call(String host, int port, Security security, Runnable wake, ServerMessages messages)
            throws LinkDownException {
        return links.call(host, port, security, wake, messages);
    }

    @Override
    public Link listen(String server, int port, Security security, Runnable wake, ServerMessages messages)
            throws LinkDownException {
        return links.listen(server, port, security, wake, messages);
    }
}
