package org.hotbackup.web.faces;

import static org.assertj.core.api.Assertions.assertThat;

import java.beans.Introspector;
import java.beans.PropertyDescriptor;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hotbackup.control.NodeMXBean;
import org.hotbackup.control.TransactionLogQueueMXBean;
import org.junit.jupiter.api.Test;

/** The page names only texts and properties that there are: Faces would find out when a user looks. */
class OverviewPageTest {

    private static final Map<String, Class<?>> BEANS = Map.of(
            "overview", OverviewView.class,
            "overview.node", NodeMXBean.class,
            "overview.queue", TransactionLogQueueMXBean.class,
            "server", ServerRow.class,
            "master", ServerRow.class,
            "entry", ServerRow.EntryRow.class);

    private final String page = page();

    private static String page() {
        try {
            return Files.readString(Path.of("src/main/webapp/index.xhtml"));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private Set<String> found(String pattern) {
        Set<String> found = new TreeSet<>();
        Matcher matcher = Pattern.compile(pattern).matcher(page);
        while (matcher.find()) {
            found.add(matcher.group(1));
        }
        return found;
    }

    @Test
    void shouldUseEveryTextAndNoOther() throws IOException {
        Properties texts = new Properties();
        try (InputStream file = OverviewView.class.getResourceAsStream("/org/hotbackup/web/messages.properties")) {
            texts.load(file);
        }

        assertThat(found("msg\\['(\\w+)'\\]")).isEqualTo(texts.stringPropertyNames());
    }

    @Test
    void shouldAskOnlyForWhatTheBeansHave() throws Exception {
        Set<String> expressions = found("\\{((?:overview|server|master|entry)(?:\\.\\w+)+)");
        assertThat(expressions).hasSizeGreaterThan(20);
        for (String expression : expressions) {
            String bean = expression.substring(0, expression.lastIndexOf('.'));
            String property = expression.substring(expression.lastIndexOf('.') + 1);
            assertThat(BEANS).containsKey(bean);
            assertThat(Arrays.stream(Introspector.getBeanInfo(BEANS.get(bean)).getPropertyDescriptors())
                            .map(PropertyDescriptor::getName))
                    .as(expression)
                    .contains(property);
        }
    }
}
