package org.hotbackup.control;

import java.util.List;

/** The tape-socket servers of a node. {@code org.hotbackup:type=TapeSocket}. */
@Description("The tape-socket servers of this node: pairs that carry tapes from a pipe to a pipe over the network")
public interface TapeSocketMXBean {

    @Description("The names of all tape-socket servers, sorted")
    List<String> getServerNames();

    @AdminOnly
    @Description(
            value = "Sets up a new server or changes one that is stopped; of one that is there only what is given",
            impact = Description.Impact.ACTION)
    OperationReceipt setup(
            @Description("name: 1 to 8 letters") String name,
            @Description(
                            "settings: key=value words: direction, host, port, pipe, block-size, callrep, linked, notify, comments, insecure")
                    String settings);

    @AdminOnly
    @Destructive
    @Description(
            value = "Deletes a stopped server with what it read and could not send",
            impact = Description.Impact.ACTION)
    OperationReceipt deleteServer(
            @Description("name: the server's name") String name,
            @Description("confirm: the server's name") String confirmName,
            @Description("reason: why; it stands in the permanent log") String reason);

    @Description(value = "Starts all servers that do not run", impact = Description.Impact.ACTION)
    OperationReceipt startAll(
            @Description("options: any of c (pipes are not cleared), s (clocks are not compared), v (traces); or empty")
                    String options);

    @Description(value = "Stops all servers that run", impact = Description.Impact.ACTION)
    OperationReceipt stopAll(@Description("confirm: the word all") String confirm);

    @Description(
            value = "All servers, a line each: direction, status, port, pipe, blocks",
            impact = Description.Impact.INFO)
    String listServers(@Description("running: whether only those that run") boolean running);

    @Description(
            value = "The pipes of all servers, a line each: where they are, what they are, bytes that nobody read yet",
            impact = Description.Impact.INFO)
    String listPipes();

    @Description(
            value = "The pipes of all servers; bytes that nobody read yet are -1 of a server that does not run",
            impact = Description.Impact.INFO)
    List<TapePipe> pipes();

    @Description(value = "Whether transaction logging is operational, a sentence", impact = Description.Impact.INFO)
    String tlTest();

    @Description(
            value = "The last messages of all servers, oldest first: the end of ts.log,log",
            impact = Description.Impact.INFO)
    String log(@Description("lines: at most so many, 1 to 1000") int lines);

    @Description(
            value = "The last messages of all servers with their numbers in the catalogue, oldest first",
            impact = Description.Impact.INFO)
    List<LogMessage> messages(@Description("lines: at most so many, 1 to 1000") int lines);
}
