package org.hotbackup.web.faces;

import java.text.MessageFormat;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.ResourceBundle;

/** The texts of the pages, for sentences with values in them. */
final class Texts {

    private static final ResourceBundle BUNDLE = ResourceBundle.getBundle("org.hotbackup.web.messages", Locale.ROOT);

    private Texts() {}

    /** The text of a key, if there is one. */
    static Optional<String> find(String key) {
        return BUNDLE.containsKey(key) ? Optional.of(BUNDLE.getString(key)) : Optional.empty();
    }

    /** The text of a key, these values in it; numbers are written without grouping. */
    static String get(String key, Object... values) {
        Object[] shown = Arrays.stream(values).map(String::valueOf).toArray();
        return shown.length == 0
                ? BUNDLE.getString(key)
                : new MessageFormat(BUNDLE.getString(key), Locale.ROOT).format(shown);
    }
}
