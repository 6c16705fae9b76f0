package org.hotbackup.web.faces;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.inject.Named;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hotbackup.control.ControlDirectory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The pages name only texts, beans and properties that there are: Faces would find out when a user looks. */
class PagesTest {

    private static final Path PAGES = Path.of("src/main/webapp");
    private static final Path SOURCES = Path.of("src/main/java");
    private static final Pattern EXPRESSION = Pattern.compile("#\\{([^}]*)\\}");
    private static final Pattern CHAIN =
            Pattern.compile("(?<![\\w.\\]])([a-zA-Z]\\w*)((?:\\.\\w+(?:\\((?:[^()]|\\([^()]*\\))*\\))?)*)");
    private static final Pattern LINK = Pattern.compile("\\.(\\w+)(\\((?:[^()]|\\([^()]*\\))*\\))?");
    private static final Pattern REPEAT = Pattern.compile("<ui:repeat value=\"#\\{([^}]*)\\}\" var=\"(\\w+)\"");
    /** What the language itself, Faces and the composite components bring. */
    private static final Set<String> KNOWN = Set.of(
            "param",
            "msg",
            "cc",
            "resource",
            "empty",
            "not",
            "and",
            "or",
            "eq",
            "ne",
            "gt",
            "lt",
            "ge",
            "le",
            "null",
            "true",
            "false",
            "div",
            "mod",
            "refreshes");

    static List<Path> pages() throws IOException {
        try (Stream<Path> files = Files.walk(PAGES)) {
            return files.filter(file -> file.toString().endsWith(".xhtml"))
                    .sorted()
                    .toList();
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Set<String> texts() throws IOException {
        Properties texts = new Properties();
        try (InputStream file = PagesTest.class.getResourceAsStream("/org/hotbackup/web/messages.properties")) {
            texts.load(file);
        }
        return texts.stringPropertyNames();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void shouldHaveEveryTextThatAPageUses(Path page) throws IOException {
        Set<String> used = new TreeSet<>();
        Matcher matcher = Pattern.compile("msg\\['([\\w.-]+)'\\]").matcher(text(page));
        while (matcher.find()) {
            used.add(matcher.group(1));
        }

        assertThat(texts()).containsAll(used);
    }

    /** A text is used by a page by its name, or its name, or what it begins with, stands in a bean. */
    @Test
    void shouldUseEveryText() throws IOException {
        String everything = everything();

        assertThat(texts()).allSatisfy(key -> assertThat(everything)
                .satisfiesAnyOf(
                        all -> assertThat(all).contains("msg['" + key + "']"),
                        all -> assertThat(all).contains('"' + key + '"'),
                        all -> assertThat(all).contains('"' + key.replaceAll("[A-Z][a-z]+$", "") + '"'),
                        all -> assertThat(all).contains('"' + key.substring(0, key.indexOf('.') + 1) + '"')));
    }

    private static String everything() throws IOException {
        try (Stream<Path> sources = Files.walk(SOURCES)) {
            return Stream.concat(pages().stream(), sources.filter(file -> file.toString()
                            .endsWith(".java")))
                    .map(PagesTest::text)
                    .collect(Collectors.joining());
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void shouldAskOnlyForWhatTheBeansHave(Path page) throws Exception {
        String text = text(page);
        Map<String, Set<Type>> roots = beans();
        Matcher repeat = REPEAT.matcher(text);
        while (repeat.find()) {
            Type element = types(repeat.group(1), roots).stream()
                    .filter(ParameterizedType.class::isInstance)
                    .map(list -> ((ParameterizedType) list).getActualTypeArguments()[0])
                    .findFirst()
                    .orElse(Object.class);
            roots.computeIfAbsent(repeat.group(2), name -> new HashSet<>()).add(element);
        }
        Matcher expression = EXPRESSION.matcher(text);
        while (expression.find()) {
            String code = expression.group(1).replaceAll("'[^']*'", "''");
            Matcher chain = CHAIN.matcher(code);
            while (chain.find()) {
                if (!KNOWN.contains(chain.group(1))) {
                    assertThat(roots).as(expression.group()).containsKey(chain.group(1));
                    assertThat(types(chain.group(), roots))
                            .as("%s in #{%s}", chain.group(), expression.group(1))
                            .isNotEmpty();
                }
            }
        }
    }

    /** The named beans, by name. */
    private static Map<String, Set<Type>> beans() throws Exception {
        Map<String, Set<Type>> beans = new HashMap<>();
        // what pages give to a part that they include
        beans.put("setupForm", new HashSet<>(Set.of(SetupForm.class)));
        try (Stream<Path> sources = Files.walk(SOURCES)) {
            for (Path source :
                    sources.filter(file -> file.toString().endsWith(".java")).toList()) {
                String name =
                        SOURCES.relativize(source).toString().replace('/', '.').replaceAll("\\.java$", "");
                if (!name.endsWith("package-info")) {
                    Class<?> type = Class.forName(name, false, PagesTest.class.getClassLoader());
                    Named named = type.getAnnotation(Named.class);
                    if (named != null) {
                        beans.put(named.value(), new HashSet<>(Set.of(type)));
                    }
                }
            }
        }
        return beans;
    }

    /** What a chain of properties and methods may be: a variable may stand for several types in one page. */
    private static Set<Type> types(String chain, Map<String, Set<Type>> roots) {
        String root = chain.replaceAll("\\..*", "").strip();
        Set<Type> types = roots.getOrDefault(root, Set.of());
        Matcher link = LINK.matcher(chain.strip().substring(root.length()));
        while (link.find()) {
            String name = link.group(1);
            boolean call = link.group(2) != null;
            types = types.stream().flatMap(type -> next(type, name, call)).collect(Collectors.toSet());
        }
        return types;
    }

    private static Stream<Type> next(Type type, String name, boolean call) {
        if (type == Object.class) {
            return Stream.of(Object.class);
        }
        Class<?> raw = type instanceof ParameterizedType generic ? (Class<?>) generic.getRawType() : (Class<?>) type;
        String capital = name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
        Set<String> names = call ? Set.of(name) : Set.of("get" + capital, "is" + capital, name);
        return Arrays.stream(raw.getMethods())
                .filter(method -> names.contains(method.getName()))
                .filter(method -> call || method.getParameterCount() == 0)
                .map(Method::getGenericReturnType);
    }

    @ParameterizedTest
    @MethodSource("pages")
    void shouldOfferOnlyOperationsOfTheContract(Path page) {
        Matcher button = Pattern.compile("<hb:operation bean=\"(\\w+)\"[^>]* operation=\"(\\w+)\"")
                .matcher(text(page));
        while (button.find()) {
            assertThat(ControlBeans.operation(button.group(1), button.group(2)))
                    .as(button.group())
                    .isPresent();
        }
    }

    /** What the browser is told not to run or to draw. */
    @ParameterizedTest
    @MethodSource("pages")
    void shouldHaveNoScriptAndNoStyleOfItsOwn(Path page) {
        assertThat(text(page))
                .doesNotContain("<script", "<style", " style=", "javascript:", "f:ajax", "h:commandLink")
                .doesNotContainPattern("<(?:a|button|input|form|div|body)[^>]* on[a-z]+=");
    }

    @Test
    void shouldFindEveryBeanOfTheContract() {
        assertThat(ControlBeans.kinds())
                .hasSize(ControlDirectory.class.getMethods().length)
                .extracting(Method::getName)
                .contains("node", "server", "lostAndFound");
    }
}
