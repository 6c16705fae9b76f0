package org.hotbackup.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.hotbackup.model.DPointer;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.ItemId;
import org.hotbackup.model.Update;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RestClientTest {

    private static final FilePath PEOPLE = FilePath.data("sales", "people");

    private FakeNode node;
    private RestClient client;

    @BeforeEach
    void startNode() throws IOException {
        node = new FakeNode();
        client = node.client();
    }

    @AfterEach
    void stopNode() {
        node.close();
    }

    private void createPeople() {
        client.createAccount("sales", DPointer.of("DL", 101));
        client.createFile(PEOPLE, DPointer.of("DL", 7));
    }

    @Test
    void shouldGiveBackTheBytesItWrote() {
        createPeople();
        byte[] body = {0, 1, (byte) 0xFE, (byte) 0xFD, (byte) 0xFF, '\n'};

        client.write(PEOPLE, ItemId.of("1"), body);

        assertThat(client.read(PEOPLE, ItemId.of("1"))).hasValue(body);
    }

    @Test
    void shouldSendCredentialsInUtf8WithEveryRequest() {
        client.createAccount("sales", DPointer.of("DL", 101));

        assertThat(node.lastRequest().authorization())
                .isEqualTo("Basic " + Base64.getEncoder().encodeToString("dm:päss".getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void shouldEncodeEveryByteOfAnIdThatMeansSomethingInAnAddress() {
        createPeople();

        client.write(PEOPLE, ItemId.of("a/b?c#d%e .ü"), new byte[] {1});

        assertThat(node.lastRequest().path())
                .isEqualTo("accounts/sales/files/people/items/a%2Fb%3Fc%23d%25e%20%2E%C3%BC");
    }

    @Test
    void shouldSendAnIdThatServersRejectInBase64() {
        assertThat(RestClient.itemSegment(ItemId.of(new byte[] {'a', 0, 'b'}))).isEqualTo("=YQBi");
        assertThat(RestClient.itemSegment(ItemId.of("a\\b"))).isEqualTo("=YVxi");
        assertThat(RestClient.itemSegment(ItemId.of("=YQ"))).isEqualTo("%3DYQ");
    }

    @Test
    void shouldNameSectionsAndDictionariesInOneSegment() {
        assertThat(RestClient.path(PEOPLE)).isEqualTo("accounts/sales/files/people");
        assertThat(RestClient.path(FilePath.data("sales", "people", "old")))
                .isEqualTo("accounts/sales/files/people%2Cold");
        assertThat(RestClient.path(FilePath.dictionary("sales", "people")))
                .isEqualTo("accounts/sales/files/dict%20people");
    }

    @Test
    void shouldTellAMissingItemFromAMissingFile() {
        createPeople();

        assertThat(client.read(PEOPLE, ItemId.of("none"))).isEmpty();
        assertThatThrownBy(() -> client.read(FilePath.data("sales", "none"), ItemId.of("1")))
                .isInstanceOf(RestRefusal.class)
                .hasMessage("There is no file 'sales,none'; create it first, or check its name.");
    }

    @Test
    void shouldDeleteAnItemThatIsNotThereButNotFromAFileThatIsNotThere() {
        createPeople();

        client.delete(PEOPLE, ItemId.of("none"));

        assertThatThrownBy(() -> client.delete(FilePath.data("sales", "none"), ItemId.of("1")))
                .isInstanceOfSatisfying(
                        RestRefusal.class, e -> assertThat(e.code()).isEqualTo("HB1011"));
    }

    @Test
    void shouldSayWhetherThereIsAnAccountOrAFile() {
        assertThat(client.hasAccount("sales")).isFalse();
        assertThat(client.hasFile(PEOPLE)).isFalse();

        createPeople();

        assertThat(client.hasAccount("sales")).isTrue();
        assertThat(client.hasFile(PEOPLE)).isTrue();
        assertThat(client.hasFile(FilePath.dictionary("sales", "people"))).isTrue();
    }

    @Test
    void shouldNotTakeA404OfAnEmptyContainerForAMissingAccount() {
        node.answerNext(404, "<html>not found</html>");

        assertThatThrownBy(() -> client.hasAccount("sales"))
                .isInstanceOf(RestRefusal.class)
                .hasMessage("The node answers with HTTP status 404.");
    }

    @Test
    void shouldTurnAProblemIntoTheNodesOwnSentence() {
        node.answerNext(507, FakeNode.problem("HB1017", "The disk of the store is full."));

        assertThatThrownBy(() -> client.createAccount("sales", DPointer.of("DL", 101)))
                .isInstanceOfSatisfying(RestRefusal.class, e -> {
                    assertThat(e).hasMessage("The disk of the store is full.");
                    assertThat(e.code()).isEqualTo("HB1017");
                    assertThat(e.status()).isEqualTo(507);
                });
    }

    @Test
    void shouldSayTheStatusIfThereIsNoProblemInTheAnswer() {
        for (String body : List.of("", "[]", "{\"type\":", "<html>", "7")) {
            node.answerNext(500, body);

            assertThatThrownBy(() -> client.clearFile(PEOPLE))
                    .as("answer '%s'", body)
                    .isInstanceOf(RestRefusal.class)
                    .hasMessage("The node answers with HTTP status 500.");
        }
    }

    @Test
    void shouldSayThatTheConnectionWasLost() {
        // the JDK's client itself repeats what may be repeated, once
        node.hangUpNext();
        node.hangUpNext();

        assertThatThrownBy(() -> client.execute(List.of(new Update.FileCleared(PEOPLE))))
                .isInstanceOf(UncheckedIOException.class);
    }

    @Test
    void shouldConfirmADeletionByName() {
        createPeople();

        client.deleteFile(FilePath.dictionary("sales", "people"));

        assertThat(node.has(PEOPLE)).isFalse();
    }

    @Test
    void shouldReadALotOfItemsIncludingIdsThatAreNotText() {
        node.answerNext(
                200,
                """
                {"id":"a/ü","body":"/v8="}
                {"idBase64":"gIE=","body":""}
                """
                        .replace("ü", new String("ü".getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1)));
        List<ItemId> ids = new ArrayList<>();
        List<byte[]> bodies = new ArrayList<>();

        client.items(PEOPLE, (id, body) -> {
            ids.add(id);
            bodies.add(body);
        });

        assertThat(ids).containsExactly(ItemId.of("a/ü"), ItemId.of(new byte[] {(byte) 0x80, (byte) 0x81}));
        assertThat(bodies).containsExactly(new byte[] {(byte) 0xFE, (byte) 0xFF}, new byte[0]);
    }

    @Test
    void shouldRefuseAListingOfAFileThatIsNotThere() {
        node.answerNext(404, FakeNode.problem("HB1011", "There is no file."));

        assertThatThrownBy(() -> client.items(PEOPLE, (id, body) -> {}))
                .isInstanceOf(RestRefusal.class)
                .hasMessage("There is no file.");
    }

    @Test
    void shouldSayThatTheConnectionWasLostIfAListingStopsInTheMiddleOfALine() {
        node.answerNext(200, "{\"id\":\"a\",\"body\":\"/v8=\"}\n{\"id\":\"b");

        assertThatThrownBy(() -> client.items(PEOPLE, (id, body) -> {})).isInstanceOf(UncheckedIOException.class);
    }

    @Test
    void shouldWriteEveryKindOfUpdateAsTheNodeReadsIt() {
        node.answerNext(204, "");

        client.execute(List.of(
                new Update.AccountCreated(FilePath.masterDictionary("a"), DPointer.of("DL", 3)),
                new Update.FileCreated(FilePath.data("a", "f"), DPointer.of("DLX", 5)),
                new Update.ItemWritten(FilePath.data("a", "f"), ItemId.of("1"), new byte[] {(byte) 0xFE}),
                new Update.ItemDeleted(FilePath.data("a", "f", "s"), ItemId.of("2")),
                new Update.FileCleared(FilePath.dictionary("a", "f")),
                new Update.FileDeleted(FilePath.data("a", "f")),
                new Update.AccountDeleted(FilePath.masterDictionary("a"))));

        assertThat(updates(node.lastRequest().body()))
                .hasToString("[{\"op\":\"create-account\",\"account\":\"a\",\"code\":\"DL\",\"modulo\":3},"
                        + "{\"op\":\"create-file\",\"file\":\"a,f\",\"code\":\"DLX\",\"modulo\":5},"
                        + "{\"op\":\"write\",\"file\":\"a,f\",\"idBase64\":\"MQ==\",\"body\":\"/g==\"},"
                        + "{\"op\":\"delete\",\"file\":\"a,f,s\",\"idBase64\":\"Mg==\"},"
                        + "{\"op\":\"clear\",\"file\":\"dict a,f\"},"
                        + "{\"op\":\"delete-file\",\"file\":\"a,f\"},"
                        + "{\"op\":\"delete-account\",\"account\":\"a\"}]");
    }

    private static JsonArray updates(byte[] body) {
        try (JsonReader json = Json.createReader(new ByteArrayInputStream(body))) {
            return json.readObject().getJsonArray("updates");
        }
    }
}
