package org.hotbackup.requirements;

import java.util.Comparator;
import java.util.Locale;

/**
 * A test method that names what it proves.
 *
 * @param module the folder of its module
 * @param className its class, in full
 * @param method its name
 */
record ProvingTest(String module, String className, String method) implements Comparable<ProvingTest> {

    private static final Comparator<ProvingTest> ORDER = Comparator.comparing(ProvingTest::simpleClass)
            .thenComparing(ProvingTest::method)
            .thenComparing(ProvingTest::className)
            .thenComparing(ProvingTest::module);

    /** Its class without packages. */
    String simpleClass() {
        return className.substring(className.lastIndexOf('.') + 1);
    }

    /** Where its source is, seen from the top of the project. */
    String source() {
        String outermost = className.replaceFirst("\\$.*", "");
        return module + "/src/test/java/" + outermost.replace('.', '/') + ".java";
    }

    /** Its name, as a person would write it. */
    String words() {
        return method.replaceAll("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", " ")
                .toLowerCase(Locale.ROOT);
    }

    @Override
    public int compareTo(ProvingTest other) {
        return ORDER.compare(this, other);
    }
}
