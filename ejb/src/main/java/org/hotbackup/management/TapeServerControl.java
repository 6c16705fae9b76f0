package org.hotbackup.management;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.hotbackup.control.LogMessage;
import org.hotbackup.control.OperationReceipt;
import org.hotbackup.control.TapeServerMXBean;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.control.settings.TapeSetting;
import org.hotbackup.pipe.LogTapeSink;
import org.hotbackup.server.TapeServer;
import org.hotbackup.server.TapeServers;
import org.hotbackup.tapesocket.TapeFigures;

/** One tape-socket server, for every surface. */
final class TapeServerControl implements TapeServerMXBean {

    private static final int MOST_LINES = 200;

    private final String name;
    private final TapeServers servers;
    private final Callers callers;

    TapeServerControl(String name, TapeServers servers, Callers callers) {
        this.name = name;
        this.servers = servers;
        this.callers = callers;
    }

    private TapeServer server() {
        return servers.server(name);
    }

    private TapeFigures figures() {
        return server().figures();
    }

    @Override
    public String getName() {
        return name;
    }

    @Override
    public String getDirection() {
        return server().settings().isOutput() ? "Output" : "Input";
    }

    @Override
    public String getStatus() {
        return figures().status().toString();
    }

    @Override
    public String getRefusal() {
        return server().refusal().orElse("");
    }

    @Override
    public String getSettings() {
        return server().settings().text();
    }

    @Override
    public boolean isRunning() {
        return server().isRunning();
    }

    @Override
    public String getPeer() {
        return figures().peer();
    }

    @Override
    public int getTcpPort() {
        return server().settings().keepsLog() ? 0 : server().settings().number(TapeSetting.PORT);
    }

    @Override
    public String getPipe() {
        return server().settings().isLinked() ? "" : servers.pipe(server()).toString();
    }

    @Override
    public long getCurrentBlock() {
        return figures().block();
    }

    @Override
    public long getWrittenBlock() {
        return figures().acknowledged();
    }

    @Override
    public long getTapesTotal() {
        return figures().tapes();
    }

    @Override
    public long getBytesTotal() {
        return figures().bytes();
    }

    @Override
    public long getReconnectsTotal() {
        return figures().reconnects();
    }

    @Override
    public String getClockDifference() {
        return figures().clock();
    }

    @Override
    public boolean isTraces() {
        return server().isTraced();
    }

    @Override
    public String getLastMessage() {
        return server().lastMessages(1).stream().findFirst().orElse("");
    }

    @Override
    public OperationReceipt start(String options) {
        return OperationReceipt.of(() -> servers.start(name, options));
    }

    @Override
    public OperationReceipt startSend(String options) {
        return OperationReceipt.of(() -> servers.start(name, true, options));
    }

    @Override
    public OperationReceipt startReceive(String options) {
        return OperationReceipt.of(() -> servers.start(name, false, options));
    }

    @Override
    public OperationReceipt stop(String confirmName) {
        return OperationReceipt.of(() -> servers.stop(name, confirmName));
    }

    @Override
    public OperationReceipt shutdown(String confirmName) {
        return OperationReceipt.of(() -> servers.shutdown(name, confirmName));
    }

    @Override
    public OperationReceipt drain(String confirmName, String reason) {
        return OperationReceipt.of(() -> {
            Refusal.unlessReasoned(reason);
            OperationReceipt receipt = servers.drain(name, confirmName);
            servers.say(name, MessageCode.DRAIN_REASON, callers.name(), reason.strip(), name);
            return receipt;
        });
    }

    @Override
    public String check() {
        return servers.check(name);
    }

    @Override
    public String query() {
        TapeServer server = server();
        if (!server.isRunning()) {
            throw new Refusal(MessageCode.SERVER_NOT_RUNNING, name);
        }
        TapeFigures figures = server.figures();
        List<String> lines = new ArrayList<>();
        lines.add("Server " + name + ". PIB " + server.pib() + ". PID "
                + ProcessHandle.current().pid() + ". " + getDirection() + " server. Traces "
                + (server.isTraced() ? "ON." : "OFF."));
        lines.add((server.settings().isLinked()
                        ? "Linked to the transaction logger" + onTape(figures)
                        : "Pipe " + getPipe())
                + ". Tapes "
                + figures.tapes() + ". " + (server.settings().isOutput() ? "Sent " : "Received ")
                + (figures.bytes() + 1023) / 1024 + "K.");
        lines.add("This tape: block " + figures.block() + ", written " + figures.acknowledged() + ".");
        if (!server.settings().isLinked() && figures.block() > figures.acknowledged()) {
            lines.add(MessageCode.BLOCKS_WAIT.text(figures.block() - figures.acknowledged()));
        }
        server.appliedLog().ifPresent(log -> lines.addAll(applied(log)));
        if (!figures.clock().isEmpty()) {
            lines.add("Clock of the input server " + figures.clock() + ".");
        }
        lines.add("Status " + figures.status());
        server.refusal().ifPresent(lines::add);
        return String.join(System.lineSeparator(), lines);
    }

    private String onTape(TapeFigures figures) {
        return server().settings().keepsLog() ? ", tape " + figures.peer() : "";
    }

    private static List<String> applied(LogTapeSink log) {
        LogTapeSink.Totals totals = log.totals();
        List<String> lines = new ArrayList<>();
        if (totals.lsn() > 0) {
            String image = totals.committedAtMillis() == 0
                    ? "LSN " + totals.lsn()
                    : "LSN " + totals.lsn() + ", committed at " + Instant.ofEpochMilli(totals.committedAtMillis());
            lines.add(MessageCode.LOG_APPLIED.text(totals.applied(), totals.skipped(), totals.lost(), image));
        }
        if (!log.trouble().isEmpty()) {
            lines.add(MessageCode.LOG_WAITS.text(log.trouble()));
        }
        return lines;
    }

    @Override
    public String show() {
        List<String> lines = new ArrayList<>();
        lines.add(line("Server name", name));
        server().settings().values().forEach((setting, value) -> lines.add(line(setting.label(), value)));
        if (!server().settings().isLinked()) {
            lines.add(line("Pipe is at", getPipe()));
        }
        return String.join(System.lineSeparator(), lines);
    }

    private static String line(String label, String value) {
        return String.format("%-28s %s", label, value).stripTrailing();
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
    public OperationReceipt setArgument(String keyword, String value) {
        return OperationReceipt.of(() -> {
            server();
            return servers.setup(name, keyword + "=\"" + value.replace("\"", "") + '"');
        });
    }

    @Override
    public OperationReceipt tracesOn() {
        return OperationReceipt.of(() -> servers.turnTraces(name, true));
    }

    @Override
    public OperationReceipt tracesOff() {
        return OperationReceipt.of(() -> servers.turnTraces(name, false));
    }

    @Override
    public List<String> traces(int lines) {
        return server().traces(Math.max(1, Math.min(TapeServer.TRACES_KEPT, lines)));
    }
}
