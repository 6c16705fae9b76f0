package org.hotbackup.menu;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.hotbackup.control.ControlDirectory;
import org.hotbackup.control.OperationReceipt;
import org.hotbackup.control.TapeServerMXBean;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.control.settings.TapeSetting;
import org.hotbackup.control.settings.TapeSettings;

/** The input and output servers of tape-socket (TS-003, TS-008). */
final class TapeServers extends ServerKind {

    /** The fields of the form: what decides which others apply stands before them. */
    private static final List<TapeSetting> FORM = List.of(
            TapeSetting.DIRECTION,
            TapeSetting.HOST,
            TapeSetting.PORT,
            TapeSetting.LINKED,
            TapeSetting.PIPE,
            TapeSetting.TAPE,
            TapeSetting.BLOCK_SIZE,
            TapeSetting.CALL_ATTEMPTS,
            TapeSetting.NOTIFY,
            TapeSetting.COMMENTS);

    /** What a server has not that writes tapes of its own node. */
    private static final Set<TapeSetting> OF_THE_LINE =
            Set.of(TapeSetting.HOST, TapeSetting.PORT, TapeSetting.CALL_ATTEMPTS);

    private final String options;

    TapeServers(String options) {
        this.options = options;
    }

    @Override
    String command() {
        return "tape-socket";
    }

    @Override
    List<String> names(ControlDirectory controls) {
        return controls.tapeSocket().getServerNames();
    }

    @Override
    String state(ControlDirectory controls, String server) {
        TapeServerMXBean bean = controls.tapeServer(server);
        return bean.getDirection() + ", " + bean.getStatus();
    }

    @Override
    String standing(ControlDirectory controls, String name) {
        TapeServerMXBean server = controls.tapeServer(name);
        String line = server.getDirection() + "   " + server.getStatus();
        if (!server.getRefusal().isEmpty()) {
            line += "   Refused";
        }
        return server.isRunning()
                ? line + "   block " + server.getCurrentBlock() + ", " + server.getWrittenBlock() + " written"
                : line;
    }

    @Override
    Menu mainMenu() {
        return TapeMainMenu.make(options);
    }

    /** A server that is linked to the transaction logger has no pipe; startlog makes those that have a tape in its place. */
    @Override
    List<Field> setupFields(Map<String, String> present) {
        List<Field> fields = new ArrayList<>();
        boolean kept = !present.getOrDefault(TapeSetting.TAPE.key(), "").isEmpty();
        for (TapeSetting setting : FORM) {
            if (kept ? OF_THE_LINE.contains(setting) : setting == TapeSetting.TAPE) {
                continue;
            }
            Predicate<Map<String, String>> applies =
                    switch (setting) {
                        case PIPE -> values ->
                                !values.get(TapeSetting.LINKED.key()).equals("on");
                        default -> values -> setting.appliesTo(values.get(TapeSetting.DIRECTION.key()));
                    };
            fields.add(
                    setting == TapeSetting.DIRECTION
                            ? SetupServer.kind(setting, Texts.help(setting), present, "input", "output")
                            : SetupServer.field(setting, applies, Texts.help(setting), present));
        }
        return fields;
    }

    @Override
    Map<String, String> present(ControlDirectory controls, String name) {
        TapeServerMXBean server = controls.tapeServer(name);
        if (server.isRunning()) {
            throw new Refusal(MessageCode.SERVER_EXISTS_RUNNING, name);
        }
        Map<String, String> present = new HashMap<>();
        TapeSettings.parse(server.getSettings())
                .values()
                .forEach((setting, value) -> present.put(setting.key(), value));
        return present;
    }

    @Override
    OperationReceipt setup(ControlDirectory controls, String server, String settings) {
        return controls.tapeSocket().setup(server, settings);
    }
}
