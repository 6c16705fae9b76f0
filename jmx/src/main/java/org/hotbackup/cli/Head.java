package org.hotbackup.cli;

import java.util.Map;
import org.hotbackup.client.NodeConnection;
import org.hotbackup.control.messages.MessageCode;
import picocli.CommandLine.Command;

/** Shows the transaction that a slave server cannot apply now (HB-181). */
@Command(
        name = "head",
        mixinStandardHelpOptions = true,
        description = "Shows the transaction that a slave server cannot apply now, and why.")
final class Head extends ServerCommand {

    @Override
    int run(NodeConnection connection) {
        refuseOtherWords();
        String head = connection.server(server(connection)).head();
        return answer(head.isEmpty() ? MessageCode.NOTHING_BLOCKED.text() : head, () -> {
            Map<String, Object> document = TextLines.fields(head);
            document.put("blocked", !head.isEmpty());
            return document;
        });
    }
}
