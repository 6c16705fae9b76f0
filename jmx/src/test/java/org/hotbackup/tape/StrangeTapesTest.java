package org.hotbackup.tape;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.hotbackup.model.FilePath;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Tapes of other systems, put together byte by byte from docs/tape-format.md, restore to the last item. */
class StrangeTapesTest {

    private static final byte[] REEL_1 = Fixture.image("r83-file-save-1");
    private static final byte[] REEL_2 = Fixture.image("r83-file-save-2");

    @Test
    @Tag("TAPE-2")
    @Tag("TAPE-5")
    @Tag("TAPE-8")
    @Tag("SUB-22")
    void shouldReadAFileSaveOfR83OverTwoReels() {
        Heard heard = Heard.of(REEL_1, REEL_2);

        assertThat(heard.noteTexts()).isEmpty();
        String longItem = "a".repeat(300) + "^last of reel 1" + ".".repeat(34) + "and on";
        assertThat(heard.itemTexts())
                .containsExactly(
                        "PROCLIB,, LISTU^PQ^HON",
                        "PROCLIB,, BOX^<ED><CD>]x\\y",
                        "PROCLIB,, NULL^",
                        "ACC,ORDERS 4711^" + longItem,
                        "ACC,ORDERS 4712^]^",
                        "dict ACC,ORDERS TIME-X^A^3^TIME^^^^^^R^6",
                        "ACC,, FDISK^" + "<DF>".repeat(500) + "<01>".repeat(499) + "~ PADDED_FRAMES",
                        "SYSTEM TUTOR-2^Q^TUTOR^MD");
        assertThat(heard.files.stream()
                        .map(file -> file + " " + Fixture.shown(file.pointer().bytes())))
                .containsExactly(
                        "SYSTEM D^2263^11^1^^^BACA8BDE^^L^15",
                        "PROCLIB,, D^3000^7^1^^^^^L^10",
                        "ACC,, D^4621^19^1^^^BACA8BDE^^L^10^^^(19,1)",
                        "dict ACC,ORDERS D^4656^1^1^^^^^L^10",
                        "ACC,ORDERS D^4657^3^1^^^^^L^10");
        assertThat(heard.summaries.stream().map(StrangeTapesTest::counts))
                .containsExactly(
                        "DATA R83_3.1_FILES: 1 blocks, 0/0/0, 0 I, 0 B, 0 Q, XC",
                        "DATA PROCLIB R83_3.1_FILES: 1 blocks, 1/0/0, 3 I, 0 B, 1 Q, XC",
                        "DATA ACC R83_3.1_FILES: 6 blocks, 1/1/1, 4 I, 1 B, 0 Q, XX");
    }

    private static String counts(TapeFileSummary file) {
        return "%s: %d blocks, %d/%d/%d, %d I, %d B, %d Q, %s"
                .formatted(
                        file.label(),
                        file.blocks(),
                        file.accounts(),
                        file.dictionaries(),
                        file.sections(),
                        file.items(),
                        file.binaryItems(),
                        file.synonyms(),
                        file.end());
    }

    @Test
    @Tag("TAPE-6")
    void shouldSayWhereAnotherNameOfAFileStandsAndWhatItMeans() {
        TapeSynonym synonym = Heard.of(REEL_1, REEL_2).synonyms.get(0);

        assertThat(synonym.holder()).contains(FilePath.masterDictionary("PROCLIB"));
        assertThat(synonym.name()).isEqualTo("SYSTEM");
        assertThat(synonym.target().orElseThrow().level()).isZero();
        assertThat(Fixture.shown(synonym.pointer())).isEqualTo("D^2263^11^1^^^BACA8BDE^^L^15");
        assertThat(synonym.item()).isEqualTo(synonym.pointer());
    }

    @Test
    @Tag("TAPE-3")
    void shouldReadLabelsWhateverStandsBehindThem() {
        assertThat(Heard.of(REEL_1, REEL_2).labels)
                .containsExactly(
                        new TapeLabel(500, "00:57:14  04 JUL 1990", "DATA R83_3.1_FILES", 1),
                        new TapeLabel(500, "00:57:14  04 JUL 1990", "DATA PROCLIB R83_3.1_FILES", 1),
                        new TapeLabel(500, "00:57:14  04 JUL 1990", "DATA ACC R83_3.1_FILES", 1));
    }

    @Test
    @Tag("TAPE-4")
    void shouldReadDumpsOfR83() {
        Heard heard = Heard.of(Fixture.image("r83-t-dump"));

        assertThat(heard.itemTexts())
                .containsExactly(
                        "DICT MD INSTALL^PQ^HRUN INSTALL^P",
                        "DICT MD LONG^" + "x".repeat(115) + "yz]A[B^",
                        "DICT MD NULL^",
                        "DICT MD ONE^",
                        "DICT MD TWO^^");
        assertThat(heard.summaries.stream().map(StrangeTapesTest::counts))
                .containsExactly(
                        "DICT MD: 2 blocks, 0/0/0, 5 I, 0 B, 0 Q, X",
                        "EMPTY heading: 1 blocks, 0/0/0, 0 I, 0 B, 0 Q, X");
        // R83 writes one filemark behind a dump
        assertThat(heard.noteTexts())
                .containsExactly(
                        "HB5030 Reel 1 ends after block 6 without the two filemarks that end a tape; if more was"
                                + " written, it is not here.");
    }

    @Test
    @Tag("TAPE-7")
    void shouldReadAnAccountSaveOfAp() {
        Heard heard = Heard.of(Fixture.image("ap-account-save"));

        assertThat(heard.noteTexts()).isEmpty();
        assertThat(heard.itemTexts())
                .containsExactly(
                        "dict acme,INVOICES raw^^~X~L  COUNTED",
                        "dict acme,INVOICES raw2^" + "~".repeat(1500) + " COUNTED",
                        "dict acme,INVOICES long^text^of it SEGMENT",
                        "dict acme,INVOICES letter^E]item",
                        "acme,, last^a^b");
        assertThat(heard.summaries.stream().map(file -> file.kind() + " " + counts(file)))
                .containsExactly(
                        "EMPTY DATA ACME: 0 blocks, 0/0/0, 0 I, 0 B, 0 Q, ",
                        "SAVE DATA ACME: 1 blocks, 0/0/0, 0 I, 0 B, 0 Q, XC",
                        "SAVE DATA ACME ACME: 7 blocks, 1/1/0, 2 I, 3 B, 0 Q, XX");
    }

    @Test
    @Tag("TAPE-2")
    @Tag("TAPE-7")
    @Tag("TAPE-11")
    void shouldReadBlocksWithoutLinkFieldsAndNameWhatIsLeftOut() {
        Heard heard = Heard.of(Fixture.image("headerless-100"));

        assertThat(heard.itemTexts()).containsExactly("MVB,, one^1");
        assertThat(heard.noteTexts())
                .containsExactly(
                        "LOSS HB5035 Reel 1, block 3: the directory 'RB^bp^somewhere' was left out; only files of"
                                + " items can be restored.");
    }

    @Test
    @Tag("TAPE-9")
    void shouldStopAtTwoFilemarksWhateverStandsBehindThem() {
        Heard all = Heard.of(REEL_1, REEL_2);
        byte[] lessBehind = Arrays.copyOf(REEL_2, REEL_2.length - 1 - 512);

        assertThat(all.labels).noneMatch(label -> label.text().contains("REMNANT"));
        assertThat(Heard.of(REEL_1, lessBehind).itemTexts()).isEqualTo(all.itemTexts());
    }

    /** Of a pipe no more is read than it takes: a reader that looks ahead would wait for what comes later. */
    @Test
    @Tag("TAPE-9")
    void shouldReadNothingBehindTheEndOfTheTape() {
        byte[] pipe = Stream.of(Fixture.image("ap-account-save"), new byte[] {1, 2, 3})
                .reduce(new byte[0], StrangeTapesTest::joined);
        java.io.ByteArrayInputStream in = new java.io.ByteArrayInputStream(pipe);

        new TapeReader(ReelSource.of(in), Optional.empty(), new Heard()).readAll();

        assertThat(in.available()).isEqualTo(3);
    }

    private static byte[] joined(byte[] one, byte[] other) {
        byte[] joined = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, joined, one.length, other.length);
        return joined;
    }
}
