package org.hotbackup.cli;

import org.hotbackup.client.NodeConnection;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Makes a slave equal to its master. */
@Command(
        name = "resync",
        mixinStandardHelpOptions = true,
        description = {
            "Makes a slave equal to its master while both work: compares all files that are logged, sends what differs, and "
                    + "compares again until nothing does; hot-backup verify status shows how far it is.",
            "share=PERCENT is the most time that it takes (50 if not given). What the slave has in the place of what differs "
                    + "is overwritten, and items and files that only it has are deleted there."
        })
final class Resync extends MasterServerCommand {

    private static final String SHARE = "share=";
    private static final int USUAL_SHARE = 50;

    @Option(names = "--confirm", required = true, paramLabel = "NAME", description = "The server's name once more.")
    String confirm;

    @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why, for the permanent log.")
    String reason;

    @Override
    int run(NodeConnection connection) {
        int share = USUAL_SHARE;
        for (String word : settings()) {
            if (!word.startsWith(SHARE)) {
                throw new Refusal(MessageCode.SETTING_UNKNOWN, word, "server, share");
            }
            String value = word.substring(SHARE.length());
            if (!value.matches("[0-9]{1,3}")) {
                throw new Refusal(MessageCode.SETTING_OUT_OF_RANGE, "share", value, "a percentage from 1 to 100");
            }
            share = Integer.parseInt(value);
        }
        return answer(connection.verification(server(connection)).resync(share, confirm, reason));
    }
}
