package org.hotbackup.verify;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.hotbackup.model.FilePath;

/**
 * Sends the D-pointers of files to the slave once more, through the log: a comparison looks at items and at which files there
 * are, not at how they are defined. The slave leaves one that it has as it is. For one thread.
 */
public final class DefinitionsRepair {

    private final ComparedStore store;
    private final Deque<FilePath> toSend;

    /** Of these files; the list of files and accounts are passed over. */
    public DefinitionsRepair(ComparedStore store, List<FilePath> files) {
        this.store = store;
        toSend = new ArrayDeque<>(files);
        toSend.removeIf(file -> file.equals(FileList.PATH) || file.level() == FilePath.Level.MASTER_DICTIONARY);
    }

    /**
     * Sends one.
     *
     * @return whether there was one
     * @throws org.hotbackup.control.messages.Refusal if it cannot be done now; it goes on from the same place
     */
    public boolean step() {
        FilePath file = toSend.peek();
        if (file == null) {
            return false;
        }
        store.resendPointer(file);
        toSend.remove();
        return true;
    }
}
