package org.hotbackup.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.node.Bundle;
import org.hotbackup.node.CertificateFile;
import org.hotbackup.node.Debugger;
import org.hotbackup.node.FileTrouble;
import org.hotbackup.node.Folders;
import org.hotbackup.node.NodeCreation;
import org.hotbackup.node.NodeHome;
import org.hotbackup.node.NodeHomes;
import org.hotbackup.node.NodeProcess;
import org.hotbackup.node.RemoteJmx;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code hot-backup node ...}: the nodes of this machine. */
@Command(
        name = "node",
        mixinStandardHelpOptions = true,
        description = "Makes, starts, stops and lists the nodes (virtual machines) of this machine.")
final class NodeCommands implements Runnable {

    @Spec
    CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Say what to do with which node.");
    }

    private Output output() {
        return Output.of(spec);
    }

    /** A node that was made; its password is nowhere else. */
    private record Made(
            String node,
            String folder,
            String webAddress,
            String jmxAddress,
            String fingerprint,
            String user,
            String password) {}

    /** A node of this machine. */
    private record Listed(
            String node,
            boolean running,
            boolean elsewhere,
            Optional<Long> pid,
            int httpPort,
            int jmxPort,
            String nodeId,
            String store,
            String fingerprint) {

        static Listed of(NodeHome home) {
            NodeProcess node = new NodeProcess(home);
            Optional<ProcessHandle> process = node.running();
            boolean elsewhere = node.runsElsewhere();
            return new Listed(
                    home.name(),
                    process.isPresent() || elsewhere,
                    elsewhere,
                    process.map(ProcessHandle::pid),
                    home.httpPort(),
                    home.jmxPort(),
                    home.nodeId().orElse(""),
                    home.storeUrl().split(";")[0],
                    home.fingerprint());
        }

        String state() {
            if (elsewhere) {
                return "elsewhere";
            }
            return running ? "running" : "stopped";
        }
    }

    @Command(name = "create", mixinStandardHelpOptions = true, description = "Makes the home of a new node.")
    int create(
            @Parameters(paramLabel = "NAME") String name,
            @Option(names = "--http-port", paramLabel = "PORT", description = "Faces page and REST, on loopback.")
                    Integer httpPort,
            @Option(names = "--jmx-port", paramLabel = "PORT", description = "JMX connector, on loopback.")
                    Integer jmxPort,
            @Option(
                            names = "--store",
                            paramLabel = "JDBC-URL",
                            description = "A PostgreSQL database; H2 in data/ of the node's home if not given.")
                    String store,
            @Option(names = "--store-user", paramLabel = "USER") String storeUser,
            @Option(names = "--store-password-file", paramLabel = "FILE", description = "Holds the store's password.")
                    Path storePassword,
            @Option(
                            names = "--vmrest",
                            description =
                                    "A small node, in 128 MB of heap, that hosts tape-socket servers only: to receive what"
                                            + " another node of this machine is restored from.")
                    boolean vmrest) {
        NodeCreation.Store chosen = store == null
                ? null
                : new NodeCreation.Store(store, storeUser == null ? "" : storeUser, password(storePassword));
        NodeCreation.Created created = NodeCreation.create(
                NodeHomes.ofEnvironment(),
                name,
                new NodeCreation.Choices(optional(httpPort), optional(jmxPort), chosen, vmrest));
        NodeHome home = created.home();
        return output().answer(
                        List.of(
                                "Node '%s' is made in %s".formatted(name, home.folder()),
                                "Faces page and REST  " + home.webUrl(),
                                "JMX                  " + home.jmxUrl(),
                                "Fingerprint          " + home.fingerprint(),
                                "User '%s' has the password %s, which is shown only now."
                                        .formatted(created.user(), created.password())),
                        () -> new Made(
                                name,
                                home.folder().toString(),
                                home.webUrl(),
                                home.jmxUrl(),
                                home.fingerprint(),
                                created.user(),
                                created.password()));
    }

    private static OptionalInt optional(Integer port) {
        return port == null ? OptionalInt.empty() : OptionalInt.of(port);
    }

    private static String password(Path file) {
        if (file == null) {
            return "";
        }
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw FileTrouble.unusable(file, e);
        }
    }

    @Command(name = "start", mixinStandardHelpOptions = true, description = "Starts a node and waits until it answers.")
    int start(
            @Parameters(paramLabel = "NAME") String name,
            @Option(
                            names = "--debug",
                            arity = "0..1",
                            fallbackValue = "",
                            paramLabel = "PORT",
                            description =
                                    "For tests only: listens for a Java debugger (JDWP) on this port of loopback, a"
                                            + " free one if none is given.")
                    String debug) {
        NodeHome home = NodeHomes.ofEnvironment().find(name);
        Optional<Debugger> debugger = Optional.ofNullable(debug).map(Debugger::at);
        new NodeProcess(home).start(Bundle.ofSystem(), output()::say, debugger);
        int status = output().done(MessageCode.NODE_IS_RUNNING, name, home.webUrl());
        debugger.ifPresent(it ->
                output().say("For tests only, it listens for a Java debugger (JDWP) at %s".formatted(it.address())));
        return status;
    }

    @Command(name = "stop", mixinStandardHelpOptions = true, description = "Stops a node in good order.")
    int stop(@Parameters(paramLabel = "NAME") String name) {
        new NodeProcess(NodeHomes.ofEnvironment().find(name)).stop();
        return output().done(MessageCode.NODE_STOPPED, name);
    }

    @Command(name = "kill", mixinStandardHelpOptions = true, description = "Kills a node as a power failure would.")
    int kill(@Parameters(paramLabel = "NAME") String name) {
        new NodeProcess(NodeHomes.ofEnvironment().find(name)).kill();
        return output().done(MessageCode.NODE_KILLED, name);
    }

    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = {
                "Lists all nodes with their ports and ids.",
                "A node that is elsewhere runs in an application server, where it is started and stopped."
            })
    int list() {
        List<Listed> nodes =
                NodeHomes.ofEnvironment().all().stream().map(Listed::of).toList();
        TextTable table = new TextTable("Node", "State", "Pid", "HTTP", "JMX", "Node id", "Store", "Fingerprint");
        for (Listed node : nodes) {
            table.add(
                    node.node(),
                    node.state(),
                    node.pid().map(pid -> Long.toString(pid)).orElse(""),
                    Integer.toString(node.httpPort()),
                    Integer.toString(node.jmxPort()),
                    node.nodeId(),
                    node.store(),
                    node.fingerprint());
        }
        String text = nodes.isEmpty()
                ? MessageCode.NO_NODE_AT_ALL.text()
                : table.toString().stripTrailing();
        return output().answer(text, () -> nodes);
    }

    /** What became of a copy of a certificate. */
    private record Written(String node, String file, String fingerprint) {}

    @Command(
            name = "certificate",
            mixinStandardHelpOptions = true,
            description = "Writes a node's certificate for whoever shall trust it; it holds no key and no secret.")
    int certificate(
            @Parameters(paramLabel = "NAME") String name,
            @Option(
                            names = "--out",
                            required = true,
                            paramLabel = "FILE",
                            description =
                                    "A new file: FILE.p12 is a trust store without a password for JConsole, VisualVM"
                                            + " and jmxterm; any other is PEM, for --certificate.")
                    Path file) {
        NodeHome home = NodeHomes.ofEnvironment().find(name);
        CertificateFile.write(home, file);
        String fingerprint = home.fingerprint();
        int status = output().answer(
                        MessageCode.CERTIFICATE_WRITTEN.text(name, file, fingerprint),
                        () -> new Written(name, file.toString(), fingerprint));
        home.remoteJmx()
                .map(RemoteJmx::host)
                .filter(host -> !CertificateFile.hosts(home).contains(host))
                .ifPresent(host -> output().say(MessageCode.CERTIFICATE_LACKS_HOST.text(host, name)));
        return status;
    }

    @Command(
            name = "renew-key",
            mixinStandardHelpOptions = true,
            description = "Gives a stopped node a new key and certificate, which names the host of its remote JMX;"
                    + " every node that trusts it must then trust the new one.")
    int renewKey(
            @Parameters(paramLabel = "NAME") String name,
            @Option(
                            names = "--confirm",
                            required = true,
                            paramLabel = "NAME",
                            description = "The node's name once more.")
                    String confirm) {
        NodeHome home = NodeHomes.ofEnvironment().find(name);
        Refusal.unlessConfirmed(name, confirm);
        NodeCreation.renewKey(home);
        return output().done(MessageCode.NEW_KEY, name, home.fingerprint());
    }

    @Command(
            name = "remove",
            mixinStandardHelpOptions = true,
            description = "Deletes the home of a stopped node with everything in it.")
    int remove(
            @Parameters(paramLabel = "NAME") String name,
            @Option(
                            names = "--confirm",
                            required = true,
                            paramLabel = "NAME",
                            description = "The node's name once more.")
                    String confirm) {
        NodeHome home = NodeHomes.ofEnvironment().find(name);
        Refusal.unlessConfirmed(name, confirm);
        NodeProcess node = new NodeProcess(home);
        node.checkStopped();
        node.releasePipes();
        Folders.delete(home.folder());
        return output().done(MessageCode.NODE_REMOVED, name);
    }
}
