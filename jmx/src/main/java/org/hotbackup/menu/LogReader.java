package org.hotbackup.menu;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hotbackup.control.LogMessage;
import org.hotbackup.control.LogPage;
import org.hotbackup.control.PermanentLogMXBean;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.menu.Area.Message;
import org.hotbackup.menu.Area.Tone;

/** Reads the permanent log page by page, from the last message back (HB-095). Holds a part of it only. */
final class LogReader implements Reader {

    private static final String TITLE = "Permanent log";
    private static final String KEYS = "^N next   ^B back   : date, time or text   n next match   q ESC return";
    private static final int PAGE = 100;
    private static final int MOST = 1_000;
    /** A date, a time or both, and behind it perhaps a text. */
    private static final Pattern WHEN =
            Pattern.compile("([0-9]{4}-[0-9]{2}-[0-9]{2}(?:T\\S*)?|[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?)(?:\\s+(\\S.*))?");

    private final List<LogMessage> entries = new ArrayList<>();
    private LineEdit command;
    private String sought = "";
    private String note = "";

    private LogReader() {}

    static void open(Session session) {
        session.ask(TITLE, controls -> controls.permanentLog().back("", PAGE), page -> {
            LogReader reader = new LogReader();
            reader.entries.addAll(page.messages());
            session.read(TITLE, reader.messages(), reader);
            session.area().turnToEnd();
        });
    }

    private List<Message> messages() {
        String found = sought.toLowerCase(Locale.ROOT);
        return entries.stream()
                .map(entry -> Text.safe(Texts.withShortTimes(entry.toString())))
                .map(line -> new Message(
                        line,
                        !found.isEmpty() && line.toLowerCase(Locale.ROOT).contains(found) ? Tone.FOUND : Tone.PLAIN))
                .toList();
    }

    @Override
    public String keys() {
        return note.isEmpty() ? KEYS : note;
    }

    @Override
    public Optional<LineEdit> command() {
        return Optional.ofNullable(command);
    }

    @Override
    public boolean press(Key key, Session session) {
        note = "";
        if (command != null) {
            write(key, session);
            return true;
        }
        switch (key.kind()) {
            case DOWN, PAGE_DOWN -> next(session);
            case UP, PAGE_UP -> back(session);
            case CHARACTER -> {
                if (key.character() == ':') {
                    command = new LineEdit("");
                } else if (key.isLetter('n')) {
                    search(session);
                } else if (key.isLetter(' ')) {
                    next(session);
                } else {
                    return false;
                }
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private void write(Key key, Session session) {
        switch (key.kind()) {
            case ESCAPE, CANCEL -> command = null;
            case ENTER -> {
                String text = command.text().strip();
                command = null;
                carryOut(text, session);
            }
            default -> command.press(key);
        }
    }

    private void carryOut(String text, Session session) {
        Matcher when = WHEN.matcher(text);
        if (!when.matches()) {
            sought = text.isEmpty() ? sought : text.startsWith("/") ? text.substring(1) : text;
            search(session);
        } else if (when.group(2) == null) {
            load(session, log -> log.from(text, PAGE), page -> {
                if (page.messages().isEmpty()) {
                    note = MessageCode.MENU_LOG_ENDS.text();
                } else {
                    show(session, page.messages());
                }
            });
        } else {
            sought = when.group(2);
            search(session, log -> log.placeOf(when.group(1)));
        }
    }

    private void next(Session session) {
        Area area = session.area();
        if (!area.isAtEnd()) {
            area.turn(1);
            return;
        }
        String last = entries.isEmpty() ? "" : entries.get(entries.size() - 1).id();
        load(session, log -> log.next(last, PAGE), page -> {
            if (page.messages().isEmpty()) {
                note = MessageCode.MENU_LOG_ENDS.text();
                return;
            }
            int before = entries.size();
            entries.addAll(page.messages());
            int dropped = Math.max(0, entries.size() - MOST);
            entries.subList(0, dropped).clear();
            area.show(TITLE, messages());
            area.turnToMessage(before - dropped);
        });
    }

    private void back(Session session) {
        Area area = session.area();
        if (!area.isAtBeginning() || entries.isEmpty()) {
            area.turn(-1);
            return;
        }
        String first = entries.get(0).id();
        load(session, log -> log.back(first, PAGE), page -> {
            if (page.messages().isEmpty()) {
                note = MessageCode.MENU_LOG_BEGINS.text();
                return;
            }
            entries.addAll(0, page.messages());
            if (entries.size() > MOST) {
                entries.subList(MOST, entries.size()).clear();
            }
            area.show(TITLE, messages());
            area.turnToMessage(page.messages().size());
            area.turn(-1);
        });
    }

    /** From the message behind the first one that is shown. */
    private void search(Session session) {
        if (!sought.isEmpty() && !entries.isEmpty()) {
            String from = entries.get(session.area().firstShown()).id();
            search(session, log -> from);
        }
    }

    private void search(Session session, Function<PermanentLogMXBean, String> from) {
        String text = sought;
        load(session, log -> find(log, text, from.apply(log)), found -> {
            if (found.isEmpty()) {
                note = MessageCode.MENU_TEXT_NOT_FOUND.text(text);
            } else {
                show(session, found);
            }
        });
    }

    /** The first message with a text after one, and those after it; empty if there is none. */
    private static List<LogMessage> find(PermanentLogMXBean log, String text, String after) {
        LogPage page = log.search(text, after, 1);
        while (page.messages().isEmpty() && page.more()) {
            page = log.search(text, page.reached(), 1);
        }
        List<LogMessage> found = new ArrayList<>(page.messages());
        if (!found.isEmpty()) {
            found.addAll(log.next(found.get(0).id(), PAGE).messages());
        }
        return found;
    }

    private void show(Session session, List<LogMessage> others) {
        entries.clear();
        entries.addAll(others);
        session.area().show(TITLE, messages());
    }

    /** What is refused is said where the keys are: the page stays. */
    private <T> void load(Session session, Function<PermanentLogMXBean, T> question, Consumer<T> answer) {
        session.ask(
                TITLE,
                controls -> question.apply(controls.permanentLog()),
                page -> {
                    session.readOn(this);
                    answer.accept(page);
                },
                sentence -> {
                    session.readOn(this);
                    note = sentence;
                });
    }
}
