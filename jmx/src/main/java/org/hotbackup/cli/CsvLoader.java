package org.hotbackup.cli;

import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
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
 * Loads items into a file that it creates. If anything fails the file is deleted again: the file is there with everything
 * or not at all.
 */
final class CsvLoader {

    private static final int TRANSACTION_ITEMS = 500;
    private static final long TRANSACTION_BYTES = 8 << 20;
    private static final int PROGRESS_ITEMS = 50_000;
    private static final int ITEMS_A_GROUP = 10;

    private final RestClient node;
    private final FilePath file;
    private final List<Update> transaction = new ArrayList<>();
    private long bytes;
    private long loaded;

    CsvLoader(RestClient node, FilePath file) {
        this.node = node;
        this.file = file;
    }

    /**
     * Creates the file, and the account if there is none, and loads all items.
     *
     * @throws Refusal if the file is there already
     */
    long load(CsvItems items, long rows, Consumer<String> progress) {
        if (node.hasAccount(file.account()) && node.hasFile(file)) {
            throw new Refusal(MessageCode.FILE_EXISTS, file);
        }
        if (!node.hasAccount(file.account())) {
            node.createAccount(file.account(), DPointer.of("DL", 101));
        }
        int modulo = (int) Math.max(7, Math.min(DPointer.MAX_MODULO, rows / ITEMS_A_GROUP));
        node.createFile(file, DPointer.of("DL", modulo));
        try {
            writeDictionary(items.attributes());
            items.forEach(item -> {
                transaction.add(new Update.ItemWritten(file, item.id(), item.body()));
                bytes += item.body().length;
                if (transaction.size() >= TRANSACTION_ITEMS || bytes >= TRANSACTION_BYTES) {
                    commit(progress, rows);
                }
            });
            commit(progress, rows);
            return loaded;
        } catch (RuntimeException e) {
            takeBack(e);
            throw e;
        }
    }

    /** One definition item for each attribute: A, its number, heading, left justified. */
    private void writeDictionary(List<String> attributes) {
        FilePath dictionary = FilePath.dictionary(file.account(), file.file());
        for (int i = 0; i < attributes.size(); i++) {
            byte[] definition = DynamicArray.ofAttributes(
                            "A", Integer.toString(i + 1), attributes.get(i), "", "", "", "", "", "L", "15")
                    .bytes();
            node.write(dictionary, ItemId.of(attributes.get(i)), definition);
        }
    }

    private void commit(Consumer<String> progress, long rows) {
        if (transaction.isEmpty()) {
            return;
        }
        node.execute(transaction);
        long before = loaded / PROGRESS_ITEMS;
        loaded += transaction.size();
        transaction.clear();
        bytes = 0;
        if (loaded / PROGRESS_ITEMS > before) {
            progress.accept(loaded + " of " + rows + " items");
        }
    }

    private void takeBack(RuntimeException failure) {
        try {
            node.deleteFile(FilePath.dictionary(file.account(), file.file()));
        } catch (RestRefusal | UncheckedIOException e) {
            failure.addSuppressed(e);
            throw new Failed(HotBackup.sentence(failure) + " The file '" + file
                    + "' was begun and could not be deleted again; delete it and import once more.");
        }
    }
}
