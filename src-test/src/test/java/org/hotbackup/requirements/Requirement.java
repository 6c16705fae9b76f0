package org.hotbackup.requirements;

/**
 * A rule that Hot Backup keeps.
 *
 * @param number what a test's tag names, for example {@code HB-014}
 * @param text what it says, in one line
 * @param waitsFor why nothing proves it yet, empty if something must
 */
record Requirement(String number, String text, String waitsFor) {

    /** Whether nothing proves it yet. */
    boolean isOpen() {
        return !waitsFor.isEmpty();
    }
}
