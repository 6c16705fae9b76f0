package org.hotbackup.web.rest;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.stream.JsonParser;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.ItemId;
import org.hotbackup.model.Limits;
import org.hotbackup.model.Update;

/** Reads {@code {"updates":[{"op":"write","file":...,"id":...,"body":<base64>}, ...]}} one update at a time. */
final class TransactionReader {

    private static final JsonKeys OF_FILE = JsonKeys.of("op", "file");
    private static final JsonKeys OF_ITEM = OF_FILE.and(JsonKeys.of("id", "idBase64"));
    private static final JsonKeys OF_ACCOUNT = JsonKeys.of("op", "account");

    /** What each operation may say. */
    private static final Map<String, JsonKeys> KEYS = Map.of(
            "write",
            OF_ITEM.and(JsonKeys.of("body")),
            "delete",
            OF_ITEM,
            "clear",
            OF_FILE,
            "redefine-file",
            OF_FILE.and(Definitions.KEYS),
            "create-file",
            OF_FILE.and(Definitions.KEYS),
            "delete-file",
            OF_FILE,
            "create-account",
            OF_ACCOUNT.and(Definitions.KEYS),
            "delete-account",
            OF_ACCOUNT);

    private TransactionReader() {}

    /**
     * The updates.
     *
     * @throws Refusal if the JSON is malformed, with the place, or an update cannot be understood, with its number
     */
    static List<Update> read(InputStream body) {
        List<Update> updates = new ArrayList<>();
        try (JsonParser json = Json.createParser(body)) {
            expect(json, JsonParser.Event.START_OBJECT);
            expect(json, JsonParser.Event.KEY_NAME);
            if (!json.getString().equals("updates")) {
                throw malformed("it begins with '" + json.getString() + "' instead of 'updates'");
            }
            expect(json, JsonParser.Event.START_ARRAY);
            JsonParser.Event event = json.next();
            while (event == JsonParser.Event.START_OBJECT) {
                updates.add(update(json.getObject(), updates.size() + 1));
                if (updates.size() > Limits.MAX_TRANSACTION_UPDATES) {
                    throw new Refusal(
                            MessageCode.TRANSACTION_TOO_LARGE,
                            Limits.MAX_TRANSACTION_BYTES,
                            Limits.MAX_TRANSACTION_UPDATES);
                }
                event = json.next();
            }
            if (event != JsonParser.Event.END_ARRAY) {
                throw malformed("update " + (updates.size() + 1) + " is not an object");
            }
            expect(json, JsonParser.Event.END_OBJECT);
            if (json.hasNext()) {
                throw malformed("something follows the transaction");
            }
            return updates;
        } catch (JsonException | NoSuchElementException | IllegalStateException e) {
            throw malformed("the JSON ends too early or is malformed: "
                    + String.valueOf(e.getMessage()).replaceAll("\\s+", " "));
        }
    }

    private static void expect(JsonParser json, JsonParser.Event expected) {
        JsonParser.Event event = json.next();
        if (event != expected) {
            throw malformed("it is not of the form {\"updates\":[...]}");
        }
    }

    private static Update update(JsonObject object, int number) {
        try {
            keys(object).check(object, "update " + number + ", '" + object.getString("op") + "'");
            return update(object);
        } catch (ClassCastException | NullPointerException e) {
            throw malformed("update " + number + " lacks a text that its 'op' needs (op, file, id, body, account)");
        } catch (IllegalArgumentException e) {
            throw malformed("update " + number + ": 'body' and 'idBase64' are base64");
        }
    }

    private static JsonKeys keys(JsonObject object) {
        String operation = object.getString("op");
        JsonKeys keys = KEYS.get(operation);
        if (keys == null) {
            throw malformed("there is no operation '" + operation + "'");
        }
        return keys;
    }

    private static Update update(JsonObject object) {
        String operation = object.getString("op");
        return switch (operation) {
            case "write" -> new Update.ItemWritten(
                    file(object), id(object), Base64.getDecoder().decode(object.getString("body")));
            case "delete" -> new Update.ItemDeleted(file(object), id(object));
            case "clear" -> new Update.FileCleared(file(object));
            case "redefine-file" -> new Update.FileRedefined(file(object), Definitions.pointer(object));
            case "create-file" -> new Update.FileCreated(file(object), Definitions.pointer(object));
            case "delete-file" -> new Update.FileDeleted(file(object));
            case "create-account" -> new Update.AccountCreated(account(object), Definitions.pointer(object));
            case "delete-account" -> new Update.AccountDeleted(account(object));
            default -> throw new IllegalStateException("an operation with keys and without an update: " + operation);
        };
    }

    private static FilePath file(JsonObject object) {
        return FilePath.parse(object.getString("file"));
    }

    private static FilePath account(JsonObject object) {
        return FilePath.masterDictionary(object.getString("account"));
    }

    private static ItemId id(JsonObject object) {
        return object.containsKey("idBase64")
                ? ItemId.of(Base64.getDecoder().decode(object.getString("idBase64")))
                : ItemId.of(object.getString("id").getBytes(StandardCharsets.UTF_8));
    }

    private static Refusal malformed(String reason) {
        return new Refusal(MessageCode.MALFORMED_REQUEST, reason);
    }
}
