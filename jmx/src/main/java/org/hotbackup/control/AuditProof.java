package org.hotbackup.control;

import javax.management.ConstructorParameters;

/**
 * What walking through the whole audit found.
 *
 * @param whole whether every record is as it was written, and none is missing
 * @param records how many records there are
 * @param firstBroken number of the first record that is not as it was written, or is missing; 0 if there is none
 * @param headNumber number of the last record that is whole
 * @param headHash its hash: to be noted, and kept elsewhere
 * @param message the same in one sentence
 */
public record AuditProof(
        boolean whole, long records, long firstBroken, long headNumber, String headHash, String message) {

    /** For MXBean tools. */
    @ConstructorParameters({"whole", "records", "firstBroken", "headNumber", "headHash", "message"})
    public AuditProof {}

    public boolean isWhole() {
        return whole;
    }

    public long getRecords() {
        return records;
    }

    public long getFirstBroken() {
        return firstBroken;
    }

    public long getHeadNumber() {
        return headNumber;
    }

    public String getHeadHash() {
        return headHash;
    }

    public String getMessage() {
        return message;
    }
}
