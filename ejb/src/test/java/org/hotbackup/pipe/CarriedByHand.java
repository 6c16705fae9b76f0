package org.hotbackup.pipe;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import org.hotbackup.replication.ServerMessages;

/** Both servers without a network: what is read from one pipe is written to the other. As a program, until it is killed. */
final class CarriedByHand implements AutoCloseable {

    private static final ServerMessages NOBODY = (code, values) -> {};

    final PipeReader reader;
    final PipeWriter writer;
    private final Semaphore woken = new Semaphore(0);
    private long tapes;

    CarriedByHand(Path folder, NamedPipe from, NamedPipe to, int blockSize, boolean keep) throws IOException {
        reader = PipeReader.open(folder.resolve("out"), from, blockSize, keep, woken::release, NOBODY);
        writer = PipeWriter.open(folder.resolve("in"), to, keep, woken::release, NOBODY);
        ThreadFactory threads = Thread::new;
        reader.start(threads, "out");
        writer.start(threads, "in");
    }

    /** What can be done now. */
    void step() {
        if (writer.tape() != reader.tape()) {
            writer.begin(reader.tape(), reader.blockSize());
        }
        while (reader.available() > writer.received()) {
            writer.add(arrived(reader.read(writer.received() + 1, 64 << 10)));
        }
        if (reader.ended() && reader.available() == writer.received() && !writer.endReceived()) {
            writer.end();
        }
        reader.acknowledged(writer.written());
        if (writer.ended()) {
            tapes++;
            reader.nextTape();
        }
    }

    /** As blocks arrive from the network: in memory of the process, and not in the reader's spool. */
    private static ByteBuffer arrived(ByteBuffer sent) {
        return ByteBuffer.allocate(sent.remaining()).put(sent).flip();
    }

    /** Tapes that it carried to their end. */
    long tapes() {
        return tapes;
    }

    @Override
    public void close() {
        reader.close();
        writer.close();
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path folder = Path.of(arguments[0]);
        CarriedByHand both = new CarriedByHand(
                folder,
                NamedPipe.at(folder.resolve("from")),
                NamedPipe.at(folder.resolve("to")),
                512,
                arguments[1].equals("keep"));
        both.step();
        while (both.tapes == 0) {
            both.woken.acquire();
            both.woken.drainPermits();
            both.step();
        }
        both.close();
    }
}
