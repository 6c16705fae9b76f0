package org.hotbackup.server;

import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.model.FilePath;

/** Which files are compared where not all are. */
final class ProvedFiles {

    private ProvedFiles() {}

    /**
     * Those of accounts and files.
     *
     * @param units accounts, and account,file, with blanks between them
     * @param logged all files that are logged
     * @throws Refusal if nothing of one of them is
     */
    static Set<FilePath> of(String units, Collection<FilePath> logged) {
        Set<FilePath> files = new TreeSet<>();
        for (String unit : units.strip().split("\\s+")) {
            String[] words = unit.split(",", 2);
            boolean any = false;
            for (FilePath path : logged) {
                boolean within = path.account().equals(words[0])
                        && (words.length == 1 || path.file().equals(words[1]));
                if (within) {
                    any = true;
                    files.add(path);
                }
            }
            if (!any) {
                throw new Refusal(MessageCode.NOTHING_LOGGED, unit);
            }
        }
        return files;
    }
}
