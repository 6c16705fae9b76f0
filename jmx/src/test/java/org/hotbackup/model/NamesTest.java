package org.hotbackup.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "world,countries|world,countries|DATA",
                "world,countries,|world,countries|DATA",
                "world,countries,countries|world,countries|DATA",
                "world,countries,old|world,countries,old|DATA",
                "dict world,countries|dict world,countries|DICTIONARY",
                "DICT world,countries,|dict world,countries|DICTIONARY",
                "world,,|world,,|MASTER_DICTIONARY",
            })
    void shouldReadAPathAndWriteItInItsShortestForm(String text, String shortest, FilePath.Level level) {
        FilePath path = FilePath.parse(text);

        assertThat(path).hasToString(shortest);
        assertThat(path.level()).isEqualTo(level);
        assertThat(FilePath.parse(path.toString())).isEqualTo(path);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "world",
                "a,b,c,d",
                ",file",
                "a b,c",
                "a,../b",
                "a,..",
                "world,,x",
                "dict world",
                "dict a,b,c"
            })
    void shouldRefuseWhatIsNotAPath(String text) {
        assertThatThrownBy(() -> FilePath.parse(text)).isInstanceOf(Refusal.class);
    }

    @Test
    void shouldRefuseAnIdThatIsEmptyTooLongOrHoldsAMark() {
        assertRefused(MessageCode.ITEM_ID_EMPTY, new byte[0]);
        assertRefused(MessageCode.ITEM_ID_TOO_LONG, new byte[201]);
        for (int mark = 0xFB; mark <= 0xFF; mark++) {
            assertRefused(MessageCode.ITEM_ID_HAS_MARK, new byte[] {'a', (byte) mark});
        }
    }

    @Test
    void shouldTakeEveryOtherByteInAnId() {
        byte[] all = new byte[0xFB - 100];
        for (int i = 0; i < all.length; i++) {
            all[i] = (byte) (i + 100);
        }

        assertThat(ItemId.of(all).bytes()).isEqualTo(all);
        assertThat(ItemId.of(new byte[] {0, '/', '\\', 10})).hasToString("\\x00/\\\\x0A");
        assertThat(ItemId.of("Zürich")).hasToString("Zürich");
    }

    @Test
    void shouldOrderIdsByUnsignedBytes() {
        assertThat(ItemId.of(new byte[] {(byte) 0xED})).isGreaterThan(ItemId.of("a"));
        assertThat(ItemId.of("a")).isLessThan(ItemId.of("aa"));
    }

    private static void assertRefused(MessageCode code, byte[] id) {
        assertThatThrownBy(() -> ItemId.of(id))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.code()).isEqualTo(code));
    }
}
