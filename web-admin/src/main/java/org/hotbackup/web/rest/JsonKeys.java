package org.hotbackup.web.rest;

import jakarta.json.JsonObject;
import java.util.List;
import java.util.stream.Stream;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;

/**
 * The keys that a JSON object may have, in the order in which a user is told of them.
 *
 * @param known none of them twice
 */
record JsonKeys(List<String> known) {

    private static final int MOST_SHOWN = 60;

    static JsonKeys of(String... known) {
        return new JsonKeys(List.of(known));
    }

    /** These and others. */
    JsonKeys and(JsonKeys others) {
        return new JsonKeys(Stream.concat(known.stream(), others.known.stream()).toList());
    }

    /**
     * Refuses a key that nobody would read: a misspelt one would be taken for one that is left out.
     *
     * @param where whose keys they are, as the end of a sentence
     */
    void check(JsonObject object, String where) {
        List<String> unknown =
                object.keySet().stream().filter(key -> !known.contains(key)).toList();
        if (!unknown.isEmpty()) {
            throw new Refusal(
                    MessageCode.MALFORMED_REQUEST,
                    "there is no key '" + shown(unknown.get(0)) + "' in " + where + "; the keys are "
                            + String.join(", ", known));
        }
    }

    /** As much of a key as fits into a sentence. */
    private static String shown(String key) {
        int[] most = key.codePoints()
                .limit(MOST_SHOWN)
                .map(c -> Character.isISOControl(c) ? '?' : c)
                .toArray();
        String text = new String(most, 0, most.length);
        return text.length() < key.length() ? text + "..." : text;
    }
}
