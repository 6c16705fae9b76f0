package org.hotbackup.cli;

import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hotbackup.client.RestClient;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.model.FilePath;
import org.hotbackup.node.NodeHome;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Loads a CSV file into a new file of a node. */
@Command(
        name = "import",
        mixinStandardHelpOptions = true,
        description =
                "Loads a CSV file with a header row into a new file: each row becomes an item, each other column an "
                        + "attribute. The whole CSV is checked first; if one row is bad, nothing is loaded. Up to 50,000 rows "
                        + "and 32 MB are one transaction. More are several; if they are broken off in the middle, even by "
                        + "a kill, the file is deleted again: at once, or by the next import on that node.")
final class Import extends RestVerb {

    @Parameters(paramLabel = "FILE.csv")
    Path csv;

    @Option(names = "--into", required = true, paramLabel = "ACCOUNT,FILE", description = "The file to create.")
    String into;

    @Option(
            names = "--id",
            required = true,
            split = ",",
            paramLabel = "COLUMN",
            description = "The column that holds the item id; several are joined by '*'.")
    List<String> id;

    @Option(
            names = "--multivalue",
            paramLabel = "COLUMN:SEP",
            description = "A column whose text is several values, and what separates them.")
    List<String> multivalue = List.of();

    @Option(
            names = "--delimiter",
            defaultValue = ",",
            converter = DelimiterConverter.class,
            description = "Between columns; a comma if not given.")
    char delimiter;

    @Option(
            names = "--charset",
            defaultValue = "UTF-8",
            converter = CharsetConverter.class,
            description = "Of the CSV file; ${DEFAULT-VALUE} if not given.")
    Charset charset;

    @Override
    int run(RestClient store) {
        FilePath file = FilePath.parse(into);
        if (file.level() != FilePath.Level.DATA || !file.section().equals(file.file())) {
            throw new Refusal(MessageCode.USAGE, "'" + into + "' is not a file to create; write --into ACCOUNT,FILE.");
        }
        CsvItems items = new CsvItems(csv, charset, delimiter, id, separators());
        long rows = items.check();
        NodeHome home = node.home();
        try (ImportJournal journal = new ImportJournal(home.folder())) {
            long loaded = new CsvLoader(store, journal, file, CsvLoader.Sizes.USUAL).load(items, rows, this::progress);
            return output().answer(
                            "%d items are in %s".formatted(loaded, file), () -> new Loaded(file.toString(), loaded));
        }
    }

    /** What was loaded. */
    private record Loaded(String file, long items) {}

    private void progress(String text) {
        if (!output().isQuiet()) {
            spec.commandLine().getErr().println(text);
        }
    }

    private Map<String, String> separators() {
        Map<String, String> separators = new LinkedHashMap<>();
        for (String option : multivalue) {
            int colon = option.lastIndexOf(':', option.length() - 2);
            if (colon < 1) {
                throw new Refusal(
                        MessageCode.USAGE,
                        "'" + option + "' is not COLUMN:SEP; write for example --multivalue 'phones:;'");
            }
            separators.put(option.substring(0, colon), option.substring(colon + 1));
        }
        return separators;
    }
}
