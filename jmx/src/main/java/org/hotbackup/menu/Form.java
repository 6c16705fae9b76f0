package org.hotbackup.menu;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.jline.utils.AttributedString;

/**
 * Input: fields one under the other, of which one is written at a time. A value that is not valid keeps the cursor where it
 * is (HB-003); nothing is done before the last field is filled in.
 */
final class Form implements Page {

    private static final String KEYS = "RETURN ^N next   ^B back   ^U empty   ^X ESC cancel   what you type replaces";
    private static final String KEYS_ONE = "RETURN done   ^U empty   ^X ESC cancel";
    /** The last field of a form that asks (HB-062). */
    private static final String CONFIRM = "Confirm (y/n/q)";
    /** The same where there are no fields to go back to. */
    private static final String CONFIRM_ONLY = "Confirm (y/n)";

    private static final String NOT_APPLICABLE = "-";
    private static final int MARGIN = 3;
    /** Title, blank lines, and what a form is about if that is short. */
    private static final int ROWS_OF_INTRO = 7;

    private final String title;
    private final String intro;
    private final List<Field> fields;
    private final boolean confirmed;
    private final BiConsumer<Session, Map<String, String>> done;
    private final Map<String, String> values = new HashMap<>();
    private int current = -1;
    private LineEdit edit = new LineEdit("");

    /**
     * A form.
     *
     * @param intro what it is about, the effect in numbers; may be empty
     * @param confirmed whether y, n or q is asked for at the end (HB-062)
     * @param done what to do with the values of the fields that apply
     */
    Form(
            String title,
            String intro,
            List<Field> fields,
            boolean confirmed,
            BiConsumer<Session, Map<String, String>> done) {
        this.title = title;
        this.intro = intro;
        this.fields = new ArrayList<>(fields);
        this.confirmed = confirmed;
        this.done = done;
        if (confirmed) {
            this.fields.add(
                    fields.isEmpty()
                            ? Field.of(CONFIRM, CONFIRM_ONLY, Texts.CONFIRM_ONLY_HELP, "", Form::yesNoOrQuit)
                            : Field.of(CONFIRM, CONFIRM, Texts.CONFIRM_HELP, "", Form::yesNoOrQuit));
        }
        this.fields.forEach(field -> values.put(field.key(), field.value()));
    }

    private static String yesNoOrQuit(String given) {
        String answer = given.toLowerCase(Locale.ROOT);
        if (!answer.matches("[ynq]")) {
            throw new Refusal(MessageCode.MENU_TYPE, "y, n or q");
        }
        return answer;
    }

    @Override
    public String title() {
        return title;
    }

    @Override
    public String keys() {
        return fields.size() == 1 ? KEYS_ONE : KEYS;
    }

    @Override
    public void enter(Session session) {
        if (current < 0) {
            to(next(-1), session);
        }
    }

    String intro() {
        return intro;
    }

    Field field() {
        return fields.get(current);
    }

    String value() {
        return edit.text();
    }

    /** Puts a value into the field in which the cursor is. */
    void write(String value) {
        edit = new LineEdit(value);
    }

    @Override
    public View view(int columns, int rows) {
        List<AttributedString> lines = new ArrayList<>();
        lines.add(Text.bold(Text.cut(" " + title, columns)));
        boolean roomy = rows > fields.size() + ROWS_OF_INTRO;
        if (roomy) {
            lines.add(Text.plain(""));
        }
        if (!intro.isEmpty()) {
            for (String line : Text.lines(intro)) {
                Text.wrap(line, columns - 2, 0).forEach(part -> lines.add(Text.plain(" " + part)));
            }
            if (roomy) {
                lines.add(Text.plain(""));
            }
        }
        int cursorRow = Frame.NOWHERE;
        int cursorColumn = Frame.NOWHERE;
        int labels = fields.stream()
                .mapToInt(field -> Text.columns(field.label()))
                .max()
                .orElse(0);
        int room = Math.max(1, columns - labels - 2 * MARGIN - 1);
        int first = Math.max(0, Math.min(current, fields.size() - Math.max(1, rows - lines.size())));
        for (int i = first; i < fields.size() && lines.size() < rows; i++) {
            Field field = fields.get(i);
            String label = (i == current ? " > " : "   ") + Text.fit(field.label(), labels) + " : ";
            if (i == current) {
                cursorRow = lines.size();
                String before = field.shown(edit.beforeCursor());
                String all = field.shown(edit.text());
                int hidden = Math.max(0, Text.columns(before) - room + 1);
                String shown = Text.cut(all.substring(Text.cut(all, hidden).length()), room);
                cursorColumn = Text.columns(label) + Text.columns(before) - Text.columns(Text.cut(all, hidden));
                boolean chosen = edit.isUntouched() && !shown.isEmpty();
                lines.add(Text.join(Text.bold(label), chosen ? Text.inverse(shown) : Text.plain(shown)));
            } else {
                String value = field.applies().test(values) ? values.get(field.key()) : NOT_APPLICABLE;
                lines.add(Text.plain(Text.cut(label + field.shown(value), columns)));
            }
        }
        if (roomy) {
            lines.add(Text.plain(""));
        }
        return new View(lines, cursorRow, cursorColumn);
    }

    @Override
    public void press(Key key, Session session) {
        switch (key.kind()) {
            case CANCEL, ESCAPE -> session.cancel(this);
            case ENTER, DOWN, TAB -> accept(session);
            case UP -> {
                int before = before(current);
                if (before >= 0) {
                    values.put(field().key(), edit.text());
                    to(before, session);
                }
            }
            default -> edit.press(key);
        }
    }

    private void accept(Session session) {
        String given =
                field().kind() == Field.Kind.SECRET ? edit.text() : edit.text().strip();
        try {
            values.put(field().key(), field().check().apply(given));
        } catch (Refusal e) {
            edit = new LineEdit(given);
            session.help(field(), e.getMessage());
            return;
        }
        if (next(current) < fields.size()) {
            to(next(current), session);
        } else if (!confirmed || values.get(CONFIRM).equals("y")) {
            done.accept(session, applicable());
        } else if (fields.size() == 1 || values.get(CONFIRM).equals("q")) {
            session.cancel(this);
        } else {
            values.put(CONFIRM, "");
            to(next(-1), session);
        }
    }

    private Map<String, String> applicable() {
        Map<String, String> applicable = new LinkedHashMap<>();
        for (Field field : fields) {
            if (field.applies().test(values) && !field.isFixed() && !field.key().equals(CONFIRM)) {
                applicable.put(field.key(), values.get(field.key()));
            }
        }
        return applicable;
    }

    private void to(int index, Session session) {
        current = index;
        edit = new LineEdit(values.get(field().key()));
        session.help(field(), "");
    }

    private boolean isEntered(int index) {
        return !fields.get(index).isFixed() && fields.get(index).applies().test(values);
    }

    private int next(int from) {
        int index = from + 1;
        while (index < fields.size() && !isEntered(index)) {
            index++;
        }
        return index;
    }

    private int before(int from) {
        int index = from - 1;
        while (index >= 0 && !isEntered(index)) {
            index--;
        }
        return index;
    }
}
