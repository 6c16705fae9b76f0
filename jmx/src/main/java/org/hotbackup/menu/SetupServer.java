package org.hotbackup.menu;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hotbackup.control.OperationReceipt;
import org.hotbackup.control.OperationReceipt.Outcome;
import org.hotbackup.control.settings.ServerSettings;
import org.hotbackup.control.settings.Setting;

/** The manual's Setup Server (HB-050 to HB-062, TS-008): nothing is set up before it is confirmed. */
final class SetupServer {

    static final String TITLE = "Setup Server";

    private static final String NAME = "name";

    private SetupServer() {}

    /** A new server, the current one, or what else its kind has. */
    static void open(Session session, Choice more) {
        String name = session.server();
        session.open(new Menu(
                TITLE,
                List.of(
                        newServer(),
                        new Choice(
                                "Modify server '" + name + "'",
                                "Changes the setup of this server; it must be stopped",
                                SetupServer::modify),
                        more)));
    }

    static Choice newServer() {
        return new Choice("New Server", "Sets up one end of a pair", session -> {
            Field name = Field.of(NAME, "Server name", Texts.SERVER_NAME_HELP, "", ServerSettings::checkedName);
            open(session, "New Server", name, Map.of());
        });
    }

    private static void modify(Session session) {
        String name = session.server();
        session.ask(
                TITLE,
                controls -> session.kind().present(controls, name),
                present -> open(session, "Modify Server", Field.fixed(NAME, "Server name", name), present));
    }

    private static void open(Session session, String title, Field name, Map<String, String> present) {
        List<Field> fields = new ArrayList<>();
        fields.add(name);
        fields.addAll(session.kind().setupFields(present));
        session.open(new Form(title, "", fields, true, (s, values) -> setUp(s, title, values)));
    }

    /** The field of the setting that says which others apply; its values may be written short. */
    static Field kind(Setting setting, String help, Map<String, String> present, String... values) {
        return Field.of(setting.key(), setting.label(), help, value(setting, present), given -> {
            String small = given.toLowerCase(Locale.ROOT);
            String completed = Stream.of(values)
                    .filter(value -> !small.isEmpty() && value.startsWith(small))
                    .findFirst()
                    .orElse(given);
            return setting.checked(completed.replace('"', '\''));
        });
    }

    /** The field of a setting that may not apply, which those before it say. */
    static Field field(
            Setting setting, Predicate<Map<String, String>> applies, String help, Map<String, String> present) {
        return new Field(
                setting.key(),
                setting.label(),
                help,
                value(setting, present),
                applies,
                given -> setting.checked(given.replace('"', '\'')),
                Field.Kind.WRITTEN);
    }

    private static String value(Setting setting, Map<String, String> present) {
        return present.getOrDefault(setting.key(), setting.defaultValue().orElse(""));
    }

    /** What came of it. */
    private record SetUp(OperationReceipt receipt, List<String> servers) {}

    private static void setUp(Session session, String title, Map<String, String> values) {
        String name = values.getOrDefault(NAME, session.server());
        String settings = values.entrySet().stream()
                .filter(value -> !value.getKey().equals(NAME))
                .map(value -> value.getKey() + "=\"" + value.getValue() + '"')
                .collect(Collectors.joining(" "));
        Page form = session.page();
        ServerKind kind = session.kind();
        session.ask(title, controls -> new SetUp(kind.setup(controls, name, settings), kind.names(controls)), done -> {
            if (done.receipt().outcome() != Outcome.REFUSED) {
                session.close(form);
                session.found(done.servers());
            }
            session.show(title, done.receipt());
        });
    }
}
