package org.hotbackup.server;

import java.time.LocalDate;
import java.util.Optional;
import org.hotbackup.model.DynamicArray;

/**
 * How many bytes a server had sent or received on a day when it was last written down: it goes on from there after the node
 * was started again (HB-111).
 *
 * @param day the calendar day of this machine
 * @param bytes at least 1
 */
record DayTotal(LocalDate day, long bytes) {

    private static final LocalDate DAY_ZERO = LocalDate.of(1967, 12, 31);
    private static final int DAY = 25;
    private static final int BYTES = 26;
    private static final long LAST_DAY = 1_000_000;

    /**
     * What the attributes of a server's record say.
     *
     * @throws IllegalArgumentException if one of them cannot be read
     */
    static Optional<DayTotal> of(DynamicArray record) {
        long bytes = ServerDefinition.number(record, BYTES);
        long day = Math.min(LAST_DAY, ServerDefinition.number(record, DAY));
        return bytes == 0 ? Optional.empty() : Optional.of(new DayTotal(DAY_ZERO.plusDays(day), bytes));
    }

    /** Writes it into a record: the internal date and the bytes. */
    static DynamicArray into(DynamicArray record, Optional<DayTotal> total) {
        return record.replace(
                        DAY,
                        total.map(known -> Long.toString(known.day().toEpochDay() - DAY_ZERO.toEpochDay()))
                                .orElse(""))
                .replace(BYTES, total.map(known -> Long.toString(known.bytes())).orElse(""));
    }
}
