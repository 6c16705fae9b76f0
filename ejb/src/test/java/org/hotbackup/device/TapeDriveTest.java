package org.hotbackup.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.control.settings.TapeDeviceDefinition;
import org.hotbackup.model.ItemId;
import org.hotbackup.tape.DumpWriter;
import org.hotbackup.tape.ItemForm;
import org.hotbackup.tape.TapeFile;
import org.hotbackup.tape.TapeHandler;
import org.hotbackup.tape.TapeLabel;
import org.hotbackup.tape.TapeReader;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a device stands, and what becomes of its tape. */
@Tag("TS-001")
class TapeDriveTest {

    private static final LocalDateTime TIME = LocalDateTime.of(2026, 11, 22, 12, 0);

    @TempDir
    Path home;

    private TapeDrive attach(String device) {
        return TapeDrive.attach(TapeDeviceDefinition.parse(device).get(0), home, 0, 0);
    }

    private static void dump(TapeDrive drive, String text) {
        drive.write(new StopSign(), TIME, tape -> {
            DumpWriter dump = new DumpWriter(tape, text, TIME);
            dump.item(ItemId.of(text), text.getBytes());
            dump.end();
        });
    }

    private static List<String> read(TapeDrive drive, boolean all) {
        List<String> ids = new ArrayList<>();
        TapeHandler handler = new TapeHandler() {
            @Override
            public void item(TapeFile file, ItemId id, byte[] body, ItemForm form) {
                ids.add(id.toString());
            }
        };
        drive.read(new StopSign(), handler, percent -> {}, all ? TapeReader::readAll : TapeReader::readFile);
        return ids;
    }

    private static void assertRefused(MessageCode code, Runnable work) {
        assertThatThrownBy(work::run)
                .isInstanceOfSatisfying(Refusal.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    @Test
    void shouldWriteOneTapeFileBehindTheOther() {
        TapeDrive drive = attach("t t 500 f");
        assertThat(drive.holdsSomething()).as("a blank tape").isFalse();
        dump(drive, "A");
        assertThat(drive.isAtEnd()).isTrue();
        assertThat(drive.holdsSomething()).isFalse();
        dump(drive, "B");

        drive.rewind();

        assertThat(drive.holdsSomething()).isTrue();
        assertThat(read(drive, true)).containsExactly("A", "B");
        assertThat(drive.isAtEnd()).isTrue();
        assertRefused(MessageCode.TAPE_AT_END, () -> read(drive, true));
    }

    @Test
    void shouldGoFromFilemarkToFilemarkAndBlockToBlock() {
        TapeDrive drive = attach("t t 500 f");
        dump(drive, "A");
        dump(drive, "B");
        drive.rewind();

        assertThat(drive.label().map(TapeLabel::text)).contains("A");
        drive.forward(0);
        assertThat(drive.block()).isEqualTo(3);
        assertThat(drive.label().map(TapeLabel::text)).contains("B");
        assertThat(read(drive, false)).containsExactly("B");
        assertThat(drive.isAtEnd()).isTrue();
        assertRefused(MessageCode.TAPE_AT_END, () -> drive.forward(0));
        drive.back(0);
        assertThat(drive.block()).isEqualTo(5);
        drive.back(0);
        assertThat(drive.block()).isEqualTo(2);
        drive.back(9);
        assertThat(drive.block()).isZero();
        drive.forward(2);
        assertThat(drive.place()).isEqualTo("a filemark");
        drive.forward(99);
        assertThat(drive.place()).isEqualTo("the end of what is recorded");
    }

    @Test
    void shouldSayThatItIsAttachedWithAnotherBlockSize() {
        dump(attach("t t 16384 f"), "A");
        TapeDrive drive =
                TapeDrive.attach(TapeDeviceDefinition.parse("t t 16384 f").get(0), home, 8192, 0);

        assertRefused(MessageCode.TAPE_BLOCK_SIZE_WRONG, drive::label);
        assertRefused(MessageCode.TAPE_BLOCK_SIZE_WRONG, () -> drive.forward(0));
        assertRefused(MessageCode.TAPE_BLOCK_SIZE_WRONG, () -> read(drive, true));
        dump(drive, "B");
        drive.rewind();
        assertThat(read(drive, true)).as("written over").containsExactly("B");
    }

    @Test
    void shouldLeaveTheTapeAsItWasIfWritingFails() throws IOException {
        TapeDrive drive = attach("t t 500 f");
        dump(drive, "A");
        byte[] before = Files.readAllBytes(home.resolve("t"));

        assertThatThrownBy(() -> drive.write(new StopSign(), TIME, tape -> {
                    tape.label("B");
                    tape.write(new byte[1_000_000]);
                    throw new IllegalStateException("it breaks");
                }))
                .hasMessage("it breaks");

        assertThat(Files.readAllBytes(home.resolve("t"))).isEqualTo(before);
        assertThat(drive.isAtEnd()).isTrue();
    }

    @Test
    void shouldEndWithTwoFilemarksWhereItIsCutBehindOne() {
        TapeDrive drive = attach("t t 500 f");
        dump(drive, "A");
        dump(drive, "B");
        drive.rewind();
        drive.forward(0);
        drive.writeFilemark();
        drive.rewind();

        assertThat(read(drive, true)).containsExactly("A");
    }

    @Test
    void shouldWriteACompressedTapeFromItsBeginningOnly() {
        TapeDrive drive = attach("t t.gz 16384 p");
        dump(drive, "A");
        assertRefused(MessageCode.TAPE_COMPRESSED_FROM_START, () -> dump(drive, "B"));
        drive.rewind();
        assertThat(read(drive, true)).containsExactly("A");
        drive.rewind();
        dump(drive, "B");
        drive.rewind();
        assertThat(read(drive, true)).containsExactly("B");
    }

    @Test
    void shouldTakeTheBlockSizeOfTheTape() {
        dump(attach("t t 8192 f l"), "A");

        TapeDrive other = attach("t t 500 f");

        assertThat(other.format().dataBytes()).isEqualTo(8192);
        assertThat(other.format().linkBytes()).isEqualTo(12);
        assertThat(read(other, true)).containsExactly("A");
    }

    @Test
    void shouldStopWhereNobodyReadsAPipe() throws Exception {
        TapeDrive drive = attach("t pipes/p 500 c");
        StopSign stop = new StopSign();
        List<Throwable> thrown = new ArrayList<>();
        Thread writer = new Thread(() -> {
            try {
                drive.write(stop, TIME, tape -> tape.write(new byte[1 << 20]));
            } catch (StopSign.Stopped e) {
                thrown.add(e);
            }
        });
        writer.start();
        for (int i = 0; i < 100 && writer.isAlive(); i++) {
            stop.raise();
            writer.join(100);
        }

        assertThat(writer.isAlive()).isFalse();
        assertThat(thrown).hasSize(1);
        assertRefused(MessageCode.TAPE_DEVICE_NO_POSITIONS, () -> drive.forward(0));
    }

    @Test
    void shouldKeepFreeWhatTheNodeNeedsOfTheDisk() {
        TapeDeviceDefinition device = TapeDeviceDefinition.parse("t t 500 f").get(0);
        TapeDrive drive = TapeDrive.attach(device, home, 0, Long.MAX_VALUE / 2);

        assertThatThrownBy(() -> dump(drive, "A"))
                .hasMessageContaining("Block")
                .hasMessageContaining("hotbackup.disk.reserve.mb");
        assertThat(home.resolve("t")).doesNotExist();
    }

    private byte[] bytes(String file) {
        try {
            return Files.readAllBytes(home.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(home)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    /** Writes a tape file that fails, and what the image is just before. */
    private byte[] fail(TapeDrive drive, String file) {
        AtomicReference<byte[]> meanwhile = new AtomicReference<>();
        assertThatThrownBy(() -> drive.write(new StopSign(), TIME, tape -> {
                    tape.label("B");
                    tape.write(new byte[1_000_000]);
                    tape.endFile((byte) 0);
                    meanwhile.set(bytes(file));
                    throw new IllegalStateException("it breaks");
                }))
                .hasMessage("it breaks");
        return meanwhile.get();
    }

    @ParameterizedTest
    @ValueSource(strings = {"t t 500 f", "t t 16384 p"})
    void shouldLeaveTheTapeThatIsWrittenOverUntilTheNewOneIsWhole(String device) throws IOException {
        TapeDrive drive = attach(device);
        dump(drive, "A");
        byte[] before = bytes("t");
        drive.rewind();

        byte[] meanwhile = fail(drive, "t");

        assertThat(meanwhile).as("what a kill would leave").isEqualTo(before);
        assertThat(bytes("t")).isEqualTo(before);
        assertThat(names()).containsExactly("t");
        dump(drive, "C");
        drive.rewind();
        assertThat(read(drive, true)).containsExactly("C");
    }

    @Test
    void shouldLeaveTheTapeThatIsWrittenOverIfItIsStopped() {
        TapeDrive drive = attach("t t 500 f");
        dump(drive, "A");
        byte[] before = bytes("t");
        drive.rewind();
        StopSign stop = new StopSign();

        assertThatThrownBy(() -> drive.write(stop, TIME, tape -> {
                    stop.raise();
                    tape.write(new byte[1_000_000]);
                }))
                .isInstanceOf(StopSign.Stopped.class);

        assertThat(bytes("t")).isEqualTo(before);
    }

    @Test
    void shouldEndTheTapeWhereItEndedUntilWhatIsWrittenBehindItIsWhole() throws IOException {
        TapeDrive drive = attach("t t 500 f");
        dump(drive, "A");
        byte[] before = bytes("t");

        byte[] meanwhile = fail(drive, "t");

        assertThat(meanwhile).as("what a kill would leave").startsWith(before).hasSizeGreaterThan(before.length);
        assertThat(bytes("t")).isEqualTo(before);
        Files.write(home.resolve("t"), meanwhile);
        drive.rewind();
        assertThat(read(drive, true)).as("behind the end nothing is read").containsExactly("A");
        dump(drive, "C");
        drive.rewind();
        assertThat(read(drive, true)).containsExactly("A", "C");
    }

    @Test
    void shouldLeaveBothFilemarksIfTheDiskIsFull() {
        dump(attach("t t 500 f"), "A");
        byte[] before = bytes("t");
        TapeDrive full =
                TapeDrive.attach(TapeDeviceDefinition.parse("t t 500 f").get(0), home, 0, Long.MAX_VALUE / 2);
        assertThatThrownBy(() -> dump(full, "B"))
                .hasMessageContaining("hotbackup.disk.reserve.mb")
                .hasMessageEndingWith("The tape of device 't' is as it was before.");
        assertThat(bytes("t")).isEqualTo(before);

        full.endOfData();
        assertThatThrownBy(() -> dump(full, "B")).hasMessageContaining("hotbackup.disk.reserve.mb");

        assertThat(bytes("t")).isEqualTo(before);
    }

    @Test
    void shouldLeaveWhatIsInTheMiddleUntilWhatIsWrittenOverItIsWhole() throws IOException {
        TapeDrive drive = attach("t t 500 f");
        dump(drive, "A");
        dump(drive, "B");
        byte[] before = bytes("t");
        drive.rewind();
        drive.forward(0);

        byte[] meanwhile = fail(drive, "t");

        assertThat(meanwhile).isEqualTo(before);
        assertThat(bytes("t")).isEqualTo(before);
        dump(drive, "C");
        drive.rewind();
        assertThat(read(drive, true)).containsExactly("A", "C");
        assertThat(names()).containsExactly("t");
    }

    @Test
    void shouldTakeAwayWhatAKilledProcessLeft() throws IOException {
        Files.write(home.resolve("t.unfinished"), new byte[1]);
        Files.write(home.resolve("t-2.unfinished"), new byte[1]);
        Files.write(home.resolve("other.unfinished"), new byte[1]);

        TapeDrive.deleteUnfinished(TapeDeviceDefinition.parse("t t 500 f").get(0), home);

        assertThat(names()).containsExactly("other.unfinished");
    }

    @Test
    void shouldWriteNothingBehindAnImageThatIsCompressed() {
        dump(attach("t t 500 p"), "A");
        byte[] before = bytes("t");
        TapeDrive drive = attach("t t 500 f");
        drive.endOfData();

        assertRefused(MessageCode.TAPE_IMAGE_COMPRESSED, () -> dump(drive, "B"));
        assertRefused(MessageCode.TAPE_IMAGE_COMPRESSED, drive::writeFilemark);

        assertThat(bytes("t")).isEqualTo(before);
        drive.rewind();
        dump(drive, "B");
        drive.rewind();
        assertThat(read(drive, true)).containsExactly("B");
    }

    @Test
    void shouldMakeImagesAndFoldersThatNobodyElseReads() throws IOException {
        dump(attach("t tapes/t 500 f"), "A");

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve("tapes"))))
                .isEqualTo("rwx------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve("tapes/t"))))
                .isEqualTo("rw-------");
    }
}
