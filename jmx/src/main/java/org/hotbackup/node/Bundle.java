package org.hotbackup.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;

/**
 * What a node runs: Payara Micro laid out flat, with the drivers in its runtime folder, and the WAR.
 *
 * @param folder where the build put it
 */
public record Bundle(Path folder) {

    /** The system property that the launch script sets to the bundle's folder. */
    public static final String PROPERTY = "hotbackup.bundle";

    /** The bundle that this command belongs to. */
    public static Bundle ofSystem() {
        String folder = System.getProperty(PROPERTY);
        if (folder == null) {
            throw new Refusal(MessageCode.USAGE, "Start nodes with the hot-backup script, which knows what to run.");
        }
        return new Bundle(Path.of(folder));
    }

    public Path war() {
        return folder.resolve("app").resolve("hot-backup.war");
    }

    Path launcher() {
        return folder.resolve("launch-micro.jar");
    }

    /**
     * The launcher and all jars, the largest first: there are hundreds, a JVM looks for each class in one after the other,
     * and most are in a few large ones.
     */
    String classPath() {
        Path runtime = folder.resolve("runtime");
        try (Stream<Path> files = Files.list(runtime)) {
            return files.filter(file -> file.getFileName().toString().endsWith(".jar"))
                    .sorted(Comparator.comparingLong((Path jar) -> -jar.toFile().length())
                            .thenComparing(Comparator.naturalOrder()))
                    .map(Path::toString)
                    .collect(Collectors.joining(":", launcher() + ":", ""));
        } catch (IOException e) {
            throw FileTrouble.unusable(runtime, e);
        }
    }

    /** The packages that Payara Micro needs opened; its launcher's manifest names them, but only for java -jar. */
    List<String> openedPackages() {
        List<String> options = new ArrayList<>();
        try (JarFile jar = new JarFile(launcher().toFile())) {
            Manifest manifest = jar.getManifest();
            add(options, "--add-opens", manifest.getMainAttributes().getValue("Add-Opens"));
            add(options, "--add-exports", manifest.getMainAttributes().getValue("Add-Exports"));
        } catch (IOException e) {
            throw FileTrouble.unusable(launcher(), e);
        }
        return options;
    }

    private static void add(List<String> options, String option, String packages) {
        for (String name : packages.trim().split("\\s+")) {
            options.add(option + "=" + name + "=ALL-UNNAMED");
        }
    }
}
