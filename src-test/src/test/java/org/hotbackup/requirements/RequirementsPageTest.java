package org.hotbackup.requirements;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import javax.xml.stream.XMLStreamException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequirementsPageTest {

    private static final ProvingTest ONE =
            new ProvingTest("ejb", "org.hotbackup.store.OneTest", "shouldKeepAnLSNItGave");
    private static final ProvingTest TWO = new ProvingTest("jmx", "org.hotbackup.cli.TwoTest", "shouldSayNo");
    private static final Instant BEGAN = Instant.parse("2026-01-01T00:00:00Z");

    @TempDir
    Path top;

    private final SortedMap<String, SortedSet<ProvingTest>> tests = new TreeMap<>();
    private RequirementList list = list("= Rules", "HB-001: one", "HB-002 open (comes later): two");

    private static RequirementList list(String... lines) {
        return RequirementList.of(Stream.of(lines));
    }

    private RequirementsPage page() {
        return new RequirementsPage(list, tests);
    }

    private void proves(ProvingTest test, String number) {
        tests.computeIfAbsent(number, n -> new TreeSet<>()).add(test);
    }

    @Test
    void shouldShowEachRequirementWithItsTests() {
        proves(ONE, "HB-001");
        proves(TWO, "HB-001");

        assertThat(page().text())
                .contains("**2 requirements: 1 proven by 2 tests, 1 open.**")
                .contains("\n## Rules\n")
                .contains("\n| HB-001 | one | "
                        + "[OneTest](../ejb/src/test/java/org/hotbackup/store/OneTest.java) should keep an lsn it gave<br>"
                        + "[TwoTest](../jmx/src/test/java/org/hotbackup/cli/TwoTest.java) should say no |\n")
                .endsWith("\n| HB-002 | two | *open: comes later* |\n");
        assertThat(page().wrong(page().text())).isEmpty();
    }

    @Test
    void shouldNameARequirementWithoutATest() {
        assertThat(page().wrong(page().text()))
                .containsExactly("HB-001 without a test: give the one that proves it @Tag(\"HB-001\").");
    }

    @Test
    void shouldNotLetARequirementStayOpenThatHasATest() {
        proves(ONE, "HB-001");
        proves(ONE, "HB-002");

        assertThat(page().wrong(page().text()))
                .containsExactly(
                        "HB-002 not open any more, for there is a test: sed -i -E 's/^(HB-002) open [^:]*:/\\1:/'"
                                + " src-test/src/test/resources/org/hotbackup/requirements/requirements.txt");
    }

    @Test
    void shouldNameATagThatIsNoRequirement() {
        proves(ONE, "HB-001");
        proves(TWO, "HB-003");

        assertThat(page().wrong(page().text()))
                .containsExactly("HB-003 of TwoTest.shouldSayNo is no requirement: correct the tag, or add the"
                        + " requirement to requirements.txt.");
    }

    @Test
    void shouldNameWhatDiffersFromTheKeptPageAndTheCommandThatMakesItAnew() {
        proves(ONE, "HB-001");
        String kept = page().text();
        proves(TWO, "HB-001");

        assertThat(page().wrong(kept))
                .containsExactly("docs/requirements.md differs from what the tests say (HB-001); make it anew: cp"
                        + " src-test/target/requirements-page.md docs/requirements.md");
        assertThat(page().wrong(page().text() + "more"))
                .singleElement()
                .asString()
                .contains("(the text around the tables)");
        assertThat(page().wrong("")).singleElement().asString().contains("(HB-001, HB-002)");
    }

    /** Whatever else has no test fails the build. */
    @Test
    void shouldLeaveOpenOnlyWhatWasDecidedOtherwise() throws IOException {
        assertThat(RequirementList.kept().all().stream().filter(Requirement::isOpen))
                .containsExactly(new Requirement(
                        "SUB-11",
                        "A full save clears the queue unless it is told not to, and after a restore only DL files are"
                                + " logged.",
                        "decided otherwise in docs/adr/0020"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HB-001: under no heading",
                "= Rules\nHB-001 open: without a reason",
                "= Rules\nnonsense",
                "= Rules\nHB-001: a\nHB-001: b",
                "= R\nHB-1: |"
            })
    void shouldNotGuessWhatALineOfTheListMeans(String lines) {
        assertThatThrownBy(() -> RequirementList.of(lines.lines())).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "-                                            | not run",
                "<testcase NAME='shouldSayNo'/>               | passed",
                "<testcase NAME='shouldSayNo(int, int)[7]'/>  | passed",
                "<testcase NAME='shouldSayNothing'/>          | not run",
                "<testcase NAME='shouldSayNo'><skipped/></testcase>             | skipped",
                "<testcase NAME='shouldSayNo'><failure>x</failure></testcase>   | FAILED",
                "<testcase NAME='shouldSayNo()[1]'><error/></testcase><testcase NAME='shouldSayNo()[2]'/>   | FAILED",
                "<testcase NAME='shouldSayNo()[1]'><skipped/></testcase><testcase NAME='shouldSayNo()[2]'/> | passed",
            })
    void shouldShowHowATestEnded(String reported, String shown) throws IOException, XMLStreamException {
        proves(TWO, "HB-001");
        report(reported, BEGAN);

        assertThat(page().text(TestResults.in(top, BEGAN)))
                .contains("| HB-001 | one | " + shown + " | [TwoTest](../../jmx/src/test/java/")
                .contains(" should say no (" + shown + ") |")
                .contains("| HB-002 | two | open | *open: comes later* |");
    }

    @Test
    void shouldShowTheWorstOfSeveralTests() throws IOException, XMLStreamException {
        proves(ONE, "HB-001");
        proves(TWO, "HB-001");
        report("<testcase NAME='shouldSayNo'/>", BEGAN);

        assertThat(page().text(TestResults.in(top, BEGAN))).contains("| HB-001 | one | not run | [OneTest]");
    }

    @ParameterizedTest
    @CsvSource({"<skipped/>, 1", "<failure/>, 0", "'', 0"})
    void shouldNameARequirementOfWhichNoTestRan(String ended, int named) throws IOException, XMLStreamException {
        proves(ONE, "HB-001");
        proves(TWO, "HB-001");
        report("<testcase NAME='shouldSayNo'>" + ended + "</testcase>", BEGAN);

        assertThat(page().unproven(TestResults.in(top, BEGAN)))
                .hasSize(named)
                .allMatch(sentence -> sentence.equals("No test ran in this build of HB-001; run the whole of it."));
    }

    @Test
    void shouldNotBelieveAReportOfAnEarlierBuild() throws IOException, XMLStreamException {
        proves(TWO, "HB-001");
        report("<testcase NAME='shouldSayNo'/>", BEGAN.minusSeconds(1));

        assertThat(page().text(TestResults.in(top, BEGAN))).contains("| HB-001 | one | not run |");
    }

    /** Compiled here, for a tag in this class would stand on the page. */
    @Test
    void shouldFindTagsInCompiledTestsThatABuildRuns() throws IOException {
        compile(
                "ExampleTest",
                "@Tag(\"SUB-1\") @Tag(\"HB-014\") @Tag(\"slow\") void two() {} @Tag(\"HB-014\") void one() {}");
        compile("Example", "@Tag(\"HB-015\") void neverRun() {}");

        ProvingTest one = new ProvingTest("jmx", "ExampleTest", "one");
        ProvingTest two = new ProvingTest("jmx", "ExampleTest", "two");
        assertThat(TaggedTests.in(top))
                .containsOnly(
                        Map.entry("HB-014", new TreeSet<>(Set.of(one, two))),
                        Map.entry("SUB-1", new TreeSet<>(Set.of(two))));
    }

    private void compile(String name, String methods) throws IOException {
        Path source = Files.writeString(
                top.resolve(name + ".java"),
                "import org.junit.jupiter.api.Tag; class " + name + " { " + methods + " }");
        Path classes = Files.createDirectories(top.resolve("jmx/target/test-classes"));
        Path junit = Path.of(
                Tag.class.getProtectionDomain().getCodeSource().getLocation().getPath());
        assertThat(ToolProvider.getSystemJavaCompiler()
                        .run(
                                null,
                                null,
                                null,
                                "-proc:none",
                                "-cp",
                                junit.toString(),
                                "-d",
                                classes.toString(),
                                source.toString()))
                .isZero();
    }

    private void report(String testcases, Instant written) throws IOException {
        String suite = "<testsuite>" + (testcases == null ? "" : testcases) + "</testsuite>";
        Path reports = Files.createDirectories(top.resolve("jmx/target/surefire-reports"));
        Path report = Files.writeString(
                reports.resolve("TEST-x.xml"), suite.replace("NAME", "classname='" + TWO.className() + "' name"));
        Files.setLastModifiedTime(report, FileTime.from(written));
    }
}
