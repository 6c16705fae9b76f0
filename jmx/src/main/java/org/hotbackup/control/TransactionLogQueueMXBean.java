package org.hotbackup.control;

import java.util.List;

/** The transaction log queue. {@code org.hotbackup:type=TransactionLogQueue}. */
@Description("The transaction log queue: committed updates that wait for their slave")
public interface TransactionLogQueueMXBean {

    @Description("Updates are enqueued for all processes")
    boolean isEnqueuing();

    @Description("Updates were made and not enqueued since enqueuing was stopped: slaves must be resynchronised")
    boolean isUpdatesMissed();

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

    @Description(
            value = "Log DL files only: files with L in their D-pointer; for the whole node",
            impact = Description.Impact.ACTION)
    OperationReceipt logDlFilesOnly();

    @Description(
            value = "Log ALL files, but those with X, Y or T in their D-pointer; for the whole node. With caution: the"
                    + " slave may create accounts and files",
            impact = Description.Impact.ACTION)
    OperationReceipt logAllFiles();

    @Description(
            value = "Stop enqueuing: updates made from then on are never sent. Only after a failure that made users"
                    + " switch to the slave",
            impact = Description.Impact.ACTION)
    OperationReceipt stopEnqueuing(@Description("confirm: the node's name") String confirmName);

    @Description(
            value = "Start enqueueing; if updates were missed meanwhile, every slave must be resynchronised",
            impact = Description.Impact.ACTION)
    OperationReceipt startEnqueuing();

    @Description(
            value = "Clear log queue: queued updates are lost, for every master server; a slave that had not"
                    + " acknowledged them must be resynchronised",
            impact = Description.Impact.ACTION)
    OperationReceipt clear(@Description("confirm: the node's name") String confirmName);

    @Description(value = "Entries of one master server's queue, oldest first", impact = Description.Impact.INFO)
    List<QueueEntry> list(
            @Description("server: name of a master server") String server,
            @Description("after: only entries with a larger LSN, 0 for all") long afterLsn,
            @Description("limit: at most so many, 1 to 1000") int limit);
}
