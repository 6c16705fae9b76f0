package org.hotbackup.control;

import java.util.List;

/**
 * A node (a virtual machine in the manual's sense) and its store. {@code org.hotbackup:type=Node}. All counters are
 * since the node started.
 */
@Description("A Hot Backup node: its store, its figures and the setup of its replication servers")
public interface NodeMXBean {

    @Description("The node's name")
    String getName();

    @Description("The node's identity, given when it was created")
    String getNodeId();

    @Description("Its role: master, slave, cascade (a slave with slaves of its own), or alone if it has no servers")
    String getRole();

    @Description("The identity of the history its store holds; a slave holds its master's")
    String getHistoryId();

    @Description(
            value = "The greatest epoch that this node took or was told of; each promotion takes a new one",
            units = "epoch")
    long getEpoch();

    @Description("Whether users may update; if not, only slave servers, helpers and lost+found write here")
    boolean isOpenForUpdates();

    @Description("Why it is closed for updates; empty if it is open")
    String getClosedReason();

    @Description("Version of Hot Backup")
    String getVersion();

    @Description("The database under the store, with its version")
    String getStore();

    @Description(value = "PID: the operating system's id of the node's process", units = "process id")
    long getPid();

    @Description(value = "Seconds since the node was ready", units = "s")
    long getUptimeSeconds();

    @Description("Address of the Faces page and of REST")
    String getWebAddress();

    @Description(value = "Transactions committed", units = "transactions")
    long getTransactionsTotal();

    @Description(value = "Items written or deleted by committed transactions", units = "items")
    long getItemsWrittenTotal();

    @Description(value = "Log sequence number of the last entry that is committed", units = "LSN")
    long getLastLsn();

    @Description(value = "Committed log entries not yet handed to the transaction log queue", units = "entries")
    long getLogEntriesPending();

    @Description(value = "Bytes left on the store's disk", units = "bytes")
    long getDiskFreeBytes();

    @Description(value = "With fewer bytes left on the store's disk updates are refused", units = "bytes")
    long getDiskReserveBytes();

    @Description("What is the matter with the store or the way to the transaction log queue; empty if nothing is")
    String getTrouble();

    @Description("OK, DEGRADED if its slaves are not or will not be its image, CRITICAL if users cannot update it")
    String getHealth();

    @Description("Why the health is not OK, a sentence each; diagnose says more")
    List<String> getHealthReasons();

    @Description(
            value = "What is wrong with the node, the most likely cause first, with evidence and the next command",
            impact = Description.Impact.INFO)
    List<Cause> diagnose();

    @Description(value = "The same in words", impact = Description.Impact.INFO)
    String diagnoseText();

    @AdminOnly
    @Description(
            value =
                    "For whoever helps from afar: causes, figures, statuses, settings, the ends of the logs, samples; no"
                            + " secret and no item is in it",
            impact = Description.Impact.INFO)
    List<SupportPart> support();

    @AdminOnly
    @Description(value = "The same as one text, each part under its name", impact = Description.Impact.INFO)
    String supportText();

    @Description("Names of all replication servers")
    List<String> getServerNames();

    @Description("Names of all accounts")
    List<String> getAccounts();

    @Description(value = "The sections of an account by path, as account,file", impact = Description.Impact.INFO)
    List<String> listFiles(
            @Description("account: its name") String account,
            @Description("after: only sections behind this path, empty for all") String after,
            @Description("limit: at most so many, 1 to 1000") int limit);

    @Description(
            value = "Items, bytes and SHA-256 of one section's image, computed by this node",
            impact = Description.Impact.INFO)
    FileDigest digest(@Description("path: account,file") String path);

    @AdminOnly
    @Destructive
    @Description(
            value = "Closes the node for users' updates, until it is opened or a slave server of it is promoted",
            impact = Description.Impact.ACTION)
    OperationReceipt closeForUpdates(
            @Description("confirm: the node's name") String confirmName,
            @Description("reason: why; it stands in the permanent log") String reason);

    @AdminOnly
    @Destructive
    @Description(
            value = "Opens the node for users' updates; of a superseded master only if its updates may be lost",
            impact = Description.Impact.ACTION)
    OperationReceipt openForUpdates(
            @Description("confirm: the node's name") String confirmName,
            @Description("reason: why; it stands in the permanent log") String reason);

    @AdminOnly
    @Description(
            value = "Sets up a new replication server, or changes one that is stopped",
            impact = Description.Impact.ACTION)
    OperationReceipt setup(
            @Description("server: its name, 1 to 8 letters") String name,
            @Description("settings: key=value, separated by blanks or line ends; for example type=master"
                            + " host=127.0.0.1 port=2000")
                    String settings);

    @AdminOnly
    @Destructive
    @Description(
            value = "Deletes a replication server's definition and, of a master, its queue",
            impact = Description.Impact.ACTION)
    OperationReceipt deleteServer(
            @Description("server: its name") String name,
            @Description("confirm: the name again") String confirmName,
            @Description("reason: why; it stands in the permanent log") String reason);

    @AdminOnly
    @Destructive
    @Description(
            value = "Deletes a server's record in dm,hb.log, also a corrupt one, and what is in its queue: the manual's"
                    + " delete hb.log NAME",
            impact = Description.Impact.ACTION)
    OperationReceipt deleteRecord(
            @Description("server: its name") String name,
            @Description("confirm: the name again") String confirmName,
            @Description("reason: why; it stands in the permanent log") String reason);

    @Description(
            value = "The latest jobs (dm,jobs), most recent first: id, status (c completed, e error, l logged off, q"
                    + " queued, r running), PIB, PID, command",
            impact = Description.Impact.INFO)
    String listJobs(@Description("lines: at most so many, 1 to 500") int lines);

    @Description(value = "The latest jobs with their times, most recent first", impact = Description.Impact.INFO)
    List<Job> jobs(@Description("lines: at most so many, 1 to 500") int lines);
}
