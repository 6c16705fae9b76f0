package org.hotbackup.pipe;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.replication.Notices;
import org.hotbackup.replication.ServerMessages;
import org.hotbackup.replication.ServerStatus;
import org.hotbackup.tapesocket.TapeFigures;
import org.hotbackup.tapesocket.TapeSession;
import org.hotbackup.tapesocket.TapeSource;

/**
 * Writes the transaction log to pseudo-tapes of this node, each a file: NAME.1, NAME.2 ... ({@code startlog}). A block is acknowledged, and
 * what it holds leaves the queue, when it is on the disk, and the name of its file is. A disk that is full, or would not have left
 * what the store needs, is waited for. For one thread.
 */
public final class LogTapeFiles implements TapeSession {

    private static final int MOST_AT_ONCE = 1 << 20;
    private static final long AGAIN_MILLIS = 5_000;

    private final Path name;
    private final RoomOnDisk room;
    private final TapeSource source;
    private final ServerMessages messages;
    private final Notices notices;
    private FileChannel open;
    private Path file;
    private long againAt = Long.MIN_VALUE;
    private long tapes;
    private long bytes;
    private boolean waits;
    private volatile TapeFigures figures = TapeFigures.STOPPED;

    /**
     * Nothing is written before the first step.
     *
     * @param name path of the tapes without their numbers
     * @param reserveBytes what is left free on their disk
     */
    public LogTapeFiles(Path name, long reserveBytes, TapeSource source, ServerMessages messages) {
        this.name = name;
        this.room = new RoomOnDisk(name, reserveBytes);
        this.source = source;
        this.messages = messages;
        this.notices = new Notices(messages);
    }

    @Override
    public long step(long now) {
        if (now >= againAt) {
            try {
                write();
                notices.well();
                waits = false;
                againAt = Long.MIN_VALUE;
            } catch (IOException e) {
                notices.trouble(
                        MessageCode.LOG_TAPE_NOT_WRITTEN,
                        file == null ? name : file,
                        e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage());
                PipeFiles.close(open);
                open = null;
                waits = true;
                againAt = now + AGAIN_MILLIS;
            }
        }
        publish();
        return waits ? againAt : Long.MAX_VALUE;
    }

    private void write() throws IOException {
        while (source.acknowledged() < source.available()) {
            long acknowledged = source.acknowledged();
            ByteBuffer blocks = source.read(acknowledged + 1, MOST_AT_ONCE);
            int length = blocks.remaining();
            requireRoom(length);
            if (open == null) {
                open();
            }
            long at = acknowledged * source.blockSize();
            while (blocks.hasRemaining()) {
                at += open.write(blocks, at);
            }
            open.force(false);
            bytes += length;
            source.acknowledged(acknowledged + length / source.blockSize());
        }
        if (source.ended()) {
            if (file == null) {
                // a process was killed that had written all of it
                file = numbered(lastNumber());
            }
            messages.say(MessageCode.LOG_TAPE_WRITTEN, file, source.available());
            tapes++;
            PipeFiles.close(open);
            open = null;
            source.nextTape();
        }
    }

    /** Before a tape is begun: a disk that is full would otherwise leave one without a block at each attempt. */
    private void requireRoom(int length) throws IOException {
        Files.createDirectories(name.getParent(), OwnersOnly.FOLDER);
        room.require(length);
    }

    private void open() throws IOException {
        long acknowledged = source.acknowledged() * source.blockSize();
        if (acknowledged > 0) {
            goOn(acknowledged);
        } else {
            begin();
        }
    }

    /** The tape that is under way, as far as it is acknowledged. */
    private void goOn(long acknowledged) throws IOException {
        file = numbered(lastNumber());
        if (Files.notExists(file) || Files.size(file) < acknowledged) {
            throw new IOException("it is not as it was left; begin another tape with startlog");
        }
        open = FileChannel.open(file, StandardOpenOption.WRITE).truncate(acknowledged);
    }

    private void begin() throws IOException {
        long last = lastNumber();
        boolean begun = last > 0 && isBeginning(numbered(last));
        file = numbered(begun ? last : last + 1);
        open = FileChannel.open(
                file,
                Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING),
                OwnersOnly.FILE);
        Folders.force(name.getParent());
        if (!begun) {
            messages.say(MessageCode.LOG_TAPE_ON_FILE, file);
        }
    }

    /**
     * Whether a file is what was written of this tape before anything of it was acknowledged: by a process that was killed, or
     * before the disk was full. It holds nothing else then, and is written again.
     */
    private boolean isBeginning(Path last) throws IOException {
        if (Files.size(last) > MOST_AT_ONCE) {
            return false;
        }
        ByteBuffer written = ByteBuffer.wrap(Files.readAllBytes(last));
        ByteBuffer tape = source.read(1, MOST_AT_ONCE);
        return written.remaining() <= tape.remaining()
                && tape.slice(0, written.remaining()).equals(written);
    }

    private Path numbered(long number) {
        return name.resolveSibling(name.getFileName() + "." + number);
    }

    private long lastNumber() throws IOException {
        String prefix = name.getFileName() + ".";
        try (Stream<Path> files = Files.list(name.getParent())) {
            return files.map(one -> one.getFileName().toString())
                    .filter(one -> one.startsWith(prefix))
                    .map(one -> one.substring(prefix.length()))
                    .filter(number -> number.matches("[0-9]{1,9}"))
                    .mapToLong(Long::parseLong)
                    .max()
                    .orElse(0);
        }
    }

    private void publish() {
        figures = new TapeFigures(
                waits ? ServerStatus.WAITING_FOR_ACK : ServerStatus.IDLE,
                file == null ? "" : file.toString(),
                source.available(),
                source.acknowledged(),
                tapes,
                bytes,
                0,
                "");
    }

    @Override
    public TapeFigures figures() {
        return figures;
    }

    @Override
    public Optional<String> refusal() {
        return Optional.empty();
    }

    @Override
    public void close() {
        PipeFiles.close(open);
        open = null;
        figures = TapeFigures.STOPPED;
    }
}
