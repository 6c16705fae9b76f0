package org.hotbackup.control.settings;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Whom a server notifies of errors and warnings (HB-058): users, and ports as {@code msg} writes them, {@code !0}.
 * Immutable.
 */
public final class NotifyList {

    /** The most users and ports in a list. */
    public static final int MOST = 50;

    private static final Pattern USER = Pattern.compile("[^!,\\s\"\\p{Cntrl}][^,\\s\"\\p{Cntrl}]{0,49}");
    private static final Pattern PORT = Pattern.compile("![0-9]{1,5}");

    private final Set<String> names;

    private NotifyList(Set<String> names) {
        this.names = names;
    }

    /**
     * Reads users and ports separated by commas; an empty text is an empty list.
     *
     * @throws IllegalArgumentException if it is something else; see {@link #isValid}
     */
    public static NotifyList parse(String text) {
        if (!isValid(text)) {
            throw new IllegalArgumentException(text);
        }
        return new NotifyList(text.isBlank() ? Set.of() : new LinkedHashSet<>(words(text)));
    }

    /** Whether a text is a notify list. */
    public static boolean isValid(String text) {
        List<String> words = words(text);
        return text.isBlank() || words.size() <= MOST && words.stream().allMatch(word -> isPort(word) || isUser(word));
    }

    private static List<String> words(String text) {
        return List.of(text.split(",", -1)).stream().map(String::strip).toList();
    }

    /** Whether a word names a port. */
    public static boolean isPort(String word) {
        return PORT.matcher(word).matches();
    }

    /** Whether a word can name a user. */
    public static boolean isUser(String word) {
        return USER.matcher(word).matches();
    }

    /** The users, in the order of the list. */
    public List<String> users() {
        return names.stream().filter(name -> !isPort(name)).toList();
    }

    /** The ports, in the order of the list. */
    public List<String> ports() {
        return names.stream().filter(NotifyList::isPort).toList();
    }

    /** Whether this user or port is on the list. */
    public boolean includes(String name) {
        return names.contains(name);
    }

    /** As it is written. */
    @Override
    public String toString() {
        return String.join(",", names);
    }
}
