package org.hotbackup.menu;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import org.hotbackup.control.LogMessage;
import org.hotbackup.control.LogPage;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;

/**
 * The end of a log of which a node gives no more, in pages. Dates and times are UTC, as the log writes them.
 *
 * @param messages oldest first
 */
record LastMessages(List<LogMessage> messages) implements MessageLog {

    private static final int DATE = "2026-11-21".length();

    @Override
    public LogPage back(String before, int limit) {
        int end = before.isEmpty() ? messages.size() : indexOf(before);
        return page(messages.subList(Math.max(0, end - limit), Math.max(0, end)), end > limit);
    }

    @Override
    public LogPage next(String after, int limit) {
        List<LogMessage> rest = behind(after);
        return page(rest.subList(0, Math.min(limit, rest.size())), rest.size() > limit);
    }

    @Override
    public LogPage from(String when, int limit) {
        return next(placeOf(when), limit);
    }

    @Override
    public String placeOf(String when) {
        String moment = moment(when);
        String place = "";
        for (LogMessage message : messages) {
            if (message.time().compareTo(moment) < 0) {
                place = message.id();
            }
        }
        return place;
    }

    /** A date, perhaps with a time, or a time of today. */
    private static String moment(String when) {
        try {
            if (when.length() < DATE) {
                String time = when.indexOf(':') == 1 ? "0" + when : when;
                return LocalDate.now(ZoneOffset.UTC) + "T" + LocalTime.parse(time);
            }
            LocalDate.parse(when.substring(0, DATE));
            return when;
        } catch (DateTimeException e) {
            throw new Refusal(MessageCode.LOG_TIME_UNREADABLE, when);
        }
    }

    @Override
    public LogPage search(String text, String after, int limit) {
        String wanted = text.toLowerCase(Locale.ROOT);
        List<LogMessage> found = behind(after).stream()
                .filter(message -> message.toString().toLowerCase(Locale.ROOT).contains(wanted))
                .limit(limit)
                .toList();
        return page(found, false);
    }

    private List<LogMessage> behind(String after) {
        return messages.subList(indexOf(after) + 1, messages.size());
    }

    /** -1 if it is none of them any more. */
    private int indexOf(String id) {
        for (int i = messages.size() - 1; i >= 0; i--) {
            if (messages.get(i).id().equals(id)) {
                return i;
            }
        }
        return -1;
    }

    private static LogPage page(List<LogMessage> page, boolean more) {
        return new LogPage(page, page.isEmpty() ? "" : page.get(page.size() - 1).id(), more);
    }
}
