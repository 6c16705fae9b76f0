package org.hotbackup.apply;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.hotbackup.control.ItemStore.StoredItem;
import org.hotbackup.model.DPointer;
import org.hotbackup.model.FileDefinition;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.ItemId;
import org.hotbackup.model.Update;
import org.hotbackup.txlog.LoggingPolicy;

/** A slave's database in memory. Strict: an update that does not fit what is there is refused. */
public class MemoryImage implements SlaveImage {

    private static final DPointer SYSTEM = DPointer.of("DT", 1);

    private final Map<FilePath, FileDefinition> files = new TreeMap<>();
    private final Map<FilePath, NavigableMap<ItemId, byte[]>> items = new TreeMap<>();
    private final List<List<Update>> logged = new ArrayList<>();
    private int lastNumber;
    private long looks;

    /** With account dm and the files in it that a slave server uses. */
    public MemoryImage() {
        add(FilePath.masterDictionary("dm"), SYSTEM);
        for (FilePath file :
                List.of(SlaveFiles.LOST_AND_FOUND, SlaveFiles.REPLAYABLE, SlaveFiles.DELAYED, SlaveFiles.JOBS)) {
            add(file, SYSTEM);
        }
    }

    /** A copy of another one. */
    protected MemoryImage(MemoryImage other) {
        files.putAll(other.files);
        other.items.forEach((path, all) -> items.put(path, new TreeMap<>(all)));
        lastNumber = other.lastNumber;
    }

    /** Adds a file as it stands. */
    public final void add(FilePath path, DPointer pointer) {
        if (files.containsKey(path)) {
            throw new IllegalStateException(path + " is created again");
        }
        files.put(path, new FileDefinition(++lastNumber, path, pointer));
        items.put(path, new TreeMap<>());
    }

    /** All definitions. */
    protected final List<FileDefinition> definitions() {
        return List.copyOf(files.values());
    }

    private FilePath unwritable;
    private static final LoggingPolicy.Switches DL_ONLY = new LoggingPolicy.Switches(true, false, false);

    @Override
    public List<FileDefinition> files() {
        return definitions();
    }

    /** The items of a file. */
    public final NavigableMap<ItemId, byte[]> of(FilePath path) {
        if (!items.containsKey(path)) {
            throw new IllegalStateException(path + " is used but not there");
        }
        return items.get(path);
    }

    /** How often an item or a page of items was read. */
    public final long looks() {
        return looks;
    }

    /** What was logged for the next slave, a list for each transaction. */
    public final List<List<Update>> logged() {
        return logged;
    }

    @Override
    public Optional<FileDefinition> file(FilePath path) {
        return Optional.ofNullable(files.get(path));
    }

    @Override
    public Optional<byte[]> read(FilePath file, ItemId id) {
        looks++;
        return Optional.ofNullable(items.getOrDefault(file, new TreeMap<>()).get(id));
    }

    @Override
    public List<StoredItem> items(FilePath file, ItemId after, int limit) {
        looks++;
        NavigableMap<ItemId, byte[]> all = of(file);
        return (after == null ? all : all.tailMap(after, false))
                .entrySet().stream()
                        .limit(limit)
                        .map(item -> new StoredItem(item.getKey(), item.getValue()))
                        .toList();
    }

    @Override
    public boolean holdsMoreThan(FilePath file, int limit) {
        return of(file).size() > limit;
    }

    @Override
    public long count(FilePath file, ItemId after, ItemId before) {
        return of(file).subMap(after, false, before, false).size();
    }

    @Override
    public void write(FilePath file, SortedMap<ItemId, Optional<byte[]>> states) {
        if (file.equals(unwritable)) {
            throw new IllegalStateException(file + " cannot be written");
        }
        NavigableMap<ItemId, byte[]> all = of(file);
        states.forEach((id, state) -> state.ifPresentOrElse(body -> all.put(id, body), () -> all.remove(id)));
    }

    @Override
    public int deleteSome(FilePath file, int limit) {
        NavigableMap<ItemId, byte[]> all = of(file);
        int deleted = 0;
        while (deleted < limit && all.pollFirstEntry() != null) {
            deleted++;
        }
        return deleted;
    }

    @Override
    public void perform(Update update) {
        FilePath file = update.file();
        if (update instanceof Update.FileCreated created) {
            if (file.level() == FilePath.Level.DATA && !files.containsKey(file.definedIn())) {
                add(file.definedIn(), DPointer.of(created.pointer().code(), 1));
            }
            add(file, created.pointer());
        } else if (update instanceof Update.AccountCreated created) {
            add(file, created.pointer());
        } else if (update instanceof Update.FileDeleted || update instanceof Update.AccountDeleted) {
            of(file);
            List.copyOf(files.keySet()).stream()
                    .filter(path -> Transaction.removes(update, path))
                    .forEach(path -> {
                        files.remove(path);
                        items.remove(path);
                    });
        } else if (update instanceof Update.FileCleared) {
            of(file).clear();
        } else if (update instanceof Update.FileRedefined redefined) {
            of(file);
            files.put(file, new FileDefinition(files.get(file).number(), file, redefined.pointer()));
        } else {
            throw new IllegalStateException("unexpected " + update);
        }
    }

    /** From now on nothing can be written into this file. */
    void failOnWriting(FilePath file) {
        unwritable = file;
    }

    @Override
    public boolean isLogged(Update update, DPointer pointer, Optional<byte[]> before) {
        return LoggingPolicy.judge(DL_ONLY, pointer, update, before) == LoggingPolicy.Verdict.LOGGED;
    }

    @Override
    public void log(List<Update> updates) {
        logged.add(List.copyOf(updates));
    }
}
