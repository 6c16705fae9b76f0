package org.hotbackup.server;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.settings.TapeSetting;
import org.hotbackup.control.settings.TapeSettings;
import org.hotbackup.pipe.NamedPipe;
import org.hotbackup.pipe.PipeReader;
import org.hotbackup.pipe.PipeWriter;
import org.hotbackup.replication.LinkDownException;
import org.hotbackup.replication.Links;
import org.hotbackup.tapesocket.InputSession;
import org.hotbackup.tapesocket.OutputSession;
import org.hotbackup.tapesocket.TapeSession;

/** One run of a tape-socket server: its pipe, its link and the conversation between them, on the server's thread. */
final class TapeRun implements ServerThread.Work {

    /**
     * What runs are made of.
     *
     * @param nodeId the node's identity
     * @param folder where positions and spools are
     */
    record Parts(String nodeId, Path folder, Links links, ThreadFactory threads) {}

    private final TapeServer server;
    private final TapeOptions options;
    private final NamedPipe pipe;
    private final Parts parts;
    private final Consumer<TapeServer> over;
    private TapeSession session;
    private AutoCloseable open;

    /**
     * A run that has not begun.
     *
     * @param over told when the server ends by itself: both stop, or it gave up
     */
    TapeRun(TapeServer server, TapeOptions options, NamedPipe pipe, Parts parts, Consumer<TapeServer> over) {
        this.server = server;
        this.options = options;
        this.pipe = pipe;
        this.parts = parts;
        this.over = over;
    }

    @Override
    public void begin() throws LinkDownException {
        server.turnTraces(options.traced());
        Path files = parts.folder().resolve(server.name());
        try {
            session = server.settings().isOutput() ? output(files) : input(files);
        } catch (IOException e) {
            throw new LinkDownException(MessageCode.PIPE_NOT_OPENED.text(pipe.path(), e.getMessage()), e);
        }
        server.began(session);
    }

    private TapeSession output(Path files) throws IOException {
        TapeSettings settings = server.settings();
        String host = settings.get(TapeSetting.HOST);
        int port = settings.number(TapeSetting.PORT);
        PipeReader reader = PipeReader.open(
                files, pipe, settings.number(TapeSetting.BLOCK_SIZE), options.keep(), server::wake, server::say);
        open = reader;
        OutputSession output = new OutputSession(
                new OutputSession.Settings(
                        server.name(), parts.nodeId(), host + ":" + port, settings.number(TapeSetting.CALL_ATTEMPTS)),
                () -> parts.links().call(host, port, security(settings), server::wake, server::say),
                reader,
                System::currentTimeMillis,
                () -> ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE),
                server::say);
        output.traceTo(server);
        output.whenOver(() -> over.accept(server));
        if (options.withoutClock()) {
            output.withoutClock();
        }
        reader.start(parts.threads(), server.name());
        return output;
    }

    private TapeSession input(Path files) throws IOException, LinkDownException {
        TapeSettings settings = server.settings();
        PipeWriter writer = PipeWriter.open(files, pipe, options.keep(), server::wake, server::say);
        open = writer;
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
                writer,
                System::currentTimeMillis,
                server::say);
        input.traceTo(server);
        input.whenOver(() -> over.accept(server));
        input.listen();
        writer.start(parts.threads(), server.name());
        return input;
    }

    static Links.Security security(TapeSettings settings) {
        return settings.isInsecure() ? Links.Security.INSECURE : Links.Security.TLS;
    }

    @Override
    public long step(long now) {
        return session.step(now);
    }

    @Override
    public void end(boolean asked) {
        try {
            if (session != null) {
                session.close();
            }
        } finally {
            closePipe();
            server.turnTraces(false);
            if (!asked && session != null) {
                server.say(MessageCode.TERMINATED_ABNORMALLY);
            }
        }
    }

    private void closePipe() {
        try {
            if (open != null) {
                open.close();
            }
        } catch (Exception e) {
            throw new IllegalStateException("the pipe of " + server.name() + " does not close", e);
        }
    }
}
