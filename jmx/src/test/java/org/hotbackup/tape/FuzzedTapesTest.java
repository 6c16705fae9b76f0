package org.hotbackup.tape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.ByteArrayOutputStream;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.hotbackup.model.ItemId;
import org.hotbackup.model.Limits;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is done to an image, reading it ends, in a sentence if not at the end of the tape, and takes no more than it holds. */
@Tag("TAPE-10")
class FuzzedTapesTest {

    private static final int SEEDS = 100;
    private static final int IMAGES_EACH = 20;
    private static final LocalDateTime TIME = LocalDateTime.of(1990, 7, 4, 0, 57, 14);
    private static final List<String> FIXTURES =
            List.of("r83-file-save-1", "r83-file-save-2", "r83-t-dump", "ap-account-save", "headerless-100");
    private static final byte[] TELLING = Fixture.text("~^]\\[XCDIQBOLEF0F \0");

    static IntStream seeds() {
        return IntStream.range(0, SEEDS);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void shouldEndWithASentence(int seed) {
        Random random = new Random(seed);
        byte[] written = written(random);
        for (int i = 0; i < IMAGES_EACH; i++) {
            byte[] good =
                    random.nextInt(3) == 0 ? written : Fixture.image(FIXTURES.get(random.nextInt(FIXTURES.size())));
            byte[] image = random.nextInt(20) == 0 ? noise(random) : damaged(good, random);
            try {
                read(image, random);
            } catch (RuntimeException | StackOverflowError e) {
                fail("seed " + seed + ", image " + i, e);
            }
        }
    }

    private static void read(byte[] image, Random random) {
        Sizes sizes = new Sizes();
        Optional<BlockFormat> format = random.nextInt(4) == 0 ? Optional.of(BlockFormat.of(100)) : Optional.empty();
        try {
            byte[][] reels = random.nextInt(4) == 0 ? new byte[][] {image, image} : new byte[][] {image};
            new TapeReader(Heard.reels(reels), format, sizes).readAll();
        } catch (TapeBroken e) {
            assertThat(e.getMessage()).containsPattern("[Rr]eel [12]\\b").doesNotContainPattern("\\{[0-3]}|null");
            assertThat(e.block()).isBetween(0L, (long) image.length);
        }
        // nothing comes out that is not on the tape
        assertThat(sizes.bytes).isLessThanOrEqualTo(2L * image.length);
        assertThat(sizes.notes).isLessThanOrEqualTo(2L * image.length + 10);
    }

    /** Counts what is told, and that each thing can be shown. */
    private static final class Sizes implements TapeHandler {

        private long bytes;
        private long notes;

        @Override
        public void item(TapeFile file, ItemId id, byte[] body, ItemForm form) {
            bytes += id.length() + body.length;
            assertThat(body.length).isLessThanOrEqualTo(Limits.MAX_ITEM_BYTES);
        }

        @Override
        public void synonym(TapeSynonym synonym) {
            bytes += synonym.item().length > 0 ? 1 : 0;
        }

        @Override
        public void note(TapeNote note) {
            notes++;
            assertThat(note.sentence()).doesNotContainPattern("\\{[0-3]}|null");
        }
    }

    private static byte[] written(Random random) {
        ByteArrayOutputStream image = new ByteArrayOutputStream();
        BlockFormat format = random.nextBoolean() ? BlockFormat.FLOPPY : BlockFormat.of(200);
        GeneratedAccounts accounts = new GeneratedAccounts(random);
        try (TapeWriter tape = new TapeWriter(image, format, TIME)) {
            Save.write(accounts, accounts.names(), true, "WEEK", tape, TIME, new Heard(), (path, bytes, form) -> {});
            for (String account : accounts.names()) {
                DumpWriter dump = new DumpWriter(tape, account, TIME);
                accounts.items(org.hotbackup.model.FilePath.masterDictionary(account), dump::item);
                dump.end();
            }
        }
        return image.toByteArray();
    }

    private static byte[] noise(Random random) {
        byte[] noise = new byte[random.nextInt(5000)];
        random.nextBytes(noise);
        byte[] beginning = random.nextBoolean() ? new byte[4] : Fixture.text("EOF~");
        System.arraycopy(beginning, 0, noise, 0, Math.min(noise.length, random.nextInt(5)));
        return noise;
    }

    private static byte[] damaged(byte[] good, Random random) {
        byte[] image = good.clone();
        int times = 1 + random.nextInt(random.nextInt(5) == 0 ? 100 : 3);
        for (int i = 0; i < times && image.length > 0; i++) {
            image = damagedOnce(image, random);
        }
        return image;
    }

    private static byte[] damagedOnce(byte[] image, Random random) {
        int at = random.nextInt(image.length);
        switch (random.nextInt(7)) {
            case 0 -> image[at] ^= (byte) (1 << random.nextInt(8));
            case 1 -> image[at] = TELLING[random.nextInt(TELLING.length)];
            case 2 -> {
                return Arrays.copyOf(image, at);
            }
            case 3 -> {
                return without(image, at, Math.min(image.length, at + 1 + random.nextInt(600)));
            }
            case 4 -> {
                byte[] more = new byte[1 + random.nextInt(600)];
                random.nextBytes(more);
                return with(image, at, more);
            }
            case 5 -> {
                // a block is missing
                int block = at - at % 512;
                return without(image, block, Math.min(image.length, block + 512));
            }
            default -> {
                // a block stands there twice, or at another place
                int block = at - at % 512;
                int other = random.nextInt(image.length);
                return with(
                        image,
                        other - other % 512,
                        Arrays.copyOfRange(image, block, Math.min(image.length, block + 512)));
            }
        }
        return image;
    }

    private static byte[] without(byte[] image, int from, int to) {
        byte[] cut = Arrays.copyOf(image, image.length - (to - from));
        System.arraycopy(image, to, cut, from, image.length - to);
        return cut;
    }

    private static byte[] with(byte[] image, int at, byte[] more) {
        byte[] longer = Arrays.copyOf(image, image.length + more.length);
        System.arraycopy(more, 0, longer, at, more.length);
        System.arraycopy(image, at, longer, at + more.length, image.length - at);
        return longer;
    }

    /** Cut at each block and each odd place, a whole tape never looks whole. */
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("fewSeeds")
    void shouldNotTakeTheBeginningOfATapeForAllOfIt(int seed) {
        byte[] image = written(new Random(seed));
        List<Integer> places = new ArrayList<>();
        for (int at = 0; at < image.length - 1; at += 1 + image.length / 500) {
            places.add(at);
        }
        for (int at : places) {
            TapeReport report = TapeCheck.of(Heard.reels(Arrays.copyOf(image, at)), Optional.empty());
            assertThat(report.outcome()).as("cut at " + at).isNotEqualTo(TapeReport.Outcome.WHOLE);
        }
        assertThat(TapeCheck.of(Heard.reels(image), Optional.empty()).outcome()).isEqualTo(TapeReport.Outcome.WHOLE);
    }

    static IntStream fewSeeds() {
        return IntStream.range(0, 10);
    }
}
