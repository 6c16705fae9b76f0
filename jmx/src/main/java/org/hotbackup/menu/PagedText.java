package org.hotbackup.menu;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.hotbackup.control.ControlDirectory;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.menu.Area.Message;
import org.hotbackup.menu.Area.Tone;

/** A text that the node gives part by part: the next one is asked for when somebody turns beyond the end. */
final class PagedText implements Reader {

    private static final String KEYS = "^N next   ^B back   q ESC return   x exit";
    private static final int MOST_LINES = 20_000;

    /**
     * A part of it.
     *
     * @param text its lines
     * @param next asks for the part behind it; empty if this is the last one
     */
    record Part(String text, Optional<Function<ControlDirectory, Part>> next) {

        /**
         * A page of a list, a line for each element.
         *
         * @param limit how many elements were asked for: if there are fewer it was the last page
         * @param behind asks for the page behind an element
         */
        static <T> Part of(
                List<T> page,
                int limit,
                Function<T, String> line,
                Function<T, Function<ControlDirectory, Part>> behind) {
            return new Part(
                    page.stream().map(line).collect(Collectors.joining("\n")),
                    page.size() < limit ? Optional.empty() : Optional.of(behind.apply(page.get(page.size() - 1))));
        }
    }

    private final String title;
    private Optional<Function<ControlDirectory, Part>> next;
    private String note = "";

    private PagedText(String title, Optional<Function<ControlDirectory, Part>> next) {
        this.title = title;
        this.next = next;
    }

    /** Shows it from its beginning; what has one part only is shown like any other text. */
    static void open(Session session, String title, Function<ControlDirectory, Part> first) {
        session.ask(title, first, part -> {
            String text = part.text().isEmpty() ? MessageCode.MENU_NOTHING.text() : part.text();
            if (part.next().isEmpty()) {
                session.show(title, text);
            } else {
                session.read(title, Area.messages(text, Tone.PLAIN), new PagedText(title, part.next()));
            }
        });
    }

    @Override
    public String keys() {
        return note.isEmpty() ? KEYS : note;
    }

    @Override
    public Optional<LineEdit> command() {
        return Optional.empty();
    }

    @Override
    public boolean press(Key key, Session session) {
        note = "";
        boolean forward = key.kind() == Key.Kind.DOWN || key.kind() == Key.Kind.PAGE_DOWN || key.isLetter(' ');
        if (!forward || !session.area().isAtEnd()) {
            return false;
        }
        if (next.isEmpty()) {
            note = MessageCode.MENU_LIST_ENDS.text();
        } else {
            session.ask(
                    title,
                    next.get(),
                    part -> {
                        session.readOn(this);
                        append(part, session.area());
                    },
                    sentence -> {
                        session.readOn(this);
                        note = sentence;
                    });
        }
        return true;
    }

    private void append(Part part, Area area) {
        next = part.next();
        if (part.text().isEmpty()) {
            note = MessageCode.MENU_LIST_ENDS.text();
            return;
        }
        List<Message> messages = new ArrayList<>(area.messages());
        int before = messages.size();
        messages.addAll(Area.messages(part.text(), Tone.PLAIN));
        int dropped = Math.max(0, messages.size() - MOST_LINES);
        messages.subList(0, dropped).clear();
        area.show(title, messages);
        area.turnToMessage(before - dropped);
    }
}
