package org.hotbackup.menu;

import java.util.Map;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.hotbackup.control.messages.MessageCode;
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
 * @param kind how it is written
 */
record Field(
        String key,
        String label,
        String help,
        String value,
        Predicate<Map<String, String>> applies,
        UnaryOperator<String> check,
        Kind kind) {

    /** How a field is written. */
    enum Kind {
        WRITTEN,
        /** Not at all: it only shows. */
        FIXED,
        /** Unseen. */
        SECRET
    }

    /** The largest number that is asked for. */
    static final long MOST = Long.MAX_VALUE / 10;

    /** The key of {@link #confirm}. */
    static final String CONFIRM = "confirm";

    /** The key of {@link #reason}. */
    static final String REASON = "reason";

    private static final String YES = "yes";
    private static final String NO = "no";

    /** The field by which destructive operations are confirmed: the name of what they destroy. */
    static Field confirm(String label, String name) {
        return of(CONFIRM, label, Texts.confirmHelp(name), "", given -> {
            Refusal.unlessConfirmed(name, given);
            return given;
        });
    }

    /** The field for why something is done. */
    static Field reason() {
        return reason(Texts.REASON_HELP);
    }

    /** The same where the reason stands in the audit only. */
    static Field reasonForAudit() {
        return reason(Texts.AUDIT_REASON_HELP);
    }

    private static Field reason(String help) {
        return of(REASON, "Reason", help, "", given -> {
            Refusal.unlessReasoned(given);
            return given;
        });
    }

    /** A field whose value nobody sees. */
    static Field secret(String key, String label, String help) {
        return new Field(key, label, help, "", values -> true, given -> given, Kind.SECRET);
    }

    boolean isFixed() {
        return kind == Kind.FIXED;
    }

    /** What is seen of a value in it. */
    String shown(String value) {
        return kind == Kind.SECRET ? "*".repeat(value.codePointCount(0, value.length())) : Text.safe(value);
    }

    /** A field that applies always. */
    static Field of(String key, String label, String help, String value, UnaryOperator<String> check) {
        return new Field(key, label, help, value, values -> true, check, Kind.WRITTEN);
    }

    /** A field that cannot be changed. */
    static Field fixed(String key, String label, String value) {
        return new Field(key, label, "", value, values -> true, given -> given, Kind.FIXED);
    }

    /** A field for yes or no. */
    static Field yesOrNo(String key, String label, String help, boolean value) {
        return of(key, label, help, value ? YES : NO, given -> {
            if (!given.equals(YES) && !given.equals(NO)) {
                throw new Refusal(MessageCode.SETTING_OUT_OF_RANGE, label, given, "yes or no");
            }
            return given;
        });
    }

    /** Whether it was asked for, and is yes. */
    static boolean isYes(Map<String, String> values, String key) {
        return YES.equals(values.get(key));
    }

    /** Whether it was asked for, and is no. */
    static boolean isNo(Map<String, String> values, String key) {
        return NO.equals(values.get(key));
    }

    /** The same, which applies if a field before it is yes. */
    Field ifYes(String before) {
        return new Field(key, label, help, value, values -> isYes(values, before), check, kind);
    }

    /** The same, which applies if a field before it is no. */
    Field ifNo(String before) {
        return new Field(key, label, help, value, values -> isNo(values, before), check, kind);
    }

    /** A field for a whole number. */
    static Field number(String key, String label, String help, String value, long from, long to) {
        return of(key, label, help, value, given -> {
            if (!given.matches("[0-9]{1,18}") || Long.parseLong(given) < from || Long.parseLong(given) > to) {
                throw new Refusal(
                        MessageCode.SETTING_OUT_OF_RANGE, label, given, "a number from " + from + " to " + to);
            }
            return given;
        });
    }
}
