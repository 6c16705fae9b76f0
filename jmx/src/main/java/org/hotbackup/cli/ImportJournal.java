package org.hotbackup.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.model.FilePath;
import org.hotbackup.node.FileTrouble;

/**
 * What a node's home remembers of an import in several transactions while it runs: one file, on disk before the first
 * transaction and gone after the last. Whoever holds the journal holds a lock that the system gives back when the
 * process ends, however it ends; so what it finds there was left behind by a command that is dead.
 */
final class ImportJournal implements AutoCloseable {

    /**
     * An import that was begun.
     *
     * @param file the file it creates
     * @param token stands in the file's dictionary as long as the file is not whole
     */
    record Begun(FilePath file, String token) {}

    private final Path begun;
    private final FileChannel channel;

    /**
     * Takes the journal of the node whose home this is.
     *
     * @throws Refusal if another import holds it
     */
    ImportJournal(Path home) {
        this.begun = home.resolve("import.begun");
        Path lock = home.resolve("import.lock");
        try {
            channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (!isTaken(channel)) {
                channel.close();
                throw new Refusal(MessageCode.IMPORT_RUNNING, home.getFileName());
            }
        } catch (IOException e) {
            throw FileTrouble.unusable(lock, e);
        }
    }

    private static boolean isTaken(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            // by this very process
            return false;
        }
    }

    /** The import that was left behind, if one was. */
    Optional<Begun> left() {
        try {
            if (!Files.exists(begun)) {
                return Optional.empty();
            }
            List<String> lines = Files.readAllLines(begun, StandardCharsets.UTF_8);
            // a half written journal: its import had not sent its first transaction yet
            return lines.size() == 2
                    ? Optional.of(new Begun(FilePath.parse(lines.get(1)), lines.get(0)))
                    : Optional.empty();
        } catch (IOException e) {
            throw FileTrouble.unusable(begun, e);
        }
    }

    /** Remembers an import; when this returns it is on disk. */
    void begin(Begun what) {
        String text = what.token() + "\n" + what.file() + "\n";
        try (FileChannel out = FileChannel.open(
                begun, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
            while (bytes.hasRemaining()) {
                out.write(bytes);
            }
            out.force(true);
        } catch (IOException e) {
            throw FileTrouble.unusable(begun, e);
        }
    }

    /** Forgets it. */
    void end() {
        try {
            Files.deleteIfExists(begun);
        } catch (IOException e) {
            throw FileTrouble.unusable(begun, e);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw FileTrouble.unusable(begun, e);
        }
    }
}
