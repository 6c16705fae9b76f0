package org.hotbackup.tape;

import org.hotbackup.model.DPointer;
import org.hotbackup.model.DynamicArray;
import org.hotbackup.model.ItemId;

/** The frame of the group in which an item would be (docs/tape-format.md 4): records carry it, readers do not need it. */
final class GroupHash {

    private static final int BASE = 2;
    private static final int SEPARATION = 4;
    private static final int RADIX = 10;
    private static final int MOST_DIGITS = 9;

    private final long base;
    private final long separation;
    private final int modulo;

    GroupHash(DPointer pointer) {
        DynamicArray attributes = pointer.attributes();
        base = number(attributes.extract(BASE), 0);
        separation = number(attributes.extract(SEPARATION), 1);
        modulo = pointer.modulo();
    }

    private static long number(String text, long otherwise) {
        return text.matches("[0-9]{1," + MOST_DIGITS + "}") ? Long.parseLong(text) : otherwise;
    }

    /** The frame of this id's group. */
    long frame(ItemId id) {
        int hash = 0;
        for (byte b : id.bytes()) {
            hash = hash * RADIX + (b & 0xFF) & Integer.MAX_VALUE;
        }
        return base + hash % modulo * separation;
    }
}
