package org.hotbackup.system;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.hotbackup.client.RestClient;
import org.hotbackup.control.FileDigest;
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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a node answers to requests that are wrong: one sentence, and the store stays as it is (I10 of the design). */
@Tag("system")
class BadInputTest {

    private static final FilePath FILE = FilePath.data("sales", "orders");
    private static final String ITEMS = "api/accounts/sales/files/orders/items";
    private static final int MEGABYTE = 1 << 20;

    @TempDir
    static Path homes;

    private static TestNode node;
    private static String basic;

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();
    private FileDigest before;
    private List<String> accounts;
    private List<String> files;

    @BeforeAll
    static void start() {
        node = TestNode.create(new NodeHomes(homes), "prod", StoreKind.H2);
        node.start();
        basic = basic("local", node.home().localSecret());
        RestClient rest = node.rest();
        rest.createAccount("sales", DPointer.of("DL", 101));
        rest.createFile(FILE, DPointer.of("DL", 101));
        rest.write(FILE, ItemId.of("4711"), new byte[] {1, 2, 3});
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @BeforeEach
    void remember() {
        before = node.control().node().digest(FILE.toString());
        accounts = node.control().node().getAccounts();
        files = node.control().node().listFiles("sales", "", 1000);
    }

    @AfterEach
    void shouldHaveChangedNothing() {
        assertThat(node.control().node().digest(FILE.toString())).isEqualTo(before);
        assertThat(node.control().node().getAccounts()).isEqualTo(accounts);
        assertThat(node.control().node().listFiles("sales", "", 1000)).isEqualTo(files);
        assertThat(before.items()).isEqualTo(1);
    }

    private static String basic(String user, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    private HttpResponse<String> send(String method, String path, String authorization, BodyPublisher body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(node.home().webUrl() + path))
                .timeout(Duration.ofSeconds(60))
                .header("Content-Type", "application/json")
                .method(method, body);
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private HttpResponse<String> send(String method, String path) {
        return send(method, path, basic, method.equals("PUT") ? BodyPublishers.ofString("x") : BodyPublishers.noBody());
    }

    private static void assertProblem(HttpResponse<String> response, int status, String id, String sentence) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
        assertThat(response.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(response.body()).doesNotContain("\\n", "\\tat ", "Payara", "org.hotbackup");
        try (JsonReader reader = Json.createReader(new StringReader(response.body()))) {
            JsonObject problem = reader.readObject();
            assertThat(problem.getInt("status")).isEqualTo(status);
            assertThat(problem.getString("type")).isEqualTo("/problems/" + id);
            assertThat(problem.getString("detail")).isEqualTo(sentence);
        }
    }

    /** The server keeps every stream of an HTTP/2 connection: some 100,000 requests of one client filled the heap. */
    @Test
    void shouldSpeakHttp1OnlyAlsoToAClientThatOffersHttp2() throws Exception {
        HttpClient offering = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_2)
                .connectTimeout(Duration.ofSeconds(10))
                .build();
        HttpRequest request = HttpRequest.newBuilder(URI.create(node.home().webUrl() + ITEMS + "/4711"))
                .timeout(Duration.ofSeconds(60))
                .header("Authorization", basic)
                .build();

        HttpResponse<byte[]> response = offering.send(request, BodyHandlers.ofByteArray());

        assertThat(response.version()).isEqualTo(HttpClient.Version.HTTP_1_1);
        assertThat(response.body()).containsExactly(1, 2, 3);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            GET    | api/accounts/none                        | HB1010 | There is no account 'none'; create it first, or check its name.
            GET    | api/accounts/none/files                  | HB1010 | There is no account 'none'; create it first, or check its name.
            GET    | api/accounts/sales/files/none            | HB1011 | There is no file 'sales,none'; create it first, or check its name.
            PUT    | api/accounts/sales/files/none/items/1    | HB1011 | There is no file 'sales,none'; create it first, or check its name.
            GET    | api/accounts/sales/files/none/items      | HB1011 | There is no file 'sales,none'; create it first, or check its name.
            GET    | api/accounts/sales/files/orders/items/1  | HB1012 | There is no item '1' in 'sales,orders'.
            DELETE | api/accounts/sales/files/orders/items/1  | HB1012 | There is no item '1' in 'sales,orders'.
            GET    | api/nothing                              | HTTP404 | There is nothing at this path; check it, or see /api/openapi.json for what there is.
            """)
    void shouldSayWhatIsNotThere(String method, String path, String id, String sentence) {
        assertProblem(send(method, path), 404, id, sentence);
    }

    @ParameterizedTest
    @ValueSource(strings = {"%FE", "%FD", "%FC", "%FF", "%FB"})
    void shouldRefuseAMarkInAnId(String mark) {
        assertProblem(
                send("PUT", ITEMS + "/a" + mark + "b"),
                400,
                "HB1003",
                "Byte 2 of the item id is the mark " + mark.substring(1)
                        + "; marks (FB to FF) cannot be part of an id, use other bytes.");
    }

    @Test
    void shouldRefuseAnIdThatIsEmptyOrTooLong() {
        String empty = "The item id is empty; give an id of 1 to 200 bytes.";
        assertProblem(send("PUT", ITEMS + "/"), 400, "HB1001", empty);
        assertProblem(send("DELETE", ITEMS), 400, "HB1001", empty);
        assertProblem(
                send("PUT", ITEMS + "/" + "%C3%A9".repeat(100) + "a"),
                400,
                "HB1002",
                "The item id has 201 bytes; the most is 200.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            PUT    | api/accounts/sales/files/orders/items/a;b     | HB1019 | The request cannot be read: byte 41 of the path must be percent-encoded.
            PUT    | api/accounts/sales/files/orders/items/=%2B    | HB1019 | The request cannot be read: '=%2B' is not base64url after the equals sign.
            GET    | api/accounts/sales/files/orders/items?limit=x | HB1019 | The request cannot be read: 'limit' is a number of items, 1 or more.
            GET    | api/accounts/sales/files/orders/items?after=* | HB1019 | The request cannot be read: 'after' is an id in base64url.
            GET    | api/accounts/%E9                              | HB1019 | The request cannot be read: '%E9' is not UTF-8.
            POST   | api/accounts/sales/files/%2C/clear            | HB1004 | 'sales,,' is not a file path; write account,file or account,file,section or dict account,file.
            POST   | api/accounts/sales/files/orders/clear         | HB2036 | To confirm, give the name 'orders'; 'nothing' was given and nothing was done.
            DELETE | api/accounts/sales                            | HB2036 | To confirm, give the name 'sales'; 'nothing' was given and nothing was done.
            DELETE | api/accounts/sales/files/orders?confirm=order | HB2036 | To confirm, give the name 'orders'; 'order' was given and nothing was done.
            """)
    void shouldSayWhatCannotBeRead(String method, String path, String id, String sentence) {
        assertProblem(send(method, path), 400, id, sentence);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldRefuseAnItemOf65Megabytes(boolean lengthIsTold) {
        byte[] megabyte = new byte[MEGABYTE];
        BodyPublisher chunked = BodyPublishers.ofByteArrays(java.util.Collections.nCopies(65, megabyte));
        BodyPublisher body = lengthIsTold ? BodyPublishers.fromPublisher(chunked, 65L * MEGABYTE) : chunked;

        HttpResponse<String> response = send("PUT", ITEMS + "/large", basic, body);

        if (lengthIsTold) {
            assertProblem(response, 413, "HB1006", "The item 'large' has 68157440 bytes; the most is 67108864.");
        } else {
            assertProblem(
                    response, 413, "HB1027", "The request has more than 67108864 bytes; make it smaller or split it.");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
            {"updates":[{"op":"write","file":"sales,orders","id":"1","body":"eA=="} | HB1019
            {"updates":[{"op":"write","file":"sales,orders","id":"1","body":"eA=="},{"op":"explode"}]} | HB1019
            {"updates":[{"op":"write","file":"sales,orders","id":"1","body":"eA=="},{"op":"clear","file":"sales"}]} | HB1004
            {"updates":[{"op":"write","file":"sales,orders","id":"1","body":"eA=="},{"op":"delete","file":"sales,orders","id":""}]} | HB1001
            """)
    void shouldRefuseATransactionOfWhichNotAllCanBeRead(String json, String id) {
        HttpResponse<String> response = send("POST", "api/transactions", basic, BodyPublishers.ofString(json));

        assertThat(response.body()).contains("/problems/" + id);
        assertProblem(response, 400, id, detail(response));
    }

    @Test
    void shouldRollBackATransactionOfWhichNotAllCanBeDone() {
        String json = "{\"updates\":[{\"op\":\"write\",\"file\":\"sales,orders\",\"id\":\"1\",\"body\":\"eA==\"},"
                + "{\"op\":\"write\",\"file\":\"sales,none\",\"id\":\"1\",\"body\":\"eA==\"}]}";

        assertProblem(
                send("POST", "api/transactions", basic, BodyPublishers.ofString(json)),
                404,
                "HB1011",
                "There is no file 'sales,none'; create it first, or check its name.");
    }

    private static String detail(HttpResponse<String> response) {
        try (JsonReader reader = Json.createReader(new StringReader(response.body()))) {
            String detail = reader.readObject().getString("detail");
            assertThat(detail).endsWith(".").doesNotContain("\n", "Exception");
            return detail;
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"api/accounts", "api/nothing", "error", "nothing", "api/openapi.json"})
    void shouldOpenNothingToAStranger(String path) {
        String sentence = "User name or password is wrong.";
        HttpResponse<String> noPassword = send("GET", path, null, BodyPublishers.noBody());

        assertProblem(noPassword, 401, "HB1021", sentence);
        assertThat(noPassword.headers().firstValue("WWW-Authenticate").orElse(""))
                .startsWith("Basic ");
        assertProblem(send("GET", path, basic("stranger", "wrong"), BodyPublishers.noBody()), 401, "HB1021", sentence);
        assertProblem(send("GET", path, "Basic ???", BodyPublishers.noBody()), 401, "HB1021", sentence);
    }

    /** Not even with a password that a browser would send by itself: pages know their users by a session. */
    @ParameterizedTest
    @ValueSource(strings = {"", "index.xhtml", "nothing.xhtml", "operation.xhtml?bean=node"})
    void shouldLeadAStrangerWhoWantsAPageToTheOneToLogIn(String path) {
        HttpResponse<String> response = send("GET", path);

        assertThat(response.statusCode()).isEqualTo(303);
        assertThat(response.headers().firstValue("Location").orElse("")).startsWith("/login.xhtml?to=");
        assertThat(response.body()).isEmpty();
    }

    @Test
    void shouldRefuseAWrongPasswordOfAUserThereIs() {
        assertProblem(
                send("PUT", ITEMS + "/1", basic("local", "wrong"), BodyPublishers.ofString("x")),
                401,
                "HB1021",
                "User name or password is wrong.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PATCH", "DELETE", "BREW"})
    void shouldSayWhichMethodsApply(String method) {
        HttpResponse<String> response = send(method, "api/accounts");

        assertProblem(response, 405, "HTTP405", "This method does not apply to this path; see the header Allow.");
        assertThat(response.headers().firstValue("Allow").orElse("")).contains("GET");
    }

    @Test
    void shouldRefuseAnotherMediaType() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(node.home().webUrl() + "api/transactions"))
                .header("Authorization", basic)
                .header("Content-Type", "text/plain")
                .POST(BodyPublishers.ofString("{\"updates\":[]}"))
                .build();

        assertProblem(
                http.send(request, BodyHandlers.ofString()),
                415,
                "HTTP415",
                "The body's media type is not taken here; check the header Content-Type.");
    }

    /** Pages have a log in of their own: whoever only knows the password of REST is led there, whatever he asks for. */
    @Test
    void shouldAskForALogInBeforeItSaysWhetherThereIsAPage() {
        HttpResponse<String> response = send("GET", "nothing.xhtml");

        assertThat(response.statusCode()).isEqualTo(303);
        assertThat(response.headers().firstValue("Location").orElse("")).contains("/login.xhtml");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nothing", "WEB-INF/web.xml", "resources/nothing.css", "error"})
    void shouldShowAPlainPageOfOurOwnOutsideTheApi(String path) {
        HttpResponse<String> response = send("GET", path);

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(response.body()).contains("<h1>Not Found</h1>").doesNotContain("Payara", "\tat ");
    }

    @Test
    void shouldServeTheDocumentOfItsPaths() {
        HttpResponse<String> response = send("GET", "api/openapi.json");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type").orElse("")).startsWith("application/json");
        try (JsonReader reader = Json.createReader(new StringReader(response.body()))) {
            assertThat(reader.readObject().getJsonObject("paths")).containsKey("/api/transactions");
        }
    }

    /**
     * The HTTP server cannot decode these, takes them for other paths, or refuses them before any application is asked. It
     * answered 200 to a malformed percent-encoding, with a stack trace in the log, and nothing was done.
     */
    @ParameterizedTest
    @ValueSource(strings = {"%zz", "%", "50%", "a%4", "%00", "%5C", "a\\b", "../../../../../../x"})
    void shouldRefuseAPathThatCannotBeDecoded(String id) throws IOException {
        for (String method : List.of("PUT", "GET", "DELETE")) {
            String answer = sendRaw(method, "/" + ITEMS + "/" + id, "Authorization: " + basic + "\r\n");

            assertThat(answer).startsWith("HTTP/1.1 400 ").contains("application/problem+json", "/problems/HB1019");
        }
        assertThat(sendRaw("PUT", "/" + id, "")).startsWith("HTTP/1.1 400 ");
        assertThat(Files.readString(node.home().log())).doesNotContain("URLDecoder");
    }

    @ParameterizedTest
    @ValueSource(strings = {".", ".."})
    void shouldTakeSuchAnIdIfItIsEncoded(String id) {
        RestClient rest = node.rest();
        rest.write(FILE, ItemId.of(id), new byte[] {7});

        assertThat(rest.read(FILE, ItemId.of(id))).contains(new byte[] {7});
        rest.delete(FILE, ItemId.of(id));
    }

    /** Others it answers itself: it must not say more than that, nor do anything. */
    @ParameterizedTest
    @ValueSource(strings = {"{}", "\u00E9"})
    void shouldDoNothingForAPathThatIsNoUri(String id) throws IOException {
        String answer = sendRaw("PUT", "/" + ITEMS + "/" + id, "Authorization: " + basic + "\r\n");

        assertThat(answer).startsWith("HTTP/1.1 40").doesNotContain("<html", "\tat ", "ETag:");
    }

    private static String sendRaw(String method, String path, String headers) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", node.home().httpPort())) {
            socket.setSoTimeout(30_000);
            String body = method.equals("PUT") ? "x" : "";
            String request = method + " " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\n" + headers + "Content-Length: "
                    + body.length() + "\r\nConnection: close\r\n\r\n" + body;
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }
}
