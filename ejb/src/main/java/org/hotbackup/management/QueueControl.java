package org.hotbackup.management;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import org.hotbackup.control.QueueEntry;
import org.hotbackup.control.TransactionLogQueueMXBean;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.replication.ServerFigures;
import org.hotbackup.server.ReplicationServer;
import org.hotbackup.server.ReplicationServers;
import org.hotbackup.store.StoreBean;
import org.hotbackup.txlog.LogEntry;
import org.hotbackup.txlog.QueueUnavailableException;
import org.hotbackup.txlog.TransactionLogQueue;

/** The transaction log queue, for every surface. */
@ApplicationScoped
public class QueueControl implements TransactionLogQueueMXBean {

    /** A frame is 500 bytes of queued data. */
    private static final long FRAME_BYTES = 500;

    private static final int MOST_ENTRIES = 1000;

    @Inject
    TransactionLogQueue queue;

    @Inject
    StoreBean store;

    @Inject
    ReplicationServers servers;

    @Override
    public boolean isEnqueuing() {
        return store.logSettings().enqueuing();
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
        return servers.all().stream()
                .filter(server -> server.settings().isMaster())
                .mapToLong(server -> figure.applyAsLong(state(server)))
                .max()
                .orElse(0);
    }

    private TransactionLogQueue.State state(ReplicationServer server) {
        try {
            return queue.state(server.name());
        } catch (QueueUnavailableException e) {
            throw new Refusal(MessageCode.QUEUE_UNAVAILABLE, e.getMessage());
        }
    }

    @Override
    public long getEnqueuedTotal() {
        return store.enqueuedTotal();
    }

    @Override
    public String display(String serverName) {
        ReplicationServer server = master(serverName);
        TransactionLogQueue.State state = state(server);
        ServerFigures figures = server.figures();
        List<String> lines = new ArrayList<>();
        lines.add((state.bytes() + FRAME_BYTES - 1) / FRAME_BYTES + " frames in queue");
        lines.add(getLogMode() + " files logged");
        lines.add(isEnqueuing() ? "File updates enqueued for all processes" : "File updates no longer enqueued");
        if (state.depth() > 0) {
            if (figures.currentTransaction() > 0) {
                lines.add("Current transaction: " + figures.currentTransaction());
            }
            lines.add("Last ACK'ed transaction: " + figures.ackedTransaction());
            entries(server, 0, 1).forEach(entry -> lines.add(EntryText.summary(entry)));
        }
        return String.join(System.lineSeparator(), lines);
    }

    @Override
    public List<QueueEntry> list(String serverName, long afterLsn, int limit) {
        return entries(master(serverName), afterLsn, Math.max(1, Math.min(MOST_ENTRIES, limit))).stream()
                .map(QueueControl::entry)
                .toList();
    }

    private List<LogEntry> entries(ReplicationServer server, long afterLsn, int limit) {
        try {
            return queue.browse(server.name(), afterLsn, limit);
        } catch (QueueUnavailableException e) {
            throw new Refusal(MessageCode.QUEUE_UNAVAILABLE, e.getMessage());
        }
    }

    private static QueueEntry entry(LogEntry entry) {
        return new QueueEntry(
                entry.lsn(),
                Instant.ofEpochMilli(entry.committedAtMillis()).toString(),
                EntryText.updates(entry),
                entry.payload().length,
                EntryText.summary(entry));
    }

    private ReplicationServer master(String name) {
        ReplicationServer server = servers.server(name);
        if (!server.settings().isMaster()) {
            throw new Refusal(MessageCode.MASTER_ONLY);
        }
        return server;
    }
}
