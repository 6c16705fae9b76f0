package org.hotbackup.control;

import java.util.List;

/** What this node's slave servers could not perform (HB-160). {@code org.hotbackup:type=LostAndFound}. */
@Description("lost+found: transactions that could not be performed on this slave, and what had to be removed")
public interface LostAndFoundMXBean {

    @Description(value = "How many records there are", units = "records")
    long getCount();

    @Description(value = "How old the oldest record is, 0 if there is none", units = "ms")
    long getOldestAgeMillis();

    @Description(value = "Records of type 1, unknown transaction code", units = "records")
    long getCountByType1();

    @Description(value = "Records of type 2, slave server was reset", units = "records")
    long getCountByType2();

    @Description(value = "Records of type 3, internal error", units = "records")
    long getCountByType3();

    @Description(value = "Records of type 4, time-out on transaction", units = "records")
    long getCountByType4();

    @Description(value = "Records of type 5, bad network message", units = "records")
    long getCountByType5();

    @Description(value = "Records of type 6, operation cannot be performed", units = "records")
    long getCountByType6();

    @Description(value = "Records of type 7, D-pointer cannot be updated", units = "records")
    long getCountByType7();

    @Description(value = "Records of type 8, item named like an account removed", units = "records")
    long getCountByType8();

    @Description(value = "Records of type 9, correlative removed from a D-pointer", units = "records")
    long getCountByType9();

    @Description(value = "Records of type 10, could not be processed while applying delayed updates", units = "records")
    long getCountByType10();

    @Description(value = "Records of type 11, incorrect transaction length", units = "records")
    long getCountByType11();

    @Description(value = "Records in order of time, oldest first", impact = Description.Impact.INFO)
    List<LostRecord> list(
            @Description("after: only records behind this id, empty for all") String after,
            @Description("limit: at most so many, 1 to 1000") int limit);

    @Description(
            value = "For scripts: the same, one a line: id, type, its meaning, server, transaction, operation, message,"
                    + " bytes, last acknowledged and time, divided by tabs",
            impact = Description.Impact.INFO)
    String listText(
            @Description("after: only records behind this id, empty for all") String after,
            @Description("limit: at most so many, 1 to 1000") int limit);

    @Description(value = "A record as the list has it; contents has its updates", impact = Description.Impact.INFO)
    LostRecord record(@Description("id: the record's id") String id);

    @Description(
            value = "A record: why it is there, and what it does, with the beginning of each item: an attribute a line,"
                    + " value marks as ], subvalue marks as \\, other bytes that cannot be shown as \\xNN",
            impact = Description.Impact.INFO)
    String show(@Description("id: the record's id") String id);

    @Description(
            value =
                    "The updates of a record with the exact bytes of their items, 4 MB of them at most: if the last one is"
                            + " not whole, go on after the number before it and from where its bytes end",
            impact = Description.Impact.INFO)
    List<UpdateContent> contents(
            @Description("id: the record's id") String id,
            @Description("after: only updates behind this number, 0 for all") int after,
            @Description("offset: the first of them from this byte of its item on, 0 for all of it") long offset,
            @Description("limit: at most so many, 1 to 1000") int limit);

    @Description(
            value = "What replaying a record would change, a line for each update; changes nothing",
            impact = Description.Impact.INFO)
    String tryReplay(@Description("id: the record's id") String id);

    @Description(
            value = "What replaying a record would change, update by update; changes nothing",
            impact = Description.Impact.INFO)
    List<ReplayChange> replayChanges(@Description("id: the record's id") String id);

    @Description(
            value = "Performs a record's transaction and takes it out of lost+found; items that were updated since are"
                    + " left alone, and older records of the same items come first",
            impact = Description.Impact.ACTION)
    OperationReceipt replay(@Description("id: the record's id") String id);

    @AdminOnly
    @Destructive
    @Description(value = "Takes a record out of lost+found for good", impact = Description.Impact.ACTION)
    OperationReceipt discard(
            @Description("id: the record's id") String id,
            @Description("confirm: the id again") String confirmId,
            @Description("reason: why; it stands in the permanent log") String reason);
}
