package org.hotbackup.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

@Tag("TS-001")
class ChosenItemsTest {

    private static ChosenItems line(String... words) {
        return CommandLine.populateCommand(new ChosenItems(), words);
    }

    @Test
    void shouldTakeAFileAndItsItems() {
        assertThat(line("dict shop,orders", "4711,4712").file()).isEqualTo("dict shop,orders");
        assertThat(line("dict shop,orders", "4711,4712").text()).isEqualTo("4711,4712");
        assertThat(line("shop,orders", "--id", "(o").text()).isEqualTo("(o");
    }

    /** Otherwise {@code t-load shop,orders (o --confirm shop,orders} loads the item {@code (o}, of which there is none. */
    @Test
    void shouldTakeNoOptionsForAnItem() {
        assertThatThrownBy(() -> line("shop,orders", "(om").text())
                .isInstanceOf(Refusal.class)
                .hasMessage(MessageCode.OPTIONS_NOT_LAST.text("(om"));
    }

    @Test
    void shouldSayThatTheNameOfADictionaryIsOneWord() {
        assertThatThrownBy(() -> line("dict", "shop,orders").file())
                .isInstanceOf(Refusal.class)
                .hasMessage(MessageCode.DICT_APART.text("shop,orders"));
    }
}
