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
     * Arguments: the project's folder, when this build began (ISO 8601), and {@code whole} if it runs every test or
     * {@code part}. Exits with 2 if a whole build finds something wrong.
     */
    public static void main(String[] args) throws IOException, XMLStreamException {
        Path top = Path.of(args[0]);
        RequirementsPage page = new RequirementsPage(RequirementList.kept(), TaggedTests.in(top));
        TestResults results = TestResults.in(top, Instant.parse(args[1]));
        Files.writeString(top.resolve(RequirementsPage.MADE), page.text());
        Files.writeString(top.resolve(RequirementsPage.WITH_RESULTS), page.text(results));
        Path kept = top.resolve(RequirementsPage.KEPT);
        List<String> wrong = new ArrayList<>(page.wrong(Files.exists(kept) ? Files.readString(kept) : ""));
        boolean whole = args[2].equals("whole");
        if (whole) {
            wrong.addAll(page.unproven(results));
        }
        System.out.println(
                wrong.isEmpty()
                        ? RequirementsPage.KEPT + " says what the tests say."
                        : String.join(System.lineSeparator(), wrong));
        if (whole && !wrong.isEmpty()) {
            System.exit(WRONG);
        }
    }
}
