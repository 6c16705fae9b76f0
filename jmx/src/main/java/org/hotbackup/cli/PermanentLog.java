package org.hotbackup.cli;

import java.util.ArrayList;
import java.util.List;
import org.hotbackup.client.NodeConnection;
import org.hotbackup.control.LogMessage;
import org.hotbackup.control.LogPage;
import org.hotbackup.control.PermanentLogMXBean;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The permanent log of all servers (HB-095). */
@Command(
        name = "permanent-log",
        mixinStandardHelpOptions = true,
        description = {
            "Lists the permanent log: all messages of all servers, oldest first.",
            "Without a place to begin, the last messages; with --search, from the oldest on. Dates and times are in UTC."
        },
        subcommands = {PermanentLogClear.class, PermanentLogCount.class})
final class PermanentLog extends NodeVerb {

    @Option(
            names = "--lines",
            paramLabel = "N",
            defaultValue = "20",
            description = "At most so many messages; ${DEFAULT-VALUE} if not given.")
    int lines;

    @Option(
            names = "--from",
            paramLabel = "WHEN",
            description =
                    "Begins with the first message after a date or time: 2026-11-21, 10:15 or 2026-11-21T10:15:30.")
    String from;

    @Option(names = "--after", paramLabel = "ID", description = "Begins after this message: the next page.")
    String after;

    @Option(names = "--before", paramLabel = "ID", description = "Ends before this message: a page back.")
    String before;

    @Option(names = "--search", paramLabel = "TEXT", description = "Only messages with this text in their line.")
    String search;

    @Option(names = "--ids", description = "Begins each line with the message's id.")
    boolean ids;

    @Override
    int run(NodeConnection connection) {
        checkedLines(lines);
        int places = (from == null ? 0 : 1) + (after == null ? 0 : 1) + (before == null ? 0 : 1);
        if (places > 1 || before != null && search != null) {
            throw new Refusal(MessageCode.USAGE, "Give one of --from, --after and --before; --search goes forward.");
        }
        PermanentLogMXBean log = connection.permanentLog();
        if (search == null) {
            LogPage page = page(log);
            return answer(lines(page.messages()), MessageCode.NO_LOG_MESSAGES.text(), () -> page);
        }
        return search(log);
    }

    private LogPage page(PermanentLogMXBean log) {
        if (from != null) {
            return log.from(from, lines);
        }
        return after != null ? log.next(after, lines) : log.back(before == null ? "" : before, lines);
    }

    /** One call looks at a part of a long log only. */
    int search(PermanentLogMXBean log) {
        List<LogMessage> found = new ArrayList<>();
        String place = after == null ? "" : after;
        if (from != null) {
            place = log.placeOf(from);
        }
        boolean more = true;
        while (more && found.size() < lines) {
            LogPage page = log.search(search, place, lines - found.size());
            lines(page.messages()).forEach(this::say);
            found.addAll(page.messages());
            place = page.reached();
            more = page.more();
        }
        LogPage all = new LogPage(found, place, more && finds(log, place));
        if (found.isEmpty()) {
            say(MessageCode.NOT_IN_LOG.text(search));
        }
        if (all.more()) {
            say(MessageCode.MORE_FOUND.text(place));
        }
        return answer(List.of(), () -> all);
    }

    private boolean finds(PermanentLogMXBean log, String after) {
        LogPage page = log.search(search, after, 1);
        while (page.messages().isEmpty() && page.more()) {
            page = log.search(search, page.reached(), 1);
        }
        return !page.messages().isEmpty();
    }

    private List<String> lines(List<LogMessage> messages) {
        return messages.stream()
                .map(message -> ids ? message.id() + "  " + message : message.toString())
                .toList();
    }
}
