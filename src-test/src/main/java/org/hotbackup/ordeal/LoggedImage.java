package org.hotbackup.ordeal;

import java.util.SortedMap;
import org.hotbackup.model.FilePath;
import org.hotbackup.testing.TestNode;

/**
 * The image of a node that logs what is done to it: only what it logs can get from it, or through it, to a slave.
 *
 * @param allFiles whether the node logs ALL files
 */
record LoggedImage(SortedMap<FilePath, Section> sections, boolean allFiles) {

    /** A node's, while it is quiet. */
    static LoggedImage of(TestNode node) {
        return new LoggedImage(NodeImage.read(node.rest()), RoleSwitch.isLoggingAllFiles(node));
    }

    /** Whether the node has a section and logs it. */
    boolean logs(FilePath path) {
        Section section = sections.get(path);
        return section != null && section.isLogged(allFiles);
    }
}
