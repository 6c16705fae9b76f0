package org.hotbackup.server;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.settings.TapeSetting;
import org.hotbackup.control.settings.TapeSettings;
import org.hotbackup.pipe.LogTapeFiles;
import org.hotbackup.pipe.LogTapeSink;
import org.hotbackup.pipe.LogTapeSource;
import org.hotbackup.pipe.NamedPipe;
import org.hotbackup.pipe.PipeReader;
import org.hotbackup.pipe.PipeWriter;
import org.hotbackup.replication.Applier;
import org.hotbackup.replication.LinkDownException;
import org.hotbackup.replication.Links;
import org.hotbackup.tapesocket.InputSession;
import org.hotbackup.tapesocket.OutputSession;
import org.hotbackup.tapesocket.TapeSession;
import org.hotbackup.tapesocket.TapeSink;
import org.hotbackup.tapesocket.TapeSource;
import org.hotbackup.txlog.tape.LogTapeRecord.Origin;

/** One run of a tape-socket server: its pipe or log tape, its link and the conversation between them, on the server's thread. */
final class TapeRun implements ServerThread.Work {

    /**
     * What runs are made of.
     *
     * @param nodeId the node's identity
     * @param folder where positions and spools are
     * @param tapes where tapes of this node are
     * @param reserveBytes what they leave free on the disk
     */
    record Parts(
            String nodeId, Path folder, Path tapes, long reserveBytes, Links links, ThreadFactory threads, Log log) {}

    /** The log that a server carries which is linked to the transaction logger. */
    sealed interface Log {}

    /**
     * What an output server reads.
     *
     * @param originAfter whose log it is, with the LSN that the next entry follows on
     */
    record Leaving(LogTapeSource.Queue queue, LongFunction<Origin> originAfter) implements Log {}

    /**
     * What an input server applies with.
     *
     * @param applier to be asked for once; refuses if somebody else writes the image
     * @param admits refuses a log that this image must not get
     */
    record Arriving(Supplier<Applier> applier, Consumer<Origin> admits) implements Log {}

    /** What is told of the end of a run, on the server's thread. */
    interface Ending {

        /** It is going to end by itself: both servers stop, or it gave up. */
        void byItself();

        /**
         * It has ended.
         *
         * @param asked whether it was to; otherwise it failed
         */
        void ended(boolean asked);
    }

    private final TapeServer server;
    private final TapeOptions options;
    private final Optional<NamedPipe> pipe;
    private final Parts parts;
    private final Ending ending;
    private TapeSession session;
    private Runnable closePipe = () -> {};
    private Optional<LogTapeSource> log = Optional.empty();

    /**
     * A run that has not begun.
     *
     * @param pipe its pipe; empty if it is linked to the transaction logger
     */
    TapeRun(TapeServer server, TapeOptions options, Optional<NamedPipe> pipe, Parts parts, Ending ending) {
        this.server = server;
        this.options = options;
        this.pipe = pipe;
        this.parts = parts;
        this.ending = ending;
    }

    @Override
    public void begin() throws LinkDownException {
        server.turnTraces(options.traced());
        Path files = parts.folder().resolve(server.name());
        try {
            session = server.settings().isOutput() ? output(files) : input(files);
        } catch (IOException e) {
            Path path = pipe.map(NamedPipe::path).orElse(files);
            throw new LinkDownException(MessageCode.PIPE_NOT_OPENED.text(path, e.getMessage()), e);
        }
        server.began(session);
    }

    private TapeSession output(Path files) throws IOException {
        TapeSettings settings = server.settings();
        if (settings.keepsLog()) {
            return new LogTapeFiles(
                    parts.tapes().resolve(settings.get(TapeSetting.TAPE)),
                    parts.reserveBytes(),
                    logTape(files),
                    server::say);
        }
        String host = settings.get(TapeSetting.HOST);
        int port = settings.number(TapeSetting.PORT);
        TapeSource source = pipe.isPresent() ? pipeReader(files, pipe.get()) : logTape(files);
        OutputSession output = new OutputSession(
                new OutputSession.Settings(
                        server.name(), parts.nodeId(), host + ":" + port, settings.number(TapeSetting.CALL_ATTEMPTS)),
                () -> parts.links().call(host, port, security(settings), server::wake, server::say),
                source,
                System::currentTimeMillis,
                () -> ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE),
                server::say);
        output.traceTo(server);
        output.whenOver(ending::byItself);
        if (options.withoutClock()) {
            output.withoutClock();
        }
        return output;
    }

    private TapeSource pipeReader(Path files, NamedPipe from) throws IOException {
        PipeReader reader = PipeReader.open(files, from, blockSize(), options.keep(), server::wake, server::say);
        closePipe = reader::close;
        reader.start(parts.threads(), server.name());
        return reader;
    }

    private TapeSource logTape(Path files) throws IOException {
        Leaving leaving = (Leaving) parts.log();
        LogTapeSource source = LogTapeSource.open(
                files,
                blockSize(),
                options.keep(),
                leaving.queue(),
                leaving.originAfter(),
                LocalDateTime::now,
                server::wake,
                server::say);
        closePipe = source::close;
        log = Optional.of(source);
        server.reads(source);
        return source;
    }

    private int blockSize() {
        return server.settings().number(TapeSetting.BLOCK_SIZE);
    }

    private TapeSession input(Path files) throws IOException, LinkDownException {
        return pipe.isPresent() ? pipeWriter(files, pipe.get()) : logApplier(files);
    }

    private TapeSession pipeWriter(Path files, NamedPipe to) throws IOException, LinkDownException {
        PipeWriter writer = PipeWriter.open(files, to, options.keep(), server::wake, server::say);
        closePipe = writer::close;
        InputSession input = input(writer);
        writer.start(parts.threads(), server.name());
        return input;
    }

    private TapeSession logApplier(Path files) throws IOException, LinkDownException {
        Arriving arriving = (Arriving) parts.log();
        LogTapeSink sink = LogTapeSink.open(files, arriving.applier().get(), arriving.admits(), server::wake);
        closePipe = sink::close;
        InputSession input = input(sink);
        sink.start(parts.threads(), server.name());
        server.applies(sink);
        return input;
    }

    private InputSession input(TapeSink sink) throws LinkDownException {
        TapeSettings settings = server.settings();
        InputSession input = new InputSession(
                server.name(),
                parts.nodeId(),
                () -> parts.links()
                        .listen(
                                server.name(),
                                settings.number(TapeSetting.PORT),
                                security(settings),
                                server::wake,
                                server::say),
                sink,
                System::currentTimeMillis,
                server::say);
        input.traceTo(server);
        input.whenOver(ending::byItself);
        input.listen();
        return input;
    }

    static Links.Security security(TapeSettings settings) {
        return settings.isInsecure() ? Links.Security.INSECURE : Links.Security.TLS;
    }

    @Override
    public long step(long now) {
        long again = log.map(source -> source.fill(now)).orElse(Long.MAX_VALUE);
        return Math.min(again, session.step(now));
    }

    @Override
    public void end(boolean asked) {
        try {
            if (session != null) {
                session.close();
            }
        } finally {
            try {
                closePipe.run();
            } finally {
                server.turnTraces(false);
                if (!asked && session != null) {
                    server.say(MessageCode.TERMINATED_ABNORMALLY);
                }
                ending.ended(asked);
            }
        }
    }
}
