package org.hotbackup.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.hotbackup.node.NodeHome;
import org.hotbackup.node.Ports;

/**
 * A full Payara Server as Maven Central has it, with a domain of its own on loopback, that runs the EAR with the home of a
 * node: what an administrator of an application server would set up.
 */
public final class PayaraServer implements AutoCloseable {

    private static final long PATIENCE_MINUTES = 4;
    private static final String DOMAIN = "domain1";

    private final Path installation;
    private final Path domains;
    private final int adminPort;

    private PayaraServer(Path installation, Path domains, int adminPort) {
        this.installation = installation;
        this.domains = domains;
        this.adminPort = adminPort;
    }

    /**
     * Configures a copy of the distribution's domain for a node and starts it; the domain of the installation stays as it
     * came, for the next run finds it there.
     *
     * @param installation the unpacked distribution
     * @param h2 the H2 that takes the place of the older one in the distribution
     * @param domains a folder for the copy, not there yet
     */
    public static PayaraServer start(Path installation, Path h2, Path domains, NodeHome node) throws IOException {
        Files.write(installation.resolve("h2db/bin/h2.jar"), Files.readAllBytes(h2));
        for (String program : List.of("bin/asadmin", "glassfish/bin/asadmin", "glassfish/bin/startserv")) {
            installation.resolve(program).toFile().setExecutable(true);
        }
        int adminPort = Ports.free(Set.of(node.httpPort(), node.jmxPort()));
        copy(installation.resolve("glassfish/domains"), domains);
        Path configuration = domains.resolve(DOMAIN).resolve("config/domain.xml");
        String domain = Files.readString(configuration)
                .replace("<network-listener port", "<network-listener address=\"127.0.0.1\" port")
                .replace("port=\"8080\"", "port=\"" + node.httpPort() + "\"")
                .replace("port=\"8181\"", "port=\"" + Ports.free(Set.of(adminPort)) + "\"")
                .replace("port=\"4848\"", "port=\"" + adminPort + "\"");
        int options = domain.indexOf("<jvm-options>", domain.indexOf("<config name=\"server-config\""));
        Files.writeString(configuration, domain.substring(0, options) + jvmOptions(node) + domain.substring(options));
        PayaraServer server = new PayaraServer(installation, domains, adminPort);
        server.asadmin("start-domain", "--domaindir", domains.toString(), DOMAIN);
        return server;
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path one : (Iterable<Path>) all::iterator) {
                Files.copy(one, to.resolve(from.relativize(one).toString()));
            }
        }
    }

    /** Without secrets: every user of the machine sees the options of a JVM; the application reads them from the home. */
    private static String jvmOptions(NodeHome node) {
        StringBuilder options = new StringBuilder();
        node.openSettings().forEach((key, value) -> options.append("<jvm-options>-D")
                .append(key)
                .append('=')
                .append(value)
                .append("</jvm-options>\n"));
        return options.toString();
    }

    /** Deploys an archive at the root context. */
    public void deploy(Path archive) throws IOException {
        asadmin("--port", Integer.toString(adminPort), "deploy", "--contextroot", "/", archive.toString());
    }

    private void asadmin(String... arguments) throws IOException {
        List<String> command =
                new ArrayList<>(List.of(installation.resolve("bin/asadmin").toString()));
        command.addAll(List.of(arguments));
        Path output = domains.resolve("asadmin.log");
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.to(output.toFile()));
        builder.environment().put("AS_JAVA", System.getProperty("java.home"));
        // asadmin's JVM and the server's, which live for a minute
        builder.environment().put("JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:C1MaxInlineSize=12");
        Process process = builder.start();
        try {
            if (!process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new IOException(
                        "asadmin " + arguments[0] + ": " + Files.readString(output, StandardCharsets.UTF_8));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        asadmin("stop-domain", "--domaindir", domains.toString(), "--kill", DOMAIN);
    }
}
