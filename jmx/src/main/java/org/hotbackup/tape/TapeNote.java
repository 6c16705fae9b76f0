package org.hotbackup.tape;

import java.util.EnumSet;
import java.util.Set;
import org.hotbackup.control.messages.MessageCode;

/**
 * Something on a tape is not as it should be, or cannot be kept as it is, and the tape goes on.
 *
 * @param code which message of the catalogue
 * @param reel the reel, from 1
 * @param block the block on it where what it is about was found, from 0
 * @param loss whether something that is on the tape is not handed on
 * @param sentence the message; it names file and item where there are such
 */
public record TapeNote(MessageCode code, int reel, long block, boolean loss, String sentence) {

    private static final Set<MessageCode> DAMAGES = EnumSet.of(
            MessageCode.TAPE_COUNT_WRONG,
            MessageCode.TAPE_RECORD_UNKNOWN,
            MessageCode.TAPE_ITEM_WITHOUT_FILE,
            MessageCode.TAPE_ITEM_BROKEN,
            MessageCode.TAPE_FILE_WITHOUT_PARENT,
            MessageCode.TAPE_REPEAT_MISSING,
            MessageCode.TAPE_FILE_CHANGED,
            MessageCode.TAPE_FILE_NOT_NEXT,
            MessageCode.TAPE_ITEM_TWICE,
            MessageCode.TAPE_REELS_BEFORE_MISSING);

    /** Whether the tape is not what was written: a block is missing or there twice, or not what it was. Items may be lost. */
    public boolean isDamage() {
        return DAMAGES.contains(code);
    }

    /** Nothing is lost, but somebody should look. */
    static TapeNote warning(MessageCode code, int reel, long block, Object... values) {
        return new TapeNote(code, reel, block, false, code.text(TapeBroken.values(reel, block, values)));
    }

    /** Something is left out. */
    static TapeNote loss(MessageCode code, int reel, long block, Object... values) {
        return new TapeNote(code, reel, block, true, code.text(TapeBroken.values(reel, block, values)));
    }
}
