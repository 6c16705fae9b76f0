package org.hotbackup.cli;

import java.util.ArrayList;
import java.util.List;
import org.hotbackup.control.ItemIds;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which items of which file are meant: all if none is named. */
final class ChosenItems {

    private static final String DICT = "dict";

    @Parameters(
            index = "0",
            paramLabel = "FILE",
            description = "account,file or dict account,file; out of a save, as it is called there.")
    private String file;

    @Parameters(
            index = "1",
            paramLabel = "ID,ID...",
            arity = "0..1",
            defaultValue = "",
            description = "The items; all if not given. An id with a comma is put in quotation marks.")
    private String list;

    @Option(
            names = "--id",
            paramLabel = "ID",
            description = "An item, its id as it is, with commas, blanks and quotation marks; once for each.")
    List<String> ids = List.of();

    /**
     * The file, as the node takes it.
     *
     * @throws Refusal if its name is in two words
     */
    String file() {
        if (file.equalsIgnoreCase(DICT)) {
            throw new Refusal(MessageCode.DICT_APART, list);
        }
        return file;
    }

    /**
     * The list that the node takes.
     *
     * @throws Refusal if options stand in its place
     */
    String text() {
        ManualLetters.noLetters(list);
        if (ids.isEmpty()) {
            return list;
        }
        List<String> all = new ArrayList<>(ItemIds.parse(list));
        all.addAll(ids);
        return ItemIds.text(all);
    }
}
