package org.hotbackup.control;

import javax.management.ConstructorParameters;

/**
 * What replaying one update of a record of lost+found would do.
 *
 * @param number its place in the record, from 1 on
 * @param operation what the update does, in the words of {@link UpdateContent#OPERATIONS}
 * @param file the path of its file; of an account {@code shop,,}
 * @param item the id of its item; empty if there is none
 * @param replayed whether a replay performs it; not if it was updated since, or checks only
 * @param effect what would change, a clause
 */
public record ReplayChange(int number, String operation, String file, String item, boolean replayed, String effect) {

    /** For MXBean tools. */
    @ConstructorParameters({"number", "operation", "file", "item", "replayed", "effect"})
    public ReplayChange {}

    public int getNumber() {
        return number;
    }

    public String getOperation() {
        return operation;
    }

    public String getFile() {
        return file;
    }

    public String getItem() {
        return item;
    }

    public boolean isReplayed() {
        return replayed;
    }

    public String getEffect() {
        return effect;
    }
}
