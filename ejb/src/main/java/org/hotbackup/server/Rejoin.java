package org.hotbackup.server;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.hotbackup.apply.EntryText;
import org.hotbackup.apply.LostItem;
import org.hotbackup.apply.UnsentCreations;
import org.hotbackup.apply.UnsentTransaction;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.control.settings.ServerSetting;
import org.hotbackup.control.settings.ServerSettings;
import org.hotbackup.model.FilePath;
import org.hotbackup.store.RejoinDesk;
import org.hotbackup.store.StoreBean;
import org.hotbackup.txlog.LogEntry;
import org.hotbackup.txlog.QueueUnavailableException;
import org.hotbackup.txlog.TransactionLogQueue;

/**
 * Brings a superseded master server back as a slave server of the node that was promoted. Each of its steps is durable and
 * may be done again: first what the new master has not is kept, if that is wanted, then the record says what was in the
 * queue and the queue goes, then the server becomes a slave. For one caller at a time.
 */
final class Rejoin {

    private static final int KEPT_AT_ONCE = 100;
    private static final long KEPT_BYTES = 8L << 20;

    private final ReplicationServer server;
    private final Superseded by;
    private final StoreBean store;
    private final TransactionLogQueue queue;
    private final RejoinDesk desk;
    private final UnsentTransactions unsent;

    /**
     * For a server.
     *
     * @throws Refusal if it is a slave, or nobody told it that it is superseded
     */
    Rejoin(ReplicationServer server, StoreBean store, TransactionLogQueue queue, RejoinDesk desk) {
        if (server.isRejoined()) {
            throw RejoinPort.rejoinedAlready(server);
        }
        if (!server.settings().isMaster()) {
            throw new Refusal(MessageCode.MASTER_ONLY);
        }
        this.server = server;
        this.by = server.succession()
                .superseded()
                .orElseThrow(() -> new Refusal(MessageCode.NOT_SUPERSEDED, server.name()));
        this.store = store;
        this.queue = queue;
        this.desk = desk;
        this.unsent = new UnsentTransactions((lsn, limit) -> queue.browse(server.name(), lsn, limit), by);
    }

    /** What the new master has not: entries behind an LSN, oldest first. */
    List<LogEntry> entries(long afterLsn, int limit) {
        awaitEnqueued();
        return unsent.page(afterLsn, limit);
    }

    /** The same in words, with what all of them amount to. */
    String list(long afterLsn, int limit) {
        awaitEnqueued();
        UnsentTransactions.Summary summary = unsent.all(store.lastEnqueuedLsn(), some -> {});
        List<String> lines = new ArrayList<>();
        lines.add(summary.count() + " transactions of server '" + server.name() + "' that node " + by.nodeId()
                + " does not have, after transaction " + by.position().transaction() + " (LSN "
                + by.position().lsn() + ")");
        if (summary.ofOlderCopy()) {
            lines.add(MessageCode.REJOIN_OF_OLDER_COPY.text(server.name(), by.nodeId()));
        }
        if (!summary.missing().isEmpty()) {
            lines.add(MessageCode.REJOIN_ENTRIES_MISSING.text(server.name(), summary.missing()));
        }
        List<LogEntry> page = unsent.page(afterLsn, limit);
        if (page.isEmpty() && by.givenUp().transactions() > 0) {
            lines.add("An attempt to rejoin has dealt with them, deleted the queue and did not end; rejoin once more");
        }
        for (LogEntry entry : page) {
            lines.add(UnsentTransactions.line(entry));
            EntryText.lines(entry).forEach(line -> lines.add("  " + line));
        }
        return String.join(System.lineSeparator(), lines);
    }

    /** What is committed is in the queue. */
    private void awaitEnqueued() {
        store.quiesce(lsn -> lsn);
    }

    /**
     * What it will be, as a slave server.
     *
     * @throws Refusal if it cannot listen on such a port
     */
    ServerDefinition slave(int port) {
        ServerSettings master = server.settings();
        ServerSettings settings = ServerSettings.parse("type=slave port=" + port)
                .with(ServerSetting.NOTIFY, master.get(ServerSetting.NOTIFY))
                .with(ServerSetting.COMMENTS, master.get(ServerSetting.COMMENTS))
                .with(ServerSetting.INSECURE, master.get(ServerSetting.INSECURE));
        return ServerDefinition.of(server.name(), settings, 0)
                .withSuccession(Succession.rejoinedIn(Math.max(store.standing().epoch(), by.epoch())))
                .withMaster(by.nodeId())
                .withStarted(true);
    }

    /**
     * Does it; the server is stopped and the node closed for updates.
     *
     * @param keep whether what the new master has not is kept in lost+found
     * @param alone whether no slave server of this node has passed on updates that may be among them
     * @param slave what the server becomes
     * @return what the new master has not
     * @throws Refusal if the queue or the store cannot do it now: the same may be asked again
     */
    UnsentTransactions.Summary run(boolean keep, boolean alone, ServerDefinition slave) {
        awaitEnqueued();
        UnsentCreations created = new UnsentCreations();
        unsent.all(store.lastEnqueuedLsn(), some -> {
            some.forEach(transaction -> created.add(transaction.updates()));
            handle(some, keep);
        });
        if (alone) {
            List<FilePath> left = desk.undo(created);
            if (!left.isEmpty()) {
                server.say(MessageCode.REJOIN_LEAVES, server.name(), left.get(0), left.size());
            }
        }
        return store.quiesce(lsn -> {
            // what slave servers of this node logged meanwhile
            UnsentTransactions.Summary all = unsent.all(store.lastEnqueuedLsn(), some -> handle(some, keep));
            become(slave, all);
            return all;
        });
    }

    private void become(ServerDefinition slave, UnsentTransactions.Summary dealtWith) {
        try {
            redefine(superseded().givingUp(dealtWith.lastLsn(), dealtWith.count()), List.of());
            queue.remove(server.name());
            desk.becomeSlave(
                    record(slave), now -> now.inEpoch(slave.succession().definedAtEpoch())
                            .closedBecause("it came back as a slave of node " + by.nodeId() + " (server "
                                    + server.name() + ")"));
        } catch (QueueUnavailableException e) {
            throw e.refusal();
        } catch (RuntimeException e) {
            defineAgain(e);
            throw e;
        }
    }

    /** It is still a master server; what was in its queue was dealt with. */
    private void defineAgain(RuntimeException why) {
        try {
            queue.define(server.name());
        } catch (QueueUnavailableException e) {
            why.addSuppressed(e);
        }
    }

    private void handle(List<UnsentTransaction> some, boolean keep) {
        if (!keep) {
            return;
        }
        List<UnsentTransaction> next = new ArrayList<>();
        long bytes = 0;
        for (UnsentTransaction transaction : some) {
            if (transaction.entry().lsn() > keptLsn()) {
                next.add(transaction);
                bytes += transaction.entry().payload().length;
            }
            if (next.size() == KEPT_AT_ONCE || bytes > KEPT_BYTES) {
                keep(next);
                next.clear();
                bytes = 0;
            }
        }
        keep(next);
    }

    private long keptLsn() {
        return superseded().keptLsn();
    }

    private Superseded superseded() {
        return server.succession().superseded().orElseThrow();
    }

    private void keep(List<UnsentTransaction> transactions) {
        if (transactions.isEmpty()) {
            return;
        }
        LocalDateTime told = LocalDateTime.ofInstant(Instant.ofEpochMilli(by.epochMillis()), ZoneOffset.UTC);
        String reason = "rejoin: node " + by.nodeId() + " does not have it, it was promoted in epoch " + by.epoch()
                + " after transaction " + by.position().transaction();
        List<LostItem> items = transactions.stream()
                .map(transaction -> transaction.toLostItem(
                        server.name(), told, by.position().transaction(), reason))
                .collect(Collectors.toList());
        redefine(
                superseded()
                        .keptUpTo(transactions
                                .get(transactions.size() - 1)
                                .entry()
                                .lsn()),
                items);
    }

    /** The record and what it says was kept, in one database transaction. */
    private void redefine(Superseded further, List<LostItem> items) {
        server.redefine(
                definition -> definition.withSuccession(definition.succession().with(further)), definition -> {
                    desk.keep(items, record(definition));
                    return definition;
                });
    }

    private static RejoinDesk.ServerRecord record(ServerDefinition definition) {
        return new RejoinDesk.ServerRecord(SystemPaths.DEFINITIONS, definition.name(), definition.toItem());
    }
}
