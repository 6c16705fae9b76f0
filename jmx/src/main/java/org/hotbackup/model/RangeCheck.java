package org.hotbackup.model;

import java.util.Optional;
import java.util.SortedMap;

/**
 * What a range of a section amounts to on the master at one place of the log.
 *
 * @param number names this check in the slave's report
 * @param after where the range begins, exclusive; empty for the section's beginning
 * @param upTo where it ends, inclusive; empty for the section's end
 * @param items how many items are in it
 * @param bytes the bytes of their ids and bodies
 * @param sha256 of the range, in hex: over its items in unsigned byte order of their ids; for each the id's length (4
 *     bytes, big endian), the id, the body's length (4 bytes), the body
 * @param detail what every single item amounts to, empty in a check of the range as a whole
 */
public record RangeCheck(
        long number,
        Optional<ItemId> after,
        Optional<ItemId> upTo,
        long items,
        long bytes,
        String sha256,
        Optional<SortedMap<ItemId, ItemSum>> detail) {

    /** Whether an id lies in the range. */
    public boolean holds(ItemId id) {
        return after.map(from -> id.compareTo(from) > 0).orElse(true)
                && upTo.map(to -> id.compareTo(to) <= 0).orElse(true);
    }
}
