package org.hotbackup.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hotbackup.control.OperationReceipt;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.control.settings.TapeSettings;
import org.hotbackup.pipe.LogTapeSource;
import org.hotbackup.replication.LinkDownException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code startlog} and {@code stoplog}: what they say of a name that is none, and of a tape that cannot be ended. */
@Tag("TS-001")
@Tag("TLOG-5")
class LogOnTapesTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    private final TapeServer server = new TapeServer(
            new TapeDefinition("startlog", TapeSettings.parse("direction=output linked=on tape=daily"), true),
            null,
            null,
            Clock.systemUTC());
    private final List<TapeOptions> startedAgain = new ArrayList<>();

    /** The server runs, and writes a tape that does not come to its end. */
    private final TapeServers servers = new TapeServers() {
        @Override
        Optional<TapeServer> find(String name) {
            return Optional.of(server);
        }

        @Override
        OperationReceipt stop(TapeServer which) {
            end();
            return OperationReceipt.done(MessageCode.SERVER_STOPPED, which.name());
        }

        @Override
        OperationReceipt start(TapeServer which, TapeOptions options) {
            startedAgain.add(options);
            return OperationReceipt.done(MessageCode.SERVER_STARTED, which.name());
        }
    };

    private void run() throws IOException, InterruptedException, LinkDownException {
        ServerThread thread = new ServerThread("startlog", Thread::new, now -> Long.MAX_VALUE);
        server.runs(thread);
        server.reads(LogTapeSource.open(
                folder.resolve("startlog"),
                512,
                false,
                () -> null,
                previous -> null,
                LocalDateTime::now,
                () -> {},
                (code, values) -> {}));
        thread.start();
        assertThat(thread.awaitBegun(PATIENCE)).isTrue();
    }

    @AfterEach
    void end() {
        try {
            if (server.thread() != null) {
                assertThat(server.thread().stop(PATIENCE)).isTrue();
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** It was stopped then, and the log was kept no more though nobody had asked for that. */
    @Test
    void shouldGoOnWithATapeThatStartlogCannotEnd() throws Exception {
        run();

        assertThat(new LogOnTapes(servers).start("weekly").messageId()).isEqualTo(MessageCode.LOG_TAPE_WAITS.id());
        assertThat(startedAgain).containsExactly(TapeOptions.GOES_ON);
    }

    @Test
    void shouldGoOnWithATapeThatStoplogCannotEnd() throws Exception {
        run();

        assertThat(new LogOnTapes(servers).stop().messageId()).isEqualTo(MessageCode.LOG_TAPE_WAITS.id());
        assertThat(startedAgain).containsExactly(TapeOptions.GOES_ON);
    }

    /** It said that the host name is missing, of a server that nobody had asked for. */
    @ParameterizedTest
    @ValueSource(strings = {"", "  "})
    void shouldSayThatTheNameOfTheTapesIsMissing(String name) {
        assertThatThrownBy(() -> new LogOnTapes(servers).start(name))
                .isInstanceOf(Refusal.class)
                .hasMessageStartingWith("The tapes' name is missing; give");
    }

    @Test
    void shouldSayWhichNamesThereAre() {
        assertThatThrownBy(() -> new LogOnTapes(servers).start("a/b"))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("'a/b' is not valid for Tape");
    }
}
