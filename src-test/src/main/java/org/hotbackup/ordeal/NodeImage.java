package org.hotbackup.ordeal;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import java.io.ByteArrayInputStream;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.hotbackup.client.RestClient;
import org.hotbackup.model.DPointer;
import org.hotbackup.model.FilePath;

/** What a node's image really is, read over REST, section by section and item by item. */
final class NodeImage {

    private static final int OK = 200;
    private static final int NOT_FOUND = 404;

    private NodeImage() {}

    /** All sections of the accounts but those of the system. */
    static SortedMap<FilePath, Section> read(RestClient node) {
        SortedMap<FilePath, Section> image = new TreeMap<>();
        for (String account : accounts(node)) {
            Caller.definitions(node, account).forEach((path, pointer) -> image.put(path, read(node, path, pointer)));
        }
        return image;
    }

    /** The names of all accounts but dm. */
    static List<String> accounts(RestClient node) {
        List<String> accounts = new ArrayList<>();
        JsonArray names = json(node.exchange("GET", "accounts", null, null)).getJsonArray("accounts");
        names.getValuesAs(JsonString.class).stream()
                .map(JsonString::getString)
                .filter(name -> !name.equals("dm"))
                .forEach(accounts::add);
        return accounts;
    }

    /** The D-pointers of all sections of an account, nothing if there is no such account. */
    static SortedMap<FilePath, DPointer> definitions(RestClient node, String account) {
        SortedMap<FilePath, DPointer> definitions = new TreeMap<>();
        HttpResponse<byte[]> response =
                node.exchange("GET", "accounts/" + RestClient.segment(account.getBytes()) + "/files", null, null);
        if (response.statusCode() == NOT_FOUND && new String(response.body()).contains("HB1010")) {
            return definitions;
        }
        for (JsonObject file : json(response).getJsonArray("files").getValuesAs(JsonObject.class)) {
            List<String> correlatives = file.getJsonArray("correlatives").getValuesAs(JsonString::getString);
            DPointer pointer = DPointer.of(file.getString("code"), file.getInt("modulo"));
            definitions.put(
                    FilePath.parse(file.getString("path")),
                    correlatives.isEmpty() ? pointer : pointer.withCorrelatives(correlatives));
        }
        return definitions;
    }

    /** One section with its items. */
    static Section read(RestClient node, FilePath path, DPointer pointer) {
        Section section = new Section(path, pointer);
        if (path.level() == FilePath.Level.MASTER_DICTIONARY) {
            Caller.masterDictionary(node, path).forEach(section::write);
        } else {
            node.items(path, section::write);
        }
        return section;
    }

    private static JsonObject json(HttpResponse<byte[]> response) {
        if (response.statusCode() != OK) {
            throw new UnexpectedAnswer(response.statusCode(), new String(response.body()));
        }
        try (JsonReader reader = Json.createReader(new ByteArrayInputStream(response.body()))) {
            return reader.readObject();
        }
    }
}
