package org.hotbackup.apply;

import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import org.hotbackup.apply.HelperTask.Phase;
import org.hotbackup.control.ItemStore.StoredItem;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.model.DPointer;
import org.hotbackup.model.FileDefinition;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.ItemId;
import org.hotbackup.model.Update;

/**
 * Does a long operation on one section in short steps, each a database transaction of its own that holds the section's
 * lock: the slave server goes on meanwhile (HB-018). A step that is lost is done again. A section that is gone, or another
 * one under the same path, is left alone.
 */
public final class Helper {

    /** A file with no more items than this is cleared by the slave server itself. */
    static final int CLEARED_AT_ONCE = 5_000;

    private static final int DELETED_IN_A_STEP = 5_000;
    private static final int MERGED_IN_A_STEP = 1_000;

    private Helper() {}

    /**
     * Does one step.
     *
     * @return whether there is more to do
     * @throws Refusal if a section is to be resized whose record cannot be read; nothing was changed, and it can be tried
     *     again once the record is repaired (HB-154)
     */
    public static boolean step(FilePath file, SlaveImage image, HelperTasks.Changes tasks, LocalDateTime now) {
        Optional<HelperTask> task = tasks.of(file);
        if (task.isEmpty()) {
            return false;
        }
        if (image.file(file).filter(task.get()::isFor).isEmpty()) {
            cancel(task.get(), image, tasks, now);
            return false;
        }
        Optional<HelperTask> next =
                switch (task.get().phase()) {
                    case CLEARING -> clear(task.get(), image);
                    case MERGING -> merge(task.get(), image);
                    case RESIZING -> resize(task.get(), image);
                };
        if (next.isEmpty()) {
            tasks.remove(file);
            write(image, SlaveFiles.JOBS, task.get().id(), task.get().toCompletedItem(now));
        } else if (!next.equals(task)) {
            begin(next.get(), image, tasks, now);
        }
        return next.isPresent();
    }

    /** Makes a task known. */
    static void begin(HelperTask task, SlaveImage image, HelperTasks.Changes tasks, LocalDateTime now) {
        tasks.put(task);
        write(image, SlaveFiles.JOBS, task.id(), task.toItem(now));
    }

    /** Ends a task that has become pointless; what was held for its section is dropped. */
    static void cancel(HelperTask task, SlaveImage image, HelperTasks.Changes tasks, LocalDateTime now) {
        if (task.holds()) {
            image.perform(new Update.FileDeleted(task.hold()));
        }
        tasks.remove(task.file());
        write(image, SlaveFiles.JOBS, task.id(), task.toCompletedItem(now));
    }

    private static Optional<HelperTask> clear(HelperTask task, SlaveImage image) {
        boolean more = image.deleteSome(task.file(), DELETED_IN_A_STEP) == DELETED_IN_A_STEP;
        return Optional.of(more ? task : task.in(Phase.MERGING));
    }

    private static Optional<HelperTask> merge(HelperTask task, SlaveImage image) {
        List<StoredItem> held = image.items(task.hold(), null, MERGED_IN_A_STEP);
        if (held.isEmpty()) {
            image.perform(new Update.FileDeleted(task.hold()));
            return task.modulo() == 0 ? Optional.empty() : Optional.of(task.in(Phase.RESIZING));
        }
        SortedMap<ItemId, Optional<byte[]>> states = new TreeMap<>();
        SortedMap<ItemId, Optional<byte[]>> merged = new TreeMap<>();
        held.forEach(item -> {
            states.put(item.id(), HeldItem.state(item.body()));
            merged.put(item.id(), Optional.empty());
        });
        image.write(task.file(), states);
        image.write(task.hold(), merged);
        return Optional.of(task);
    }

    /** Not while the record cannot be read: what stands for its D-pointer meanwhile would overwrite it. */
    private static Optional<HelperTask> resize(HelperTask task, SlaveImage image) {
        OptionalInt unreadable = image.unreadable(task.file());
        if (unreadable.isPresent()) {
            throw new Refusal(MessageCode.CANNOT_READ_FOF_ITEM, unreadable.getAsInt());
        }
        Optional<FileDefinition> file = image.file(task.file());
        if (file.isPresent()) {
            DPointer resized = file.get().pointer().withModulo(task.modulo());
            image.perform(new Update.FileRedefined(task.file(), resized));
        }
        return Optional.empty();
    }

    private static void write(SlaveImage image, FilePath file, ItemId id, byte[] body) {
        SortedMap<ItemId, Optional<byte[]>> one = new TreeMap<>();
        one.put(id, Optional.of(body));
        image.write(file, one);
    }
}
