package org.hotbackup.tapesocket;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.hotbackup.replication.Link;
import org.hotbackup.replication.LinkDownException;

/**
 * Both servers with their pipes, a network that breaks and a clock, all driven from one seed. What the pipes know outlives
 * their servers, as it does on disk.
 */
final class PairOfServers {

    static final String OUT = "node-out";
    static final String IN = "node-in";

    final Random random;
    final List<String> outSays = new ArrayList<>();
    final List<String> inSays = new ArrayList<>();
    final Source source;
    final Sink sink = new Sink();
    long now = 1_000_000;
    boolean networkDown;
    boolean outOver;
    boolean inOver;
    private OutputSession out;
    private InputSession in;
    private Wire wire;
    private boolean listening;
    private long conversations = 1;
    private int callAttempts;

    PairOfServers(long seed, int blockSize) {
        random = new Random(seed);
        source = new Source(blockSize);
    }

    PairOfServers callAttempts(int attempts) {
        callAttempts = attempts;
        return this;
    }

    OutputSession startOutput() {
        outOver = false;
        out = new OutputSession(
                new OutputSession.Settings("ssave", OUT, "backup:2000", callAttempts),
                this::call,
                source,
                () -> now,
                () -> ++conversations,
                (code, values) -> outSays.add(code.id()));
        out.whenOver(() -> outOver = true);
        return out;
    }

    InputSession startInput() {
        inOver = false;
        in = new InputSession(
                "srest", IN, this::listen, sink, () -> now + 5_000, (code, values) -> inSays.add(code.id()));
        in.whenOver(() -> inOver = true);
        in.step(now);
        return in;
    }

    /** Ends at once, whatever it is doing; what waits in its memory is lost. */
    void killOutput() {
        out = null;
        cut();
    }

    void killInput() {
        in = null;
        listening = false;
        sink.forgetMemory();
        cut();
    }

    void cut() {
        if (wire != null) {
            wire.broken = true;
        }
        wire = null;
    }

    boolean outputRuns() {
        return out != null;
    }

    boolean inputRuns() {
        return in != null;
    }

    OutputSession output() {
        return out;
    }

    InputSession input() {
        return in;
    }

    /** Somebody says this on the connection of the output server. */
    void says(long conversation, TapeFrame frame) {
        wire.toIn.add(TapeFrameCodec.encode(conversation, frame));
    }

    /** What the input server answers in this conversation and nobody took yet. */
    List<TapeFrame> answers(long conversation) {
        List<TapeFrame> answers = new ArrayList<>();
        for (byte[] frame : wire.toOut) {
            try {
                TapeFrameCodec.Received received = TapeFrameCodec.decode(frame);
                if (received.conversation() == conversation) {
                    answers.add(received.frame());
                }
            } catch (BadTapeFrameException e) {
                throw new AssertionError(e);
            }
        }
        return answers;
    }

    /** Each side does a step, and some time passes. */
    void tick(long millis) {
        now += millis;
        if (out != null && !outOver) {
            out.step(now);
        }
        if (in != null && !inOver) {
            in.step(now);
        }
    }

    /** Without trouble until nothing is left to do. */
    void settle() {
        networkDown = false;
        for (int i = 0; i < 500 && !(source.bytes() == 0 && source.unread() == 0); i++) {
            tick(100);
            source.read(Integer.MAX_VALUE);
            sink.write(Integer.MAX_VALUE);
        }
    }

    private Link call() throws LinkDownException {
        if (networkDown || !listening) {
            throw new LinkDownException("connection refused");
        }
        wire = new Wire();
        return wire.end();
    }

    private Link listen() {
        listening = true;
        return new Link() {
            @Override
            public void send(byte[] frame) {
                if (wire != null && !wire.broken) {
                    wire.toOut.add(frame);
                }
            }

            @Override
            public Optional<byte[]> poll() {
                return wire == null ? Optional.empty() : Optional.ofNullable(wire.nextToIn());
            }

            @Override
            public Optional<String> sender() {
                return Optional.of(OUT);
            }

            @Override
            public String peer() {
                return "10.0.0.1:4711";
            }

            @Override
            public void close() {
                listening = false;
            }
        };
    }

    /** One connection; what is under way when it breaks is lost. */
    private static final class Wire {

        final Deque<byte[]> toIn = new ArrayDeque<>();
        final Deque<byte[]> streamedToIn = new ArrayDeque<>();
        final Deque<byte[]> toOut = new ArrayDeque<>();
        boolean broken;

        /** What is streamed overtakes what is sent, whenever it can. */
        byte[] nextToIn() {
            return streamedToIn.isEmpty() ? toIn.poll() : streamedToIn.poll();
        }

        Link end() {
            return new Link() {
                @Override
                public void send(byte[] frame) throws LinkDownException {
                    check();
                    toIn.add(frame);
                }

                @Override
                public void stream(byte[] frame) throws LinkDownException {
                    check();
                    streamedToIn.add(frame);
                }

                @Override
                public Optional<byte[]> poll() throws LinkDownException {
                    check();
                    return Optional.ofNullable(toOut.poll());
                }

                @Override
                public String peer() {
                    return "backup:2000";
                }

                @Override
                public void close() {
                    broken = true;
                }

                private void check() throws LinkDownException {
                    if (broken) {
                        throw new LinkDownException("connection reset");
                    }
                }
            };
        }
    }

    /** The output server's pipe: the test is the program that writes to it. */
    static final class Source implements TapeSource {

        private final int blockSize;
        private final Deque<byte[]> programs = new ArrayDeque<>();
        private byte[] program = new byte[0];
        private int at;
        private long tape = 1;
        private long acknowledged;
        private boolean ended;

        Source(int blockSize) {
            this.blockSize = blockSize;
        }

        /** A program writes this to the pipe and closes it. */
        void program(byte[] tapeOfIt) {
            programs.add(tapeOfIt);
        }

        /** Reads from the pipe. */
        void read(int most) {
            if (ended) {
                return;
            }
            if (at == 0 && program.length == 0 && !programs.isEmpty()) {
                program = programs.poll();
            }
            if (program.length > 0) {
                at = (int) Math.min(program.length, (long) at + most);
                ended = at == program.length;
            }
        }

        long unread() {
            return programs.size();
        }

        @Override
        public long tape() {
            return tape;
        }

        @Override
        public int blockSize() {
            return blockSize;
        }

        @Override
        public long acknowledged() {
            return acknowledged;
        }

        @Override
        public long available() {
            return ended ? (at + blockSize - 1) / blockSize : at / blockSize;
        }

        @Override
        public long bytes() {
            return at;
        }

        @Override
        public boolean ended() {
            return ended;
        }

        @Override
        public ByteBuffer read(long first, int mostBytes) {
            assertThat(first).isGreaterThan(acknowledged).isLessThanOrEqualTo(available());
            int from = (int) (first - 1) * blockSize;
            int whole = Math.max(1, mostBytes / blockSize) * blockSize;
            int end = (int) Math.min(from + (long) whole, Math.min(at, available() * blockSize));
            return ByteBuffer.wrap(program, from, end - from).slice();
        }

        @Override
        public void acknowledged(long blocks) {
            assertThat(blocks).isGreaterThanOrEqualTo(acknowledged).isLessThanOrEqualTo(available());
            acknowledged = blocks;
        }

        @Override
        public void nextTape() {
            assertThat(ended).isTrue();
            assertThat(acknowledged).isEqualTo(available());
            clear();
        }

        /** As a start without option c. */
        void clear() {
            tape++;
            acknowledged = 0;
            ended = false;
            at = 0;
            program = new byte[0];
        }
    }

    /** The input server's pipe: the test is the program that reads it. */
    static final class Sink implements TapeSink {

        final List<byte[]> tapes = new ArrayList<>();
        private final ByteArrayOutputStream pipe = new ByteArrayOutputStream();
        private final Deque<byte[]> waiting = new ArrayDeque<>();
        private long tape;
        private int blockSize = 1;
        private long received;
        private boolean endReceived;
        private boolean ended;
        private int skipped;
        private long tail;

        /** What is in the pipe of the tape that is under way. */
        byte[] pipe() {
            return pipe.toByteArray();
        }

        /** Writes to the pipe what there is room for; a block may be written in part. */
        void write(int most) {
            int room = most;
            while (room > 0 && !waiting.isEmpty()) {
                byte[] next = waiting.peek();
                int length = Math.min(room, next.length - skipped);
                pipe.write(next, skipped, length);
                skipped += length;
                room -= length;
                if (skipped == next.length) {
                    waiting.poll();
                    skipped = 0;
                }
            }
            if (endReceived && waiting.isEmpty() && !ended) {
                ended = true;
                tapes.add(pipe.toByteArray());
                pipe.reset();
            }
        }

        /** Its process was killed: what is in the pipe is all that is known. */
        void forgetMemory() {
            waiting.clear();
            if (!ended) {
                endReceived = false;
                received = pipe.size() / blockSize;
                tail = 0;
                skipped = pipe.size() % blockSize;
            }
        }

        @Override
        public long tape() {
            return tape;
        }

        @Override
        public int blockSize() {
            return blockSize;
        }

        @Override
        public long received() {
            return (receivedBytes() + blockSize - 1) / blockSize;
        }

        @Override
        public long receivedBytes() {
            return received * blockSize + tail;
        }

        @Override
        public long written() {
            if (ended) {
                return received();
            }
            return waiting.isEmpty() && skipped == 0 ? received() : pipe.size() / blockSize;
        }

        @Override
        public boolean endReceived() {
            return endReceived;
        }

        @Override
        public boolean ended() {
            return ended;
        }

        @Override
        public void begin(long newTape, int newBlockSize) {
            assertThat(tape == 0 || ended || pipe.size() == 0).isTrue();
            tape = newTape;
            blockSize = newBlockSize;
            clear();
        }

        void clear() {
            received = 0;
            tail = 0;
            skipped = 0;
            endReceived = false;
            ended = false;
            waiting.clear();
            pipe.reset();
        }

        /** As a start without option c. */
        void forgetTape() {
            tape = 0;
            clear();
        }

        @Override
        public void add(ByteBuffer data) {
            byte[] bytes = new byte[data.remaining()];
            data.duplicate().get(bytes);
            waiting.add(bytes);
            received += bytes.length / blockSize;
            tail = bytes.length % blockSize;
        }

        @Override
        public void end() {
            endReceived = true;
        }
    }
}
