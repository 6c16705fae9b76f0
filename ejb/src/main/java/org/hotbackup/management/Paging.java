package org.hotbackup.management;

import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.hotbackup.model.FilePath;

/** How lists are cut into pages, the same on every surface. */
final class Paging {

    /** The longest page. */
    static final int MOST = 1_000;

    private Paging() {}

    /** A limit as it was given, or the nearest that is possible. */
    static int limit(int given) {
        return Math.max(1, Math.min(MOST, given));
    }

    /** A page of paths in their order. */
    static List<String> paths(Stream<FilePath> all, String after, int limit) {
        return all.filter(behind(after))
                .sorted()
                .limit(limit(limit))
                .map(FilePath::toString)
                .toList();
    }

    /**
     * What stands behind a path.
     *
     * @param after the path, empty for none: all
     */
    static Predicate<FilePath> behind(String after) {
        if (after == null || after.isEmpty()) {
            return path -> true;
        }
        FilePath place = FilePath.parse(after);
        return path -> path.compareTo(place) > 0;
    }
}
