package org.hotbackup.management;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.hotbackup.apply.EntryText;
import org.hotbackup.apply.HeldUpdate;
import org.hotbackup.control.OperationReceipt;
import org.hotbackup.control.QueueEntry;
import org.hotbackup.control.QueuePage;
import org.hotbackup.control.TextLine;
import org.hotbackup.control.TransactionLogQueueMXBean;
import org.hotbackup.control.UpdateContent;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.replication.ServerFigures;
import org.hotbackup.server.LogSwitches;
import org.hotbackup.server.LogTapeRestores;
import org.hotbackup.server.NodeConfiguration;
import org.hotbackup.server.ReplicationServer;
import org.hotbackup.server.ReplicationServers;
import org.hotbackup.server.TapeServers;
import org.hotbackup.store.StoreBean;
import org.hotbackup.txlog.LogEntry;
import org.hotbackup.txlog.QueueUnavailableException;
import org.hotbackup.txlog.TransactionLogQueue;

/** The transaction log queue, for every surface. */
@ApplicationScoped
public class QueueControl implements TransactionLogQueueMXBean {

    @Inject
    TransactionLogQueue queue;

    @Inject
    StoreBean store;

    @Inject
    ReplicationServers servers;

    @Inject
    LogSwitches switches;

    @Inject
    LogTapeRestores restores;

    @Inject
    TapeServers tapes;

    @Inject
    NodeConfiguration configuration;

    @Inject
    Callers callers;

    @Inject
    Reasons reasons;

    @Override
    public boolean isEnqueuing() {
        return store.logSettings().enqueuing();
    }

    @Override
    public boolean isUpdatesMissed() {
        return store.missedUpdates();
    }

    @Override
    public String getLogMode() {
        return store.logSettings().allFiles() ? "ALL" : "DL";
    }

    @Override
    public long getDepth() {
        return largest(TransactionLogQueue.State::depth);
    }

    @Override
    public long getBytes() {
        return largest(TransactionLogQueue.State::bytes);
    }

    @Override
    public long getOldestAgeMillis() {
        long now = System.currentTimeMillis();
        return largest(
                state -> state.oldestCommittedAtMillis() == 0 ? 0 : Math.max(0, now - state.oldestCommittedAtMillis()));
    }

    private long largest(ToLongFunction<TransactionLogQueue.State> figure) {
        Stream<String> ofMasters = servers.all().stream()
                .filter(server -> server.settings().isMaster())
                .map(ReplicationServer::name);
        return Stream.concat(ofMasters, servers.linkedQueues().stream())
                .mapToLong(name -> figure.applyAsLong(state(name)))
                .max()
                .orElse(0);
    }

    private TransactionLogQueue.State state(String queueName) {
        try {
            return queue.state(queueName);
        } catch (QueueUnavailableException e) {
            throw e.refusal();
        }
    }

    @Override
    public long getEnqueuedTotal() {
        return store.enqueuedTotal();
    }

    @Override
    public String display(String serverName) {
        String queueName = queueOf(serverName);
        Optional<ServerFigures> figures = servers.linkedQueues().contains(queueName)
                ? Optional.empty()
                : Optional.of(master(serverName).lastFigures());
        return new QueueDisplay(
                        state(queueName).bytes(),
                        store.logSettings(),
                        figures.map(ServerFigures::currentTransaction).orElse(0L),
                        figures.map(ServerFigures::ackedTransaction).orElse(0L),
                        entries(queueName, 0, 1).stream().findFirst())
                .text();
    }

    @Override
    public List<QueueEntry> list(String serverName, long afterLsn, int limit) {
        return entries(queueOf(serverName), afterLsn, Paging.limit(limit)).stream()
                .map(QueueControl::entry)
                .toList();
    }

    @Override
    public String listText(String serverName, long afterLsn, int limit) {
        return TextLine.lines(list(serverName, afterLsn, limit));
    }

    @Override
    public OperationReceipt logDlFilesOnly() {
        return OperationReceipt.of(() -> switches.logFiles(false, callers.name()));
    }

    @Override
    public OperationReceipt logAllFiles() {
        return OperationReceipt.of(() -> switches.logFiles(true, callers.name()));
    }

    @Override
    public OperationReceipt stopEnqueuing(String confirmName, String reason) {
        return reasons.because(
                reason,
                () -> switches.stopEnqueuing(confirmName, callers.name()),
                Reasons.NODE,
                MessageCode.STOP_ENQUEUING_REASON,
                "");
    }

    @Override
    public OperationReceipt startEnqueuing() {
        return OperationReceipt.of(() -> switches.startEnqueuing(callers.name()));
    }

    @Override
    public OperationReceipt clear(String confirmName, String reason) {
        return reasons.because(
                reason,
                () -> switches.clearQueue(confirmName, callers.name()),
                Reasons.NODE,
                MessageCode.CLEAR_QUEUE_REASON,
                "");
    }

    @Override
    public long getLastLsn() {
        return store.lastLsn();
    }

    @Override
    public long getRestoredLsn() {
        return restores.restoredLsn();
    }

    @Override
    public OperationReceipt restore(
            String tape, String fromLsn, String toLsn, String until, String confirmName, String reason) {
        return reasons.because(
                reason,
                () -> {
                    Refusal.unlessConfirmed(configuration.name(), confirmName);
                    return restores.begin(tape, LogTapeRange.of(fromLsn, toLsn, until, ZoneId.systemDefault()));
                },
                Reasons.NODE,
                MessageCode.LOG_TAPE_REASON,
                tape);
    }

    @Override
    public OperationReceipt startLog(String tape) {
        return OperationReceipt.of(() -> tapes.startLog(tape));
    }

    @Override
    public OperationReceipt stopLog(String confirmName, String reason) {
        return reasons.because(reason, () -> tapes.stopLog(confirmName), Reasons.NODE, MessageCode.STOPLOG_REASON, "");
    }

    @Override
    public QueuePage find(
            String serverName, String file, String item, String operation, long afterLsn, long upToLsn, int limit) {
        String queueName = queueOf(serverName);
        QueueSearch search = new QueueSearch(new QueueFilter(file, item, operation), upToLsn);
        return search.page((after, most) -> entries(queueName, after, most), afterLsn, Paging.limit(limit));
    }

    @Override
    public String findText(
            String serverName, String file, String item, String operation, long afterLsn, long upToLsn, int limit) {
        QueuePage page = find(serverName, file, item, operation, afterLsn, upToLsn, limit);
        return TextLine.page(page.entries(), page.more(), page.reachedLsn());
    }

    @Override
    public String show(String serverName, long lsn) {
        LogEntry entry = entry(serverName, lsn);
        List<String> lines = new ArrayList<>();
        lines.add("LSN                  " + entry.lsn());
        lines.add("Committed at         " + Instant.ofEpochMilli(entry.committedAtMillis()));
        lines.add("Body                 " + entry.payload().length + " bytes");
        lines.addAll(UpdateContents.lines(HeldUpdate.of(entry)));
        return String.join(System.lineSeparator(), lines);
    }

    @Override
    public List<UpdateContent> contents(String serverName, long lsn, int after, long offset, int limit) {
        return UpdateContents.page(HeldUpdate.of(entry(serverName, lsn)), after, offset, Paging.limit(limit));
    }

    private LogEntry entry(String serverName, long lsn) {
        return entries(queueOf(serverName), lsn - 1, 1).stream()
                .filter(entry -> entry.lsn() == lsn)
                .findFirst()
                .orElseThrow(() -> new Refusal(MessageCode.NO_QUEUE_ENTRY, lsn, serverName));
    }

    private List<LogEntry> entries(String queueName, long afterLsn, int limit) {
        try {
            return queue.browse(queueName, afterLsn, limit);
        } catch (QueueUnavailableException e) {
            throw e.refusal();
        }
    }

    /** An entry, for a list. */
    static QueueEntry entry(LogEntry entry) {
        return new QueueEntry(
                entry.lsn(),
                Instant.ofEpochMilli(entry.committedAtMillis()).toString(),
                EntryText.updates(entry),
                entry.payload().length,
                EntryText.summary(entry));
    }

    /** That of a master server, or of a tape-socket server that is linked to the transaction logger. */
    private String queueOf(String serverName) {
        String ofTapes = servers.linkedQueue(serverName);
        boolean linked =
                servers.linkedQueues().contains(ofTapes) && !servers.names().contains(serverName);
        return linked ? ofTapes : master(serverName).name();
    }

    private ReplicationServer master(String name) {
        ReplicationServer server = servers.server(name);
        if (!server.settings().isMaster()) {
            throw new Refusal(MessageCode.MASTER_ONLY);
        }
        return server;
    }
}
