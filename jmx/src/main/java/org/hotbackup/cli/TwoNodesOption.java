package org.hotbackup.cli;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.hotbackup.client.HostPort;
import org.hotbackup.client.NodeConnection;
import org.hotbackup.client.RemoteNode;
import org.hotbackup.control.OperationReceipt;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.node.Ports;
import org.hotbackup.resync.AbandonedResync;
import org.hotbackup.resync.NodeResync;
import org.hotbackup.resync.ResyncRequest;
import org.hotbackup.resync.ResyncResult;
import org.hotbackup.resync.ResyncWatch;
import picocli.CommandLine.Option;

/** {@code --master NODE --slave NODE}: makes the second the image of the first through tape-socket. */
final class TwoNodesOption {

    private static final int USUAL_PORT = 3002;
    private static final int MOST_PORT = 65_535;

    @Option(
            names = "--master",
            required = true,
            order = 1,
            paramLabel = "NODE",
            description = "The master's node: its name, or USER@HOST:PORT of its remote JMX.")
    String master;

    @Option(
            names = "--slave",
            required = true,
            order = 2,
            paramLabel = "NODE",
            description = "The slave's node, in the same way.")
    String slave;

    @Option(
            names = "--server",
            order = 3,
            paramLabel = "NAME",
            description = "The master server, if several send to that node.")
    String server;

    @Option(
            names = "--port",
            order = 4,
            paramLabel = "PORT",
            description = "Port on which the slave's node receives tapes; without it a free one, on two machines 3002.")
    Integer port;

    @Option(
            names = "--call",
            order = 5,
            paramLabel = "HOST:PORT",
            description = "How the master's node reaches that port, if not at the host of the master server.")
    String call;

    @Option(
            names = "--master-certificate",
            order = 6,
            paramLabel = "FILE",
            description = "Of a remote node: its certificate.")
    Path masterCertificate;

    @Option(
            names = "--slave-certificate",
            order = 7,
            paramLabel = "FILE",
            description = "Of a remote node: its certificate.")
    Path slaveCertificate;

    @Option(
            names = "--master-password-file",
            order = 8,
            paramLabel = "FILE",
            description = "Holds the user's password, which is asked for otherwise.")
    Path masterPassword;

    @Option(
            names = "--slave-password-file",
            order = 9,
            paramLabel = "FILE",
            description = "Holds the user's password, which is asked for otherwise.")
    Path slavePassword;

    /** What else the command line says. */
    record Wanted(List<String> units, int share, boolean proofOnly, String confirm, String reason) {}

    /** Does it, and ends with the answer. */
    int run(Wanted wanted, Output output) {
        Optional<HostPort> called = Optional.ofNullable(call).map(TwoNodesOption::called);
        try (NodeConnection ofMaster = connect(master, masterCertificate, masterPassword, "--master");
                NodeConnection ofSlave = connect(slave, slaveCertificate, slavePassword, "--slave")) {
            Told told = new Told(output::say);
            ResyncRequest request = new ResyncRequest(
                    wanted.units(),
                    Optional.ofNullable(server),
                    port(),
                    called,
                    wanted.share(),
                    wanted.reason() == null ? asked("Why, for the permanent log: ") : wanted.reason(),
                    wanted.proofOnly(),
                    from());
            NodeResync resync = new NodeResync(ofMaster, ofSlave, request, told);
            String question = resync.check();
            String node = ofSlave.node().getName();
            String confirm = wanted.confirm() == null ? confirmed(question, node) : wanted.confirm();
            Refusal.unlessConfirmed(node, confirm);
            Thread interrupted = new Thread(() -> output.say(resync.interrupted()));
            Runtime.getRuntime().addShutdownHook(interrupted);
            ResyncResult result;
            try {
                result = resync.run(confirm);
            } finally {
                Runtime.getRuntime().removeShutdownHook(interrupted);
            }
            return output.answer(
                    MessageCode.RESYNC_PROVED.text(result.slave(), result.master(), result.files(), result.provedLsn()),
                    () -> result);
        }
    }

    /** Gives one up, and leaves nothing of its tapes on both nodes. */
    OperationReceipt abandon(String confirm, String reason, Output output) {
        try (NodeConnection ofMaster = connect(master, masterCertificate, masterPassword, "--master");
                NodeConnection ofSlave = connect(slave, slaveCertificate, slavePassword, "--slave")) {
            return AbandonedResync.abandon(Optional.of(ofMaster), ofSlave, confirm, reason, new Told(output::say));
        }
    }

    private static HostPort called(String call) {
        return HostPort.in(call).orElseThrow(() -> new Refusal(MessageCode.USAGE, "Write --call HOST:PORT."));
    }

    private int port() {
        boolean here = !isRemote(master) && !isRemote(slave);
        int wanted = port != null ? port : here ? Ports.free(Set.of()) : USUAL_PORT;
        if (wanted < 1 || wanted > MOST_PORT) {
            throw new Refusal(MessageCode.PORT_OUT_OF_RANGE, wanted, "tape-socket", "--port");
        }
        return wanted;
    }

    /** For people who give the same command somewhere else. */
    private static String from() {
        long process = ProcessHandle.current().pid();
        try {
            return "process " + process + " on " + InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "process " + process;
        }
    }

    private static boolean isRemote(String node) {
        return node.contains("@");
    }

    private static NodeConnection connect(String node, Path certificate, Path passwordFile, String option) {
        if (!isRemote(node)) {
            NodeOption local = new NodeOption();
            local.name = node;
            return NodeConnection.to(local.home());
        }
        String user = node.substring(0, node.lastIndexOf('@'));
        Optional<HostPort> address = HostPort.in(node.substring(node.lastIndexOf('@') + 1));
        if (address.isEmpty() || certificate == null) {
            throw new Refusal(
                    MessageCode.USAGE,
                    "Write " + option + " USER@HOST:PORT with " + option
                            + "-certificate FILE, or the name of a node of this machine.");
        }
        String password = passwordFile == null
                ? Passwords.asked(
                        user,
                        option + "-password-file",
                        "Password of %s at %s: ",
                        user,
                        address.get().host())
                : Passwords.kept(passwordFile);
        return new RemoteNode(address.get().host(), address.get().port(), user, certificate).connect(password);
    }

    private static String confirmed(String question, String node) {
        return asked(question + " Type " + node + " to go on: ");
    }

    private static String asked(String question) {
        return AskingTapeVerb.asked(
                question,
                new Refusal(
                        MessageCode.CONFIRM_OPTION_MISSING,
                        "hot-backup resync",
                        "--confirm NAME: the slave's node once more; and --reason TEXT: why, for the permanent log"));
    }

    /** Tells in words; of progress every few seconds, and nothing twice. */
    static class Told implements ResyncWatch {

        private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
        private static final long BETWEEN_LINES_MILLIS = 5_000;

        private final Consumer<String> teller;
        private long toldAt = millis();
        private String told = "";

        Told(Consumer<String> teller) {
            this.teller = teller;
        }

        @Override
        public void say(String line) {
            toldAt = millis();
            told = line;
            teller.accept(line);
        }

        @Override
        public void progress(String line) {
            if (!line.equals(told) && millis() - toldAt >= BETWEEN_LINES_MILLIS) {
                say(line);
            }
        }

        @Override
        public void pause() {
            LockSupport.parkNanos(LOOK_NANOS);
        }

        @Override
        public long millis() {
            return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
        }
    }

    /** Units out of {@code --account} and {@code --file}. */
    static List<String> units(List<String> accounts, List<String> files) {
        List<String> units = new ArrayList<>(accounts);
        for (String file : files) {
            if (!file.matches("[^,\\s]+,[^,\\s]+")) {
                throw new Refusal(MessageCode.USAGE, "Write --file ACCOUNT,FILE.");
            }
            units.add(file);
        }
        for (String account : accounts) {
            if (account.matches(".*[,\\s].*")) {
                throw new Refusal(MessageCode.USAGE, "Write --account NAME, several of them one after the other.");
            }
        }
        return units;
    }
}
