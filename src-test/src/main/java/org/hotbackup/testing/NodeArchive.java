package org.hotbackup.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.hotbackup.node.Bundle;
import org.hotbackup.node.Folders;
import org.hotbackup.node.NodeHomes;

/**
 * The classes of a node in the form in which a JVM takes them over as they are (class data sharing): a start takes two
 * thirds of the time, and the system tests start nodes again and again. A JVM that cannot use the archive starts without it.
 */
public final class NodeArchive {

    /** The system property with the archive's path. */
    private static final String PATH = "hotbackup.test.archive";

    private NodeArchive() {}

    /**
     * Starts a node, stops it, and keeps what it loaded; does nothing if the archive is newer than the bundle.
     *
     * @param arguments the path of the archive
     */
    public static void main(String[] arguments) throws IOException {
        Path archive = Path.of(arguments[0]).toAbsolutePath();
        if (isNewerThan(archive, Bundle.ofSystem().folder())) {
            return;
        }
        Files.deleteIfExists(archive);
        Path made = archive.resolveSibling(archive.getFileName() + ".new");
        Files.deleteIfExists(made);
        Path homes = Files.createTempDirectory("hot-backup-archive");
        try (TestNode node = TestNode.create(new NodeHomes(homes), "archived", StoreKind.H2)) {
            node.hasOptions("-XX:ArchiveClassesAtExit=" + made);
            node.start();
            node.stop();
            Files.move(made, archive);
        } finally {
            Folders.delete(homes);
        }
    }

    private static boolean isNewerThan(Path archive, Path bundle) throws IOException {
        if (!Files.exists(archive)) {
            return false;
        }
        long made = Files.getLastModifiedTime(archive).toMillis();
        try (Stream<Path> files = Files.walk(bundle)) {
            return files.allMatch(file -> file.toFile().lastModified() < made);
        }
    }

    /** The option for a node's JVM, if there is an archive. */
    static Optional<String> jvmOption() {
        return Optional.ofNullable(System.getProperty(PATH))
                .filter(path -> Files.exists(Path.of(path)))
                .map(path -> "-XX:SharedArchiveFile=" + path);
    }
}
