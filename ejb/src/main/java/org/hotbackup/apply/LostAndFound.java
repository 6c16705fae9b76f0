package org.hotbackup.apply;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import org.hotbackup.model.ItemId;

/** Keeps what a slave server cannot perform in {@code dm,hb.log,lost+found} (HB-160 to HB-162), for one batch. */
final class LostAndFound {

    /** Day 0 of internal dates. */
    static final LocalDate DAY_ZERO = LocalDate.of(1967, 12, 31);

    static final DateTimeFormatter ID = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss-SSS", Locale.ROOT);
    static final DateTimeFormatter EXTERNAL = DateTimeFormatter.ofPattern("HH:mm:ss  dd MMM yyyy", Locale.ROOT);

    private final SlaveImage image;
    private final String server;
    private final LocalDateTime now;
    private final long acknowledged;
    private int kept;

    /**
     * For one batch.
     *
     * @param acknowledged the last transaction that was acknowledged before
     */
    LostAndFound(SlaveImage image, String server, LocalDateTime now, long acknowledged) {
        this.image = image;
        this.server = server;
        this.now = now;
        this.acknowledged = acknowledged;
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
                ItemId.of(ID.format(now) + "-" + server + "-"
                        + transaction.received().number() + (kept == 0 ? "" : "-" + kept)),
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
        kept++;
        TreeMap<ItemId, Optional<byte[]>> written = new TreeMap<>();
        written.put(item.id(), Optional.of(item.toItem()));
        image.write(SlaveFiles.LOST_AND_FOUND, written);
        return item;
    }
}
