package org.hotbackup.store;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import org.hotbackup.apply.SlaveImage;
import org.hotbackup.control.ItemStore.StoredItem;
import org.hotbackup.model.DPointer;
import org.hotbackup.model.FileDefinition;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.ItemId;
import org.hotbackup.model.Update;

/** The slave's image in one unit of work. Throws {@link StoreFailure} when the database fails. */
final class StoreImage implements SlaveImage {

    private final Store store;
    private final UnitOfWork work;
    private final ItemOperations operations;

    StoreImage(Store store, UnitOfWork work) {
        this.store = store;
        this.work = work;
        operations = store.forSystem();
    }

    private interface Access<T> {
        T go() throws SQLException;
    }

    private static <T> T access(FilePath file, Access<T> access) {
        try {
            return access.go();
        } catch (SQLException e) {
            throw new StoreFailure(file + ": " + e.getMessage(), e);
        }
    }

    @Override
    public Optional<FileDefinition> file(FilePath path) {
        return work.file(path);
    }

    @Override
    public OptionalInt unreadable(FilePath path) {
        return work.unreadable(path).stream().mapToInt(FileDefinition::number).findFirst();
    }

    @Override
    public List<FileDefinition> files() {
        return work.files();
    }

    @Override
    public Optional<byte[]> read(FilePath file, ItemId id) {
        Optional<FileDefinition> definition = work.file(file);
        return definition.isEmpty()
                ? Optional.empty()
                : access(file, () -> store.items()
                        .read(work.connection(), definition.get().number(), id));
    }

    @Override
    public List<StoredItem> items(FilePath file, ItemId after, int limit) {
        return access(file, () -> store.items()
                .page(work.connection(), number(file), after, limit, ItemOperations.PAGE_BYTES));
    }

    @Override
    public List<StoredItem> range(FilePath file, ItemId after, ItemId upTo, int limit) {
        return access(file, () -> store.items()
                .page(work.connection(), number(file), after, upTo, limit, ItemOperations.PAGE_BYTES));
    }

    @Override
    public boolean holdsMoreThan(FilePath file, int items) {
        return access(file, () -> store.items().holdsMoreThan(work.connection(), number(file), items));
    }

    @Override
    public long count(FilePath file, ItemId after, ItemId before) {
        return access(file, () -> store.items().count(work.connection(), number(file), after, before));
    }

    @Override
    public void write(FilePath file, SortedMap<ItemId, Optional<byte[]>> states) {
        List<Map.Entry<ItemId, byte[]>> written = new ArrayList<>(states.size());
        List<ItemId> deleted = new ArrayList<>();
        states.forEach(
                (id, state) -> state.ifPresentOrElse(body -> written.add(Map.entry(id, body)), () -> deleted.add(id)));
        access(file, () -> {
            store.items().writeAll(work.connection(), number(file), written);
            store.items().deleteAll(work.connection(), number(file), deleted);
            return null;
        });
        work.countItems(states.size());
    }

    @Override
    public int deleteSome(FilePath file, int limit) {
        return access(file, () -> store.items().deleteSome(work.connection(), number(file), limit));
    }

    @Override
    public void perform(Update update) {
        access(update.file(), () -> {
            operations.performOnFile(work, update);
            return null;
        });
    }

    @Override
    public boolean isLogged(Update update, DPointer pointer, Optional<byte[]> before) {
        return work.isLogged(update, pointer, before);
    }

    @Override
    public void log(List<Update> updates) {
        work.log(updates);
    }

    private int number(FilePath file) {
        return ItemOperations.requireFile(work, file).number();
    }
}
