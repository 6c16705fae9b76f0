package org.hotbackup.control;

import java.util.List;

/**
 * One replication server. {@code org.hotbackup:type=Server,name=todev}. Numbers that do not apply to its type are -1;
 * lags are never 0 because something stopped: while the link is down a master's lag goes on growing.
 */
@Description("A replication server: one end of a pair that keeps a slave system the image of its master")
public interface ServerMXBean {

    @Description("The server's name")
    String getName();

    @Description("Master or Slave; Unusable if its record in dm,hb.log is corrupt")
    String getServerType();

    @Description("Status, in the manual's words")
    String getStatus();

    @Description(
            "Why nothing flows because one side refuses the other, whatever the status is; empty if that is not so")
    String getRefusal();

    @Description(
            "Why what waits does not flow: a refusal, a transaction that cannot be applied now, a call or a start that"
                    + " fails; or that no resync made the image whole since one was given up; empty if neither is so")
    String getTrouble();

    @Description(
            value = "Transactions that wait: committed and not acknowledged (master), received and not applied (slave);"
                    + " -1 if its record is corrupt",
            units = "transactions")
    long getWaiting();

    @Description("Its setup as key=value words, as setup takes them")
    String getSettings();

    @Description("Whether it is running")
    boolean isRunning();

    @Description(value = "PIB: the Pick port of a running server, 0 if it does not run", units = "Pick port")
    long getPib();

    @Description(
            "Slave that does not apply updates: whether the database rests, a sentence; empty if it applies them, and"
                    + " on a master")
    String getRest();

    @Description(value = "Milliseconds since the status last changed", units = "ms")
    long getStatusSinceMillis();

    @Description("Who is at the other end, as host:port, empty if nobody")
    String getPeer();

    @Description("Identity of the node at the other end, as refusals name it; empty as long as it is not known")
    String getPeerNodeId();

    @Description(
            value = "Milliseconds since the other end was last heard of, as old are its figures here; -1 if it was not"
                    + " since the server started",
            units = "ms")
    long getPeerSilenceMillis();

    @Description(value = "TCP port: a slave listens on it, a master calls it", units = "TCP port")
    int getTcpPort();

    @Description(
            value = "Number of the transaction last sent (master) or received (slave)",
            units = "transaction number")
    long getCurrentTransaction();

    @Description(value = "Number of the last transaction acknowledged", units = "transaction number")
    long getAckedTransaction();

    @Description(
            value = "Transactions sent (master) or received (slave) since the server started",
            units = "transactions")
    long getSentTotal();

    @Description(value = "Transactions acknowledged since the server started", units = "transactions")
    long getAcknowledgedTotal();

    @Description(
            value =
                    "Transactions applied by the slave since its server started; on a master as the slave last reported",
            units = "transactions")
    long getAppliedTotal();

    @Description(
            value = "Transactions that went to lost+found since the slave server started; on a master as last reported",
            units = "transactions")
    long getLostAndFoundTotal();

    @Description(
            value = "Updates that the slave has and that wait in its hb.log,apply; on a master as the slave last"
                    + " reported, -1 while it is not connected",
            units = "updates")
    long getPendingUpdates();

    @Description("Slave: whether updates are applied as they arrive; always true on a master")
    boolean isApplyingUpdates();

    @Description(value = "Slave: files that failed to open and were not opened since; -1 on a master", units = "files")
    int getFilesFailed();

    @Description(value = "Bytes sent or received today", units = "bytes")
    long getBytesToday();

    @Description(
            value = "Transactions committed on the master and not yet acknowledged; -1 on a slave",
            units = "transactions")
    long getLagTransactions();

    @Description(
            value =
                    "Age in milliseconds of the oldest transaction not yet acknowledged, 0 if there is none; -1 on a slave",
            units = "ms")
    long getLagMillis();

    @Description(
            value =
                    "Milliseconds from commit on the master to acknowledgement, of the last transaction acknowledged; -1 on a slave",
            units = "ms")
    long getLastRoundTripMillis();

    @Description(value = "How often the connection was made again since the server started", units = "connections")
    long getReconnectsTotal();

    @Description("Whether traces are on")
    boolean isTraces();

    @Description("Slave: that it was or is being promoted; master: that it is superseded; empty if neither")
    String getPromotion();

    @Description("The last message")
    String getLastMessage();

    @Description(value = "Starts the server", impact = Description.Impact.ACTION)
    OperationReceipt start();

    @Description(value = "Starts the server with traces on", impact = Description.Impact.ACTION)
    OperationReceipt startWithTraces();

    @Description(
            value = "Turns traces of the running server on; they slow it considerably",
            impact = Description.Impact.ACTION)
    OperationReceipt tracesOn();

    @Description(value = "Turns traces of the running server off", impact = Description.Impact.ACTION)
    OperationReceipt tracesOff();

    @Description(value = "The last lines of the traces, oldest first", impact = Description.Impact.INFO)
    List<String> traces(@Description("lines: at most so many, 1 to 1000") int lines);

    @Description(value = "Stops the server; what is queued stays queued", impact = Description.Impact.ACTION)
    OperationReceipt stop(@Description("confirm: the server's name") String confirmName);

    @Description(value = "The last messages, most recent first", impact = Description.Impact.INFO)
    String status(@Description("lines: at most so many, 1 to 200") int lines);

    @Description(
            value = "The last messages with their numbers in the catalogue, most recent first",
            impact = Description.Impact.INFO)
    List<LogMessage> messages(@Description("lines: at most so many, 1 to 200") int lines);

    @Description(value = "Queries the running server", impact = Description.Impact.INFO)
    String query();

    @Description(value = "The setup", impact = Description.Impact.INFO)
    String show();

    @Description(
            value = "Slave: stops applying updates; what arrives is kept in hb.log,apply. Changes the setup",
            impact = Description.Impact.ACTION)
    OperationReceipt stopApplying();

    @Description(
            value = "Slave: applies pending updates, then new ones as they arrive. Changes the setup",
            impact = Description.Impact.ACTION)
    OperationReceipt startApplying();

    @Description(value = "Slave: the files opened since the server started, by path", impact = Description.Impact.INFO)
    List<String> openedFiles(
            @Description("after: only files behind this path, empty for all") String after,
            @Description("limit: at most so many, 1 to 1000") int limit);

    @Description(
            value = "Slave: closes all opened files; they are opened again when they are accessed",
            impact = Description.Impact.ACTION)
    OperationReceipt closeFiles();

    @Description(
            value = "Running slave: the transaction that cannot be applied now and why; empty if none is blocked",
            impact = Description.Impact.INFO)
    String head();

    @AdminOnly
    @Destructive
    @Description(
            value = "Slave: puts the blocked transaction into lost+found; the ones behind it go on",
            impact = Description.Impact.ACTION)
    OperationReceipt setAside(
            @Description("transaction: its number") long transaction,
            @Description("confirm: the server's name") String confirmName,
            @Description("reason: why; it stands in the permanent log") String reason);

    @AdminOnly
    @Destructive
    @Description(
            value =
                    "Slave: applies what it has, takes a new epoch and opens the node for updates; its master must not be"
                            + " connected",
            impact = Description.Impact.ACTION)
    OperationReceipt promote(
            @Description(
                            "lose: what may be lost, as the refusal of an image that is not whole names it, where the master is lost for"
                                    + " good; else empty")
                    String lose,
            @Description("confirm: the server's name") String confirmName,
            @Description("reason: why; it stands in the permanent log") String reason);

    @Description(
            value = "Superseded master: the transactions of its queue that the new master does not have, oldest first",
            impact = Description.Impact.INFO)
    List<QueueEntry> rejoinEntries(
            @Description("after: only entries with a larger LSN, 0 for all") long afterLsn,
            @Description("limit: at most so many, 1 to 1000") int limit);

    @Description(
            value = "Superseded master: the same in words, update by update, and whether some are known to be missing",
            impact = Description.Impact.INFO)
    String rejoinList(
            @Description("after: only entries with a larger LSN, 0 for all") long afterLsn,
            @Description("limit: at most so many, 1 to 1000") int limit);

    @AdminOnly
    @Destructive
    @Description(
            value = "Superseded master: becomes a slave server of the new master; what that does not have is kept in"
                    + " lost+found or dropped",
            impact = Description.Impact.ACTION)
    OperationReceipt rejoin(
            @Description("keep: whether what the new master does not have is kept in lost+found") boolean keep,
            @Description("port: on which the slave server listens") int port,
            @Description("confirm: the server's name") String confirmName,
            @Description("reason: why; it stands in the permanent log") String reason);

    @Description(
            value = "Transaction statistics, kept by the slave server; a master asks its slave",
            impact = Description.Impact.INFO)
    String statistics();

    @Description(
            value = "Transaction statistics as numbers; -1 is one that the slave does not tell",
            impact = Description.Impact.INFO)
    TransactionStatistics transactionStatistics();
}
