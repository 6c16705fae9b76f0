package org.hotbackup.store;

import java.util.List;
import java.util.Set;
import org.hotbackup.apply.SlaveFiles;
import org.hotbackup.model.DPointer;
import org.hotbackup.model.FilePath;

/** The account {@code dm}: the system's own data as files (design 3, HB-170). */
public final class SystemAccount {

    /** The account's name. */
    static final String NAME = "dm";

    /** file-of-files: shows all sections, holds no items of its own. */
    static final FilePath FILE_OF_FILES = FilePath.data(NAME, "file-of-files");

    /** The users, with their hashed passwords. */
    static final FilePath USERS = FilePath.data(NAME, "users");

    /** HB-122 with what later releases added, and the users. */
    private static final String HB_MISSING = "hb.missing";

    private static final Set<String> PROTECTED = Set.of(
            "abs",
            "accounts",
            "alarm.file",
            "backgrounds",
            "devs",
            "errors",
            HB_MISSING,
            "file-of-files",
            "hb.log",
            "jobs",
            "pibs",
            "resizing",
            "tcl-stack",
            "ts.log",
            "users");

    private SystemAccount() {}

    /** Where the items of a section are whose record in file-of-files cannot be read (HB-154). */
    static FilePath missing(String nodeName, int number) {
        return FilePath.data(NAME, HB_MISSING, nodeName + "*" + number);
    }

    static boolean isMissing(FilePath path) {
        return path.account().equals(NAME) && path.file().equals(HB_MISSING);
    }

    /**
     * Whether a section is this node's own: the account's MD and the system files in it. Users and slaves leave it as it is,
     * it is not logged, not compared and not repaired, and the node writes it while it is closed for updates. Every other
     * section of the account is a user's, as in any account (HB-122, docs/data-model.md 5).
     */
    public static boolean isProtected(FilePath path) {
        return path.account().equals(NAME) && (path.file().isEmpty() || PROTECTED.contains(path.file()));
    }

    /**
     * What the first start creates after file-of-files (number 1) and the account's MD (number 2), in this order. A store
     * that an earlier program made gets those that it lacks at its next start.
     */
    static List<FilePath> files() {
        return List.of(
                FilePath.dictionary(NAME, "hb.log"),
                FilePath.data(NAME, "hb.log"),
                FilePath.data(NAME, "hb.log", "log"),
                SlaveFiles.LOST_AND_FOUND,
                SlaveFiles.DELAYED,
                FilePath.dictionary(NAME, "errors"),
                FilePath.data(NAME, "errors"),
                FilePath.dictionary(NAME, "jobs"),
                FilePath.data(NAME, "jobs"),
                USERS.definedIn(),
                USERS,
                FilePath.dictionary(NAME, "accounts"),
                FilePath.data(NAME, "accounts"),
                SlaveFiles.REPLAYABLE,
                FilePath.data(NAME, "hb.log", "verify"),
                SourcesItems.FILE,
                FilePath.data(NAME, "hb.log", "audit"),
                FilePath.dictionary(NAME, "ts.log"),
                FilePath.data(NAME, "ts.log"),
                FilePath.data(NAME, "ts.log", "log"));
    }

    /** The D-pointer of the other system files: the state of this node and no other, so never logged. */
    static DPointer pointer() {
        return DPointer.of("DT", 1);
    }

    /** The D-pointer of file-of-files itself: DX, or a restore would bring an old numbering back (docs/data-model.md 5). */
    static DPointer fileOfFilesPointer() {
        return DPointer.of("DXT", 1);
    }
}
