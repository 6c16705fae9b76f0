package org.hotbackup.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.hotbackup.client.NodeConnection;
import org.hotbackup.control.VerificationMXBean;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.resync.AbandonedResync;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Option;

/** Makes a slave equal to its master. */
@Command(
        name = "resync",
        mixinStandardHelpOptions = true,
        description = {
            "Makes a slave equal to its master while both work.",
            "With --master and --slave: saves the master's accounts through tape-socket into the slave, which is stopped "
                    + "meanwhile and goes on in the log from before, and proves that both are equal. What is interrupted goes on "
                    + "with the same command.",
            "Without: compares the files that are logged through the log, sends what differs, and compares again until "
                    + "nothing does; hot-backup verify status shows how far it is.",
            "share=PERCENT is the most time that comparing takes (50 if not given). What the slave has in the place of what "
                    + "differs is overwritten, and items and files that only it has are deleted there."
        })
final class Resync extends MasterServerCommand {

    private static final String SHARE = "share=";
    private static final int USUAL_SHARE = 50;

    @ArgGroup(exclusive = false, heading = "%nThrough tape-socket, instead of --node:%n")
    TwoNodesOption nodes;

    @Option(names = "--account", paramLabel = "NAME", description = "Only this account; may be given several times.")
    List<String> accounts = new ArrayList<>();

    @Option(
            names = "--file",
            paramLabel = "ACCOUNT,FILE",
            description = "Only this file, with its dictionary; may be given several times.")
    List<String> files = new ArrayList<>();

    @Option(
            names = "--prove",
            description =
                    "With --master and --slave: carries no tapes, but compares and sends what differs through the log, and lets the "
                            + "slave's node know that it is equal. That mends what --abandon left.")
    boolean prove;

    @Option(
            names = "--abandon",
            description =
                    "Gives up one that was begun with --master and --slave: the image of the slave's node stays as it is, and "
                            + "its tapes are removed from both nodes, or from the slave's, if only --node names that. "
                            + "Confirmed with the slave server's name.")
    boolean abandon;

    @Option(
            names = "--confirm",
            paramLabel = "NAME",
            description = "The server's name once more; with --slave, that of the slave's node.")
    String confirm;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why, for the permanent log.")
    String reason;

    @Override
    public Integer call() {
        if (prove && (nodes == null || abandon)) {
            throw new Refusal(MessageCode.USAGE, "Write --prove with --master and --slave, and without --abandon.");
        }
        if (nodes == null) {
            return super.call();
        }
        check();
        if (words.stream().anyMatch(word -> !word.startsWith(SHARE))) {
            throw new Refusal(MessageCode.USAGE, "Of servers write --server NAME.");
        }
        if (node.name != null || remote != null) {
            throw new Refusal(MessageCode.USAGE, "Write --master and --slave, or --node.");
        }
        if (abandon) {
            return answer(nodes.abandon(confirm, reason, output()));
        }
        return nodes.run(
                new TwoNodesOption.Wanted(TwoNodesOption.units(accounts, files), share(), prove, confirm, reason),
                output());
    }

    @Override
    void check() {
        super.check();
        List<ArgSpec> missing = Stream.of("--confirm", "--reason")
                .map(spec::findOption)
                .filter(option -> option.getValue() == null)
                .map(ArgSpec.class::cast)
                .toList();
        if ((nodes == null || abandon) && !missing.isEmpty()) {
            throw new MissingParameterException(spec.commandLine(), missing, "Give --confirm and --reason.");
        }
    }

    @Override
    int run(NodeConnection connection) {
        if (abandon) {
            return answer(AbandonedResync.abandon(
                    Optional.empty(), connection, confirm, reason, new TwoNodesOption.Told(output()::say)));
        }
        int share = share();
        String server = server(connection);
        String units = String.join(" ", TwoNodesOption.units(accounts, files));
        VerificationMXBean verification = connection.verification(server);
        return answer(
                units.isEmpty()
                        ? verification.resync(share, confirm, reason)
                        : verification.prove(units, share, confirm, reason));
    }

    private int share() {
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
        return share;
    }
}
