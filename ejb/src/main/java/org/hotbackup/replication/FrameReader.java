package org.hotbackup.replication;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.model.ItemId;
import org.hotbackup.model.ItemSum;
import org.hotbackup.model.Limits;
import org.hotbackup.replication.BadFrameException.Fault;
import org.hotbackup.replication.Frame.Totals;
import org.hotbackup.txlog.LogEntry;

/** Reads the fields of a frame's body; checks every length against what is there before it makes room. */
final class FrameReader {

    private static final int MAX_TEXT = 64 * 1024;

    private final ByteBuffer in;

    FrameReader(ByteBuffer in) {
        this.in = in;
    }

    /** A number that is never negative. */
    long number() throws BadFrameException {
        need(Long.BYTES);
        long number = in.getLong();
        if (number < 0) {
            throw new BadFrameException(Fault.CONTENT, "a negative number");
        }
        return number;
    }

    /** How many things of at least {@code smallest} bytes follow. */
    int count(int smallest) throws BadFrameException {
        need(Integer.BYTES);
        int count = in.getInt();
        if (count < 0 || (long) count * smallest > in.remaining()) {
            throw new BadFrameException(
                    Fault.LENGTH, "a count of " + count + " with " + in.remaining() + " bytes left");
        }
        return count;
    }

    boolean flag() throws BadFrameException {
        need(1);
        byte flag = in.get();
        if (flag != 0 && flag != 1) {
            throw new BadFrameException(Fault.CONTENT, "a flag of " + flag);
        }
        return flag == 1;
    }

    String text() throws BadFrameException {
        int length = count(1);
        if (length > MAX_TEXT) {
            throw new BadFrameException(Fault.LENGTH, "a text of " + length + " bytes");
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes(length)))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new BadFrameException(Fault.CONTENT, "a text that is not UTF-8");
        }
    }

    Position position() throws BadFrameException {
        return new Position(text(), number(), number());
    }

    /** An epoch: from 1 on, and so small that many promotions may follow. */
    long epoch() throws BadFrameException {
        long epoch = number();
        if (epoch < Epochs.FIRST || epoch > Epochs.LAST) {
            throw new BadFrameException(Fault.CONTENT, "an epoch " + epoch);
        }
        return epoch;
    }

    Totals totals() throws BadFrameException {
        return new Totals(number(), number(), number());
    }

    LogEntry entry() throws BadFrameException {
        long lsn = number();
        long previousLsn = number();
        if (previousLsn >= lsn) {
            throw new BadFrameException(Fault.CONTENT, "LSN " + lsn + " after LSN " + previousLsn);
        }
        need(Long.BYTES);
        long committedAtMillis = in.getLong();
        return new LogEntry(lsn, previousLsn, committedAtMillis, bytes(count(1)));
    }

    ItemId id() throws BadFrameException {
        try {
            return ItemId.of(bytes(count(1)));
        } catch (Refusal e) {
            throw new BadFrameException(Fault.CONTENT, "an id that cannot be: " + e.getMessage());
        }
    }

    /** What an item amounts to, if it is there. */
    Optional<ItemSum> sum() throws BadFrameException {
        if (!flag()) {
            return Optional.empty();
        }
        long bytes = number();
        if (bytes > Limits.MAX_ITEM_BYTES) {
            throw new BadFrameException(Fault.CONTENT, "an item of " + bytes + " bytes");
        }
        need(FrameWriter.SHA256_BYTES);
        return Optional.of(new ItemSum((int) bytes, HexFormat.of().formatHex(bytes(FrameWriter.SHA256_BYTES))));
    }

    void end() throws BadFrameException {
        if (in.hasRemaining()) {
            throw new BadFrameException(Fault.LENGTH, in.remaining() + " bytes after the end of a frame");
        }
    }

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        in.get(bytes);
        return bytes;
    }

    private void need(int length) throws BadFrameException {
        if (in.remaining() < length) {
            throw new BadFrameException(Fault.LENGTH, "a frame that ends too early");
        }
    }
}
