package org.hotbackup.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hotbackup.control.settings.TapeDeviceDefinition;
import org.hotbackup.model.ItemId;
import org.hotbackup.tape.DumpWriter;
import org.hotbackup.tape.ItemForm;
import org.hotbackup.tape.TapeBroken;
import org.hotbackup.tape.TapeFile;
import org.hotbackup.tape.TapeHandler;
import org.hotbackup.tape.TapeNote;
import org.hotbackup.tape.TapeReader;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A pseudo-tape that reaches its size goes on in the next file. */
@Tag("TS-001")
@Tag("TAPE-8")
class ReelsOfADeviceTest {

    private static final LocalDateTime TIME = LocalDateTime.of(2026, 11, 22, 12, 0);

    @TempDir
    Path home;

    /** What was read: items in their order, and what was noted. */
    private static final class Read implements TapeHandler {

        private final Map<String, String> items = new LinkedHashMap<>();
        private final List<String> notes = new ArrayList<>();

        @Override
        public void item(TapeFile file, ItemId id, byte[] body, ItemForm form) {
            items.put(id.toString(), Arrays.toString(body));
        }

        @Override
        public void note(TapeNote note) {
            notes.add(note.sentence());
        }
    }

    private TapeDrive attach(String device) {
        return TapeDrive.attach(TapeDeviceDefinition.parse(device).get(0), home, 0, 0);
    }

    private static Map<String, String> dump(TapeDrive drive, String name, int items, long seed) {
        Random random = new Random(seed);
        Map<String, String> written = new LinkedHashMap<>();
        drive.write(new StopSign(), TIME, tape -> {
            DumpWriter dump = new DumpWriter(tape, name, TIME);
            for (int i = 0; i < items; i++) {
                byte[] body = new byte[random.nextInt(900)];
                random.nextBytes(body);
                dump.item(ItemId.of(name + i), body);
                written.put(name + i, Arrays.toString(body));
            }
            dump.end();
        });
        return written;
    }

    private static Read read(TapeDrive drive) {
        Read read = new Read();
        drive.read(new StopSign(), read, percent -> {}, TapeReader::readAll);
        return read;
    }

    private List<String> reels() throws IOException {
        try (Stream<Path> files = Files.list(home)) {
            return files.map(file -> file.getFileName().toString()).sorted().collect(Collectors.toList());
        }
    }

    /** The first reel took its place before the others, and the tape before was gone. */
    @Test
    void shouldKeepTheTapeBeforeIfAReelCannotTakeItsPlace() throws IOException {
        TapeDrive drive = attach("t t 500 f 20k");
        Map<String, String> before = dump(drive, "A", 3, 1);
        Files.createDirectories(home.resolve("t-2").resolve("in the way"));
        drive.rewind();

        assertThatThrownBy(() -> dump(drive, "B", 500, 2)).hasMessageContaining("t-2");

        Files.delete(home.resolve("t-2").resolve("in the way"));
        Files.delete(home.resolve("t-2"));
        drive.rewind();
        assertThat(read(drive).items).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "t t 500 f 20k",
                "t t 512 f 20k",
                "t t 512 f l 20k",
                "t t 8192 f 80k",
                "t t 16384 f 100k",
                "t t 500 p 20k",
                "t t 16384 p l 100k"
            })
    void shouldReadFromAllReelsWhatWasWritten(String device) throws IOException {
        TapeDrive drive = attach(device);
        Map<String, String> written = dump(drive, "A", 500, device.hashCode());
        long limit = TapeDeviceDefinition.parse(device).get(0).reelBytes();

        assertThat(reels()).hasSizeGreaterThan(3).contains("t", "t-2", "t-3");
        if (device.contains(" f")) {
            for (String reel : reels()) {
                assertThat(home.resolve(reel).toFile().length()).isBetween(1L, limit);
            }
        }
        assertThat(drive.reel()).isEqualTo(reels().size());
        Read read = read(attach(device));
        assertThat(read.items).isEqualTo(written);
        assertThat(read.notes).isEmpty();
    }

    @Test
    void shouldWriteBehindTheLastReelWhichIsFoundAgain() throws IOException {
        TapeDrive drive = attach("t t 500 f 20k");
        Map<String, String> all = new LinkedHashMap<>(dump(drive, "A", 100, 1));
        all.putAll(dump(drive, "B", 100, 2));

        drive = attach("t t 500 f 20k");
        assertThat(drive.isAtEnd()).isFalse();
        drive.endOfData();
        assertThat(drive.reel()).isEqualTo(reels().size());
        assertThat(drive.isAtEnd()).isTrue();
        assertThat(drive.place()).isEqualTo("the end of what is recorded");
        long block = drive.block();
        drive.endOfData();
        assertThat(drive.block()).isEqualTo(block);
        all.putAll(dump(drive, "C", 100, 3));

        drive.rewind();
        Read read = read(drive);
        assertThat(read.items).isEqualTo(all);
        assertThat(read.notes).isEmpty();
        assertThat(drive.isAtEnd()).isTrue();
    }

    @Test
    void shouldReadFromWhereItStandsOnALaterReel() throws IOException {
        TapeDrive drive = attach("t t 500 f 20k");
        dump(drive, "A", 100, 1);
        Map<String, String> second = dump(drive, "B", 100, 2);

        drive.rewind();
        drive.forward(0);
        assertThat(drive.reel()).isGreaterThan(1);
        Read read = read(drive);
        assertThat(read.items).isEqualTo(second);
        assertThat(read.notes).isEmpty();

        drive.back(0);
        drive.back(0);
        long block = drive.block();
        int reel = drive.reel();
        assertThat(drive.place()).isEqualTo("a filemark");
        drive.back(100_000);
        assertThat(drive.reel() + " " + drive.block()).isEqualTo("1 0");
        drive.forward(0);
        assertThat(drive.reel() + " " + drive.block()).isEqualTo(reel + " " + (block + 1));
        drive.rewind();
        drive.forward(45);
        assertThat(drive.reel() + " " + drive.block()).isEqualTo("2 7");
        drive.back(8);
        assertThat(drive.reel() + " " + drive.block()).isEqualTo("1 37");
    }

    @Test
    void shouldLeaveNoReelOfATapeThatWasThereBefore() throws IOException {
        TapeDrive drive = attach("t t 500 f 20k");
        dump(drive, "A", 200, 1);
        drive.rewind();
        assertThat(drive.holdsSomething()).isTrue();

        Map<String, String> written = dump(drive, "B", 1, 2);

        assertThat(reels()).containsExactly("t");
        drive.rewind();
        assertThat(read(drive).items).isEqualTo(written);
    }

    @Test
    void shouldLeaveTheTapeAsItWasIfWritingFailsOnALaterReel() throws IOException {
        TapeDrive drive = attach("t t 500 f 20k");
        dump(drive, "A", 1, 1);
        byte[] before = Files.readAllBytes(home.resolve("t"));

        assertThatThrownBy(() -> drive.write(new StopSign(), TIME, tape -> {
                    tape.label("B");
                    tape.write(new byte[100_000]);
                    throw new IllegalStateException("it breaks");
                }))
                .hasMessage("it breaks");

        assertThat(reels()).containsExactly("t");
        assertThat(Files.readAllBytes(home.resolve("t"))).isEqualTo(before);
        assertThat(drive.isAtEnd()).isTrue();
    }

    @Test
    void shouldWriteBehindAReelWhateverRoomItHas() {
        for (int items = 1; items < 30; items++) {
            TapeDrive drive = attach("t" + items + " t" + items + " 512 f 6k");
            Map<String, String> all = dump(drive, "A", items, items);
            all.putAll(dump(drive, "B", items, -items));
            drive.rewind();

            assertThat(read(drive).items).as("%s items each", items).isEqualTo(all);
        }
    }

    @Test
    void shouldSayWhichReelIsMissing() throws IOException {
        dump(attach("t t 500 f 20k"), "A", 100, 1);
        Files.delete(home.resolve("t-3"));

        assertThatThrownBy(() -> read(attach("t t 500 f 20k")))
                .isInstanceOf(TapeBroken.class)
                .hasMessageContaining("eel 2")
                .hasMessageContaining("block 38");
    }

    @Test
    void shouldShowBlocksAsDigitsAndAsText() {
        TapeDrive drive = attach("t t 500 f");
        dump(drive, "SOMETHING", 1, 1);
        drive.rewind();

        List<String> lines = drive.shown(9).lines().toList();

        assertThat(lines.get(0)).isEqualTo("Reel 1, block 0, 512 bytes: a label");
        assertThat(lines.get(1)).startsWith("00000  00 00 00 00 00 00 00 00 00 00 00 00 FF 4C 20 30");
        assertThat(lines).anyMatch(line -> line.contains("and 2") && line.endsWith("more like that"));
        assertThat(lines).contains("Reel 1, block 2, 512 bytes: a filemark");
        assertThat(drive.shown(1)).contains("SOMETH").doesNotContain("block 1,");
        assertThat(drive.block()).as("it stays where it is").isZero();
    }
}
