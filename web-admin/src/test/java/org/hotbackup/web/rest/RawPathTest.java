package org.hotbackup.web.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.model.FilePath;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RawPathTest {

    @Test
    void shouldReadEveryByteThatIsNoMark() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        StringBuilder segment = new StringBuilder();
        for (int b = 0; b < 0xFB; b++) {
            bytes.write(b);
            segment.append(String.format(b % 2 == 0 ? "%%%02X" : "%%%02x", b));
        }
        byte[] all = bytes.toByteArray();
        int half = all.length / 2;

        assertThat(RawPath.id(segment.substring(0, 3 * half)).bytes()).isEqualTo(Arrays.copyOf(all, half));
        assertThat(RawPath.id(segment.substring(3 * half)).bytes())
                .isEqualTo(Arrays.copyOfRange(all, half, all.length));
    }

    @ParameterizedTest
    @CsvSource({"a%2Fb,a/b", "%2F,/", "a+b,a+b", "%2e%2e,..", "%3Da,=a", "a=b,a=b", "%25,%", "%C3%A9,é"})
    void shouldTakeAnIdForWhatItIs(String segment, String id) {
        assertThat(RawPath.id(segment).bytes()).isEqualTo(id.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void shouldReadBase64UrlAfterAnEqualsSign() {
        byte[] id = {0, '\\', (byte) 0xE9, '/', '?'};

        assertThat(RawPath.id("=" + Base64.getUrlEncoder().withoutPadding().encodeToString(id))
                        .bytes())
                .isEqualTo(id);
        assertThat(RawPath.id("=" + Base64.getUrlEncoder().encodeToString(id)).bytes())
                .isEqualTo(id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"%", "a%", "%4", "%zz", "%4g", "%-1", "a%+1", "=a+b", "=%41", "=a"})
    void shouldRefuseWhatIsNotEncodedProperly(String segment) {
        assertThatThrownBy(() -> RawPath.id(segment))
                .asInstanceOf(type(Refusal.class))
                .returns(MessageCode.MALFORMED_REQUEST, Refusal::code)
                .extracting(Refusal::getMessage)
                .asString()
                .contains("'" + segment + "'");
    }

    @ParameterizedTest
    @CsvSource({"'',ITEM_ID_EMPTY", "=,ITEM_ID_EMPTY", "a%FEb,ITEM_ID_HAS_MARK", "=_w,ITEM_ID_HAS_MARK"})
    void shouldRefuseWhatCannotBeAnId(String segment, MessageCode code) {
        assertThatThrownBy(() -> RawPath.id(segment))
                .asInstanceOf(type(Refusal.class))
                .returns(code, Refusal::code);
    }

    @Test
    void shouldCountAnIdsBytesAndNotItsLetters() {
        assertThat(RawPath.id("%41".repeat(200)).length()).isEqualTo(200);
        assertThatThrownBy(() -> RawPath.id("%41".repeat(201)))
                .hasMessage("The item id has 201 bytes; the most is 200.");
    }

    @Test
    void shouldRefuseNamesThatAreNotText() {
        assertThat(RawPath.name("%C3%A9")).isEqualTo("é");
        assertThatThrownBy(() -> RawPath.name("%E9")).hasMessageContaining("'%E9' is not UTF-8");
    }

    @Test
    void shouldReadTheThreeFormsOfAFile() {
        assertThat(RawPath.file("sales", "orders")).isEqualTo(FilePath.data("sales", "orders"));
        assertThat(RawPath.file("sales", "orders%2Cold")).isEqualTo(FilePath.data("sales", "orders", "old"));
        assertThat(RawPath.file("sales", "dict%20orders")).isEqualTo(FilePath.dictionary("sales", "orders"));
    }

    @Test
    void shouldReadAMasterDictionaryWhereItemsAreMeant() {
        assertThat(RawPath.section("sales", "%2C")).isEqualTo(FilePath.masterDictionary("sales"));
        assertThat(RawPath.section("sales", "orders")).isEqualTo(FilePath.data("sales", "orders"));
        assertThatThrownBy(() -> RawPath.section("sales", "%2C%2C")).isInstanceOf(Refusal.class);
        assertThatThrownBy(() -> RawPath.section("a%2Cb", "%2C")).isInstanceOf(Refusal.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a%2Cb%2Cc",
                "a%2Fb",
                "a%00",
                "%20",
                "a%20",
                "%20a",
                "%2C",
                "%2C%2C",
                "a%2Cb%20",
                "dict%20",
                "dict%20a%2Cb"
            })
    void shouldRefuseWhatIsNoFile(String segment) {
        assertThatThrownBy(() -> RawPath.file("sales", segment)).isInstanceOf(Refusal.class);
    }
}
