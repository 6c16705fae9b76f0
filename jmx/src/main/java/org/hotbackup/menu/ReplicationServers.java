package org.hotbackup.menu;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hotbackup.control.ControlDirectory;
import org.hotbackup.control.OperationReceipt;
import org.hotbackup.control.ServerMXBean;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.control.settings.ServerSetting;
import org.hotbackup.control.settings.ServerSettings;

/** The master and slave servers of hot-backup. */
final class ReplicationServers extends ServerKind {

    private static final String PROTOCOL = "protocol";

    private final boolean verbose;

    ReplicationServers(boolean verbose) {
        this.verbose = verbose;
    }

    @Override
    String command() {
        return "hot-backup";
    }

    @Override
    List<String> names(ControlDirectory controls) {
        return controls.node().getServerNames();
    }

    @Override
    String state(ControlDirectory controls, String server) {
        ServerMXBean bean = controls.server(server);
        return bean.getServerType() + ", " + bean.getStatus();
    }

    @Override
    String standing(ControlDirectory controls, String name) {
        ServerMXBean server = controls.server(name);
        long waiting = server.getWaiting();
        String line = server.getServerType() + "   " + server.getStatus();
        if (!server.getRefusal().isEmpty()) {
            line += "   Refused";
        }
        if (waiting >= 0) {
            line += waiting == 0 ? "   nothing waits" : "   " + waiting + " waiting";
        }
        return line;
    }

    @Override
    Menu mainMenu() {
        return MainMenu.make(verbose);
    }

    @Override
    List<Field> setupFields(Map<String, String> present) {
        List<Field> fields = new ArrayList<>();
        for (ServerSetting setting : ServerSetting.values()) {
            if (setting != ServerSetting.INSECURE) {
                fields.add(
                        setting == ServerSetting.TYPE
                                ? SetupServer.kind(setting, Texts.help(setting), present, "master", "slave")
                                : SetupServer.field(
                                        setting,
                                        values -> setting.appliesTo(values.get(ServerSetting.TYPE.key())),
                                        Texts.help(setting),
                                        present));
            }
            if (setting == ServerSetting.PORT) {
                fields.add(Field.fixed(PROTOCOL, "Protocol", "inet"));
            }
        }
        return fields;
    }

    @Override
    Map<String, String> present(ControlDirectory controls, String name) {
        ServerMXBean server = controls.server(name);
        if (server.isRunning()) {
            throw new Refusal(MessageCode.SERVER_EXISTS_RUNNING, name);
        }
        Map<String, String> present = new HashMap<>();
        ServerSettings.parse(server.getSettings())
                .values()
                .forEach((setting, value) -> present.put(setting.key(), value));
        return present;
    }

    @Override
    OperationReceipt setup(ControlDirectory controls, String server, String settings) {
        return controls.node().setup(server, settings);
    }
}
