package org.hotbackup.server;

import java.util.Locale;
import org.hotbackup.control.OperationReceipt;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.model.ItemId;
import org.hotbackup.saves.TapeWork;
import org.hotbackup.tape.ItemForm;
import org.hotbackup.tape.LogTapeReport;
import org.hotbackup.tape.TapeCheck;
import org.hotbackup.tape.TapeFile;
import org.hotbackup.tape.TapeFileSummary;
import org.hotbackup.tape.TapeHandler;
import org.hotbackup.tape.TapeNote;
import org.hotbackup.tape.TapeReport;

/** Counts what is on a tape. Not thread-safe. */
final class TapeReading implements TapeHandler {

    private final TapeWork work;
    private final TapeCheck check = new TapeCheck();

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
        check.item(file, id, body, form);
    }

    @Override
    public void note(TapeNote note) {
        work.note(note);
        check.note(note);
    }

    @Override
    public void log(LogTapeReport found, int reel, long block) {
        check.log(found, reel, block);
        work.say(MessageCode.TAPE_LOG_READ, reel, block, found.message());
    }

    @Override
    public void ended(TapeFileSummary summary) {
        check.ended(summary);
        if (summary.kind() == TapeFileSummary.Kind.LOG) {
            return;
        }
        work.say(
                MessageCode.TAPE_FILE_READ,
                summary.reel(),
                summary.block(),
                summary.kind().name().toLowerCase(Locale.ROOT) + " '"
                        + summary.label().replaceAll("\\p{Cntrl}", ".") + "'",
                "blocks " + summary.blocks() + ", items " + summary.allItems() + ", binary " + summary.binaryItems()
                        + ", bytes " + summary.bytes());
    }

    /** What the whole tape amounts to, by the judgement of {@code tape verify}. */
    OperationReceipt receipt() {
        TapeReport report = check.report();
        return new OperationReceipt(
                report.outcome().isGood() ? OperationReceipt.Outcome.DONE : OperationReceipt.Outcome.REFUSED,
                report.messageId(),
                report.message());
    }
}
