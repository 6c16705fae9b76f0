package org.hotbackup.tape;

import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.model.ItemId;

/**
 * Takes what a tape holds, in its order, in the thread that reads it. What it throws ends the reading and comes out of the
 * reader unchanged. In a save a file comes before its items, an account before its files, and the items of a file after
 * all files that stand in it; in a dump there is one file, which the label names and nothing defines.
 */
public interface TapeHandler {

    /** A tape file begins; tape files without a label have none of this. */
    default void label(TapeLabel label) {}

    /** A file is defined: an account, a dictionary, a data section, or SYSTEM itself. */
    default void file(TapeFile file) {}

    /** A name of a file that was defined before under another one. */
    default void synonym(TapeSynonym synonym) {}

    /**
     * An item.
     *
     * @param file the file it is of
     * @param id its id
     * @param body its bytes without the attribute mark that closes it on the tape; the receiver's to keep
     * @param form how it stands on the tape
     */
    default void item(TapeFile file, ItemId id, byte[] body, ItemForm form) {}

    /** Something was tolerated or left out, see {@link TapeNote}. */
    default void note(TapeNote note) {}

    /**
     * A tape file holds the transaction log; who does not ask for that has it named as what is passed over.
     *
     * @param reel the reel on which its label stands, from 1
     * @param block the block on it, from 0
     */
    default void log(LogTapeReport log, int reel, long block) {
        note(TapeNote.warning(MessageCode.TAPE_FILE_LOG, reel, block, log.label()));
    }

    /** A tape file has ended as it should. */
    default void ended(TapeFileSummary summary) {}
}
