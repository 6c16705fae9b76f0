package org.hotbackup.verify;

import java.util.List;
import java.util.Optional;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.ItemId;
import org.hotbackup.model.RangeCheck;

/**
 * The master's store as a comparison sees it. Every method that writes to the log throws {@link
 * org.hotbackup.control.messages.Refusal} if that cannot be done now and may be later; nothing was written then.
 */
public interface ComparedStore {

    /** The sections that are logged now, sorted: those that a slave must have as they are here. */
    List<FilePath> files();

    /**
     * Reads a range while nobody writes to its section, and says what it amounts to in the log, at the place where that is
     * true.
     *
     * @param patienceMillis how long to wait for the writers that are at work
     * @return empty if the section is gone or no longer logged
     */
    Optional<Said> say(FilePath file, RangeRequest request, long patienceMillis);

    /** Ids of a section in their order, empty at its end or if it is gone. */
    List<ItemId> ids(FilePath file, Optional<ItemId> after, int limit);

    /**
     * Writes items to the log once more, each as it is now: its body, or that it is gone.
     *
     * @param ids sorted
     * @return how many were written, from the first on: as many as one transaction should hold, at least one; 0 if the
     *     section is gone or no longer logged
     */
    int resend(FilePath file, List<ItemId> ids);

    /**
     * Writes to the log that a section which the slave does not have was created.
     *
     * @return false if the section is gone or no longer logged
     */
    boolean resendDefinition(FilePath file);

    /** Writes to the log how a section is defined; nothing if it is gone or no longer logged. */
    void resendPointer(FilePath file);

    /**
     * A range as the log has it now.
     *
     * @param lsn of the log entry that says it
     * @param check what it says
     * @param nanos how long writers had to wait for it at most
     */
    record Said(long lsn, RangeCheck check, long nanos) {}
}
