package org.hotbackup.server;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.hotbackup.model.FilePath;
import org.hotbackup.verify.FileResult;
import org.hotbackup.verify.Repair;
import org.hotbackup.verify.Verification;

/**
 * Keeps what is found just before a repair of what is missing: what was missing when the files were compared may have come
 * since, and a slave that makes an account or file anew deletes what it has. It ends no round.
 */
record Recheck(Verification.Keeper keeper) implements Verification.Keeper {

    /** The sections to look at: those that are missing, and all in them, since a repair may have stopped in its middle. */
    static Set<FilePath> files(Collection<FileResult> results, List<FilePath> logged) {
        Set<FilePath> files = new TreeSet<>();
        for (FileResult result : results) {
            if (result.finding() == FileResult.Finding.MISSING) {
                files.add(result.file());
                logged.stream()
                        .filter(section -> Repair.isMadeAnewWith(result.file(), section))
                        .forEach(files::add);
            }
        }
        return files;
    }

    @Override
    public void keep(int round, FileResult result) {
        keeper.keep(round, result);
    }

    @Override
    public void gone(FilePath file) {
        keeper.gone(file);
    }

    @Override
    public void roundDone(int round) {
        // the round is that of the comparison after the repair
    }
}
