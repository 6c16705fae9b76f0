package org.hotbackup.menu;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hotbackup.menu.Area.Message;
import org.hotbackup.menu.Area.Tone;

/** The message section (HB-004): what it shows, and the keys while it is read because there is more than a page of it. */
final class MessageSection {

    private static final String KEYS = "^N next page   ^B page back   RETURN ESC q to the menu   x exit";

    private final Area area = new Area();
    private final Runnable layOut;
    private boolean reading;
    /** What has the keys while it is read, if it can do more than turn pages. */
    private Reader reader;

    /**
     * An empty one.
     *
     * @param layOut gives the area its size on the screen
     */
    MessageSection(Runnable layOut) {
        this.layOut = layOut;
    }

    Area area() {
        return area;
    }

    /** Whether it has the keys. */
    boolean isReading() {
        return reading;
    }

    /** Whether what is read can do more than turn its pages. */
    boolean hasReader() {
        return reading && reader != null;
    }

    /** The command line of what is read, while there is one. */
    Optional<LineEdit> command() {
        return hasReader() ? reader.command() : Optional.empty();
    }

    void show(String title, String text) {
        area.show(title, Area.messages(text, Tone.PLAIN));
        readIfLong();
    }

    /** Shows a text with a reader of its own, which has the keys. */
    void read(String title, List<Message> messages, Reader with) {
        area.show(title, messages);
        readOn(with);
        layOut.run();
    }

    /** Gives a reader the keys again that it had before it asked the node. */
    void readOn(Reader with) {
        reading = true;
        reader = with;
    }

    /** Shows what is wrong. */
    void fail(String title, String sentence) {
        area.show(title, Area.messages(sentence, Tone.ERROR));
        stopReading();
    }

    /** More of what is shown. */
    void add(String text) {
        List<Message> messages = new ArrayList<>(area.messages());
        messages.addAll(Area.messages(text, Tone.PLAIN));
        area.update(area.title(), messages);
        readIfLong();
    }

    /** Help for a field, below what is wrong with it if anything is (HB-003). */
    void help(Field field, String wrong) {
        List<Message> messages = new ArrayList<>();
        if (!wrong.isEmpty()) {
            messages.addAll(Area.messages(wrong, Tone.ERROR));
        }
        messages.addAll(Area.messages(field.help(), Tone.PLAIN));
        area.show(field.label(), messages);
        stopReading();
    }

    /** Takes the keys if there is more than a page. */
    void readIfLong() {
        layOut.run();
        reading = !area.fits();
        reader = null;
    }

    /** The node is asked something: only a reader, which asks for more of the same, keeps the keys. */
    void await() {
        reading = hasReader();
    }

    /** Takes a key, if it is one for reading and somebody reads. */
    boolean press(Key key, Session session) {
        if (!reading) {
            return false;
        }
        if (reader != null && reader.press(key, session)) {
            return true;
        }
        switch (key.kind()) {
            case DOWN, PAGE_DOWN -> area.turn(1);
            case UP, PAGE_UP -> area.turn(-1);
            case HOME -> area.turnToMessage(0);
            case END -> area.turnToEnd();
            case ENTER, ESCAPE, TAB -> stopReading();
            default -> {
                return pressLetter(key);
            }
        }
        return true;
    }

    private boolean pressLetter(Key key) {
        if (key.isLetter(' ')) {
            area.turn(1);
        } else if (key.isLetter('q') || key.isLetter('y')) {
            stopReading();
        } else {
            return false;
        }
        return true;
    }

    /** Gives the keys back to the menu section. */
    void stopReading() {
        reading = false;
        reader = null;
    }

    /** The keys that it knows, while it has them. */
    String keys() {
        return reader == null ? KEYS : reader.keys();
    }
}
