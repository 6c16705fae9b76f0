package org.hotbackup.replication.simulation;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.hotbackup.model.DPointer;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.ItemId;
import org.hotbackup.model.Update;
import org.hotbackup.model.Update.FileCleared;
import org.hotbackup.model.Update.FileCreated;
import org.hotbackup.model.Update.FileDeleted;
import org.hotbackup.model.Update.FileRedefined;
import org.hotbackup.model.Update.ItemDeleted;
import org.hotbackup.model.Update.ItemWritten;
import org.hotbackup.model.Update.RangeChecked;

/**
 * Makes the users' transactions: single updates and several items, deletes, counters, whole files, and poison; and now and
 * then a check of a file.
 */
final class TransactionMaker {

    private static final int ITEMS = 12;
    private static final int COUNTERS = 4;

    /** What a transaction is going to touch. */
    record Plan(FilePath file, Set<Integer> items, boolean locksFile, boolean checks) {

        Plan(FilePath file, Set<Integer> items, boolean locksFile) {
            this(file, items, locksFile, false);
        }

        /** What it locks: items, or the whole file. */
        Set<List<Object>> locks() {
            Set<List<Object>> all =
                    items.stream().map(item -> List.<Object>of(file, item)).collect(Collectors.toSet());
            if (locksFile) {
                all.add(List.of(file, -1));
            } else if (file.equals(Files.SCRATCH)) {
                // a shared lock on the section, simplified to one writer at a time
                all.add(List.of(file, -1));
            }
            return all;
        }
    }

    private final World world;
    private long version;
    private long checks;

    TransactionMaker(World world) {
        this.world = world;
    }

    Plan plan() {
        int dice = world.between(1, 100);
        if (dice <= 45) {
            return new Plan(Files.ITEMS, Set.of(world.between(1, ITEMS)), false);
        } else if (dice <= 60) {
            Set<Integer> several = new TreeSet<>();
            for (int i = world.between(2, 5); i > 0; i--) {
                several.add(world.between(1, ITEMS));
            }
            return new Plan(Files.ITEMS, several, false);
        } else if (dice <= 80) {
            return new Plan(Files.COUNTERS, Set.of(world.between(1, COUNTERS)), false);
        } else if (dice <= 90) {
            return new Plan(Files.SCRATCH, Set.of(world.between(1, 3)), false);
        } else if (dice <= 96) {
            return new Plan(Files.SCRATCH, Set.of(), true);
        } else if (dice == 97) {
            return new Plan(Files.SCRATCH, Set.of(), true, true);
        } else if (dice == 98) {
            // the lock of the whole section, simplified to the locks of all items that there may be
            Set<Integer> all = IntStream.rangeClosed(1, ITEMS).boxed().collect(Collectors.toSet());
            return new Plan(Files.ITEMS, all, false, true);
        }
        return new Plan(Files.POISON, Set.of(1), false);
    }

    /** The updates; empty if there turns out to be nothing to do. The locks are held. */
    List<Update> make(Plan plan, Image image) {
        List<Update> updates = new ArrayList<>();
        if (plan.checks()) {
            if (image.has(plan.file())) {
                updates.add(new RangeChecked(plan.file(), image.check(plan.file(), ++checks)));
            }
        } else if (plan.locksFile()) {
            updates.add(onFile(plan.file(), image));
        } else if (image.has(plan.file())) {
            for (int item : plan.items()) {
                updates.add(onItem(plan.file(), MasterStore.id(item), image));
            }
        }
        return updates;
    }

    private Update onFile(FilePath file, Image image) {
        if (!image.has(file)) {
            return new FileCreated(file, pointer());
        }
        if (world.oneIn(3)) {
            return new FileRedefined(file, pointer());
        }
        return world.oneIn(2) ? new FileCleared(file) : new FileDeleted(file);
    }

    /** Small, or so large that the slave needs a helper. */
    private DPointer pointer() {
        return Files.POINTER.withModulo(world.oneIn(2) ? world.between(1, 100) : world.between(101, 5_000));
    }

    private Update onItem(FilePath file, ItemId id, Image image) {
        var before = image.read(file, id);
        if (file.equals(Files.COUNTERS)) {
            long count = before.map(body -> ByteBuffer.wrap(body).getLong()).orElse(0L);
            return new ItemWritten(file, id, MasterStore.body(count + 1, new byte[0]));
        }
        if (before.isPresent() && world.oneIn(4)) {
            return new ItemDeleted(file, id);
        }
        version++;
        return new ItemWritten(file, id, MasterStore.body(version, world.bytes(world.oneIn(20) ? 2_000 : 40)));
    }
}
