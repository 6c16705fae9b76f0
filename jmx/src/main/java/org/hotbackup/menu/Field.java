package org.hotbackup.menu;

import java.util.Map;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.hotbackup.control.messages.Refusal;

/**
 * A field of a form.
 *
 * @param key by which the form's values name it
 * @param label what stands before it
 * @param help what it means (HB-003)
 * @param value what it holds at first
 * @param applies whether it applies, given the fields before it: if not it is passed over
 * @param check makes a value canonical, or throws a {@link Refusal}
 * @param fixed whether it only shows
 */
record Field(
        String key,
        String label,
        String help,
        String value,
        Predicate<Map<String, String>> applies,
        UnaryOperator<String> check,
        boolean fixed) {

    /** The field by which destructive operations are confirmed: the name of what they destroy. */
    static Field confirm(String label, String name) {
        return new Field(
                "confirm",
                label,
                "",
                "",
                values -> true,
                given -> {
                    Refusal.unlessConfirmed(name, given);
                    return given;
                },
                false);
    }

    /** The field for why something is done. */
    static Field reason() {
        return new Field(
                "reason",
                "Reason",
                "",
                "",
                values -> true,
                given -> {
                    Refusal.unlessReasoned(given);
                    return given;
                },
                false);
    }

    /** A field that applies always. */
    static Field of(String key, String label, String help, String value, UnaryOperator<String> check) {
        return new Field(key, label, help, value, values -> true, check, false);
    }
}
