package org.hotbackup.apply;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.hotbackup.model.DynamicArray;
import org.hotbackup.model.ItemId;
import org.hotbackup.model.Update;
import org.hotbackup.txlog.LogEntryCodec;
import org.hotbackup.txlog.MalformedEntryException;

/**
 * A record of lost+found (HB-162): nine attributes that say what it is, and from the tenth on the body as it arrived,
 * whole, whatever bytes it holds.
 *
 * @param id date, time, server and number: unique
 * @param type why it is here
 * @param operation the operation of its first update, or {@code ?}
 * @param server the slave server's name
 * @param internalTime seconds since midnight
 * @param internalDate days since 31 December 1967
 * @param transaction its transaction number
 * @param acknowledged number of the last transaction acknowledged before it
 * @param message what was wrong
 * @param external time and date, for people
 * @param body the transaction's log entry; or, for types 7 to 9, what was removed
 */
public record LostItem(
        ItemId id,
        LostAndFoundType type,
        String operation,
        String server,
        int internalTime,
        long internalDate,
        long transaction,
        long acknowledged,
        String message,
        String external,
        byte[] body) {

    private static final int ATTRIBUTES = 9;

    /** The record that an item of lost+found holds. */
    public static LostItem of(ItemId id, byte[] item) {
        HeadAndBody parts = HeadAndBody.of(item, ATTRIBUTES);
        DynamicArray head = parts.head();
        return new LostItem(
                id,
                LostAndFoundType.of(head.extract(1)),
                head.extract(2),
                head.extract(3),
                (int) number(head.extract(4)),
                number(head.extract(5)),
                number(head.extract(6)),
                number(head.extract(7)),
                head.extract(8),
                head.extract(9),
                parts.body());
    }

    private static long number(String text) {
        return text.matches("[0-9]{1,18}") ? Long.parseLong(text) : 0;
    }

    /** The item that holds this record. */
    public byte[] toItem() {
        DynamicArray head = DynamicArray.ofAttributes(
                Integer.toString(type.number()),
                operation,
                server,
                Integer.toString(internalTime),
                Long.toString(internalDate),
                Long.toString(transaction),
                Long.toString(acknowledged),
                message,
                external);
        return new HeadAndBody(head, body).toItem();
    }

    /** When it was made. */
    public Instant instant() {
        return LostAndFound.DAY_ZERO
                .plusDays(internalDate)
                .atStartOfDay()
                .plusSeconds(internalTime)
                .toInstant(ZoneOffset.UTC);
    }

    /** Its attributes 1 to 9, a line each, for people. */
    public String describe() {
        return String.join(
                System.lineSeparator(),
                "Type                 " + type.number() + " " + type.meaning(),
                "Operation            " + operation,
                "Server               " + server,
                "Transaction          " + transaction,
                "Last ACK'ed          " + acknowledged,
                "Message              " + message,
                "Time and date        " + external,
                "Body                 " + body.length + " bytes");
    }

    /** What its transaction does; empty if it holds none, or one that cannot be read. */
    public List<Update> updates() {
        if (!type.isTransaction()) {
            return List.of();
        }
        try {
            return LogEntryCodec.decode(body);
        } catch (MalformedEntryException e) {
            return List.of();
        }
    }
}
