package org.hotbackup.control;

import javax.management.ConstructorParameters;

/**
 * What comparing a file of master and slave found last.
 *
 * @param path the section, as {@code account,file}
 * @param finding equal, different, missing on the slave, or repaired and not yet compared again
 * @param provedLsn log sequence number as of which it was proved equal; 0 if it was not
 * @param comparedAt when that ended, ISO-8601 in UTC
 * @param items how many items are equal
 * @param bytes of their ids and bodies
 * @param ranges in how many ranges it was compared
 * @param differences how many items differ
 */
public record VerifiedFile(
        String path,
        String finding,
        long provedLsn,
        String comparedAt,
        long items,
        long bytes,
        long ranges,
        long differences) {

    /** For MXBean tools. */
    @ConstructorParameters({"path", "finding", "provedLsn", "comparedAt", "items", "bytes", "ranges", "differences"})
    public VerifiedFile {}

    public String getPath() {
        return path;
    }

    public String getFinding() {
        return finding;
    }

    public long getProvedLsn() {
        return provedLsn;
    }

    public String getComparedAt() {
        return comparedAt;
    }

    public long getItems() {
        return items;
    }

    public long getBytes() {
        return bytes;
    }

    public long getRanges() {
        return ranges;
    }

    public long getDifferences() {
        return differences;
    }

    /** One line for scripts. */
    @Override
    public String toString() {
        return TextLine.of(path, finding, provedLsn, comparedAt, items, bytes, ranges, differences);
    }
}
