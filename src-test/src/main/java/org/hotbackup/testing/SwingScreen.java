package org.hotbackup.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** A screen that nobody sees (Xvfb), on which Swing programs are worked with by a hand in their own JVM ({@link SwingHand}). */
final class SwingScreen implements AutoCloseable {

    /** Where pictures of it are kept. */
    static final Path PICTURES = Path.of("target", "pictures").toAbsolutePath();

    private static final long SECONDS = 180;

    private final Process server;
    private final String display;

    /** Starts it. */
    SwingScreen() throws IOException {
        Files.createDirectories(PICTURES);
        server = DebianTool.of("Xvfb", "xvfb", "libxtst6", "libxi6", "libxrender1", "fonts-dejavu-core")
                .with("-displayfd", "1", "-screen", "0", "1280x800x24", "-nolisten", "tcp")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        display = new BufferedReader(new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8)).readLine();
        if (display == null) {
            throw new IllegalStateException("Xvfb has not started");
        }
    }

    /** A JDK 17 that has a screen; the one that runs the test may have none, and VisualVM knows no newer one. */
    static Path jdk() throws IOException {
        Path home = Path.of(System.getProperty("java.home"));
        return Runtime.version().feature() == 17 && Files.exists(home.resolve("lib/libawt_xawt.so"))
                ? home
                : DebianTool.of("jconsole", "openjdk-17-jdk")
                        .path()
                        .toRealPath()
                        .resolve("../..")
                        .normalize();
    }

    /** The program's option that puts the hand into it. */
    static String agent(Class<?> hand, String... words) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Premain-Class", hand.getName());
        Path jar = PICTURES.resolveSibling(hand.getSimpleName() + ".jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
            for (Class<?> one : List.of(hand, SwingHand.class, SwingHand.Work.class)) {
                String name = one.getName().replace('.', '/') + ".class";
                out.putNextEntry(new JarEntry(name));
                try (InputStream bytes = one.getClassLoader().getResourceAsStream(name)) {
                    bytes.transferTo(out);
                }
            }
        }
        return "-J-javaagent:" + jar + "=" + String.join("\t", words);
    }

    /** Runs a program until its hand is done, three minutes at most; the lines that both wrote. */
    List<String> run(ProcessBuilder program) throws IOException {
        program.environment().put("DISPLAY", ":" + display);
        Process running = program.redirectErrorStream(true).start();
        running.getOutputStream().close();
        List<String> lines = new CopyOnWriteArrayList<>();
        CompletableFuture<Void> limit = CompletableFuture.runAsync(
                () -> end(running, lines), CompletableFuture.delayedExecutor(SECONDS, TimeUnit.SECONDS));
        try (BufferedReader said =
                new BufferedReader(new InputStreamReader(running.getInputStream(), StandardCharsets.UTF_8))) {
            said.lines().takeWhile(line -> !line.equals(SwingHand.DONE)).forEach(lines::add);
            return lines;
        } finally {
            limit.cancel(false);
            end(running, lines);
        }
    }

    /** A program may be a script that started the JVM and left it. */
    private static void end(Process running, List<String> lines) {
        running.destroyForcibly();
        lines.stream()
                .filter(line -> line.startsWith(SwingHand.PROCESS))
                .map(line -> ProcessHandle.of(Long.parseLong(line.substring(SwingHand.PROCESS.length()))))
                .flatMap(Optional::stream)
                .forEach(ProcessHandle::destroyForcibly);
    }

    @Override
    public void close() {
        server.destroyForcibly();
    }
}
