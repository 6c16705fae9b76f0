package org.hotbackup.control;

import javax.management.ConstructorParameters;

/**
 * A tape device of a node and what is the matter with it.
 *
 * @param name what it is called
 * @param kind pseudo-tape, compressed pseudo-tape, pipe or special file
 * @param path where it is
 * @param blockSize the bytes of data in a block: of the tape that was found on it, else as configured
 * @param readOnly whether nothing may be written
 * @param attachedBy the user who attached it, empty if nobody did
 * @param block where it stands, the number of the block that comes next; -1 if it has no positions or is not attached
 * @param task the id of what works on it, empty if nothing does
 * @param state what works or worked on it last is doing or came to, empty if nothing did
 */
public record TapeDevice(
        String name,
        String kind,
        String path,
        int blockSize,
        boolean readOnly,
        String attachedBy,
        long block,
        String task,
        String state) {

    /** For MXBean tools. */
    @ConstructorParameters({"name", "kind", "path", "blockSize", "readOnly", "attachedBy", "block", "task", "state"})
    public TapeDevice {}

    public String getName() {
        return name;
    }

    public String getKind() {
        return kind;
    }

    public String getPath() {
        return path;
    }

    public int getBlockSize() {
        return blockSize;
    }

    public boolean isReadOnly() {
        return readOnly;
    }

    public String getAttachedBy() {
        return attachedBy;
    }

    public long getBlock() {
        return block;
    }

    public String getTask() {
        return task;
    }

    public String getState() {
        return state;
    }

    /** One line for scripts. */
    @Override
    public String toString() {
        return TextLine.of(name, kind, path, blockSize, readOnly, attachedBy, block, task, state);
    }
}
