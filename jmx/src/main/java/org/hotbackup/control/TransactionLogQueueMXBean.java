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

    @Description(value = "Entries in the longest server queue", units = "entries")
    long getDepth();

    @Description(value = "Bytes in the longest server queue", units = "bytes")
    long getBytes();

    @Description(value = "Age in milliseconds of the oldest entry, 0 if there is none", units = "ms")
    long getOldestAgeMillis();

    @Description(value = "Entries added since the node started", units = "entries")
    long getEnqueuedTotal();

    @Description(
            value =
                    "LSN of the last transaction that this node logged; note it before a save, to go on behind it with tlog-restore",
            units = "LSN")
    long getLastLsn();

    @Description(
            value =
                    "Up to which LSN of another node's log this image holds what tlog-restore applied, 0 if it never did",
            units = "LSN")
    long getRestoredLsn();

    @Description(value = "The manual's Display Queue for one master server", impact = Description.Impact.INFO)
    String display(@Description("server: name of a master server") String server);

    @AdminOnly
    @Description(
            value = "Log DL files only: files with L in their D-pointer; for the whole node",
            impact = Description.Impact.ACTION)
    OperationReceipt logDlFilesOnly();

    @AdminOnly
    @Description(
            value = "Log ALL files, but those with X, Y or T in their D-pointer; for the whole node. With caution: the"
                    + " slave may create accounts and files",
            impact = Description.Impact.ACTION)
    OperationReceipt logAllFiles();

    @AdminOnly
    @Destructive
    @Description(
            value = "Stop enqueuing: updates made from then on are never sent. Only after a failure that made users"
                    + " switch to the slave",
            impact = Description.Impact.ACTION)
    OperationReceipt stopEnqueuing(
            @Description("confirm: the node's name") String confirmName,
            @Description("reason: why; it stands in the permanent log") String reason);

    @AdminOnly
    @Description(
            value = "Start enqueueing; if updates were missed meanwhile, every slave must be resynchronised",
            impact = Description.Impact.ACTION)
    OperationReceipt startEnqueuing();

    @AdminOnly
    @Destructive
    @Description(
            value = "Clear log queue: queued updates are lost, for every master server; a slave that had not"
                    + " acknowledged them must be resynchronised",
            impact = Description.Impact.ACTION)
    OperationReceipt clear(
            @Description("confirm: the node's name") String confirmName,
            @Description("reason: why; it stands in the permanent log") String reason);

    @AdminOnly
    @Destructive
    @Description(
            value =
                    "tlog-restore: applies the transaction log on a tape to this image, in its order; what is there already"
                            + " is skipped, a gap is refused. A task, which can be cancelled",
            impact = Description.Impact.ACTION)
    OperationReceipt restore(
            @Description(
                            "tape: the full path of a file or a pipe, or the name of a tape device, or of a pipe in the node's own"
                                    + " folder")
                    String tape,
            @Description(
                            "from: the LSN up to which the image holds that log, as noted before the save that was restored;"
                                    + " empty for where tlog-restore ended last")
                    String fromLsn,
            @Description("to: the last LSN to apply, empty for all") String toLsn,
            @Description(
                            "until: nothing that was committed after this time, as 2026-11-22T12:00:00Z, or without Z in the"
                                    + " node's time; empty for all")
                    String until,
            @Description("confirm: the node's name") String confirmName,
            @Description("reason: why; it stands in the permanent log") String reason);

    @AdminOnly
    @Description(
            value =
                    "startlog: writes the log to tapes of this node, NAME.1, NAME.2 ... in its folder tapes, until stoplog;"
                            + " given again it ends the tape and begins the next one",
            impact = Description.Impact.ACTION)
    OperationReceipt startLog(@Description("tape: a name of letters, digits, dots and dashes") String tape);

    @AdminOnly
    @Destructive
    @Description(
            value = "stoplog: ends the tape that startlog began; what is updated afterwards is on no tape",
            impact = Description.Impact.ACTION)
    OperationReceipt stopLog(
            @Description("confirm: the node's name") String confirmName,
            @Description("reason: why; it stands in the permanent log") String reason);

    @Description(value = "Entries of one master server's queue, oldest first", impact = Description.Impact.INFO)
    List<QueueEntry> list(
            @Description("server: name of a master server") String server,
            @Description("after: only entries with a larger LSN, 0 for all") long afterLsn,
            @Description("limit: at most so many, 1 to 1000") int limit);

    @Description(
            value =
                    "For scripts: the same, one a line: LSN, time of its commit, updates, bytes, and what it is, divided by"
                            + " tabs",
            impact = Description.Impact.INFO)
    String listText(
            @Description("server: name of a master server") String server,
            @Description("after: only entries with a larger LSN, 0 for all") long afterLsn,
            @Description("limit: at most so many, 1 to 1000") int limit);

    @Description(
            value = "Entries of one master server's queue with an update that fits all that is given, oldest first;"
                    + " looks at 10000 entries at most, go on after what it reached",
            impact = Description.Impact.INFO)
    QueuePage find(
            @Description("server: name of a master server") String server,
            @Description("file: an account, or account,file for a file with its dictionary and sections, or the path of"
                            + " one section; empty for all")
                    String file,
            @Description("item: an item's id as lists show it, empty for all") String item,
            @Description("operation: write, delete, clear, create-file, redefine-file, delete-file, create-account,"
                            + " delete-account or compare; empty for all")
                    String operation,
            @Description("after: only entries with a larger LSN, 0 for all") long afterLsn,
            @Description("up to: only entries with an LSN up to this one, 0 for all") long upToLsn,
            @Description("limit: at most so many, 1 to 1000") int limit);

    @Description(
            value =
                    "For scripts: the same, as listText has it; if there may be more, the last line is the word more and"
                            + " the LSN to go on after",
            impact = Description.Impact.INFO)
    String findText(
            @Description("server: name of a master server") String server,
            @Description("file: as for find") String file,
            @Description("item: an item's id as lists show it, empty for all") String item,
            @Description("operation: as for find") String operation,
            @Description("after: only entries with a larger LSN, 0 for all") long afterLsn,
            @Description("up to: only entries with an LSN up to this one, 0 for all") long upToLsn,
            @Description("limit: at most so many, 1 to 1000") int limit);

    @Description(
            value = "An entry of one master server's queue: what it does, with the beginning of each item: an attribute"
                    + " a line, value marks as ], subvalue marks as \\, other bytes that cannot be shown as \\xNN",
            impact = Description.Impact.INFO)
    String show(
            @Description("server: name of a master server") String server,
            @Description("LSN: of the entry, as lists show it") long lsn);

    @Description(
            value = "The updates of an entry with the exact bytes of their items, 4 MB of them at most: if the last one"
                    + " is not whole, go on after the number before it and from where its bytes end",
            impact = Description.Impact.INFO)
    List<UpdateContent> contents(
            @Description("server: name of a master server") String server,
            @Description("LSN: of the entry, as lists show it") long lsn,
            @Description("after: only updates behind this number, 0 for all") int after,
            @Description("offset: the first of them from this byte of its item on, 0 for all of it") long offset,
            @Description("limit: at most so many, 1 to 1000") int limit);
}
