package org.hotbackup.replication.simulation;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.hotbackup.model.DPointer;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.ItemId;
import org.hotbackup.model.Update;
import org.hotbackup.model.Update.AccountCreated;
import org.hotbackup.model.Update.AccountDeleted;
import org.hotbackup.model.Update.FileCleared;
import org.hotbackup.model.Update.FileCreated;
import org.hotbackup.model.Update.FileDeleted;
import org.hotbackup.model.Update.FileRedefined;
import org.hotbackup.model.Update.ItemDeleted;
import org.hotbackup.model.Update.ItemWritten;

/** A database: files of items. Strict: an update that does not fit what is there has come at the wrong moment. */
final class Image {

    private final Map<FilePath, TreeMap<ItemId, byte[]>> files = new TreeMap<>();

    private final Map<FilePath, DPointer> pointers = new TreeMap<>();

    Image() {}

    Image copy() {
        Image copy = new Image();
        files.forEach((path, items) -> copy.files.put(path, new TreeMap<>(items)));
        copy.pointers.putAll(pointers);
        return copy;
    }

    boolean has(FilePath file) {
        return files.containsKey(file);
    }

    Set<FilePath> files() {
        return new TreeSet<>(files.keySet());
    }

    DPointer pointer(FilePath file) {
        return pointers.get(file);
    }

    TreeMap<ItemId, byte[]> items(FilePath file) {
        return files.get(file);
    }

    Optional<byte[]> read(FilePath file, ItemId id) {
        return Optional.ofNullable(files.get(file)).map(items -> items.get(id));
    }

    /** A section as it stands. */
    void add(FilePath file, DPointer pointer, TreeMap<ItemId, byte[]> items) {
        files.put(file, items);
        pointers.put(file, pointer);
    }

    void perform(Update update) {
        FilePath file = update.file();
        if (update instanceof FileCreated || update instanceof AccountCreated) {
            InvariantBroken.check(!has(file), "I2", "%s is created again", file);
            create(update);
            return;
        }
        InvariantBroken.check(has(file), "I2", "%s is changed but not there", file);
        if (update instanceof ItemWritten written) {
            files.get(file).put(written.id(), written.body());
        } else if (update instanceof ItemDeleted deleted) {
            InvariantBroken.check(
                    files.get(file).remove(deleted.id()) != null, "I2", "%s is deleted but not there", deleted.id());
        } else if (update instanceof FileCleared) {
            files.get(file).clear();
        } else if (update instanceof FileRedefined redefined) {
            pointers.put(file, redefined.pointer());
        } else if (update instanceof FileDeleted || update instanceof AccountDeleted) {
            remove(goneWith(update));
        }
    }

    private void create(Update update) {
        FilePath file = update.file();
        if (update instanceof AccountCreated created) {
            add(file, created.pointer(), new TreeMap<>());
        } else if (update instanceof FileCreated created) {
            if (file.level() == FilePath.Level.DATA && !has(file.definedIn())) {
                add(file.definedIn(), DPointer.of(created.pointer().code(), 1), new TreeMap<>());
            }
            add(file, created.pointer(), new TreeMap<>());
        }
    }

    private void remove(Predicate<FilePath> which) {
        files.keySet().removeIf(which);
        pointers.keySet().removeIf(which);
    }

    /** What is there no more after an account or a file was deleted or is new: a dictionary goes with its sections. */
    static Predicate<FilePath> goneWith(Update update) {
        FilePath file = update.file();
        if (update instanceof AccountDeleted || update instanceof AccountCreated) {
            return path -> path.account().equals(file.account());
        }
        if (update instanceof FileDeleted && file.level() == FilePath.Level.DICTIONARY) {
            return path -> path.account().equals(file.account()) && path.file().equals(file.file());
        }
        return file::equals;
    }

    /** Only some of the sections, the same items. */
    Image only(Predicate<FilePath> which) {
        Image image = new Image();
        files.keySet().stream().filter(which).forEach(file -> image.add(file, pointers.get(file), files.get(file)));
        return image;
    }

    /** Where two images differ, D-pointers included, empty if nowhere. */
    Optional<String> difference(Image other) {
        return pointers.equals(other.pointers)
                ? differenceOfItems(other)
                : Optional.of("D-pointers " + pointers + " and " + other.pointers);
    }

    /** Where two images differ but for D-pointers, empty if nowhere. */
    Optional<String> differenceOfItems(Image other) {
        if (!files.keySet().equals(other.files.keySet())) {
            return Optional.of("files " + files.keySet() + " and " + other.files.keySet());
        }
        for (FilePath file : files.keySet()) {
            Map<ItemId, byte[]> mine = files.get(file);
            Map<ItemId, byte[]> theirs = other.files.get(file);
            if (!mine.keySet().equals(theirs.keySet())) {
                return Optional.of(file + " holds " + mine.keySet() + " and " + theirs.keySet());
            }
            for (ItemId id : mine.keySet()) {
                if (!Arrays.equals(mine.get(id), theirs.get(id))) {
                    return Optional.of("item " + id + " of " + file);
                }
            }
        }
        return Optional.empty();
    }
}
