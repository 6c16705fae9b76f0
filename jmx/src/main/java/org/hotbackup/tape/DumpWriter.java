package org.hotbackup.tape;

import java.time.LocalDateTime;
import org.hotbackup.model.ItemId;
import org.hotbackup.model.Marks;

/**
 * Writes a T-DUMP as one tape file (docs/tape-format.md 3). What cannot stand there as text goes into frames, which
 * other systems may not know in a dump (docs/adr/0017). Not thread-safe.
 */
public final class DumpWriter {

    private final TapeWriter tape;
    private final RecordWriter records;

    /**
     * Begins a dump.
     *
     * @param label what its label says, file name and heading; null for a dump without a label
     * @param time of binary items
     * @throws TapeBroken if it cannot be written
     */
    public DumpWriter(TapeWriter tape, String label, LocalDateTime time) {
        this.tape = tape;
        this.records = new RecordWriter(tape, TapeLabel.stamp(time));
        if (label != null) {
            tape.label(label);
        }
    }

    /**
     * Writes an item.
     *
     * @return in which form
     * @throws TapeBroken if it cannot be written
     */
    public ItemForm item(ItemId id, byte[] body) {
        if (!PlainText.fitsDump(body)) {
            records.frames(0, 0, id, body);
            return ItemForm.FRAMES;
        }
        tape.write(id.bytes());
        tape.write(Marks.ATTRIBUTE);
        if (body.length > 0) {
            tape.write(body);
            tape.write(Marks.ATTRIBUTE);
        }
        tape.write(Marks.START_BUFFER);
        return ItemForm.PLAIN;
    }

    /**
     * Ends the dump and its tape file.
     *
     * @throws TapeBroken if it cannot be written
     */
    public void end() {
        records.end(DumpReader.END);
        tape.endFile(Marks.START_BUFFER);
    }
}
