package org.hotbackup.tape;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.model.ItemId;

/** Reads a whole tape as a restore does, keeps nothing, and reports what there is. In memory that does not grow with it. */
public final class TapeCheck {

    /** The most tape files that are listed. */
    static final int MOST_FILES = 1_000;

    /** The most notes that are listed. */
    static final int MOST_NOTES = 100;

    private final List<TapeFileSummary> files = new ArrayList<>();
    private final List<TapeNote> notes = new ArrayList<>();
    private long fileCount;
    private long noteCount;
    private long losses;
    private boolean unmarked;
    private long items;
    private long bytes;
    private long blocks;

    private TapeCheck() {}

    /**
     * Checks a tape.
     *
     * @param format how its blocks are laid out; empty if that is to be found out
     */
    public static TapeReport of(ReelSource reels, Optional<BlockFormat> format) {
        TapeCheck check = new TapeCheck();
        try {
            new TapeReader(reels, format, check.new Counting()).readAll();
            return check.report();
        } catch (TapeBroken e) {
            return check.report(TapeReport.Outcome.BROKEN, e.code(), e.getMessage());
        }
    }

    private TapeReport report() {
        if (losses > 0) {
            return report(TapeReport.Outcome.INCOMPLETE, MessageCode.TAPE_NOT_REPRESENTED);
        } else if (unmarked) {
            return report(TapeReport.Outcome.UNMARKED, MessageCode.TAPE_UNMARKED);
        } else if (noteCount > 0) {
            return report(TapeReport.Outcome.ODD, MessageCode.TAPE_READABLE);
        }
        return report(TapeReport.Outcome.WHOLE, MessageCode.TAPE_WHOLE);
    }

    private TapeReport report(TapeReport.Outcome outcome, MessageCode code) {
        return report(outcome, code, code.text(fileCount, items, blocks, noteCount));
    }

    private TapeReport report(TapeReport.Outcome outcome, MessageCode code, String message) {
        return new TapeReport(outcome, code.id(), message, fileCount, items, bytes, blocks, noteCount, files, notes);
    }

    private final class Counting implements TapeHandler {

        @Override
        public void item(TapeFile file, ItemId id, byte[] body, ItemForm form) {
            items++;
            bytes += body.length;
        }

        @Override
        public void note(TapeNote note) {
            noteCount++;
            losses += note.loss() ? 1 : 0;
            unmarked |= note.code() == MessageCode.TAPE_END_UNMARKED;
            if (notes.size() < MOST_NOTES) {
                notes.add(note);
            }
        }

        @Override
        public void ended(TapeFileSummary summary) {
            fileCount++;
            blocks += summary.blocks();
            if (files.size() < MOST_FILES) {
                files.add(summary);
            }
        }
    }
}
