package org.hotbackup.menu;

/** One line of input that is being written. Counts in code points. */
final class LineEdit {

    private static final int LONGEST = 1000;

    private final StringBuilder text = new StringBuilder();
    private int cursor;
    /** Nothing was typed yet: what is typed first takes the place of what is there. */
    private boolean untouched = true;

    LineEdit(String value) {
        text.append(value);
        cursor = length();
    }

    String text() {
        return text.toString();
    }

    boolean isUntouched() {
        return untouched;
    }

    private int length() {
        return text.codePointCount(0, text.length());
    }

    private int index(int codePoints) {
        return text.offsetByCodePoints(0, codePoints);
    }

    /** What is before the cursor. */
    String beforeCursor() {
        return text.substring(0, index(cursor));
    }

    /** Takes a key; false if it is none that edits. */
    boolean press(Key key) {
        switch (key.kind()) {
            case CHARACTER -> write(key.character());
            case BACKSPACE -> {
                if (cursor > 0) {
                    delete(cursor - 1);
                    cursor--;
                }
            }
            case DELETE -> delete(cursor);
            case LEFT -> cursor = Math.max(0, cursor - 1);
            case RIGHT -> cursor = Math.min(length(), cursor + 1);
            case HOME -> cursor = 0;
            case END -> cursor = length();
            case CLEAR -> clear();
            default -> {
                return false;
            }
        }
        untouched = false;
        return true;
    }

    private void write(int character) {
        if (untouched) {
            clear();
        }
        if (length() < LONGEST) {
            text.insert(index(cursor), Character.toString(character));
            cursor++;
        }
    }

    private void delete(int at) {
        if (at < length()) {
            text.delete(index(at), index(at + 1));
        }
    }

    private void clear() {
        text.setLength(0);
        cursor = 0;
    }
}
