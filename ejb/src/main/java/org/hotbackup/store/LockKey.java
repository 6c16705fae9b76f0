package org.hotbackup.store;

import org.hotbackup.model.FilePath;
import org.hotbackup.model.ItemId;

/** What can be locked. A holder of an item holds its section and account as well, shared at least. */
sealed interface LockKey {

    /** The log: shared by every transaction that decides what is logged. */
    record Log() implements LockKey {
        @Override
        public String toString() {
            return "transaction log";
        }
    }

    /** An account. */
    record Account(String name) implements LockKey {
        @Override
        public String toString() {
            return name + ",,";
        }
    }

    /** A section. */
    record Section(FilePath path) implements LockKey {
        @Override
        public String toString() {
            return path.toString();
        }
    }

    /** An item. */
    record Item(FilePath path, ItemId id) implements LockKey {
        @Override
        public String toString() {
            return path + " " + id;
        }
    }
}
