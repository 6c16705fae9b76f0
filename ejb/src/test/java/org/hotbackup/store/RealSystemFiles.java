package org.hotbackup.store;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.hotbackup.control.ItemStore.StoredItem;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.ItemId;

/** The system's files of a store in a test, without a container: each call is a transaction. */
public final class RealSystemFiles implements SystemFiles, AutoCloseable {

    private final OpenStore open;

    private RealSystemFiles(OpenStore open) {
        this.open = open;
    }

    /** Those of a new H2 store. */
    public static RealSystemFiles onH2(Path folder) {
        return on("H2", folder);
    }

    /** Those of a new store on the database of this name, {@code H2} or {@code POSTGRESQL}. */
    public static RealSystemFiles on(String database, Path folder) {
        try {
            return new RealSystemFiles(OpenStore.create(TestDatabase.valueOf(database), folder));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private <T> T commit(OpenStore.Work<T> work) {
        try {
            return open.commit(work);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public Optional<byte[]> read(FilePath file, ItemId id) {
        return commit(work -> open.system.read(work, file, id));
    }

    @Override
    public void write(FilePath file, ItemId id, byte[] body) {
        commit(work -> open.system.write(work, file, id, body));
    }

    @Override
    public void writeAll(FilePath file, List<StoredItem> items) {
        commit(work -> {
            for (StoredItem item : items) {
                open.system.write(work, file, item.id(), item.body());
            }
            return null;
        });
    }

    @Override
    public boolean delete(FilePath file, ItemId id) {
        return commit(work -> open.system.delete(work, file, id));
    }

    @Override
    public void deleteAll(FilePath file, List<ItemId> ids) {
        commit(work -> {
            for (ItemId id : ids) {
                open.system.delete(work, file, id);
            }
            return null;
        });
    }

    @Override
    public void clear(FilePath file) {
        commit(work -> {
            open.system.clearFile(work, file);
            return null;
        });
    }

    @Override
    public List<StoredItem> items(FilePath file, ItemId after, int limit) {
        return commit(work -> open.system.items(work, file, after, limit));
    }

    @Override
    public List<StoredItem> itemsBefore(FilePath file, ItemId before, int limit) {
        return commit(work -> open.system.itemsBefore(work, file, before, limit));
    }

    @Override
    public void close() {
        open.close();
    }
}
