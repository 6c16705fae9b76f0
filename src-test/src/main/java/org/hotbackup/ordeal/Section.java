package org.hotbackup.ordeal;

import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.hotbackup.model.DPointer;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.ItemId;

/** One section of an image: its D-pointer and what is remembered of its items. */
final class Section {

    private final boolean keepsBodies;
    private final SortedMap<ItemId, Fingerprint> items = new TreeMap<>();
    private final Map<ItemId, byte[]> bodies = new HashMap<>();
    private DPointer pointer;

    /** An empty one; of a master dictionary the bodies are kept too, for they say what correlatives refer to. */
    Section(FilePath path, DPointer pointer) {
        this.keepsBodies = path.level() == FilePath.Level.MASTER_DICTIONARY;
        this.pointer = pointer;
    }

    private Section(Section other) {
        keepsBodies = other.keepsBodies;
        pointer = other.pointer;
        items.putAll(other.items);
        bodies.putAll(other.bodies);
    }

    Section copy() {
        return new Section(this);
    }

    DPointer pointer() {
        return pointer;
    }

    void redefine(DPointer other) {
        pointer = other;
    }

    SortedMap<ItemId, Fingerprint> items() {
        return items;
    }

    byte[] body(ItemId id) {
        return bodies.get(id);
    }

    void write(ItemId id, byte[] body) {
        write(id, Fingerprint.of(body), body);
    }

    void write(ItemId id, Fingerprint fingerprint, byte[] body) {
        items.put(id, fingerprint);
        if (keepsBodies) {
            bodies.put(id, body);
        }
    }

    void delete(ItemId id) {
        items.remove(id);
        bodies.remove(id);
    }

    void clear() {
        items.clear();
        bodies.clear();
    }
}
