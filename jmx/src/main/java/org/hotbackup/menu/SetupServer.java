package org.hotbackup.menu;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.hotbackup.control.OperationReceipt;
import org.hotbackup.control.OperationReceipt.Outcome;
import org.hotbackup.control.ServerMXBean;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.control.settings.ServerSetting;
import org.hotbackup.control.settings.ServerSettings;

/** The manual's Setup Server (HB-050 to HB-062): nothing is set up before it is confirmed. */
final class SetupServer {

    static final String TITLE = "Setup Server";

    private static final String NAME = "name";
    private static final String PROTOCOL = "protocol";

    private SetupServer() {}

    static void open(Session session) {
        String name = session.server();
        session.open(new Menu(
                TITLE,
                List.of(
                        newServer(),
                        new Choice(
                                "Modify server '" + name + "'",
                                "Changes the setup of this server; it must be stopped",
                                SetupServer::modify),
                        new Choice(
                                "Delete record in hb.log",
                                "For one that cannot be read, or a server that seems to run and does not",
                                SetupServer::deleteRecord))));
    }

    /** The manual's {@code delete hb.log NAME} (HB-148). */
    private static void deleteRecord(Session session) {
        String name = session.server();
        Operation.confirmed(
                        "Delete record '" + name + "' in hb.log",
                        MessageCode.MENU_DELETE_RECORD.text(name),
                        List.of(Field.confirm("Name of the server", name), Field.reason()),
                        (controls, values) ->
                                controls.node().deleteRecord(name, values.get(Field.CONFIRM), values.get(Field.REASON)))
                .then(Session::lookForServers)
                .open(session);
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
                controls -> {
                    ServerMXBean server = controls.server(name);
                    if (server.isRunning()) {
                        throw new Refusal(MessageCode.SERVER_EXISTS_RUNNING, name);
                    }
                    return ServerSettings.parse(server.getSettings()).values();
                },
                present -> open(session, "Modify Server", Field.fixed(NAME, "Server name", name), present));
    }

    private static void open(Session session, String title, Field name, Map<ServerSetting, String> present) {
        List<Field> fields = new ArrayList<>();
        fields.add(name);
        for (ServerSetting setting : ServerSetting.values()) {
            if (setting != ServerSetting.INSECURE) {
                fields.add(field(setting, present));
            }
            if (setting == ServerSetting.PORT) {
                fields.add(Field.fixed(PROTOCOL, "Protocol", "inet"));
            }
        }
        session.open(new Form(title, "", fields, true, (s, values) -> setUp(s, title, values)));
    }

    private static Field field(ServerSetting setting, Map<ServerSetting, String> present) {
        return new Field(
                setting.key(),
                setting.label(),
                Texts.help(setting),
                present.getOrDefault(setting, setting.defaultValue().orElse("")),
                values -> setting == ServerSetting.TYPE || setting.appliesTo(values.get(ServerSetting.TYPE.key())),
                given -> setting.checked(completed(setting, given).replace('"', '\'')),
                Field.Kind.WRITTEN);
    }

    /** A type may be written short. */
    private static String completed(ServerSetting setting, String given) {
        String small = given.toLowerCase(Locale.ROOT);
        if (setting == ServerSetting.TYPE && !given.isEmpty()) {
            return "master".startsWith(small) ? "master" : "slave".startsWith(small) ? "slave" : given;
        }
        return given;
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
        session.ask(
                title,
                controls -> new SetUp(
                        controls.node().setup(name, settings), controls.node().getServerNames()),
                done -> {
                    if (done.receipt().outcome() != Outcome.REFUSED) {
                        session.close(form);
                        session.found(done.servers());
                    }
                    session.show(title, done.receipt());
                });
    }
}
