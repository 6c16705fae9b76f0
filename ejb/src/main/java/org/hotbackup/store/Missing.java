package org.hotbackup.store;

import org.hotbackup.model.DPointer;
import org.hotbackup.model.FilePath;

/** Auto-create (HB-017): makes what a slave lacks; its real D-pointer is not known. */
final class Missing {

    /** Logged, so that the slave is a full master after a change of roles; modulo as for a large file's first one. */
    private static final DPointer POINTER = DPointer.of("DL", 101);

    private Missing() {}

    /** Makes a section and its account if they are missing. */
    static void create(ItemOperations operations, UnitOfWork work, FilePath path) {
        if (work.file(path).isPresent()) {
            return;
        }
        createAccount(operations, work, path.account());
        if (path.level() != FilePath.Level.MASTER_DICTIONARY) {
            operations.createFile(work, path, POINTER);
        }
    }

    /** Makes an account if it is missing. */
    static void createAccount(ItemOperations operations, UnitOfWork work, String account) {
        if (work.file(FilePath.masterDictionary(account)).isEmpty()) {
            operations.createAccount(work, account, POINTER);
        }
    }
}
