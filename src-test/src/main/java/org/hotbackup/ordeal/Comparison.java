package org.hotbackup.ordeal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.hotbackup.model.DPointer;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.ItemId;

/** How what is expected is held against what is there, and said. */
final class Comparison {

    private Comparison() {}

    /** The keys of both, in their order. */
    static <K extends Comparable<K>> Iterable<K> both(Map<K, ?> one, Map<K, ?> other) {
        TreeSet<K> keys = new TreeSet<>(one.keySet());
        keys.addAll(other.keySet());
        return keys;
    }

    /** The items that are not the same. */
    static List<ItemId> differences(Section expected, Section real) {
        List<ItemId> differences = new ArrayList<>();
        for (ItemId id : both(expected.items(), real.items())) {
            if (!Objects.equals(expected.items().get(id), real.items().get(id))) {
                differences.add(id);
            }
        }
        return differences;
    }

    /** Whether two D-pointers are the same as REST shows them: empty attributes at the end make no difference. */
    static boolean isSame(DPointer one, DPointer other, boolean correlatives) {
        return one.code().equals(other.code())
                && one.modulo() == other.modulo()
                && (!correlatives || one.correlatives().equals(other.correlatives()));
    }

    static String shown(FilePath path, ItemId id, Section expected, Section real) {
        return path + " '" + id + "' is " + real.items().get(id) + " instead of "
                + expected.items().get(id);
    }

    static String shown(DPointer pointer) {
        return pointer + " " + pointer.correlatives();
    }
}
