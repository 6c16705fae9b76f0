package org.hotbackup.model;

/**
 * One change to the database: what a unit of work is made of, what the transaction log carries, and what a slave
 * applies. Every update is whole (an item's complete body), so applying it twice leaves the same image.
 */
public sealed interface Update {

    /** An item was created or replaced by {@code body}, any bytes, up to {@link Limits#MAX_ITEM_BYTES}. Not copied. */
    record ItemWritten(FilePath file, ItemId id, byte[] body) implements Update {}

    /** An item was deleted. */
    record ItemDeleted(FilePath file, ItemId id) implements Update {}

    /** All items of one section were deleted. */
    record FileCleared(FilePath file) implements Update {}

    /** A section was created. Creating a data section creates its dictionary if there is none. */
    record FileCreated(FilePath file, DPointer pointer) implements Update {}

    /** A section got another D-pointer: another modulo (a resize), code or correlatives. Its items stay. */
    record FileRedefined(FilePath file, DPointer pointer) implements Update {}

    /** A section was deleted with its items; a dictionary goes with all its data sections. */
    record FileDeleted(FilePath file) implements Update {}

    /** An account was created, with its empty master dictionary. */
    record AccountCreated(FilePath file, DPointer pointer) implements Update {}

    /** An account was deleted with all its files. */
    record AccountDeleted(FilePath file) implements Update {}

    /**
     * Nothing was changed: the master says what a range of a section amounts to at this place of the log, and a slave
     * compares its own (issue 3, verify).
     */
    record RangeChecked(FilePath file, RangeCheck check) implements Update {}

    /** What it does, in the words of REST's transactions. */
    default String operation() {
        if (this instanceof ItemWritten) {
            return "write";
        } else if (this instanceof ItemDeleted) {
            return "delete";
        } else if (this instanceof FileCleared) {
            return "clear";
        } else if (this instanceof FileCreated) {
            return "create-file";
        } else if (this instanceof FileRedefined) {
            return "redefine-file";
        } else if (this instanceof FileDeleted) {
            return "delete-file";
        } else if (this instanceof AccountCreated) {
            return "create-account";
        }
        return this instanceof AccountDeleted ? "delete-account" : "compare";
    }

    /** The section it changes; for an account its master dictionary. */
    FilePath file();
}
