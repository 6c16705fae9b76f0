package org.hotbackup.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.hotbackup.client.NodeConnection;
import org.hotbackup.control.TapeServerMXBean;
import org.hotbackup.control.TapeSocketMXBean;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.control.settings.TapeSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The verbs of tape-socket (TS-004): each asks a control bean one thing. */
final class TapeVerbs {

    private TapeVerbs() {}

    private static boolean isOutput(TapeServerMXBean server) {
        return server.getDirection().equals("Output");
    }

    private static Map<String, Object> attributes(TapeServerMXBean server) {
        return JsonText.attributes(TapeServerMXBean.class, server);
    }

    /** Those that start servers: how (TS-006). */
    abstract static class Starting extends TapeVerb {

        @Option(
                names = {"-c", "--keep"},
                description =
                        "Does not clear the pipe: a tape that was under way goes on. Only after a stop in its middle.")
        boolean keep;

        @Option(
                names = {"-s", "--no-clock"},
                description = "Does not compare the clocks of the two machines.")
        boolean withoutClock;

        @Option(
                names = {"-v", "--verbose"},
                description = "Starts with traces on: every block is in the node's log.")
        boolean verbose;

        final String letters() {
            return (keep ? "c" : "") + (withoutClock ? "s" : "") + (verbose ? "v" : "");
        }
    }

    @Command(
            name = "check",
            aliases = "ch",
            mixinStandardHelpOptions = true,
            description = "Output: asks the input server whether it is there, and who it is.")
    static final class Check extends TapeVerb {
        @Override
        int answer(NodeConnection connection) {
            String text = connection
                    .tapeServer(server(connection, TapeVerbs::isOutput))
                    .check();
            return answer(text, () -> Map.of("text", text));
        }
    }

    @Command(
            name = "delete",
            mixinStandardHelpOptions = true,
            description = {
                "Deletes a stopped server with what it read and could not send.",
                "Asks before, unless option q, or --confirm and --reason are given."
            })
    static final class Delete extends ReasonedTapeVerb {
        @Override
        int answer(NodeConnection connection) {
            String name = server(connection);
            String question = "Server '" + name + "' is deleted with what it read and could not send.";
            String confirmed = confirmed(name, question);
            return receipt(connection.tapeSocket().deleteServer(name, confirmed, reasoned()));
        }
    }

    @Command(
            name = "drain",
            aliases = "dr",
            mixinStandardHelpOptions = true,
            description = {
                "Empties the pipe of a stopped server and gives up the tape that was under way.",
                "Asks before, unless option q, or --confirm and --reason are given."
            })
    static final class Drain extends ReasonedTapeVerb {
        @Override
        int answer(NodeConnection connection) {
            String name = server(connection);
            String question = "What is in the pipe of server '" + name + "' is thrown away.";
            String confirmed = confirmed(name, question);
            return receipt(connection.tapeServer(name).drain(confirmed, reasoned()));
        }
    }

    @Command(
            name = "listpipes",
            aliases = "lp",
            mixinStandardHelpOptions = true,
            description = "Lists the pipes of all servers: where they are, and how many bytes nobody read yet.")
    static final class ListPipes extends TapeVerb {
        @Override
        int answer(NodeConnection connection) {
            TapeSocketMXBean socket = connection.tapeSocket();
            return answer(socket::listPipes, socket::pipes);
        }
    }

    /** The list of servers. */
    abstract static class Listing extends TapeVerb {

        @Option(
                names = {"-r", "--running"},
                description = "Only servers that run.")
        boolean running;

        final int list(NodeConnection connection) {
            String text = connection.tapeSocket().listServers(running);
            return answer(text, () -> connection.tapeSocket().getServerNames().stream()
                    .map(connection::tapeServer)
                    .filter(server -> !running || server.isRunning())
                    .map(TapeVerbs::attributes)
                    .toList());
        }
    }

    @Command(
            name = "listserver",
            mixinStandardHelpOptions = true,
            description = "Lists all servers of a node: direction, status, port, blocks, pipe.")
    static final class ListServer extends Listing {
        @Override
        int answer(NodeConnection connection) {
            return list(connection);
        }
    }

    @Command(
            name = "log",
            mixinStandardHelpOptions = true,
            description = "Shows the last messages of all servers, oldest first: the end of ts.log,log.")
    static final class Log extends TapeVerb {

        @Option(
                names = "--lines",
                paramLabel = "N",
                defaultValue = "100",
                description = "At most so many lines; ${DEFAULT-VALUE} if not given.")
        int lines;

        @Override
        int answer(NodeConnection connection) {
            TapeSocketMXBean socket = connection.tapeSocket();
            int most = checkedLines(lines);
            return answer(() -> socket.log(most), () -> socket.messages(most));
        }
    }

    @Command(name = "query", aliases = "q", mixinStandardHelpOptions = true, description = "Queries a running server.")
    static final class Query extends TapeVerb {
        @Override
        int answer(NodeConnection connection) {
            TapeServerMXBean server = connection.tapeServer(server(connection));
            String text = server.query();
            return answer(text, () -> {
                Map<String, Object> document = attributes(server);
                document.put("pid", connection.node().getPid());
                document.put("text", text);
                return document;
            });
        }
    }

    @Command(
            name = "setarg",
            mixinStandardHelpOptions = true,
            description = "Changes one argument of a stopped server: setarg server=NAME keyword=value.")
    static final class SetArg extends TapeVerb {
        @Override
        boolean takesSettings() {
            return true;
        }

        @Override
        int answer(NodeConnection connection) {
            if (settings().size() != 1) {
                throw new Refusal(MessageCode.USAGE, "Give one keyword=value to change, and server=NAME.");
            }
            Map.Entry<String, String> change = settings().entrySet().iterator().next();
            return receipt(connection.tapeServer(server(connection)).setArgument(change.getKey(), change.getValue()));
        }
    }

    @Command(
            name = "setup",
            mixinStandardHelpOptions = true,
            description = {
                "Sets up a server, or changes one that is stopped; of one that is there only what is given.",
                "Keywords: server=NAME (1 to 8 letters), direction=input|output, host=HOST (output: where the input server is), "
                        + "port=PORT (the input server's, on both sides), pipe=PATH (a name without slashes: in the node's own "
                        + "folder), block-size=BYTES and callrep=N (output), linked=on (output: sends the transaction log and has no pipe), notify=USERS,!PORTS, comments=TEXT.",
                "For a field of which the value is ? it asks."
            })
    static final class Setup extends TapeVerb {
        @Override
        boolean takesSettings() {
            return true;
        }

        @Option(
                names = "--insecure",
                description =
                        "insecure=on: no encryption and no certificates, for tests between two nodes of this machine.")
        boolean insecure;

        @Override
        int answer(NodeConnection connection) {
            String name = given().orElseThrow(
                            () -> new Refusal(MessageCode.USAGE, "The server's name is missing; write server=NAME."));
            String text = settings().entrySet().stream()
                    .map(setting ->
                            setting.getKey() + "=\"" + setting.getValue().replace('"', '\'') + '"')
                    .collect(Collectors.joining(" "));
            return receipt(connection.tapeSocket().setup(name, insecure ? text + " insecure=on" : text));
        }
    }

    @Command(name = "show", mixinStandardHelpOptions = true, description = "Shows the setup of a server.")
    static final class Show extends TapeVerb {
        @Override
        int answer(NodeConnection connection) {
            TapeServerMXBean server = connection.tapeServer(server(connection));
            return answer(server.show(), () -> setup(server));
        }

        private static Map<String, Object> setup(TapeServerMXBean server) {
            Map<String, Object> document = new LinkedHashMap<>();
            document.put("name", server.getName());
            TapeSettings.parse(server.getSettings())
                    .values()
                    .forEach((setting, value) -> document.put(setting.key(), value));
            document.put("pipePath", server.getPipe());
            return document;
        }
    }

    @Command(
            name = "shutdown",
            mixinStandardHelpOptions = true,
            description = {
                "Output: stops both servers, this one and its input server, when no tape is under way any more.",
                "Asks before, unless option q or --confirm is given."
            })
    static final class Shutdown extends AskingTapeVerb {
        @Override
        int answer(NodeConnection connection) {
            String name = server(connection, TapeVerbs::isOutput);
            String question = "Server '" + name + "' and its input server are stopped.";
            return receipt(connection.tapeServer(name).shutdown(confirmed(name, question)));
        }
    }

    @Command(
            name = "start",
            mixinStandardHelpOptions = true,
            description = "Starts a server; its pipe is cleared before, unless option c is given.")
    static final class Start extends Starting {
        @Override
        int answer(NodeConnection connection) {
            return receipt(connection.tapeServer(server(connection)).start(letters()));
        }
    }

    @Command(name = "startall", mixinStandardHelpOptions = true, description = "Starts all servers that do not run.")
    static final class StartAll extends Starting {
        @Override
        int answer(NodeConnection connection) {
            return receipt(connection.tapeSocket().startAll(letters()));
        }
    }

    @Command(
            name = "startreceive",
            aliases = "sr",
            mixinStandardHelpOptions = true,
            description = "Starts an input server: it listens, and writes its pipe.")
    static final class StartReceive extends Starting {
        @Override
        int answer(NodeConnection connection) {
            String name = server(connection, server -> !isOutput(server));
            return receipt(connection.tapeServer(name).startReceive(letters()));
        }
    }

    @Command(
            name = "startsend",
            aliases = "ss",
            mixinStandardHelpOptions = true,
            description = "Starts an output server: it calls, and reads its pipe.")
    static final class StartSend extends Starting {
        @Override
        int answer(NodeConnection connection) {
            String name = server(connection, TapeVerbs::isOutput);
            return receipt(connection.tapeServer(name).startSend(letters()));
        }
    }

    @Command(
            name = "status",
            aliases = "sta",
            mixinStandardHelpOptions = true,
            description = {
                "Shows all servers, with option r those that run.",
                "With server=NAME it shows the last messages of that one, the most recent first."
            })
    static final class Status extends Listing {

        @Option(
                names = "--lines",
                paramLabel = "N",
                defaultValue = "20",
                description = "At most so many messages; ${DEFAULT-VALUE} if not given.")
        int lines;

        @Override
        int answer(NodeConnection connection) {
            Optional<String> name = given();
            if (name.isEmpty()) {
                return list(connection);
            }
            TapeServerMXBean server = connection.tapeServer(name.get());
            int most = checkedLines(lines);
            return answer(() -> server.status(most), () -> server.messages(most));
        }
    }

    @Command(
            name = "stop",
            aliases = "sto",
            mixinStandardHelpOptions = true,
            description = {
                "Stops a server; a tape that is under way can go on after a start with option c.",
                "Asks before, unless option q or --confirm is given."
            })
    static final class Stop extends AskingTapeVerb {
        @Override
        int answer(NodeConnection connection) {
            String name = server(connection);
            return receipt(connection.tapeServer(name).stop(confirmed(name, "Server '" + name + "' is stopped.")));
        }
    }

    @Command(
            name = "stopall",
            aliases = "stopa",
            mixinStandardHelpOptions = true,
            description = "Stops all servers that run. Asks before, unless option q or --confirm is given.")
    static final class StopAll extends AskingTapeVerb {
        @Override
        int answer(NodeConnection connection) {
            return receipt(connection.tapeSocket().stopAll(confirmed("all", "All servers are stopped.")));
        }
    }

    @Command(
            name = "tltest",
            mixinStandardHelpOptions = true,
            description = "Says whether transaction logging is operational.")
    static final class TlTest extends TapeVerb {
        @Override
        int answer(NodeConnection connection) {
            String text = connection.tapeSocket().tlTest();
            return answer(
                    text,
                    () -> Map.of("operational", connection.transactionLogQueue().isEnqueuing()));
        }
    }

    @Command(
            name = "traces",
            mixinStandardHelpOptions = true,
            description = "Shows the last lines of the traces of a server, oldest first.")
    static final class Traces extends TapeVerb {

        @Option(
                names = "--lines",
                paramLabel = "N",
                defaultValue = "100",
                description = "At most so many lines; ${DEFAULT-VALUE} if not given.")
        int lines;

        @Override
        int answer(NodeConnection connection) {
            String name = server(connection);
            TapeServerMXBean server = connection.tapeServer(name);
            List<String> traces = server.traces(checkedLines(lines));
            MessageCode none =
                    traces.isEmpty() && server.isTraces() ? MessageCode.TRACES_WAIT : MessageCode.NO_TAPE_TRACES;
            return answer(traces, none.text(name), () -> traces);
        }
    }

    @Command(
            name = "traceoff",
            aliases = "troff",
            mixinStandardHelpOptions = true,
            description = "Turns traces of a running server off.")
    static final class TraceOff extends TapeVerb {
        @Override
        int answer(NodeConnection connection) {
            return receipt(connection.tapeServer(server(connection)).tracesOff());
        }
    }

    @Command(
            name = "traceon",
            aliases = "tron",
            mixinStandardHelpOptions = true,
            description = "Turns traces of a running server on: every block is in the node's log.")
    static final class TraceOn extends TapeVerb {
        @Override
        int answer(NodeConnection connection) {
            return receipt(connection.tapeServer(server(connection)).tracesOn());
        }
    }

    @Command(
            name = "version",
            aliases = "vers",
            mixinStandardHelpOptions = true,
            description = "Says which version the node is of.")
    static final class Version extends TapeVerb {
        @Override
        int answer(NodeConnection connection) {
            String version = connection.node().getVersion();
            return answer("tape-socket " + version, () -> Map.of("version", version));
        }
    }
}
