package org.hotbackup.tape;

import java.util.List;
import java.util.Optional;
import org.hotbackup.model.DPointer;
import org.hotbackup.model.FileDefinition;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.ItemId;

/** What is saved: the accounts of a store. */
public interface SaveSource {

    /** The D-pointer of an account, empty if it is gone: it is left out then. */
    Optional<DPointer> account(String account);

    /** The files of an account, sorted by path; its master dictionary may be among them. None if it is gone. */
    List<FileDefinition> files(String account);

    /** Gives all items of a section to a visitor, one after the other, without the D-pointers of files. */
    void items(FilePath file, Visitor visitor);

    /** Gives the items of SYSTEM itself, which stand behind the last account of a file save. */
    default void systemItems(Visitor visitor) {}

    /** Takes items. */
    @FunctionalInterface
    interface Visitor {

        /** An item; what it throws ends the walk. */
        void item(ItemId id, byte[] body);
    }
}
