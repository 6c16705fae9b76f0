package org.hotbackup.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.stream.Stream;
import org.hotbackup.control.FileDigest;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.model.DPointer;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.ItemId;
import org.hotbackup.node.NodeHomes;
import org.hotbackup.testing.StoreKind;
import org.hotbackup.testing.TestNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Bad input of any kind gets one clear sentence, as a problem detail, and changes nothing. */
@Tag("system")
class BadInputTest {

    private static final FilePath FILE = FilePath.data("good", "items");
    private static final String ITEMS = "api/accounts/good/files/items/items";
    private static final byte[] TOO_LARGE = new byte[65 << 20];

    @TempDir
    static Path homes;

    private static TestNode node;
    private static HttpClient http;
    private FileDigest before;

    @BeforeAll
    static void startANode() {
        node = TestNode.create(new NodeHomes(homes), "only", StoreKind.H2);
        node.start();
        node.rest().createAccount("good", DPointer.of("DL", 7));
        node.rest().createFile(FILE, DPointer.of("DL", 7));
        node.rest().write(FILE, ItemId.of("1"), new byte[] {1});
        http = HttpClient.newHttpClient();
    }

    @AfterAll
    static void stopIt() {
        node.close();
    }

    @BeforeEach
    void look() {
        before = node.control().node().digest(FILE.toString());
    }

    @AfterEach
    void shouldHaveChangedNothing() {
        assertThat(node.control().node().digest(FILE.toString())).isEqualTo(before);
        assertThat(node.rest().hasAccount("bad")).isFalse();
    }

    static Stream<Arguments> requests() {
        return Stream.of(
                Arguments.of("GET", "api/accounts/bad", "", 404, MessageCode.NO_ACCOUNT),
                Arguments.of("PUT", "api/accounts/bad/files/items", "", 404, MessageCode.NO_ACCOUNT),
                Arguments.of("GET", "api/accounts/good/files/bad", "", 404, MessageCode.NO_FILE),
                Arguments.of("PUT", "api/accounts/good/files/bad/items/1", "x", 404, MessageCode.NO_FILE),
                Arguments.of("GET", ITEMS + "/2", "", 404, MessageCode.NO_ITEM),
                Arguments.of("PUT", ITEMS, "x", 400, MessageCode.ITEM_ID_EMPTY),
                Arguments.of("PUT", ITEMS + "/", "x", 400, MessageCode.ITEM_ID_EMPTY),
                Arguments.of("PUT", ITEMS + "/a%FEb", "x", 400, MessageCode.ITEM_ID_HAS_MARK),
                Arguments.of("PUT", ITEMS + "/a%FB", "x", 400, MessageCode.ITEM_ID_HAS_MARK),
                Arguments.of("PUT", ITEMS + "/" + "x".repeat(201), "x", 400, MessageCode.ITEM_ID_TOO_LONG),
                Arguments.of("PUT", ITEMS + "/=*", "x", 400, MessageCode.MALFORMED_REQUEST),
                Arguments.of("PUT", "api/accounts/good/files/items", "", 409, MessageCode.FILE_EXISTS),
                Arguments.of(
                        "PUT", "api/accounts/good/files/b", "{\"modulo\":0}", 400, MessageCode.MODULO_OUT_OF_RANGE),
                Arguments.of("PUT", "api/accounts/good/files/b", "{\"modulo\"", 400, MessageCode.MALFORMED_REQUEST),
                Arguments.of("DELETE", "api/accounts/good", "", 400, MessageCode.CONFIRM_BY_NAME),
                Arguments.of("POST", "api/transactions", "{\"updates\":[{\"op\":", 400, MessageCode.MALFORMED_REQUEST),
                Arguments.of(
                        "POST",
                        "api/transactions",
                        "{\"updates\":[{\"op\":\"clear\",\"file\":\"good,items\"},"
                                + "{\"op\":\"create-account\",\"account\":\"bad\"},"
                                + "{\"op\":\"write\",\"file\":\"good,nowhere\",\"id\":\"1\",\"body\":\"\"}]}",
                        404,
                        MessageCode.NO_FILE));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("requests")
    void shouldAnswerWithOneSentence(String method, String path, String body, int status, MessageCode code)
            throws Exception {
        HttpResponse<String> response = send(method, path, BodyPublishers.ofString(body), secret());

        assertProblem(response, status);
        assertThat(response.body()).contains("\"/problems/" + code.id() + "\"");
    }

    @Test
    void shouldRefuseAnItemOf65MegabytesWhetherItSaysSoBeforeOrNot() throws Exception {
        assertProblem(send("PUT", ITEMS + "/large", BodyPublishers.ofByteArray(TOO_LARGE), secret()), 413);
        BodyPublisher chunked = BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(TOO_LARGE));
        assertProblem(send("PUT", ITEMS + "/large", chunked, secret()), 413);
    }

    @Test
    void shouldLetNobodyInWithoutThePassword() throws Exception {
        assertProblem(send("PUT", ITEMS + "/2", BodyPublishers.ofString("x"), "wrong"), 401);
        assertProblem(send("PUT", ITEMS + "/2", BodyPublishers.ofString("x"), null), 401);
        assertThat(send("GET", "index.xhtml", BodyPublishers.noBody(), null).statusCode())
                .isEqualTo(401);
    }

    @Test
    void shouldShowNoPageOfTheServer() throws Exception {
        assertProblem(send("GET", "api/nothing", BodyPublishers.noBody(), secret()), 404);
        assertProblem(send("PATCH", ITEMS + "/1", BodyPublishers.ofString("x"), secret()), 405);
        HttpResponse<String> page = send("GET", "nothing.html", BodyPublishers.noBody(), secret());
        assertThat(page.statusCode()).isEqualTo(404);
        assertThat(page.body()).contains("Hot Backup").doesNotContainIgnoringCase("payara");
    }

    @Test
    void shouldServeTheDocumentOfItsPaths() throws Exception {
        HttpResponse<String> document = send("GET", "api/openapi.json", BodyPublishers.noBody(), secret());

        assertThat(document.statusCode()).isEqualTo(200);
        assertThat(document.body()).contains("\"/accounts/{account}/files/{file}/items/{id}\"");
    }

    private static void assertProblem(HttpResponse<String> response, int status) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
        assertThat(response.body()).contains("\"detail\":").doesNotContain("\\n", "Exception", "\tat ");
    }

    private static String secret() {
        return node.home().localSecret();
    }

    private static HttpResponse<String> send(String method, String path, BodyPublisher body, String password)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(node.home().webUrl() + path))
                .header("Content-Type", path.startsWith(ITEMS) ? "application/octet-stream" : "application/json")
                .method(method, body);
        if (password != null) {
            byte[] pair = ("local:" + password).getBytes(StandardCharsets.UTF_8);
            request.header("Authorization", "Basic " + Base64.getEncoder().encodeToString(pair));
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
