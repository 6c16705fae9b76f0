package org.hotbackup.cli;

import java.util.stream.Collectors;
import org.hotbackup.client.NodeConnection;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The manual's Setup Server (HB-050 to HB-062). */
@Command(
        name = "setup",
        mixinStandardHelpOptions = true,
        description = {
            "Sets up a server, or changes one that is stopped.",
            "Of a server that is there only the settings that are given change.",
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
        String name = words.stream()
                .filter(word -> word.startsWith("server="))
                .map(word -> word.substring("server=".length()))
                .findFirst()
                .orElseThrow(() -> new Refusal(MessageCode.USAGE, "The server's name is missing; write server=NAME."));
        String settings = settings().stream().map(Setup::quoted).collect(Collectors.joining(" "));
        return answer(connection.node().setup(name, insecure ? settings + " insecure=on" : settings));
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
