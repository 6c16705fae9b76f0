package org.hotbackup.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.hotbackup.client.NodeConnection;
import org.hotbackup.control.Notice;
import org.hotbackup.control.NoticesMXBean;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.control.settings.NotifyList;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows notices as they come (HB-058, HB-063, HB-143). */
@Command(
        name = "watch",
        mixinStandardHelpOptions = true,
        description = {
            "Shows errors and warnings of the servers as they come, until Ctrl-C.",
            "As a port, also those that came while nobody watched it. With --output json each is a document in a line."
        })
final class Watch extends NodeVerb {

    private static final int PAGE = 100;
    private static final long POLL_MILLIS = 300;

    @Option(
            names = "--as",
            paramLabel = "USER|!PORT",
            description = "Only from servers with this user or port on their notify list.")
    String as;

    @Option(names = "--once", description = "Ends when it has shown what waited for the port, and waits for no more.")
    boolean once;

    @Option(names = "--count", paramLabel = "N", description = "Ends after so many notices.")
    Integer count;

    @Override
    int run(NodeConnection connection) {
        if (as != null && !NotifyList.isPort(as) && !NotifyList.isUser(as)) {
            throw new Refusal(MessageCode.WATCH_AS_NOBODY, as);
        }
        NoticesMXBean notices = connection.notices();
        PrintWriter out = spec.commandLine().getOut();
        long left = count == null ? Long.MAX_VALUE : count;
        if (!once && !output().isQuiet() && !output().isJson()) {
            spec.commandLine().getErr().println(MessageCode.WATCHING.text());
        }
        boolean port = as != null && NotifyList.isPort(as);
        long reached = notices.getLastNumber();
        // what was kept before somebody watched comes first; taking is recorded, so nothing is taken that cannot be
        // there
        boolean waiting = port;
        try {
            while (left > 0 && !out.checkError()) {
                int limit = (int) Math.min(PAGE, left);
                List<Notice> page;
                if (port) {
                    long last = notices.getLastNumber();
                    page = waiting || last != reached ? notices.take(as, limit) : List.of();
                    reached = last;
                    waiting = !page.isEmpty();
                } else {
                    page = notices.read(as == null ? "" : as, reached, limit);
                    reached =
                            page.isEmpty() ? reached : page.get(page.size() - 1).number();
                }
                page.forEach(this::show);
                left -= page.size();
                if (once && page.size() < limit) {
                    return HotBackup.DONE;
                }
                if (page.isEmpty()) {
                    TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return HotBackup.DONE;
    }

    private void show(Notice notice) {
        output().line(
                        MessageCode.NOTICE_FROM_SERVER.text(notice.server()) + System.lineSeparator() + notice.time()
                                + "  " + notice.messageId() + "  " + notice.text(),
                        () -> notice);
    }
}
