package org.hotbackup.control;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;

/**
 * Ids of items in one text: separated by commas, each as it is or in quotation marks, which an id with a comma, a quotation mark
 * or a blank at its ends needs. A quotation mark in an id is doubled there.
 */
public final class ItemIds {

    private static final Pattern ONE = Pattern.compile("\\s*(?:\"((?:[^\"]|\"\")*)\"|([^\",][^,]*)|)\\s*(,|$)");

    private ItemIds() {}

    /**
     * The ids of a text, none if it is blank.
     *
     * @throws Refusal if a quotation mark is not closed, or something stands behind the one that closes
     */
    public static List<String> parse(String text) {
        List<String> ids = new ArrayList<>();
        Matcher one = ONE.matcher(text);
        int at = 0;
        while (at < text.length()) {
            if (!one.find(at) || one.start() != at) {
                throw new Refusal(MessageCode.ITEM_IDS_UNUSABLE, text);
            }
            if (one.group(1) != null) {
                ids.add(one.group(1).replace("\"\"", "\""));
            } else if (one.group(2) != null) {
                ids.add(one.group(2).strip());
            }
            at = one.end();
        }
        return ids;
    }

    /** The text of ids, each of them in quotation marks if it needs them. */
    public static String text(List<String> ids) {
        return ids.stream()
                .map(id -> id.matches("[^\",\\s]([^\",]*[^\",\\s])?") ? id : '"' + id.replace("\"", "\"\"") + '"')
                .collect(Collectors.joining(","));
    }
}
