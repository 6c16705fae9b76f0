package org.hotbackup.web.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.model.DPointer;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.ItemId;
import org.hotbackup.model.Limits;
import org.hotbackup.model.Update;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TransactionReaderTest {

    private static final FilePath FILE = FilePath.data("a", "f");
    private static final String WRITE = "{'op':'write','file':'a,f','id':'1','body':'eA=='}";

    private static List<Update> read(String json) {
        return TransactionReader.read(
                new ByteArrayInputStream(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8)));
    }

    private static void assertRefused(String json, MessageCode code, String... words) {
        assertThatThrownBy(() -> read(json))
                .asInstanceOf(type(Refusal.class))
                .returns(code, Refusal::code)
                .extracting(Refusal::getMessage)
                .asString()
                .satisfies(sentence -> assertThat(List.of(words)).allMatch(sentence::contains))
                .doesNotContain("\n", "Exception");
    }

    @Test
    void shouldReadEveryOperationInItsOrder() {
        List<Update> updates = read("{'updates':[" + WRITE
                + ",{'op':'delete','file':'a,f','idBase64':'6Q=='}"
                + ",{'op':'clear','file':'a,f'}"
                + ",{'op':'create-file','file':'dict a,f','code':'DX','modulo':7}"
                + ",{'op':'delete-file','file':'a,f,s'}"
                + ",{'op':'create-account','account':'b'}"
                + ",{'op':'delete-account','account':'b'}]}");

        assertThat(updates).hasSize(7);
        Update.ItemWritten written = (Update.ItemWritten) updates.get(0);
        assertThat(written.file()).isEqualTo(FILE);
        assertThat(written.id()).isEqualTo(ItemId.of("1"));
        assertThat(written.body()).containsExactly('x');
        assertThat(updates.subList(1, 7))
                .containsExactly(
                        new Update.ItemDeleted(FILE, ItemId.of(new byte[] {(byte) 0xE9})),
                        new Update.FileCleared(FILE),
                        new Update.FileCreated(FilePath.dictionary("a", "f"), DPointer.of("DX", 7)),
                        new Update.FileDeleted(FilePath.data("a", "f", "s")),
                        new Update.AccountCreated(FilePath.masterDictionary("b"), DPointer.of("DL", 101)),
                        new Update.AccountDeleted(FilePath.masterDictionary("b")));
    }

    @Test
    void shouldReadATransactionOfNothing() {
        assertThat(read("{'updates':[]}")).isEmpty();
    }

    @Test
    void shouldRefuseJsonThatEndsAnywhereTooEarly() {
        String whole = "{'updates':[" + WRITE + "," + WRITE + "]}";
        assertThat(read(whole)).hasSize(2);
        for (int length = 0; length < whole.length(); length++) {
            assertRefused(whole.substring(0, length), MessageCode.MALFORMED_REQUEST);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "'updates'",
                "{}",
                "{'update':[]}",
                "{'updates':{}}",
                "{'updates':[1]}",
                "{'updates':[[]]}",
                "{'updates':[],'more':1}",
                "{'updates':[]}]",
                "{'updates':[]}{'updates':[]}",
                "not JSON at all"
            })
    void shouldRefuseAnythingElse(String json) {
        assertRefused(json, MessageCode.MALFORMED_REQUEST, "The request cannot be read: ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{'op':'explode'} | there is no operation 'explode'",
                "{'file':'a,f'} | update 2 lacks a text",
                "{'op':7} | update 2 lacks a text",
                "{'op':null} | update 2 lacks a text",
                "{'op':'write','file':'a,f','body':'eA=='} | update 2 lacks a text",
                "{'op':'write','file':'a,f','id':'1'} | update 2 lacks a text",
                "{'op':'write','file':'a,f','id':'1','body':'?'} | update 2: 'body' and 'idBase64' are base64",
                "{'op':'create-file','file':'a,f','modulo':'x'} | correlatives a list of texts",
                "{'op':'create-file','file':'a,f','modulo':null} | correlatives a list of texts",
                "{'op':'create-file','file':'a,f','modulo':1.5} | correlatives a list of texts",
                "{'op':'create-file','file':'a,f','modulo':5000000000} | correlatives a list of texts",
                "{'op':'create-account','account':'a','code':7} | correlatives a list of texts",
                "{'op':'clear','file':'a,f','ID':'1'} | no key 'ID' in update 2, 'clear'; the keys are op, file.",
                "{'op':'delete','file':'a,f','id':'1','body':'eA=='} | no key 'body' in update 2, 'delete'",
                "{'op':'create-file','file':'a,f','cod':'D'} | the keys are op, file, code, modulo, correlatives.",
                "{'op':'delete-account','account':'a','file':'f'} | the keys are op, account."
            })
    void shouldSayWhichUpdateCannotBeUnderstood(String second, String reason) {
        assertRefused("{'updates':[" + WRITE + "," + second + "]}", MessageCode.MALFORMED_REQUEST, reason);
    }

    @Test
    void shouldRefuseIdsAndNamesAsElsewhere() {
        assertRefused("{'updates':[{'op':'delete','file':'a,f','id':''}]}", MessageCode.ITEM_ID_EMPTY);
        assertRefused("{'updates':[{'op':'delete','file':'a,f','idBase64':'/g=='}]}", MessageCode.ITEM_ID_HAS_MARK);
        assertRefused("{'updates':[{'op':'clear','file':'a'}]}", MessageCode.PATH_MALFORMED);
    }

    @Test
    void shouldRefuseMoreUpdatesThanATransactionMayHold() {
        String update = "{'op':'clear','file':'a,f'}";
        String most = "{'updates':[" + (update + ",").repeat(Limits.MAX_TRANSACTION_UPDATES - 1) + update;

        assertThat(read(most + "]}")).hasSize(Limits.MAX_TRANSACTION_UPDATES);
        assertRefused(most + "," + update + "]}", MessageCode.TRANSACTION_TOO_LARGE, "split it into several");
    }

    @Test
    void shouldLetTheLimitOfTheBodyThrough() {
        byte[] json = ("{\"updates\":[" + WRITE.replace('\'', '"') + "]}").getBytes(StandardCharsets.UTF_8);

        assertThatThrownBy(() -> TransactionReader.read(Bodies.limited(new ByteArrayInputStream(json), 20)))
                .asInstanceOf(type(Refusal.class))
                .returns(MessageCode.REQUEST_TOO_LARGE, Refusal::code);
    }
}
