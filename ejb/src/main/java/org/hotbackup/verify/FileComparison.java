package org.hotbackup.verify;

import java.util.ArrayList;
import java.util.List;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.RangeCheck;

/** What is known of one file in the present round of a comparison. For one thread. */
final class FileComparison {

    private final FilePath path;
    private final RangeChain compared = new RangeChain();
    private final List<Difference> differences = new ArrayList<>();
    private boolean more;
    private boolean missing;
    private long lsn;
    private long ranges;
    private long items;
    private long bytes;

    FileComparison(FilePath path) {
        this.path = path;
    }

    FilePath path() {
        return path;
    }

    void proved(long at, RangeCheck check) {
        lsn = lsn == 0 ? at : Math.min(lsn, at);
        ranges++;
        items += check.items();
        bytes += check.bytes();
        compared.add(check.after(), check.upTo());
    }

    void differs(RangeCheck check, CheckReport report, int roomOfAll) {
        ranges++;
        compared.add(check.after(), check.upTo());
        int least = differences.isEmpty() ? 1 : 0;
        int room = Math.max(least, Math.min(Verification.MOST_DIFFERENCES - differences.size(), roomOfAll));
        report.differences().stream().limit(room).forEach(differences::add);
        more |= report.more() || report.differences().size() > room;
    }

    void missing(long at) {
        lsn = at;
        missing = true;
    }

    int differenceCount() {
        return differences.size();
    }

    /** Whether something is known of all of it. */
    boolean isComplete() {
        return missing || compared.isWhole();
    }

    FileResult result(long epochMillis) {
        FileResult.Finding finding = missing
                ? FileResult.Finding.MISSING
                : differences.isEmpty() ? FileResult.Finding.EQUAL : FileResult.Finding.DIFFERENT;
        return new FileResult(path, finding, lsn, epochMillis, ranges, items, bytes, List.copyOf(differences), more);
    }
}
