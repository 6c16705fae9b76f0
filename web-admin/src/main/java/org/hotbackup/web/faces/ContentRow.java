package org.hotbackup.web.faces;

import java.util.Arrays;
import java.util.List;
import org.hotbackup.control.UpdateContent;
import org.hotbackup.model.ItemText;

/** One update of a queue entry or of a record of lost+found as the page shows it. Faces sees it, nobody else should. */
public final class ContentRow {

    /** The most bytes of an item that are shown; the rest is in the download. */
    static final int SHOWN_BYTES = 64 << 10;

    private static final int SHOWN_LINES = 1_000;

    private final UpdateContent update;
    private final boolean hex;

    ContentRow(UpdateContent update, boolean hex) {
        this.update = update;
        this.hex = hex;
    }

    public int getNumber() {
        return update.number();
    }

    public String getOperation() {
        return update.operation();
    }

    public String getFile() {
        return update.file();
    }

    public String getItem() {
        return update.item();
    }

    /** Whether it has bytes: an item, or the D-pointer that it gives a file. */
    public boolean isContent() {
        return update.bytes() != UpdateContent.NO_CONTENT;
    }

    public String getSize() {
        return Figures.size(update.bytes());
    }

    /** Its beginning: an attribute a line with the marks made visible, or in hex. */
    public String getBody() {
        byte[] shown = Arrays.copyOf(update.content(), Math.min(update.content().length, SHOWN_BYTES));
        List<String> lines = hex ? HexDump.lines(shown) : ItemText.lines(shown, SHOWN_LINES, SHOWN_BYTES);
        return String.join("\n", lines);
    }

    /** Whether more of it is in the download than is shown. */
    public boolean isCut() {
        return update.bytes() > Math.min(SHOWN_BYTES, update.content().length);
    }
}
