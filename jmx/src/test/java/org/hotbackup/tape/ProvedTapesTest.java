package org.hotbackup.tape;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.model.DPointer;
import org.hotbackup.model.ItemId;
import org.hotbackup.tape.TapeReport.Outcome;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Blocks of whole items, so that one that is missing breaks no item: what such tapes lacked was seen by nobody. */
@Tag("TAPE-10")
@Tag("TAPE-12")
class ProvedTapesTest {

    private static final LocalDateTime TIME = LocalDateTime.of(1990, 7, 4, 0, 57, 14);
    private static final int BLOCK = 512;
    private static final int AREA = 500;
    private static final int ITEMS = 2_000;
    private static final int MIDDLE = 200;
    private static final byte[] TAPE = tape();
    private static final int BLOCKS = TAPE.length / BLOCK;

    private static byte[] tape() {
        ByteArrayOutputStream image = new ByteArrayOutputStream();
        try (TapeWriter tape = new TapeWriter(image, BlockFormat.FLOPPY, TIME)) {
            tape.filemark();
            tape.label("DATA WEEK 27");
            tape.write(Fixture.text("~XC"));
            tape.endFile((byte) ' ');
            tape.label("DATA acc WEEK 27");
            String account = "~D^1^1^000Dacc^D^^7^~M";
            tape.write(Fixture.text(account + "x".repeat(AREA - account.length())));
            for (int i = 0; i < ITEMS; i++) {
                tape.write(Fixture.text("~I1^0^005E" + String.format("%04d", i) + "^" + "x".repeat(84) + "^"));
            }
            tape.write(Fixture.text("~XX"));
            tape.endFile((byte) ' ');
        }
        return image.toByteArray();
    }

    /** As other systems write it, and this one did: nothing is in its filemarks. */
    private static byte[] unproved(byte[] image) {
        byte[] bare = image.clone();
        for (int at = 0; at < bare.length; at += BLOCK) {
            if (bare[at] == 'E') {
                Arrays.fill(bare, at + 4, at + BLOCK, (byte) 0);
            }
        }
        return bare;
    }

    private static TapeReport check(byte[] image) {
        return TapeCheck.of(Heard.reels(image), Optional.empty());
    }

    private static byte[] without(byte[] image, int block) {
        byte[] less = Arrays.copyOf(image, image.length - BLOCK);
        System.arraycopy(image, (block + 1) * BLOCK, less, block * BLOCK, less.length - block * BLOCK);
        return less;
    }

    private static byte[] twice(byte[] image, int block) {
        byte[] more = Arrays.copyOf(image, image.length + BLOCK);
        System.arraycopy(image, block * BLOCK, more, (block + 1) * BLOCK, image.length - block * BLOCK);
        return more;
    }

    private static byte[] swapped(byte[] image, int one, int other) {
        byte[] swapped = image.clone();
        System.arraycopy(image, one * BLOCK, swapped, other * BLOCK, BLOCK);
        System.arraycopy(image, other * BLOCK, swapped, one * BLOCK, BLOCK);
        return swapped;
    }

    private static List<MessageCode> codes(TapeReport report) {
        return report.notes().stream().map(TapeNote::code).toList();
    }

    @Test
    void shouldCallOnlyATapeWholeThatProvesIt() {
        TapeReport proved = check(TAPE);
        TapeReport bare = check(unproved(TAPE));

        assertThat(proved.outcome()).as(proved.message()).isEqualTo(Outcome.WHOLE);
        assertThat(bare.outcome()).as(bare.message()).isEqualTo(Outcome.READABLE);
        assertThat(bare.message()).startsWith("The tape can be read to its end: tape files 2, items 2000");
        assertThat(List.of(proved.items(), bare.items())).containsOnly((long) ITEMS);
    }

    @Test
    void shouldSeeABlockThatIsMissing() {
        TapeReport report = check(without(TAPE, MIDDLE));

        assertThat(report.outcome()).isEqualTo(Outcome.DAMAGED);
        assertThat(report.notes().get(0).sentence())
                .contains("'DATA acc WEEK 27'", "written with 402 blocks and has 401");
        assertThat(check(without(unproved(TAPE), MIDDLE)).outcome()).isEqualTo(Outcome.READABLE);
    }

    @Test
    void shouldSeeAndNotCountABlockThatIsThereTwice() {
        for (byte[] image : List.of(TAPE, unproved(TAPE))) {
            TapeReport report = check(twice(image, MIDDLE));

            assertThat(report.outcome()).isEqualTo(Outcome.DAMAGED);
            assertThat(report.items()).isEqualTo(ITEMS);
            assertThat(codes(report)).contains(MessageCode.TAPE_ITEM_TWICE);
            assertThat(report.notes().get(0).block()).isEqualTo(MIDDLE + 1);
        }
    }

    @Test
    void shouldSeeBlocksThatAreSwappedAndOneThatIsNul() {
        byte[] nul = TAPE.clone();
        Arrays.fill(nul, MIDDLE * BLOCK + 40, MIDDLE * BLOCK + 60, (byte) 0);

        for (byte[] image : List.of(swapped(TAPE, MIDDLE, MIDDLE + 7), nul)) {
            TapeReport report = check(image);

            assertThat(report.outcome()).isEqualTo(Outcome.DAMAGED);
            assertThat(codes(report)).containsExactly(MessageCode.TAPE_FILE_CHANGED);
            assertThat(report.notes().get(0).sentence()).contains("was changed, or stands at another place");
        }
    }

    /** Labels, headers, filemarks and data: whichever is missing, but the filemark before the first label, which means nothing. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, MIDDLE, -4, -3, -2, -1})
    void shouldNotCallATapeGoodWithoutOneOfItsBlocks(int block) {
        int at = block < 0 ? BLOCKS + block : block;

        TapeReport report = check(without(TAPE, at));

        assertThat(report.outcome().isGood()).as(report.message()).isFalse();
    }

    @Test
    void shouldMakeOneSentenceOfManyNotesOfOneKind() {
        byte[] image = TAPE;
        for (int i = 0; i < 20; i++) {
            image = twice(image, MIDDLE);
        }

        TapeReport report = check(image);

        assertThat(report.notes()).hasSize(7);
        assertThat(report.noteCount()).isEqualTo(7);
        assertThat(report.notes().get(5).sentence()).isEqualTo("Reel 1, up to block 220: 95 more notes of this kind.");
    }

    /** Who reads one save and no more was told nothing. */
    @Test
    void shouldTellWhoReadsOneSaveThatTheTapeWasCutBehindIt() {
        Heard heard = new Heard();
        TapeReader reader = new TapeReader(Heard.reels(Arrays.copyOf(TAPE, TAPE.length - BLOCK)), heard);

        reader.readFile();
        reader.readFile();

        assertThat(heard.notes).extracting(TapeNote::code).containsExactly(MessageCode.TAPE_END_UNMARKED);
    }

    @Test
    void shouldStandBetweenTheFilemarksBehindASave() {
        TapeReader reader = new TapeReader(Heard.reels(TAPE), new Heard());

        reader.readFile();
        reader.readFile();

        assertThat(reader.position()).isEqualTo(BLOCKS - 1);
    }

    /** The tape files of a save of some accounts, each with the filemark behind it; the header is the first. */
    private static List<byte[]> files(boolean whole, String... accounts) {
        ByteArrayOutputStream image = new ByteArrayOutputStream();
        try (TapeWriter tape = new TapeWriter(image, BlockFormat.FLOPPY, TIME)) {
            DPointer pointer = DPointer.of("D", 1);
            SaveWriter save = new SaveWriter(tape, "WEEK 27", whole, TIME, new Heard());
            for (String account : accounts) {
                save.openAccount(account, pointer);
                save.openFile("orders", pointer, account);
                save.openFile("orders", pointer, account);
                save.item(ItemId.of("one"), "x".repeat(700).getBytes(StandardCharsets.US_ASCII));
                save.close();
                save.close();
                save.close();
            }
            save.end();
        }
        byte[] all = image.toByteArray();
        List<byte[]> files = new ArrayList<>();
        int from = BLOCK;
        for (int at = BLOCK; at < all.length - BLOCK; at += BLOCK) {
            if (all[at] == 'E') {
                files.add(Arrays.copyOfRange(all, from, at + BLOCK));
                from = at + BLOCK;
            }
        }
        return files;
    }

    /** A tape of some of them, in this order. */
    private static byte[] tapeOf(List<byte[]> files, int... order) {
        ByteArrayOutputStream image = new ByteArrayOutputStream();
        image.writeBytes(TapeBlock.filemark(BlockFormat.FLOPPY));
        Arrays.stream(order).forEach(file -> image.writeBytes(files.get(file)));
        image.writeBytes(TapeBlock.filemark(BlockFormat.FLOPPY));
        return image.toByteArray();
    }

    /** Two accounts of three vanished, from their labels to their filemarks, and the tape was called whole. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldSeeAWholeTapeFileThatIsMissingOrThereTwiceOrAtAnotherPlace(boolean whole) {
        List<byte[]> files = files(whole, "a", "b", "c");

        assertThat(check(tapeOf(files, 0, 1, 2, 3)).outcome()).isEqualTo(Outcome.WHOLE);
        for (int[] order :
                List.of(new int[] {0, 3}, new int[] {0, 2, 3}, new int[] {0, 1, 3}, new int[] {2, 3}, new int[] {3})) {
            TapeReport report = check(tapeOf(files, order));
            assertThat(report.outcome()).as(Arrays.toString(order)).isEqualTo(Outcome.DAMAGED);
            assertThat(codes(report)).contains(MessageCode.TAPE_FILE_NOT_NEXT);
        }
        assertThat(check(tapeOf(files, 0, 3)).notes().get(0).sentence())
                .contains("'DATA c WEEK 27'", "files of the save that are missing between them: 6");
        for (int[] order : List.of(new int[] {0, 1, 1, 2, 3}, new int[] {0, 2, 1, 3})) {
            assertThat(check(tapeOf(files, order)).outcome())
                    .as(Arrays.toString(order))
                    .isEqualTo(Outcome.DAMAGED);
        }
        assertThat(check(unproved(tapeOf(files, 0, 3))).outcome())
                .as("of another system")
                .isEqualTo(Outcome.READABLE);
    }

    @Test
    void shouldSeeATapeFileThatIsMissingFromTheSecondSaveOfATape() {
        List<byte[]> files = new ArrayList<>(files(false, "a", "b"));
        files.addAll(files(false, "c", "d"));

        assertThat(check(tapeOf(files, 0, 1, 2, 3, 4, 5)).outcome()).isEqualTo(Outcome.WHOLE);
        assertThat(check(tapeOf(files, 0, 1, 2, 3, 5)).outcome()).isEqualTo(Outcome.DAMAGED);
        assertThat(check(tapeOf(files, 0, 1, 2, 5)).outcome()).isEqualTo(Outcome.DAMAGED);
    }

    /** Whoever begins to read in the middle of a save does not know what was before. */
    @Test
    void shouldGoOnInTheMiddleOfASave() {
        List<byte[]> files = files(true, "a", "b", "c");
        byte[] rest = tapeOf(files, 2, 3);
        Heard heard = new Heard();

        new TapeReader(Heard.reels(rest), Optional.of(BlockFormat.FLOPPY), 1, 7, heard).readAll();

        assertThat(heard.notes).isEmpty();
    }
}
