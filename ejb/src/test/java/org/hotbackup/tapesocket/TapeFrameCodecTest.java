package org.hotbackup.tapesocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.hotbackup.tapesocket.TapeFrame.Blocks;
import org.hotbackup.tapesocket.TapeFrame.Check;
import org.hotbackup.tapesocket.TapeFrame.CheckReply;
import org.hotbackup.tapesocket.TapeFrame.End;
import org.hotbackup.tapesocket.TapeFrame.Heartbeat;
import org.hotbackup.tapesocket.TapeFrame.Hello;
import org.hotbackup.tapesocket.TapeFrame.Ready;
import org.hotbackup.tapesocket.TapeFrame.Refuse;
import org.hotbackup.tapesocket.TapeFrame.Shutdown;
import org.hotbackup.tapesocket.TapeFrame.ShuttingDown;
import org.hotbackup.tapesocket.TapeFrame.Written;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("TS-002")
class TapeFrameCodecTest {

    private static final List<TapeFrame> ALL = List.of(
            new Hello("ssave", "node-a", 77, 512, 9, 1_700_000_000_000L),
            new Ready("srest", "node-b", 8, 7, false, 1_700_000_000_000L, 1_700_000_000_005L),
            new End(12, 6000),
            new Written(12, true),
            new Heartbeat(12),
            new Refuse("HB5113", "Refused: a sentence"),
            new Shutdown(),
            new ShuttingDown(),
            new Check(),
            new CheckReply("Input server srest"));

    @Test
    void everyFrameComesBackAsItWent() throws BadTapeFrameException {
        for (TapeFrame frame : ALL) {
            TapeFrameCodec.Received back = TapeFrameCodec.decode(TapeFrameCodec.encode(5, frame));
            assertThat(back).isEqualTo(new TapeFrameCodec.Received(5, frame));
        }
    }

    @Test
    void blocksComeBackWithTheirNumbersAndBytes() throws BadTapeFrameException {
        byte[] data = new byte[3 * 512 + 100];
        new Random(1).nextBytes(data);
        Blocks back =
                (Blocks) TapeFrameCodec.decode(TapeFrameCodec.encode(5, new Blocks(41, 512, ByteBuffer.wrap(data))))
                        .frame();
        assertThat(back.first()).isEqualTo(41);
        assertThat(back.last()).isEqualTo(44);
        assertThat(back.count()).isEqualTo(4);
        assertThat(back.data()).isEqualTo(ByteBuffer.wrap(data));
    }

    @Test
    void aBitThatFlipsInABlockIsFoundAndTheBlockNamed() {
        byte[] frame = TapeFrameCodec.encode(5, new Blocks(41, 512, ByteBuffer.allocate(1024)));
        frame[frame.length - 1] ^= 1;
        assertThatThrownBy(() -> TapeFrameCodec.decode(frame))
                .isInstanceOf(BadTapeFrameException.class)
                .hasMessage("block 42 is damaged");
    }

    /** The page of the protocol says it, and nobody looked. */
    @Test
    void moreBlocksThanAFrameMayHaveAreRefused() throws BadTapeFrameException {
        byte[] most = TapeFrameCodec.encode(5, new Blocks(1, 512, ByteBuffer.allocate(256 << 10)));
        assertThat(TapeFrameCodec.decode(most).frame()).isInstanceOf(Blocks.class);
        byte[] more = TapeFrameCodec.encode(5, new Blocks(1, 512, ByteBuffer.allocate((256 << 10) + 1)));
        assertThatThrownBy(() -> TapeFrameCodec.decode(more))
                .isInstanceOf(BadTapeFrameException.class)
                .hasMessageStartingWith("513 blocks of 512 bytes");
    }

    @Test
    void noFlippedBitAndNoShortFrameIsBelieved() {
        byte[] blocks = TapeFrameCodec.encode(5, new Blocks(1, 20, ByteBuffer.allocate(45)));
        for (int bit = 0; bit < blocks.length * 8; bit++) {
            byte[] damaged = blocks.clone();
            damaged[bit / 8] ^= (byte) (1 << bit % 8);
            assertThatThrownBy(() -> TapeFrameCodec.decode(damaged)).isInstanceOf(BadTapeFrameException.class);
        }
        for (TapeFrame frame : ALL) {
            byte[] whole = TapeFrameCodec.encode(5, frame);
            for (int length = 0; length < whole.length; length++) {
                byte[] cut = Arrays.copyOf(whole, length);
                assertThatThrownBy(() -> TapeFrameCodec.decode(cut)).isInstanceOf(BadTapeFrameException.class);
            }
        }
    }

    @Test
    void anyBytesAreAFrameOrAreRefusedInASentence() {
        Random random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            byte[] frame = TapeFrameCodec.encode(random.nextLong(), ALL.get(random.nextInt(ALL.size())));
            byte[] some = Arrays.copyOf(frame, random.nextInt(frame.length + 40));
            for (int n = random.nextInt(4); n > 0 && some.length > 0; n--) {
                some[random.nextInt(some.length)] = (byte) random.nextInt();
            }
            try {
                TapeFrameCodec.decode(some);
            } catch (BadTapeFrameException e) {
                assertThat(e).hasMessageNotContaining("null");
            }
        }
    }

    @Test
    void anotherVersionIsNamed() {
        byte[] frame = TapeFrameCodec.encode(5, new Check());
        frame[2] = 9;
        assertThatThrownBy(() -> TapeFrameCodec.decode(frame)).satisfies(thrown -> {
            BadTapeFrameException e = (BadTapeFrameException) thrown;
            assertThat(e.isOfAnotherVersion()).isTrue();
            assertThat(e.version()).isEqualTo(9);
            assertThat(e.conversation()).isEqualTo(5);
        });
    }
}
