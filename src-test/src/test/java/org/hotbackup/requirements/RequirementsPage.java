package org.hotbackup.requirements;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The page that people read, and what is wrong with the one that is kept. */
final class RequirementsPage {

    /** Where the page is kept, seen from the top of the project. */
    static final String KEPT = "docs/requirements.md";

    /** Where each build leaves it. */
    static final String MADE = "src-test/target/requirements-page.md";

    /** Where each build leaves it with results. */
    static final String WITH_RESULTS = "src-test/target/requirements.md";

    private static final String LIST = "src-test/src/test/resources/org/hotbackup/requirements/requirements.txt";

    private static final String INTRODUCTION =
            """
            # Requirements

            What Hot Backup does, rule by rule, and the tests that hold it to each of them. The HB numbers go through the \
            manual of the `hot-backup` command in its order; the SUB numbers are rules that are easily got wrong, \
            the TS numbers those of `tape-socket`, the TAPE numbers those of the tape format.

            %s

            This page is made from the tests: a test carries `@Tag("HB-014")` for a rule that it proves. `./mvnw verify` \
            compares the page with the tests, fails if it says something else or if a rule has no test, and leaves the same \
            table with the result of each test in `%s`. The page is made anew by `./mvnw -Dquick verify` and then \
            `%s`.
            """;

    private final RequirementList list;
    private final SortedMap<String, SortedSet<ProvingTest>> tests;

    RequirementsPage(RequirementList list, SortedMap<String, SortedSet<ProvingTest>> tests) {
        this.list = list;
        this.tests = tests;
    }

    /** The command that puts the page where it is kept. */
    static String command() {
        return "cp " + MADE + " " + KEPT;
    }

    private SortedSet<ProvingTest> testsOf(Requirement requirement) {
        return tests.getOrDefault(requirement.number(), new TreeSet<>());
    }

    /** The page as it is kept: the same after each build as long as the tests say the same. */
    String text() {
        return text("| Requirement | What it says | Proven by |\n|---|---|---|\n", this::row);
    }

    /** The page with what became of each test. */
    String text(TestResults results) {
        return text(
                "| Requirement | What it says | Result | Proven by |\n|---|---|---|---|\n",
                requirement -> row(requirement, results));
    }

    private String text(String head, Function<Requirement, String> row) {
        StringBuilder page = new StringBuilder(String.format(INTRODUCTION, counts(), WITH_RESULTS, command()));
        list.sections().forEach((heading, requirements) -> {
            page.append("\n## ").append(heading).append("\n\n").append(head);
            requirements.forEach(
                    requirement -> page.append(row.apply(requirement)).append('\n'));
        });
        return page.toString();
    }

    private String counts() {
        List<Requirement> all = list.all();
        List<Requirement> proven =
                all.stream().filter(r -> !testsOf(r).isEmpty()).toList();
        long proving = proven.stream()
                .map(this::testsOf)
                .flatMap(Collection::stream)
                .distinct()
                .count();
        return String.format(
                "**%d requirements: %d proven by %d tests, %d open.** An open one says what it waits for.",
                all.size(), proven.size(), proving, all.size() - proven.size());
    }

    private String row(Requirement requirement) {
        return cells(requirement.number(), requirement.text(), proof(requirement, "../", test -> ""));
    }

    private String row(Requirement requirement, TestResults results) {
        SortedSet<ProvingTest> proving = testsOf(requirement);
        String result = proving.stream()
                .map(results::of)
                .sorted()
                .map(TestResult::toString)
                .findFirst()
                .orElse("open");
        return cells(
                requirement.number(),
                requirement.text(),
                result,
                proof(requirement, "../../", test -> " (" + results.of(test) + ")"));
    }

    private String proof(Requirement requirement, String top, Function<ProvingTest, String> remark) {
        SortedSet<ProvingTest> proving = testsOf(requirement);
        return proving.isEmpty()
                ? "*open" + (requirement.isOpen() ? ": " + requirement.waitsFor() : "") + "*"
                : proving.stream()
                        .map(test -> String.format(
                                "[%s](%s%s) %s%s",
                                test.simpleClass(), top, test.source(), test.words(), remark.apply(test)))
                        .collect(Collectors.joining("<br>"));
    }

    private static String cells(String... cells) {
        return "| " + String.join(" | ", cells) + " |";
    }

    /** What must be put right, one sentence each; empty if all is well. */
    List<String> wrong(String kept) {
        List<String> sentences = new ArrayList<>();
        Set<String> listed = list.all().stream().map(Requirement::number).collect(Collectors.toSet());
        tests.forEach((number, proving) -> {
            if (!listed.contains(number)) {
                sentences.add(String.format(
                        "%s of %s.%s is no requirement: correct the tag, or add the requirement to requirements.txt.",
                        number, proving.first().simpleClass(), proving.first().method()));
            }
        });
        List<String> unproven = numbers(
                requirement -> !requirement.isOpen() && testsOf(requirement).isEmpty());
        if (!unproven.isEmpty()) {
            sentences.add(String.format(
                    "%s without a test: give the one that proves it @Tag(\"%s\").",
                    String.join(", ", unproven), unproven.get(0)));
        }
        List<String> proven = numbers(
                requirement -> requirement.isOpen() && !testsOf(requirement).isEmpty());
        if (!proven.isEmpty()) {
            sentences.add(String.format(
                    "%s not open any more, for there is a test: sed -i -E 's/^(%s) open [^:]*:/\\1:/' %s",
                    String.join(", ", proven), String.join("|", proven), LIST));
        }
        if (!kept.equals(text())) {
            sentences.add(String.format(
                    "%s differs from what the tests say (%s); make it anew: %s", KEPT, differences(kept), command()));
        }
        return sentences;
    }

    /** Of which requirements no test ran at all, in one sentence; for a build that runs every test. */
    List<String> unproven(TestResults results) {
        List<String> numbers = numbers(requirement -> !testsOf(requirement).isEmpty()
                && testsOf(requirement).stream()
                        .noneMatch(test -> results.of(test).ran()));
        return numbers.isEmpty()
                ? List.of()
                : List.of("No test ran in this build of " + String.join(", ", numbers) + "; run the whole of it.");
    }

    private List<String> numbers(Predicate<Requirement> which) {
        return list.all().stream().filter(which).map(Requirement::number).toList();
    }

    private String differences(String kept) {
        Map<String, String> before = rows(kept);
        Map<String, String> now = rows(text());
        Set<String> different = new TreeSet<>(before.keySet());
        different.addAll(now.keySet());
        different.removeIf(number -> now.getOrDefault(number, "").equals(before.get(number)));
        return different.isEmpty() ? "the text around the tables" : String.join(", ", different);
    }

    private static Map<String, String> rows(String page) {
        return page.lines()
                .filter(line -> line.matches("\\| [A-Z]+-\\d+ \\|.*"))
                .collect(Collectors.toMap(line -> line.split(" ")[1], Function.identity(), (a, b) -> a));
    }
}
