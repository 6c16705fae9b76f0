package org.hotbackup.web.faces;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Named;
import java.util.List;
import org.hotbackup.control.LogMessage;
import org.hotbackup.control.LogPage;
import org.hotbackup.control.PermanentLogMXBean;

/**
 * The permanent log (HB-095): its end, which grows while it is looked at, or a page of it: from a date or time on, what contains a
 * text, and forwards and backwards from there.
 */
@Named("permanentLog")
@RequestScoped
public class LogView extends PageView {

    private static final int LINES = 50;
    private static final LogPage NOTHING = new LogPage(List.of(), "", false);

    private LogPage page;

    public String getWhen() {
        return address().text("when");
    }

    public String getText() {
        return address().text("text");
    }

    /** Whether the end of the log is shown. */
    public boolean isTail() {
        return getWhen().isEmpty()
                && getText().isEmpty()
                && !address().has("after")
                && !address().has("before");
    }

    private LogPage page() {
        if (page == null) {
            page = ask(this::read, NOTHING);
        }
        return page;
    }

    private LogPage read() {
        PermanentLogMXBean log = control.permanentLog();
        Address address = address();
        int limit = address.limit(LINES);
        if (!getText().isEmpty()) {
            String from =
                    !address.has("after") && !getWhen().isEmpty() ? log.placeOf(getWhen()) : address.text("after");
            return log.search(getText(), from, limit);
        }
        if (address.has("after")) {
            return log.next(address.text("after"), limit);
        }
        return getWhen().isEmpty() ? log.back(address.text("before"), limit) : log.from(getWhen(), limit);
    }

    /** Its messages, oldest first. */
    public List<LogMessage> getMessages() {
        return page().messages();
    }

    /** The id that a page before this one ends with; empty if there is none, or a text is looked for. */
    public String getBefore() {
        return getMessages().isEmpty() || !getText().isEmpty()
                ? ""
                : getMessages().get(0).id();
    }

    /** The id that a page after this one begins behind; empty at the end of the log. */
    public String getAfter() {
        if (!getText().isEmpty()) {
            return page().more() ? page().reached() : "";
        }
        return isTail() || getMessages().isEmpty()
                ? ""
                : getMessages().get(getMessages().size() - 1).id();
    }

    @Override
    public void load() {
        page();
    }
}
