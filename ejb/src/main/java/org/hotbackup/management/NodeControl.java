package org.hotbackup.management;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import org.hotbackup.control.Cause;
import org.hotbackup.control.FileDigest;
import org.hotbackup.control.ItemStore;
import org.hotbackup.control.Job;
import org.hotbackup.control.NodeMXBean;
import org.hotbackup.control.OperationReceipt;
import org.hotbackup.control.SupportPart;
import org.hotbackup.control.TextLine;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.control.settings.ServerSettings;
import org.hotbackup.health.NodeWatch;
import org.hotbackup.model.FileDefinition;
import org.hotbackup.model.FilePath;
import org.hotbackup.server.NodeConfiguration;
import org.hotbackup.server.ReplicationServers;
import org.hotbackup.store.StoreBean;

/** The node, for every surface. */
@ApplicationScoped
public class NodeControl implements NodeMXBean {

    private static final String VERSION = "0.1.0";
    private static final int MOST_LINES = 500;

    @Inject
    NodeConfiguration configuration;

    @Inject
    StoreBean store;

    @Inject
    ItemStore items;

    @Inject
    ReplicationServers servers;

    @Inject
    NodeWatch watch;

    @Inject
    Callers callers;

    @Inject
    Reasons reasons;

    @Inject
    SupportParts support;

    /** Two, so that one who compares files does not shut out the next. */
    private final FullReading digesting = new FullReading("The store", 2);

    private final FullReading supporting = new FullReading("What support needs", 1);

    private volatile long readySinceNanos;
    private volatile boolean ready;

    @Override
    public String getName() {
        return configuration.name();
    }

    @Override
    public String getNodeId() {
        return configuration.id();
    }

    @Override
    public String getRole() {
        return role(servers.all().stream()
                .map(server -> server.settings().isMaster())
                .toList());
    }

    /**
     * The word for a node with these servers.
     *
     * @param masters of each whether it is a master server
     */
    static String role(List<Boolean> masters) {
        boolean master = masters.contains(true);
        boolean slave = masters.contains(false);
        if (master && slave) {
            return "cascade";
        }
        if (master || slave) {
            return master ? "master" : "slave";
        }
        return "alone";
    }

    @Override
    public String getHistoryId() {
        return store.historyId();
    }

    @Override
    public long getEpoch() {
        return store.standing().epoch();
    }

    @Override
    public boolean isOpenForUpdates() {
        return store.standing().isOpen();
    }

    @Override
    public String getClosedReason() {
        return store.standing().closed();
    }

    @Override
    public OperationReceipt closeForUpdates(String confirmName, String reason) {
        return updates(confirmName, reason, servers.updatesGate()::close);
    }

    @Override
    public OperationReceipt openForUpdates(String confirmName, String reason) {
        return updates(confirmName, reason, servers.updatesGate()::open);
    }

    private OperationReceipt updates(
            String confirmName, String reason, BiFunction<String, String, OperationReceipt> operation) {
        return OperationReceipt.of(() -> {
            Refusal.unlessConfirmed(configuration.name(), confirmName);
            Refusal.unlessReasoned(reason);
            return operation.apply(reason.strip(), callers.name());
        });
    }

    @Override
    public String getVersion() {
        return VERSION;
    }

    @Override
    public String getStore() {
        return store.product();
    }

    /** Everything is started and this bean can be asked: the uptime begins. */
    void ready() {
        readySinceNanos = System.nanoTime();
        ready = true;
    }

    @Override
    public long getPid() {
        return ProcessHandle.current().pid();
    }

    @Override
    public long getUptimeSeconds() {
        return ready ? TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - readySinceNanos) : 0;
    }

    @Override
    public String getWebAddress() {
        return configuration.webAddress();
    }

    @Override
    public long getTransactionsTotal() {
        return store.transactionsTotal();
    }

    @Override
    public long getItemsWrittenTotal() {
        return store.itemsWrittenTotal();
    }

    @Override
    public long getLastLsn() {
        return store.lastLsn();
    }

    @Override
    public long getLogEntriesPending() {
        return store.pendingLogEntries();
    }

    @Override
    public long getDiskFreeBytes() {
        return store.diskFreeBytes();
    }

    @Override
    public long getDiskReserveBytes() {
        return store.diskReserveBytes();
    }

    @Override
    public String getTrouble() {
        return store.trouble();
    }

    @Override
    public String getHealth() {
        return watch.diagnosis().health().name();
    }

    @Override
    public List<String> getHealthReasons() {
        return watch.diagnosis().reasons();
    }

    @Override
    public List<Cause> diagnose() {
        return watch.diagnosis().causes();
    }

    @Override
    public String diagnoseText() {
        return watch.diagnosis().text();
    }

    @Override
    public List<SupportPart> support() {
        return supporting.read(support::all);
    }

    @Override
    public String supportText() {
        return SupportPart.text(support());
    }

    @Override
    public List<String> getServerNames() {
        return servers.names();
    }

    @Override
    public List<String> getAccounts() {
        return store.accounts();
    }

    @Override
    public List<String> listFiles(String account, String after, int limit) {
        return Paging.paths(items.files(account).stream().map(FileDefinition::path), after, limit);
    }

    @Override
    public FileDigest digest(String path) {
        FilePath file = FilePath.parse(path);
        return digesting.read(() -> store.digest(file));
    }

    @Override
    public OperationReceipt setup(String name, String settings) {
        return OperationReceipt.of(() -> {
            ServerSettings changed = servers.settings(name)
                    .map(present -> present.changedBy(settings))
                    .orElseGet(() -> ServerSettings.parse(settings));
            return servers.setup(name, changed);
        });
    }

    @Override
    public OperationReceipt deleteServer(String name, String confirmName, String reason) {
        return reasons.because(reason, () -> servers.delete(name, confirmName), name, MessageCode.DELETE_REASON, name);
    }

    @Override
    public OperationReceipt deleteRecord(String name, String confirmName, String reason) {
        return reasons.because(
                reason, () -> servers.deleteRecord(name, confirmName), name, MessageCode.DELETE_RECORD_REASON, name);
    }

    @Override
    public String listJobs(int lines) {
        return TextLine.lines(jobs(lines));
    }

    @Override
    public List<Job> jobs(int lines) {
        return servers.jobs(Math.max(1, Math.min(MOST_LINES, lines)));
    }
}
