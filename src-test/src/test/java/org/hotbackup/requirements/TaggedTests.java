package org.hotbackup.requirements;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.properties.HasAnnotations;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Tags;
import org.junit.platform.commons.annotation.Testable;

/**
 * Which tests name which requirement, read from the compiled tests of all modules: the same whatever part of them a
 * build runs.
 */
final class TaggedTests {

    private static final List<String> MODULES = List.of("jmx", "ejb", "jms-bridge", "web-admin", "src-test");
    private static final Pattern NUMBER = Pattern.compile("(HB|SUB|TAPE|TLOG|TS)-\\d+");

    private TaggedTests() {}

    /**
     * Requirement numbers with the methods that carry them, of classes that the builds run.
     *
     * @param top the project's folder; modules that were not compiled count as empty
     */
    static SortedMap<String, SortedSet<ProvingTest>> in(Path top) {
        SortedMap<String, SortedSet<ProvingTest>> tests = new TreeMap<>();
        for (String module : MODULES) {
            Path classes = top.resolve(module).resolve("target/test-classes");
            if (Files.isDirectory(classes)) {
                for (JavaClass type : new ClassFileImporter().importPath(classes)) {
                    if (type.getName().replaceFirst("\\$.*", "").endsWith("Test")) {
                        type.getMethods().forEach(method -> add(tests, module, method));
                    }
                }
            }
        }
        return tests;
    }

    private static void add(SortedMap<String, SortedSet<ProvingTest>> tests, String module, JavaMethod method) {
        ProvingTest test = new ProvingTest(module, method.getOwner().getName(), method.getName());
        Stream.concat(tags(method), tagsOfItsClass(method))
                .filter(tag -> NUMBER.matcher(tag).matches())
                .forEach(number ->
                        tests.computeIfAbsent(number, n -> new TreeSet<>()).add(test));
    }

    private static Stream<String> tagsOfItsClass(JavaMethod method) {
        return method.isMetaAnnotatedWith(Testable.class) ? tags(method.getOwner()) : Stream.empty();
    }

    private static Stream<String> tags(HasAnnotations<?> tagged) {
        Stream<Tag> one = tagged.tryGetAnnotationOfType(Tag.class).stream();
        Stream<Tag> several = tagged.tryGetAnnotationOfType(Tags.class).stream().flatMap(t -> Arrays.stream(t.value()));
        return Stream.concat(one, several).map(Tag::value);
    }
}
