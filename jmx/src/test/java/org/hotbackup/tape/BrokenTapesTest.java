package org.hotbackup.tape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is wrong with a tape is said in a sentence that names reel and block. */
@Tag("TAPE-10")
class BrokenTapesTest {

    private static final byte[] REEL_1 = Fixture.image("r83-file-save-1");
    private static final byte[] REEL_2 = Fixture.image("r83-file-save-2");
    private static final byte[] DUMP = Fixture.image("r83-t-dump");
    private static final int BLOCK = 512;

    private static void assertBroken(String sentence, byte[]... reels) {
        assertThatThrownBy(() -> Heard.of(reels)).isInstanceOf(TapeBroken.class).hasMessage(sentence);
    }

    private static byte[] blocks(byte[] image, int count) {
        return Arrays.copyOf(image, count * BLOCK);
    }

    @Test
    void shouldSayThatThereIsNothing() {
        assertBroken("Reel 1 is empty; give the image of a tape.", new byte[0]);
        assertBroken(
                "Nothing is recorded on reel 1; give the image of a tape with something on it.",
                joined(blocks(REEL_1, 1), REEL_1));
    }

    @ParameterizedTest
    @CsvSource({"89504E470D0A1A0A, 89 50 4E 47 0D 0A 1A 0A", "41, 41", "FF4C2030303030200000, FF 4C 20 30 30 30 30 20"})
    void shouldSayThatItIsNoTape(String hex, String shown) {
        assertBroken(
                "Reel 1 does not begin like a tape, the first bytes of block 0 are " + shown
                        + "; see whether it is the image of one, or say its block size.",
                java.util.HexFormat.of().parseHex(hex));
    }

    @Test
    void shouldNotTakeABlockThatIsCutForTheEnd() {
        assertBroken(
                "Reel 1 ends within block 4, after 100 of its 512 bytes: it was cut off; copy it again.",
                Arrays.copyOf(REEL_1, 4 * BLOCK + 100));
    }

    /** Behind a filemark and within a tape file, at each block: only the end of the tape is its end. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void shouldNotTakeTheFirstBlocksOfASaveForAllOfIt(int count) {
        assertThatThrownBy(() -> Heard.of(blocks(REEL_1, count)))
                .isInstanceOf(TapeBroken.class)
                .hasMessageContaining("eel 1")
                .hasMessageMatching(".*(block " + count + "|recorded).*");
    }

    @Test
    void shouldAskForTheReelThatFollows() {
        assertBroken(
                "Reel 1 ends before block 9, in the middle of tape file 'DATA ACC R83_3.1_FILES': it was cut off, or another"
                        + " reel follows; give all of it.",
                REEL_1);
    }

    @Test
    void shouldNotTakeASaveForWholeOfWhichATapeFileIsMissing() {
        assertBroken(
                "The tape ends at block 4 of reel 1 although more was to follow after tape file 'DATA R83_3.1_FILES':"
                        + " writing it was broken off; write the tape again.",
                blocks(REEL_1, 4));
    }

    @Test
    @Tag("TAPE-8")
    void shouldRefuseAReelOfAnotherTape() {
        assertBroken(
                "Reel 2 has in block 0 the label 'DICT MD' where that of 'DATA ACC R83_3.1_FILES' with the number of this"
                        + " reel should be; give the reels of one tape in their order.",
                REEL_1,
                DUMP);
        assertBroken(
                "Reel 2 has in block 1 the label 'DATA R83_3.1_FILES' where that of 'DATA ACC R83_3.1_FILES' with the number"
                        + " of this reel should be; give the reels of one tape in their order.",
                REEL_1,
                REEL_1);
    }

    @Test
    @Tag("TAPE-8")
    void shouldSayThatTheLastBlockOfTheReelBeforeIsNotRepeated() {
        byte[] other = REEL_2.clone();
        other[2 * BLOCK - 1] = 'x';

        Heard heard = new Heard();
        new TapeReader(Heard.reels(REEL_1, other), heard).readAll();

        assertThat(heard.noteTexts())
                .contains(
                        "LOSS HB5031 Reel 2, block 1: the last block of the reel before is not repeated; something between"
                                + " them may be missing.");
    }

    @Test
    @Tag("TAPE-11")
    void shouldNameTheItemsWhoseReelIsMissing() {
        byte[] repeatedLeftOut = joined(blocks(REEL_2, 1), Arrays.copyOfRange(REEL_2, 2 * BLOCK, REEL_2.length));

        Heard heard = Heard.of(repeatedLeftOut);

        assertThat(heard.itemTexts()).isEmpty();
        assertThat(heard.noteTexts())
                .contains(
                        "LOSS HB5037 Reel 1, block 0: its label says that it is reel 2; what stands on those before it is not"
                                + " here.",
                        "LOSS HB5022 Reel 1, block 1: a record of no known kind that begins with 'and on^' was passed over, 7"
                                + " bytes.",
                        "LOSS HB5023 Reel 1, block 1: item 'TIME-X' was left out, for file 30 is not defined before it.",
                        "LOSS HB5023 Reel 1, block 1: item 'FDISK' was left out, for file 2F is not defined before it.")
                .allMatch(note -> note.startsWith("LOSS "));
    }

    @Test
    @Tag("TAPE-5")
    void shouldTakeARecordWithAWrongCountAsItStandsAndSaySo() {
        Heard heard = save("~D^1^1^0010acc^D^^7^~I1^0^0007x^1^~I1^0^zzzzy^2^");

        assertThat(heard.itemTexts()).containsExactly("acc,, x^1", "acc,, y^2");
        assertThat(heard.noteTexts())
                .containsExactly(
                        "HB5021 Reel 1, block 1: the definition of acc has 13 bytes, but a count of another number; it was"
                                + " taken as it stands, check it.",
                        "HB5021 Reel 1, block 1: acc,, x has 8 bytes, but a count of another number; it was taken as it"
                                + " stands, check it.",
                        "HB5021 Reel 1, block 1: acc,, y has 8 bytes, but a count of another number; it was taken as it"
                                + " stands, check it.");
    }

    @Test
    @Tag("TAPE-11")
    void shouldNameWhatCannotBeRepresented() {
        Heard heard = save("~D^1^1^000Dacc^D^^7^"
                + "~D^2^2^000FA/R^DK1^^0^"
                + "~I2^0^000Bid]x^1^"
                + "~I2^0^0007^1^"
                + "~I9^0^0008x^1^"
                + "~Z???^"
                + "~OC^0001^00^"
                + "~B2^0^0012obj^CC^0^2^^x^~OC^0001^00^"
                + "~B2^0^0012obj^CC^0^1^^x^~OC^0001^00^"
                + "~D^3^3^000Ddat^D^^1^"
                + "~I3^0^0008z^1^");

        assertThat(heard.files.stream().map(TapeFile::toString))
                .containsExactly("acc,,", "dict acc,A_R~2", "acc,A_R~2,dat");
        assertThat(heard.itemTexts()).containsExactly("acc,A_R~2,dat z^1");
        assertThat(heard.noteTexts())
                .containsExactly(
                        "HB5027 Reel 1, block 1: no file can be called 'A/R' here; it is called A_R~2.",
                        "HB5029 Reel 1, block 1: the D-pointer of dict acc,A_R~2 cannot be used as it is; it was taken as D"
                                + " with modulo 1.",
                        "LOSS HB5024 Reel 1, block 1: an item of dict acc,A_R~2 id]x was left out. Byte 3 of the item id is the"
                                + " mark FD; marks (FB to FF) cannot be part of an id, use other bytes.",
                        "LOSS HB5024 Reel 1, block 1: an item of dict acc,A_R~2 was left out. The item id is empty; give an id"
                                + " of 1 to 200 bytes.",
                        "LOSS HB5023 Reel 1, block 1: item 'x' was left out, for file 9 is not defined before it.",
                        "LOSS HB5022 Reel 1, block 1: a record of no known kind that begins with 'Z???^' was passed over, 5"
                                + " bytes.",
                        "LOSS HB5022 Reel 1, block 1: a record of no known kind that begins with 'OC^0001^00^' was passed over,"
                                + " 11 bytes.",
                        "LOSS HB5026 Reel 1, block 1: item 'dict acc,A_R~2 obj' was left out, one of its frames cannot be"
                                + " read.",
                        "LOSS HB5026 Reel 1, block 1: item 'dict acc,A_R~2 obj' was left out, one of its frames cannot be"
                                + " read.");
    }

    @Test
    @Tag("TAPE-11")
    void shouldNameAFileThatStandsInNothing() {
        Heard heard = save("~D^3^1^000Ddat^D^^1^~I1^0^0008z^1^");

        assertThat(heard.noteTexts())
                .containsExactly(
                        "LOSS HB5028 Reel 1, block 1: file 'dat' of level 3 was left out, for nothing is defined that it"
                                + " stands in.",
                        "LOSS HB5023 Reel 1, block 1: item 'z' was left out, for file 1 is not defined before it.");
    }

    @Test
    void shouldSayThatTheFramesOfADumpCannotBeRead() {
        assertThatThrownBy(
                        () -> tape("DICT MD", "one^1^[~B0^0^0012obj^CC^0^1^^x^~OC^0000^zz" + "0".repeat(998) + "^~X"))
                .isInstanceOf(TapeBroken.class)
                .hasMessage(
                        "At block 3 of reel 1 the frames of item 'DICT MD obj' cannot be read, and what follows in this"
                                + " dump cannot be told from them; write the tape again.");
    }

    @Test
    void shouldSayThatASaveOrADumpWasBrokenOff() {
        assertThatThrownBy(() -> tape("DATA acc", "~D^1^1^000Dacc^D^^7^~I1^0^0007x^1"))
                .isInstanceOf(TapeBroken.class)
                .hasMessage(
                        "Tape file 'DATA acc' has no end record before block 2 of reel 1: writing it was broken off; write"
                                + " the tape again.");
        assertThatThrownBy(() -> tape("DICT MD", "one^1^[two^2"))
                .isInstanceOf(TapeBroken.class)
                .hasMessage(
                        "Tape file 'DICT MD' has no end record before block 2 of reel 1: writing it was broken off; write"
                                + " the tape again.");
    }

    @Test
    void shouldPassOverWhatIsNeitherASaveNorADump() {
        assertThat(tape("SPOOLER hold file", "page 1").noteTexts())
                .containsExactly(
                        "LOSS HB5033 Reel 1, block 0: tape file 'SPOOLER hold file' is neither a save nor a dump; it"
                                + " was passed over.");
    }

    @Test
    void shouldSayWhichBlockTheDeviceDoesNotGive() {
        InputStream failing = new InputStream() {
            private final InputStream good = new ByteArrayInputStream(REEL_1, 0, 5 * BLOCK);

            @Override
            public int read() throws IOException {
                int next = good.read();
                if (next < 0) {
                    throw new IOException("Input/output error");
                }
                return next;
            }
        };

        assertThatThrownBy(() -> new TapeReader(ReelSource.of(failing), new Heard()).readAll())
                .isInstanceOf(TapeBroken.class)
                .hasMessage("Block 5 of reel 1 cannot be read: Input/output error; see to the device and try again.");
    }

    @Test
    void shouldReadATapeWithoutALabelIfToldItsBlockSize() {
        byte[] image = joined(Arrays.copyOf(Fixture.text("one^1^[~X"), 100), Arrays.copyOf(Fixture.text("EOF~"), 100));
        Heard heard = new Heard();

        new TapeReader(Heard.reels(image), Optional.of(BlockFormat.of(100)), heard).readAll();

        assertThat(heard.itemTexts()).containsExactly(" one^1");
    }

    /** A save of one tape file with these records. */
    private static Heard save(String records) {
        return tape("DATA acc", records + "~XX");
    }

    private static Heard tape(String label, String data) {
        java.io.ByteArrayOutputStream image = new java.io.ByteArrayOutputStream();
        try (TapeWriter tape =
                new TapeWriter(image, BlockFormat.FLOPPY, java.time.LocalDateTime.of(1990, 7, 4, 0, 0))) {
            tape.label(label);
            tape.write(Fixture.text(data));
            tape.endFile((byte) ' ');
        }
        return Heard.of(image.toByteArray());
    }

    private static byte[] joined(byte[] one, byte[] other) {
        byte[] joined = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, joined, one.length, other.length);
        return joined;
    }
}
