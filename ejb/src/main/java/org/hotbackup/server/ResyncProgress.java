package org.hotbackup.server;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.hotbackup.model.FilePath;
import org.hotbackup.verify.FileResult;

/**
 * Whether a resync goes on after a comparison: as long as something differs, and every repair gains something. For one
 * thread.
 */
final class ResyncProgress {

    /** It is given up after so many repairs, and before if one of them gains nothing. */
    static final int MOST_REPAIRS = 1_000;

    private Set<Object> differedBefore = Set.of();

    /** What follows on a comparison. */
    enum Next {
        /** What differs, and at the first time how files are defined, is sent. */
        SEND,
        /** Both sides are equal. */
        DONE,
        /** Another repair would gain nothing. */
        GIVE_UP
    }

    /** Whether no repair was made yet. */
    static boolean isFirst(int repairsLeft) {
        return repairsLeft == MOST_REPAIRS;
    }

    /** The files that differ. */
    static Set<FilePath> different(Collection<FileResult> results) {
        Set<FilePath> files = new TreeSet<>();
        results.stream()
                .filter(result -> result.finding() != FileResult.Finding.EQUAL)
                .map(FileResult::file)
                .forEach(files::add);
        return files;
    }

    /**
     * What follows.
     *
     * @param repairsLeft how many repairs may still be made, at least 1
     * @param results of the comparison
     */
    Next next(int repairsLeft, Collection<FileResult> results) {
        Set<Object> differ = new HashSet<>();
        for (FileResult result : results) {
            if (result.finding() != FileResult.Finding.EQUAL) {
                differ.add(List.of(result.file(), result.finding(), result.differences()));
            }
        }
        boolean gained = !differ.equals(differedBefore);
        differedBefore = differ;
        if (isFirst(repairsLeft)) {
            return Next.SEND;
        }
        if (differ.isEmpty()) {
            return Next.DONE;
        }
        return gained && repairsLeft > 1 ? Next.SEND : Next.GIVE_UP;
    }
}
