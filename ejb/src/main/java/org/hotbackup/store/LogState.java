package org.hotbackup.store;

import org.hotbackup.model.DynamicArray;

/**
 * What is logged and where the log has a gap, as it outlives the node: attributes 1 to 7 of the item {@code txlog} of
 * {@code dict dm,hb.log}.
 *
 * @param settings what is logged
 * @param stoppedAtLsn while nothing is logged: a number of its own, given when that began; the next entry has a greater one
 * @param gapLsn entries after this number follow on it and not on the entry before: between the two something is missing;
 *     0 if nothing ever was
 * @param clearing the queues are being emptied (HB-125): to be done again if a crash came in between
 * @param missedBefore nothing was logged already when that number was given, and an update was missed by then
 */
record LogState(LogSettings settings, long stoppedAtLsn, long gapLsn, boolean clearing, boolean missedBefore) {

    /** Of a new store: no slave was ever sent anything, so nothing can be missing. */
    static final LogState FIRST = new LogState(LogSettings.FIRST, 0, 0, false, false);

    private static final int ENQUEUING = 1;
    private static final int FILES = 2;
    private static final int SERVERS = 3;
    private static final int STOPPED_AT = 4;
    private static final int GAP = 5;
    private static final int CLEARING = 6;
    private static final int MISSED_BEFORE = 7;
    private static final String YES = "1";
    private static final String ALL = "ALL";

    /** The state that an item holds. */
    static LogState ofItem(byte[] item) {
        DynamicArray attributes = DynamicArray.of(item);
        return new LogState(
                new LogSettings(
                        attributes.extract(ENQUEUING).equals(YES),
                        attributes.extract(FILES).equals(ALL),
                        attributes.extract(SERVERS).equals(YES)),
                Long.parseLong(attributes.extract(STOPPED_AT)),
                Long.parseLong(attributes.extract(GAP)),
                attributes.extract(CLEARING).equals(YES),
                attributes.extract(MISSED_BEFORE).equals(YES));
    }

    /** The item that holds this state. */
    byte[] toItem() {
        return DynamicArray.ofAttributes(
                        settings.enqueuing() ? YES : "0",
                        settings.allFiles() ? ALL : "DL",
                        settings.hasServers() ? YES : "0",
                        Long.toString(stoppedAtLsn),
                        Long.toString(gapLsn),
                        clearing ? YES : "0",
                        missedBefore ? YES : "0")
                .bytes();
    }

    /** Whether an update was missed since nothing is logged. */
    boolean missed() {
        return missedBefore || stoppedAtLsn > 0 && gapLsn >= stoppedAtLsn;
    }

    /** Whether the next update that is missed has to leave a gap. */
    boolean awaitsGap() {
        return !settings.active() && stoppedAtLsn > gapLsn;
    }

    /** With other settings, of which at least one lets updates be logged. */
    LogState with(LogSettings changed) {
        return new LogState(changed, stoppedAtLsn, gapLsn, clearing, missedBefore);
    }

    /** With nothing logged from a number of its own on. */
    LogState stopped(LogSettings changed, long atLsn) {
        return new LogState(changed, atLsn, gapLsn, clearing, !settings.active() && missed());
    }

    /** After an update was missed. */
    LogState withGap() {
        return new LogState(settings, stoppedAtLsn, Math.max(gapLsn, stoppedAtLsn), clearing, missedBefore);
    }

    /** With what is missing up to this number, of which no entry is or will be. */
    LogState withGapAt(long lsn) {
        return new LogState(settings, stoppedAtLsn, Math.max(gapLsn, lsn), clearing, missedBefore);
    }

    LogState withClearing(boolean now) {
        return new LogState(settings, stoppedAtLsn, gapLsn, now, missedBefore);
    }
}
