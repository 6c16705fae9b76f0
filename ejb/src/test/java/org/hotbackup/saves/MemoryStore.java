package org.hotbackup.saves;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.hotbackup.control.ItemStore;
import org.hotbackup.control.ItemStore.StoredItem;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.model.DPointer;
import org.hotbackup.model.FileDefinition;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.ItemId;
import org.hotbackup.model.Update;

/** A store in memory; what saves and restores do not need is not there. Public methods are those of {@link ItemStore}. */
final class MemoryStore {

    private final TreeMap<FilePath, FileDefinition> files = new TreeMap<>();
    private final TreeMap<FilePath, TreeMap<ItemId, byte[]>> items = new TreeMap<>();

    /** Is told of each update before it is made; what it throws is thrown. */
    Consumer<Update> before = update -> {};

    /** Called before each transaction; what it throws is thrown. */
    Runnable beforeTransaction = () -> {};

    ItemStore store() {
        return (ItemStore) Proxy.newProxyInstance(
                ItemStore.class.getClassLoader(), new Class<?>[] {ItemStore.class}, (proxy, method, arguments) -> {
                    try {
                        synchronized (this) {
                            return getClass()
                                    .getMethod(method.getName(), method.getParameterTypes())
                                    .invoke(this, arguments);
                        }
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    public List<String> accounts() {
        return files.keySet().stream().map(FilePath::account).distinct().toList();
    }

    public Optional<FileDefinition> file(FilePath path) {
        return Optional.ofNullable(files.get(path));
    }

    public List<FileDefinition> files(String account) {
        if (file(FilePath.masterDictionary(account)).isEmpty()) {
            throw new Refusal(MessageCode.NO_ACCOUNT, account);
        }
        return files.values().stream()
                .filter(file -> file.path().account().equals(account))
                .toList();
    }

    public void createAccount(String account, DPointer pointer) {
        execute(List.of(new Update.AccountCreated(FilePath.masterDictionary(account), pointer)));
    }

    public void deleteAccount(String account) {
        execute(List.of(new Update.AccountDeleted(FilePath.masterDictionary(account))));
    }

    public FileDefinition createFile(FilePath path, DPointer pointer) {
        execute(List.of(new Update.FileCreated(path, pointer)));
        return files.get(path);
    }

    public void deleteFile(FilePath path) {
        execute(List.of(new Update.FileDeleted(path)));
    }

    public Optional<byte[]> read(FilePath file, ItemId id) {
        return Optional.ofNullable(of(file).get(id));
    }

    public boolean write(FilePath file, ItemId id, byte[] body) {
        boolean made = read(file, id).isEmpty();
        execute(List.of(new Update.ItemWritten(file, id, body)));
        return made;
    }

    public boolean delete(FilePath file, ItemId id) {
        boolean there = read(file, id).isPresent();
        execute(List.of(new Update.ItemDeleted(file, id)));
        return there;
    }

    /** One transaction: what ends it before its first update is made ends it whole. */
    public void execute(List<Update> updates) {
        beforeTransaction.run();
        updates.forEach(before);
        updates.forEach(this::make);
    }

    private void make(Update update) {
        FilePath file = update.file();
        if (update instanceof Update.AccountCreated made) {
            if (files.containsKey(file)) {
                throw new Refusal(MessageCode.ACCOUNT_EXISTS, file.account());
            }
            define(file, made.pointer());
        } else if (update instanceof Update.FileCreated made) {
            if (files.containsKey(file)) {
                throw new Refusal(MessageCode.FILE_EXISTS, file);
            }
            if (!files.containsKey(file.definedIn())) {
                define(file.definedIn(), made.pointer());
            }
            define(file, made.pointer());
        } else if (update instanceof Update.FileDeleted) {
            files.keySet()
                    .removeIf(path -> path.equals(file) || path.definedIn().equals(file));
            items.keySet()
                    .removeIf(path -> path.equals(file) || path.definedIn().equals(file));
        } else if (update instanceof Update.AccountDeleted) {
            files.keySet().removeIf(path -> path.account().equals(file.account()));
            items.keySet().removeIf(path -> path.account().equals(file.account()));
        } else if (update instanceof Update.ItemWritten written) {
            of(file).put(written.id(), written.body());
        } else if (update instanceof Update.ItemDeleted deleted) {
            of(file).remove(deleted.id());
        } else {
            throw new UnsupportedOperationException(update.operation());
        }
    }

    private void define(FilePath path, DPointer pointer) {
        files.put(path, new FileDefinition(files.size() + 1, path, pointer));
        items.put(path, new TreeMap<>());
    }

    private TreeMap<ItemId, byte[]> of(FilePath file) {
        TreeMap<ItemId, byte[]> of = items.get(file);
        if (of == null) {
            throw new Refusal(MessageCode.NO_FILE, file);
        }
        return of;
    }

    public long itemCount(FilePath file) {
        return of(file).size();
    }

    public List<StoredItem> items(FilePath file, ItemId after, int limit) {
        List<StoredItem> page = new ArrayList<>();
        of(file).forEach((id, body) -> {
            if ((after == null || id.compareTo(after) > 0) && page.size() < limit) {
                page.add(new StoredItem(id, body));
            }
        });
        return page;
    }

    /** All items of an account, one line each. */
    List<String> image(String account) {
        List<String> lines = new ArrayList<>();
        items.forEach((file, of) -> {
            if (file.account().equals(account)) {
                of.forEach((id, body) ->
                        lines.add(file.file() + " " + file.section() + " " + id + " " + Arrays.toString(body)));
            }
        });
        return lines;
    }
}
