package org.hotbackup.verify;

import java.util.List;
import org.hotbackup.model.FilePath;

/**
 * What a comparison of one file found.
 *
 * @param file the section
 * @param finding what came of it
 * @param lsn if equal, the position as of which every range was proved equal: at this LSN or later
 * @param epochMillis when it ended
 * @param ranges how many ranges were compared
 * @param items how many items are equal
 * @param bytes of their ids and bodies
 * @param differences the items that differ, at most {@value Verification#MOST_DIFFERENCES}
 * @param more whether there are more differences than these
 */
public record FileResult(
        FilePath file,
        Finding finding,
        long lsn,
        long epochMillis,
        long ranges,
        long items,
        long bytes,
        List<Difference> differences,
        boolean more) {

    /** The same with no more differences than so many. */
    public FileResult withAtMost(int most) {
        return differences.size() <= most
                ? this
                : new FileResult(
                        file,
                        finding,
                        lsn,
                        epochMillis,
                        ranges,
                        items,
                        bytes,
                        List.copyOf(differences.subList(0, most)),
                        true);
    }

    /** What came of a file. */
    public enum Finding {
        /** It is the same on both sides. */
        EQUAL,
        /** Some of its items are not. */
        DIFFERENT,
        /** The slave does not have it. */
        MISSING,
        /** What differed was sent again; whether it is equal now is not proved yet. */
        REPAIRED
    }
}
