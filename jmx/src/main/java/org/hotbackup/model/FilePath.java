package org.hotbackup.model;

import java.nio.charset.StandardCharsets;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;

/**
 * Where a file section stands (docs/data-model.md 2): {@code account,,} is the account's master dictionary (MD),
 * {@code dict account,file,} a file's dictionary, {@code account,file,section} one of its data sections; the default
 * data section has the file's name and may be left out.
 *
 * @param account the account's name
 * @param file the file's name, empty for the MD
 * @param section the data section's name, empty for the MD and for a dictionary
 */
public record FilePath(String account, String file, String section) implements Comparable<FilePath> {

    /** The longest name of an account, a file or a data section, in bytes of UTF-8. */
    public static final int MAX_NAME_BYTES = 100;

    private static final String DICT = "dict ";

    /** Which of the three sorts of section a path names. */
    public enum Level {
        /** The account's master dictionary. */
        MASTER_DICTIONARY,
        /** A file's dictionary. */
        DICTIONARY,
        /** A data section. */
        DATA
    }

    /**
     * Checks the names.
     *
     * @throws Refusal if a name is too long or holds a comma, a blank, a control character, a slash or a mark
     */
    public FilePath {
        checkName("an account", account);
        if (file.isEmpty()) {
            if (!section.isEmpty()) {
                throw new Refusal(MessageCode.PATH_MALFORMED, account + ",," + section);
            }
        } else {
            checkName("a file", file);
            if (!section.isEmpty()) {
                checkName("a data section", section);
            }
        }
    }

    /** The master dictionary of {@code account}. */
    public static FilePath masterDictionary(String account) {
        return new FilePath(account, "", "");
    }

    /** The dictionary of {@code account,file}. */
    public static FilePath dictionary(String account, String file) {
        return new FilePath(account, file, "");
    }

    /** The default data section of {@code account,file}. */
    public static FilePath data(String account, String file) {
        return new FilePath(account, file, file);
    }

    /** The data section {@code account,file,section}. */
    public static FilePath data(String account, String file, String section) {
        return new FilePath(account, file, section.isEmpty() ? file : section);
    }

    /**
     * Reads {@code account,file}, {@code account,file,section}, {@code account,,} or {@code dict account,file}.
     *
     * @throws Refusal if the text is none of them
     */
    public static FilePath parse(String text) {
        String path = text.strip();
        boolean dict = path.regionMatches(true, 0, DICT, 0, DICT.length());
        String[] names = (dict ? path.substring(DICT.length()).strip() : path).split(",", -1);
        boolean shape = names.length == 2 || names.length == 3;
        if (!shape || dict && (names[1].isEmpty() || names.length == 3 && !names[2].isEmpty())) {
            throw new Refusal(MessageCode.PATH_MALFORMED, text);
        }
        String section = names.length == 3 ? names[2] : "";
        if (names[1].isEmpty()) {
            return new FilePath(names[0], "", section);
        }
        return dict ? dictionary(names[0], names[1]) : data(names[0], names[1], section);
    }

    /** The sort of section this path names. */
    public Level level() {
        if (file.isEmpty()) {
            return Level.MASTER_DICTIONARY;
        }
        return section.isEmpty() ? Level.DICTIONARY : Level.DATA;
    }

    /** The path of the section that holds this one's D-pointer: the MD for a dictionary, the dictionary for data. */
    public FilePath definedIn() {
        return level() == Level.DATA ? dictionary(account, file) : masterDictionary(account);
    }

    /** The path as {@link #parse} reads it, in its shortest form. */
    @Override
    public String toString() {
        return switch (level()) {
            case MASTER_DICTIONARY -> account + ",,";
            case DICTIONARY -> DICT + account + "," + file;
            case DATA -> section.equals(file) ? account + "," + file : account + "," + file + "," + section;
        };
    }

    @Override
    public int compareTo(FilePath other) {
        int order = account.compareTo(other.account);
        if (order == 0) {
            order = file.compareTo(other.file);
        }
        return order == 0 ? section.compareTo(other.section) : order;
    }

    /**
     * Checks one name.
     *
     * @param kind what it names, for the message: an account, a file or a data section
     * @throws Refusal if the name cannot be used
     */
    public static void checkName(String kind, String name) {
        boolean usable = !name.isEmpty()
                && name.getBytes(StandardCharsets.UTF_8).length <= MAX_NAME_BYTES
                && name.codePoints()
                        .noneMatch(c -> c == ','
                                || c == '/'
                                || c == '\\'
                                || c == 0xFFFD
                                || Character.isWhitespace(c)
                                || Character.isISOControl(c)
                                || Character.getType(c) == Character.SURROGATE)
                && !name.equals(".")
                && !name.equals("..");
        if (!usable) {
            throw new Refusal(MessageCode.NAME_UNUSABLE, kind, name, MAX_NAME_BYTES);
        }
    }
}
