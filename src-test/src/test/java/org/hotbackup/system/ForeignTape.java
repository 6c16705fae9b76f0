package org.hotbackup.system;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A file save as R83 writes one (docs/tape-format.md), byte by byte and with all its oddities; by hand, not by our writer.
 */
final class ForeignTape {

    private static final int DATA = 500;
    private static final byte[] NOISE = {0, 0, 0, 0, (byte) 0xF6, (byte) 0xF6, 0, 1, 2, (byte) 0xCC, 4, 5};

    private final ByteArrayOutputStream image = new ByteArrayOutputStream();

    private ForeignTape() {}

    /**
     * The account ACC with a file of two sections, an item in its master dictionary, a synonym of a file, a binary item, an item
     * whose file nobody defined, and an item of SYSTEM itself.
     */
    static byte[] image() {
        ForeignTape tape = new ForeignTape();
        tape.filemark();
        tape.label("DATA R83_FILES");
        tape.stream("~D^0^1^0027SYSTEM^D^2263^11^1^^^BACA8BDE^^L^15~XC");
        tape.filemark();
        tape.label("DATA ACC R83_FILES");
        String frame = "4142FF43" + "00".repeat(DATA - 4);
        tape.stream("~D^1^2F^" + counted("ACC", "D^4621^19^1^^^BACA8BDE^^L^10^^^^(19,1)^")
                + "~D^2^30^" + counted("ORDERS", "D^5000^3^1^")
                + "~D^3^31^" + counted("ORDERS", "DL^5003^7^1^")
                + "~I31^1230^" + counted("1001", "first^second]third\\fourth^")
                + "~I31^1231^" + counted("1002", "^")
                + "~B31^1232^" + counted("BIN", "CC^2784^1^^02:51:57  04 JUL 1990^")
                + "~OC^0031^" + frame + "^"
                + "~I77^1232^" + counted("LOST", "nobody knows my file^")
                + "~I30^1233^" + counted("DATE", "A^2^")
                + "~Q^30^" + counted("SALES", "D^5000^3^1^")
                + "~I2F^1234^" + counted("LOGIN", "PQ^HTime^")
                + "~I1^1235^" + counted("SYN", "Q^ACC^")
                + "~XX");
        tape.filemark();
        tape.filemark();
        tape.label("STALE");
        return tape.image.toByteArray();
    }

    private static String counted(String name, String attributes) {
        return String.format("%04X", 4 + name.length() + 1 + attributes.length()) + name + "^" + attributes;
    }

    private static byte[] bytes(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        for (int i = 0; i < bytes.length; i++) {
            int mark = "[\\]^~".indexOf(bytes[i]);
            bytes[i] = mark < 0 ? bytes[i] : (byte) (0xFB + mark);
        }
        return bytes;
    }

    private void block(byte[] head, byte[] data, char fill) {
        byte[] area = Arrays.copyOf(data, DATA);
        Arrays.fill(area, data.length, DATA, (byte) fill);
        image.writeBytes(head);
        image.writeBytes(area);
    }

    private void filemark() {
        byte[] head = NOISE.clone();
        System.arraycopy(bytes("EOF~"), 0, head, 0, 4);
        block(head, bytes("left over from before"), '?');
    }

    private void label(String text) {
        block(NOISE, bytes(String.format("~L 01F4 00:57:14  04 JUL 1990 %-46s ^01", text)), '#');
    }

    private void stream(String records) {
        byte[] all = bytes(records);
        for (int from = 0; from < all.length; from += DATA) {
            block(NOISE, Arrays.copyOfRange(all, from, Math.min(all.length, from + DATA)), ' ');
        }
    }
}
