package org.hotbackup.saves;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.hotbackup.control.ItemStore;
import org.hotbackup.model.FileDefinition;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.FilePath.Level;
import org.hotbackup.model.ItemId;
import org.hotbackup.model.Update;

/**
 * An account that is being restored has an item in its master dictionary that says so, from the transaction that makes it to the
 * end of its tape file. If the restore ends before, whatever the reason, the item stays, and goes with the account. Account {@code dm}
 * is always there and its master dictionary nobody's to write: a file of it has that item in its own dictionary. What is half restored has a
 * name: the account's, or {@code dm,file}.
 */
public final class UnfinishedRestore {

    /** The account in which the node's own files are: it is always there. */
    static final String OWN = "dm";

    private static final ItemId MARK = ItemId.of("hot-backup.restore.unfinished");

    private UnfinishedRestore() {}

    /** Says it of an account, or a file of account {@code dm}: to be made with what makes that. */
    static Update mark(HalfRestored half) {
        return new Update.ItemWritten(marked(half.name()), MARK, half.mark());
    }

    /** It is whole. */
    static void end(ItemStore store, String name) {
        store.delete(marked(name), MARK);
    }

    /** What the file of a section is called here. */
    static String name(FilePath section) {
        return FilePath.data(section.account(), section.file()).toString();
    }

    /** Where the item is, if it is. */
    private static FilePath marked(String name) {
        return name.contains(",") ? FilePath.parse(name).definedIn() : FilePath.masterDictionary(name);
    }

    /** Whether an account, or a file of account {@code dm}, is there and half restored, or being restored at this moment. */
    public static boolean isHalf(ItemStore store, String name) {
        return half(store, name).isPresent();
    }

    /** What is kept of an account, or a file of account {@code dm}, that is there and half restored; empty if it is whole. */
    public static Optional<HalfRestored> half(ItemStore store, String name) {
        FilePath path = marked(name);
        return store.file(path).flatMap(file -> store.read(path, MARK)).map(mark -> HalfRestored.in(name, mark));
    }

    /** All accounts that are, and all files of account {@code dm}. */
    public static List<HalfRestored> all(ItemStore store) {
        boolean own = store.file(FilePath.masterDictionary(OWN)).isPresent();
        Stream<String> files = own
                ? store.files(OWN).stream()
                        .map(FileDefinition::path)
                        .filter(path -> path.level() == Level.DICTIONARY)
                        .map(UnfinishedRestore::name)
                : Stream.empty();
        return Stream.concat(store.accounts().stream(), files)
                .flatMap(name -> half(store, name).stream())
                .toList();
    }

    /** Whether an item is not the account's or file's but says this of it. */
    static boolean isMark(FilePath file, ItemId id) {
        boolean place = file.level() == Level.MASTER_DICTIONARY
                || file.level() == Level.DICTIONARY && file.account().equals(OWN);
        return place && id.equals(MARK);
    }
}
