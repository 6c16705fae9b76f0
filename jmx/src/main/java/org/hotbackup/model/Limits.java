package org.hotbackup.model;

/** What one item and one transaction may hold. */
public final class Limits {

    /** The largest body of an item, in bytes: 64 MB. */
    public static final int MAX_ITEM_BYTES = 64 * 1024 * 1024;

    /** The largest transaction, in bytes of all its ids and bodies: one item of the largest size and a little more. */
    public static final int MAX_TRANSACTION_BYTES = MAX_ITEM_BYTES + 1024 * 1024;

    /** The most updates in one transaction. */
    public static final int MAX_TRANSACTION_UPDATES = 100_000;

    private Limits() {}
}
