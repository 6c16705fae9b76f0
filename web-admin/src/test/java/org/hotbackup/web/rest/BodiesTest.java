package org.hotbackup.web.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.model.Limits;
import org.junit.jupiter.api.Test;

class BodiesTest {

    private static final int MEGABYTE = 1 << 20;

    /** A body of so many bytes that nobody holds. */
    private static final class Endless extends InputStream {

        private final long length;
        private long read;

        Endless(long length) {
            this.length = length;
        }

        @Override
        public int read() {
            return read < length ? (int) (read++ & 0x7F) : -1;
        }

        @Override
        public int read(byte[] buffer, int offset, int count) {
            int given = (int) Math.min(count, length - read);
            read += given;
            return given == 0 && count > 0 ? -1 : given;
        }
    }

    @Test
    void shouldReadABodyOfExactlyTheLimit() {
        assertThat(Bodies.read(new ByteArrayInputStream(new byte[100]), 100)).hasSize(100);
        assertThat(Bodies.read(new ByteArrayInputStream(new byte[0]), 100)).isEmpty();
    }

    @Test
    void shouldRefuseAnItemOf65MegabytesWithoutKeepingIt() {
        Endless body = new Endless(65L * MEGABYTE);

        assertThatThrownBy(() -> Bodies.read(body, Limits.MAX_ITEM_BYTES))
                .asInstanceOf(type(Refusal.class))
                .returns(MessageCode.REQUEST_TOO_LARGE, Refusal::code)
                .returns("The request has more than 67108864 bytes; make it smaller or split it.", Refusal::getMessage);
        assertThat(body.read).as("who is still sending hears no answer").isEqualTo(body.length);
    }

    @Test
    void shouldNotDrainABodyWithoutEnd() {
        Endless body = new Endless(Long.MAX_VALUE);

        assertThatThrownBy(() -> Bodies.read(body, 10)).isInstanceOf(Refusal.class);
        assertThat(body.read).isBetween(256L * MEGABYTE, 260L * MEGABYTE);
    }

    @Test
    void shouldRefuseABodyThatEndsTooEarly() {
        assertThat(Bodies.readExactly(new ByteArrayInputStream(new byte[10]), 10))
                .hasSize(10);
        assertThatThrownBy(() -> Bodies.readExactly(new ByteArrayInputStream(new byte[9]), 10))
                .isInstanceOf(Refusal.class);
    }

    @Test
    void shouldStopAStreamAtItsLimit() throws IOException {
        assertThat(Bodies.limited(new ByteArrayInputStream(new byte[1000]), 1000)
                        .readAllBytes())
                .hasSize(1000);

        Endless body = new Endless(Long.MAX_VALUE);
        InputStream limited = Bodies.limited(body, 1000);
        assertThatThrownBy(() -> limited.transferTo(java.io.OutputStream.nullOutputStream()))
                .asInstanceOf(type(Refusal.class))
                .returns(MessageCode.REQUEST_TOO_LARGE, Refusal::code);
        assertThat(body.read).isLessThan(MEGABYTE);

        InputStream bytes = Bodies.limited(new Endless(2), 1);
        assertThat(bytes.read()).isZero();
        assertThatThrownBy(bytes::read).isInstanceOf(Refusal.class);
    }

    @Test
    void shouldPassOnThatAConnectionBroke() {
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("reset");
            }
        };

        assertThatThrownBy(() -> Bodies.read(broken, 10))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("reset");
    }

    @Test
    void shouldLetLargeBodiesWaitForEachOtherAndSmallOnesPass() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch leave = new CountDownLatch(1);
        ExecutorService others = Executors.newFixedThreadPool(2);
        try {
            Future<String> first = others.submit(() -> Bodies.inMemory(Limits.MAX_ITEM_BYTES, () -> {
                inside.countDown();
                await(leave);
                return "first";
            }));
            assertThat(inside.await(10, TimeUnit.SECONDS)).isTrue();
            CountDownLatch entered = new CountDownLatch(1);
            Future<String> second = others.submit(() -> Bodies.inMemory(Limits.MAX_ITEM_BYTES, () -> {
                entered.countDown();
                return "second";
            }));

            assertThat(Bodies.<String>inMemory(1000, () -> "small")).isEqualTo("small");
            assertThat(entered.await(200, TimeUnit.MILLISECONDS)).isFalse();
            leave.countDown();
            assertThat(first.get(10, TimeUnit.SECONDS)).isEqualTo("first");
            assertThat(second.get(10, TimeUnit.SECONDS)).isEqualTo("second");
        } finally {
            leave.countDown();
            others.shutdownNow();
        }
    }

    @Test
    void shouldGiveTheRoomBackWhenTheWorkFails() {
        for (int i = 0; i < 10; i++) {
            assertThatThrownBy(() -> Bodies.inMemory(Limits.MAX_ITEM_BYTES, () -> {
                        throw new Refusal(MessageCode.BUSY);
                    }))
                    .isInstanceOf(Refusal.class);
        }
        assertThat(Bodies.<String>inMemory(Long.MAX_VALUE, () -> "room")).isEqualTo("room");
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
