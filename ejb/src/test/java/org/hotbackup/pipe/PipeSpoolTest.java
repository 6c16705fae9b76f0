package org.hotbackup.pipe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.hotbackup.pipe.PipeSpool.Read;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a pipe's bytes are put, and what a read left there that a process was killed in. */
@Tag("TS-002")
class PipeSpoolTest {

    private static final int CAPACITY = 1 << 20;
    private static final long MARK = 0x0102030405060708L;

    @TempDir
    Path folder;

    private PipeSpool spool() throws IOException {
        return PipeSpool.open(folder.resolve("spool"), CAPACITY);
    }

    /** Bytes of a tape, read into the place. */
    private static void read(ByteBuffer place, int bytes) {
        place.duplicate().put(new byte[bytes]);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 8, 9, 15, 16, 17, 4_096, 4_097, 100_000})
    void shouldTellAReadThatTookAllFromOneThatTookNothing(int length) throws IOException {
        ByteBuffer place = spool().place(10_001, length);
        PipeSpool.prepare(place, MARK);
        assertThat(PipeSpool.read(place, MARK)).isEqualTo(Read.NOTHING);
        read(place, length);
        assertThat(PipeSpool.read(place, MARK)).isEqualTo(Read.ALL);
    }

    @ParameterizedTest
    @ValueSource(ints = {17, 4_096, 4_097, 100_000})
    void shouldSeeThatAReadWasBrokenOff(int length) throws IOException {
        ByteBuffer place = spool().place(10_001, length);
        PipeSpool.prepare(place, MARK);
        read(place, length - 8);
        assertThat(PipeSpool.read(place, MARK)).isEqualTo(Read.TORN);
    }

    @Test
    void shouldHaveAllItsSpaceBeforeAnythingIsRead() throws IOException, InterruptedException {
        spool();
        assertThat(Programs.space(folder.resolve("spool"))).isGreaterThanOrEqualTo(CAPACITY);
        assertThat(Files.readAllBytes(folder.resolve("spool")))
                .hasSize(CAPACITY)
                .containsOnly(0);
    }

    @ParameterizedTest
    @ValueSource(ints = {20, 500, 512, 16_384, 65_535, 65_536})
    void shouldHoldWholeBlocksOfSixteenMegabytesAtMost(int blockSize) throws IOException {
        int capacity = PipeSpool.ofBlocks(folder.resolve("spool"), blockSize).capacity();
        assertThat(capacity % blockSize).isZero();
        assertThat(capacity).isBetween(blockSize, 16 << 20);
        assertThat(capacity / blockSize).isLessThanOrEqualTo(32_768);
    }

    /** What is on a tape passes through it. */
    @Test
    void shouldBeNobodysButTheNodesUser() throws IOException {
        spool();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("spool"))))
                .isEqualTo("rw-------");
    }

    @Test
    void shouldGoRound() throws IOException {
        PipeSpool spool = spool();
        spool.place(CAPACITY + 5, 3).put(new byte[] {1, 2, 3});
        assertThat(spool.read(5, 3)).isEqualTo(ByteBuffer.wrap(new byte[] {1, 2, 3}));
        assertThat(spool.read(CAPACITY - 2, 100).remaining()).isEqualTo(2);
        assertThat(spool.room(CAPACITY - 2, 10)).isEqualTo(2);
        assertThat(spool.room(CAPACITY + 2, 10)).isEqualTo(CAPACITY - 10);
    }
}
