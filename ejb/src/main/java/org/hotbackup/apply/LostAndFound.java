package org.hotbackup.apply;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.hotbackup.model.ItemId;

/** Keeps what a slave server cannot perform in {@code dm,hb.log,lost+found} (HB-160 to HB-162), for one batch. */
final class LostAndFound {

    /** Day 0 of internal dates. */
    private static final LocalDate DAY_ZERO = LocalDate.of(1967, 12, 31);

    private static final String STAMP = "yyyyMMdd-HHmmss-SSS";
    private static final DateTimeFormatter ID = DateTimeFormatter.ofPattern(STAMP, Locale.ROOT);
    private static final DateTimeFormatter EXTERNAL = DateTimeFormatter.ofPattern("HH:mm:ss  dd MMM yyyy", Locale.ROOT);

    private final SlaveImage image;
    private final String server;
    private final LocalDateTime now;
    private final long acknowledged;
    private final Supplier<Optional<ItemId>> last;

    /**
     * For one batch.
     *
     * @param acknowledged the last transaction that was acknowledged before
     * @param last the greatest id of a record that there is at the moment
     */
    LostAndFound(
            SlaveImage image, String server, LocalDateTime now, long acknowledged, Supplier<Optional<ItemId>> last) {
        this.image = image;
        this.server = server;
        this.now = now;
        this.acknowledged = acknowledged;
        this.last = last;
    }

    /** Keeps a transaction with its whole body, in the same database transaction as everything else. */
    LostItem keep(LostAndFoundType type, Transaction transaction, String reason) {
        return keep(
                type,
                transaction,
                transaction.operation(),
                reason,
                transaction.received().entry().payload());
    }

    /** Keeps what had to be removed so that a transaction could be performed; to be called before it is. */
    LostItem keep(LostAndFoundType type, Transaction transaction, String operation, String reason, byte[] removed) {
        LostItem item = new LostItem(
                newId(transaction.received().number()),
                type,
                operation,
                server,
                now.toLocalTime().toSecondOfDay(),
                now.toLocalDate().toEpochDay() - DAY_ZERO.toEpochDay(),
                transaction.received().number(),
                acknowledged,
                reason,
                EXTERNAL.format(now),
                removed);
        TreeMap<ItemId, Optional<byte[]>> written = new TreeMap<>();
        written.put(item.id(), Optional.of(item.toItem()));
        image.write(SlaveFiles.LOST_AND_FOUND, written);
        return item;
    }

    /** Records are replayed in the order of their ids: a new one comes last, whatever the clock says. */
    private ItemId newId(long transaction) {
        LocalDateTime stamp = now.truncatedTo(ChronoUnit.MILLIS);
        LocalDateTime next = last.get().map(LostAndFound::stamp).orElse(LocalDateTime.MIN);
        if (!next.isBefore(stamp)) {
            stamp = next.plus(1, ChronoUnit.MILLIS);
        }
        return ItemId.of(ID.format(stamp) + "-" + server + "-" + transaction);
    }

    /** When a record was made by its id; long ago if that is none of ours. */
    private static LocalDateTime stamp(ItemId id) {
        String text = id.toString();
        try {
            return LocalDateTime.parse(text.substring(0, Math.min(STAMP.length(), text.length())), ID);
        } catch (DateTimeParseException e) {
            return LocalDateTime.MIN;
        }
    }
}
