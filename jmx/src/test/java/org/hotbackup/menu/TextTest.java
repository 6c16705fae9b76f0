package org.hotbackup.menu;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Texts of any origin, as they stand on a screen. */
class TextTest {

    @Test
    void shouldShowWhatWouldMoveTheCursorAsItsNumber() {
        assertThat(Text.safe("a\u001b[2J\u0007b\u202Ec\u0000")).isEqualTo("a\\x1B[2J\\x07b\\x202Ec\\x00");
        assertThat(Text.safe("a\tb")).isEqualTo("a    b");
        assertThat(Text.safe("\uD800x")).isEqualTo("\\xD800x");
        assertThat(Text.safe("grün 漢字 😀")).isEqualTo("grün 漢字 😀");
    }

    @Test
    void shouldBeginALineAtEveryLineEnd() {
        assertThat(Text.lines("a\r\nb\nc\rd\u2028e\n\n")).containsExactly("a", "b", "c", "d", "e");
        assertThat(Text.lines("")).isEmpty();
    }

    @Test
    void shouldCountColumnsAndNotCharacters() {
        assertThat(Text.columns("漢字")).isEqualTo(4);
        assertThat(Text.columns("e\u0301")).isEqualTo(1);
        assertThat(Text.cut("漢字", 3)).isEqualTo("漢");
        assertThat(Text.fit("漢字", 3)).isEqualTo("漢 ");
        assertThat(Text.between("left", "right", 12)).isEqualTo("left   right");
        assertThat(Text.between("too long", "right", 10)).isEqualTo("too  right");
    }

    @Test
    void shouldBreakLinesAtBlanks() {
        assertThat(Text.wrap("one two three", 8, 2)).containsExactly("one two", "  three");
        assertThat(Text.wrap("abcdefghij", 4, 1)).containsExactly("abcd", " efg", " hij");
        assertThat(Text.wrap("", 4, 1)).containsExactly("");
        assertThat(Text.wrap("漢字漢字", 5, 0)).containsExactly("漢字", "漢字");
        assertThat(Text.wrap("漢字", 1, 0)).as("no room for any").containsExactly("漢", "字");
    }
}
