package org.hotbackup.menu;

import java.util.List;
import org.jline.utils.AttributedString;

/**
 * What is on the screen at a moment.
 *
 * @param lines from the top, none wider than the screen
 * @param cursorRow where somebody types, from 0; -1 if nothing is typed
 * @param cursorColumn the same
 */
public record Frame(List<AttributedString> lines, int cursorRow, int cursorColumn) {

    /** Of a cursor that is not shown. */
    static final int NOWHERE = -1;

    boolean hasCursor() {
        return cursorRow != NOWHERE;
    }

    /** Without colours, as a golden screen keeps it. */
    public String text() {
        StringBuilder text = new StringBuilder();
        lines.forEach(line -> text.append(line.toString().stripTrailing()).append('\n'));
        return text.toString();
    }
}
