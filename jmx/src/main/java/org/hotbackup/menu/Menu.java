package org.hotbackup.menu;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jline.utils.AttributedString;

/** A list of numbered choices (HB-002). */
class Menu implements Page {

    private static final String PROMPT = "Select and press <RETURN>";
    private static final String KEYS = "^N ^B move   RETURN 1-9 0=10 take   ESC q back   x exit   ? keys";
    /** Title, prompt and the blank lines around them. */
    private static final int ROWS_AROUND = 5;

    /** The choice that the digit 0 takes. */
    static final int TENTH = 10;

    private static final int NUMBER_COLUMNS = 7;
    private static final int LOW_SCREEN_ROWS = 14;

    private final String title;
    private List<Choice> choices;
    private int highlighted;
    private Consumer<Session> atEnd = session -> {};

    Menu(String title, List<Choice> choices) {
        this.title = title;
        this.choices = choices;
    }

    /** Other choices in the place of these. */
    final void set(List<Choice> others) {
        choices = others;
        highlighted = Math.max(0, Math.min(highlighted, choices.size() - 1));
    }

    /** The same with more at the end, the first of which is highlighted. */
    final void more(List<Choice> all) {
        int first = choices.size();
        set(all);
        highlighted = Math.min(first, choices.size() - 1);
    }

    /** Says what to do when somebody wants to move beyond the last choice. */
    final Menu atEnd(Consumer<Session> action) {
        atEnd = action;
        return this;
    }

    final List<Choice> choices() {
        return choices;
    }

    @Override
    public final Optional<Menu> menu() {
        return Optional.of(this);
    }

    @Override
    public final String title() {
        return title;
    }

    @Override
    public final String keys() {
        return KEYS;
    }

    @Override
    public final View view(int columns, int rows) {
        List<AttributedString> lines = new ArrayList<>();
        int room = rows - ROWS_AROUND;
        boolean twoColumns = rows <= LOW_SCREEN_ROWS && choices.size() > TENTH / 2 && isNarrow(columns / 2);
        int perColumn = twoColumns ? (choices.size() + 1) / 2 : Math.min(room, choices.size());
        int first = twoColumns ? 0 : Math.max(0, Math.min(highlighted - room / 2, choices.size() - perColumn));
        lines.add(Text.bold(Text.cut(" " + title + place(first, twoColumns ? choices.size() : perColumn), columns)));
        lines.add(Text.plain(""));
        for (int i = first; i < first + perColumn; i++) {
            AttributedString left = row(i, twoColumns ? columns / 2 : columns);
            lines.add(twoColumns ? Text.join(left, row(i + perColumn, columns / 2)) : left);
        }
        lines.add(Text.plain(""));
        String help = choices.isEmpty() ? "" : choices.get(highlighted).help();
        lines.add(Text.plain(" " + PROMPT));
        lines.add(Text.faint(Text.cut(" " + help, columns)));
        return new View(lines);
    }

    private boolean isNarrow(int columns) {
        return choices.stream().allMatch(choice -> Text.columns(choice.label()) + NUMBER_COLUMNS < columns);
    }

    private String place(int first, int shown) {
        return shown < choices.size() ? "   " + (first + 1) + "-" + (first + shown) + " of " + choices.size() : "";
    }

    private AttributedString row(int index, int columns) {
        if (index >= choices.size()) {
            return Text.plain(" ".repeat(columns));
        }
        boolean here = index == highlighted;
        String label = String.format(
                "%s%2d  %s ",
                here ? " > " : "   ", index + 1, choices.get(index).label());
        String cut = Text.cut(label, columns);
        String rest = " ".repeat(Math.max(0, columns - Text.columns(cut)));
        return Text.join(here ? Text.inverse(cut) : Text.plain(cut), Text.plain(rest));
    }

    @Override
    public final void press(Key key, Session session) {
        switch (key.kind()) {
            case DOWN, TAB -> move(1, session);
            case UP -> move(-1, session);
            case LEFT, RIGHT -> cross();
            case HOME -> highlighted = 0;
            case END -> highlighted = Math.max(0, choices.size() - 1);
            case ENTER -> take(highlighted + 1, session);
            case ESCAPE -> session.back();
            case CHARACTER -> character(key, session);
            default -> {
                // the other keys are for input
            }
        }
    }

    private void character(Key key, Session session) {
        if (key.choice() > 0) {
            take(key.choice(), session);
        } else if (key.isLetter('q')) {
            session.back();
        } else if (key.isLetter('x')) {
            session.exit();
        }
    }

    private void move(int by, Session session) {
        if (highlighted + by >= choices.size()) {
            atEnd.accept(session);
        }
        highlighted = Math.max(0, Math.min(highlighted + by, choices.size() - 1));
    }

    /** To the other one of two columns. */
    private void cross() {
        int half = (choices.size() + 1) / 2;
        if (choices.size() > TENTH / 2 && choices.size() <= TENTH) {
            int other = highlighted < half ? highlighted + half : highlighted - half;
            highlighted = Math.min(other, choices.size() - 1);
        }
    }

    /** Takes a choice, counted from 1, if there is one of this number. */
    final void take(int number, Session session) {
        if (number >= 1 && number <= choices.size()) {
            highlighted = number - 1;
            choices.get(highlighted).action().accept(session);
        }
    }
}
