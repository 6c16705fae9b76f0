package org.hotbackup.verify;

import java.util.Optional;
import org.hotbackup.model.ItemId;

/**
 * What is to be compared next.
 *
 * @param number names the check in the slave's report
 * @param after where the range begins, exclusive; empty for the section's beginning
 * @param upTo where it ends at the latest, inclusive; empty for the section's end
 * @param mostItems ends after so many items
 * @param mostBytes ends after the item with which so many bytes are reached
 * @param detail say what every single item amounts to
 */
public record RangeRequest(
        long number, Optional<ItemId> after, Optional<ItemId> upTo, int mostItems, long mostBytes, boolean detail) {}
