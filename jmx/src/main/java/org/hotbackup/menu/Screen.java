package org.hotbackup.menu;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hotbackup.control.messages.MessageCode;
import org.jline.utils.AttributedString;

/** Where everything of a session stands on a terminal of some size: header, menu section, message section, keys. */
final class Screen {

    /** What it needs at least. */
    static final int LEAST_COLUMNS = 80;

    /** The same. */
    static final int LEAST_ROWS = 24;

    private static final int HEADER_ROWS = 3;
    private static final int SPACIOUS_ROWS = 30;
    private static final int LEAST_MESSAGE_ROWS = 5;

    private final Session session;
    private int columns = LEAST_COLUMNS;
    private int rows = LEAST_ROWS;

    Screen(Session session) {
        this.session = session;
    }

    /** The terminal has this size now. */
    void resize(int newColumns, int newRows) {
        columns = Math.max(1, newColumns);
        rows = Math.max(1, newRows);
        layOut();
    }

    boolean isTooSmall() {
        return columns < LEAST_COLUMNS || rows < LEAST_ROWS;
    }

    private int menuRows() {
        return Math.max(rows - HEADER_ROWS - 2 - LEAST_MESSAGE_ROWS - (rows - LEAST_ROWS) / 2, 1);
    }

    /** Gives the message section what the menu section leaves. */
    Page.View layOut() {
        Page page = session.page();
        Page.View view = page == null ? new Page.View(List.of()) : page.view(columns, menuRows());
        if (session.hasReader() && rows < SPACIOUS_ROWS) {
            // on a low screen what is read would have half a page; the menu is only read past
            view = new Page.View(view.lines().subList(0, 1));
        }
        session.area().resize(columns - 2, rows - HEADER_ROWS - view.lines().size() - 2);
        return view;
    }

    /** What is to be on the screen now. */
    Frame frame() {
        if (isTooSmall()) {
            return tooSmall();
        }
        Page.View view = layOut();
        List<AttributedString> lines = new ArrayList<>();
        lines.add(Text.bold(Text.between(" " + session.kind().command(), nodeAndHealth() + " ", columns)));
        lines.add(Text.plain(
                Text.between(" " + session.server(), session.lookout().condition() + " ", columns)));
        lines.add(Text.plain("-".repeat(columns)));
        lines.addAll(view.lines());
        lines.add(Text.bold(areaTitle()));
        lines.addAll(session.area().view());
        Optional<LineEdit> command = session.messages().command();
        if (command.isPresent()) {
            String before = " :" + Text.safe(command.get().beforeCursor());
            lines.add(Text.plain(Text.cut(" :" + Text.safe(command.get().text()), columns)));
            return new Frame(lines, lines.size() - 1, Math.min(columns - 1, Text.columns(before)));
        }
        lines.add(Text.plain(Text.cut(" " + session.keys(), columns)));
        return view.cursorRow() < 0 || session.isReading()
                ? new Frame(lines, Frame.NOWHERE, Frame.NOWHERE)
                : new Frame(lines, HEADER_ROWS + view.cursorRow(), view.cursorColumn());
    }

    private Frame tooSmall() {
        String sentence = MessageCode.MENU_TOO_SMALL.text(columns, rows, LEAST_COLUMNS, LEAST_ROWS);
        List<AttributedString> lines = new ArrayList<>();
        for (String line : Text.wrap(sentence, columns, 0)) {
            if (lines.size() < rows) {
                lines.add(Text.plain(Text.cut(line, columns)));
            }
        }
        return new Frame(lines, Frame.NOWHERE, Frame.NOWHERE);
    }

    private String nodeAndHealth() {
        String node = session.node();
        if (node.isEmpty()) {
            return "";
        }
        String where = node.equals(session.address()) ? "" : " at " + session.address();
        return Text.safe("node " + node + where) + "   " + session.lookout().health();
    }

    private String areaTitle() {
        Calls calls = session.calls();
        String title = calls.isBusy()
                ? Texts.busy(calls.doing(), calls.seconds())
                : Text.safe(session.area().title());
        String place = session.area().place();
        String right = place.isEmpty() ? "" : " " + place + " --";
        String left = title.isEmpty() ? "" : "-- " + Text.cut(title, columns - Text.columns(right) - 6) + " ";
        return left + "-".repeat(Math.max(0, columns - Text.columns(left) - Text.columns(right))) + right;
    }
}
