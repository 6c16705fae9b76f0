package org.hotbackup.verify;

import java.util.List;

/**
 * What a slave found when it met a check in its log.
 *
 * @param number the check's
 * @param finding what it found
 * @param differences of a check with detail, the items that differ, in order of their ids, at most {@value
 *     #MOST_DIFFERENCES}
 * @param more whether there are more of them than that
 */
public record CheckReport(long number, Finding finding, List<Difference> differences, boolean more) {

    /** So many differences at most are told of one range: the others are found when these are repaired. */
    public static final int MOST_DIFFERENCES = 1_000;

    /** What a check finds. The codes travel: one keeps its meaning for ever. */
    public enum Finding {
        /** The range is the same on both sides. */
        EQUAL(1),
        /** It is not. */
        DIFFERENT(2),
        /** The slave has no such file. */
        NO_FILE(3),
        /** The slave still has work to do on this file that it has acknowledged: ask again later. */
        NOT_SETTLED(4);

        private final int code;

        Finding(int code) {
            this.code = code;
        }

        /** How it is written. */
        public int code() {
            return code;
        }
    }

    /** A report without differences. */
    public static CheckReport of(long number, Finding finding) {
        return new CheckReport(number, finding, List.of(), false);
    }
}
