package org.hotbackup.node;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.control.settings.NodeSetting;

/**
 * The process of a node: a Payara Micro of its own, started in the node's home, which stays its working directory, and known
 * by {@code node.pid}.
 */
public final class NodeProcess {

    /**
     * Two nodes live in 2 GB with these; {@code hotbackup.jvm.options} takes their place. Each thread that reads H2's file
     * would keep a direct buffer as large as the largest page it read.
     */
    public static final String JVM_OPTIONS =
            NodeSetting.JVM_OPTIONS.defaultValue().orElseThrow();

    /** What the process that holds a pipe is told: so many seconds, which nobody else waits. */
    public static final String KEEPING = "2147483647";

    private static final Duration START_PATIENCE = Duration.ofMinutes(4);
    private static final Duration LISTEN_PATIENCE = Duration.ofSeconds(15);
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(60);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final long LEAST_FREE_BYTES = 300L << 20;
    private static final int OLDEST_JAVA = 17;
    private static final String BEFORE_BOOT = "preboot.txt";
    private static final String AFTER_DEPLOYMENT = "postdeploy.txt";
    private static final String LISTENER =
            "set configs.config.server-config.network-config.network-listeners.network-listener.http-listener";

    private final NodeHome home;

    /** The process of this node, running or not. */
    public NodeProcess(NodeHome home) {
        this.home = home;
    }

    /**
     * The running process; a pid that the system gave to somebody else meanwhile does not count, nor one that came with
     * the copy of a home whose node runs.
     */
    public Optional<ProcessHandle> running() {
        try {
            if (!Files.exists(home.pidFile())) {
                return Optional.empty();
            }
            String[] words = Files.readString(home.pidFile()).strip().split(" ");
            return ProcessHandle.of(Long.parseLong(words[0]))
                    .filter(Processes::isAlive)
                    .filter(handle -> startOf(handle).equals(words[1]))
                    .filter(this::isAtHome);
        } catch (IOException | NumberFormatException | ArrayIndexOutOfBoundsException e) {
            throw new Refusal(MessageCode.HOME_UNUSABLE, home.pidFile(), e.getMessage());
        }
    }

    /**
     * Whether the node runs in a process that is not ours to start and stop, such as an application server's: who listens on its
     * HTTP port knows its secret.
     */
    public boolean runsElsewhere() {
        return running().isEmpty() && new NodeElsewhere(home).answers();
    }

    /**
     * Makes sure that the node does not run, neither here nor elsewhere.
     *
     * @throws Refusal if it does
     */
    public void checkStopped() {
        if (running().isPresent()) {
            throw new Refusal(MessageCode.NODE_RUNNING, home.name());
        }
        checkNotElsewhere();
    }

    private void checkNotElsewhere() {
        if (runsElsewhere()) {
            throw new Refusal(MessageCode.NODE_ELSEWHERE, home.name(), home.webUrl());
        }
    }

    private boolean isAtHome(ProcessHandle process) {
        Path workingDirectory = Path.of("/proc", Long.toString(process.pid()), "cwd");
        try {
            return Files.isSameFile(workingDirectory, home.folder());
        } catch (IOException e) {
            // another user's process; it is not known to be elsewhere
            return Processes.isAlive(process);
        }
    }

    private static String startOf(ProcessHandle handle) {
        return handle.info().startInstant().map(Instant::toString).orElse("unknown");
    }

    /**
     * Starts the node and waits until it answers.
     *
     * @param progress told in a few words what is waited for
     * @throws Refusal if it cannot start, with the reason
     */
    public void start(Bundle bundle, Consumer<String> progress) {
        start(bundle, progress, Optional.empty());
    }

    /**
     * As the other, listening for a debugger if one is given; for tests only (HB-131).
     *
     * @throws Refusal if it cannot start, with the reason
     */
    public void start(Bundle bundle, Consumer<String> progress, Optional<Debugger> debugger) {
        Path lock = home.folder().resolve("start.lock");
        try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            // two commands must not make the run folder at once; the lock goes with the channel
            if (!isTaken(channel)) {
                throw new Refusal(MessageCode.NODE_STARTING, home.name());
            }
            if (running().isPresent()) {
                throw new Refusal(MessageCode.NODE_RUNNING, home.name());
            }
            NodeCopies copies = new NodeCopies(home);
            copies.checkNoneRuns();
            check();
            copies.say(progress);
            sayName(progress);
            Process process = launch(bundle, debugger);
            Files.writeString(home.pidFile(), process.pid() + " " + startOf(process.toHandle()));
            awaitReady(process, progress);
        } catch (IOException e) {
            throw new Refusal(MessageCode.NODE_START_FAILED, home.name(), e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Refusal(MessageCode.NODE_START_FAILED, home.name(), "interrupted");
        }
    }

    private static boolean isTaken(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            // by this very process
            return false;
        }
    }

    private void sayName(Consumer<String> to) {
        String made = home.configured().find(NodeSetting.NODE_NAME).orElse(home.name());
        if (!made.equals(home.name())) {
            to.accept(MessageCode.NODE_RENAMED.text(made, home.name()));
        }
    }

    private void check() {
        if (Runtime.version().feature() < OLDEST_JAVA) {
            throw new Refusal(MessageCode.JDK_TOO_OLD, Runtime.version());
        }
        home.checkSettings();
        home.checkSecrets();
        checkNotElsewhere();
        StoreUrl.of(home).check();
        checkPort(home.httpPort(), "HTTP", NodeSetting.HTTP_PORT);
        checkPort(home.jmxPort(), "JMX", NodeSetting.JMX_PORT);
        home.remoteJmx().ifPresent(RemoteJmx::checkFree);
        try {
            long free = Files.getFileStore(home.folder()).getUsableSpace();
            if (free < LEAST_FREE_BYTES) {
                throw new Refusal(MessageCode.STORE_FULL, free >> 20, LEAST_FREE_BYTES >> 20);
            }
        } catch (IOException e) {
            throw FileTrouble.unusable(home.folder(), e);
        }
    }

    private static void checkPort(int port, String use, NodeSetting setting) {
        if (!Ports.isFree(port)) {
            throw new Refusal(MessageCode.PORT_IN_USE, port, use, setting.key() + " in node.properties");
        }
    }

    /** Payara keeps what it deployed in its root folder; a second start there would deploy it twice. */
    private void prepare(Bundle bundle) throws IOException {
        Folders.delete(home.run());
        for (String part : List.of("config", "lib", "docroot")) {
            Folders.copy(bundle.folder().resolve(part), home.run().resolve(part));
        }
        Files.deleteIfExists(home.startFailure());
        if (Files.exists(home.log())) {
            Files.move(home.log(), home.log().resolveSibling("node.log.1"), StandardCopyOption.REPLACE_EXISTING);
        }
        NodeHome.storePrivately(home.run().resolve("node.properties"), home.openSettings());
        String http = "set configs.config.server-config.network-config.protocols.protocol.http-listener.http";
        Files.writeString(
                home.run().resolve(BEFORE_BOOT),
                LISTENER + ".address=127.0.0.1\n"
                        + http + ".encoded-slash-enabled=true\n"
                        // ids are bytes: they are decoded from the raw path, whatever the server makes of it
                        + http + ".uri-encoding=ISO-8859-1\n"
                        // the server keeps every stream of a connection until it closes: one client filled the heap
                        + http + ".http2-enabled=false\n"
                        // a proxy on this machine that ends TLS says so; the session's cookie goes over TLS only then
                        + http + ".scheme-mapping=X-Forwarded-Proto\n");
    }

    /**
     * How the node's JVM is called, once its run folder is prepared; what is deployed is not part of it.
     *
     * @param jvmOptions for {@code java} itself
     * @param classPath of Payara Micro
     * @param microOptions for Payara Micro
     */
    public record Call(List<String> jvmOptions, String classPath, List<String> microOptions) {

        /** Payara Micro's main class. */
        public static final String MAIN_CLASS = "fish.payara.micro.impl.PayaraMicroImpl";
    }

    /** Makes the run folder anew and says how to call Payara Micro with it. */
    public Call call(Bundle bundle) throws IOException {
        prepare(bundle);
        List<String> jvm = new ArrayList<>();
        jvm.addAll(List.of(home.configured().text(NodeSetting.JVM_OPTIONS).split("\\s+")));
        jvm.addAll(bundle.openedPackages());
        jvm.add("-Dfish.payara.micro.BootJar=" + bundle.launcher().toUri());
        jvm.add("-Dfish.payara.micro.UnpackDir=" + bundle.folder());
        jvm.add("-Djava.rmi.server.hostname=127.0.0.1");
        // nobody binds anything in our registries: each is asked for its one name, and that is a string
        jvm.add("-Dsun.rmi.registry.registryFilter=java.lang.String;!*");
        jvm.add("-Djava.io.tmpdir=" + Files.createDirectories(home.run().resolve("tmp")));
        List<String> micro = new ArrayList<>();
        micro.addAll(List.of("--rootDir", home.run().toString(), "--noHazelcast", "--disablePhoneHome"));
        micro.addAll(List.of("--name", home.name(), "--port", Integer.toString(home.httpPort())));
        micro.addAll(List.of(
                "--systemProperties", home.run().resolve("node.properties").toString()));
        micro.addAll(
                List.of("--prebootcommandfile", home.run().resolve(BEFORE_BOOT).toString()));
        return new Call(jvm, bundle.classPath(), micro);
    }

    private Process launch(Bundle bundle, Optional<Debugger> debugger) throws IOException {
        Call call = call(bundle);
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        if (debugger.isPresent()) {
            debugger.get().keep(home);
            command.add(debugger.get().jvmOption());
        }
        command.addAll(call.jvmOptions());
        command.add(Call.MAIN_CLASS);
        command.addAll(call.microOptions());
        command.addAll(listenOnceDeployed());
        command.addAll(List.of("--deploy", app(bundle).toString(), "--contextroot", "/"));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(home.folder().toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(home.log().toFile()));
        // not an argument: it would fill the screen of everybody who lists the processes
        builder.environment().put("CLASSPATH", call.classPath());
        return builder.start();
    }

    private Path app(Bundle bundle) {
        return home.configured().find(NodeSetting.APP).map(Path::of).orElse(bundle.war());
    }

    /** Until the application is there the server would answer in its place that there is no such item. */
    private List<String> listenOnceDeployed() throws IOException {
        Path open = home.run().resolve(AFTER_DEPLOYMENT);
        Files.writeString(home.run().resolve(BEFORE_BOOT), LISTENER + ".enabled=false\n", StandardOpenOption.APPEND);
        Files.writeString(open, LISTENER + ".enabled=true\n");
        return List.of("--postdeploycommandfile", open.toString());
    }

    private void awaitReady(Process process, Consumer<String> progress) throws IOException, InterruptedException {
        HttpClient http =
                HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
        HttpRequest ready = HttpRequest.newBuilder(URI.create(home.webUrl() + "api/ready"))
                .timeout(Duration.ofSeconds(5))
                .build();
        Instant deadline = Instant.now().plus(START_PATIENCE);
        Instant toListen = Instant.MAX;
        NodeLog log = new NodeLog(home.log());
        progress.accept("waiting for node " + home.name() + " to start");
        while (true) {
            if (toListen == Instant.MAX && log.isDeployed()) {
                toListen = Instant.now().plus(LISTEN_PATIENCE);
            }
            if (Instant.now().isAfter(toListen) && !log.isListening()) {
                end(process.toHandle(), true);
                throw new Refusal(
                        MessageCode.PORT_LOST,
                        home.httpPort(),
                        home.name(),
                        NodeSetting.HTTP_PORT.key() + " in node.properties");
            }
            boolean tooLate = Instant.now().isAfter(deadline);
            if (Files.exists(home.startFailure()) || !process.isAlive() || log.saysItCannotRun() || tooLate) {
                String reason = failure(process);
                if (tooLate && process.isAlive()) {
                    ThreadDump.append(process.toHandle(), home.log());
                }
                end(process.toHandle(), true);
                throw new Refusal(MessageCode.NODE_START_FAILED, home.name(), reason);
            }
            try {
                if (http.send(ready, HttpResponse.BodyHandlers.discarding()).statusCode()
                        == HttpURLConnection.HTTP_OK) {
                    return;
                }
            } catch (IOException e) {
                // nobody listens yet
            }
            process.waitFor(POLL.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private String failure(Process process) throws IOException {
        if (Files.exists(home.startFailure())) {
            return Files.readString(home.startFailure(), StandardCharsets.UTF_8).strip();
        }
        Optional<String> sentence = new NodeLog(home.log()).firstSentence();
        if (sentence.isPresent()) {
            return sentence.get();
        }
        return process.isAlive()
                ? "it did not answer; see " + home.log()
                : "its process ended with status " + process.exitValue() + "; see " + home.log();
    }

    /** Stops the node in good order and waits for its end. */
    public void stop() {
        end(require(), false);
    }

    /**
     * Ends the processes that hold the pipes of a node which was killed, so that it can go on with its tapes: nobody wants them any
     * more when its home is deleted.
     */
    public void releasePipes() {
        ProcessHandle.allProcesses()
                .filter(process -> process.info().arguments().stream()
                        .flatMap(Arrays::stream)
                        .anyMatch(KEEPING::equals))
                .filter(this::isAtHome)
                .forEach(ProcessHandle::destroyForcibly);
    }

    /** Kills the node as a power failure would. */
    public void kill() {
        end(require(), true);
    }

    private ProcessHandle require() {
        return running().orElseThrow(() -> {
            checkNotElsewhere();
            return new Refusal(MessageCode.NODE_NOT_RUNNING, home.name());
        });
    }

    private void end(ProcessHandle process, boolean atOnce) {
        if (atOnce) {
            process.destroyForcibly();
        } else {
            process.destroy();
        }
        try {
            if (!Processes.awaitEnd(process, STOP_PATIENCE)) {
                throw new Refusal(MessageCode.NODE_RUNNING, home.name());
            }
            Files.deleteIfExists(home.pidFile());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Refusal(MessageCode.NODE_RUNNING, home.name());
        } catch (IOException e) {
            throw FileTrouble.unusable(home.pidFile(), e);
        }
    }
}
