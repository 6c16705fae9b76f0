package org.hotbackup.menu;

import java.util.List;
import java.util.Optional;
import org.jline.utils.AttributedString;

/** What the menu section shows (HB-004), and what the keys do there. */
interface Page {

    /**
     * The menu section.
     *
     * @param lines at most as many as there is room for
     * @param cursorRow where something is written, or {@link Frame#NOWHERE}
     */
    record View(List<AttributedString> lines, int cursorRow, int cursorColumn) {

        View(List<AttributedString> lines) {
            this(lines, Frame.NOWHERE, Frame.NOWHERE);
        }
    }

    String title();

    /** What it shows in so many columns and rows. */
    View view(int columns, int rows);

    /** Takes a key. */
    void press(Key key, Session session);

    /** It is on top, for the first time or once more. */
    default void enter(Session session) {}

    /** It is on top, and there are other servers than before. */
    default void serversChanged(Session session) {}

    /** The keys that it knows, for the last line of the screen. */
    String keys();

    /** Its choices, if it has any. */
    default Optional<Menu> menu() {
        return Optional.empty();
    }

    /** Whether going back leads to what is behind it. */
    default boolean isPassed(Session session) {
        return false;
    }
}
