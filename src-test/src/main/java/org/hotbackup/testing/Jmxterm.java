package org.hotbackup.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** The real jmxterm, a JMX console for scripts, as a process of its own. */
public final class Jmxterm {

    /** The system property with its JAR. */
    private static final String JAR = "hotbackup.jmxterm";

    private static final String BEAN = "bean ";
    private static final String BEAN_IS_SET = "#bean is set to ";

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

    /** The line of a script that turns to a bean. */
    public static String bean(String name) {
        return BEAN + name;
    }

    /** The line of a script that calls an operation of this bean, with arguments as docs/jmx.md says that they are written. */
    public static String call(String operation, List<String> arguments) {
        return arguments.stream()
                .map(argument -> argument.isEmpty() ? "\"\"" : argument.replace(" ", "\\ "))
                .collect(Collectors.joining(" ", "run " + operation + " ", ""))
                .strip();
    }

    /** What {@link #run} answered, divided: what came after each line that turned to a bean, in their order. */
    public static List<List<String>> byBean(List<String> printed) {
        List<List<String>> parts = new ArrayList<>();
        for (String line : printed) {
            if (line.startsWith(BEAN_IS_SET)) {
                parts.add(new ArrayList<>());
            } else if (!parts.isEmpty()) {
                parts.get(parts.size() - 1).add(line);
            }
        }
        return parts;
    }
}
