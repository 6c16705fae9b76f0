package org.hotbackup.cli;

import java.util.ArrayList;
import java.util.List;
import org.hotbackup.control.ItemIds;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which items of which file are meant: all if none is named. */
final class ChosenItems {

    @Parameters(
            index = "0",
            paramLabel = "FILE",
            description = "account,file or dict account,file; out of a save, as it is called there.")
    String file;

    @Parameters(
            index = "1",
            paramLabel = "ID,ID...",
            arity = "0..1",
            defaultValue = "",
            description = "The items; all if not given. An id with a comma is put in quotation marks.")
    String list;

    @Option(
            names = "--id",
            paramLabel = "ID",
            description = "An item, its id as it is, with commas, blanks and quotation marks; once for each.")
    List<String> ids = List.of();

    /** The list that the node takes. */
    String text() {
        if (ids.isEmpty()) {
            return list;
        }
        List<String> all = new ArrayList<>(ItemIds.parse(list));
        all.addAll(ids);
        return ItemIds.text(all);
    }
}
