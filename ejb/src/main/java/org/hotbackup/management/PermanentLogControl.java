package org.hotbackup.management;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.stream.Collectors;
import org.hotbackup.control.LogMessage;
import org.hotbackup.control.LogPage;
import org.hotbackup.control.OperationReceipt;
import org.hotbackup.control.PermanentLogMXBean;
import org.hotbackup.control.TextLine;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.server.PermanentLogFile;
import org.hotbackup.server.ReplicationServers;

/** The permanent log, for every surface. */
@ApplicationScoped
public class PermanentLogControl implements PermanentLogMXBean {

    @Inject
    ReplicationServers servers;

    @Inject
    Reasons reasons;

    private PermanentLogFile file() {
        return servers.permanentLog().file();
    }

    @Override
    public long getEntries() {
        return servers.permanentLog().entries();
    }

    @Override
    public long getLastEntryMillis() {
        return servers.permanentLog().lastMillis();
    }

    @Override
    public LogPage next(String after, int limit) {
        return file().next(after, limit);
    }

    @Override
    public LogPage back(String before, int limit) {
        return file().back(before, limit);
    }

    @Override
    public LogPage from(String when, int limit) {
        return file().from(when, limit);
    }

    @Override
    public String placeOf(String when) {
        return file().placeOf(when);
    }

    @Override
    public LogPage search(String text, String after, int limit) {
        return file().search(text, after, limit);
    }

    @Override
    public String text(String when, int limit) {
        LogPage page = when.isBlank() ? file().back("", limit) : file().from(when, limit);
        return page.messages().stream().map(LogMessage::toString).collect(Collectors.joining(System.lineSeparator()));
    }

    @Override
    public String nextText(String after, int limit) {
        return TextLine.lines(lines(next(after, limit)));
    }

    @Override
    public String backText(String before, int limit) {
        return TextLine.lines(lines(back(before, limit)));
    }

    @Override
    public String searchText(String text, String after, int limit) {
        LogPage page = search(text, after, limit);
        return TextLine.page(lines(page), page.more(), page.reached());
    }

    private static List<String> lines(LogPage page) {
        return page.messages().stream().map(LogMessage::line).toList();
    }

    @Override
    public long count(String what) {
        return servers.permanentLog().count(what);
    }

    @Override
    public OperationReceipt clear(String what, String confirmName, String reason) {
        return reasons.because(
                reason,
                () -> servers.permanentLog().clear(what, confirmName),
                Reasons.NODE,
                MessageCode.CLEAR_LOG_REASON,
                what);
    }
}
