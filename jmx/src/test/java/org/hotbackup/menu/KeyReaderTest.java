package org.hotbackup.menu;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hotbackup.menu.Key.Kind;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a terminal sends, as keys. A {@code |} in what is sent is a pause. */
@Tag("HB-002")
class KeyReaderTest {

    private static List<Key> keys(String sent) throws IOException {
        int[] at = {0};
        KeyReader reader = new KeyReader(millis -> {
            if (at[0] == sent.length()) {
                return KeyReader.Source.ENDED;
            }
            char next = sent.charAt(at[0]++);
            return next == '|' ? KeyReader.Source.NOTHING_YET : next;
        });
        List<Key> keys = new ArrayList<>();
        while (keys.isEmpty() || keys.get(keys.size() - 1).kind() != Kind.GONE) {
            Optional<Key> key = reader.read(1);
            key.ifPresent(keys::add);
        }
        return keys.subList(0, keys.size() - 1);
    }

    @ParameterizedTest
    @CsvSource({
        "\\x0E, DOWN",
        "\\x02, UP",
        "\\x18, CANCEL",
        "\\x15, CLEAR",
        "\\x0C, REDRAW",
        "\\x0D, ENTER",
        "\\x0A, ENTER",
        "\\x09, TAB",
        "\\x08, BACKSPACE",
        "\\x7F, BACKSPACE",
        "\\x1B|, ESCAPE",
        "\\x1B[A, UP",
        "\\x1B[B, DOWN",
        "\\x1B[C, RIGHT",
        "\\x1B[D, LEFT",
        "\\x1B[1;5B, DOWN",
        "\\x1BOA, UP",
        "\\x1BOB, DOWN",
        "\\x1BOM, ENTER",
        "\\x1B[H, HOME",
        "\\x1B[1~, HOME",
        "\\x1BOF, END",
        "\\x1B[4~, END",
        "\\x1B[3~, DELETE",
        "\\x1B[5~, PAGE_UP",
        "\\x1B[6~, PAGE_DOWN"
    })
    void shouldKnowTheKeysOfTheManual(String sent, Kind kind) throws IOException {
        assertThat(keys(unescaped(sent))).containsExactly(Key.of(kind));
    }

    /** As escape and digits F5 would leave a menu and take a choice. */
    @ParameterizedTest
    @ValueSource(strings = {"\\x1B[15~", "\\x1B[[A", "\\x1BOP", "\\x1B[200~", "\\x1B[I", "\\x01", "\\x1B[?1;2c"})
    void shouldDropWhatIsNoKeyOfTheMenu(String sent) throws IOException {
        assertThat(keys(unescaped(sent))).isEmpty();
        assertThat(keys(unescaped(sent) + "1")).containsExactly(Key.of('1'));
    }

    @Test
    void shouldTellEscapeFromAnArrowByTime() throws IOException {
        assertThat(keys("\u001b|[A")).containsExactly(Key.of(Kind.ESCAPE), Key.of('['), Key.of('A'));
        assertThat(keys("\u001b\u001b|")).containsExactly(Key.of(Kind.ESCAPE), Key.of(Kind.ESCAPE));
        assertThat(keys("\u001b\u001b[B")).containsExactly(Key.of(Kind.ESCAPE), Key.of(Kind.DOWN));
        assertThat(keys("\u001b")).containsExactly(Key.of(Kind.ESCAPE));
        assertThat(keys("\u001b2")).as("typed fast").containsExactly(Key.of(Kind.ESCAPE), Key.of('2'));
    }

    @Test
    void shouldReadLettersOfAllScripts() throws IOException {
        assertThat(keys("ü漢😀")).containsExactly(Key.of('ü'), Key.of('漢'), Key.of(0x1F600));
        assertThat(keys("\uD83D1")).as("half of one is none").containsExactly(Key.of('1'));
    }

    @Test
    void shouldReadTheDigitsOfAKeypad() throws IOException {
        assertThat(keys("\u001bOp\u001bOy")).containsExactly(Key.of('0'), Key.of('9'));
        assertThat(Key.of('0').choice()).isEqualTo(10);
        assertThat(Key.of('9').choice()).isEqualTo(9);
        assertThat(Key.of('a').choice()).isZero();
    }

    private static String unescaped(String text) {
        StringBuilder plain = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            if (text.startsWith("\\x", i)) {
                plain.append((char) Integer.parseInt(text.substring(i + 2, i + 4), 16));
                i += 3;
            } else {
                plain.append(text.charAt(i));
            }
        }
        return plain.toString();
    }
}
