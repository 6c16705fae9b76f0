package org.hotbackup.tape;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.hotbackup.model.FileDefinition;
import org.hotbackup.model.FilePath;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is written comes back, whatever the items, the block size and the length of reels; a seed that fails is a test's name. */
@Tag("TAPE-1")
class WrittenTapesTest {

    private static final LocalDateTime TIME = LocalDateTime.of(1990, 7, 4, 0, 57, 14);
    private static final BlockFormat[] FORMATS = {
        BlockFormat.FLOPPY,
        BlockFormat.of(80),
        BlockFormat.of(1000),
        BlockFormat.of(8192),
        BlockFormat.of(16_896),
        BlockFormat.of(65_535),
        new BlockFormat(12, 2048),
        new BlockFormat(0, 500)
    };
    private static final int SEEDS = 200;

    static IntStream seeds() {
        return IntStream.range(0, SEEDS);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    @Tag("TAPE-6")
    void shouldReadTheAccountsThatWereSaved(int seed) {
        Random random = new Random(seed);
        GeneratedAccounts accounts = new GeneratedAccounts(random);
        List<ByteArrayOutputStream> reels = new ArrayList<>();
        Heard written = new Heard();
        List<String> expected = new ArrayList<>();
        try (TapeWriter tape = tape(random, reels)) {
            int saves = 1 + random.nextInt(2);
            for (int i = 0; i < saves; i++) {
                boolean whole = random.nextBoolean();
                Save.write(
                        accounts, accounts.names(), whole, "WEEK " + i, tape, TIME, written, (path, bytes, form) -> {});
                expected.addAll(accounts.savedItems());
            }
        }

        Heard heard =
                Heard.of(reels.stream().map(ByteArrayOutputStream::toByteArray).toArray(byte[][]::new));

        assertThat(written.notes).isEmpty();
        assertThat(heard.noteTexts()).isEmpty();
        assertThat(heard.items.stream().map(GeneratedAccounts::key)).containsExactlyElementsOf(expected);
        assertThat(heard.files.stream()
                        .filter(file -> file.level() > 0)
                        .map(GeneratedAccounts::key)
                        .distinct())
                .containsExactlyInAnyOrderElementsOf(accounts.savedFiles());
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void shouldReadTheItemsThatWereDumped(int seed) {
        Random random = new Random(seed);
        GeneratedAccounts accounts = new GeneratedAccounts(random);
        List<ByteArrayOutputStream> reels = new ArrayList<>();
        List<String> expected = new ArrayList<>();
        try (TapeWriter tape = tape(random, reels)) {
            // a tape with nothing on it is none
            new DumpWriter(tape, "NOTHING", TIME).end();
            for (String account : accounts.names()) {
                for (FileDefinition file : accounts.files(account)) {
                    DumpWriter dump = new DumpWriter(tape, file.path().toString(), TIME);
                    accounts.items(file.path(), (id, body) -> {
                        dump.item(id, body);
                        expected.add(GeneratedAccounts.key(label(file.path()), id, body));
                    });
                    dump.end();
                }
            }
        }

        Heard heard =
                Heard.of(reels.stream().map(ByteArrayOutputStream::toByteArray).toArray(byte[][]::new));

        assertThat(heard.noteTexts()).isEmpty();
        assertThat(heard.items.stream().map(GeneratedAccounts::key)).containsExactlyElementsOf(expected);
    }

    private static String label(FilePath path) {
        return TapeLabel.of(500, TIME, path.toString(), 1).text();
    }

    private static TapeWriter tape(Random random, List<ByteArrayOutputStream> reels) {
        BlockFormat format = FORMATS[random.nextInt(FORMATS.length)];
        long blocksPerReel = random.nextInt(3) == 0 ? Long.MAX_VALUE : 5 + random.nextInt(60);
        return new TapeWriter(
                number -> {
                    ByteArrayOutputStream reel = new ByteArrayOutputStream();
                    reels.add(reel);
                    return reel;
                },
                format,
                blocksPerReel,
                TIME);
    }
}
