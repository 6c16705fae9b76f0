package org.hotbackup.menu;

import java.io.IOException;
import java.util.Optional;
import org.hotbackup.menu.Key.Kind;

/**
 * Makes keys of what a terminal sends. ESC alone and the ESC that an arrow key begins with are told apart by time: a
 * terminal sends a key's bytes at once. A sequence that is no key of the menu is read to its end and dropped, so that F5
 * is not ESC, 1 and 5.
 */
final class KeyReader {

    /** Where characters come from. */
    interface Source {

        /** No character came in time. */
        int NOTHING_YET = -2;

        /** None will come any more. */
        int ENDED = -1;

        /** The next character, waiting at most so many milliseconds. */
        int read(long millis) throws IOException;
    }

    private static final int ESCAPE = 0x1B;
    private static final long SEQUENCE_MILLIS = 200;
    private static final int LONGEST_SEQUENCE = 32;

    private final Source source;
    private int pushedBack = Source.NOTHING_YET;

    KeyReader(Source source) {
        this.source = source;
    }

    /** The next key; empty if none of the menu's came in so many milliseconds. */
    Optional<Key> read(long millis) throws IOException {
        int character = pushedBack == Source.NOTHING_YET ? source.read(millis) : pushedBack;
        pushedBack = Source.NOTHING_YET;
        return switch (character) {
            case Source.NOTHING_YET -> Optional.empty();
            case Source.ENDED -> key(Kind.GONE);
            case ESCAPE -> afterEscape();
            case '\r', '\n' -> key(Kind.ENTER);
            case '\t' -> key(Kind.TAB);
            case 'N' & 0x1F -> key(Kind.DOWN);
            case 'B' & 0x1F -> key(Kind.UP);
            case 'X' & 0x1F -> key(Kind.CANCEL);
            case 'U' & 0x1F -> key(Kind.CLEAR);
            case 'L' & 0x1F -> key(Kind.REDRAW);
            case '\b', 0x7F -> key(Kind.BACKSPACE);
            default -> written((char) character);
        };
    }

    private static Optional<Key> key(Kind kind) {
        return Optional.of(Key.of(kind));
    }

    private Optional<Key> written(char character) throws IOException {
        if (Character.isISOControl(character)) {
            return Optional.empty();
        }
        if (!Character.isHighSurrogate(character)) {
            return Character.isLowSurrogate(character) ? Optional.empty() : Optional.of(Key.of(character));
        }
        int low = source.read(SEQUENCE_MILLIS);
        if (low >= 0 && Character.isLowSurrogate((char) low)) {
            return Optional.of(Key.of(Character.toCodePoint(character, (char) low)));
        }
        pushedBack = low;
        return Optional.empty();
    }

    private Optional<Key> afterEscape() throws IOException {
        int next = source.read(SEQUENCE_MILLIS);
        return switch (next) {
            case Source.NOTHING_YET -> key(Kind.ESCAPE);
            case '[' -> controlSequence();
            case 'O' -> keypad(source.read(SEQUENCE_MILLIS));
            default -> {
                // somebody types fast
                pushedBack = next;
                yield key(Kind.ESCAPE);
            }
        };
    }

    private Optional<Key> controlSequence() throws IOException {
        StringBuilder parameters = new StringBuilder();
        int next = source.read(SEQUENCE_MILLIS);
        if (next == '[') {
            // a function key of the Linux console has one character more
            source.read(SEQUENCE_MILLIS);
            return Optional.empty();
        }
        while (next >= ' ' && next < '@' && parameters.length() < LONGEST_SEQUENCE) {
            parameters.append((char) next);
            next = source.read(SEQUENCE_MILLIS);
        }
        return next == '~' ? numbered(parameters.toString().split(";")[0]) : cursorKey(next);
    }

    private static Optional<Key> numbered(String number) {
        return switch (number) {
            case "1", "7" -> key(Kind.HOME);
            case "4", "8" -> key(Kind.END);
            case "3" -> key(Kind.DELETE);
            case "5" -> key(Kind.PAGE_UP);
            case "6" -> key(Kind.PAGE_DOWN);
            default -> Optional.empty();
        };
    }

    private static Optional<Key> cursorKey(int last) {
        return switch (last) {
            case 'A' -> key(Kind.UP);
            case 'B' -> key(Kind.DOWN);
            case 'C' -> key(Kind.RIGHT);
            case 'D' -> key(Kind.LEFT);
            case 'H' -> key(Kind.HOME);
            case 'F' -> key(Kind.END);
            default -> Optional.empty();
        };
    }

    /** Keys of a keypad that does not send what stands on them. */
    private static Optional<Key> keypad(int last) {
        if (last >= 'p' && last <= 'y') {
            return Optional.of(Key.of('0' + last - 'p'));
        }
        return last == 'M' ? key(Kind.ENTER) : cursorKey(last);
    }
}
