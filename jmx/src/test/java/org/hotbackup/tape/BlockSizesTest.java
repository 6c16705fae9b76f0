package org.hotbackup.tape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.time.LocalDateTime;
import java.util.Optional;
import java.util.stream.Stream;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.model.ItemId;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whoever reads a tape with a block size that it does not have is told which one it has; it was called cut off. */
@Tag("TAPE-2")
class BlockSizesTest {

    private static final LocalDateTime TIME = LocalDateTime.of(2026, 11, 22, 12, 0);
    private static final BlockFormat[] FORMATS = {
        BlockFormat.of(80),
        BlockFormat.FLOPPY,
        BlockFormat.of(512),
        BlockFormat.of(8192),
        new BlockFormat(BlockFormat.LINK_BYTES, 8192),
        BlockFormat.of(16_384),
        BlockFormat.of(65_535)
    };

    static Stream<Arguments> pairs() {
        return Stream.of(FORMATS).flatMap(one -> Stream.of(FORMATS).map(other -> Arguments.of(one, other)));
    }

    private static byte[] dump(BlockFormat format) {
        ByteArrayOutputStream image = new ByteArrayOutputStream();
        try (TapeWriter tape = new TapeWriter(image, format, TIME)) {
            DumpWriter dump = new DumpWriter(tape, "ORDERS", TIME);
            dump.item(ItemId.of("one"), "x".repeat(100_000).getBytes());
            dump.end();
        }
        return image.toByteArray();
    }

    private static byte[] save(BlockFormat format) {
        ByteArrayOutputStream image = new ByteArrayOutputStream();
        GeneratedAccounts accounts = new GeneratedAccounts(new java.util.Random(1));
        try (TapeWriter tape = new TapeWriter(image, format, TIME)) {
            Save.write(accounts, accounts.names(), true, "WEEK", tape, TIME, new Heard(), (path, bytes, form) -> {});
        }
        return image.toByteArray();
    }

    private static Heard read(BlockFormat as, byte... image) {
        Heard heard = new Heard();
        new TapeReader(Heard.reels(image), Optional.of(as), heard).readAll();
        return heard;
    }

    @ParameterizedTest(name = "{0} read as {1}")
    @MethodSource("pairs")
    void shouldSayWhichBlockSizeATapeHas(BlockFormat has, BlockFormat attached) {
        for (byte[] image : new byte[][] {dump(has), save(has)}) {
            if (has.equals(attached)) {
                assertThat(read(attached, image).itemTexts())
                        .isEqualTo(Heard.of(image).itemTexts());
            } else {
                assertThatThrownBy(() -> read(attached, image))
                        .isInstanceOfSatisfying(TapeBroken.class, e -> assertThat(e.code())
                                .isEqualTo(MessageCode.TAPE_BLOCK_SIZE_WRONG))
                        .hasMessage(
                                "Reel 1: block size %d does not fit this tape, it looks like %d; attach it with --block-size %2$d, or without that option.",
                                attached.dataBytes(), has.dataBytes());
            }
        }
    }

    @Test
    void shouldBelieveWhoSaysTheSizeIfTheLabelLies() {
        byte[] image = dump(BlockFormat.of(8192));
        assertThat(image[3]).isEqualTo((byte) '2');
        image[3] = '4'; // it states 4000, 16384 bytes

        assertThat(read(BlockFormat.of(8192), image).itemTexts()).hasSize(1);
    }

    @Test
    void shouldSayThatATapeWithoutALabelHasLinkFields() {
        ByteArrayOutputStream image = new ByteArrayOutputStream();
        try (TapeWriter tape = new TapeWriter(image, BlockFormat.FLOPPY, TIME)) {
            tape.write("one^1".getBytes());
            tape.endFile((byte) 0xFB);
        }

        assertThatThrownBy(() -> read(BlockFormat.of(512), image.toByteArray()))
                .hasMessageContaining("it looks like 500");
    }
}
