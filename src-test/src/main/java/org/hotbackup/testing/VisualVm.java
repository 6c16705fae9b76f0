package org.hotbackup.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The real VisualVM, Debian's, on a screen that nobody sees. */
public final class VisualVm {

    private static final String OPTIONS = "visualvm_default_options=";

    private VisualVm() {}

    /**
     * Opens the remote JMX of a node as somebody would who sits before it, and keeps a picture of the tab Monitor.
     *
     * @param folder for what VisualVM keeps for its user
     * @return what {@link VisualVmHand} did, and what VisualVM said
     */
    public static List<String> show(RemoteAccess access, String role, Path folder, Path picture) {
        // its own script takes two folders for the JDK's only
        Path launcher = DebianTool.of("/usr/share/visualvm/platform/lib/nbexec", "visualvm", "openjdk-17-jdk")
                .path();
        Path installed = launcher.resolve("../../..").normalize();
        try (SwingScreen screen = new SwingScreen()) {
            List<String> line = new ArrayList<>(List.of("sh", launcher.toString(), "--nosplash"));
            line.addAll(List.of("--jdkhome", SwingScreen.jdk().toString(), "--branding", "visualvm"));
            line.addAll(List.of("--clusters", installed.resolve("visualvm").toString()));
            line.addAll(List.of("--userdir", folder.resolve("user").toString()));
            line.addAll(List.of("--cachedir", folder.resolve("cache").toString()));
            line.addAll(options(installed.resolve("../../../etc/visualvm/visualvm.conf")));
            line.add("-J-Djavax.net.ssl.trustStore=" + access.trustStore());
            line.add(SwingScreen.agent(
                    VisualVmHand.class, access.address(), role, access.password(role), picture.toString()));
            return screen.run(new ProcessBuilder(line));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> options(Path configuration) throws IOException {
        try (Stream<String> lines = Files.lines(configuration)) {
            return lines.filter(line -> line.startsWith(OPTIONS))
                    .map(line -> line.substring(OPTIONS.length()).replace("\"", ""))
                    .flatMap(options -> Stream.of(options.split(" ")))
                    .toList();
        }
    }
}
