package org.hotbackup.txlog.tape;

import org.hotbackup.txlog.LogEntry;

/** What stands on a log tape, one after the other. */
public sealed interface LogTapeRecord {

    /**
     * Whose log follows: the first record of every log tape, and again whenever it changes.
     *
     * @param node the name of the node whose log it is
     * @param history identity of its store's history: LSNs of two histories cannot be compared
     * @param epoch the store's epoch (docs/adr/0012)
     * @param server the server that writes the tape
     * @param previousLsn the LSN that the first entry behind it follows on
     */
    record Origin(String node, String history, long epoch, String server, long previousLsn) implements LogTapeRecord {}

    /**
     * A committed unit of work.
     *
     * @param entry as it was taken from the queue
     */
    record Entry(LogEntry entry) implements LogTapeRecord {}
}
