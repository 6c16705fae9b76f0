package org.hotbackup.web.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.model.DPointer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DefinitionsTest {

    private static DPointer pointer(String body) {
        return Definitions.pointer(new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void shouldFillInWhatIsLeftOut() {
        assertThat(pointer("")).isEqualTo(DPointer.of("DL", 101));
        assertThat(pointer("{}")).isEqualTo(DPointer.of("DL", 101));
        assertThat(pointer("{\"code\":\"D\"}")).isEqualTo(DPointer.of("D", 101));
        assertThat(pointer("{\"modulo\":7}")).isEqualTo(DPointer.of("DL", 7));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{                | MALFORMED_REQUEST",
                "[]               | MALFORMED_REQUEST",
                "{\"code\":7}     | MALFORMED_REQUEST",
                "{\"modulo\":\"7\"} | MALFORMED_REQUEST",
                "{\"modulo\":7.5} | MALFORMED_REQUEST",
                "{\"modulo\":0}   | MODULO_OUT_OF_RANGE",
                "{\"code\":\"A\"} | DPOINTER_MALFORMED"
            })
    void shouldRefuseWhatIsNoDefinition(String body, MessageCode code) {
        assertThatThrownBy(() -> pointer(body))
                .asInstanceOf(type(Refusal.class))
                .returns(code, Refusal::code);
    }

    /** A misspelt key made a file with the defaults, and 201. */
    @Test
    void shouldNameAKeyThatThereIsNotAndThoseThatThereAre() {
        assertThatThrownBy(() -> pointer("{\"cod\":\"D\",\"modul\":3}"))
                .hasMessage("The request cannot be read: there is no key 'cod' in a definition; the keys are code,"
                        + " modulo, correlatives.")
                .asInstanceOf(type(Refusal.class))
                .returns(MessageCode.MALFORMED_REQUEST, Refusal::code);
        assertThatThrownBy(() -> pointer("{\"code\":\"D\",\"Modulo\":3}")).hasMessageContaining("'Modulo'");
        assertThatThrownBy(() -> pointer("{\"" + "x".repeat(1_000) + "\":1}"))
                .hasMessageContaining("'" + "x".repeat(60) + "...'");
        assertThatThrownBy(() -> pointer("{\"a\\nb\":1}")).hasMessageContaining("'a?b'");
    }

    @Test
    void shouldNotReadADefinitionThatDoesNotEnd() {
        assertThatThrownBy(() -> pointer(" ".repeat(100_000)))
                .asInstanceOf(type(Refusal.class))
                .returns(MessageCode.REQUEST_TOO_LARGE, Refusal::code);
    }

    @Test
    void shouldAskForTheVeryNameOfWhatIsDestroyed() {
        Definitions.confirm("sales", "sales");
        assertThatThrownBy(() -> Definitions.confirm("sales", null)).hasMessageContaining("'nothing' was given");
        assertThatThrownBy(() -> Definitions.confirm("sales", "Sales")).hasMessageContaining("'Sales' was given");
    }
}
