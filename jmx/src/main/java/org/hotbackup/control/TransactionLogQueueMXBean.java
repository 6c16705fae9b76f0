package org.hotbackup.control;

import java.util.List;

/** The transaction log queue. {@code org.hotbackup:type=TransactionLogQueue}. */
@Description("The transaction log queue: committed updates that wait for their slave")
public interface TransactionLogQueueMXBean {

    @Description("Updates are enqueued for all processes")
    boolean isEnqueuing();

    @Description("Which files are logged: DL or ALL")
    String getLogMode();

    @Description("Entries in the longest server queue")
    long getDepth();

    @Description("Bytes in the longest server queue")
    long getBytes();

    @Description("Age in milliseconds of the oldest entry, 0 if there is none")
    long getOldestAgeMillis();

    @Description("Entries added since the node started")
    long getEnqueuedTotal();

    @Description(value = "The manual's Display Queue for one master server", impact = Description.Impact.INFO)
    String display(@Description("server: name of a master server") String server);

    @Description(value = "Entries of one master server's queue, oldest first", impact = Description.Impact.INFO)
    List<QueueEntry> list(
            @Description("server: name of a master server") String server,
            @Description("after: only entries with a larger LSN, 0 for all") long afterLsn,
            @Description("limit: at most so many, 1 to 1000") int limit);
}
