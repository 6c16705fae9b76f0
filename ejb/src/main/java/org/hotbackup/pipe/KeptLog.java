package org.hotbackup.pipe;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.zip.CRC32C;

/**
 * How far a linked input server has come on a log tape, and what it has read of the record behind that: in a file, since what is kept
 * here is acknowledged, and nobody else has it then. A record that takes many blocks is appended to, anything else is written anew
 * beside and renamed. For one thread.
 *
 * <pre>
 *    8  magic
 *    8  the tape's number
 *    4  its block size
 *    1  whether it ended
 *       parts, one after the other, each of it:
 *         8  blocks of the tape that are applied or kept
 *         4  bytes that follow
 *         4  CRC-32C of number, length and bytes
 *            bytes, to be put behind those of the part before
 * </pre>
 */
final class KeptLog {

    private static final long MAGIC = 0x48424B4C4F4701L;
    private static final Set<StandardOpenOption> ANEW =
            Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING);
    private static final int HEADER = 2 * Long.BYTES + Integer.BYTES + 1;
    private static final int PART = Long.BYTES + 2 * Integer.BYTES;

    private final Path file;
    private long tape;
    private int blockSize;
    private boolean ended;
    private long blocks;
    private byte[] rest = new byte[0];
    private long began = -1;

    private KeptLog(Path file) {
        this.file = file;
    }

    /** What a server has kept; of one that has nothing yet, tape 0. */
    static KeptLog of(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        KeptLog kept = new KeptLog(file);
        if (Files.exists(file)) {
            kept.read(ByteBuffer.wrap(Files.readAllBytes(file)));
        }
        return kept;
    }

    private void read(ByteBuffer in) {
        if (in.remaining() < HEADER || in.getLong() != MAGIC) {
            return; // as if there were none: the output server is told that the tape is not known
        }
        tape = in.getLong();
        blockSize = in.getInt();
        ended = in.get() == 1;
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        while (in.remaining() >= PART) {
            ByteBuffer part = in.slice();
            long upTo = part.getLong();
            int length = part.getInt();
            int checksum = part.getInt();
            if (length < 0 || length > part.remaining() || checksum != checksum(in.array(), in.position(), length)) {
                break; // it was killed in the middle of it, and acknowledged nothing of it
            }
            all.write(in.array(), in.position() + PART, length);
            in.position(in.position() + PART + length);
            blocks = upTo;
        }
        rest = all.toByteArray();
    }

    private static int checksum(byte[] bytes, int at, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, at, Long.BYTES + Integer.BYTES);
        crc.update(bytes, at + PART, length);
        return (int) crc.getValue();
    }

    long tape() {
        return tape;
    }

    int blockSize() {
        return blockSize;
    }

    boolean ended() {
        return ended;
    }

    /** How many blocks are applied or kept, the label among them. */
    long blocks() {
        return blocks;
    }

    /** What is not applied of them: somebody goes on with it from the beginning. */
    byte[] goOn() {
        began = -1;
        return rest.clone();
    }

    /** Another tape, of which nothing arrived yet. */
    void begin(long newTape, int newBlockSize) throws IOException {
        tape = newTape;
        blockSize = newBlockSize;
        ended = false;
        keep(0, new byte[0], -1);
    }

    /** The tape ended after so many blocks, and all of it is applied. */
    void end(long upTo) throws IOException {
        ended = true;
        keep(upTo, new byte[0], -1);
    }

    /**
     * Keeps durably how far it is.
     *
     * @param upTo how many blocks
     * @param now what is not applied of them
     * @param restBegan is the same as long as this only grows; -1 for never
     */
    void keep(long upTo, byte[] now, long restBegan) throws IOException {
        boolean grows = restBegan >= 0 && restBegan == began;
        began = -1; // what fails in the middle is written anew
        if (grows) {
            append(upTo, now, rest.length);
        } else {
            write(upTo, now);
        }
        began = restBegan;
        blocks = upTo;
        rest = now;
    }

    private void append(long upTo, byte[] now, int known) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.APPEND)) {
            write(channel, part(upTo, now, known));
        }
    }

    private void write(long upTo, byte[] now) throws IOException {
        Path beside = file.resolveSibling(file.getFileName() + ".new");
        try (FileChannel channel = FileChannel.open(beside, ANEW, OwnersOnly.FILE)) {
            ByteBuffer header = ByteBuffer.allocate(HEADER)
                    .putLong(MAGIC)
                    .putLong(tape)
                    .putInt(blockSize)
                    .put((byte) (ended ? 1 : 0))
                    .flip();
            while (header.hasRemaining()) {
                channel.write(header);
            }
            write(channel, part(upTo, now, 0));
        }
        Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        Folders.force(file.getParent());
    }

    private static ByteBuffer part(long upTo, byte[] now, int from) {
        int length = now.length - from;
        ByteBuffer part = ByteBuffer.allocate(PART + length)
                .putLong(upTo)
                .putInt(length)
                .putInt(0)
                .put(now, from, length);
        return part.putInt(Long.BYTES + Integer.BYTES, checksum(part.array(), 0, length))
                .flip();
    }

    private static void write(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
        channel.force(false);
    }
}
