package org.hotbackup.cli;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.hotbackup.client.NodeConnection;
import org.hotbackup.control.ServerMXBean;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.control.settings.ServerSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The manual's Setup Server (HB-050 to HB-062). */
@Command(
        name = "setup",
        mixinStandardHelpOptions = true,
        description = {
            "Sets up a server, or changes one that is stopped.",
            "Of a server that is there only the settings that are given change.",
            "At a terminal and without settings it asks for each field, and sets nothing up before that is confirmed: y does "
                    + "it, n goes back to the fields, q or CTRL-C quits.",
            "Settings are key=value words: type=master|slave, host=HOST (master), port=PORT (the slave's, on both sides), "
                    + "check-period=SECONDS and txlog-timer=SECONDS (master), log-slave-update=on|off, apply-updates=on|off "
                    + "and auto-create=on|off (slave), "
                    + "notify=USERS,!PORTS (who is told of errors), comments=TEXT."
        })
final class Setup extends ServerCommand {

    @Option(
            names = "--insecure",
            description =
                    "insecure=on: no encryption and no certificates, for tests between two nodes of this machine.")
    boolean insecure;

    @Override
    int run(NodeConnection connection) {
        Optional<String> name = words.stream()
                .filter(word -> word.startsWith("server="))
                .map(word -> word.substring("server=".length()))
                .findFirst();
        List<String> others = settings();
        boolean bareName = name.isEmpty() && others.size() == 1 && others.get(0).indexOf('=') < 0;
        if ((others.isEmpty() || bareName) && !insecure) {
            return ask(connection, bareName ? Optional.of(others.get(0)) : name);
        }
        String given = name.orElseThrow(
                () -> new Refusal(MessageCode.USAGE, "The server's name is missing; write server=NAME."));
        String settings = settings().stream().map(Setup::quoted).collect(Collectors.joining(" "));
        return answer(connection.node().setup(given, insecure ? settings + " insecure=on" : settings));
    }

    private int ask(NodeConnection connection, Optional<String> name) {
        name.ifPresent(ServerSettings::checkedName);
        try (FormTerminal terminal =
                JLineTerminal.ofProcess().orElseThrow(() -> new Refusal(MessageCode.SETUP_NEEDS_SETTINGS))) {
            Optional<SetupForm.Filled> filled =
                    new SetupForm(terminal, server -> present(connection, server)).fill(name);
            if (filled.isEmpty()) {
                throw new Refusal(MessageCode.SETUP_ABANDONED);
            }
            return answer(
                    connection.node().setup(filled.get().name(), filled.get().text()));
        }
    }

    private static Optional<ServerSettings> present(NodeConnection connection, String name) {
        if (!connection.node().getServerNames().contains(name)) {
            return Optional.empty();
        }
        ServerMXBean server = connection.server(name);
        if (server.isRunning()) {
            throw new Refusal(MessageCode.SERVER_EXISTS_RUNNING, name);
        }
        return Optional.of(ServerSettings.parse(server.getSettings()));
    }

    /** A value with blanks came as one word from the shell; the contract wants it in double quotes. */
    private static String quoted(String word) {
        int equals = word.indexOf('=');
        boolean blanks = word.chars().anyMatch(Character::isWhitespace);
        return blanks && equals > 0
                ? word.substring(0, equals + 1)
                        + '"'
                        + word.substring(equals + 1).replace("\"", "'")
                        + '"'
                : word;
    }
}
