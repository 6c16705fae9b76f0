package org.hotbackup.store;

import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Locale;
import org.hotbackup.model.DynamicArray;
import org.hotbackup.model.FileDefinition;
import org.hotbackup.model.ItemId;
import org.hotbackup.store.LockManager.Mode;

/** Keeps transactions that cannot be performed in {@code dm,hb.log,lost+found} (HB-160 to HB-162). */
final class LostAndFound {

    /** HB-161: bad network message. */
    private static final String UNREADABLE = "5";
    /** HB-161: operation cannot be performed. */
    private static final String CANNOT_BE_PERFORMED = "6";

    /** Day 0 of internal dates. */
    private static final LocalDate DAY_ZERO = LocalDate.of(1967, 12, 31);

    private static final DateTimeFormatter ID = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss-SSS", Locale.ROOT);
    private static final DateTimeFormatter EXTERNAL = DateTimeFormatter.ofPattern("HH:mm:ss  dd MMM yyyy", Locale.ROOT);

    private final Store store;
    private final String server;
    private final long acknowledged;

    /**
     * For one batch.
     *
     * @param acknowledged the last transaction that was acknowledged before
     */
    LostAndFound(Store store, String server, long acknowledged) {
        this.store = store;
        this.server = server;
        this.acknowledged = acknowledged;
    }

    /** Keeps a transaction with its whole body, in the same database transaction as everything else. */
    void keep(UnitOfWork work, Transaction transaction, String reason) throws SQLException {
        FileDefinition file = ItemOperations.requireFile(work, SystemAccount.LOST_AND_FOUND);
        long number = transaction.received().number();
        LocalDateTime now = LocalDateTime.ofInstant(store.clock().instant(), ZoneOffset.UTC);
        ItemId id = ItemId.of(ID.format(now) + "-" + server + "-" + number);
        DynamicArray item = DynamicArray.ofAttributes(
                transaction.unreadable().isPresent() ? UNREADABLE : CANNOT_BE_PERFORMED,
                operation(transaction),
                server,
                Integer.toString(now.toLocalTime().toSecondOfDay()),
                Long.toString(now.toLocalDate().toEpochDay() - DAY_ZERO.toEpochDay()),
                Long.toString(number),
                Long.toString(acknowledged),
                reason,
                EXTERNAL.format(now),
                HexFormat.of().formatHex(transaction.received().entry().payload()));
        ItemOperations.lockSection(work, SystemAccount.LOST_AND_FOUND, Mode.SHARED);
        work.lock(new LockKey.Item(SystemAccount.LOST_AND_FOUND, id), Mode.EXCLUSIVE);
        store.items().write(work.connection(), file.number(), id, item.bytes());
    }

    private static String operation(Transaction transaction) {
        return transaction.updates().isEmpty()
                ? "?"
                : transaction.updates().get(0).getClass().getSimpleName();
    }
}
