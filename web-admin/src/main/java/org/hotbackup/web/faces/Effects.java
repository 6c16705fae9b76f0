package org.hotbackup.web.faces;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.concurrent.TimeUnit;
import org.hotbackup.control.ControlDirectory;
import org.hotbackup.control.PermanentLogMXBean;
import org.hotbackup.control.ServerMXBean;
import org.hotbackup.control.TapeServerMXBean;
import org.hotbackup.control.TransactionLogQueueMXBean;

/** What an operation that destroys something would do at this moment, in numbers. Thread-safe. */
@ApplicationScoped
public class Effects {

    @Inject
    ControlDirectory control;

    /**
     * One sentence or two; empty if the operation's own description says it all.
     *
     * @param name of the bean; empty if it is the only one of its kind
     * @param subject what was given for the operation's first parameter: what it is about if it is not the bean
     * @throws org.hotbackup.control.messages.Refusal if there is no bean of this name
     */
    public String of(String kind, String name, String operation, String subject) {
        return switch (kind + '.' + operation) {
            case "server.stop" -> waiting("effectStop", name);
            case "tapeServer.stop" -> underWay("effectTapeStop", name);
            case "tapeServer.shutdown" -> underWay("effectTapeShutdown", name);
            case "tapeServer.drain" -> Texts.get(
                    "effectTapeDrain", name, control.tapeServer(name).getPipe());
            case "tapeSocket.deleteServer" -> subject.isEmpty()
                    ? ""
                    : Texts.get(
                            "effectTapeDelete",
                            subject,
                            control.tapeServer(subject).getPipe());
            case "tapeSocket.stopAll" -> Texts.get("effectTapeStopAll", runningTapes());
            case "node.deleteServer" -> subject.isEmpty() ? "" : waiting("effectDelete", subject);
            case "server.promote" -> Texts.get(
                    "effectPromote", name, control.server(name).getPendingUpdates());
            case "server.setAside" -> control.server(name).head();
            case "transactionLogQueue.clear", "transactionLogQueue.stopEnqueuing" -> queue(operation);
            case "permanentLog.clear" -> log(control.permanentLog());
            case "verification.repair" -> Texts.get(
                    "effectRepair",
                    control.verification(name).getFilesDifferent(),
                    control.verification(name).getItemsDifferent());
            case "lostAndFound.discard" -> Texts.get(
                    "effectDiscard", control.lostAndFound().getCount());
            default -> "";
        };
    }

    private String waiting(String key, String name) {
        ServerMXBean server = control.server(name);
        boolean master = server.getServerType().equals("Master");
        long waiting = server.getWaiting();
        String nothing = waiting == 0 ? "Nothing" : "";
        return Texts.get(key + (master ? "Master" : "Slave") + nothing, name, waiting);
    }

    /** How many blocks were sent or received, and are not in the input server's pipe yet. */
    private String underWay(String key, String name) {
        TapeServerMXBean server = control.tapeServer(name);
        return Texts.get(key, name, Math.max(0, server.getCurrentBlock() - server.getWrittenBlock()));
    }

    private long runningTapes() {
        return control.tapeSocket().getServerNames().stream()
                .filter(name -> control.tapeServer(name).isRunning())
                .count();
    }

    private static String log(PermanentLogMXBean log) {
        return Texts.get("effectClearLog", log.getEntries(), log.count("week"), log.count("month"));
    }

    private String queue(String operation) {
        TransactionLogQueueMXBean queue = control.transactionLogQueue();
        return operation.equals("clear")
                ? Texts.get("effectClear", queue.getDepth(), Figures.size(queue.getBytes()))
                : Texts.get(
                        "effectStopEnqueuing",
                        control.node().getTransactionsTotal(),
                        Figures.time(TimeUnit.SECONDS.toMillis(control.node().getUptimeSeconds())));
    }
}
