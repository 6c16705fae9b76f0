package org.hotbackup.control;

import java.util.List;
import java.util.Optional;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.model.DPointer;
import org.hotbackup.model.FileDefinition;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.ItemId;
import org.hotbackup.model.Update;

/**
 * The multivalue store of this node, for code in the same server (an EJB implements it) and for REST.
 *
 * <p>Changes join the caller's JTA transaction, or make their own if there is none; all changes of one transaction are
 * one unit of work: one log entry, applied on a slave as a whole. Once the transaction's commit has returned, its effect
 * is on disk and survives any crash (I1). Items and files that a transaction changed are locked until it ends.
 *
 * <p>Every method throws {@link Refusal} with a sentence for the user (no such account, file; item too large; locked;
 * disk full ...); a transaction in which that happened is rolled back. Thread-safe.
 */
public interface ItemStore {

    /** Creates an account with an empty master dictionary. */
    void createAccount(String account, DPointer pointer);

    /** Deletes an account with all its files. */
    void deleteAccount(String account);

    /** The names of all accounts, sorted. */
    List<String> accounts();

    /** Creates a data section (and its dictionary if there is none) or a dictionary. */
    FileDefinition createFile(FilePath path, DPointer pointer);

    /**
     * Gives a section another D-pointer: another modulo (a resize), code or correlatives. Its items stay.
     *
     * @throws Refusal if there is no such section, or it is an account's master dictionary
     */
    FileDefinition redefineFile(FilePath path, DPointer pointer);

    /** Deletes a section and its items; a dictionary goes with all its data sections. */
    void deleteFile(FilePath path);

    /** Deletes all items of a section. */
    void clearFile(FilePath path);

    /** The definition of a section, empty if there is no such account or file. */
    Optional<FileDefinition> file(FilePath path);

    /**
     * All sections of an account, sorted by path.
     *
     * @throws Refusal if there is no such account
     */
    List<FileDefinition> files(String account);

    /**
     * The body of an item, empty if there is no such item.
     *
     * @throws Refusal if there is no such file
     */
    Optional<byte[]> read(FilePath file, ItemId id);

    /**
     * Creates or replaces an item.
     *
     * @return true if it was created, false if it was replaced
     */
    boolean write(FilePath file, ItemId id, byte[] body);

    /**
     * Deletes an item.
     *
     * @return false if there was none
     */
    boolean delete(FilePath file, ItemId id);

    /** Makes these updates in this order in one transaction: all or nothing. */
    void execute(List<Update> updates);

    /**
     * Excludes the caller's whole transaction from logging (docs/data-model.md 4, rule 2): no slave ever gets what it
     * changes. For data of this node alone; a slave is no image of the files that it touches any more. Not offered over
     * REST.
     *
     * @throws Refusal if something of the transaction is to be logged already, or if the caller has none
     */
    void excludeFromLogging();

    /** How many items a section holds. Counts them: not for use in a loop. */
    long itemCount(FilePath file);

    /**
     * The items after an id, in the order of their ids, read in pages: memory does not grow with the file.
     *
     * @param after where to begin, exclusive; null for the beginning
     * @param limit the most items, at least 1
     * @return as many items as there are, at most {@code limit} and at most some megabytes; empty at the end
     */
    List<StoredItem> items(FilePath file, ItemId after, int limit);

    /** Count and SHA-256 of a section's image: over all items in order of id, length and bytes of id and body. */
    FileDigest digest(FilePath file);

    /**
     * An item as it stands in a file.
     *
     * @param id its id
     * @param body its bytes, not copied
     */
    record StoredItem(ItemId id, byte[] body) {}
}
