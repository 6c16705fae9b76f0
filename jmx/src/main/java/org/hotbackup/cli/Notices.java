package org.hotbackup.cli;

import java.util.List;
import org.hotbackup.client.NodeConnection;
import org.hotbackup.control.Notice;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.control.settings.NotifyList;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The notices that are kept (HB-058, HB-143). */
@Command(
        name = "notices",
        mixinStandardHelpOptions = true,
        description = {
            "Lists the errors and warnings of the servers that are kept, oldest first: number, time, server, message.",
            "The last 1000 are kept; the permanent log has all of them."
        })
final class Notices extends NodeVerb {

    private static final int MOST = 1_000;

    @Option(
            names = "--as",
            paramLabel = "USER|!PORT",
            description = "Only from servers with this user or port on their notify list.")
    String as = "";

    @Option(names = "--after", paramLabel = "NUMBER", defaultValue = "0", description = "Only those after this one.")
    long after;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "100",
            description = "At most so many, 1 to " + MOST + "; ${DEFAULT-VALUE} if not given.")
    int limit;

    @Override
    void check() {
        if (limit < 1 || limit > MOST) {
            throw new Refusal(MessageCode.USAGE, "--limit is from 1 to " + MOST + ".");
        }
        if (!as.isEmpty() && !NotifyList.isPort(as) && !NotifyList.isUser(as)) {
            throw new Refusal(MessageCode.WATCH_AS_NOBODY, as);
        }
    }

    @Override
    int run(NodeConnection connection) {
        List<Notice> notices = connection.notices().read(as, after, limit);
        return answer(notices.stream().map(Notices::line).toList(), MessageCode.NO_NOTICES.text(), () -> notices);
    }

    private static String line(Notice notice) {
        return notice.number() + "  " + notice.time() + "  " + notice.server() + "  " + notice.messageId() + "  "
                + notice.text();
    }
}
