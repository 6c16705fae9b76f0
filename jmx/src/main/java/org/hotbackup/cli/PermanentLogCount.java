package org.hotbackup.cli;

import java.util.List;
import org.hotbackup.client.NodeConnection;
import org.hotbackup.control.PermanentLogMXBean;
import org.hotbackup.control.messages.MessageCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Says how much of the permanent log would be cleared. */
@Command(
        name = "count",
        mixinStandardHelpOptions = true,
        description = "Says how many messages permanent-log clear would delete, and deletes nothing.")
final class PermanentLogCount extends NodeVerb {

    @Parameters(
            paramLabel = "all|week|month",
            description = "The whole log, what is older than one week, or what is older than one month.")
    String what;

    /**
     * The answer as a document.
     *
     * @param messages that would be deleted
     * @param entries that there are
     */
    private record Counted(long messages, long entries) {}

    @Override
    int run(NodeConnection connection) {
        PermanentLogMXBean log = connection.permanentLog();
        long counted = log.count(what);
        long entries = log.getEntries();
        return answer(List.of(MessageCode.LOG_COUNT.text(counted, what, entries)), () -> new Counted(counted, entries));
    }
}
