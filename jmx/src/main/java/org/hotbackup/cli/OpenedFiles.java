package org.hotbackup.cli;

import java.util.ArrayList;
import java.util.List;
import org.hotbackup.client.NodeConnection;
import org.hotbackup.control.ServerMXBean;
import org.hotbackup.control.messages.MessageCode;
import picocli.CommandLine.Command;

/** The files that a slave server opened since it started (HB-099). */
@Command(
        name = "opened-files",
        mixinStandardHelpOptions = true,
        description = "Lists the files that a slave server opened since it started, one a line.")
final class OpenedFiles extends ServerCommand {

    private static final int PAGE = 1_000;

    @Override
    int run(NodeConnection connection) {
        refuseOtherWords();
        ServerMXBean server = connection.server(server(connection));
        List<String> files = new ArrayList<>();
        List<String> page = server.openedFiles("", PAGE);
        while (!page.isEmpty()) {
            files.addAll(page);
            page = server.openedFiles(page.get(page.size() - 1), PAGE);
        }
        return answer(files, MessageCode.NO_FILES_OPENED.text(server.getName()), () -> files);
    }
}
