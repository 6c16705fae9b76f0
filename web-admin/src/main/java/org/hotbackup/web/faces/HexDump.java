package org.hotbackup.web.faces;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Bytes as a line of sixteen each: where it begins, the bytes in hex, and those that are ASCII as characters. */
final class HexDump {

    static final int BYTES_A_LINE = 16;

    private static final HexFormat HEX = HexFormat.ofDelimiter(" ").withUpperCase();

    private HexDump() {}

    /** Its lines. */
    static List<String> lines(byte[] bytes) {
        List<String> lines = new ArrayList<>();
        for (int from = 0; from < bytes.length; from += BYTES_A_LINE) {
            int to = Math.min(bytes.length, from + BYTES_A_LINE);
            lines.add(String.format(
                    "%08X  %-47s  %s", from, HEX.formatHex(bytes, from, to), characters(bytes, from, to)));
        }
        return lines;
    }

    private static String characters(byte[] bytes, int from, int to) {
        StringBuilder shown = new StringBuilder();
        for (int i = from; i < to; i++) {
            shown.append(bytes[i] >= ' ' && bytes[i] < 0x7F ? (char) bytes[i] : '.');
        }
        return shown.toString();
    }
}
