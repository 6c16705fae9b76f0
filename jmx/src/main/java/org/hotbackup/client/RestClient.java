package org.hotbackup.client;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.stream.JsonGenerator;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.hotbackup.control.ItemStore.StoredItem;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.model.DPointer;
import org.hotbackup.model.FileDefinition;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.ItemId;
import org.hotbackup.model.Update;
import org.hotbackup.node.NodeHome;

/**
 * A node's store over REST. Every refusal of the node becomes a {@link RestRefusal} with the node's own sentence; a
 * connection that fails is an {@link UncheckedIOException}, and whether the node did what was asked is then not known.
 * Thread-safe.
 */
public final class RestClient {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(120);
    private static final int OK = 200;
    private static final int CREATED = 201;
    private static final int NOT_FOUND = 404;
    private static final int FIRST_FAILURE = 400;

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_TIMEOUT)
            .build();
    private final URI api;
    private final String authorization;

    /** A client of the API at this address, for example {@code http://127.0.0.1:8080/api/}. */
    public RestClient(URI api, String user, String password) {
        this.api = api;
        this.authorization =
                "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    /** A client of a node of this machine, as its local user. */
    public static RestClient of(NodeHome home) {
        return new RestClient(URI.create(home.webUrl() + "api/"), "local", home.localSecret());
    }

    /** The names of all accounts. */
    public List<String> accounts() {
        return object("accounts").getJsonArray("accounts").getValuesAs(JsonString::getString);
    }

    /** The definitions of all sections of an account. */
    public List<FileDefinition> files(String account) {
        return object(path(account) + "/files").getJsonArray("files").getValuesAs(JsonObject.class).stream()
                .map(RestClient::file)
                .toList();
    }

    private static FileDefinition file(JsonObject file) {
        DPointer pointer = DPointer.of(file.getString("code"), file.getInt("modulo"))
                .withCorrelatives(file.getJsonArray("correlatives").getValuesAs(JsonString::getString));
        return new FileDefinition(file.getInt("number"), FilePath.parse(file.getString("path")), pointer);
    }

    private JsonObject object(String path) {
        HttpResponse<byte[]> response = check(send(request(path).GET().build(), BodyHandlers.ofByteArray()));
        return parse(new String(response.body(), StandardCharsets.UTF_8));
    }

    /** Creates an account. */
    public void createAccount(String account, DPointer pointer) {
        put("accounts/" + segment(account), json(definition(pointer)), "application/json");
    }

    /** Creates a file. */
    public void createFile(FilePath file, DPointer pointer) {
        put(path(file), json(definition(pointer)), "application/json");
    }

    /** Whether there is an account of this name. */
    public boolean hasAccount(String account) {
        return exists("accounts/" + segment(account));
    }

    /** Whether there is a file at this path. */
    public boolean hasFile(FilePath file) {
        return exists(path(file));
    }

    private boolean exists(String path) {
        try {
            check(send(request(path).GET().build(), BodyHandlers.ofByteArray()));
            return true;
        } catch (RestRefusal e) {
            // a 404 without a number of ours comes from a node that has not deployed its application yet
            if (e.code().equals(MessageCode.NO_ACCOUNT.id()) || e.code().equals(MessageCode.NO_FILE.id())) {
                return false;
            }
            throw e;
        }
    }

    /** Deletes an account with all its files. */
    public void deleteAccount(String account) {
        check(send(
                request(path(account) + "?confirm=" + segment(account)).DELETE().build(), BodyHandlers.ofByteArray()));
    }

    /** Deletes a file. */
    public void deleteFile(FilePath file) {
        check(send(
                request(path(file) + "?confirm=" + segment(fileName(file)))
                        .DELETE()
                        .build(),
                BodyHandlers.ofByteArray()));
    }

    /** Clears a file. */
    public void clearFile(FilePath file) {
        check(send(
                request(path(file) + "/clear?confirm=" + segment(fileName(file)))
                        .POST(BodyPublishers.noBody())
                        .build(),
                BodyHandlers.ofByteArray()));
    }

    /**
     * Writes an item.
     *
     * @return whether it was created, not replaced
     */
    public boolean write(FilePath file, ItemId id, byte[] body) {
        return put(path(file) + "/items/" + itemSegment(id), body, "application/octet-stream") == CREATED;
    }

    /**
     * Deletes an item.
     *
     * @return whether there was one
     */
    public boolean delete(FilePath file, ItemId id) {
        HttpResponse<byte[]> response =
                send(request(path(file) + "/items/" + itemSegment(id)).DELETE().build(), BodyHandlers.ofByteArray());
        if (response.statusCode() == NOT_FOUND && problem(response).code().equals(MessageCode.NO_ITEM.id())) {
            return false;
        }
        check(response);
        return true;
    }

    /** Reads an item. */
    public Optional<byte[]> read(FilePath file, ItemId id) {
        HttpResponse<byte[]> response =
                send(request(path(file) + "/items/" + itemSegment(id)).GET().build(), BodyHandlers.ofByteArray());
        if (response.statusCode() == NOT_FOUND && problem(response).code().equals(MessageCode.NO_ITEM.id())) {
            return Optional.empty();
        }
        return Optional.of(check(response).body());
    }

    /** Reads all items of a file, in order of their ids, without holding them. */
    public void items(FilePath file, BiConsumer<ItemId, byte[]> item) {
        items(path(file) + "/items", file, item);
    }

    /**
     * Reads some items of a file, in order of their ids.
     *
     * @param after where to begin, exclusive; null for the beginning
     * @param limit the most items, at least 1
     */
    public void items(FilePath file, ItemId after, int limit, BiConsumer<ItemId, byte[]> item) {
        String from = after == null
                ? ""
                : "&after=" + Base64.getUrlEncoder().withoutPadding().encodeToString(after.bytes());
        items(path(file) + "/items?limit=" + limit + from, file, item);
    }

    private void items(String path, FilePath file, BiConsumer<ItemId, byte[]> item) {
        HttpResponse<InputStream> response = send(request(path).GET().build(), BodyHandlers.ofInputStream());
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8), 1 << 16)) {
            if (response.statusCode() != OK) {
                throw problem(response.statusCode(), lines.lines().reduce("", String::concat));
            }
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                StoredItem read = item(file, line);
                item.accept(read.id(), read.body());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static StoredItem item(FilePath file, String line) throws IOException {
        try {
            JsonObject object = parse(line);
            byte[] id = object.containsKey("idBase64")
                    ? Base64.getDecoder().decode(object.getString("idBase64"))
                    : object.getString("id").getBytes(StandardCharsets.UTF_8);
            return new StoredItem(ItemId.of(id), Base64.getDecoder().decode(object.getString("body")));
        } catch (JsonException | NullPointerException | ClassCastException | IllegalArgumentException e) {
            throw new IOException("the listing of '" + file + "' stops in the middle of a line", e);
        }
    }

    /** Makes updates, all or nothing. */
    public void execute(List<Update> updates) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        try (JsonGenerator json = Json.createGenerator(body)) {
            json.writeStartObject().writeStartArray("updates");
            updates.forEach(update -> write(json, update));
            json.writeEnd().writeEnd();
        }
        check(send(
                request("transactions")
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofByteArray(body.toByteArray()))
                        .build(),
                BodyHandlers.ofByteArray()));
    }

    private static void write(JsonGenerator json, Update update) {
        json.writeStartObject();
        if (update instanceof Update.ItemWritten written) {
            json.write("op", "write").write("file", written.file().toString());
            json.write(
                    "idBase64", Base64.getEncoder().encodeToString(written.id().bytes()));
            json.write("body", Base64.getEncoder().encodeToString(written.body()));
        } else if (update instanceof Update.ItemDeleted deleted) {
            json.write("op", "delete").write("file", deleted.file().toString());
            json.write(
                    "idBase64", Base64.getEncoder().encodeToString(deleted.id().bytes()));
        } else if (update instanceof Update.FileCleared) {
            json.write("op", "clear").write("file", update.file().toString());
        } else if (update instanceof Update.FileCreated created) {
            json.write("op", "create-file").write("file", update.file().toString());
            write(json, created.pointer());
        } else if (update instanceof Update.FileRedefined redefined) {
            json.write("op", "redefine-file").write("file", update.file().toString());
            write(json, redefined.pointer());
        } else if (update instanceof Update.FileDeleted) {
            json.write("op", "delete-file").write("file", update.file().toString());
        } else if (update instanceof Update.AccountCreated created) {
            json.write("op", "create-account").write("account", update.file().account());
            write(json, created.pointer());
        } else {
            json.write("op", "delete-account").write("account", update.file().account());
        }
        json.writeEnd();
    }

    private static void write(JsonGenerator json, DPointer pointer) {
        json.write("code", pointer.code()).write("modulo", pointer.modulo());
        if (!pointer.correlatives().isEmpty()) {
            json.writeStartArray("correlatives");
            pointer.correlatives().forEach(json::write);
            json.writeEnd();
        }
    }

    /**
     * A request as it is, for what the other methods do not offer.
     *
     * @return the status and the body
     */
    public HttpResponse<byte[]> exchange(String method, String path, String contentType, byte[] body) {
        HttpRequest.Builder builder = request(path);
        if (contentType != null) {
            builder.header("Content-Type", contentType);
        }
        return send(
                builder.method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body))
                        .build(),
                BodyHandlers.ofByteArray());
    }

    private int put(String path, byte[] body, String contentType) {
        return check(send(
                        request(path)
                                .header("Content-Type", contentType)
                                .PUT(BodyPublishers.ofByteArray(body))
                                .build(),
                        BodyHandlers.ofByteArray()))
                .statusCode();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(api + path))
                .timeout(REQUEST_TIMEOUT)
                .header("Authorization", authorization);
    }

    private <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> handler) {
        try {
            return http.send(request, handler);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new IOException("interrupted", e));
        }
    }

    private static HttpResponse<byte[]> check(HttpResponse<byte[]> response) {
        if (response.statusCode() >= FIRST_FAILURE) {
            throw problem(response);
        }
        return response;
    }

    private static RestRefusal problem(HttpResponse<byte[]> response) {
        return problem(response.statusCode(), new String(response.body(), StandardCharsets.UTF_8));
    }

    private static RestRefusal problem(int status, String body) {
        try {
            JsonObject problem = parse(body);
            String type = problem.getString("type", "");
            return new RestRefusal(
                    status,
                    type.substring(type.lastIndexOf('/') + 1),
                    problem.getString("detail", problem.getString("title", "")));
        } catch (JsonException e) {
            return new RestRefusal(status, "", "The node answers with HTTP status " + status + ".");
        }
    }

    private static JsonObject parse(String text) {
        try (JsonReader reader = Json.createReader(new StringReader(text))) {
            return reader.readObject();
        }
    }

    private static String definition(DPointer pointer) {
        return Json.createObjectBuilder()
                .add("code", pointer.code())
                .add("modulo", pointer.modulo())
                .build()
                .toString();
    }

    private static byte[] json(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** The path of a file below the API, as {@code accounts/A/files/F}. */
    public static String path(FilePath file) {
        return path(file.account()) + "/files/" + segment(fileName(file));
    }

    /** The path of an account below the API, as {@code accounts/A}. */
    public static String path(String account) {
        return "accounts/" + segment(account);
    }

    /**
     * The name of a file in its account: {@code orders}, {@code dict orders}, or {@code orders,open} for a section; a comma for the master
     * dictionary, whose items are read and written like those of files.
     */
    public static String fileName(FilePath file) {
        return switch (file.level()) {
            case MASTER_DICTIONARY -> ",";
            case DICTIONARY -> "dict " + file.file();
            case DATA -> file.section().equals(file.file()) ? file.file() : file.file() + "," + file.section();
        };
    }

    private static String segment(String text) {
        return segment(text.getBytes(StandardCharsets.UTF_8));
    }

    /** An id as a path segment; one with a byte that HTTP servers do not let through goes in base64url. */
    public static String itemSegment(ItemId id) {
        byte[] bytes = id.bytes();
        for (byte b : bytes) {
            if (b == 0 || b == '\\') {
                return "=" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
            }
        }
        return segment(bytes);
    }

    /** A path segment: every byte that is not a letter, a digit, a dash or an underscore is percent-encoded. */
    public static String segment(byte[] bytes) {
        StringBuilder segment = new StringBuilder();
        for (byte b : bytes) {
            boolean plain =
                    b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b >= '0' && b <= '9' || b == '-' || b == '_';
            if (plain) {
                segment.append((char) b);
            } else {
                segment.append(String.format("%%%02X", b));
            }
        }
        return segment.toString();
    }
}
