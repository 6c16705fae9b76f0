package org.hotbackup.tape;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.hotbackup.model.ItemId;
import org.hotbackup.model.Marks;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What means nothing on a tape is changed, as other systems leave it there, and nothing else comes out; what is cut off behind any
 * block is never taken for whole. A seed that fails is a test's name.
 */
class DisguisedTapesTest {

    private static final LocalDateTime TIME = LocalDateTime.of(1990, 7, 4, 0, 57, 14);
    private static final BlockFormat[] FORMATS = {
        BlockFormat.FLOPPY,
        new BlockFormat(0, 500),
        BlockFormat.of(512),
        new BlockFormat(12, 512),
        BlockFormat.of(8192),
        new BlockFormat(12, 8192),
        BlockFormat.of(16_384)
    };
    private static final int SEEDS = 70;
    private static final int LINK_TAG_BYTES = 4;
    private static final int SIZE_FROM = 3;
    private static final int SIZE_TO = 7;
    private static final int TEXT_FROM = 30;
    private static final int TEXT_TO = 76;

    static IntStream seeds() {
        return IntStream.range(0, SEEDS);
    }

    static IntStream fewSeeds() {
        return IntStream.range(0, FORMATS.length);
    }

    private static BlockFormat format(int seed) {
        return FORMATS[seed % FORMATS.length];
    }

    private static byte[][] written(int seed, long blocksPerReel) {
        List<ByteArrayOutputStream> reels = new ArrayList<>();
        GeneratedAccounts accounts = new GeneratedAccounts(new Random(seed));
        try (TapeWriter tape = new TapeWriter(
                number -> {
                    reels.add(new ByteArrayOutputStream());
                    return reels.get(number - 1);
                },
                format(seed),
                blocksPerReel,
                TIME)) {
            Save.write(accounts, accounts.names(), true, "WEEK", tape, TIME, new Heard(), (path, bytes, form) -> {});
            DumpWriter dump = new DumpWriter(tape, "one item at least", TIME);
            dump.item(ItemId.of("one"), new byte[seed]);
            dump.end();
        }
        return reels.stream().map(ByteArrayOutputStream::toByteArray).toArray(byte[][]::new);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    @Tag("TAPE-2")
    @Tag("TAPE-3")
    @Tag("TAPE-9")
    void shouldReadTheSameWhateverStandsWhereNothingIsMeant(int seed) {
        Random random = new Random(seed);
        byte[][] plain = written(seed, random.nextBoolean() ? Long.MAX_VALUE : 5 + random.nextInt(40));
        byte[][] disguised = new byte[plain.length][];
        for (int i = 0; i < plain.length; i++) {
            disguised[i] = disguised(plain[i], format(seed), random);
        }
        byte[] last = disguised[plain.length - 1];
        byte[] garbage = new byte[random.nextInt(3 * format(seed).size())];
        random.nextBytes(garbage);
        disguised[plain.length - 1] = Arrays.copyOf(last, last.length + garbage.length);
        System.arraycopy(garbage, 0, disguised[plain.length - 1], last.length, garbage.length);

        Heard expected = Heard.of(plain);
        Heard heard = Heard.of(disguised);

        assertThat(heard.noteTexts()).isEmpty();
        assertThat(expected.items).isNotEmpty();
        assertThat(heard.items.stream().map(GeneratedAccounts::key).toList())
                .isEqualTo(expected.items.stream().map(GeneratedAccounts::key).toList());
        assertThat(files(heard)).isEqualTo(files(expected));
    }

    private static List<String> files(Heard heard) {
        return heard.files.stream()
                .filter(file -> file.level() > 0)
                .map(GeneratedAccounts::key)
                .toList();
    }

    private static byte[] disguised(byte[] plain, BlockFormat format, Random random) {
        byte[] image = plain.clone();
        for (int at = 0; at < image.length; at += format.size()) {
            TapeBlock block = new TapeBlock(format, Arrays.copyOfRange(plain, at, at + format.size()), 1, 0);
            int data = at + format.linkBytes();
            if (block.kind() == TapeBlock.Kind.FILEMARK) {
                noise(image, at + LINK_TAG_BYTES, at + format.size(), random);
            } else if (format.linkBytes() > 0) {
                noise(image, at + LINK_TAG_BYTES, data, random);
            }
            if (block.isLabel()) {
                lowerCase(image, data + SIZE_FROM, data + SIZE_TO);
                lowerCase(image, data + TEXT_FROM, data + TEXT_TO);
                noise(image, data + TapeLabel.BYTES, at + format.size(), random);
            }
        }
        return image;
    }

    private static void lowerCase(byte[] image, int from, int to) {
        for (int i = from; i < to; i++) {
            image[i] = (byte) (image[i] >= 'A' && image[i] <= 'Z' ? image[i] + 'a' - 'A' : image[i]);
        }
    }

    private static void noise(byte[] image, int from, int to, Random random) {
        for (int i = from; i < to; i++) {
            image[i] = (byte) random.nextInt(Marks.SEGMENT & 0xFF);
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("fewSeeds")
    @Tag("TAPE-8")
    @Tag("TAPE-10")
    void shouldNotTakeATapeForWholeThatIsCutBehindAnyBlock(int seed) {
        byte[][] whole = written(seed, 30);
        int size = format(seed).size();
        assertThat(TapeCheck.of(Heard.reels(whole), Optional.empty()).outcome()).isEqualTo(TapeReport.Outcome.WHOLE);
        for (int reel = 0; reel < whole.length; reel++) {
            for (int at = 0; at < whole[reel].length; at += size) {
                byte[][] cut = Arrays.copyOf(whole, reel + 1);
                cut[reel] = Arrays.copyOf(whole[reel], at);

                TapeReport report = TapeCheck.of(Heard.reels(cut), Optional.empty());

                String where = "reel " + (reel + 1) + " cut to " + at / size + " blocks: " + report.message();
                assertThat(report.outcome()).as(where).isNotEqualTo(TapeReport.Outcome.WHOLE);
                if (report.outcome() == TapeReport.Outcome.BROKEN) {
                    assertThat(report.message())
                            .as(where)
                            .containsPattern("[Rr]eel " + (reel + 1) + "\\b|Reel " + (reel + 1));
                }
            }
        }
    }
}
