package org.hotbackup.device;

import java.util.ArrayList;
import java.util.List;
import org.hotbackup.tape.TapeBlock;

/** A block in lines for people, 16 bytes each: as hexadecimal digits, and as text of ISO 8859-1. */
final class BlockText {

    private static final int LINE_BYTES = 16;
    private static final int PRINTABLE = 0x20;
    private static final int DELETE = 0x7F;
    private static final int NO_CONTROL = 0xA0;

    private BlockText() {}

    /** Its number, size and kind, then all its bytes; lines that repeat the one before are counted. */
    static List<String> lines(TapeBlock block) {
        List<String> lines = new ArrayList<>();
        byte[] raw = block.raw();
        lines.add("Reel " + block.reel() + ", block " + block.number() + ", " + raw.length + " bytes: " + kind(block));
        String last = "";
        int repeated = 0;
        for (int at = 0; at < raw.length; at += LINE_BYTES) {
            String line = line(raw, at);
            if (line.equals(last)) {
                repeated++;
                continue;
            }
            sayRepeated(lines, repeated);
            repeated = 0;
            lines.add(String.format("%05d  ", at) + line);
            last = line;
        }
        sayRepeated(lines, repeated);
        return lines;
    }

    private static void sayRepeated(List<String> lines, int repeated) {
        if (repeated > 0) {
            lines.add("       and " + repeated + " more like that");
        }
    }

    private static String kind(TapeBlock block) {
        return switch (block.kind()) {
            case FILEMARK -> "a filemark";
            case END_OF_VOLUME -> "the end of a reel";
            case BEGIN_OF_VOLUME -> "the beginning of a reel";
            case DATA -> block.isLabel() ? "a label" : "data";
        };
    }

    private static String line(byte[] raw, int at) {
        StringBuilder digits = new StringBuilder();
        StringBuilder text = new StringBuilder();
        for (int i = at; i < Math.min(raw.length, at + LINE_BYTES); i++) {
            int b = raw[i] & 0xFF;
            digits.append(String.format("%02X ", b));
            boolean shown = b >= PRINTABLE && b < DELETE || b >= NO_CONTROL;
            text.append(shown ? (char) b : '.');
        }
        return String.format("%-" + 3 * LINE_BYTES + "s %s", digits, text);
    }
}
