package org.hotbackup.web.faces;

import java.util.Map;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;

/**
 * What the address of a page gives: everything that a page shows is named there, so that it can be kept, sent to somebody
 * and asked for again.
 */
final class Address {

    private static final int MOST_LINES = 500;

    private final Map<String, String> given;

    Address(Map<String, String> given) {
        this.given = given;
    }

    /** A text, without blanks around it; empty if it is not given. */
    String text(String name) {
        return given.getOrDefault(name, "").strip();
    }

    /** A text as it is given, for what may begin or end with blanks; empty if it is not. */
    String exactly(String name) {
        return given.getOrDefault(name, "");
    }

    /** Whether it is given at all. */
    boolean has(String name) {
        return !text(name).isEmpty();
    }

    /**
     * A whole number; 0 if it is not given.
     *
     * @throws Refusal if it is none
     */
    long number(String name) {
        String text = text(name);
        if (text.isEmpty()) {
            return 0;
        }
        if (!text.matches("[0-9]{1,18}")) {
            throw new Refusal(MessageCode.NOT_A_WHOLE_NUMBER, name, text);
        }
        return Long.parseLong(text);
    }

    /** How many lines a page shall have: {@code usual} unless {@code limit} says something else, at most 500. */
    int limit(int usual) {
        long limit = number("limit");
        return limit == 0 ? usual : (int) Math.min(limit, MOST_LINES);
    }
}
