package org.hotbackup.web.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.ItemId;
import org.hotbackup.model.Update;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TransactionReaderTest {

    private static final String GOOD =
            "{\"updates\":[{\"op\":\"write\",\"file\":\"sales,orders\",\"id\":\"1\",\"body\":\"AQI=\"},"
                    + "{\"op\":\"delete\",\"file\":\"sales,orders\",\"idBase64\":\"XAA=\"},"
                    + "{\"op\":\"clear\",\"file\":\"sales,orders\"},"
                    + "{\"op\":\"create-file\",\"file\":\"sales,lines\",\"modulo\":7},"
                    + "{\"op\":\"delete-file\",\"file\":\"sales,lines\"},"
                    + "{\"op\":\"create-account\",\"account\":\"hr\"},"
                    + "{\"op\":\"delete-account\",\"account\":\"hr\"}]}";

    @Test
    void shouldReadEveryOperationInOrder() {
        List<Update> updates = read(GOOD);

        assertThat(updates)
                .extracting(Update::getClass)
                .extracting(Class::getSimpleName)
                .containsExactly(
                        "ItemWritten",
                        "ItemDeleted",
                        "FileCleared",
                        "FileCreated",
                        "FileDeleted",
                        "AccountCreated",
                        "AccountDeleted");
        Update.ItemWritten written = (Update.ItemWritten) updates.get(0);
        assertThat(written.file()).isEqualTo(FilePath.data("sales", "orders"));
        assertThat(written.id()).isEqualTo(ItemId.of("1"));
        assertThat(written.body()).containsExactly(1, 2);
        assertThat(((Update.ItemDeleted) updates.get(1)).id().bytes()).containsExactly('\\', 0);
    }

    @Test
    void shouldRefuseTheJsonWhereverItIsCut() {
        for (int length = 0; length < GOOD.length(); length++) {
            String cut = GOOD.substring(0, length);
            assertThatThrownBy(() -> read(cut)).as(cut).isInstanceOfSatisfying(Refusal.class, refusal -> assertThat(
                            refusal.code())
                    .isEqualTo(MessageCode.MALFORMED_REQUEST));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[]                                                     | form",
                "{\"others\":[]}                                        | others",
                "{\"updates\":[7]}                                      | update 1",
                "{\"updates\":[{\"op\":\"explode\"}]}                   | explode",
                "{\"updates\":[{\"op\":\"clear\",\"file\":\"a,b\"},{}]} | update 2",
                "{\"updates\":[{\"op\":\"write\",\"file\":\"a,b\",\"id\":\"1\",\"body\":\"?\"}]} | base64",
                "{\"updates\":[{\"op\":\"write\",\"file\":\"a,b\",\"id\":\"\",\"body\":\"\"}]} | id",
            })
    void shouldSayWhatItDoesNotUnderstand(String json, String named) {
        assertThatThrownBy(() -> read(json)).isInstanceOf(Refusal.class).hasMessageContaining(named);
    }

    private static List<Update> read(String json) {
        return TransactionReader.read(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)));
    }
}
