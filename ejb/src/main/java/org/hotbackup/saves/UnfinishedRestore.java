package org.hotbackup.saves;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.hotbackup.control.ItemStore;
import org.hotbackup.model.DPointer;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.ItemId;
import org.hotbackup.model.Update;

/**
 * An account that is being restored has an item in its master dictionary that says so, from the transaction that makes it to the
 * end of its tape file. If the restore ends before, whatever the reason, the item stays, and goes with the account.
 */
public final class UnfinishedRestore {

    private static final ItemId MARK = ItemId.of("hot-backup.restore.unfinished");
    private static final byte[] TEXT =
            "this account is being restored, or half restored".getBytes(StandardCharsets.UTF_8);

    private UnfinishedRestore() {}

    /** Makes an account that is half restored. */
    static void begin(ItemStore store, String account, DPointer pointer) {
        FilePath path = FilePath.masterDictionary(account);
        store.execute(List.of(new Update.AccountCreated(path, pointer), new Update.ItemWritten(path, MARK, TEXT)));
    }

    /** It is whole. */
    static void end(ItemStore store, String account) {
        store.delete(FilePath.masterDictionary(account), MARK);
    }

    /** Whether an account is there and half restored, or being restored at this moment. */
    public static boolean isHalf(ItemStore store, String account) {
        FilePath path = FilePath.masterDictionary(account);
        return store.file(path).isPresent() && store.read(path, MARK).isPresent();
    }

    /** All accounts that are. */
    public static List<String> accounts(ItemStore store) {
        return store.accounts().stream()
                .filter(account -> isHalf(store, account))
                .toList();
    }

    /** Whether an item is not the account's but says this of it. */
    static boolean isMark(FilePath file, ItemId id) {
        return file.level() == FilePath.Level.MASTER_DICTIONARY && id.equals(MARK);
    }
}
