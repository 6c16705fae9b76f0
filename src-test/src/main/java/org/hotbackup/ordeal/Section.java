package org.hotbackup.ordeal;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.hotbackup.model.DPointer;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.ItemId;

/** One section of an image: its D-pointer and what is remembered of its items. */
final class Section {

    private final boolean isData;
    private final boolean keepsBodies;
    private final SortedMap<ItemId, Fingerprint> items = new TreeMap<>();
    private final Map<ItemId, byte[]> bodies = new HashMap<>();
    private final Map<ItemId, Boolean> ownFlags = new HashMap<>();
    private DPointer pointer;

    /** An empty one; of a master dictionary the bodies are kept too, for they say what correlatives refer to. */
    Section(FilePath path, DPointer pointer) {
        this.isData = path.level() == FilePath.Level.DATA;
        this.keepsBodies = path.level() == FilePath.Level.MASTER_DICTIONARY;
        this.pointer = pointer;
    }

    private Section(Section other) {
        isData = other.isData;
        keepsBodies = other.keepsBodies;
        pointer = other.pointer;
        items.putAll(other.items);
        bodies.putAll(other.bodies);
        ownFlags.putAll(other.ownFlags);
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

    /** Whether its items are logged. */
    boolean isLogged(boolean allFiles) {
        return isLogged(pointer, allFiles, Optional.empty());
    }

    /** Rules 3 to 7 of docs/data-model.md 4, for an item with a flag of its own or anything else in a section. */
    static boolean isLogged(DPointer pointer, boolean allFiles, Optional<Boolean> ownFlag) {
        boolean never = pointer.has('X') || pointer.has('Y') || pointer.has('T');
        return !never && (allFiles || ownFlag.orElse(pointer.has('L')));
    }

    /** What a comparison takes of an item: nothing of one that is itself a D-pointer without L. */
    Fingerprint compared(ItemId id) {
        return ownFlag(id).orElse(true) ? items.get(id) : null;
    }

    byte[] body(ItemId id) {
        return bodies.get(id);
    }

    void write(ItemId id, byte[] body) {
        items.put(id, Fingerprint.of(body));
        if (keepsBodies) {
            bodies.put(id, body);
        }
        ownFlags.remove(id);
        if (!isData) {
            PseudoPointers.logged(body).ifPresent(logged -> ownFlags.put(id, logged));
        }
    }

    /** Whether an item of a dictionary that is itself a D-pointer has an L; empty if it is none. */
    Optional<Boolean> ownFlag(ItemId id) {
        return Optional.ofNullable(ownFlags.get(id));
    }

    void delete(ItemId id) {
        items.remove(id);
        bodies.remove(id);
        ownFlags.remove(id);
    }

    void clear() {
        items.clear();
        bodies.clear();
        ownFlags.clear();
    }
}
