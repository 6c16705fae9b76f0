package org.hotbackup.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.hotbackup.client.NodeConnection;
import org.hotbackup.client.RestClient;
import org.hotbackup.control.settings.NodeSetting;
import org.hotbackup.model.DynamicArray;
import org.hotbackup.model.FilePath;
import org.hotbackup.node.Bundle;
import org.hotbackup.node.Debugger;
import org.hotbackup.node.NodeCreation;
import org.hotbackup.node.NodeHome;
import org.hotbackup.node.NodeHomes;
import org.hotbackup.node.NodeProcess;

/** A node of the bundle that the build made: a process of its own. */
public final class TestNode implements AutoCloseable {

    private static final FilePath PERMANENT_LOG = FilePath.data("dm", "hb.log", "log");

    /** The system property with more options for the JVM of each node, beside those that a node has. */
    private static final String JVM_OPTIONS = "hotbackup.test.jvm.options";

    /** The compiler has no part in what the heap must hold, and half the time goes into it if it may do all it can. */
    private static final String QUICK_COMPILER = "-XX:TieredStopAtLevel=1";

    private final NodeHome home;
    private NodeConnection connection;

    private TestNode(NodeHome home) {
        this.home = home;
    }

    /** Makes the home of a node. */
    public static TestNode create(NodeHomes homes, String name, StoreKind kind) {
        NodeCreation.Choices choices =
                new NodeCreation.Choices(OptionalInt.empty(), OptionalInt.empty(), kind.newStore());
        TestNode node = new TestNode(NodeCreation.create(homes, name, choices).home());
        node.hasOptions(System.getProperty(JVM_OPTIONS, ""));
        NodeArchive.jvmOption().ifPresent(node::hasOptions);
        return node;
    }

    /** Makes the home of a small node that hosts tape-socket servers only; its JVM has the heap that it is delivered with. */
    public static TestNode createVmrest(NodeHomes homes, String name) {
        TestNode node = new TestNode(NodeCreation.create(
                        homes,
                        name,
                        new NodeCreation.Choices(
                                OptionalInt.empty(), OptionalInt.empty(), StoreKind.H2.newStore(), true))
                .home());
        node.hasOptions(QUICK_COMPILER);
        NodeArchive.jvmOption().ifPresent(node::hasOptions);
        return node;
    }

    /** The node of a home that was made before, and moved or copied since. */
    public static TestNode of(NodeHome home) {
        return new TestNode(home);
    }

    /** Its home. */
    public NodeHome home() {
        return home;
    }

    /** Lets its JVM have the memory, and collect it, as every user's node does. */
    void hasMemoryAsDelivered() {
        configure(NodeSetting.JVM_OPTIONS.key(), NodeProcess.JVM_OPTIONS);
        hasOptions(QUICK_COMPILER);
        NodeArchive.jvmOption().ifPresent(this::hasOptions);
    }

    /** Gives its JVM more options, separated by blanks; they count before those that it has. */
    void hasOptions(String more) {
        if (!more.isBlank()) {
            String key = NodeSetting.JVM_OPTIONS.key();
            configure(key, home.settings().getProperty(key, NodeProcess.JVM_OPTIONS) + " " + more);
        }
    }

    /** Lets it run another WAR than the bundle's. */
    public void runs(Path war) {
        configure("hotbackup.app", war.toString());
    }

    /** Sets a key of its configuration; it counts from the next start on. */
    public void configure(String key, String value) {
        try {
            Files.writeString(
                    home.folder().resolve("node.properties"),
                    System.lineSeparator() + key + "=" + value + System.lineSeparator(),
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lets it trust another node. */
    public void trust(TestNode peer) {
        try {
            Files.copy(
                    peer.home.certificate(),
                    home.trusted().resolve(peer.home.name() + ".pem"),
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts it and waits until it answers. */
    public void start() {
        new NodeProcess(home).start(Bundle.ofSystem(), text -> {});
    }

    /** The same for {@link KillAt}: it listens for a Java debugger, on a port that is free. */
    public void startForDebugger() {
        new NodeProcess(home).start(Bundle.ofSystem(), text -> {}, Optional.of(Debugger.at("")));
    }

    /** Where it listens for a debugger. */
    int debuggerPort() {
        return Debugger.of(home)
                .orElseThrow(() -> new IllegalStateException(home.name() + " listens for no debugger"))
                .port();
    }

    /** Ends it as a power failure would. */
    public void kill() {
        disconnect();
        new NodeProcess(home).kill();
    }

    /** Ends it in good order. */
    public void stop() {
        disconnect();
        new NodeProcess(home).stop();
    }

    /** Its control beans; connected anew after it was down. */
    public NodeConnection control() {
        if (connection == null) {
            connection = NodeConnection.to(home);
        }
        return connection;
    }

    /** The lines of its permanent log, oldest first: the message's id and its text. */
    public List<String> permanentLog() {
        List<String> lines = new ArrayList<>();
        rest().items(PERMANENT_LOG, (id, body) -> {
            DynamicArray line = DynamicArray.of(body);
            lines.add(line.extract(2) + " " + line.extract(3));
        });
        return lines;
    }

    private void disconnect() {
        if (connection != null) {
            connection.close();
            connection = null;
        }
    }

    /** A REST client of it. */
    public RestClient rest() {
        return RestClient.of(home);
    }

    @Override
    public void close() {
        disconnect();
        NodeProcess process = new NodeProcess(home);
        if (process.running().isPresent()) {
            process.kill();
        }
        process.releasePipes();
    }
}
