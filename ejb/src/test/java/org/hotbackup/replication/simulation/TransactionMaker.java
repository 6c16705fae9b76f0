package org.hotbackup.replication.simulation;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
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

/**
 * Makes the users' transactions: single updates and several items, deletes, counters, whole files and accounts,
 * D-pointers, and poison.
 */
final class TransactionMaker {

    private static final int ITEMS = 12;
    private static final int COUNTERS = 4;
    private static final ItemId POINTER_ITEM = ItemId.of("pointer");

    /**
     * What a transaction is going to touch.
     *
     * @param excluded the process that makes it is excluded from logging
     */
    record Plan(FilePath file, Set<Integer> items, boolean locksFile, boolean excluded) {

        /** What it locks: items, or whole files; of an account that comes and goes all. */
        Set<List<Object>> locks() {
            Set<List<Object>> all = new HashSet<>();
            if (locksFile || file.equals(Files.SCRATCH)) {
                // a shared lock on the section, simplified to one writer at a time
                all.add(List.of(file, -1));
            }
            items.forEach(item -> all.add(List.of(file, item)));
            return all;
        }
    }

    private final World world;
    private long version;

    TransactionMaker(World world) {
        this.world = world;
    }

    Plan plan() {
        int dice = world.between(1, 100);
        if (dice <= 42) {
            return ofItems(Files.ITEMS, 1, ITEMS);
        } else if (dice <= 55) {
            return ofItems(Files.ITEMS, world.between(2, 5), ITEMS);
        } else if (dice <= 72) {
            return ofItems(Files.COUNTERS, 1, COUNTERS);
        } else if (dice <= 80) {
            return ofItems(Files.SCRATCH, 1, 3);
        } else if (dice <= 87) {
            return new Plan(Files.SCRATCH, Set.of(), true, false);
        } else if (dice <= 96) {
            return new Plan(Files.SPARE, Set.of(), true, world.oneIn(10));
        } else if (dice <= 98) {
            return new Plan(Files.WORLD, Set.of(), true, false);
        }
        return ofItems(Files.POISON, 1, 1);
    }

    private Plan ofItems(FilePath file, int howMany, int most) {
        Set<Integer> items = new TreeSet<>();
        for (int i = 0; i < howMany; i++) {
            items.add(world.between(1, most));
        }
        return new Plan(file, items, false, false);
    }

    /** The updates; empty if there turns out to be nothing to do. The locks are held. */
    List<Update> make(Plan plan, Image image) {
        List<Update> updates = new ArrayList<>();
        if (plan.file().equals(Files.SPARE)) {
            updates.add(inSpare(image));
        } else if (plan.file().equals(Files.WORLD)) {
            updates.add(inMasterDictionary(image));
        } else if (plan.locksFile()) {
            updates.add(onFile(plan.file(), image));
        } else if (image.has(plan.file())) {
            for (int item : plan.items()) {
                updates.add(onItem(plan.file(), MasterStore.id(item), image));
            }
        }
        updates.forEach(update -> world.count("made " + update.getClass().getSimpleName()));
        return updates;
    }

    private Update onFile(FilePath file, Image image) {
        if (!image.has(file)) {
            return new FileCreated(file, pointer());
        }
        return switch (world.between(1, 7)) {
            case 1, 2 -> new FileRedefined(file, pointer());
            case 3, 4, 5 -> new FileCleared(file);
            case 6 -> new FileDeleted(file);
            default -> new FileDeleted(file.definedIn());
        };
    }

    /** Small, or so large that the slave needs a helper; protected now and then, and with correlatives. */
    private DPointer pointer() {
        int modulo = world.oneIn(2) ? world.between(1, 101) : world.between(102, 5_000);
        DPointer pointer = DPointer.of(world.oneIn(4) ? "DLU" : "DL", modulo);
        if (!world.oneIn(3)) {
            return pointer;
        }
        List<String> correlatives = new ArrayList<>();
        for (int i = world.between(1, 3); i > 0; i--) {
            correlatives.add(Correlatives.ALL.get(world.between(0, Correlatives.ALL.size() - 1)));
        }
        return pointer.withCorrelatives(correlatives);
    }

    /** The account comes and goes with what is in it; none of it is logged for certain. */
    private Update inSpare(Image image) {
        DPointer pointer = DPointer.of(world.oneIn(3) ? "D" : "DL", world.oneIn(3) ? 500 : 3);
        ItemId name = ItemId.of(Files.THINGS.file());
        FilePath file = Files.THINGS;
        if (!image.has(Files.SPARE)) {
            return new AccountCreated(Files.SPARE, pointer);
        }
        if (image.read(Files.SPARE, name).isPresent()) {
            return new ItemDeleted(Files.SPARE, name);
        }
        if (world.oneIn(12)) {
            return new AccountDeleted(Files.SPARE);
        }
        if (!image.has(file)) {
            return image.has(file.definedIn()) || world.oneIn(2)
                    ? new FileCreated(file, pointer)
                    : new ItemWritten(Files.SPARE, name, MasterStore.body(++version, new byte[0]));
        }
        return switch (world.between(1, 12)) {
            case 1 -> new FileCleared(file);
            case 2 -> new FileDeleted(world.oneIn(2) ? file : file.definedIn());
            case 3, 4 -> new FileRedefined(file, pointer);
            default -> onItem(file, MasterStore.id(world.between(1, 3)), image);
        };
    }

    /** A cataloged object, to which correlatives refer; or an item that is itself a D-pointer, logged or not. */
    private Update inMasterDictionary(Image image) {
        if (world.oneIn(3)) {
            return new ItemWritten(
                    Files.WORLD,
                    POINTER_ITEM,
                    DPointer.of(world.oneIn(2) ? "D" : "DL", 9).bytes());
        }
        return image.read(Files.WORLD, Correlatives.SUBROUTINE).isPresent()
                ? new ItemDeleted(Files.WORLD, Correlatives.SUBROUTINE)
                : new ItemWritten(Files.WORLD, Correlatives.SUBROUTINE, Correlatives.catalogedObject());
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
