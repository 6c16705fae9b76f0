package org.hotbackup.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.Properties;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.settings.NodeSetting;
import org.hotbackup.control.settings.NodeSetting.Place;
import org.hotbackup.control.settings.ServerSetting;
import org.junit.jupiter.api.Test;

/** The pages of settings and messages say what the code says. */
class GeneratedPagesTest {

    private static final String AS_IT_SAYS = "As it says.";

    @Test
    void shouldDocumentEverySetting() throws IOException {
        Page page = new Page("SETTINGS.md")
                .line("# Settings")
                .line("")
                .line(
                        "This page is made from the tables in the code, which the nodes read and check their settings by.")
                .line("")
                .line("## A node")
                .line("")
                .line(
                        "Keys of `node.properties` and `secrets.properties` in the node's home. They count from the next start of")
                .line(
                        "the node; a key that is unknown, stands in the wrong file or has no valid value stops the start with one")
                .line("sentence that names it. A backslash is written twice, as in every file of this form. On a full")
                .line("application server the same keys are system properties.");
        nodeSettings(page, "node.properties", Place.CONFIGURATION);
        nodeSettings(page, "secrets.properties, which only its owner may read", Place.SECRETS);
        nodeSettings(page, "node.properties, made with the node and not to be changed", Place.MADE);
        page.line("")
                .line("## A server")
                .line("")
                .line(
                        "Words of `hot-backup setup`, fields of the menu's Setup Server and of the Faces page. A server is stopped")
                .line(
                        "to be changed; what is changed counts from its next start. The server's name has 1 to 8 letters.")
                .line("")
                .head("key", "field", "of", "default", "value");
        for (ServerSetting setting : ServerSetting.values()) {
            boolean both = setting.appliesTo("master") && setting.appliesTo("slave");
            page.row(
                    code(setting.key()),
                    setting.label(),
                    both ? "master, slave" : setting.appliesTo("master") ? "master" : "slave",
                    setting.defaultValue().map(GeneratedPagesTest::orNothing).orElse("must be given"),
                    setting.valid());
        }
        page.compare();
    }

    private static void nodeSettings(Page page, String title, Place place) {
        page.line("").line("### " + title).line("").head("key", "default", "value", "what for");
        for (NodeSetting setting : NodeSetting.values()) {
            if (setting.place() == place) {
                page.row(
                        code(setting.key()),
                        setting.defaultValue()
                                .map(GeneratedPagesTest::orNothing)
                                .orElse("set by `node create`"),
                        setting.valid(),
                        setting.meaning());
            }
        }
    }

    private static String orNothing(String value) {
        return value.isEmpty() ? "none" : code(value);
    }

    private static String code(String text) {
        return "`" + text + "`";
    }

    @Test
    void shouldDocumentEveryMessageAndWhatToDo() throws IOException {
        Properties remedies = remedies();
        Page page = new Page("MESSAGES.md")
                .line("# Messages")
                .line("")
                .line(
                        "Every sentence that Hot Backup says to people, by its id. `{0}` to `{3}` stand for what the sentence is")
                .line(
                        "about. HB1...: the store. HB2...: servers, queue and link. HB3...: nodes, the command and the menu. HB4...: ")
                .line(
                        "the Faces page and figures. HB5...: tapes. Errors and warnings go to the notify list of the server that says them. This")
                .line("page is made from the table in the code.")
                .line("")
                .head("id", "kind", "severity", "text", "what to do");
        Arrays.stream(MessageCode.values())
                .sorted(Comparator.comparing(MessageCode::id))
                .forEach(code -> page.row(
                        code.id(),
                        code.kind().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                        code.severity().word(),
                        text(code),
                        remedies.getProperty(code.id(), usual(code))));
        page.compare();
    }

    private static String usual(MessageCode code) {
        return code.kind() == MessageCode.Kind.INFORMATION ? "Nothing." : AS_IT_SAYS;
    }

    private static String text(MessageCode code) {
        return code.text("{0}", "{1}", "{2}", "{3}").replace("\\x0A", " ");
    }

    /** The sentences of ours have it behind a semicolon; the manual's, and those that only report, have none. */
    @Test
    void shouldHaveARemedyForEveryMessageThatDoesNotSayItItself() throws IOException {
        Properties remedies = remedies();
        assertThat(MessageCode.values())
                .filteredOn(code -> code.kind() != MessageCode.Kind.INFORMATION)
                .filteredOn(code -> !text(code).contains("; "))
                .extracting(MessageCode::id)
                .as("add what to do to remedies.properties, or to the sentence itself")
                .isSubsetOf(remedies.stringPropertyNames());
        assertThat(remedies.stringPropertyNames())
                .as("messages that there are not")
                .isSubsetOf(
                        Arrays.stream(MessageCode.values()).map(MessageCode::id).toList());
    }

    private static Properties remedies() throws IOException {
        Properties remedies = new Properties();
        try (InputStream in = GeneratedPagesTest.class.getResourceAsStream("remedies.properties");
                Reader text = new InputStreamReader(in, StandardCharsets.UTF_8)) {
            remedies.load(text);
        }
        return remedies;
    }
}
