package org.hotbackup.tape;

import java.util.List;

/**
 * What checking a tape found.
 *
 * @param outcome how it stands
 * @param messageId the number of the message
 * @param message one sentence: what the tape holds, or where and why it cannot be read any further
 * @param fileCount how many tape files there are
 * @param items how many items can be restored
 * @param bytes how many bytes these have, ids left out
 * @param blocks how many blocks of data there are
 * @param noteCount how many notes there are
 * @param files the tape files in their order, the first {@value TapeCheck#MOST_FILES}
 * @param notes what is odd or cannot be restored, in its order, the first {@value TapeCheck#MOST_NOTES}
 */
public record TapeReport(
        Outcome outcome,
        String messageId,
        String message,
        long fileCount,
        long items,
        long bytes,
        long blocks,
        long noteCount,
        List<TapeFileSummary> files,
        List<TapeNote> notes) {

    /** How a tape stands. */
    public enum Outcome {
        /** All of it can be read and restored, and it is what was written: the tape proves that itself. */
        WHOLE,
        /** All of it can be read and restored; nothing on the tape proves that no block is missing or was changed. */
        READABLE,
        /** All of it can be restored; something is not as it should be. */
        ODD,
        /** All that is there can be restored, but nothing marks the end of the tape: more of it may be missing. */
        UNMARKED,
        /** It can be read to its end, and something on it cannot be restored. */
        INCOMPLETE,
        /** It can be read to its end, and is not what was written: blocks are missing, there twice or changed. */
        DAMAGED,
        /** It cannot be read to its end. */
        BROKEN;

        /** Whether all of it can be restored, as far as the tape tells: otherwise who checks or restores it ends with status 1. */
        public boolean isGood() {
            return this == WHOLE || this == READABLE || this == ODD;
        }
    }
}
