package org.hotbackup.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ItemTextTest {

    private static byte[] bytes(int... bytes) {
        byte[] item = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            item[i] = (byte) bytes[i];
        }
        return item;
    }

    @Test
    void shouldShowAnAttributeALineWithItsNumberAndTheMarksAsPickDoes() {
        byte[] item = bytes('a', 0xFD, 'b', 0xFC, 'c', 0xFE, 0xFE, '7');

        assertThat(ItemText.lines(item)).containsExactly("001 a]b\\c", "002 ", "003 7");
    }

    @Test
    void shouldShowTextAsTextAndEveryOtherByteByItsNumber() {
        byte[] text = "Zürich €10 \u202E x\u0085\u001B[2J".getBytes(StandardCharsets.UTF_8);
        assertThat(ItemText.lines(text)).containsExactly("001 Zürich €10 \\xE2\\x80\\xAE x\\xC2\\x85\\x1B[2J");

        assertThat(ItemText.lines(bytes('a', 0xFF, 0xFB, 0xC3, 'b', 0x00, 0xE2, 0x82)))
                .containsExactly("001 a\\xFF\\xFB\\xC3b\\x00\\xE2\\x82");
    }

    @Test
    void shouldShowAnItemWithoutAByte() {
        assertThat(ItemText.lines(new byte[0])).containsExactly("001 ");
    }

    @Test
    void shouldSayHowMuchIsNotShownOfManyAttributes() {
        String[] attributes = new String[60];
        Arrays.fill(attributes, "ab");
        byte[] item = DynamicArray.ofAttributes(attributes).bytes();

        assertThat(ItemText.lines(item))
                .hasSize(ItemText.LINES + 1)
                .contains("050 ab")
                .last()
                .isEqualTo("and 30 more bytes of 179, up to attribute 60");
        assertThat(ItemText.lines(Arrays.copyOf(item, 50 * 3 - 1)))
                .as("fifty are shown whole")
                .hasSize(ItemText.LINES)
                .endsWith("050 ab");
    }

    @Test
    void shouldSayHowMuchIsNotShownOfALongAttributeAndCutNoCharacter() {
        byte[] item = ("a" + "ü".repeat(3_000)).getBytes(StandardCharsets.UTF_8);

        assertThat(ItemText.lines(item))
                .containsExactly("001 a" + "ü".repeat(2_047), "and 1906 more bytes of 6001, up to attribute 1");
    }
}
