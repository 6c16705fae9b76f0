package org.hotbackup.control;

import java.util.List;

/**
 * The node's part in {@code hot-backup resync --master --slave}, which makes a slave's image anew through tape-socket. {@code
 * org.hotbackup:type=Resync}. A slave's node knows what is to be restored and what is; a master's only sends.
 */
@Description("Making a slave's image anew from its master's through tape-socket: what one node does of it")
public interface ResyncMXBean {

    @Description("The slave server whose image is being made anew; empty if none is")
    String getServer();

    @Description("What is to be restored: accounts, and account,file; empty if no resync is under way")
    List<String> getWanted();

    @Description("What of it is restored")
    List<String> getRestored();

    @Description("What of it was begun and is not whole; empty if nothing is")
    String getHalf();

    @Description(
            "Whether all is restored, the slave server goes on in the log, and only the proof that both are equal is missing")
    boolean isToBeProved();

    @Description("Who has a resync made on this node, and since when; empty if nobody has")
    String getHolder();

    @Description(value = "How long that was not heard of; -1 if there is none", units = "ms")
    long getHolderSilentMillis();

    @Description(value = "Bytes of the items that are restored", units = "bytes")
    long getRestoredBytes();

    @Description(
            value = "LSN of the master's log that was noted before anything was saved; 0 if no resync is under way",
            units = "LSN")
    long getNotedLsn();

    @Description(
            value =
                    "LSN of the master's log when all was saved: before the slave has applied the log up to it, its accounts are of"
                            + " different moments; 0 as long as not all is",
            units = "LSN")
    long getSavedLsn();

    @Description(
            "Whether both servers have to begin anew and perhaps do already: the slave was behind a gap of the log")
    boolean isAnew();

    @AdminOnly
    @Description(
            value = "The node works for the resync of one command only, as long as that is heard of",
            impact = Description.Impact.ACTION)
    OperationReceipt hold(
            @Description("command: what no other command is called") String command,
            @Description("from: the process and its host, for people") String from);

    @AdminOnly
    @Description(
            value = "Whether the node works for the resync of this command; who asks is heard of",
            impact = Description.Impact.INFO)
    boolean holds(@Description("command: as for hold") String command);

    @AdminOnly
    @Description(
            value = "The node does not work for the resync of this command any more",
            impact = Description.Impact.ACTION)
    OperationReceipt release(@Description("command: as for hold") String command);

    @AdminOnly
    @Destructive
    @Description(
            value =
                    "Slave: stops the slave server and remembers what is to be restored; goes on with what was begun before",
            impact = Description.Impact.ACTION)
    OperationReceipt begin(
            @Description("server: the slave server's name") String server,
            @Description("wanted: accounts, and account,file, with blanks between them") String wanted,
            @Description("LSN: the last one of the master's log") long notedLsn,
            @Description("anew: whether both servers have to begin anew") boolean anew,
            @Description("command: as for hold; empty as long as the node works for none") String command,
            @Description("confirm: the node's name") String confirmName,
            @Description("reason: why; it stands in the permanent log") String reason);

    @AdminOnly
    @Destructive
    @Description(
            value =
                    "A stopped server begins anew, as if it were set up now: a master's queue with the next update, a slave where its"
                            + " master's queue begins",
            impact = Description.Impact.ACTION)
    OperationReceipt beginAnew(
            @Description("server: its name") String server,
            @Description("command: as for hold; empty as long as the node works for none") String command,
            @Description("confirm: the name again") String confirmName,
            @Description("reason: why; it stands in the permanent log") String reason);

    @AdminOnly
    @Description(
            value = "Master: saves an account or a file into the pipe rsyncout. A task, which can be cancelled",
            impact = Description.Impact.ACTION)
    OperationReceipt send(
            @Description("unit: an account, or account,file") String unit,
            @Description("command: as for hold; empty as long as the node works for none") String command);

    @AdminOnly
    @Description(
            value = "Slave: restores one of what is wanted out of the pipe rsyncin, in the place of what is there. A"
                    + " task, which can be cancelled",
            impact = Description.Impact.ACTION)
    OperationReceipt receive(
            @Description("unit: an account, or account,file") String unit,
            @Description("command: as for hold; empty as long as the node works for none") String command);

    @AdminOnly
    @Destructive
    @Description(value = "Slave: removes an account that the master does not have", impact = Description.Impact.ACTION)
    OperationReceipt remove(
            @Description("account: its name") String account,
            @Description("command: as for hold; empty as long as the node works for none") String command,
            @Description("confirm: the name again") String confirmName,
            @Description("reason: why; it stands in the permanent log") String reason);

    @AdminOnly
    @Description(
            value = "Slave: all is restored; starts the slave server, which goes on in the log",
            impact = Description.Impact.ACTION)
    OperationReceipt end(
            @Description("LSN: the last one of the master's log when all was saved") long savedLsn,
            @Description("command: as for hold; empty as long as the node works for none") String command);

    @AdminOnly
    @Description(
            value =
                    "Slave: a slave server was proved equal to its master, all of it or in part: the resync of that is over, and what one"
                            + " that was given up left of it is mended",
            impact = Description.Impact.ACTION)
    OperationReceipt proved(
            @Description("server: the slave server's name") String server,
            @Description("units: accounts, and account,file, with blanks between them; empty for all") String units,
            @Description("command: as for hold; empty as long as the node works for none") String command);

    @AdminOnly
    @Destructive
    @Description(
            value = "Slave: gives the resync up; the image stays as it is, and the slave server can be started again",
            impact = Description.Impact.ACTION)
    OperationReceipt abandon(
            @Description("confirm: the slave server's name") String confirmName,
            @Description("reason: why; it stands in the permanent log") String reason);
}
