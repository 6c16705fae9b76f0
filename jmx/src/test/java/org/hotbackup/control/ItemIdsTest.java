package org.hotbackup.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.hotbackup.control.messages.Refusal;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists of ids, in which any id can stand. */
@Tag("TS-001")
class ItemIdsTest {

    private static final int ROUNDS = 2_000;

    @Test
    void shouldReadIdsWithCommasInQuotationMarks() {
        assertThat(ItemIds.parse("")).isEmpty();
        assertThat(ItemIds.parse(" a, b ,,c,")).containsExactly("a", "b", "c");
        assertThat(ItemIds.parse("\"a,b\",c,\"say \"\"x\"\"\" , \" d \""))
                .containsExactly("a,b", "c", "say \"x\"", " d ");
        assertThat(ItemIds.parse("5\" disk")).containsExactly("5\" disk");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"a", "a,\"b", "\"a\"b", "\"\"\""})
    void shouldRefuseAQuotationMarkThatIsNotClosed(String text) {
        assertThatThrownBy(() -> ItemIds.parse(text))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("no list of ids");
    }

    @Test
    void shouldReadWhatItWroteWhateverIsInTheIds() {
        Random random = new Random(15);
        String letters = "ab,\" \\'\u00E9;\t";
        for (int i = 0; i < ROUNDS; i++) {
            List<String> ids = new ArrayList<>();
            for (int count = random.nextInt(5); count > 0; count--) {
                StringBuilder id = new StringBuilder();
                for (int length = 1 + random.nextInt(6); length > 0; length--) {
                    id.append(letters.charAt(random.nextInt(letters.length())));
                }
                ids.add(id.toString());
            }
            assertThat(ItemIds.parse(ItemIds.text(ids))).isEqualTo(ids);
        }
    }
}
