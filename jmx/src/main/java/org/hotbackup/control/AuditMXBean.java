package org.hotbackup.control;

import java.util.List;

/**
 * Who did what on this node, on whichever surface: every operation that does more than read, everything refused for want of a role,
 * log-ins and refused ones. {@code org.hotbackup:type=Audit}. Records are only added, each with a hash over itself and the hash
 * of the one before; nothing clears them.
 */
@Description(
        "The audit: who did what on this node, kept in dm,hb.log,audit, each record sealed with the ones before it")
public interface AuditMXBean {

    @Description(value = "How many records there are", units = "records")
    long getEntries();

    @Description(value = "Number of the last record; 0 before the first", units = "record number")
    long getHeadNumber();

    @Description("Hash of the last record: noted and kept elsewhere, it proves all records up to this one")
    String getHeadHash();

    @Description(value = "Records in their order, oldest first", impact = Description.Impact.INFO)
    List<AuditRecord> list(
            @Description("after: only records behind this number, 0 for all") long after,
            @Description("limit: at most so many, 1 to 1000") int limit);

    @Description(
            value =
                    "For scripts: the same, one a line: number, time, user, surface, address, bean, operation, arguments,"
                            + " outcome, message id, message, number of the record of its beginning, times and hash, divided by"
                            + " tabs",
            impact = Description.Impact.INFO)
    String listText(
            @Description("after: only records behind this number, 0 for all") long after,
            @Description("limit: at most so many, 1 to 1000") int limit);

    @Description(
            value =
                    "Walks through all records and says whether each is as it was written, or which is the first that is"
                            + " not; goes on as a task if that takes long",
            impact = Description.Impact.INFO)
    OperationReceipt verify();

    @Description(
            value = "The same, and whether a record has the hash that was noted for it: if so, nobody changed, added or"
                    + " removed one before it",
            impact = Description.Impact.INFO)
    OperationReceipt verifySince(
            @Description("number: of the record that was the last one then") long number,
            @Description("hash: its hash, as HeadHash or verify gave it") String hash);
}
