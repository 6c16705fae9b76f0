package org.hotbackup.pipe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("TS-002")
class PipePagesTest {

    private static final long MORE_THAN_ANYBODY_GETS = 3L << 30;

    private static final int LARGEST = 15 * NamedPipe.PAGE;

    @TempDir
    Path folder;

    private final PipePages pages = new PipePages(NamedPipe.CAPACITY);

    @Test
    void shouldCountPagesAndNotBytes() {
        assertThat(pages.room(0)).isEqualTo(LARGEST);
        pages.wrote(1);
        pages.wrote(NamedPipe.PAGE + 1);
        assertThat(pages.room(NamedPipe.PAGE + 2)).isEqualTo(LARGEST - 3 * NamedPipe.PAGE);
    }

    @Test
    void shouldForgetWritesThatWereRead() {
        pages.wrote(100);
        pages.wrote(200);
        assertThat(pages.room(200)).isEqualTo(LARGEST - NamedPipe.PAGE);
        assertThat(pages.room(0)).isEqualTo(LARGEST);
    }

    @Test
    void shouldTakePagesOfAFormerProcessForHalfFull() {
        assertThat(pages.room(4 * NamedPipe.PAGE)).isEqualTo(LARGEST - 8 * NamedPipe.PAGE);
        assertThat(pages.room(NamedPipe.CAPACITY)).isZero();
    }

    /**
     * A write that waited for a reader would be half done when the process is killed: the kernel has the room that is promised, in a
     * pipe as it makes them, in one that the keeper made larger and in the smallest one.
     */
    @ParameterizedTest
    @ValueSource(longs = {NamedPipe.LEAST_CAPACITY, NamedPipe.CAPACITY, 1 << 20})
    void shouldNeverPromiseMoreThanTheKernelHas(long bytes) throws Exception {
        NamedPipe pipe = Programs.mkfifo(folder.resolve("pipe"));
        PipeKeeper keeper = new PipeKeeper(TapePosition.of(folder.resolve("position")), bytes);
        Random random = new Random(1);
        ExecutorService writer = Executors.newSingleThreadExecutor();
        try (HeldPipe held = pipe.hold()) {
            keeper.start(pipe, PipeKeeper.End.WRITING);
            int capacity = keeper.capacity();
            PipePages room = new PipePages(capacity);
            for (int i = 0; i < 2_000; i++) {
                int length = Math.min(room.room(held.waiting()), 1 + random.nextInt(capacity));
                if (length > 0) {
                    Callable<Void> write = () -> write(held, length);
                    writer.submit(write).get(10, TimeUnit.SECONDS);
                    room.wrote(length);
                }
                held.channel().read(ByteBuffer.allocate(random.nextInt(held.waiting() + 1)));
            }
        } finally {
            keeper.end();
            writer.shutdownNow();
        }
    }

    @Test
    void shouldMakeThePipeLargerAndSayHowLargeItIs() throws Exception {
        NamedPipe pipe = Programs.mkfifo(folder.resolve("pipe"));
        PipeKeeper keeper = new PipeKeeper(TapePosition.of(folder.resolve("position")));
        try (HeldPipe held = pipe.hold()) {
            keeper.start(pipe, PipeKeeper.End.READING);
            assertThat(keeper.capacity()).isGreaterThan(NamedPipe.CAPACITY);
            assertThat(held.channel().write(ByteBuffer.allocate(keeper.capacity())))
                    .isEqualTo(keeper.capacity());
            assertThat(held.waiting()).isEqualTo(keeper.capacity());
            assertThat(new PipeKeeper(TapePosition.of(folder.resolve("position"))).capacity())
                    .as("known to the next process")
                    .isEqualTo(keeper.capacity());
        } finally {
            keeper.end();
        }
    }

    /** Who has many pipes gets small ones, and none of them any larger: a write of 32 KB would wait there half done. */
    @Test
    void shouldKnowThatAPipeIsSmallerThanWasAskedFor() throws Exception {
        NamedPipe pipe = Programs.mkfifo(folder.resolve("pipe"));
        PipeKeeper keeper = new PipeKeeper(TapePosition.of(folder.resolve("position")), MORE_THAN_ANYBODY_GETS);
        PipeKeeper other = new PipeKeeper(TapePosition.of(folder.resolve("other")), NamedPipe.LEAST_CAPACITY);
        try (HeldPipe held = pipe.hold()) {
            keeper.start(pipe, PipeKeeper.End.WRITING);
            assertThat(keeper.capacity()).isEqualTo(NamedPipe.CAPACITY);
            keeper.end();
            assertThat(keeper.capacity()).as("while nobody knows").isEqualTo(NamedPipe.LEAST_CAPACITY);

            other.start(pipe, PipeKeeper.End.WRITING);
            keeper.start(pipe, PipeKeeper.End.WRITING);
            assertThat(keeper.capacity()).isEqualTo(NamedPipe.LEAST_CAPACITY);
            assertThat(held.waiting()).isZero();
        } finally {
            keeper.end();
            other.end();
        }
    }

    /** Its process is killed before it could note whom it started. */
    @Test
    void shouldLeaveNobodyAtAPipeWhomNobodyKnows() throws Exception {
        NamedPipe pipe = Programs.mkfifo(folder.resolve("pipe"));
        PipeKeeper keeper = new PipeKeeper(TapePosition.of(folder.resolve("position")));
        for (PipeKeeper.End end : PipeKeeper.End.values()) {
            Process unknown = keeper.unknown(pipe, end).start();
            unknown.getOutputStream().close();
            assertThat(unknown.waitFor(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    private static Void write(HeldPipe held, int length) throws IOException {
        held.channel().write(ByteBuffer.allocate(length));
        return null;
    }
}
