package org.hotbackup.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.hotbackup.client.NodeConnection;
import org.hotbackup.client.RestClient;
import org.hotbackup.control.LostAndFoundMXBean;
import org.hotbackup.control.LostRecord;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.ItemId;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code hot-backup lost-and-found ...}: work on what a slave could not perform (HB-160 to HB-162). */
@Command(
        name = "lost-and-found",
        mixinStandardHelpOptions = true,
        description = "Lists, shows, tries, replays, exports or discards what a slave could not perform.",
        subcommands = {
            LostAndFoundCommands.ListRecords.class,
            LostAndFoundCommands.Show.class,
            LostAndFoundCommands.Try.class,
            LostAndFoundCommands.Replay.class,
            LostAndFoundCommands.Export.class,
            LostAndFoundCommands.Discard.class
        })
final class LostAndFoundCommands implements Runnable {

    private static final FilePath FILE = FilePath.data("dm", "hb.log", "lost+found");
    private static final int PAGE = 100;

    @Spec
    CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Say what to do with lost+found.");
    }

    /** One of the verbs. */
    abstract static class Verb extends NodeVerb {

        @Override
        int run(NodeConnection connection) {
            return run(connection.lostAndFound());
        }

        abstract int run(LostAndFoundMXBean lostAndFound);
    }

    /** A verb for one record. */
    abstract static class OfRecord extends Verb {

        @Parameters(paramLabel = "ID", description = "The record's id, as the list shows it.")
        String id;
    }

    @Command(name = "list", mixinStandardHelpOptions = true, description = "Lists all records, oldest first.")
    static final class ListRecords extends Verb {

        @Override
        int run(LostAndFoundMXBean lostAndFound) {
            TextTable table = new TextTable("Id", "Type", "Server", "Transaction", "Bytes", "Message");
            List<LostRecord> page = lostAndFound.list("", PAGE);
            List<LostRecord> all = new ArrayList<>();
            while (!page.isEmpty()) {
                all.addAll(page);
                page.forEach(record -> table.add(
                        record.id(),
                        Integer.toString(record.type()),
                        record.server(),
                        Long.toString(record.transaction()),
                        Long.toString(record.bytes()),
                        record.message()));
                page = lostAndFound.list(page.get(page.size() - 1).id(), PAGE);
            }
            return answer(
                    all.isEmpty()
                            ? "There is nothing in lost+found."
                            : table.toString().stripTrailing(),
                    () -> all);
        }
    }

    @Command(
            name = "show",
            mixinStandardHelpOptions = true,
            description = "Shows a record, what it does, and the beginning of each item.")
    static final class Show extends OfRecord {
        @Override
        int run(LostAndFoundMXBean lostAndFound) {
            return answer(
                    () -> lostAndFound.show(id),
                    () -> ShownUpdates.addedTo(
                            JsonText.components(lostAndFound.record(id)),
                            (after, offset, limit) -> lostAndFound.contents(id, after, offset, limit)));
        }
    }

    @Command(
            name = "try",
            mixinStandardHelpOptions = true,
            description = "Says what replaying a record would change, and changes nothing.")
    static final class Try extends OfRecord {
        @Override
        int run(LostAndFoundMXBean lostAndFound) {
            return answer(() -> lostAndFound.tryReplay(id), () -> lostAndFound.replayChanges(id));
        }
    }

    @Command(
            name = "replay",
            mixinStandardHelpOptions = true,
            description = "Performs a record's transaction, but for items that were updated since, and takes it out.")
    static final class Replay extends OfRecord {
        @Override
        int run(LostAndFoundMXBean lostAndFound) {
            return answer(lostAndFound.replay(id));
        }
    }

    @Command(
            name = "export",
            mixinStandardHelpOptions = true,
            description = {
                "Writes what a record holds to new files.",
                "With --items each item goes, byte for byte, to a file of its own, and index.csv says of each update: its "
                        + "number, operation, account, file, item id, the file with its content, and the path below /api "
                        + "at which REST takes it.",
                "With FILE the record itself is written, as it stands in dm,hb.log,lost+found: attributes 1 to 9, and from "
                        + "10 on the log entry as it arrived."
            })
    static final class Export extends OfRecord {

        @Parameters(index = "1", arity = "0..1", paramLabel = "FILE", description = "The file; it must not exist.")
        Path target;

        @Option(names = "--items", paramLabel = "FOLDER", description = "The folder; it must not exist.")
        Path folder;

        @Override
        void check() {
            if ((target == null) == (folder == null)) {
                throw new Refusal(
                        MessageCode.USAGE, "Say where to: --items FOLDER for the items, or FILE for the record.");
            }
            if (target != null && remote != null) {
                throw new Refusal(MessageCode.RECORD_NOT_REMOTE);
            }
        }

        @Override
        int run(LostAndFoundMXBean lostAndFound) {
            if (folder != null) {
                int updates = new LostItemsFolder(folder).write(lostAndFound, id);
                return output().done(MessageCode.UPDATES_WRITTEN, updates, folder, LostItemsFolder.INDEX);
            }
            byte[] item = RestClient.of(node.home())
                    .read(FILE, ItemId.of(id))
                    .orElseThrow(() -> new Refusal(MessageCode.NO_LOST_ITEM, id));
            NewFile.write(target, item);
            return output().done(MessageCode.RECORD_WRITTEN, item.length, target);
        }
    }

    @Command(name = "discard", mixinStandardHelpOptions = true, description = "Takes a record out for good.")
    static final class Discard extends OfRecord {

        @Option(names = "--confirm", required = true, paramLabel = "ID", description = "The record's id once more.")
        String confirm;

        @Option(
                names = "--reason",
                required = true,
                paramLabel = "TEXT",
                description = "Why; it stands in the permanent log.")
        String reason;

        @Override
        int run(LostAndFoundMXBean lostAndFound) {
            return answer(lostAndFound.discard(id, confirm, reason));
        }
    }
}
