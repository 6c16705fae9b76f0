package org.hotbackup.apply;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.hotbackup.model.ItemId;

/** Keeps what a slave server cannot perform in {@code dm,hb.log,lost+found} (HB-160 to HB-162), for one batch. */
final class LostAndFound {

    /** Day 0 of internal dates. */
    static final LocalDate DAY_ZERO = LocalDate.of(1967, 12, 31);

    static final DateTimeFormatter ID = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss-SSS", Locale.ROOT);
    static final DateTimeFormatter EXTERNAL = DateTimeFormatter.ofPattern("HH:mm:ss  dd MMM yyyy", Locale.ROOT);

    private final SlaveImage image;
    private final Overtaken.Changes overtaken;
    private final String server;
    private final LocalDateTime now;
    private final long acknowledged;

    /**
     * For one batch.
     *
     * @param acknowledged the last transaction that was acknowledged before
     */
    LostAndFound(SlaveImage image, Overtaken.Changes overtaken, String server, LocalDateTime now, long acknowledged) {
        this.image = image;
        this.overtaken = overtaken;
        this.server = server;
        this.now = now;
        this.acknowledged = acknowledged;
    }

    /** Keeps a transaction with its whole body, in the same database transaction as everything else. */
    void keep(LostAndFoundType type, Transaction transaction, String reason) {
        keep(
                type,
                transaction,
                transaction.operation(),
                reason,
                transaction.received().entry().payload());
    }

    /** Keeps what had to be removed so that a transaction could be performed; to be called before it is. */
    void keep(LostAndFoundType type, Transaction transaction, String operation, String reason, byte[] removed) {
        overtaken.keep(
                new LostItem(
                        unusedId(transaction.received().number()),
                        type,
                        operation,
                        server,
                        now.toLocalTime().toSecondOfDay(),
                        now.toLocalDate().toEpochDay() - DAY_ZERO.toEpochDay(),
                        transaction.received().number(),
                        acknowledged,
                        reason,
                        EXTERNAL.format(now),
                        removed),
                image);
    }

    /** Date, time, server and number; with one more number if that is there already, as after a clock was set back. */
    private ItemId unusedId(long number) {
        String stamp = ID.format(now) + "-" + server + "-" + number;
        ItemId id = ItemId.of(stamp);
        for (int next = 1; image.read(SlaveFiles.LOST_AND_FOUND, id).isPresent(); next++) {
            id = ItemId.of(stamp + "-" + next);
        }
        return id;
    }
}
