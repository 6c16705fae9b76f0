package org.hotbackup.server;

import java.util.Optional;
import org.hotbackup.model.DynamicArray;

/**
 * That the slave of a master server misses something, or may, that is not in the queue any more: its queue was cleared when
 * it was not empty, or the slave was found to be behind it. It is over when the slave is found not to be.
 *
 * @param sinceMillis since when that is known, epoch milliseconds, at least 1
 * @param upToLsn a slave that stands there, or behind it, does not miss what was cleared; 0 if nothing was
 */
record Missing(long sinceMillis, long upToLsn) {

    private static final int SINCE = 23;
    private static final int UP_TO_LSN = 24;

    /** Something more is missing. */
    static Optional<Missing> more(Optional<Missing> before, long nowMillis, long upToLsn) {
        return Optional.of(before.map(known -> new Missing(known.sinceMillis, Math.max(known.upToLsn, upToLsn)))
                .orElse(new Missing(nowMillis, upToLsn)));
    }

    /** What is left of it when the queue goes on from where the slave stands. */
    static Optional<Missing> placed(Optional<Missing> before, long lsn) {
        return before.filter(known -> lsn < known.upToLsn);
    }

    /**
     * What the attributes of a server's record say.
     *
     * @throws IllegalArgumentException if one of them cannot be read
     */
    static Optional<Missing> of(DynamicArray record) {
        long since = ServerDefinition.number(record, SINCE);
        return since == 0
                ? Optional.empty()
                : Optional.of(new Missing(since, ServerDefinition.number(record, UP_TO_LSN)));
    }

    /** Writes it into a record. */
    static DynamicArray into(DynamicArray record, Optional<Missing> missing) {
        return record.replace(
                        SINCE,
                        missing.map(known -> Long.toString(known.sinceMillis)).orElse(""))
                .replace(
                        UP_TO_LSN,
                        missing.map(known -> Long.toString(known.upToLsn)).orElse(""));
    }
}
