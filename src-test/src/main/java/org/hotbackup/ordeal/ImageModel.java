package org.hotbackup.ordeal;

import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.hotbackup.model.DPointer;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.FilePath.Level;
import org.hotbackup.model.ItemId;
import org.hotbackup.model.Update;

/** What the image of a master must be: sections and items as the answered calls made them. Not thread-safe. */
class ImageModel {

    private final SortedMap<FilePath, Section> sections = new TreeMap<>();

    SortedMap<FilePath, Section> sections() {
        return sections;
    }

    Optional<Section> section(FilePath path) {
        return Optional.ofNullable(sections.get(path));
    }

    boolean has(FilePath path) {
        return sections.containsKey(path);
    }

    Optional<Fingerprint> item(FilePath path, ItemId id) {
        return section(path).map(section -> section.items().get(id));
    }

    /** Puts what is known of a section in place of what was expected; null removes it. */
    void adopt(FilePath path, Section section) {
        if (section == null) {
            sections.remove(path);
        } else {
            sections.put(path, section);
        }
    }

    /** Puts what is known of a whole image in place of what was expected. */
    void adoptAll(SortedMap<FilePath, Section> image) {
        sections.clear();
        sections.putAll(image);
    }

    /** Takes over the sections of one account from another image. */
    void copyAccount(String account, ImageModel other) {
        other.sections.forEach((path, section) -> {
            if (path.account().equals(account)) {
                sections.put(path, section.copy());
            }
        });
    }

    /** Performs an update that the node has performed. */
    void perform(Update update) {
        FilePath path = update.file();
        if (update instanceof Update.ItemWritten written) {
            sections.get(path).write(written.id(), written.body());
        } else if (update instanceof Update.ItemDeleted deleted) {
            sections.get(path).delete(deleted.id());
        } else if (update instanceof Update.FileCleared) {
            sections.get(path).clear();
        } else if (update instanceof Update.FileCreated created) {
            create(path, created.pointer());
        } else if (update instanceof Update.FileRedefined redefined) {
            sections.get(path).redefine(redefined.pointer());
        } else if (update instanceof Update.FileDeleted) {
            sections.keySet().removeIf(other -> goesWith(other, path));
        } else if (update instanceof Update.AccountCreated created) {
            sections.put(path, new Section(path, created.pointer()));
        } else if (update instanceof Update.AccountDeleted) {
            sections.keySet().removeIf(other -> other.account().equals(path.account()));
        }
    }

    /** A section and, if it has none, the dictionary that it needs: of the same code, modulo 1. */
    final void create(FilePath path, DPointer pointer) {
        if (path.level() == Level.DATA && !sections.containsKey(path.definedIn())) {
            FilePath dictionary = path.definedIn();
            sections.put(dictionary, new Section(dictionary, DPointer.of(pointer.code(), 1)));
        }
        sections.put(path, new Section(path, pointer));
    }

    /** Whether a section goes when another is deleted. */
    static boolean goesWith(FilePath other, FilePath deleted) {
        boolean inDictionary = deleted.level() == Level.DICTIONARY
                && other.account().equals(deleted.account())
                && other.file().equals(deleted.file());
        return inDictionary || other.equals(deleted);
    }
}
