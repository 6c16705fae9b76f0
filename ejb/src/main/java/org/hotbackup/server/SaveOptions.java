package org.hotbackup.server;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.saves.TapeWork;

/**
 * The option letters of saves, restores and dumps as the manual has them: what changes something, what is so anyway, and what
 * means nothing here and is refused with the reason.
 */
final class SaveOptions {

    private static final String NO_PRINTER = "there is no printer, and what the command answers can go to any program";
    private static final String NO_FRAMES = "a store has no frames, items are named by their ids";
    private static final String NO_INCREMENTS =
            "it is not kept which items were updated since a save; save all of it, or"
                    + " keep the transaction log on tape and apply that with tlog-restore";
    private static final String NOT_LISTED = "ids are not listed, the report counts the items";

    /** What is so with these letters and without them. */
    private static final Map<String, Map<Character, String>> ANYWAY = Map.of(
            "save",
            Map.of(
                    'h', "a save leaves the transaction log queue as it is",
                    'i', "file-of-files is not saved",
                    'k', "files are numbered anew on the tape, in the order in which they are saved"),
            "t-dump",
            Map.of(
                    'a', "a dump is laid out as releases before 7.0 read it",
                    'c', "binary items stand in the records of R83",
                    'i', NOT_LISTED),
            "t-load",
            Map.of('a', "a dump is read from where the device stands", 'i', NOT_LISTED));

    /** What means nothing, and why. */
    private static final Map<String, Map<Character, String>> NOTHING = Map.of(
            "save",
            Map.of(
                    'b', "files have no indexes",
                    'd', "items have no dirty bits",
                    'g', "files have no groups, so none that is broken",
                    'l', "file-of-files lists no items; t-dump writes those that are named",
                    's', "file-of-files has no statistics",
                    'u', NO_INCREMENTS),
            "account-save",
            Map.of('u', NO_INCREMENTS),
            "t-dump",
            Map.of('p', NO_PRINTER, 'r', NO_FRAMES),
            "t-load",
            Map.of(
                    'p', NO_PRINTER,
                    'r', NO_FRAMES,
                    'v', "a dump that is loaded is read to its end anyway, and t-chk reads one without loading it"));

    private final String verb;
    private final String given;

    private SaveOptions(String verb, String given) {
        this.verb = verb;
        this.given = given;
    }

    /**
     * Reads the letters, which may stand in parentheses.
     *
     * @param known those that change something
     * @throws Refusal if one means nothing, or is none
     */
    static SaveOptions of(String verb, String letters, String known) {
        String given = letters.strip().toLowerCase(Locale.ROOT).replaceAll("[(), ]", "");
        Map<Character, String> anyway = ANYWAY.getOrDefault(verb, Map.of());
        Map<Character, String> nothing = NOTHING.getOrDefault(verb, Map.of());
        for (char letter : given.toCharArray()) {
            if (nothing.containsKey(letter)) {
                throw new Refusal(MessageCode.TAPE_OPTION_MEANS_NOTHING, letter, verb, nothing.get(letter));
            } else if (known.indexOf(letter) < 0 && !anyway.containsKey(letter)) {
                List<String> all = new ArrayList<>();
                known.chars().forEach(c -> all.add(Character.toString(c)));
                anyway.keySet().stream().sorted().forEach(c -> all.add(c.toString()));
                throw new Refusal(
                        MessageCode.TAPE_OPTION_UNUSABLE,
                        letter,
                        verb,
                        all.isEmpty() ? "none" : String.join(", ", all));
            }
        }
        return new SaveOptions(verb, given);
    }

    /** The operation that they are given to, in the manual's word. */
    String verb() {
        return verb;
    }

    /** Those that were given, without parentheses. */
    String letters() {
        return given;
    }

    /** Whether a letter was given. */
    boolean has(char letter) {
        return given.indexOf(letter) >= 0;
    }

    /** Says in the report what is so with the letters that were given, and without them. */
    void sayTo(TapeWork work) {
        Map<Character, String> anyway = ANYWAY.getOrDefault(verb, Map.of());
        for (String letter :
                given.chars().distinct().mapToObj(Character::toString).collect(Collectors.toList())) {
            String what = anyway.get(letter.charAt(0));
            if (what != null) {
                work.say(MessageCode.TAPE_OPTION_ANYWAY, letter, what);
            }
        }
    }
}
