package org.hotbackup.web.rest;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.model.DPointer;
import org.hotbackup.model.FileDefinition;

/** Definitions of accounts and files as JSON. */
final class Definitions {

    /** New files are logged unless something else is said. */
    static final String DEFAULT_CODE = "DL";

    static final int DEFAULT_MODULO = 101;

    /** What a definition may say. */
    static final JsonKeys KEYS = JsonKeys.of("code", "modulo", "correlatives");

    private static final int MOST_BYTES = 64 * 1024;

    private Definitions() {}

    static JsonObjectBuilder json(FileDefinition definition) {
        return Json.createObjectBuilder()
                .add("number", definition.number())
                .add("path", definition.path().toString())
                .add("level", definition.path().level().name())
                .add("code", definition.pointer().code())
                .add("modulo", definition.pointer().modulo())
                .add(
                        "correlatives",
                        Json.createArrayBuilder(definition.pointer().correlatives()));
    }

    /** The D-pointer that a body asks for; everything may be left out, the body too. */
    static DPointer pointer(InputStream body) {
        return changed(DPointer.of(DEFAULT_CODE, DEFAULT_MODULO), body);
    }

    /** The D-pointer that an object with {@link #KEYS} among its keys asks for. */
    static DPointer pointer(JsonObject object) {
        return changed(DPointer.of(DEFAULT_CODE, DEFAULT_MODULO), object);
    }

    /** A D-pointer with the changes that a body asks for; everything may be left out, the body too. */
    static DPointer changed(DPointer pointer, InputStream body) {
        byte[] bytes = Bodies.read(body, MOST_BYTES);
        if (bytes.length == 0) {
            return pointer;
        }
        try (JsonReader reader = Json.createReader(new ByteArrayInputStream(bytes))) {
            JsonObject object = reader.readObject();
            KEYS.check(object, "a definition");
            return changed(pointer, object);
        } catch (JsonException e) {
            throw new Refusal(
                    MessageCode.MALFORMED_REQUEST,
                    String.valueOf(e.getMessage()).replaceAll("\\s+", " "));
        }
    }

    private static DPointer changed(DPointer pointer, JsonObject object) {
        try {
            // the getters with a default would give it for a value of the wrong type, too
            DPointer changed = pointer;
            if (object.containsKey("code")) {
                changed = changed.withCode(object.getString("code"));
            }
            if (object.containsKey("modulo")) {
                changed = changed.withModulo(object.getJsonNumber("modulo").intValueExact());
            }
            if (object.containsKey("correlatives")) {
                changed = changed.withCorrelatives(
                        object.getJsonArray("correlatives").getValuesAs(JsonString::getString));
            }
            return changed;
        } catch (ClassCastException | ArithmeticException e) {
            throw new Refusal(
                    MessageCode.MALFORMED_REQUEST,
                    "code is a text, modulo a whole number and correlatives a list of texts");
        }
    }

    /** Destructive operations ask for the name of what they destroy. */
    static void confirm(String name, String given) {
        if (!name.equals(given)) {
            throw new Refusal(MessageCode.CONFIRM_BY_NAME, name, given == null ? "nothing" : given);
        }
    }
}
