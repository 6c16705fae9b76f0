package org.hotbackup.testing;

import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A program of a Debian package that a test needs. If the machine has it not, the test gets it by itself: root installs the
 * package; anybody else downloads it with what it depends on and unpacks all into {@code target/debian}, where such a
 * program is to be started in {@link #environment()}. Processes that ask at the same time wait for one another.
 */
public final class DebianTool {

    private static final Path UNPACKED = Path.of("target", "debian").toAbsolutePath();
    private static final List<String> BIN = List.of("usr/bin", "bin", "usr/sbin", "sbin", "usr/games");
    private static final long MINUTES = 8;

    private final Path program;

    private DebianTool(Path program) {
        this.program = program;
    }

    /**
     * Finds the program, or gets it.
     *
     * @param program its name, or an absolute path on a machine where the package is installed
     * @param packages the Debian packages that bring it
     * @throws IllegalStateException if the machine cannot get it; says why in one sentence
     */
    public static DebianTool of(String program, String... packages) {
        Optional<Path> found = find(program);
        return new DebianTool(found.isPresent() ? found.get() : get(program, List.of(packages)));
    }

    /** The program's file. */
    public Path path() {
        return program;
    }

    /** The program with these arguments, to be started in {@link #environment()}. */
    public ProcessBuilder with(String... arguments) {
        List<String> line = new ArrayList<>(List.of(program.toString()));
        line.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(line);
        builder.environment().putAll(environment());
        return builder;
    }

    /** What the environment of a program from {@code target/debian} says; empty if nothing was unpacked. */
    public static Map<String, String> environment() {
        if (!Files.isDirectory(UNPACKED)) {
            return Map.of();
        }
        return Map.of(
                "PATH", joined(BIN.stream().map(UNPACKED::resolve), System.getenv("PATH")),
                "LD_LIBRARY_PATH", joined(libraries(), System.getenv("LD_LIBRARY_PATH")),
                "XDG_DATA_DIRS", joined(Stream.of(UNPACKED.resolve("usr/share")), "/usr/local/share:/usr/share"));
    }

    private static String joined(Stream<Path> paths, String more) {
        String ours = String.join(File.pathSeparator, paths.map(Path::toString).toList());
        return more == null || more.isEmpty() ? ours : ours + File.pathSeparator + more;
    }

    /** {@code usr/lib/x86_64-linux-gnu} and the like, as this machine has them. */
    private static Stream<Path> libraries() {
        return Stream.of("usr/lib", "lib").map(UNPACKED::resolve).flatMap(lib -> {
            String[] ofMachine = lib.toFile().list((folder, name) -> name.endsWith("-linux-gnu"));
            return Stream.concat(
                    Stream.of(ofMachine == null ? new String[0] : ofMachine).map(lib::resolve), Stream.of(lib));
        });
    }

    private static Optional<Path> find(String program) {
        if (program.startsWith("/")) {
            return Stream.of(Path.of(program), UNPACKED.resolve(program.substring(1)))
                    .filter(Files::isExecutable)
                    .findFirst();
        }
        Stream<Path> ofMachine = Stream.of(Optional.ofNullable(System.getenv("PATH"))
                        .orElse("/usr/bin:/bin")
                        .split(File.pathSeparator))
                .map(Path::of);
        return Stream.concat(ofMachine, BIN.stream().map(UNPACKED::resolve))
                .map(folder -> folder.resolve(program))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** One at a time for each user of the machine: other builds, and the other fork of this one, may ask too. */
    private static synchronized Path get(String program, List<String> packages) {
        Path lock = Path.of(
                System.getProperty("java.io.tmpdir"),
                "hot-backup-debian-tool." + System.getProperty("user.name") + ".lock");
        try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock held = channel.lock()) {
            if (held.isValid() && find(program).isEmpty()) {
                get(packages);
            }
        } catch (IOException e) {
            throw new IllegalStateException(cannot(program, packages, e.getMessage()), e);
        }
        return find(program)
                .orElseThrow(() -> new IllegalStateException(cannot(program, packages, "they do not bring it")));
    }

    private static String cannot(String program, List<String> packages, String why) {
        return "This test needs the program " + program + " of Debian's " + String.join(" ", packages)
                + " and cannot get it (" + why + "); install it, or run the test where apt-get reaches its archive.";
    }

    private static void get(List<String> packages) throws IOException {
        if (System.getProperty("user.name").equals("root")) {
            // a lock that somebody else holds is waited for
            List<String> install = new ArrayList<>(
                    List.of("apt-get", "-y", "-o", "DPkg::Lock::Timeout=300", "install", "--no-install-recommends"));
            install.addAll(packages);
            try {
                run(install);
            } catch (IOException listsMayBeOld) {
                run(List.of("apt-get", "update"));
                run(install);
            }
        } else {
            unpack(packages);
        }
    }

    /** With lists and a cache of our own: those of the machine are root's. */
    private static void unpack(List<String> packages) throws IOException {
        Path lists = Files.createDirectories(UNPACKED.resolveSibling("debian-lists"));
        Path cache = Files.createDirectories(UNPACKED.resolveSibling("debian-cache"));
        Files.createDirectories(lists.resolve("partial"));
        List<String> apt = List.of(
                "apt-get", "-o", "Dir::State::Lists=" + lists, "-o", "Dir::Cache=" + cache, "-o", "Debug::NoLocking=1");
        run(and(apt, List.of("update")));
        List<String> needed = run(and(apt, and(List.of("-s", "install", "--no-install-recommends"), packages)))
                .lines()
                .filter(line -> line.startsWith("Inst "))
                .map(line -> line.split(" ")[1])
                .toList();
        run(and(apt, and(List.of("download"), needed)), cache);
        Files.createDirectories(UNPACKED);
        List<Path> archives;
        try (Stream<Path> files = Files.list(cache)) {
            archives = files.filter(file -> file.toString().endsWith(".deb")).toList();
        }
        for (Path archive : archives) {
            run(List.of("dpkg-deb", "-x", archive.toString(), UNPACKED.toString()));
            Files.delete(archive);
        }
    }

    private static List<String> and(List<String> first, List<String> then) {
        return Stream.concat(first.stream(), then.stream()).toList();
    }

    private static String run(List<String> line) throws IOException {
        return run(line, Path.of("").toAbsolutePath());
    }

    /** Runs it to its end, at most {@link #MINUTES}; what it wrote, if it was content. */
    private static String run(List<String> line, Path folder) throws IOException {
        Path output = Files.createTempFile("hot-backup-debian-tool", ".log");
        ProcessBuilder builder = new ProcessBuilder(line)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().putAll(Map.of("DEBIAN_FRONTEND", "noninteractive", "LC_ALL", "C"));
        Process process = builder.start();
        process.getOutputStream().close();
        try {
            if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new IOException(line.get(0) + " has not ended after " + MINUTES + " minutes");
            }
            String written = Files.readString(output, StandardCharsets.UTF_8);
            if (process.exitValue() != 0) {
                throw new IOException(line.get(0) + " says: "
                        + written.lines()
                                .filter(said -> said.startsWith("E: "))
                                .findFirst()
                                .orElseGet(written::strip));
            }
            return written;
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            Files.delete(output);
        }
    }
}
