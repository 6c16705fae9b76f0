package org.hotbackup.management;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.hotbackup.control.LogMessage;
import org.hotbackup.control.OperationReceipt;
import org.hotbackup.control.TapePipe;
import org.hotbackup.control.TapeSocketMXBean;
import org.hotbackup.control.TextLine;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.control.settings.TapeSetting;
import org.hotbackup.pipe.NamedPipe;
import org.hotbackup.server.TapeServer;
import org.hotbackup.server.TapeServers;
import org.hotbackup.store.LogSettings;
import org.hotbackup.store.StoreBean;
import org.hotbackup.tapesocket.TapeFigures;

/** The tape-socket servers of the node, for every surface. */
@ApplicationScoped
public class TapeSocketControl implements TapeSocketMXBean {

    private static final int MOST_LINES = 1_000;
    private static final String NONE = "-";
    private static final String TRANSACTION_LOG = "transaction log";

    @Inject
    TapeServers servers;

    @Inject
    StoreBean store;

    @Inject
    Callers callers;

    @Override
    public List<String> getServerNames() {
        return servers.all().stream().map(TapeServer::name).toList();
    }

    @Override
    public OperationReceipt setup(String name, String settings) {
        return OperationReceipt.of(() -> servers.setup(name, settings));
    }

    @Override
    public OperationReceipt deleteServer(String name, String confirmName, String reason) {
        return OperationReceipt.of(() -> {
            Refusal.unlessReasoned(reason);
            OperationReceipt receipt = servers.delete(name, confirmName);
            servers.say(name, MessageCode.DELETE_TAPE_SERVER_REASON, callers.name(), reason.strip(), name);
            return receipt;
        });
    }

    @Override
    public OperationReceipt startAll(String options) {
        return OperationReceipt.of(() -> servers.startAll(options));
    }

    @Override
    public OperationReceipt stopAll(String confirm) {
        return OperationReceipt.of(() -> servers.stopAll(confirm));
    }

    @Override
    public String listServers(boolean running) {
        List<String> lines = new ArrayList<>();
        List<String> refusals = new ArrayList<>();
        for (TapeServer server : servers.all()) {
            if (!running || server.isRunning()) {
                lines.add(line(server));
                server.refusal().ifPresent(why -> refusals.add(server.name() + ": " + why));
            }
        }
        if (lines.isEmpty()) {
            return servers.all().isEmpty()
                    ? MessageCode.NO_TAPE_SERVER_AT_ALL.text()
                    : MessageCode.NO_TAPE_SERVER_RUNS.text();
        }
        lines.add(
                0,
                String.format(
                        "%-8s  %-6s  %-22s  %5s  %12s  %12s  %s",
                        "Server", "Way", "Status", "Port", "Tape block", "Written", "Pipe"));
        lines.addAll(refusals);
        return String.join(System.lineSeparator(), lines);
    }

    private String line(TapeServer server) {
        TapeFigures figures = server.figures();
        boolean known = server.isRunning() || !figures.equals(TapeFigures.STOPPED);
        return String.format(
                "%-8s  %-6s  %-22s  %5s  %12s  %12s  %s",
                server.name(),
                server.settings().isOutput() ? "Output" : "Input",
                figures.status(),
                server.settings().get(TapeSetting.PORT),
                known ? figures.block() : NONE,
                known ? figures.acknowledged() : NONE,
                server.settings().isLinked() ? TRANSACTION_LOG : servers.pipe(server));
    }

    @Override
    public String listPipes() {
        List<TapePipe> pipes = pipes();
        return pipes.isEmpty() ? MessageCode.NO_TAPE_SERVER_AT_ALL.text() : TextLine.lines(pipes);
    }

    @Override
    public List<TapePipe> pipes() {
        return servers.all().stream()
                .filter(server -> !server.settings().isLinked())
                .map(this::pipe)
                .toList();
    }

    /** A pipe that no server holds is not opened to look: that would be an end for a program that waits at it. */
    private TapePipe pipe(TapeServer server) {
        Path path = servers.pipe(server);
        try {
            NamedPipe pipe = NamedPipe.at(path);
            return new TapePipe(server.name(), path.toString(), pipe.kind(), server.isRunning() ? pipe.waiting() : -1);
        } catch (Refusal e) {
            String kind = e.code() == MessageCode.NO_PIPE ? "not there yet" : "no pipe";
            return new TapePipe(server.name(), path.toString(), kind, -1);
        }
    }

    @Override
    public String tlTest() {
        LogSettings logged = store.logSettings();
        MessageCode on = logged.hasServers() ? MessageCode.LOGGING_IS_OPERATIONAL : MessageCode.LOGGING_FOR_NOBODY;
        return (logged.enqueuing() ? on : MessageCode.LOGGING_IS_OFF).text();
    }

    @Override
    public String log(int lines) {
        return String.join(System.lineSeparator(), servers.log(Math.max(1, Math.min(MOST_LINES, lines))));
    }

    @Override
    public List<LogMessage> messages(int lines) {
        return servers.messages(Math.max(1, Math.min(MOST_LINES, lines)));
    }
}
