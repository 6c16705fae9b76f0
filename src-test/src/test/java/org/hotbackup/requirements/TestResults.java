package org.hotbackup.requirements;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** How each test ended in this build, as Surefire and Failsafe reported it. */
final class TestResults {

    private static final List<String> REPORTS = List.of("surefire-reports", "failsafe-reports");

    private final Map<String, TestResult> results = new HashMap<>();

    private TestResults() {}

    /**
     * Reads the reports of all modules.
     *
     * @param top the project's folder
     * @param since when this build began; what was reported before is of another build and does not count
     */
    static TestResults in(Path top, Instant since) throws IOException, XMLStreamException {
        TestResults all = new TestResults();
        try (Stream<Path> modules = Files.list(top)) {
            for (Path module : modules.toList()) {
                for (String reports : REPORTS) {
                    all.read(module.resolve("target").resolve(reports), since);
                }
            }
        }
        return all;
    }

    private void read(Path folder, Instant since) throws IOException, XMLStreamException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".xml")).toList()) {
                if (!Files.getLastModifiedTime(file).toInstant().isBefore(since)) {
                    read(file);
                }
            }
        }
    }

    private void read(Path file) throws IOException, XMLStreamException {
        XMLInputFactory factory = XMLInputFactory.newFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        try (InputStream report = Files.newInputStream(file)) {
            XMLStreamReader xml = factory.createXMLStreamReader(report);
            String test = "";
            TestResult result = TestResult.PASSED;
            while (xml.hasNext()) {
                int event = xml.next();
                if (event == XMLStreamConstants.START_ELEMENT) {
                    switch (xml.getLocalName()) {
                        case "testcase" -> {
                            test = key(xml.getAttributeValue(null, "classname"), xml.getAttributeValue(null, "name"));
                            result = TestResult.PASSED;
                        }
                        case "failure", "error" -> result = TestResult.FAILED;
                        case "skipped" -> result = TestResult.SKIPPED;
                        default -> {
                            // output and times
                        }
                    }
                } else if (event == XMLStreamConstants.END_ELEMENT
                        && xml.getLocalName().equals("testcase")) {
                    results.merge(test, result, TestResult::and);
                }
            }
        }
    }

    /** Invocations of one method are told apart by what follows its name: {@code shouldWork(int)[1]}. */
    private static String key(String className, String name) {
        return className + "#" + name.replaceFirst("[^\\p{Alnum}_$].*", "");
    }

    /** How a test ended, all its invocations together. */
    TestResult of(ProvingTest test) {
        return results.getOrDefault(key(test.className(), test.method()), TestResult.NOT_RUN);
    }
}
