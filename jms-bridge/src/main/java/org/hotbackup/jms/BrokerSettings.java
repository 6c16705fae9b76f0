package org.hotbackup.jms;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.settings.impl.AddressFullMessagePolicy;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;

/** How the node's brokers are set up; each value that differs from Artemis' own says why. */
final class BrokerSettings {

    /** Messages up to this size go through the journal's buffer, larger ones to files of their own. */
    static final int JOURNAL_MESSAGE_BYTES = 400 * 1024;

    /** More than the log pump can ever hand over a second time after a crash: 200,000 entries not yet enqueued. */
    static final int ID_CACHE = 210_000;

    private static final int JOURNAL_BUFFER_BYTES = 1 << 20;

    /** Artemis' 3.3 ms would be the time of every single commit. */
    private static final int JOURNAL_BUFFER_NANOS = (int) TimeUnit.MICROSECONDS.toNanos(100);

    private static final int JOURNAL_POOL_FILES = 10;
    private static final int PAGE_BYTES = 4 << 20;

    /**
     * How much of a paged queue may be delivered and not acknowledged; beyond it Artemis delivers nothing more. A master
     * server's window and the largest transaction fit into it.
     */
    private static final int READ_PAGE_BYTES = 128 << 20;

    private static final int PREFETCH_PAGE_BYTES = 8 << 20;

    /** A window and the largest transaction of a master fit into it; who sends more gets an error. */
    private static final long FRAMES_BYTES = 160L << 20;

    private static final long ANSWERS_BYTES = 32L << 20;

    private static final int LINK_THREADS = 8;

    private BrokerSettings() {}

    /**
     * The broker of the transaction log queue. It can be reached from inside this JVM only.
     *
     * @param data where journal, paging and large messages go
     */
    static Configuration transactionLog(Path data, Inside inside) throws Exception {
        return closed(inside)
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
                .setJournalPoolFiles(JOURNAL_POOL_FILES)
                .setPageSyncTimeout(JOURNAL_BUFFER_NANOS)
                .setGlobalMaxSize(Runtime.getRuntime().maxMemory() / 5)
                .setPersistIDCache(true)
                .setIDCacheSize(ID_CACHE)
                .addAddressSetting(
                        Names.TXLOG,
                        nothingByItself()
                                .setIDCacheSize(ID_CACHE)
                                .setAddressFullMessagePolicy(AddressFullMessagePolicy.PAGE)
                                .setMaxSizeBytes(Runtime.getRuntime().maxMemory() / 8)
                                .setPageSizeBytes(PAGE_BYTES)
                                .setMaxReadPageBytes(READ_PAGE_BYTES)
                                .setPrefetchPageBytes(PREFETCH_PAGE_BYTES));
    }

    /** The broker of a slave server's port: nothing of it is kept, the master keeps everything until acknowledged. */
    static Configuration link(String server, Inside inside) throws Exception {
        return closed(inside)
                .setName("hot-backup link " + server)
                .setPersistenceEnabled(false)
                // so that each frame says whose it is
                .setPopulateValidatedUser(true)
                .setThreadPoolMaxSize(LINK_THREADS)
                .setScheduledThreadPoolMaxSize(1)
                .addAddressSetting(
                        Names.IN,
                        nothingByItself()
                                .setAddressFullMessagePolicy(AddressFullMessagePolicy.FAIL)
                                .setMaxSizeBytes(FRAMES_BYTES))
                .addAddressSetting(
                        Names.ACK,
                        nothingByItself()
                                .setAutoCreateQueues(true)
                                .setAutoDeleteQueues(true)
                                .setAddressFullMessagePolicy(AddressFullMessagePolicy.FAIL)
                                .setMaxSizeBytes(ANSWERS_BYTES));
    }

    /** A broker that does nothing yet, and lets in nobody but this node. */
    private static Configuration closed(Inside inside) throws Exception {
        return new ConfigurationImpl()
                .setSecurityEnabled(true)
                // its keys do not tell two peers of the same name apart
                .setAuthenticationCacheSize(0)
                .setAuthorizationCacheSize(0)
                // with Artemis' default a peer could log in as its all-powerful cluster user
                .setClusterPassword(Inside.randomPassword())
                .setJMXManagementEnabled(false)
                // see DiskSpace
                .setMaxDiskUsage(-1)
                .setMinDiskFree(-1)
                // a process that was stopped and goes on is nothing critical
                .setCriticalAnalyzer(false)
                .setMessageExpiryScanPeriod(-1)
                .setGracefulShutdownEnabled(false)
                .addAddressSetting("#", nothingByItself())
                .addAcceptorConfiguration(inside.acceptor());
    }

    private static AddressSettings nothingByItself() {
        return new AddressSettings()
                .setAutoCreateQueues(false)
                .setAutoCreateAddresses(false)
                .setAutoDeleteQueues(false)
                .setAutoDeleteAddresses(false)
                .setMaxDeliveryAttempts(-1)
                .setRedeliveryDelay(0);
    }

    /**
     * Makes sure that the running broker forces what it stores to disk: Artemis lets system properties overrule its
     * configuration.
     *
     * @throws IllegalStateException if it does not
     */
    static void verify(Configuration running) {
        boolean durable = running.isPersistenceEnabled()
                && running.isJournalDatasync()
                && running.isJournalSyncTransactional()
                && running.isJournalSyncNonTransactional()
                && running.isPersistIDCache()
                && running.isSecurityEnabled();
        if (!durable) {
            throw new IllegalStateException(
                    "a system property brokerconfig... has switched off its durability or its security; remove it");
        }
    }
}
