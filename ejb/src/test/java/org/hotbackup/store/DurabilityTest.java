package org.hotbackup.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.ItemId;
import org.hotbackup.model.Update;
import org.hotbackup.txlog.LogEntryCodec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a caller saw committed is there after kill -9, with its log entry (I1). */
@Timeout(180)
class DurabilityTest {

    private static final int KILLS = 3;
    private static final int ACKNOWLEDGED_BEFORE_KILL = 1_500;

    @TempDir
    Path folder;

    @Test
    void shouldKeepEveryAcknowledgedCommitThroughKills() throws Exception {
        for (int kill = 0; kill < KILLS; kill++) {
            Map<String, Long> acknowledged = runAndKill();
            try (OpenStore open = OpenStore.create(TestDatabase.H2, folder)) {
                Map<String, Long> logged = new HashMap<>();
                for (LogTable.Row row : rows(open)) {
                    List<Update> updates = LogEntryCodec.decode(row.payload());
                    assertThat(updates).hasSize(2);
                    for (Update update : updates) {
                        Update.ItemWritten written = (Update.ItemWritten) update;
                        long number = number(written.body());
                        Long before = logged.put(written.id().toString(), number);
                        assertThat(number).isEqualTo(before == null ? 1 : before + 1);
                    }
                }
                acknowledged.forEach((id, number) -> {
                    assertThat(stored(open, id)).isGreaterThanOrEqualTo(number);
                    assertThat(stored(open, id + " twin")).isEqualTo(stored(open, id));
                    assertThat(logged).containsEntry(id, stored(open, id));
                });
            }
        }
    }

    @Test
    void shouldRefuseAStoreThatIsOpenInAnotherProcess() throws Exception {
        Process writer = start();
        try (BufferedReader lines = output(writer)) {
            assertThat(lines.readLine()).isNotNull();
            assertThatThrownBy(() -> OpenStore.create(TestDatabase.H2, folder))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining(MessageCode.STORE_IN_USE.text(""));
        } finally {
            writer.destroyForcibly().waitFor();
        }
    }

    @Test
    void shouldSurviveInterruptedThreads() throws Exception {
        try (OpenStore open = OpenStore.create(TestDatabase.H2, folder)) {
            open.createAccount("a");
            FilePath file = open.createFile("a,f", "D");
            for (int i = 0; i < 50; i++) {
                Thread.currentThread().interrupt();
                open.write(file, "item" + i, new byte[100_000]);
                open.store.digest(file);
            }
            assertThat(Thread.interrupted()).isTrue();
            assertThat(open.count(file)).isEqualTo(50);
        }
    }

    private Map<String, Long> runAndKill() throws Exception {
        Process writer = start();
        Map<String, Long> acknowledged = new HashMap<>();
        try (BufferedReader lines = output(writer)) {
            String line = lines.readLine();
            for (int i = 0; line != null; i++) {
                if (i == ACKNOWLEDGED_BEFORE_KILL) {
                    // by its handle, which leaves the output open for what was acknowledged before
                    writer.toHandle().destroyForcibly();
                }
                String[] words = line.split(" ");
                if (words.length == 2 && !words[1].isEmpty()) {
                    acknowledged.merge(words[0], Long.parseLong(words[1]), Math::max);
                }
                line = lines.readLine();
            }
        } finally {
            writer.destroyForcibly().waitFor();
        }
        assertThat(acknowledged).hasSize(KilledWriter.THREADS);
        return acknowledged;
    }

    private Process start() throws Exception {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-cp",
                        classPath(),
                        KilledWriter.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    /** Under Surefire the class path stands in the manifest of a jar. */
    private static String classPath() {
        String real = System.getProperty("surefire.test.class.path");
        return real == null ? System.getProperty("java.class.path") : real;
    }

    private static BufferedReader output(Process process) {
        return new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII));
    }

    private static List<LogTable.Row> rows(OpenStore open) throws SQLException {
        try (Connection connection = open.store.database().connect()) {
            return open.store.logTable().after(connection, 0, Integer.MAX_VALUE);
        }
    }

    private static long stored(OpenStore open, String id) {
        try {
            return number(open.read(KilledWriter.FILE, ItemId.of(id).toString()));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static long number(byte[] body) {
        return ByteBuffer.wrap(body).getLong();
    }
}
