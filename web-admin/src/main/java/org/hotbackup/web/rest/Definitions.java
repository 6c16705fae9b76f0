package org.hotbackup.web.rest;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
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

    private static final int MOST_BYTES = 64 * 1024;

    private Definitions() {}

    static JsonObjectBuilder json(FileDefinition definition) {
        return Json.createObjectBuilder()
                .add("number", definition.number())
                .add("path", definition.path().toString())
                .add("level", definition.path().level().name())
                .add("code", definition.pointer().code())
                .add("modulo", definition.pointer().modulo());
    }

    /** The D-pointer that a body asks for; everything may be left out, the body too. */
    static DPointer pointer(InputStream body) {
        byte[] bytes = Bodies.read(body, MOST_BYTES);
        if (bytes.length == 0) {
            return DPointer.of(DEFAULT_CODE, DEFAULT_MODULO);
        }
        try (JsonReader reader = Json.createReader(new ByteArrayInputStream(bytes))) {
            return pointer(reader.readObject());
        } catch (JsonException e) {
            throw new Refusal(
                    MessageCode.MALFORMED_REQUEST,
                    String.valueOf(e.getMessage()).replaceAll("\\s+", " "));
        }
    }

    /** The D-pointer that an object with {@code code} and {@code modulo} asks for. */
    static DPointer pointer(JsonObject object) {
        try {
            // the getters with a default would give it for a value of the wrong type, too
            String code = object.containsKey("code") ? object.getString("code") : DEFAULT_CODE;
            int modulo = object.containsKey("modulo")
                    ? object.getJsonNumber("modulo").intValueExact()
                    : DEFAULT_MODULO;
            return DPointer.of(code, modulo);
        } catch (ClassCastException | ArithmeticException e) {
            throw new Refusal(MessageCode.MALFORMED_REQUEST, "code is a text and modulo a whole number");
        }
    }

    /** Destructive operations ask for the name of what they destroy. */
    static void confirm(String name, String given) {
        if (!name.equals(given)) {
            throw new Refusal(MessageCode.CONFIRM_BY_NAME, name, given == null ? "nothing" : given);
        }
    }
}
