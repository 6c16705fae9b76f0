package org.hotbackup.management;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.ItemId;
import org.hotbackup.verify.Difference;
import org.hotbackup.verify.FileResult;

/** The items that differ, by file and id, in pages that begin behind one of them whether it still differs or not. */
final class DifferencePages {

    /** A difference and where it was found. */
    record Found(FileResult result, Difference difference) {}

    private DifferencePages() {}

    /**
     * A page.
     *
     * @param afterPath the file of the last one of the page before, empty for the first page
     * @param afterId its id as it was shown, empty for all of that file
     */
    static List<Found> page(Collection<FileResult> results, String afterPath, String afterId, int limit) {
        FilePath from = afterPath == null || afterPath.isEmpty() ? null : FilePath.parse(afterPath);
        return results.stream()
                .filter(result -> from == null || result.file().compareTo(from) >= 0)
                .sorted(Comparator.comparing(FileResult::file))
                .flatMap(result -> inFile(result, result.file().equals(from) ? afterId : ""))
                .limit(limit)
                .toList();
    }

    private static Stream<Found> inFile(FileResult result, String afterId) {
        List<Difference> all = result.differences().stream()
                .sorted(Comparator.comparing(Difference::id))
                .toList();
        return behind(all, afterId).map(difference -> new Found(result, difference));
    }

    /** Behind the one that is shown so; if it is not there any more, behind where it would stand. */
    private static Stream<Difference> behind(List<Difference> all, String afterId) {
        if (afterId == null || afterId.isEmpty()) {
            return all.stream();
        }
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).id().toString().equals(afterId)) {
                return all.stream().skip(i + 1L);
            }
        }
        ItemId place = ItemId.of(afterId);
        return all.stream().filter(difference -> difference.id().compareTo(place) > 0);
    }
}
