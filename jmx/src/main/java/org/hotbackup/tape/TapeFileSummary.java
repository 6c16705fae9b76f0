package org.hotbackup.tape;

/**
 * What a tape file was found to hold.
 *
 * @param reel the reel on which it begins, from 1
 * @param block the block on it where it begins, its label if it has one
 * @param label the text of the label, empty without one
 * @param kind what sort of tape file it is
 * @param blocks its blocks of data: without label and filemark, and without a block that a reel repeats
 * @param accounts D records of level 1
 * @param dictionaries D records of level 2
 * @param sections D records of level 3
 * @param items items in plain records
 * @param binaryItems items in all other forms
 * @param synonyms Q records
 * @param bytes the bytes of all items, their ids left out
 * @param end the record that ends it: XC, XX or X; empty of a tape file of another kind
 * @param proved whether the tape itself proves that this is all that was written (docs/tape-format.md 6)
 */
public record TapeFileSummary(
        int reel,
        long block,
        String label,
        Kind kind,
        long blocks,
        long accounts,
        long dictionaries,
        long sections,
        long items,
        long binaryItems,
        long synonyms,
        long bytes,
        String end,
        boolean proved) {

    /** What sort of tape file. */
    public enum Kind {
        /** Of an account save or a file save: one account, or the header. */
        SAVE,
        /** Of a T-DUMP. */
        DUMP,
        /** The transaction log. */
        LOG,
        /** A label and nothing else. */
        EMPTY,
        /** Anything else; not looked into. */
        OTHER
    }

    /** The record that ends a save and not only this tape file. */
    static final String END_OF_SAVE = "XX";

    /** Whether a save ends with it. */
    public boolean endsSave() {
        return end.equals(END_OF_SAVE);
    }

    /** All items, in whatever form. */
    public long allItems() {
        return items + binaryItems;
    }
}
