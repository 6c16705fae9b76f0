package org.hotbackup.ordeal;

import java.util.List;
import java.util.Optional;
import org.hotbackup.model.DPointer;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.Update;

/**
 * What a node logs of an update that it is about to perform (docs/data-model.md 4, written down here once more and
 * independently).
 *
 * @param image the node's image before the update
 * @param allFiles whether it logs ALL files
 */
record LoggingRules(ImageModel image, boolean allFiles) {

    /**
     * What of an update is logged: itself; or, if an account or a dictionary that is not logged goes, each section in it
     * that is.
     */
    List<Update> logged(Update update) {
        if (isLogged(update)) {
            return List.of(update);
        }
        boolean account = update instanceof Update.AccountDeleted;
        boolean dictionary =
                update instanceof Update.FileDeleted && update.file().level() == FilePath.Level.DICTIONARY;
        if (!account && !dictionary) {
            return List.of();
        }
        FilePath gone = update.file();
        return image.sections().entrySet().stream()
                .filter(section -> section.getKey().account().equals(gone.account()))
                .filter(section -> account || ImageModel.goesWith(section.getKey(), gone))
                .filter(section -> !section.getKey().equals(gone))
                .filter(section -> section.getValue().isLogged(allFiles))
                .<Update>map(section -> new Update.FileDeleted(section.getKey()))
                .toList();
    }

    /** What changes the answer is judged by what it was and by what it becomes. */
    private boolean isLogged(Update update) {
        FilePath path = update.file();
        if (update instanceof Update.FileCreated created) {
            return isLogged(created.pointer(), Optional.empty());
        } else if (update instanceof Update.AccountCreated created) {
            return isLogged(created.pointer(), Optional.empty());
        }
        // a slave that passes on what it was never told of has created it before
        Section section = image.section(path).orElseGet(() -> new Section(path, SlaveModel.MISSING));
        DPointer pointer = section.pointer();
        if (update instanceof Update.FileRedefined redefined) {
            return isLogged(pointer, Optional.empty()) || isLogged(redefined.pointer(), Optional.empty());
        } else if (update instanceof Update.ItemWritten written) {
            boolean inDictionary = path.level() != FilePath.Level.DATA;
            return isLogged(pointer, inDictionary ? PseudoPointers.logged(written.body()) : Optional.empty())
                    || section.items().containsKey(written.id()) && isLogged(pointer, section.ownFlag(written.id()));
        } else if (update instanceof Update.ItemDeleted deleted) {
            return isLogged(pointer, Optional.empty())
                    || section.items().containsKey(deleted.id()) && isLogged(pointer, section.ownFlag(deleted.id()));
        }
        return isLogged(pointer, Optional.empty());
    }

    private boolean isLogged(DPointer pointer, Optional<Boolean> ownFlag) {
        return Section.isLogged(pointer, allFiles, ownFlag);
    }
}
