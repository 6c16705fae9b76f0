package org.hotbackup.pipe;

import java.io.IOException;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ThreadLocalRandom;
import java.util.zip.CRC32;

/**
 * How far a server's pipe was read or written, in a file that is part of the process's memory: what is noted here stays when the
 * process is killed, without a system call. When the machine goes down the pipe's content and the programs at it are gone, so
 * that what was noted before it came up again does not count.
 *
 * <p>What is done to the pipe is announced before and noted after: see {@link #announce}. For one thread that changes it.
 */
final class TapePosition {

    private static final long MAGIC = 0x48427461706531L;
    private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");

    private static final int LAYOUT = 0;
    private static final int BOOT = 1;
    private static final int TAPE = 2;
    private static final int BLOCK_SIZE = 3;
    private static final int BYTES = 4;
    private static final int ANNOUNCED = 5;
    private static final int ACKNOWLEDGED = 6;
    private static final int ENDED = 7;
    private static final int KEEPER = 8;
    private static final int KEEPER_STARTED = 9;
    private static final int MARK = 10;
    private static final int LSN = 11;
    private static final int CAPACITY = 12;
    private static final int HANGING_UP = 13;
    private static final int FIELDS = 32;

    private final MappedByteBuffer fields;
    private final boolean cut;

    private TapePosition(MappedByteBuffer fields, boolean cut) {
        this.fields = fields;
        this.cut = cut;
    }

    /** That of a server, from its file; at the beginning if there is none. */
    static TapePosition of(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE)) {
            // all its space from the beginning: a full disk would end the process when it is noted in a hole
            channel.write(ByteBuffer.allocate(Math.max(0, FIELDS * Long.BYTES - (int) channel.size())), channel.size());
            MappedByteBuffer fields = channel.map(FileChannel.MapMode.READ_WRITE, 0, FIELDS * Long.BYTES);
            boolean known = fields.getLong(0) == MAGIC;
            boolean ofThisBoot = known && fields.getLong(BOOT * Long.BYTES) == bootId();
            boolean underWay =
                    known && fields.getLong(BYTES * Long.BYTES) > 0 && fields.getLong(ENDED * Long.BYTES) == 0;
            TapePosition position = new TapePosition(fields, underWay && !ofThisBoot);
            if (!ofThisBoot) {
                position.clear(0, 0);
                position.keeper(0, 0);
                position.hungUp();
                position.put(BOOT, bootId());
                position.put(LAYOUT, MAGIC);
            }
            return position;
        }
    }

    private static long bootId() {
        try {
            CRC32 crc = new CRC32();
            crc.update(Files.readString(BOOT_ID).getBytes(StandardCharsets.US_ASCII));
            return crc.getValue() + 1;
        } catch (IOException e) {
            return 1;
        }
    }

    /** Whether a tape was under way when the machine went down. */
    boolean wasCut() {
        return cut;
    }

    /** From the beginning, with another tape that nobody has heard of. */
    void begin(int blockSize) {
        clear(ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE), blockSize);
    }

    /** From the beginning, with another tape; 0 if none is known. */
    void clear(long tape, int blockSize) {
        // in this order: nothing is announced in between
        put(ANNOUNCED, 0);
        put(BYTES, 0);
        put(ACKNOWLEDGED, 0);
        put(ENDED, 0);
        put(LSN, 0);
        put(BLOCK_SIZE, blockSize);
        put(TAPE, tape);
    }

    long tape() {
        return get(TAPE);
    }

    int blockSize() {
        return (int) get(BLOCK_SIZE);
    }

    /** Bytes of the tape that are read from the pipe, or written to it. */
    long bytes() {
        return get(BYTES);
    }

    /**
     * Before something is read or written: should the process end before it is {@link #done}, it has to be found out whether it
     * was.
     *
     * @param bytes how many
     * @param mark by which that can be seen
     */
    void announce(int bytes, long mark) {
        put(MARK, mark);
        put(ANNOUNCED, bytes() + bytes);
    }

    /** What the announcement that was not followed by {@link #done} is about; 0 if there is none. */
    int announced() {
        return (int) Math.max(0, get(ANNOUNCED) - bytes());
    }

    /** The mark of the announcement. */
    long mark() {
        return get(MARK);
    }

    /** So many bytes were read or written; 0 if none of those that were announced. */
    void done(int bytes) {
        long now = bytes() + bytes;
        put(ANNOUNCED, now);
        put(BYTES, now);
    }

    /** Blocks that are acknowledged. */
    long acknowledged() {
        return get(ACKNOWLEDGED);
    }

    void acknowledged(long blocks) {
        put(ACKNOWLEDGED, blocks);
    }

    /** Whether the tape ended. */
    boolean ended() {
        return get(ENDED) == 1;
    }

    void end() {
        put(ENDED, 1);
    }

    /** Nobody here holds the pipe any more, so that who reads it comes to its end, which takes as long as he likes. */
    void hangUp() {
        put(HANGING_UP, 1);
    }

    /** He did: the pipe is for the next tape. */
    void hungUp() {
        put(HANGING_UP, 0);
    }

    boolean isHangingUp() {
        return get(HANGING_UP) == 1;
    }

    /** Of a log tape: LSN of the last entry that is wholly among the bytes; an earlier one if the process was killed since. */
    long lsn() {
        return get(LSN);
    }

    void lsn(long lsn) {
        put(LSN, lsn);
    }

    long keeperPid() {
        return get(KEEPER);
    }

    long keeperStarted() {
        return get(KEEPER_STARTED);
    }

    /** Bytes of the pipe that the keeper holds, 0 if that is not known. */
    int capacity() {
        return (int) get(CAPACITY);
    }

    void capacity(int bytes) {
        put(CAPACITY, bytes);
    }

    void keeper(long pid, long started) {
        put(CAPACITY, 0);
        put(KEEPER_STARTED, started);
        put(KEEPER, pid);
    }

    private long get(int field) {
        return fields.getLong(field * Long.BYTES);
    }

    /** In this order, whatever the compiler thinks: a process may be killed between any two of them. */
    private void put(int field, long value) {
        fields.putLong(field * Long.BYTES, value);
        VarHandle.fullFence();
    }
}
