package org.hotbackup.menu;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.hotbackup.control.ControlDirectory;
import org.hotbackup.control.UpdateContent;
import org.hotbackup.menu.PagedText.Part;
import org.hotbackup.model.Marks;

/** The updates of a record of lost+found, or of an entry of the queue, byte for byte, as many at a time as can be looked at. */
final class ContentPages {

    private static final int PAGE = 100;
    private static final int BYTES_AT_ONCE = 16_384;
    private static final int BYTES_OF_LINE = 16;
    private static final int FIRST_PRINTABLE = 0x20;
    private static final int LAST_PRINTABLE = 0x7E;

    /** Where updates are read. */
    interface Contents {

        /** Those after a number, the first of them from this byte of its item on, at most so many; empty at the end. */
        List<UpdateContent> read(ControlDirectory controls, int after, long offset, int limit);
    }

    private ContentPages() {}

    static void open(Session session, String title, Contents contents) {
        PagedText.open(session, title, controls -> part(controls, contents, 0, 0));
    }

    private static Part part(ControlDirectory controls, Contents contents, int after, long offset) {
        StringBuilder text = new StringBuilder();
        int room = BYTES_AT_ONCE;
        int reached = after;
        long from = offset;
        List<UpdateContent> page = contents.read(controls, after, offset, PAGE);
        for (UpdateContent update : page) {
            if (room <= 0) {
                break;
            }
            if (update.offset() == 0) {
                text.append(heading(update)).append('\n');
            }
            int shown = Math.min(room, update.content().length);
            append(text, update, shown);
            room -= Math.max(1, shown);
            boolean whole = update.offset() + shown >= update.bytes();
            reached = whole ? update.number() : update.number() - 1;
            from = whole ? 0 : update.offset() + shown;
        }
        if (room > 0 && page.size() < PAGE) {
            return new Part(text.toString(), Optional.empty());
        }
        int last = reached;
        long next = from;
        return new Part(text.toString(), Optional.of(again -> part(again, contents, last, next)));
    }

    private static String heading(UpdateContent update) {
        String item = update.item().isEmpty() ? "" : "  item '" + update.item() + "'";
        String bytes = update.bytes() == UpdateContent.NO_CONTENT
                ? ""
                : "  " + update.bytes() + (update.bytes() == 1 ? " byte" : " bytes");
        return "Update " + update.number() + "  " + update.operation() + "  " + update.file() + item + bytes;
    }

    private static void append(StringBuilder text, UpdateContent update, int shown) {
        for (int at = 0; at < shown; at += BYTES_OF_LINE) {
            StringBuilder hex = new StringBuilder();
            StringBuilder plain = new StringBuilder();
            for (int i = at; i < Math.min(at + BYTES_OF_LINE, shown); i++) {
                hex.append(String.format("%02X ", update.content()[i]));
                plain.append(character(update.content()[i]));
            }
            text.append(String.format(
                            Locale.ROOT, "%8d  %-" + 3 * BYTES_OF_LINE + "s %s", update.offset() + at, hex, plain))
                    .append('\n');
        }
    }

    /** As Pick shows marks; other bytes that are no text as dots. */
    private static char character(byte b) {
        return switch (b) {
            case Marks.ATTRIBUTE -> '^';
            case Marks.VALUE -> ']';
            case Marks.SUBVALUE -> '\\';
            default -> b >= FIRST_PRINTABLE && b <= LAST_PRINTABLE ? (char) b : '.';
        };
    }
}
