package org.hotbackup.replication.simulation;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.hotbackup.model.DPointer;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.ItemId;
import org.hotbackup.model.RangeCheck;
import org.hotbackup.model.Update;
import org.hotbackup.model.Update.FileCleared;
import org.hotbackup.model.Update.FileCreated;
import org.hotbackup.model.Update.FileDeleted;
import org.hotbackup.model.Update.FileRedefined;
import org.hotbackup.model.Update.ItemDeleted;
import org.hotbackup.model.Update.ItemWritten;
import org.hotbackup.verify.RangeSum;

/** A database: files of items. Strict: an update that does not fit what is there has come at the wrong moment. */
final class Image {

    private final Map<FilePath, Map<ItemId, byte[]>> files = new TreeMap<>();

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

    Optional<byte[]> read(FilePath file, ItemId id) {
        return Optional.ofNullable(files.get(file)).map(items -> items.get(id));
    }

    void perform(Update update) {
        FilePath file = update.file();
        if (update instanceof FileCreated created) {
            InvariantBroken.check(!has(file), "I2", "%s is created again", file);
            files.put(file, new TreeMap<>());
            pointers.put(file, created.pointer());
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
        } else if (update instanceof FileDeleted) {
            files.remove(file);
            pointers.remove(file);
        }
    }

    /** What a file amounts to. */
    RangeCheck check(FilePath file, long number) {
        RangeSum sum = new RangeSum();
        files.get(file).forEach(sum::add);
        return new RangeCheck(
                number, Optional.empty(), Optional.empty(), sum.items(), sum.bytes(), sum.digest(), Optional.empty());
    }

    /** Where two images differ, empty if nowhere. */
    Optional<String> difference(Image other) {
        if (!files.keySet().equals(other.files.keySet())) {
            return Optional.of("files " + files.keySet() + " and " + other.files.keySet());
        }
        if (!pointers.equals(other.pointers)) {
            return Optional.of("D-pointers " + pointers + " and " + other.pointers);
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
