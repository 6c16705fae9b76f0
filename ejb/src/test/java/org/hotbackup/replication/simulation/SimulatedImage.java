package org.hotbackup.replication.simulation;

import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.hotbackup.apply.HelperTask;
import org.hotbackup.apply.HelperTasks;
import org.hotbackup.apply.LostItem;
import org.hotbackup.apply.MemoryImage;
import org.hotbackup.apply.SlaveFiles;
import org.hotbackup.control.ItemStore.StoredItem;
import org.hotbackup.model.DPointer;
import org.hotbackup.model.FileDefinition;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.ItemId;
import org.hotbackup.model.Update;
import org.hotbackup.txlog.LoggingPolicy;
import org.hotbackup.txlog.LoggingPolicy.Verdict;

/** The slave's database: chance says which files are large, and helpers need many steps. */
final class SimulatedImage extends MemoryImage {

    private final World world;
    private final Breakage breakage;

    private SimulatedImage(World world, Breakage breakage) {
        this.world = world;
        this.breakage = breakage;
    }

    private SimulatedImage(SimulatedImage other) {
        super(other);
        world = other.world;
        breakage = other.breakage;
    }

    /** With the files of users that another database has. */
    static SimulatedImage of(Image users, World world, Breakage breakage) {
        SimulatedImage image = new SimulatedImage(world, breakage);
        image.add(Files.POISON, Files.POINTER);
        for (FilePath file : users.files()) {
            if (Files.isOfUsers(file)) {
                image.add(file, users.pointer(file));
                image.of(file).putAll(users.items(file));
            }
        }
        return image;
    }

    SimulatedImage copy() {
        return new SimulatedImage(this);
    }

    /** What users will see of it when the helpers are done. */
    Image ofUsers() {
        HelperTasks tasks = new HelperTasks();
        tasks.load(this);
        Image image = new Image();
        for (FileDefinition file : definitions()) {
            if (Files.isOfUsers(file.path())) {
                Optional<HelperTask> task = tasks.of(file.path());
                int modulo = task.map(HelperTask::modulo)
                        .filter(wanted -> wanted > 0)
                        .orElse(file.pointer().modulo());
                DPointer pointer = modulo == file.pointer().modulo()
                        ? file.pointer()
                        : file.pointer().withModulo(modulo);
                image.add(file.path(), pointer, itemsAfter(task, file.path()));
            }
        }
        return image;
    }

    private TreeMap<ItemId, byte[]> itemsAfter(Optional<HelperTask> task, FilePath file) {
        boolean cleared = task.filter(helper -> helper.phase() == HelperTask.Phase.CLEARING)
                .isPresent();
        TreeMap<ItemId, byte[]> items = cleared ? new TreeMap<>() : new TreeMap<>(of(file));
        if (task.isPresent() && task.get().phase() != HelperTask.Phase.RESIZING) {
            of(task.get().hold()).forEach((id, held) -> {
                if (held[0] == 'W') {
                    items.put(id, Arrays.copyOfRange(held, 1, held.length));
                } else {
                    items.remove(id);
                }
            });
        }
        return items;
    }

    /** Transactions in lost+found. */
    int lostTransactions() {
        return (int) lost().filter(item -> item.type().isTransaction()).count();
    }

    /** What was removed so that transactions could be performed, in lost+found. */
    int lostRemoved() {
        return (int) lost().filter(item -> !item.type().isTransaction()).count();
    }

    /** All of lost+found. */
    Stream<LostItem> lost() {
        return of(SlaveFiles.LOST_AND_FOUND).entrySet().stream()
                .map(item -> LostItem.of(item.getKey(), item.getValue()));
    }

    int delayed() {
        return of(SlaveFiles.DELAYED).size();
    }

    /** Whether no update of account dm took effect. */
    boolean isSystemUntouched() {
        return file(Files.POISON).isPresent() && of(Files.POISON).isEmpty();
    }

    /** Whether nothing is held any more. */
    boolean isSettled() {
        return definitions().stream().noneMatch(file -> file.path().section().startsWith("fromprod*"));
    }

    @Override
    public boolean isLogged(Update update, DPointer pointer, Optional<byte[]> before) {
        return LoggingPolicy.judge(new LoggingPolicy.Switches(true, false, false), pointer, update, before)
                == Verdict.LOGGED;
    }

    @Override
    public List<StoredItem> items(FilePath file, ItemId after, int limit) {
        boolean whole = file.equals(SlaveFiles.JOBS);
        return super.items(file, after, whole ? limit : Math.min(limit, world.between(1, 5)));
    }

    @Override
    public boolean holdsMoreThan(FilePath file, int limit) {
        boolean large = !world.isCalm() && world.oneIn(2);
        if (large) {
            world.count("files cleared by a helper");
        }
        return large;
    }

    /** One at a time, and as if it were a full step as long as there are more. */
    @Override
    public int deleteSome(FilePath file, int limit) {
        return super.deleteSome(file, 1) * limit;
    }

    @Override
    public void write(FilePath file, SortedMap<ItemId, Optional<byte[]>> states) {
        boolean forgotten = breakage == Breakage.LOST_AND_NOT_FOUND && file.equals(SlaveFiles.LOST_AND_FOUND)
                || breakage == Breakage.DELAYED_FORGOTTEN && file.equals(SlaveFiles.DELAYED) && world.oneIn(5);
        forgotten |= breakage == Breakage.OVERTAKING_FORGOTTEN
                && file.equals(SlaveFiles.REPLAYABLE)
                && states.values().stream().allMatch(Optional::isEmpty);
        Optional<FilePath> heldFor = breakage == Breakage.NOTHING_HELD ? heldFor(file) : Optional.empty();
        if (heldFor.isPresent()) {
            NavigableMap<ItemId, byte[]> all = of(heldFor.get());
            states.forEach((id, held) -> held.filter(body -> body[0] == 'W')
                    .ifPresent(body -> all.put(id, Arrays.copyOfRange(body, 1, body.length))));
        } else if (!forgotten) {
            super.write(file, states);
        }
    }

    private Optional<FilePath> heldFor(FilePath file) {
        return definitions().stream()
                .filter(definition ->
                        SlaveFiles.hold("fromprod", definition.number()).equals(file))
                .map(FileDefinition::path)
                .findFirst();
    }
}
