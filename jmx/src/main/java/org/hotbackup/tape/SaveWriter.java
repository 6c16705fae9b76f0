package org.hotbackup.tape;

import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.model.DPointer;
import org.hotbackup.model.DynamicArray;
import org.hotbackup.model.ItemId;

/**
 * Writes an account save or a file save in the layout of R83 (docs/tape-format.md 5): a header, then a tape file for
 * each account. The caller opens account, dictionary and data section and closes each behind its items, so that the
 * items of a file follow the files in it:
 *
 * <pre>
 * openAccount, openFile (dictionary), openFile (section), items, close, items, close, ..., items, close
 * </pre>
 *
 * <p>What cannot stand in a plain record goes into frames (docs/adr/0017). {@link Save} does all of that for whole accounts.
 * Not thread-safe.
 */
public final class SaveWriter {

    private static final String GOES_ON = "XC";
    private static final int CODE = 1;
    private static final int MODULO = 3;
    private static final int SYSTEM_MODULO = 11;
    private static final byte BLANK = ' ';

    private final TapeWriter tape;
    private final String heading;
    private final RecordWriter records;
    private final TapeHandler handler;
    private final Deque<Open> open = new ArrayDeque<>();
    private long number;
    private Optional<Open> system = Optional.empty();

    private record Open(long number, GroupHash groups) {}

    /**
     * Begins a save with its header. At the beginning of a tape a filemark stands before that.
     *
     * @param heading what stands in every label behind {@code DATA} and the account's name
     * @param whole whether it is a file save; if not it is an account save, also of several accounts
     * @param time of binary items
     * @param handler is told of what cannot be written as it is
     * @throws TapeBroken if it cannot be written
     */
    public SaveWriter(TapeWriter tape, String heading, boolean whole, LocalDateTime time, TapeHandler handler) {
        this.tape = tape;
        this.heading = heading;
        this.records = new RecordWriter(tape, TapeLabel.stamp(time));
        this.handler = handler;
        if (tape.reel() == 1 && tape.block() == 0) {
            // behind another tape file it would end the tape
            tape.filemark();
        }
        tape.label(TapeLabel.SAVE + heading);
        if (whole) {
            DPointer pointer = DPointer.of("D", SYSTEM_MODULO);
            system = Optional.of(new Open(define(0, "SYSTEM", pointer, "SYSTEM"), new GroupHash(pointer)));
        }
    }

    /** Begins an account. */
    public void openAccount(String account, DPointer pointer) {
        end(GOES_ON);
        tape.label(TapeLabel.SAVE + account + " " + heading);
        open(account, pointer, account + ",,");
    }

    /**
     * Begins a dictionary, or within one a data section.
     *
     * @param path for a note
     */
    public void openFile(String name, DPointer pointer, String path) {
        open(name, pointer, path);
    }

    private void open(String name, DPointer pointer, String path) {
        open.push(new Open(define(open.size() + 1, name, pointer, path), new GroupHash(pointer)));
    }

    private long define(int level, String name, DPointer pointer, String path) {
        number++;
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        byte[] attributes = pointer.bytes();
        if (!PlainText.fitsSave(attributes) || !RecordWriter.fits(bytes.length, attributes.length)) {
            attributes = shortened(pointer);
            handler.note(TapeNote.loss(MessageCode.TAPE_POINTER_SHORTENED, tape.reel(), tape.block(), path));
        }
        records.definition(level, number, bytes, attributes);
        return number;
    }

    private static byte[] shortened(DPointer pointer) {
        return DynamicArray.ofAttributes("")
                .replace(CODE, pointer.code())
                .replace(MODULO, Integer.toString(pointer.modulo()))
                .bytes();
    }

    /**
     * One more name, in what is open, of a file that was defined before.
     *
     * @param of the number of that file, which {@link #number} told when it was opened
     */
    public void synonym(long of, String name, DPointer pointer) {
        records.synonym(of, name.getBytes(StandardCharsets.UTF_8), pointer.bytes());
    }

    /** The number of the file that was opened last. */
    public long number() {
        return number;
    }

    /**
     * An item of what is open.
     *
     * @return in which form it was written
     */
    public ItemForm item(ItemId id, byte[] body) {
        return item(open.element(), id, body);
    }

    /** An item of SYSTEM itself, which stands behind the last account of a file save. */
    void systemItem(ItemId id, byte[] body) {
        if (!open.isEmpty()) {
            throw new IllegalStateException("an account of the save is still open");
        }
        item(system.orElseThrow(), id, body);
    }

    private ItemForm item(Open file, ItemId id, byte[] body) {
        long group = file.groups().frame(id);
        if (RecordWriter.fits(id.length(), body.length) && PlainText.fitsSave(body)) {
            records.item(file.number(), group, id, body);
            return ItemForm.PLAIN;
        }
        records.frames(file.number(), group, id, body);
        return ItemForm.FRAMES;
    }

    /** Ends what was opened last. */
    public void close() {
        open.pop();
    }

    /** Ends the save and its last tape file; {@link TapeWriter#close} ends the tape. */
    public void end() {
        end(TapeFileSummary.END_OF_SAVE);
    }

    private void end(String record) {
        if (!open.isEmpty()) {
            throw new IllegalStateException("a file of the save is still open");
        }
        records.end(record);
        tape.endFile(BLANK);
    }
}
