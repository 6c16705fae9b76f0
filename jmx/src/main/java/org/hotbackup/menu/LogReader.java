package org.hotbackup.menu;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hotbackup.control.ControlDirectory;
import org.hotbackup.control.LogMessage;
import org.hotbackup.control.LogPage;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.menu.Area.Message;
import org.hotbackup.menu.Area.Tone;

/** Reads a log page by page, from the last message back (HB-095). Holds a part of it only. */
final class LogReader implements Reader {

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

    private final String title;
    private final Function<ControlDirectory, MessageLog> log;

    private LogReader(String title, Function<ControlDirectory, MessageLog> log) {
        this.title = title;
        this.log = log;
    }

    /** The permanent log. */
    static void open(Session session) {
        open(session, "Permanent log", controls -> MessageLog.of(controls.permanentLog()));
    }

    /**
     * Any log.
     *
     * @param log is asked for each page
     */
    static void open(Session session, String title, Function<ControlDirectory, MessageLog> log) {
        session.ask(title, controls -> log.apply(controls).back("", PAGE), page -> {
            LogReader reader = new LogReader(title, log);
            reader.entries.addAll(page.messages());
            session.read(title, reader.messages(), reader);
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
            load(session, known -> known.from(text, PAGE), page -> {
                if (page.messages().isEmpty()) {
                    note = MessageCode.MENU_LOG_ENDS.text();
                } else {
                    show(session, page.messages());
                }
            });
        } else {
            sought = when.group(2);
            search(session, known -> known.placeOf(when.group(1)));
        }
    }

    private void next(Session session) {
        Area area = session.area();
        if (!area.isAtEnd()) {
            area.turn(1);
            return;
        }
        String last = entries.isEmpty() ? "" : entries.get(entries.size() - 1).id();
        load(session, known -> known.next(last, PAGE), page -> {
            if (page.messages().isEmpty()) {
                note = MessageCode.MENU_LOG_ENDS.text();
                return;
            }
            int before = entries.size();
            entries.addAll(page.messages());
            int dropped = Math.max(0, entries.size() - MOST);
            entries.subList(0, dropped).clear();
            area.show(title, messages());
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
        load(session, known -> known.back(first, PAGE), page -> {
            if (page.messages().isEmpty()) {
                note = MessageCode.MENU_LOG_BEGINS.text();
                return;
            }
            entries.addAll(0, page.messages());
            if (entries.size() > MOST) {
                entries.subList(MOST, entries.size()).clear();
            }
            area.show(title, messages());
            area.turnToMessage(page.messages().size());
            area.turn(-1);
        });
    }

    /** From the message behind the first one that is shown. */
    private void search(Session session) {
        if (!sought.isEmpty() && !entries.isEmpty()) {
            String from = entries.get(session.area().firstShown()).id();
            search(session, known -> from);
        }
    }

    private void search(Session session, Function<MessageLog, String> from) {
        String text = sought;
        load(session, known -> find(known, text, from.apply(known)), found -> {
            if (found.isEmpty()) {
                note = MessageCode.MENU_TEXT_NOT_FOUND.text(text);
            } else {
                show(session, found);
            }
        });
    }

    /** The first message with a text after one, and those after it; empty if there is none. */
    private static List<LogMessage> find(MessageLog log, String text, String after) {
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
        session.area().show(title, messages());
    }

    /** What is refused is said where the keys are: the page stays. */
    private <T> void load(Session session, Function<MessageLog, T> question, Consumer<T> answer) {
        session.ask(
                title,
                controls -> question.apply(log.apply(controls)),
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
