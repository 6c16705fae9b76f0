package org.hotbackup.cli;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.hotbackup.client.NodeConnection;
import org.hotbackup.control.OperationReceipt;
import org.hotbackup.control.TapeDevice;
import org.hotbackup.control.TapeMXBean;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The verbs for tape devices, called as in the manual. */
final class TapeDeviceVerbs {

    private TapeDeviceVerbs() {}

    @Command(
            name = "t-status",
            mixinStandardHelpOptions = true,
            description = "Lists the tape devices of a node, who has them and what they do.")
    static final class Devices extends NodeVerb {
        @Override
        int run(NodeConnection connection) {
            List<TapeDevice> devices = connection.tape().devices();
            return answer(text(devices), () -> devices);
        }

        private static String text(List<TapeDevice> devices) {
            if (devices.isEmpty()) {
                return "This node has no tape device";
            }
            TextTable table = new TextTable("Device", "Kind", "Block size", "Attached by", "At block", "Task", "Path");
            for (TapeDevice device : devices) {
                table.add(
                        device.name(),
                        device.kind() + (device.readOnly() ? ", read only" : ""),
                        Integer.toString(device.blockSize()),
                        device.attachedBy().isEmpty() ? "-" : device.attachedBy(),
                        device.block() < 0 ? "-" : java.lang.Long.toString(device.block()),
                        device.task().isEmpty() ? "-" : device.task(),
                        device.path());
            }
            return table.toString().stripTrailing();
        }
    }

    @Command(
            name = "t-att",
            mixinStandardHelpOptions = true,
            description = "Attaches a tape device, at the beginning of its tape; it is yours until t-det.")
    static final class Attach extends TapeDeviceVerb {

        @Option(
                names = "--block-size",
                paramLabel = "BYTES",
                defaultValue = "0",
                description = "Bytes of data in a block; if not given as the tape says, or as configured.")
        int blockSize;

        @Override
        int run(NodeConnection connection, TapeMXBean tape) {
            return answer(tape.attach(device(tape), blockSize));
        }
    }

    /** What gives a device back. */
    abstract static class Giving extends TapeDeviceVerb {

        @Option(
                names = "--confirm",
                paramLabel = "NAME",
                defaultValue = "",
                description = "The device's name once more, if somebody else attached it.")
        String confirm;
    }

    @Command(
            name = "t-unld",
            mixinStandardHelpOptions = true,
            description = {
                "Goes back to the beginning of the tape and detaches the device.",
                "Every save and dump writes the second filemark itself; nobody has to unload a tape for it."
            })
    static final class Unload extends Giving {
        @Override
        int run(NodeConnection connection, TapeMXBean tape) {
            return answer(tape.unload(device(tape), confirm));
        }
    }

    @Command(name = "t-det", mixinStandardHelpOptions = true, description = "Detaches a tape device.")
    static final class Detach extends Giving {
        @Override
        int run(NodeConnection connection, TapeMXBean tape) {
            return answer(tape.detach(device(tape), confirm));
        }
    }

    @Command(name = "t-rew", mixinStandardHelpOptions = true, description = "Goes back to the beginning of the tape.")
    static final class Rewind extends TapeDeviceVerb {
        @Override
        int run(NodeConnection connection, TapeMXBean tape) {
            return answer(tape.rewind(device(tape)));
        }
    }

    /** What goes so many blocks, or to a filemark. */
    abstract static class Moving extends TapeDeviceVerb {

        @Parameters(paramLabel = "BLOCKS", arity = "0..1", defaultValue = "0", description = "How many blocks.")
        int blocks;
    }

    @Command(
            name = "t-fwd",
            mixinStandardHelpOptions = true,
            description = "Goes forward so many blocks, or behind the next filemark.")
    static final class Forward extends Moving {
        @Override
        int run(NodeConnection connection, TapeMXBean tape) {
            return answer(tape.forward(device(tape), blocks));
        }
    }

    @Command(
            name = "t-bck",
            mixinStandardHelpOptions = true,
            description = "Goes back so many blocks, or before the filemark that comes first on the way.")
    static final class Back extends Moving {
        @Override
        int run(NodeConnection connection, TapeMXBean tape) {
            return answer(tape.back(device(tape), blocks));
        }
    }

    @Command(
            name = "t-eod",
            mixinStandardHelpOptions = true,
            description = "Goes to the end of what is recorded, over all reels; what is written next follows it.")
    static final class EndOfData extends TapeDeviceVerb {
        @Override
        int run(NodeConnection connection, TapeMXBean tape) {
            return answer(tape.endOfData(device(tape)));
        }
    }

    @Command(
            name = "t-weof",
            mixinStandardHelpOptions = true,
            description = "Writes a filemark; what follows it on the tape is gone.")
    static final class WriteFilemark extends TapeDeviceVerb {

        @Option(
                names = "--confirm",
                paramLabel = "NAME",
                defaultValue = "",
                description = "The device's name once more, if what its tape holds there may go.")
        String confirm;

        @Override
        int run(NodeConnection connection, TapeMXBean tape) {
            return answer(tape.writeFilemark(device(tape), confirm));
        }
    }

    @Command(
            name = "t-rdlbl",
            mixinStandardHelpOptions = true,
            description = "Shows the label at the place where the device stands.")
    static final class ReadLabel extends TapeDeviceVerb {
        @Override
        int run(NodeConnection connection, TapeMXBean tape) {
            String text = tape.readLabel(device(tape));
            return answer(text, () -> Map.of("text", text));
        }
    }

    @Command(
            name = "t-read",
            mixinStandardHelpOptions = true,
            description =
                    "Shows blocks from where the device stands, with their numbers, as hexadecimal digits and as text.")
    static final class ReadBlocks extends TapeDeviceVerb {

        @Parameters(
                paramLabel = "BLOCKS",
                arity = "0..1",
                defaultValue = "1",
                description = "How many blocks, up to 100; 1 if not given.")
        int blocks;

        @Override
        int run(NodeConnection connection, TapeMXBean tape) {
            String text = tape.readBlocks(device(tape), blocks);
            return answer(text, () -> Map.of("text", text));
        }
    }

    @Command(
            name = "t-chk",
            mixinStandardHelpOptions = true,
            description = "Reads the tape to its end, as a restore does, and says what is on it; nothing is restored.")
    static final class Check extends TapeDeviceVerb.Long {
        @Override
        OperationReceipt begin(TapeMXBean tape) {
            return tape.check(device(tape));
        }
    }

    @Command(name = "t-dump", mixinStandardHelpOptions = true, description = "Writes items of a file to a tape.")
    static final class Dump extends TapeDeviceVerb.Writing {

        @Mixin
        ChosenItems items;

        @Option(names = "--heading", paramLabel = "TEXT", defaultValue = "", description = "What the label says, too.")
        String heading;

        @Option(names = "--no-label", description = "Writes no label; option h of the manual.")
        boolean noLabel;

        @Mixin
        ManualLetters letters;

        @Override
        OperationReceipt begin(TapeMXBean tape) {
            return tape.dump(
                    device(tape), items.file(), items.text(), heading, letters.given() + (noLabel ? "h" : ""), confirm);
        }
    }

    @Command(
            name = "t-load",
            mixinStandardHelpOptions = true,
            description = "Reads a dump into a file; items that are there stay as they are and are listed.")
    static final class Load extends TapeDeviceVerb.Long {

        @Mixin
        ChosenItems items;

        @Option(names = "--overwrite", description = "Replaces items that are there; option o of the manual.")
        boolean overwrite;

        @Option(names = "--no-message", description = "Does not list items that are there; option m of the manual.")
        boolean noMessage;

        @Mixin
        ManualLetters letters;

        @Option(
                names = "--confirm",
                paramLabel = "FILE",
                defaultValue = "",
                description = "With --overwrite the file once more.")
        String confirm;

        @Override
        OperationReceipt begin(TapeMXBean tape) {
            return tape.load(
                    device(tape),
                    items.file(),
                    items.text(),
                    letters.given() + (overwrite ? "o" : "") + (noMessage ? "m" : ""),
                    confirm);
        }
    }

    @Command(
            name = "account-save",
            mixinStandardHelpOptions = true,
            description = "Writes accounts to a tape, behind what is on it where the device stands.")
    static final class AccountSave extends TapeDeviceVerb.Writing {

        @Parameters(paramLabel = "ACCOUNT", arity = "1..*", description = "Their names.")
        List<String> accounts;

        @Option(names = "--label", paramLabel = "TEXT", defaultValue = "", description = "What every label says.")
        String label;

        @Mixin
        ManualLetters letters;

        @Override
        OperationReceipt begin(TapeMXBean tape) {
            return tape.accountSave(
                    device(tape),
                    accounts.stream().map(ManualLetters::noLetters).collect(Collectors.joining(",")),
                    label,
                    letters.given(),
                    confirm);
        }
    }

    @Command(
            name = "account-restore",
            mixinStandardHelpOptions = true,
            description = {
                "Makes an account of one on a tape; none of its name may be there.",
                "The tape is searched from its beginning."
            })
    static final class AccountRestore extends TapeDeviceVerb.Long {

        @Parameters(index = "0", paramLabel = "ACCOUNT", description = "Its name on the tape.")
        String onTape;

        @Parameters(
                index = "1",
                paramLabel = "NEW",
                arity = "0..1",
                defaultValue = "",
                description = "Its name here; the same if not given.")
        String account;

        @Option(names = "--positioned", description = "Searches from where the device stands; option a of the manual.")
        boolean positioned;

        @Mixin
        ManualLetters letters;

        @Override
        OperationReceipt begin(TapeMXBean tape) {
            return tape.accountRestore(
                    device(tape), onTape, ManualLetters.noLetters(account), letters.given() + (positioned ? "a" : ""));
        }
    }

    @Command(
            name = "save",
            aliases = "file-save",
            mixinStandardHelpOptions = true,
            description = {
                "Writes all accounts to a tape, but what is this node's own in account dm.",
                "Users go on working, and what they change meanwhile stays in the transaction log queue: a save never clears it, "
                        + "with option h of the manual or without; log clear does."
            })
    static final class Save extends TapeDeviceVerb.Writing {

        @Option(names = "--label", paramLabel = "TEXT", defaultValue = "", description = "What every label says.")
        String label;

        @Mixin
        ManualLetters letters;

        @Override
        OperationReceipt begin(TapeMXBean tape) {
            return tape.save(device(tape), label, letters.given(), confirm);
        }
    }

    @Command(
            name = "restore",
            mixinStandardHelpOptions = true,
            description = "Makes all accounts of a tape; those that are there are left as they are.")
    static final class Restore extends TapeDeviceVerb.Long {

        @Option(names = "--overwrite", description = "Replaces accounts that are there.")
        boolean overwrite;

        @Option(names = "--positioned", description = "Reads from where the device stands, not from the beginning.")
        boolean positioned;

        @Mixin
        ManualLetters letters;

        @Option(names = "--confirm", required = true, paramLabel = "NAME", description = "The node's name once more.")
        String confirm;

        @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why, for the permanent log.")
        String reason;

        @Override
        OperationReceipt begin(TapeMXBean tape) {
            String options = letters.given() + (positioned ? "a" : "") + (overwrite ? "o" : "");
            return tape.restore(device(tape), options, confirm, reason);
        }
    }

    @Command(
            name = "restore-accounts",
            mixinStandardHelpOptions = true,
            description = {
                "Makes all accounts of a save that are not there yet; those that are there are left as they are, and listed.",
                "Unlike restore it touches nothing that is there, neither account dm nor what belongs to no account, so that it "
                        + "asks for no confirmation."
            })
    static final class RestoreAccounts extends TapeDeviceVerb.Long {

        @Option(names = "--positioned", description = "Reads from where the device stands, not from the beginning.")
        boolean positioned;

        @Mixin
        ManualLetters letters;

        @Override
        OperationReceipt begin(TapeMXBean tape) {
            return tape.restoreAccounts(device(tape), letters.given() + (positioned ? "a" : ""));
        }
    }

    @Command(
            name = "sel-restore",
            mixinStandardHelpOptions = true,
            description = {
                "Reads items of one file out of a save into a file; items that are there stay as they are and are listed.",
                "The tape is searched from its beginning."
            })
    static final class SelRestore extends TapeDeviceVerb.Long {

        @Mixin
        ChosenItems items;

        @Option(names = "--to", paramLabel = "FILE", defaultValue = "", description = "The file here, if not the same.")
        String file;

        @Option(names = "--overwrite", description = "Replaces items that are there.")
        boolean overwrite;

        @Option(names = "--no-message", description = "Does not list items that are there.")
        boolean noMessage;

        @Option(names = "--positioned", description = "Searches from where the device stands.")
        boolean positioned;

        @Mixin
        ManualLetters letters;

        @Option(
                names = "--confirm",
                paramLabel = "FILE",
                defaultValue = "",
                description = "With --overwrite the file once more.")
        String confirm;

        @Override
        OperationReceipt begin(TapeMXBean tape) {
            String options =
                    letters.given() + (positioned ? "a" : "") + (overwrite ? "o" : "") + (noMessage ? "m" : "");
            return tape.selRestore(device(tape), items.file(), file, items.text(), options, confirm);
        }
    }

    @Command(
            name = "t-report",
            mixinStandardHelpOptions = true,
            description =
                    "Shows what the last save, restore or check on a device did: files, counts, and what was left out.")
    static final class Report extends TapeDeviceVerb {
        @Override
        int run(NodeConnection connection, TapeMXBean tape) {
            String device = device(tape);
            return answer(tape.report(device), () -> tape.done(device));
        }
    }
}
