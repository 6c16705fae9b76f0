package org.hotbackup.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.hotbackup.client.NodeConnection;
import org.hotbackup.control.ItemDifference;
import org.hotbackup.control.VerificationMXBean;
import org.hotbackup.control.VerifiedFile;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code hot-backup verify ...}: compares master and slave while both work. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description = "Compares the files of a master with those of its slave while both work.",
        subcommands = {Verify.Start.class, Verify.Stop.class, Verify.Status.class, Verify.Differences.class})
final class Verify implements Runnable {

    private static final String SHARE = "share=";
    private static final String ROUNDS = "rounds=";
    private static final int USUAL_SHARE = 10;
    private static final int PAGE = 1_000;

    @Spec
    CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Say what to do: start, stop, status or differences.");
    }

    /** Begins to compare. */
    @Command(
            name = "start",
            mixinStandardHelpOptions = true,
            description = {
                "Begins to compare all files that are logged.",
                "share=PERCENT is the most time that it takes (10 if not given), rounds=NUMBER how often it goes round (1 if "
                        + "not given, 0 for ever)."
            })
    static final class Start extends MasterServerCommand {

        @Override
        int run(NodeConnection connection) {
            int share = USUAL_SHARE;
            int rounds = 1;
            for (String word : settings()) {
                if (word.startsWith(SHARE)) {
                    share = number(word, SHARE);
                } else if (word.startsWith(ROUNDS)) {
                    rounds = number(word, ROUNDS);
                } else {
                    throw new Refusal(MessageCode.SETTING_UNKNOWN, word, "server, share, rounds");
                }
            }
            return answer(connection.verification(server(connection)).start(share, rounds));
        }

        private static int number(String word, String key) {
            String value = word.substring(key.length());
            try {
                return Integer.parseInt(value);
            } catch (NumberFormatException e) {
                throw new Refusal(
                        MessageCode.SETTING_OUT_OF_RANGE, key.substring(0, key.length() - 1), value, "a number");
            }
        }
    }

    /** Stops comparing. */
    @Command(
            name = "stop",
            mixinStandardHelpOptions = true,
            description = "Stops comparing or repairing; what was found is kept.")
    static final class Stop extends MasterServerCommand {

        @Override
        int run(NodeConnection connection) {
            refuseOtherWords();
            return answer(connection.verification(server(connection)).stop());
        }
    }

    /** State, progress and result. */
    @Command(
            name = "status",
            mixinStandardHelpOptions = true,
            description = "Shows how far it is and what was found last, file by file.")
    static final class Status extends MasterServerCommand {

        @Override
        int run(NodeConnection connection) {
            refuseOtherWords();
            VerificationMXBean verification = connection.verification(server(connection));
            return answer(verification.status(), () -> {
                Map<String, Object> document = JsonText.attributes(VerificationMXBean.class, verification);
                document.put("results", files(verification));
                return document;
            });
        }
    }

    /** The last result of every file, page by page. */
    private static List<VerifiedFile> files(VerificationMXBean verification) {
        List<VerifiedFile> files = new ArrayList<>();
        List<VerifiedFile> page = verification.files("", PAGE);
        while (!page.isEmpty()) {
            files.addAll(page);
            page = verification.files(page.get(page.size() - 1).path(), PAGE);
        }
        return files;
    }

    /** The items that differ. */
    @Command(
            name = "differences",
            mixinStandardHelpOptions = true,
            description = "Lists the items that differ, with their bytes and SHA-256 on both sides.")
    static final class Differences extends MasterServerCommand {

        @Override
        int run(NodeConnection connection) {
            refuseOtherWords();
            List<ItemDifference> differences = all(connection.verification(server(connection)));
            TextTable table =
                    new TextTable("File", "Item", "Bytes on master", "on slave", "SHA-256 on master", "on slave");
            for (ItemDifference difference : differences) {
                table.add(
                        difference.path(),
                        difference.id(),
                        bytes(difference.bytesOnMaster()),
                        bytes(difference.bytesOnSlave()),
                        difference.sha256OnMaster(),
                        difference.sha256OnSlave());
            }
            return answer(
                    differences.isEmpty()
                            ? MessageCode.NO_DIFFERENCES.text()
                            : table.toString().stripTrailing(),
                    () -> differences);
        }

        /** Page by page. */
        private static List<ItemDifference> all(VerificationMXBean verification) {
            List<ItemDifference> all = new ArrayList<>();
            List<ItemDifference> page = verification.differences("", "", PAGE);
            while (!page.isEmpty()) {
                all.addAll(page);
                ItemDifference last = page.get(page.size() - 1);
                page = verification.differences(last.path(), last.id(), PAGE);
            }
            return all;
        }

        private static String bytes(int bytes) {
            return bytes < 0 ? "absent" : Integer.toString(bytes);
        }
    }
}
