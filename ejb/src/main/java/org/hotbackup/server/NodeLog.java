package org.hotbackup.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * The file that the node's process writes its output to, {@code log/node.log}, appending: traces are part of it. It begins
 * anew when it has become long, and what was in it is {@code node.log.1} then, as after a start. For one thread.
 */
final class NodeLog {

    /** After so many bytes it begins anew. */
    static final long MOST_BYTES = 64L << 20;

    private final Path file;
    private final long mostBytes;

    /** That of a node. */
    NodeLog(Path home) {
        this(home.resolve("log").resolve("node.log"), MOST_BYTES);
    }

    NodeLog(Path file, long mostBytes) {
        this.file = file;
        this.mostBytes = mostBytes;
    }

    /**
     * Begins it anew if it is longer than it may be. What the process writes at that very moment may be lost.
     *
     * @throws UncheckedIOException if that is not possible
     */
    void bound() {
        try {
            if (Files.exists(file) && Files.size(file) > mostBytes) {
                Files.copy(file, file.resolveSibling("node.log.1"), StandardCopyOption.REPLACE_EXISTING);
                try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                    channel.truncate(0);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
