package org.hotbackup.management;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.hotbackup.apply.EntryText;
import org.hotbackup.control.LogMessage;
import org.hotbackup.control.OperationReceipt;
import org.hotbackup.control.QueueEntry;
import org.hotbackup.control.ServerMXBean;
import org.hotbackup.control.TransactionStatistics;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.control.settings.ServerSetting;
import org.hotbackup.replication.ServerFigures;
import org.hotbackup.replication.StandingRefusal;
import org.hotbackup.replication.Traces;
import org.hotbackup.server.ReplicationServer;
import org.hotbackup.server.ReplicationServers;

/** One replication server, for every surface. */
final class ServerControl implements ServerMXBean {

    private static final int MOST_LINES = 200;
    private static final long STATISTICS_PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(4);

    private final String name;
    private final ReplicationServers servers;
    private final MasterLag lag;
    private final Callers callers;
    private final Reasons reasons;

    ServerControl(String name, ReplicationServers servers, MasterLag lag, Callers callers, Reasons reasons) {
        this.name = name;
        this.servers = servers;
        this.lag = lag;
        this.callers = callers;
        this.reasons = reasons;
    }

    private ReplicationServer server() {
        return servers.server(name);
    }

    private ServerFigures figures() {
        return server().figures();
    }

    private boolean isMaster() {
        return server().settings().isMaster();
    }

    /** Does an operation; what it leaves going on is that task. */
    private static OperationReceipt begun(String task, Supplier<OperationReceipt> operation) {
        OperationReceipt receipt = OperationReceipt.of(operation);
        return receipt.outcome() == OperationReceipt.Outcome.ACCEPTED ? receipt.asTask(task) : receipt;
    }

    @Override
    public String getName() {
        return name;
    }

    @Override
    public String getServerType() {
        return isMaster() ? "Master" : "Slave";
    }

    @Override
    public String getStatus() {
        return figures().status().toString();
    }

    @Override
    public String getRefusal() {
        return server().refusal().map(StandingRefusal::text).orElse("");
    }

    @Override
    public String getTrouble() {
        String image = servers.imageTrouble(name);
        return (image + " " + server().trouble().orElse("")).strip();
    }

    @Override
    public long getWaiting() {
        return isMaster() ? lag.transactions(name) : servers.pending(name) + server().undealt();
    }

    @Override
    public boolean isRunning() {
        return server().isRunning();
    }

    @Override
    public long getStatusSinceMillis() {
        return Math.max(0, System.currentTimeMillis() - server().statusSinceMillis());
    }

    @Override
    public String getPeer() {
        return figures().peer();
    }

    @Override
    public String getPeerNodeId() {
        return server().peerNodeId();
    }

    @Override
    public long getPeerSilenceMillis() {
        return server().peerSilenceMillis();
    }

    @Override
    public int getTcpPort() {
        return server().settings().number(ServerSetting.PORT);
    }

    @Override
    public long getCurrentTransaction() {
        return figures().currentTransaction();
    }

    @Override
    public long getAckedTransaction() {
        return figures().ackedTransaction();
    }

    @Override
    public long getSentTotal() {
        return figures().sent();
    }

    @Override
    public long getAcknowledgedTotal() {
        return figures().acknowledged();
    }

    @Override
    public long getAppliedTotal() {
        return figures().applied();
    }

    @Override
    public long getLostAndFoundTotal() {
        return figures().lostAndFound();
    }

    @Override
    public long getPendingUpdates() {
        if (!isMaster()) {
            return servers.pending(name);
        }
        ServerFigures figures = figures();
        return figures.peer().isEmpty() ? -1 : figures.pending();
    }

    @Override
    public boolean isApplyingUpdates() {
        return !server().settings().get(ServerSetting.APPLY_UPDATES).equals("off");
    }

    @Override
    public int getFilesFailed() {
        return isMaster() ? -1 : server().openFiles().failedCount();
    }

    @Override
    public long getBytesToday() {
        return server().bytesToday();
    }

    @Override
    public long getLagTransactions() {
        return isMaster() ? lag.transactions(name) : -1;
    }

    @Override
    public long getLagMillis() {
        return isMaster() ? lag.millis(name) : -1;
    }

    @Override
    public long getLastRoundTripMillis() {
        return figures().lastRoundTripMillis();
    }

    @Override
    public long getReconnectsTotal() {
        return figures().reconnects();
    }

    @Override
    public String getPromotion() {
        return SuccessionText.of(server());
    }

    @Override
    public OperationReceipt promote(String lose, String confirmName, String reason) {
        return begun(TaskIds.promotion(name), () -> servers.promote(name, lose, confirmName, reason, callers.name()));
    }

    @Override
    public List<QueueEntry> rejoinEntries(long afterLsn, int limit) {
        return servers.rejoinEntries(name, afterLsn, Paging.limit(limit)).stream()
                .map(QueueControl::entry)
                .toList();
    }

    @Override
    public String rejoinList(long afterLsn, int limit) {
        return servers.rejoinList(name, afterLsn, Paging.limit(limit));
    }

    @Override
    public OperationReceipt rejoin(boolean keep, int port, String confirmName, String reason) {
        return reasons.because(
                reason, () -> servers.rejoin(name, confirmName, keep, port), name, MessageCode.REJOIN_REASON, name);
    }

    @Override
    public String getLastMessage() {
        List<String> last = server().lastMessages(1);
        return last.isEmpty() ? "" : last.get(0);
    }

    @Override
    public boolean isTraces() {
        return server().traces().isOn();
    }

    @Override
    public List<String> traces(int lines) {
        return server().traces().lines(Math.max(1, Math.min(Traces.KEPT, lines)));
    }

    @Override
    public OperationReceipt tracesOn() {
        return turnTraces(true);
    }

    @Override
    public OperationReceipt tracesOff() {
        return turnTraces(false);
    }

    private OperationReceipt turnTraces(boolean on) {
        return OperationReceipt.of(() -> server().turnTraces(on));
    }

    @Override
    public OperationReceipt startWithTraces() {
        return OperationReceipt.of(() -> servers.startWithTraces(name));
    }

    @Override
    public OperationReceipt start() {
        return OperationReceipt.of(() -> servers.start(name));
    }

    @Override
    public OperationReceipt stop(String confirmName) {
        return begun(TaskIds.stop(name), () -> servers.stop(name, confirmName));
    }

    @Override
    public String status(int lines) {
        return String.join(System.lineSeparator(), server().lastMessages(Math.max(1, Math.min(MOST_LINES, lines))));
    }

    @Override
    public List<LogMessage> messages(int lines) {
        return server().messages(Math.max(1, Math.min(MOST_LINES, lines)));
    }

    @Override
    public long getPib() {
        return server().pib();
    }

    @Override
    public String getRest() {
        return isMaster() ? "" : servers.rest(name).orElse("");
    }

    /** The server, if it runs; of one whose record says so and which does not, the manual's words (HB-141). */
    private ReplicationServer running() {
        ReplicationServer server = server();
        if (!server.isRunning()) {
            throw server.phantom()
                    .map(left -> new Refusal(MessageCode.NOT_A_PHANTOM, left.pib(), left.pid()))
                    .orElseGet(() -> new Refusal(MessageCode.SERVER_NOT_RUNNING, name));
        }
        return server;
    }

    @Override
    public String query() {
        ReplicationServer server = running();
        ServerFigures figures = server.figures();
        List<String> lines = new ArrayList<>();
        lines.add("Server " + name + ". PIB " + server.pib() + ". PID "
                + ProcessHandle.current().pid() + ". Server type " + getServerType() + ". Traces "
                + (server.traces().isOn() ? "ON." : "OFF."));
        String total = "Total " + (isMaster() ? "sent " : "recvd ") + (server.bytesToday() + 1023) / 1024 + "K. ";
        String acked = "ACK'ed trans " + figures.ackedTransaction() + ".";
        if (isMaster()) {
            lines.add(total + acked);
        } else {
            String applied = isApplyingUpdates() ? " updates applied." : " updates NOT applied.";
            lines.add(total + "Cur trans " + figures.currentTransaction() + ". " + acked + applied);
            if (getFilesFailed() > 0) {
                lines.add(getFilesFailed() + " file(s) failed to open successfully");
            }
            if (figures.pending() > 0) {
                lines.add(figures.pending() + " pending update(s)");
            }
            servers.rest(name).ifPresent(lines::add);
        }
        lines.add("Status " + figures.status());
        Optional.of(getTrouble()).filter(trouble -> !trouble.isEmpty()).ifPresent(lines::add);
        return String.join(System.lineSeparator(), lines);
    }

    @Override
    public String getSettings() {
        return server().settings().text();
    }

    @Override
    public String show() {
        List<String> lines = new ArrayList<>();
        lines.add("Server name        " + name);
        server().settings().values().forEach((setting, value) -> {
            lines.add(String.format("%-18s %s", setting.label(), value).stripTrailing());
            if (setting == ServerSetting.PORT) {
                lines.add("Protocol           inet");
            }
        });
        if (!getPeerNodeId().isEmpty()) {
            lines.add("Node id of peer    " + getPeerNodeId());
        }
        if (!getPromotion().isEmpty()) {
            lines.add("Promotion          " + getPromotion());
        }
        return String.join(System.lineSeparator(), lines);
    }

    @Override
    public OperationReceipt stopApplying() {
        return begun(TaskIds.rest(name), () -> servers.stopApplying(name));
    }

    @Override
    public OperationReceipt startApplying() {
        return OperationReceipt.of(() -> servers.startApplying(name));
    }

    @Override
    public List<String> openedFiles(String after, int limit) {
        return Paging.paths(server().openFiles().opened().stream(), after, limit);
    }

    @Override
    public OperationReceipt closeFiles() {
        return OperationReceipt.of(() -> servers.closeFiles(name));
    }

    @Override
    public String head() {
        return server().askHead()
                .map(head -> String.join(
                        System.lineSeparator(),
                        "Transaction  " + head.transaction().number(),
                        "Bytes        " + head.transaction().entry().payload().length,
                        "What         " + EntryText.summary(head.transaction().entry()),
                        "Blocked by   " + head.reason()))
                .orElse("");
    }

    @Override
    public OperationReceipt setAside(long transaction, String confirmName, String reason) {
        return reasons.because(
                reason,
                () -> begun(TaskIds.setAside(name), () -> servers.setAside(name, transaction, confirmName)),
                name,
                MessageCode.SET_ASIDE_REASON,
                transaction);
    }

    @Override
    public String statistics() {
        ReplicationServer server = running();
        if (!isMaster()) {
            return server.figures().statistics();
        }
        long id = server.requestStatistics();
        long deadline = System.nanoTime() + STATISTICS_PATIENCE_NANOS;
        while (System.nanoTime() < deadline) {
            ServerFigures figures = server.figures();
            if (figures.statisticsId() >= id) {
                return figures.statistics();
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        }
        throw new Refusal(MessageCode.NO_STATISTICS);
    }

    @Override
    public TransactionStatistics transactionStatistics() {
        return TransactionStatistics.of(statistics());
    }
}
