package org.hotbackup.tape;

/** What is counted while a tape file is read. */
final class Counts {

    private static final int LEVELS = 4;

    private final long[] files = new long[LEVELS];
    private long items;
    private long binaryItems;
    private long synonyms;
    private long bytes;

    void file(int level) {
        if (level < LEVELS) {
            files[level]++;
        }
    }

    void item(ItemForm form) {
        if (form == ItemForm.PLAIN) {
            items++;
        } else {
            binaryItems++;
        }
    }

    void bytes(long more) {
        bytes += more;
    }

    void synonym() {
        synonyms++;
    }

    TapeFileSummary summary(
            TapeBlock first, String label, TapeFileSummary.Kind kind, long blocks, String end, boolean proved) {
        return new TapeFileSummary(
                first.reel(),
                first.number(),
                label,
                kind,
                blocks,
                files[1],
                files[2],
                files[3],
                items,
                binaryItems,
                synonyms,
                bytes,
                end,
                proved);
    }
}
