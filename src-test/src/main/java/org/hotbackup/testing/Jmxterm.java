package org.hotbackup.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The real jmxterm, a JMX console for scripts, as a process of its own. */
public final class Jmxterm {

    /** The system property with its JAR. */
    private static final String JAR = "hotbackup.jmxterm";

    private static final long SECONDS = 120;

    private Jmxterm() {}

    /**
     * Runs a script against a node to its end; an operation that fails does not end it.
     *
     * @return all that it printed, results and messages
     */
    public static List<String> run(RemoteAccess access, String role, List<String> script) {
        try {
            Path file = Files.createTempFile("jmxterm", ".script");
            Files.write(file, script);
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:TieredStopAtLevel=1",
                            "-Djavax.net.ssl.trustStore=" + access.trustStore(),
                            "-jar",
                            System.getProperty(JAR),
                            "-n",
                            "-s",
                            "-l",
                            access.address(),
                            "-u",
                            role,
                            "-p",
                            access.password(role),
                            "-i",
                            file.toString())
                    .redirectErrorStream(true)
                    .start();
            process.getOutputStream().close();
            byte[] output = process.getInputStream().readAllBytes();
            process.onExit().orTimeout(SECONDS, TimeUnit.SECONDS).join();
            Files.delete(file);
            return new String(output, StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
