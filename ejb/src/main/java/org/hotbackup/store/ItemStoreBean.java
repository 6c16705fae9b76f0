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
import org.hotbackup.control.FileDigest;
import org.hotbackup.control.ItemStore;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.model.DPointer;
import org.hotbackup.model.FileDefinition;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.ItemId;
import org.hotbackup.model.Update;

/**
 * The item store as users and REST see it: each method joins the caller's transaction or makes its own. The system's files
 * can be read but for the users, and not be changed.
 */
@Stateless
@Local(ItemStore.class)
@TransactionAttribute(TransactionAttributeType.REQUIRED)
public class ItemStoreBean implements ItemStore {

    @Inject
    private UnitsOfWork units;

    @EJB
    private StoreBean store;

    private ItemOperations operations;

    @PostConstruct
    void prepare() {
        operations = operations(store.store());
    }

    /** What it may do. */
    ItemOperations operations(Store of) {
        return of.forUsers();
    }

    @Override
    public void createAccount(String account, DPointer pointer) {
        units.call(work -> {
            operations.createAccount(work, account, pointer);
            return null;
        });
    }

    @Override
    public void deleteAccount(String account) {
        units.call(work -> {
            operations.deleteAccount(work, account);
            return null;
        });
    }

    @Override
    public List<String> accounts() {
        return units.call(operations::accounts);
    }

    @Override
    public FileDefinition createFile(FilePath path, DPointer pointer) {
        return units.call(work -> operations.createFile(work, path, pointer));
    }

    @Override
    public FileDefinition redefineFile(FilePath path, DPointer pointer) {
        return units.call(work -> operations.redefineFile(work, path, pointer));
    }

    @Override
    public void deleteFile(FilePath path) {
        units.call(work -> {
            operations.deleteFile(work, path);
            return null;
        });
    }

    @Override
    public void clearFile(FilePath path) {
        units.call(work -> {
            operations.clearFile(work, path);
            return null;
        });
    }

    @Override
    public Optional<FileDefinition> file(FilePath path) {
        return units.call(work -> work.file(path));
    }

    @Override
    public List<FileDefinition> files(String account) {
        return units.call(work -> operations.files(work, account));
    }

    @Override
    public Optional<byte[]> read(FilePath file, ItemId id) {
        refuseSecrets(file);
        return units.call(work -> operations.read(work, file, id));
    }

    @Override
    public boolean write(FilePath file, ItemId id, byte[] body) {
        return units.call(work -> operations.write(work, file, id, body));
    }

    @Override
    public boolean delete(FilePath file, ItemId id) {
        return units.call(work -> operations.delete(work, file, id));
    }

    @Override
    public void execute(List<Update> updates) {
        units.call(work -> {
            operations.execute(work, updates);
            return null;
        });
    }

    @Override
    @TransactionAttribute(TransactionAttributeType.SUPPORTS)
    public void excludeFromLogging() {
        units.excludeFromLogging();
    }

    @Override
    public long itemCount(FilePath file) {
        return units.call(work -> operations.itemCount(work, file));
    }

    @Override
    public List<StoredItem> items(FilePath file, ItemId after, int limit) {
        refuseSecrets(file);
        return units.call(work -> operations.items(work, file, after, limit));
    }

    @Override
    @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
    public FileDigest digest(FilePath file) {
        return store.digest(file);
    }

    private static void refuseSecrets(FilePath file) {
        if (file.equals(SystemAccount.USERS)) {
            throw new Refusal(MessageCode.SECRET_FILE, file);
        }
    }
}
