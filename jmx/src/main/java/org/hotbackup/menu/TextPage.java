package org.hotbackup.menu;

import java.util.ArrayList;
import java.util.List;
import org.jline.utils.AttributedString;

/** A text in the menu section, until somebody has read it (HB-074). */
final class TextPage implements Page {

    private static final String KEYS = "y RETURN ESC q back   ^N ^B pages   x exit";
    private static final int ROWS_AROUND = 4;

    private final String title;
    private final String question;
    private final List<String> lines;
    private int top;
    private int page = 1;

    TextPage(String title, String text, String question) {
        this.title = title;
        this.lines = Text.lines(text);
        this.question = question;
    }

    @Override
    public String title() {
        return title;
    }

    @Override
    public String keys() {
        return KEYS;
    }

    /** All of it. */
    List<String> lines() {
        return lines;
    }

    @Override
    public View view(int columns, int rows) {
        page = Math.max(1, rows - ROWS_AROUND);
        top = Math.max(0, Math.min(top, lines.size() - page));
        List<AttributedString> view = new ArrayList<>();
        view.add(Text.bold(Text.cut(" " + title, columns)));
        view.add(Text.plain(""));
        lines.subList(top, Math.min(lines.size(), top + page))
                .forEach(line -> view.add(Text.plain(Text.cut("   " + line, columns))));
        view.add(Text.plain(""));
        view.add(Text.plain(Text.cut(" " + question, columns)));
        return new View(view);
    }

    @Override
    public void press(Key key, Session session) {
        switch (key.kind()) {
            case DOWN -> top += page;
            case UP -> top -= page;
            case ENTER, ESCAPE -> session.back();
            case CHARACTER -> {
                if (key.isLetter('y') || key.isLetter('q')) {
                    session.back();
                } else if (key.isLetter('x')) {
                    session.exit();
                }
            }
            default -> {
                // the other keys are for input
            }
        }
    }
}
