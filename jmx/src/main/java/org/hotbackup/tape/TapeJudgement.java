package org.hotbackup.tape;

import org.hotbackup.control.messages.MessageCode;

/** How a tape stands by all that was noted on it: the same for who checks it, with a node or without, and for who restores it. */
public final class TapeJudgement {

    private long notes;
    private long losses;
    private long damages;
    private boolean unmarked;
    private boolean unproved;

    /** Something was noted. */
    public void note(TapeNote note) {
        notes++;
        losses += note.loss() ? 1 : 0;
        damages += note.isDamage() ? 1 : 0;
        unmarked |= note.code() == MessageCode.TAPE_END_UNMARKED;
    }

    /** A tape file has ended. */
    public void ended(TapeFileSummary summary) {
        unproved |= !summary.proved();
    }

    /** How often the tape was found to be damaged. */
    public long damages() {
        return damages;
    }

    /** How much on it was left out. */
    public long losses() {
        return losses;
    }

    /** How it stands, if it can be read to its end. */
    public TapeReport.Outcome outcome() {
        if (damages > 0) {
            return TapeReport.Outcome.DAMAGED;
        } else if (losses > 0) {
            return TapeReport.Outcome.INCOMPLETE;
        } else if (unmarked) {
            return TapeReport.Outcome.UNMARKED;
        } else if (notes > 0) {
            return TapeReport.Outcome.ODD;
        }
        return unproved ? TapeReport.Outcome.READABLE : TapeReport.Outcome.WHOLE;
    }
}
