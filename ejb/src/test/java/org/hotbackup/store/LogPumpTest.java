package org.hotbackup.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.ItemId;
import org.hotbackup.txlog.LogEntry;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class LogPumpTest {

    private static final long LONG_ENOUGH = 20_000;

    @TempDir
    Path folder;

    private final RecordingQueue queue = new RecordingQueue();
    private final List<MessageCode> said = new CopyOnWriteArrayList<>();

    @ParameterizedTest
    @EnumSource
    @Tag("HB-012")
    void shouldHandOverEverythingInOrderAndForgetIt(TestDatabase database) throws Exception {
        try (OpenStore open = OpenStore.create(database, folder)) {
            FilePath file = file(open);
            LogPump pump = start(open);
            for (int i = 0; i < 50; i++) {
                open.write(file, "item" + i, new byte[10]);
            }
            assertThat(open.store.log().awaitEnqueued(LONG_ENOUGH)).isTrue();
            assertChain(50);
            long enqueued = open.store.log().lastEnqueued();
            assertThat(enqueued).isEqualTo(open.store.log().lastCommitted());
            pump.stop();
            assertThat(rows(open)).isEmpty();

            open.reopen();
            assertThat(open.store.lsnPumpedAtStart()).isEqualTo(enqueued);
            open.store.logSettings(OpenStore.DL_ONLY);
            LogPump next = start(open);
            open.write(file, "more", new byte[10]);
            assertThat(open.store.log().awaitEnqueued(LONG_ENOUGH)).isTrue();
            next.stop();
            assertChain(51);
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldTryAgainUntilTheQueueIsBackAndSaySoMeanwhile(TestDatabase database) throws Exception {
        try (OpenStore open = OpenStore.create(database, folder)) {
            FilePath file = file(open);
            queue.available = false;
            LogPump pump = start(open);
            open.write(file, "1", new byte[10]);
            open.write(file, "2", new byte[10]);
            queue.refused.acquire(3);
            assertThat(pump.trouble()).contains("its disk is full");
            assertThat(open.store.log().pendingEntries()).isEqualTo(2);
            assertThat(rows(open)).hasSize(2);
            queue.available = true;
            assertThat(open.store.log().awaitEnqueued(LONG_ENOUGH)).isTrue();
            assertChain(2);
            pump.stop();
            assertThat(pump.trouble()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldSayThatItFailedAndGoOnByItselfWhenTheCauseIsGone(TestDatabase database) throws Exception {
        Logger pumps = Logger.getLogger(LogPump.class.getName());
        pumps.setLevel(Level.OFF);
        try (OpenStore open = OpenStore.create(database, folder)) {
            FilePath file = file(open);
            LogPump pump = start(open);
            open.write(file, "1", new byte[10]);
            assertThat(open.store.log().awaitEnqueued(LONG_ENOUGH)).isTrue();
            queue.failure = new IllegalStateException("nobody expected this");
            open.write(file, "2", new byte[10]);
            open.write(file, "3", new byte[10]);
            queue.refused.acquire(3);
            assertThat(pump.trouble()).contains("nobody expected this");
            assertThat(said).containsExactly(MessageCode.LOG_NOT_HANDED_ON);

            queue.failure = null;
            open.write(file, "4", new byte[10]);
            assertThat(open.store.log().awaitEnqueued(LONG_ENOUGH)).isTrue();
            assertChain(4);
            pump.stop();
            assertThat(pump.trouble()).isEmpty();
            assertThat(said).containsExactly(MessageCode.LOG_NOT_HANDED_ON, MessageCode.LOG_HANDED_ON);
            assertThat(rows(open)).isEmpty();
        } finally {
            pumps.setLevel(null);
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldGoOnAfterItWasStoppedWithEntriesInHand(TestDatabase database) throws Exception {
        try (OpenStore open = OpenStore.create(database, folder)) {
            FilePath file = file(open);
            queue.available = false;
            LogPump stopped = start(open);
            open.write(file, "1", new byte[10]);
            queue.refused.acquire();
            stopped.stop();
            queue.available = true;
            LogPump pump = start(open);
            open.write(file, "2", new byte[10]);
            assertThat(open.store.log().awaitEnqueued(LONG_ENOUGH)).isTrue();
            pump.stop();
            assertChain(2);
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldHandOverAgainWhatACrashLeftBehind(TestDatabase database) throws Exception {
        try (OpenStore open = OpenStore.create(database, folder)) {
            FilePath file = file(open);
            open.write(file, "1", new byte[10]);
            open.write(file, "2", new byte[10]);
            open.reopen();
            LogPump pump = start(open);
            assertThat(open.store.log().awaitEnqueued(LONG_ENOUGH)).isTrue();
            pump.stop();
            assertChain(2);
        }
    }

    /** What H2 deletes in one statement it keeps in memory: 1,000 rows of 100 KB ended a master. */
    @ParameterizedTest
    @EnumSource
    void shouldForgetRowsBeforeTheyAreManyBytes(TestDatabase database) throws Exception {
        try (OpenStore open = OpenStore.create(database, folder)) {
            FilePath file = file(open);
            for (int i = 0; i < 40; i++) {
                open.write(file, "item" + i, new byte[1_000_000]);
            }
            List<Integer> kept = new CopyOnWriteArrayList<>();
            queue.beforeAppend = () -> kept.add(rowCount(open) - (40 - queue.entries.size()));
            LogPump pump = start(open);
            assertThat(open.store.log().awaitEnqueued(LONG_ENOUGH)).isTrue();
            pump.stop();

            assertThat(kept).as("rows of 1 MB that the queue had already").allMatch(rows -> rows <= 8);
            assertChain(40);
        }
    }

    private static int rowCount(OpenStore open) {
        try (Connection connection = open.store.database().connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT COUNT(*) FROM log_entry")) {
            row.next();
            return row.getInt(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldHoldWritersBackWhenTooMuchIsPending(TestDatabase database) throws Exception {
        TransactionLog.Room room = new TransactionLog.Room(3, 1_000_000, 50);
        try (OpenStore open = OpenStore.create(database, folder, room)) {
            FilePath file = file(open);
            for (int i = 0; i < 3; i++) {
                open.write(file, "item" + i, new byte[10]);
            }
            assertThatThrownBy(() -> open.write(file, "one too many", new byte[10]))
                    .isInstanceOfSatisfying(
                            Refusal.class, refusal -> assertThat(refusal.code()).isEqualTo(MessageCode.QUEUE_FULL));
            assertThat(open.read(file, "one too many")).isNull();
            LogPump pump = start(open);
            assertThat(open.store.log().awaitEnqueued(LONG_ENOUGH)).isTrue();
            open.write(file, "now", new byte[10]);
            assertThat(open.store.log().awaitEnqueued(LONG_ENOUGH)).isTrue();
            pump.stop();
            assertChain(4);
        }
    }

    /** A master below its reserve, or with a pump that is stuck, could not even start its server (R1). */
    @ParameterizedTest
    @EnumSource
    void shouldLetTheSystemWriteWhenUsersMayNot(TestDatabase database) throws Exception {
        TransactionLog.Room room = new TransactionLog.Room(1, 1_000_000, 50);
        try (OpenStore open = OpenStore.create(database, folder, room)) {
            FilePath file = file(open);
            FilePath jobs = FilePath.data("dm", "jobs");
            open.write(file, "fills the log", new byte[10]);
            open.commit(work -> open.system.write(work, jobs, ItemId.of("a"), new byte[1]));

            open.diskFree.set(200_000);
            open.reopen();
            open.commit(work -> open.system.write(work, jobs, ItemId.of("b"), new byte[1]));
            boolean deleted = open.commit(work -> open.system.delete(work, jobs, ItemId.of("a")));
            assertThat(deleted).isTrue();
            assertThatThrownBy(() -> open.write(file, "item", new byte[10])).hasMessageContaining("kept in reserve");
            assertThatThrownBy(() -> open.commit(work -> {
                        open.system.write(work, jobs, ItemId.of("c"), new byte[1]);
                        return open.users.write(work, file, ItemId.of("item"), new byte[10]);
                    }))
                    .as("what the system writes admits no update of a user")
                    .hasMessageContaining("kept in reserve");
        }
    }

    private LogPump start(OpenStore open) {
        LogPump pump = new LogPump(open.store, queue, Thread::new, (code, values) -> said.add(code));
        pump.start();
        return pump;
    }

    private static FilePath file(OpenStore open) throws SQLException {
        open.createAccount("a");
        FilePath file = open.createFile("a,f", "DL");
        open.store.logSettings(OpenStore.DL_ONLY);
        return file;
    }

    private static List<LogTable.Row> rows(OpenStore open) throws SQLException {
        try (Connection connection = open.store.database().connect()) {
            return open.store.logTable().after(connection, 0, 1000);
        }
    }

    private void assertChain(int length) {
        assertThat(queue.entries).hasSize(length);
        long previous = 0;
        for (LogEntry entry : queue.entries) {
            assertThat(entry.previousLsn()).isEqualTo(previous);
            assertThat(entry.lsn()).isGreaterThan(previous);
            previous = entry.lsn();
        }
    }
}
