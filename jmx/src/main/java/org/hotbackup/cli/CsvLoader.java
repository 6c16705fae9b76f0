package org.hotbackup.cli;

import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.hotbackup.client.RestClient;
import org.hotbackup.client.RestRefusal;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.model.DPointer;
import org.hotbackup.model.DynamicArray;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.ItemId;
import org.hotbackup.model.Update;

/**
 * Loads items into a file that it creates: in the end the file is there with everything or not at all.
 *
 * <p>What fits goes in one transaction: account, file, dictionary and items. What does not fit goes in several, and until
 * the last one the file is marked: the first transaction creates it together with the item {@link #MARK} in its
 * dictionary, the last one deletes that item, and the {@link ImportJournal} names the file. A load that fails deletes the
 * file again; one whose process dies leaves the journal and the mark, and the next import on that node deletes the file
 * before it does anything else (the account stays). Meanwhile readers see the file as far as it is loaded.
 */
final class CsvLoader {

    /** The dictionary item that a file has until it is whole; its first attribute is the token of the journal. */
    static final ItemId MARK = ItemId.of("hb.import");

    private static final Set<String> NOT_THERE = Set.of(MessageCode.NO_ACCOUNT.id(), MessageCode.NO_FILE.id());
    private static final int ITEMS_A_GROUP = 10;
    private static final int LEAST_MODULO = 7;

    /**
     * How much goes in one transaction.
     *
     * @param onlyUpdates the most updates of an import in a single transaction
     * @param onlyBytes the most bytes of it, ids and bodies
     * @param updates the most updates of each transaction otherwise
     * @param bytes about the most bytes of it
     */
    record Sizes(int onlyUpdates, long onlyBytes, int updates, long bytes) {

        /** Half of what the store takes at once, and what keeps a pair busy without locking much. */
        static final Sizes USUAL = new Sizes(50_000, 32 << 20, 500, 8 << 20);
    }

    private final RestClient node;
    private final ImportJournal journal;
    private final FilePath file;
    private final FilePath dictionary;
    private final Sizes sizes;
    private final List<Update> waiting = new ArrayList<>();
    private long waitingBytes;
    private long loaded;
    private boolean begun;
    private boolean over;

    CsvLoader(RestClient node, ImportJournal journal, FilePath file, Sizes sizes) {
        this.node = node;
        this.journal = journal;
        this.file = file;
        this.dictionary = FilePath.dictionary(file.account(), file.file());
        this.sizes = sizes;
    }

    /**
     * Creates the file, and the account if there is none, and loads all items.
     *
     * @param rows how many items there are, as checked before
     * @throws Refusal if the file is there already
     */
    long load(CsvItems items, long rows, Consumer<String> progress) {
        takeBackWhatWasLeft(progress);
        boolean newAccount = !node.hasAccount(file.account());
        if (!newAccount && (node.hasFile(file) || node.hasFile(dictionary))) {
            throw new Refusal(MessageCode.FILE_EXISTS, file);
        }
        define(items.attributes(), rows, newAccount);
        Thread onInterrupt = new Thread(() -> giveUp(progress), "import clean-up");
        Runtime.getRuntime().addShutdownHook(onInterrupt);
        try {
            items.forEach(item -> add(new Update.ItemWritten(file, item.id(), item.body()), rows, progress));
            finish(rows);
            return loaded;
        } catch (RuntimeException e) {
            throw failed(e);
        } finally {
            if (!isOver()) {
                Runtime.getRuntime().removeShutdownHook(onInterrupt);
            }
        }
    }

    /** Account, file, and one dictionary item for each attribute: A, its number, heading, left justified. */
    private void define(List<String> attributes, long rows, boolean newAccount) {
        if (newAccount) {
            waiting.add(new Update.AccountCreated(FilePath.masterDictionary(file.account()), DPointer.of("DL", 101)));
        }
        int modulo = (int) Math.max(LEAST_MODULO, Math.min(DPointer.MAX_MODULO, rows / ITEMS_A_GROUP));
        waiting.add(new Update.FileCreated(file, DPointer.of("DL", modulo)));
        for (int i = 0; i < attributes.size(); i++) {
            String name = attributes.get(i);
            byte[] definition = DynamicArray.ofAttributes(
                            "A", Integer.toString(i + 1), name, "", "", "", "", "", "L", "15")
                    .bytes();
            waiting.add(new Update.ItemWritten(dictionary, ItemId.of(name), definition));
        }
    }

    private synchronized void add(Update.ItemWritten item, long rows, Consumer<String> progress) {
        refuseIfOver();
        waiting.add(item);
        waitingBytes += item.id().length() + item.body().length;
        loaded++;
        if (!begun && (waiting.size() > sizes.onlyUpdates() || waitingBytes > sizes.onlyBytes())) {
            begin();
            sendInParts();
        } else if (begun && (waiting.size() >= sizes.updates() || waitingBytes >= sizes.bytes())) {
            sendInParts();
        }
        if (begun && loaded % sizes.onlyUpdates() == 0) {
            progress.accept(loaded + " of " + rows + " items");
        }
    }

    /** It will not be one transaction: from here on, what is there is marked as not whole. */
    private void begin() {
        ImportJournal.Begun what =
                new ImportJournal.Begun(file, UUID.randomUUID().toString());
        journal.begin(what);
        begun = true;
        int afterFile = waiting.get(0) instanceof Update.AccountCreated ? 2 : 1;
        byte[] mark = DynamicArray.ofAttributes(
                        what.token(),
                        Instant.now().truncatedTo(ChronoUnit.SECONDS).toString())
                .bytes();
        waiting.add(afterFile, new Update.ItemWritten(dictionary, MARK, mark));
    }

    private void sendInParts() {
        int from = 0;
        long bytes = 0;
        for (int to = 0; to < waiting.size(); to++) {
            bytes += waiting.get(to) instanceof Update.ItemWritten item ? item.body().length : 0;
            if (to + 1 - from >= sizes.updates() || bytes >= sizes.bytes() || to + 1 == waiting.size()) {
                node.execute(waiting.subList(from, to + 1));
                from = to + 1;
                bytes = 0;
            }
        }
        waiting.clear();
        waitingBytes = 0;
    }

    private synchronized void finish(long rows) {
        refuseIfOver();
        if (loaded != rows) {
            throw new Failed(
                    "The CSV file was changed while it was read: " + rows + " rows before, " + loaded + " now.");
        }
        if (begun) {
            waiting.add(new Update.ItemDeleted(dictionary, MARK));
            sendInParts();
            journal.end();
        } else {
            node.execute(waiting);
        }
    }

    private synchronized boolean isOver() {
        return over;
    }

    private void refuseIfOver() {
        if (over) {
            throw new Failed("The import was interrupted.");
        }
    }

    /** Ctrl-C: the loading thread goes no further, and what it sent is taken back at once. */
    synchronized void giveUp(Consumer<String> progress) {
        over = true;
        if (begun) {
            try {
                takeBack();
                progress.accept("The import was interrupted; what it had loaded into '" + file + "' is deleted again.");
            } catch (RestRefusal | UncheckedIOException e) {
                // the journal stays
                progress.accept(
                        "The import was interrupted; the next import on this node deletes '" + file + "' first.");
            }
        }
    }

    private synchronized RuntimeException failed(RuntimeException failure) {
        if (over) {
            return failure;
        }
        if (!begun) {
            return failure instanceof UncheckedIOException
                    ? new Failed(HotBackup.sentence(failure) + " Everything is in '" + file
                            + "' or nothing; see hot-backup digest " + file + ".")
                    : failure;
        }
        try {
            takeBack();
            return failure;
        } catch (RestRefusal | UncheckedIOException e) {
            return new Failed(HotBackup.sentence(failure) + " The file '" + file
                    + "' was begun and cannot be deleted now; the next import on this node deletes it first.");
        }
    }

    private void takeBack() {
        journal.left().ifPresent(this::deleteIfMarked);
        journal.end();
    }

    private void takeBackWhatWasLeft(Consumer<String> progress) {
        journal.left().ifPresent(left -> {
            if (deleteIfMarked(left)) {
                progress.accept("An import into '" + left.file() + "' had been broken off; what it left is deleted.");
            }
        });
        journal.end();
    }

    /** A file that has the journal's token in its dictionary is not whole; one without it is somebody's own. */
    private boolean deleteIfMarked(ImportJournal.Begun what) {
        FilePath itsDictionary =
                FilePath.dictionary(what.file().account(), what.file().file());
        try {
            boolean marked = node.read(itsDictionary, MARK)
                    .filter(mark -> DynamicArray.of(mark).extract(1).equals(what.token()))
                    .isPresent();
            if (marked) {
                node.deleteFile(itsDictionary);
            }
            return marked;
        } catch (RestRefusal e) {
            if (NOT_THERE.contains(e.code())) {
                return false;
            }
            throw e;
        }
    }
}
