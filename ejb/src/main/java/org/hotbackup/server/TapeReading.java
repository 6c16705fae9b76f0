package org.hotbackup.server;

import java.util.Locale;
import org.hotbackup.control.OperationReceipt;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.model.ItemId;
import org.hotbackup.saves.TapeWork;
import org.hotbackup.tape.ItemForm;
import org.hotbackup.tape.TapeFile;
import org.hotbackup.tape.TapeFileSummary;
import org.hotbackup.tape.TapeHandler;
import org.hotbackup.tape.TapeNote;

/** Counts what is on a tape. Not thread-safe. */
final class TapeReading implements TapeHandler {

    private final TapeWork work;
    private long files;
    private long blocks;

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
    public void ended(TapeFileSummary summary) {
        files++;
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
