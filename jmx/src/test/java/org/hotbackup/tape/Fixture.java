package org.hotbackup.tape;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;

/** The images in the test resources, whose README says how they are written down. */
final class Fixture {

    private static final String SHOWN = "~^]\\[";
    private static final int FIRST_MARK = 0xFF;
    private static final int AREA = 500;
    private static final byte[] LINK = hex("00 00 00 00 F6 F6 F6 F6 F6 F6 F6 F6");

    private Fixture() {}

    static byte[] image(String name) {
        ByteArrayOutputStream image = new ByteArrayOutputStream();
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        ByteArrayOutputStream to = image;
        for (String line : lines(name)) {
            String[] words = line.split(" ", 2);
            switch (words[0]) {
                case "data" -> to = data;
                case "end" -> {
                    to = image;
                    fill(data, words[1], AREA);
                    cut(data.toByteArray(), image);
                    data.reset();
                }
                default -> add(words[0], words[1], to);
            }
        }
        return image.toByteArray();
    }

    private static List<String> lines(String name) {
        try (InputStream lines = Fixture.class.getResourceAsStream(name + ".txt")) {
            return new String(lines.readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void add(String word, String rest, ByteArrayOutputStream to) {
        String[] values = rest.split(" ", 2);
        switch (word) {
            case "hex" -> to.writeBytes(hex(rest));
            case "text" -> to.writeBytes(text(rest));
            case "times" -> {
                for (int i = 0; i < Integer.parseInt(values[0]); i++) {
                    to.writeBytes(hex(values[1]));
                }
            }
            case "fill" -> fill(to, values[0], Integer.parseInt(values[1]));
            default -> throw new IllegalArgumentException(word);
        }
    }

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits.replace(" ", ""));
    }

    private static void fill(ByteArrayOutputStream to, String with, int size) {
        while (to.size() % size != 0) {
            to.writeBytes(hex(with));
        }
    }

    private static void cut(byte[] data, ByteArrayOutputStream image) {
        for (int i = 0; i < data.length; i += AREA) {
            image.writeBytes(LINK);
            image.write(data, i, AREA);
        }
    }

    /** Bytes of a text with marks as people know them. */
    static byte[] text(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        for (int i = 0; i < bytes.length; i++) {
            int mark = SHOWN.indexOf(text.charAt(i));
            bytes[i] = mark < 0 ? bytes[i] : (byte) (FIRST_MARK - mark);
        }
        return bytes;
    }

    /** An item's bytes as such a text; what is neither a mark nor a character of ASCII as {@code <NN>}. */
    static String shown(byte[] bytes) {
        StringBuilder shown = new StringBuilder();
        for (byte b : bytes) {
            int mark = FIRST_MARK - (b & 0xFF);
            if (mark < SHOWN.length()) {
                shown.append(SHOWN.charAt(mark));
            } else if (b >= ' ' && b < 0x7F) {
                shown.append((char) b);
            } else {
                shown.append(String.format("<%02X>", b));
            }
        }
        return shown.toString();
    }
}
