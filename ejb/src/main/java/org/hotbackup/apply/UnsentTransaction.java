package org.hotbackup.apply;

import java.time.LocalDateTime;
import java.util.List;
import org.hotbackup.model.ItemId;
import org.hotbackup.model.Update;
import org.hotbackup.txlog.LogEntry;
import org.hotbackup.txlog.LogEntryCodec;
import org.hotbackup.txlog.MalformedEntryException;

/**
 * A transaction of an old master that the new one does not have, since a slave was promoted before it got it.
 *
 * @param number the number that it would have got
 * @param entry its log entry
 */
public record UnsentTransaction(long number, LogEntry entry) {

    /**
     * Its record for lost+found, the same at each attempt. The ids of all of them are in their order.
     *
     * @param server the old master server
     * @param told when it was told of the promotion
     * @param acknowledged number of the last transaction that the new master has
     * @param reason why it is there
     */
    public LostItem toLostItem(String server, LocalDateTime told, long acknowledged, String reason) {
        return new LostItem(
                ItemId.of(LostAndFound.ID.format(told) + "-" + server + "-" + String.format("%019d", number)),
                LostAndFoundType.CANNOT_BE_PERFORMED,
                operation(),
                server,
                told.toLocalTime().toSecondOfDay(),
                told.toLocalDate().toEpochDay() - LostAndFound.DAY_ZERO.toEpochDay(),
                number,
                acknowledged,
                reason,
                LostAndFound.EXTERNAL.format(told),
                entry.payload());
    }

    private String operation() {
        List<Update> updates = updates();
        return updates.isEmpty() ? "?" : updates.get(0).operation();
    }

    /** What it does, empty if it cannot be read. */
    public List<Update> updates() {
        try {
            return LogEntryCodec.decode(entry.payload());
        } catch (MalformedEntryException e) {
            return List.of();
        }
    }
}
