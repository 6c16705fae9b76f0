package org.hotbackup.server;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.hotbackup.control.ItemStore.StoredItem;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.model.DynamicArray;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.ItemId;
import org.hotbackup.store.SystemFiles;

/** The system's files as they lie in a store, without one; what these tests do not need is not there. */
final class FilesInMemory implements InvocationHandler {

    private final Map<FilePath, TreeMap<String, byte[]>> files = new TreeMap<>();
    private boolean full;

    /** As the classes under test see them. */
    SystemFiles files() {
        return (SystemFiles)
                Proxy.newProxyInstance(SystemFiles.class.getClassLoader(), new Class<?>[] {SystemFiles.class}, this);
    }

    /** The disk takes nothing any more, or something again. */
    void full(boolean now) {
        full = now;
    }

    /** One item as attributes, empty if there is none. */
    Optional<DynamicArray> item(FilePath file, String id) {
        return Optional.ofNullable(items(file).get(id)).map(DynamicArray::of);
    }

    /** Puts an item there, whatever is in it. */
    void put(FilePath file, String id, String... attributes) {
        items(file).put(id, DynamicArray.ofAttributes(attributes).bytes());
    }

    List<String> ids(FilePath file) {
        return List.copyOf(items(file).keySet());
    }

    private synchronized TreeMap<String, byte[]> items(FilePath file) {
        return files.computeIfAbsent(file, f -> new TreeMap<>());
    }

    @Override
    public synchronized Object invoke(Object proxy, Method method, Object[] given) {
        TreeMap<String, byte[]> items = items((FilePath) given[0]);
        switch (method.getName()) {
            case "read" -> {
                return Optional.ofNullable(items.get(given[1].toString()));
            }
            case "write", "writeApart" -> {
                if (full) {
                    throw new Refusal(MessageCode.STORE_FULL, 1, 50);
                }
                items.put(given[1].toString(), (byte[]) given[2]);
                return null;
            }
            case "writeAll" -> {
                if (full) {
                    throw new Refusal(MessageCode.STORE_FULL, 1, 50);
                }
                ((List<?>) given[1])
                        .forEach(item -> items.put(((StoredItem) item).id().toString(), ((StoredItem) item).body()));
                return null;
            }
            case "delete" -> {
                return items.remove(given[1].toString()) != null;
            }
            case "items" -> {
                Map<String, byte[]> after = given[1] == null ? items : items.tailMap(given[1].toString(), false);
                return after.entrySet().stream()
                        .limit((int) given[2])
                        .map(item -> new StoredItem(ItemId.of(item.getKey()), item.getValue()))
                        .toList();
            }
            case "deleteAll" -> {
                ((List<?>) given[1]).forEach(id -> items.remove(id.toString()));
                return null;
            }
            case "itemsBefore" -> {
                Map<String, byte[]> before = given[1] == null ? items : items.headMap(given[1].toString(), false);
                return before.entrySet().stream()
                        .skip(Math.max(0, before.size() - (int) given[2]))
                        .map(item -> new StoredItem(ItemId.of(item.getKey()), item.getValue()))
                        .toList();
            }
            default -> throw new UnsupportedOperationException(method.getName());
        }
    }
}
