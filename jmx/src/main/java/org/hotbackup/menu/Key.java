package org.hotbackup.menu;

/**
 * A key as the menu knows it (HB-002), whatever bytes a terminal sends for it.
 *
 * @param kind which one
 * @param character the code point of a {@link Kind#CHARACTER}, else 0
 */
public record Key(Kind kind, int character) {

    /** The keys. */
    public enum Kind {
        /** Something that can be written. */
        CHARACTER,
        ENTER,
        /** CTRL-N or the down arrow. */
        DOWN,
        /** CTRL-B or the up arrow. */
        UP,
        LEFT,
        RIGHT,
        HOME,
        END,
        PAGE_DOWN,
        PAGE_UP,
        TAB,
        BACKSPACE,
        DELETE,
        /** CTRL-U: empties a field. */
        CLEAR,
        /** CTRL-X: cancels input. */
        CANCEL,
        ESCAPE,
        /** CTRL-L: draws the screen anew. */
        REDRAW,
        /** There is nobody at the keys any more. */
        GONE
    }

    /** A key that writes nothing. */
    public static Key of(Kind kind) {
        return new Key(kind, 0);
    }

    /** The key of a character. */
    public static Key of(int character) {
        return new Key(Kind.CHARACTER, character);
    }

    /** Whether it only moves something on the screen. */
    boolean isMove() {
        return switch (kind) {
            case DOWN, UP, LEFT, RIGHT, HOME, END, PAGE_DOWN, PAGE_UP -> true;
            default -> false;
        };
    }

    /** Whether it is this letter, large or small. */
    boolean isLetter(char letter) {
        return kind == Kind.CHARACTER && Character.toLowerCase(character) == letter;
    }

    /** The choice that a digit picks, counted from 1: 0 is the tenth; 0 if it is no digit. */
    int choice() {
        if (kind != Kind.CHARACTER || character < '0' || character > '9') {
            return 0;
        }
        return character == '0' ? Menu.TENTH : character - '0';
    }
}
