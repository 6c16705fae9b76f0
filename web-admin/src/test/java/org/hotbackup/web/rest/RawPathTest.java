package org.hotbackup.web.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.hotbackup.control.messages.Refusal;
import org.hotbackup.model.FilePath;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RawPathTest {

    @Test
    void shouldTakeAnIdByteByByte() {
        assertThat(RawPath.id("a%2Fb%20%80").bytes()).containsExactly('a', '/', 'b', ' ', 0x80);
        assertThat(RawPath.id("+").bytes()).containsExactly('+');
        assertThat(RawPath.id("%3Dx").bytes()).containsExactly('=', 'x');
    }

    @Test
    void shouldTakeAnIdInBase64UrlAfterAnEqualsSign() {
        assertThat(RawPath.id("=XAA").bytes()).containsExactly('\\', 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"%", "%4", "%zz", "a%2", "=*"})
    void shouldRefuseWhatIsNotEncodedProperly(String segment) {
        assertThatThrownBy(() -> RawPath.id(segment))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining(segment);
    }

    @ParameterizedTest
    @ValueSource(strings = {"%FB", "a%FCb", "%FD", "%FE", "%FF"})
    void shouldRefuseAnIdWithAMark(String segment) {
        assertThatThrownBy(() -> RawPath.id(segment)).isInstanceOf(Refusal.class);
    }

    @Test
    void shouldRefuseAnIdThatIsTooLong() {
        assertThat(RawPath.id("x".repeat(200)).length()).isEqualTo(200);
        assertThatThrownBy(() -> RawPath.id("x".repeat(201))).isInstanceOf(Refusal.class);
    }

    @Test
    void shouldRefuseANameThatIsNotUtf8() {
        assertThatThrownBy(() -> RawPath.name("%C3%28")).isInstanceOf(Refusal.class);
    }

    @Test
    void shouldTellFilesSectionsAndDictionariesApart() {
        assertThat(RawPath.file("sales", "orders")).isEqualTo(FilePath.data("sales", "orders"));
        assertThat(RawPath.file("sales", "orders,1999")).isEqualTo(FilePath.parse("sales,orders,1999"));
        assertThat(RawPath.file("sales", "dict%20orders")).isEqualTo(FilePath.dictionary("sales", "orders"));
    }
}
