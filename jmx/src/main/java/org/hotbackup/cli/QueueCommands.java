package org.hotbackup.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.hotbackup.client.NodeConnection;
import org.hotbackup.control.QueueEntry;
import org.hotbackup.control.QueuePage;
import org.hotbackup.control.TransactionLogQueueMXBean;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code hot-backup queue list|find|show|export}: what waits in the queue of a master server, entry by entry. */
final class QueueCommands {

    private static final int MOST = 1_000;

    private QueueCommands() {}

    /** A verb for a page of entries. */
    abstract static class OfPage extends MasterServerCommand {

        @Option(
                names = "--after",
                paramLabel = "LSN",
                defaultValue = "0",
                description = "Only what is behind this LSN: the next page.")
        long after;

        @Option(
                names = "--limit",
                paramLabel = "N",
                defaultValue = "100",
                description = "At most so many entries, 1 to " + MOST + "; ${DEFAULT-VALUE} if not given.")
        int limit;

        @Override
        final int run(NodeConnection connection) {
            refuseOtherWords();
            if (limit < 1 || limit > MOST) {
                throw new Refusal(MessageCode.USAGE, "--limit is from 1 to " + MOST + ".");
            }
            QueuePage page = page(connection.transactionLogQueue(), server(connection));
            return answer(text(page), () -> page);
        }

        abstract QueuePage page(TransactionLogQueueMXBean queue, String server);

        private static String text(QueuePage page) {
            TextTable table = new TextTable("LSN", "Committed at", "Updates", "Bytes", "First update");
            for (QueueEntry entry : page.entries()) {
                table.add(
                        Long.toString(entry.lsn()),
                        entry.committedAt(),
                        Integer.toString(entry.updates()),
                        Long.toString(entry.bytes()),
                        entry.summary());
            }
            String last = page.more() ? MessageCode.MORE_ENTRIES.text(page.reachedLsn()) : "";
            return ((page.entries().isEmpty() ? MessageCode.NO_ENTRIES.text() + System.lineSeparator() : table) + last)
                    .stripTrailing();
        }
    }

    /** Pages through it. */
    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "Lists the entries of a master server's queue, oldest first.")
    static final class ListEntries extends OfPage {

        @Override
        QueuePage page(TransactionLogQueueMXBean queue, String server) {
            List<QueueEntry> entries = queue.list(server, after, limit);
            long reached =
                    entries.isEmpty() ? after : entries.get(entries.size() - 1).lsn();
            boolean more =
                    entries.size() == limit && !queue.list(server, reached, 1).isEmpty();
            return new QueuePage(entries, reached, more);
        }
    }

    /** Searches it. */
    @Command(
            name = "find",
            mixinStandardHelpOptions = true,
            description = "Lists the entries of a master server's queue with an update that fits all that is given.")
    static final class Find extends OfPage {

        @Option(
                names = "--file",
                paramLabel = "ACCOUNT[,FILE]",
                defaultValue = "",
                description = "Of this account, or of this file with its dictionary and sections.")
        String file;

        @Option(
                names = "--item",
                paramLabel = "ID",
                defaultValue = "",
                description = "Of the item with this id, as lists show it.")
        String item;

        @Option(
                names = "--operation",
                paramLabel = "WORD",
                defaultValue = "",
                description = "write, delete, clear, create-file, redefine-file, delete-file, create-account, "
                        + "delete-account or compare.")
        String operation;

        @Option(
                names = "--up-to",
                paramLabel = "LSN",
                defaultValue = "0",
                description = "Only what is not behind this LSN.")
        long upTo;

        /** One call looks at a part of a long queue only. */
        @Override
        QueuePage page(TransactionLogQueueMXBean queue, String server) {
            List<QueueEntry> found = new ArrayList<>();
            long reached = after;
            boolean more = true;
            while (more && found.size() < limit) {
                QueuePage page = queue.find(server, file, item, operation, reached, upTo, limit - found.size());
                found.addAll(page.entries());
                more = page.more() && page.reachedLsn() > reached;
                reached = page.reachedLsn();
            }
            return new QueuePage(found, reached, more);
        }
    }

    /** A verb for one entry. */
    abstract static class OfEntry extends MasterServerCommand {

        @Option(
                names = "--lsn",
                required = true,
                paramLabel = "LSN",
                description = "The entry's LSN, as list shows it.")
        long lsn;

        @Override
        final int run(NodeConnection connection) {
            refuseOtherWords();
            return run(connection.transactionLogQueue(), server(connection));
        }

        abstract int run(TransactionLogQueueMXBean queue, String server);
    }

    /** Shows one. */
    @Command(
            name = "show",
            mixinStandardHelpOptions = true,
            description = "Shows what an entry does, with the beginning of each item.")
    static final class Show extends OfEntry {

        @Override
        int run(TransactionLogQueueMXBean queue, String server) {
            return answer(
                    () -> queue.show(server, lsn),
                    () -> ShownUpdates.addedTo(
                            JsonText.components(entry(queue, server)),
                            (after, offset, limit) -> queue.contents(server, lsn, after, offset, limit)));
        }

        private QueueEntry entry(TransactionLogQueueMXBean queue, String server) {
            return queue.list(server, lsn - 1, 1).stream()
                    .filter(entry -> entry.lsn() == lsn)
                    .findFirst()
                    .orElseThrow(() -> new Refusal(MessageCode.NO_QUEUE_ENTRY, lsn, server));
        }
    }

    /** Writes one to files. */
    @Command(
            name = "export",
            mixinStandardHelpOptions = true,
            description =
                    "Writes each item of an entry, byte for byte, to a file of its own, and index.csv, which says of "
                            + "each update what it is, as hot-backup lost-and-found export does.")
    static final class Export extends OfEntry {

        @Option(
                names = "--items",
                required = true,
                paramLabel = "FOLDER",
                description = "The folder; it must not exist.")
        Path folder;

        @Override
        int run(TransactionLogQueueMXBean queue, String server) {
            int updates = new LostItemsFolder(folder)
                    .write((after, offset, limit) -> queue.contents(server, lsn, after, offset, limit));
            return output().done(MessageCode.UPDATES_WRITTEN, updates, folder, LostItemsFolder.INDEX);
        }
    }
}
