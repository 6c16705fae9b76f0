package org.hotbackup.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** The real JConsole of the JDK, on a screen that nobody sees (Xvfb). */
public final class JConsole {

    private static final Path PICTURES = Path.of("target", "pictures").toAbsolutePath();
    private static final long SECONDS = 180;

    private JConsole() {}

    /**
     * Opens the remote JMX of a node as somebody would who sits before it, and keeps a picture of each of these nodes of its
     * tree in {@code target/pictures}.
     *
     * @param paths for example {@code org.hotbackup/Node/Attributes}
     * @return what {@link JConsoleHand} did, and what JConsole said
     */
    public static List<String> show(RemoteAccess access, String role, List<String> paths) {
        DebianTool xvfb = DebianTool.of("Xvfb", "xvfb", "libxtst6", "libxi6", "libxrender1", "fonts-dejavu-core");
        Process screen = null;
        Process console = null;
        try {
            Files.createDirectories(PICTURES);
            screen = xvfb.with("-displayfd", "1", "-screen", "0", "1280x800x24", "-nolisten", "tcp")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String display = new BufferedReader(new InputStreamReader(screen.getInputStream(), StandardCharsets.UTF_8))
                    .readLine();
            if (display == null) {
                throw new IllegalStateException("Xvfb has not started; status " + screen.waitFor());
            }
            List<String> words =
                    new ArrayList<>(List.of(access.address(), role, access.password(role), PICTURES.toString()));
            words.addAll(paths);
            ProcessBuilder builder = new ProcessBuilder(
                            jconsole().toString(),
                            "-J-Djavax.net.ssl.trustStore=" + access.trustStore(),
                            "-J-javaagent:" + hand() + "=" + String.join("\t", words))
                    .redirectErrorStream(true);
            builder.environment().put("DISPLAY", ":" + display);
            console = builder.start();
            console.getOutputStream().close();
            byte[] said = console.getInputStream().readAllBytes();
            console.onExit().orTimeout(SECONDS, TimeUnit.SECONDS).join();
            return new String(said, StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } finally {
            if (console != null) {
                console.destroyForcibly();
            }
            if (screen != null) {
                screen.destroyForcibly();
            }
        }
    }

    /** The JDK that runs the test may have no screen. */
    private static Path jconsole() {
        Path home = Path.of(System.getProperty("java.home"));
        return Files.exists(home.resolve("lib/libawt_xawt.so"))
                ? home.resolve("bin/jconsole")
                : DebianTool.of("jconsole", "openjdk-17-jdk").path();
    }

    private static Path hand() throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Premain-Class", JConsoleHand.class.getName());
        Path jar = PICTURES.resolveSibling("jconsole-hand.jar");
        String name = JConsoleHand.class.getName().replace('.', '/') + ".class";
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest);
                InputStream bytes = JConsole.class.getClassLoader().getResourceAsStream(name)) {
            out.putNextEntry(new JarEntry(name));
            bytes.transferTo(out);
        }
        return jar;
    }
}
