package org.hotbackup.store;

import jakarta.annotation.PostConstruct;
import jakarta.ejb.EJB;
import jakarta.ejb.Local;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import org.hotbackup.control.ItemStore.StoredItem;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.ItemId;

/** {@link SystemFiles} over the store. */
@Stateless
@Local(SystemFiles.class)
@TransactionAttribute(TransactionAttributeType.REQUIRED)
public class SystemFilesBean implements SystemFiles {

    @Inject
    private UnitsOfWork units;

    @EJB
    private StoreBean store;

    private ItemOperations operations;

    @PostConstruct
    void prepare() {
        operations = store.store().forSystem();
    }

    @Override
    public Optional<byte[]> read(FilePath file, ItemId id) {
        return units.call(work -> operations.read(work, ofSystem(file), id));
    }

    @Override
    public void write(FilePath file, ItemId id, byte[] body) {
        units.call(work -> operations.write(work, ofSystem(file), id, body));
    }

    @Override
    @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
    public void writeApart(FilePath file, ItemId id, byte[] body) {
        write(file, id, body);
    }

    @Override
    public void writeAll(FilePath file, List<StoredItem> items) {
        units.call(work -> {
            for (StoredItem item : items) {
                operations.write(work, ofSystem(file), item.id(), item.body());
            }
            return null;
        });
    }

    @Override
    public boolean delete(FilePath file, ItemId id) {
        return units.call(work -> operations.delete(work, ofSystem(file), id));
    }

    @Override
    public void deleteAll(FilePath file, List<ItemId> ids) {
        units.call(work -> {
            for (ItemId id : ids) {
                operations.delete(work, ofSystem(file), id);
            }
            return null;
        });
    }

    @Override
    public void clear(FilePath file) {
        units.call(work -> {
            operations.clearFile(work, ofSystem(file));
            return null;
        });
    }

    @Override
    public List<StoredItem> items(FilePath file, ItemId after, int limit) {
        return units.call(work -> operations.items(work, ofSystem(file), after, limit));
    }

    @Override
    public List<StoredItem> itemsBefore(FilePath file, ItemId before, int limit) {
        return units.call(work -> operations.itemsBefore(work, ofSystem(file), before, limit));
    }

    private static FilePath ofSystem(FilePath file) {
        if (!SystemAccount.isProtected(file)) {
            throw new IllegalArgumentException(file + " is not a file of the system");
        }
        return file;
    }
}
