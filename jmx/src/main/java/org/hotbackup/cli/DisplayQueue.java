package org.hotbackup.cli;

import java.util.Map;
import org.hotbackup.client.NodeConnection;
import org.hotbackup.control.TransactionLogQueueMXBean;
import picocli.CommandLine.Command;

/** The manual's Display Queue (HB-080). */
@Command(
        name = "queue",
        mixinStandardHelpOptions = true,
        description = "Displays the transaction log queue of a master server.",
        subcommands = {
            QueueCommands.ListEntries.class,
            QueueCommands.Find.class,
            QueueCommands.Show.class,
            QueueCommands.Export.class
        })
final class DisplayQueue extends ServerCommand {

    @Override
    int run(NodeConnection connection) {
        refuseOtherWords();
        TransactionLogQueueMXBean queue = connection.transactionLogQueue();
        String server = server(connection);
        String text = queue.display(server);
        return answer(text, () -> {
            Map<String, Object> document = JsonText.attributes(TransactionLogQueueMXBean.class, queue);
            document.put("server", server);
            document.put(
                    "firstNotAcknowledged", queue.list(server, 0, 1).stream().findFirst());
            document.put("text", text);
            return document;
        });
    }
}
