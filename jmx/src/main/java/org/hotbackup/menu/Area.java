package org.hotbackup.menu;

import java.util.ArrayList;
import java.util.List;
import org.jline.utils.AttributedString;

/** The message section (HB-004): a title, and of its lines as many as there is room for, a page at a time. */
final class Area {

    /** How a line looks. */
    enum Tone {
        PLAIN,
        ERROR,
        /** What was searched for. */
        FOUND
    }

    /**
     * A line before it is broken to the width of the screen.
     *
     * @param text safe to show
     */
    record Message(String text, Tone tone) {}

    /** A line as it is broken, and of which message it is a part. */
    private record Row(String text, Tone tone, int message) {}

    private static final int INDENT = 4;

    private String title = "";
    private List<Message> messages = List.of();
    private List<Row> rows = List.of();
    private int top;
    private int columns = 1;
    private int height = 1;

    String title() {
        return title;
    }

    List<Message> messages() {
        return messages;
    }

    void clear() {
        show("", List.of());
    }

    /** Something new, from its beginning. */
    void show(String newTitle, List<Message> newMessages) {
        title = newTitle;
        messages = newMessages;
        top = 0;
        wrap();
    }

    /** The same as it is now: where it is being read stays. */
    void update(String newTitle, List<Message> newMessages) {
        title = newTitle;
        messages = newMessages;
        wrap();
        turnTo(top);
    }

    /** Lines of one tone from a text of any origin. */
    static List<Message> messages(String text, Tone tone) {
        return Text.lines(text).stream().map(line -> new Message(line, tone)).toList();
    }

    void resize(int newColumns, int newHeight) {
        if (newColumns == columns && newHeight == height) {
            return;
        }
        columns = Math.max(1, newColumns);
        height = Math.max(1, newHeight);
        int reading = rows.isEmpty() ? 0 : rows.get(top).message();
        wrap();
        top = 0;
        while (top < rows.size() - 1 && rows.get(top).message() < reading) {
            top++;
        }
        turnTo(top);
    }

    private void wrap() {
        List<Row> wrapped = new ArrayList<>();
        for (int i = 0; i < messages.size(); i++) {
            Message message = messages.get(i);
            for (String part : Text.wrap(message.text(), columns, INDENT)) {
                wrapped.add(new Row(part, message.tone(), i));
            }
        }
        rows = wrapped;
    }

    boolean fits() {
        return rows.size() <= height;
    }

    boolean isAtBeginning() {
        return top == 0;
    }

    boolean isAtEnd() {
        return top + height >= rows.size();
    }

    void turn(int pages) {
        turnTo(top + pages * height);
    }

    /** Shows the page that begins with a message. */
    void turnToMessage(int message) {
        int at = 0;
        while (at < rows.size() && rows.get(at).message() < message) {
            at++;
        }
        top = Math.max(0, Math.min(at, rows.size() - 1));
    }

    void turnToEnd() {
        turnTo(rows.size());
    }

    private void turnTo(int row) {
        top = Math.max(0, Math.min(row, rows.size() - height));
    }

    /** Which message the first line of the page is part of. */
    int firstShown() {
        return rows.isEmpty() ? 0 : rows.get(top).message();
    }

    int height() {
        return height;
    }

    /** Where the page is, if there is more than one; else empty. */
    String place() {
        return fits() ? "" : (top + 1) + "-" + Math.min(rows.size(), top + height) + " of " + rows.size();
    }

    /** The lines of this page, exactly as many as there is room for. */
    List<AttributedString> view() {
        List<AttributedString> view = new ArrayList<>();
        for (int i = top; i < top + height; i++) {
            Row row = i < rows.size() ? rows.get(i) : new Row("", Tone.PLAIN, 0);
            String text = Text.cut(" " + row.text(), columns + 1);
            view.add(
                    switch (row.tone()) {
                        case ERROR -> Text.red(text);
                        case FOUND -> Text.bold(text);
                        case PLAIN -> Text.plain(text);
                    });
        }
        return view;
    }
}
