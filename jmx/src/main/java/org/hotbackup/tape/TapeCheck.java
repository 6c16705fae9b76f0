package org.hotbackup.tape;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.model.ItemId;

/**
 * Reads a whole tape as a restore does, keeps nothing, and reports what there is. In memory that does not grow with it. As a handler it
 * is told what somebody else reads. Not thread-safe.
 */
public final class TapeCheck implements TapeHandler {

    /** The most tape files that are listed. */
    static final int MOST_FILES = 1_000;

    /** The most notes that are listed. */
    static final int MOST_NOTES = 100;

    /** The most of one kind that are listed one behind the other, if they say that the tape is damaged. */
    private static final int MOST_ALIKE = 5;

    private final TapeJudgement judgement = new TapeJudgement();
    private final List<TapeFileSummary> files = new ArrayList<>();
    private final List<TapeNote> notes = new ArrayList<>();
    private Optional<LogTapeReport> log = Optional.empty();
    private Optional<TapeNote> last = Optional.empty();
    private long alike;
    private long fileCount;
    private long others;
    private long noteCount;
    private long items;
    private long bytes;
    private long blocks;

    /**
     * Checks a tape.
     *
     * @param format how its blocks are laid out; empty if that is to be found out
     */
    public static TapeReport of(ReelSource reels, Optional<BlockFormat> format) {
        TapeCheck check = new TapeCheck();
        try {
            new TapeReader(reels, format, check).readAll();
            return check.report();
        } catch (TapeBroken e) {
            return check.report(TapeReport.Outcome.BROKEN, e.code().id(), e.getMessage());
        }
    }

    @Override
    public void item(TapeFile file, ItemId id, byte[] body, ItemForm form) {
        items++;
        bytes += body.length;
    }

    @Override
    public void note(TapeNote note) {
        noteCount++;
        judgement.note(note);
        boolean again = note.isDamage()
                && last.filter(before -> before.code() == note.code()).isPresent();
        if (!again) {
            endRun();
            alike = 0;
        }
        alike++;
        last = Optional.of(note);
        if (alike <= MOST_ALIKE) {
            list(note);
        }
    }

    /** What was noted again and again is one sentence. */
    private void endRun() {
        if (alike > MOST_ALIKE) {
            TapeNote end = last.orElseThrow();
            list(TapeNote.warning(MessageCode.TAPE_NOTES_ALIKE, end.reel(), end.block(), alike - MOST_ALIKE));
            noteCount -= alike - MOST_ALIKE - 1;
        }
    }

    private void list(TapeNote note) {
        if (notes.size() < MOST_NOTES) {
            notes.add(note);
        }
    }

    @Override
    public void log(LogTapeReport found, int reel, long block) {
        boolean worse = log.isEmpty() || found.outcome() != TapeReport.Outcome.WHOLE;
        log = worse ? Optional.of(found) : log;
    }

    @Override
    public void ended(TapeFileSummary summary) {
        judgement.ended(summary);
        fileCount++;
        if (summary.kind() != TapeFileSummary.Kind.LOG) {
            others++;
            blocks += summary.blocks();
        }
        if (files.size() < MOST_FILES) {
            files.add(summary);
        }
    }

    /** What the whole tape amounts to, when it was read to its end. */
    public TapeReport report() {
        endRun();
        alike = 0;
        Optional<LogTapeReport> broken = log.filter(found -> found.outcome() != TapeReport.Outcome.WHOLE);
        if (broken.isPresent()) {
            return report(broken.get());
        } else if (log.isPresent() && others == 0) {
            return report(log.get());
        }
        TapeReport.Outcome outcome = judgement.outcome();
        MessageCode code =
                switch (outcome) {
                    case WHOLE -> MessageCode.TAPE_WHOLE;
                    case READABLE -> MessageCode.TAPE_READ_TO_END;
                    case ODD -> MessageCode.TAPE_READABLE;
                    case UNMARKED -> MessageCode.TAPE_UNMARKED;
                    case INCOMPLETE -> MessageCode.TAPE_NOT_REPRESENTED;
                    case DAMAGED, BROKEN -> MessageCode.TAPE_CHECK_DAMAGED;
                };
        String sentence = outcome == TapeReport.Outcome.DAMAGED
                ? code.text(fileCount, items, judgement.damages())
                : code.text(fileCount, items, blocks, noteCount);
        return report(outcome, code.id(), sentence);
    }

    private TapeReport report(LogTapeReport of) {
        return report(of.outcome(), of.code(), of.message());
    }

    private TapeReport report(TapeReport.Outcome outcome, String messageId, String message) {
        return new TapeReport(outcome, messageId, message, fileCount, items, bytes, blocks, noteCount, files, notes);
    }
}
