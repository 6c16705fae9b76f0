package org.hotbackup.control;

import java.util.List;

/** One tape-socket server. {@code org.hotbackup:type=TapeServer,name=ssave}. */
@Description("A tape-socket server: one end of a pair that carries tapes from a pipe to a pipe over the network")
public interface TapeServerMXBean {

    @Description("The server's name")
    String getName();

    @Description("Output: reads a pipe and calls; input: listens and writes a pipe")
    String getDirection();

    @Description("Status, in the manual's words")
    String getStatus();

    @Description("Why nothing flows because one side refuses the other; empty if that is not so")
    String getRefusal();

    @Description("Its setup as key=value words, as setup takes them")
    String getSettings();

    @Description("Whether it is running")
    boolean isRunning();

    @Description(value = "PIB: the Pick port of a running server, 0 if it does not run", units = "Pick port")
    long getPib();

    @Description("Who is at the other end, as host:port, empty if nobody")
    String getPeer();

    @Description(value = "TCP port: an input server listens on it, an output server calls it", units = "TCP port")
    int getTcpPort();

    @Description("The pipe, with its full path; empty if the server sends the transaction log")
    String getPipe();

    @Description(
            value = "Number of the last block of this tape sent (output) or received (input)",
            units = "block number")
    long getCurrentBlock();

    @Description(value = "Number of the last block of this tape in the input server's pipe", units = "block number")
    long getWrittenBlock();

    @Description(value = "Tapes carried to their end since the server started", units = "tapes")
    long getTapesTotal();

    @Description(value = "Bytes of tapes sent, repeats included, or received since the server started", units = "bytes")
    long getBytesTotal();

    @Description(value = "How often the connection was made again since the server started", units = "connections")
    long getReconnectsTotal();

    @Description("Output: how far the clock of the input server is ahead; empty if that was not compared")
    String getClockDifference();

    @Description("Whether traces are on")
    boolean isTraces();

    @Description("The last message")
    String getLastMessage();

    @Description(value = "Starts the server; its pipe is cleared first", impact = Description.Impact.ACTION)
    OperationReceipt start(
            @Description(
                            "options: any of c (the pipe is not cleared), s (clocks are not compared), v (traces); or empty")
                    String options);

    @Description(value = "Starts the server if it is an output server", impact = Description.Impact.ACTION)
    OperationReceipt startSend(@Description("options: as for start") String options);

    @Description(value = "Starts the server if it is an input server", impact = Description.Impact.ACTION)
    OperationReceipt startReceive(@Description("options: as for start") String options);

    @Description(
            value = "Stops the server; a tape that is under way can go on after a start with option c",
            impact = Description.Impact.ACTION)
    OperationReceipt stop(@Description("confirm: the server's name") String confirmName);

    @Description(
            value = "Output: stops both servers, this one and its input server, after the tape that is under way",
            impact = Description.Impact.ACTION)
    OperationReceipt shutdown(@Description("confirm: the server's name") String confirmName);

    @Destructive
    @Description(
            value = "Empties the pipe of a stopped server and gives up the tape that was under way",
            impact = Description.Impact.ACTION)
    OperationReceipt drain(
            @Description("confirm: the server's name") String confirmName,
            @Description("reason: why; it stands in ts.log,log") String reason);

    @Description(
            value = "Output: whether its input server answers and what it says of itself",
            impact = Description.Impact.INFO)
    String check();

    @Description(value = "Queries the running server", impact = Description.Impact.INFO)
    String query();

    @Description(value = "The setup", impact = Description.Impact.INFO)
    String show();

    @Description(value = "The last messages, most recent first", impact = Description.Impact.INFO)
    String status(@Description("lines: at most so many, 1 to 200") int lines);

    @Description(
            value = "The last messages with their numbers in the catalogue, most recent first",
            impact = Description.Impact.INFO)
    List<LogMessage> messages(@Description("lines: at most so many, 1 to 200") int lines);

    @AdminOnly
    @Description(value = "Changes one setting of a stopped server", impact = Description.Impact.ACTION)
    OperationReceipt setArgument(
            @Description("keyword: of the setting") String keyword, @Description("value: the new one") String value);

    @Description(value = "Turns traces of the running server on", impact = Description.Impact.ACTION)
    OperationReceipt tracesOn();

    @Description(value = "Turns traces of the running server off", impact = Description.Impact.ACTION)
    OperationReceipt tracesOff();

    @Description(value = "The last lines of the traces, oldest first", impact = Description.Impact.INFO)
    List<String> traces(@Description("lines: at most so many, 1 to 1000") int lines);
}
