package org.hotbackup.tape;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BytesTest {

    @ParameterizedTest
    @ValueSource(ints = {0x80, 0x81, 0xC0, 0xFB, 0xFE, 0xFF})
    void shouldFindTheFirstByteThatIsAsLargeWhereverItStands(int stop) {
        Random random = new Random(stop);
        for (int round = 0; round < 20_000; round++) {
            byte[] bytes = new byte[random.nextInt(40)];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) (random.nextInt(8) == 0 ? stop - 2 + random.nextInt(4) : random.nextInt(0x80));
            }
            int from = random.nextInt(bytes.length + 1);
            int to = from + random.nextInt(bytes.length - from + 1);

            assertThat(Bytes.indexOf(stop, bytes, from, to)).isEqualTo(first(stop, bytes, from, to));
        }
    }

    private static int first(int stop, byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (Byte.toUnsignedInt(bytes[i]) >= stop) {
                return i;
            }
        }
        return to;
    }
}
