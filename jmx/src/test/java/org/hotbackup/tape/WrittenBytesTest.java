package org.hotbackup.tape;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.hotbackup.model.DPointer;
import org.hotbackup.model.ItemId;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is written stands on the tape byte by byte as docs/tape-format.md has it. */
class WrittenBytesTest {

    private static final LocalDateTime TIME = LocalDateTime.of(1990, 7, 4, 0, 57, 14);
    private static final int BLOCK = 512;
    private static final int AREA = 500;

    private final Heard heard = new Heard();

    private static byte[] tape(Consumer<TapeWriter> writing) {
        ByteArrayOutputStream image = new ByteArrayOutputStream();
        try (TapeWriter tape = new TapeWriter(image, BlockFormat.FLOPPY, TIME)) {
            writing.accept(tape);
        }
        return image.toByteArray();
    }

    /** Each block in words: what its link field makes it, and its data without what fills it. */
    private static List<String> blocks(byte[] image) {
        return java.util.stream.IntStream.range(0, image.length / BLOCK)
                .mapToObj(i -> Arrays.copyOfRange(image, i * BLOCK, (i + 1) * BLOCK))
                .map(WrittenBytesTest::block)
                .toList();
    }

    private static String block(byte[] block) {
        String link = Fixture.shown(Arrays.copyOf(block, BLOCK - AREA)).replace("<00>", "");
        byte[] data = Arrays.copyOfRange(block, BLOCK - AREA, BLOCK);
        int end = AREA;
        while (end > 0 && data[end - 1] == data[AREA - 1]) {
            end--;
        }
        String filled = end == AREA ? "" : " +" + String.format("%02X", data[AREA - 1]);
        return link + Fixture.shown(Arrays.copyOf(data, end)) + filled;
    }

    @Test
    @Tag("TAPE-3")
    void shouldWriteALabel() {
        byte[] label = TapeLabel.of(AREA, TIME, "DATA R83_3.1_FILES", 1).bytes();

        assertThat(Fixture.shown(label))
                .isEqualTo("~L 01F4 00:57:14  04 JUL 1990 DATA R83_3.1_FILES" + " ".repeat(29) + "^01");
        assertThat(TapeLabel.of(8192, TIME, "x".repeat(60), 12).text()).hasSize(TapeLabel.TEXT_BYTES);
    }

    @Test
    @Tag("TAPE-2")
    @Tag("TAPE-5")
    @Tag("SUB-22")
    void shouldWriteAFileSave() {
        byte[] image = tape(tape -> {
            SaveWriter save = new SaveWriter(tape, "WEEK 27", true, TIME, heard);
            save.openAccount("ACC", pointer("D^4621^19^1^^^BACA8BDE^^L^10^^^(19,1)"));
            save.openFile("ORDERS", pointer("D^4656^1^1"), "dict ACC,ORDERS");
            long orders = save.number();
            save.openFile("ORDERS", pointer("D^4657^3^2"), "ACC,ORDERS");
            save.item(ItemId.of("1"), "one".getBytes(StandardCharsets.US_ASCII));
            save.item(ItemId.of("2"), new byte[0]);
            save.close();
            save.item(ItemId.of("TIME-X"), Fixture.text("A^3^TIME^^^^^^R^6"));
            save.close();
            save.synonym(orders, "ALSO", pointer("D^4656^1^1"));
            save.item(ItemId.of("pic"), Fixture.text("~Z"));
            save.close();
            save.end();
        });

        String label = "~L 01F4 00:57:14  04 JUL 1990 ";
        assertThat(blocks(image))
                .containsExactly(
                        "EOF~ +00",
                        label + "DATA WEEK 27" + " ".repeat(35) + "^01 +00",
                        "~D^0^1^0011SYSTEM^D^^11^~XC +20",
                        "EOF~HOT.BACKUP 00000001 049ADE53 +00",
                        label + "DATA ACC WEEK 27" + " ".repeat(31) + "^01 +00",
                        "~D^1^2^002EACC^D^4621^19^1^^^BACA8BDE^^L^10^^^(19,1)^"
                                + "~D^2^3^0016ORDERS^D^4656^1^1^"
                                + "~D^3^4^0016ORDERS^D^4657^3^2^"
                                // the hash of 1 is 49, modulo 3 one group of two frames behind 4657
                                + "~I4^1233^000A1^one^"
                                + "~I4^1235^00062^"
                                + "~I3^1230^001DTIME-X^A^3^TIME^^^^^^R^6^"
                                + "~Q^3^0014ALSO^D^4656^1^1^"
                                + "~B2^121F^0028pic^CC^0^1^^00:57:14  04 JUL 1990^2^"
                                + "~OC^0002^FF5A +30",
                        " +30",
                        "0".repeat(266) + "^~XX +20",
                        "EOF~HOT.BACKUP 00000003 ABCEAFC0 +00",
                        "EOF~ +00");
        assertThat(heard.notes).isEmpty();
    }

    private static DPointer pointer(String text) {
        return DPointer.ofItem(Fixture.text(text));
    }

    @Test
    @Tag("TAPE-4")
    void shouldWriteADump() {
        byte[] image = tape(tape -> {
            DumpWriter dump = new DumpWriter(tape, "DICT MD", TIME);
            dump.item(ItemId.of("one"), Fixture.text("a^b]c"));
            dump.item(ItemId.of("two"), new byte[0]);
            dump.end();
        });

        assertThat(blocks(image))
                .containsExactly(
                        "~L 01F4 00:57:14  04 JUL 1990 DICT MD" + " ".repeat(40) + "^01 +00",
                        "one^a^b]c^[two^[~X +FB",
                        "EOF~HOT.BACKUP 00000001 310B89F0 +00",
                        "EOF~ +00");
    }

    @Test
    @Tag("TAPE-11")
    void shouldSayThatADPointerCannotStandOnATape() {
        byte[] image = tape(tape -> {
            SaveWriter save = new SaveWriter(tape, "WEEK 27", false, TIME, heard);
            save.openAccount("acc", pointer("DL^base~^7"));
            save.close();
            save.end();
        });

        assertThat(heard.noteTexts())
                .containsExactly(
                        "LOSS HB5036 Reel 1, block 5: the D-pointer of acc,, cannot stand on a tape; only its code"
                                + " and modulo were written.");
        assertThat(Heard.of(image).files.get(0).pointer()).isEqualTo(DPointer.of("DL", 7));
    }
}
