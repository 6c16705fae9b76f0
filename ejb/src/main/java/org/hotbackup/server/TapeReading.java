package org.hotbackup.server;

import java.util.Locale;
import java.util.Optional;
import org.hotbackup.control.OperationReceipt;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.model.ItemId;
import org.hotbackup.saves.TapeWork;
import org.hotbackup.tape.ItemForm;
import org.hotbackup.tape.LogTapeReport;
import org.hotbackup.tape.TapeFile;
import org.hotbackup.tape.TapeFileSummary;
import org.hotbackup.tape.TapeHandler;
import org.hotbackup.tape.TapeNote;
import org.hotbackup.tape.TapeReport;

/** Counts what is on a tape. Not thread-safe. */
final class TapeReading implements TapeHandler {

    private final TapeWork work;
    private long files;
    private long others;
    private long blocks;
    private Optional<LogTapeReport> log = Optional.empty();

    TapeReading(TapeWork work) {
        this.work = work;
    }

    @Override
    public void file(TapeFile file) {
        work.file(file.toString());
    }

    @Override
    public void item(TapeFile file, ItemId id, byte[] body, ItemForm form) {
        work.done(1, body.length);
    }

    @Override
    public void note(TapeNote note) {
        work.note(note);
    }

    @Override
    public void log(LogTapeReport found, int reel, long block) {
        boolean worse = log.isEmpty() || found.outcome() != TapeReport.Outcome.WHOLE;
        log = worse ? Optional.of(found) : log;
        work.say(MessageCode.TAPE_LOG_READ, reel, block, found.message());
    }

    @Override
    public void ended(TapeFileSummary summary) {
        files++;
        if (summary.kind() == TapeFileSummary.Kind.LOG) {
            return;
        }
        others++;
        blocks += summary.blocks();
        work.say(
                MessageCode.TAPE_FILE_READ,
                summary.reel(),
                summary.block(),
                summary.kind().name().toLowerCase(Locale.ROOT) + " '"
                        + summary.label().replaceAll("\\p{Cntrl}", ".") + "'",
                "blocks " + summary.blocks() + ", items " + summary.allItems() + ", binary " + summary.binaryItems()
                        + ", bytes " + summary.bytes());
    }

    /** What the whole tape amounts to. */
    OperationReceipt receipt() {
        Optional<LogTapeReport> broken = log.filter(found -> found.outcome() != TapeReport.Outcome.WHOLE);
        if (broken.isPresent()) {
            return new OperationReceipt(
                    OperationReceipt.Outcome.REFUSED,
                    broken.get().code(),
                    broken.get().message());
        } else if (log.isPresent() && others == 0) {
            return new OperationReceipt(
                    OperationReceipt.Outcome.DONE, log.get().code(), log.get().message());
        }
        if (work.damages() > 0) {
            throw new Refusal(MessageCode.TAPE_CHECK_DAMAGED, files, work.items(), work.damages());
        }
        if (work.leftOut() > 0) {
            return OperationReceipt.done(
                    MessageCode.TAPE_NOT_REPRESENTED, files, work.items(), blocks, work.noteCount());
        } else if (work.noteCount() > 0) {
            return OperationReceipt.done(MessageCode.TAPE_READABLE, files, work.items(), blocks, work.noteCount());
        }
        return OperationReceipt.done(MessageCode.TAPE_WHOLE, files, work.items(), blocks);
    }
}
