package org.hotbackup.requirements;

/**
 * A rule that Hot Backup keeps.
 *
 * @param number what a test's tag names, for example {@code HB-014}
 * @param text what it says, in one line
 * @param isOpen whether nothing proves it yet
 */
record Requirement(String number, String text, boolean isOpen) {}
