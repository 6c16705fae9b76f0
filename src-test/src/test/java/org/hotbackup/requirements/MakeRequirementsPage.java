package org.hotbackup.requirements;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.xml.stream.XMLStreamException;

/** Writes the page, with and without results, and says what is wrong with the one that is kept. */
public final class MakeRequirementsPage {

    private static final int WRONG = 2;

    private MakeRequirementsPage() {}

    /**
     * Arguments: the project's folder, when this build began (ISO 8601), and what it runs: {@code whole} is every test,
     * {@code quick} those that start no node, {@code part} any selection. Exits with 2 if the page is wrong, or if no
     * test of a whole build proved a requirement; a selection only says so.
     */
    public static void main(String[] args) throws IOException, XMLStreamException {
        Path top = Path.of(args[0]);
        RequirementsPage page = new RequirementsPage(RequirementList.kept(), TaggedTests.in(top));
        TestResults results = TestResults.in(top, Instant.parse(args[1]));
        Files.writeString(top.resolve(RequirementsPage.MADE), page.text());
        Files.writeString(top.resolve(RequirementsPage.WITH_RESULTS), page.text(results));
        Path kept = top.resolve(RequirementsPage.KEPT);
        List<String> wrong = new ArrayList<>(page.wrong(Files.exists(kept) ? Files.readString(kept) : ""));
        if (args[2].equals("whole")) {
            wrong.addAll(page.unproven(results));
        }
        System.out.println(
                wrong.isEmpty()
                        ? RequirementsPage.KEPT + " says what the tests say."
                        : String.join(System.lineSeparator(), wrong));
        if (!args[2].equals("part") && !wrong.isEmpty()) {
            System.exit(WRONG);
        }
    }
}
