package org.hotbackup.web.faces;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.concurrent.TimeUnit;
import org.hotbackup.control.ControlDirectory;
import org.hotbackup.control.ServerMXBean;
import org.hotbackup.control.TransactionLogQueueMXBean;

/** What an operation that destroys something would do at this moment, in numbers. Thread-safe. */
@ApplicationScoped
public class Effects {

    private static final ResourceBundle TEXTS = ResourceBundle.getBundle("org.hotbackup.web.messages", Locale.ROOT);

    @Inject
    ControlDirectory control;

    /**
     * One sentence or two; empty if the operation's own description says it all.
     *
     * @throws org.hotbackup.control.messages.Refusal if there is no bean of this name
     */
    public String of(String kind, String name, String operation) {
        return switch (kind + '.' + operation) {
            case "server.stop" -> waiting("effectStop", name);
            case "server.promote" -> text(
                    "effectPromote", name, control.server(name).getPendingUpdates());
            case "server.setAside" -> control.server(name).head();
            case "transactionLogQueue.clear", "transactionLogQueue.stopEnqueuing" -> queue(operation);
            case "verification.repair" -> text(
                    "effectRepair",
                    control.verification(name).getFilesDifferent(),
                    control.verification(name).getItemsDifferent());
            case "lostAndFound.discard" -> text(
                    "effectDiscard", control.lostAndFound().getCount());
            default -> "";
        };
    }

    private String waiting(String key, String name) {
        ServerMXBean server = control.server(name);
        return server.getServerType().equals("Master")
                ? text(key + "Master", name, server.getLagTransactions())
                : text(key + "Slave", name, server.getPendingUpdates());
    }

    private String queue(String operation) {
        TransactionLogQueueMXBean queue = control.transactionLogQueue();
        return operation.equals("clear")
                ? text("effectClear", queue.getDepth(), Figures.size(queue.getBytes()))
                : text(
                        "effectStopEnqueuing",
                        control.node().getTransactionsTotal(),
                        Figures.time(TimeUnit.SECONDS.toMillis(control.node().getUptimeSeconds())));
    }

    private static String text(String key, Object... values) {
        Object[] shown = new Object[values.length];
        for (int i = 0; i < values.length; i++) {
            shown[i] = String.valueOf(values[i]);
        }
        return new MessageFormat(TEXTS.getString(key), Locale.ROOT).format(shown);
    }
}
