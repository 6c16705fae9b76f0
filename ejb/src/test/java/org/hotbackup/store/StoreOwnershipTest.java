package org.hotbackup.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.ItemId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One process has a store on PostgreSQL, also when the database ends the connection that says so. */
@Timeout(60)
class StoreOwnershipTest {

    private static final String OUR_LOCK = "locktype = 'advisory' AND granted"
            + " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())";

    @TempDir
    Path folder;

    private final BlockingQueue<MessageCode> said = new LinkedBlockingQueue<>();
    private OpenStore open;
    private FilePath file;

    @BeforeEach
    void openStore() throws SQLException {
        open = OpenStore.create(TestDatabase.POSTGRESQL, folder);
        open.store.ownership().tell((code, values) -> said.add(code));
        open.createAccount("a");
        file = open.createFile("a,f", "DL");
    }

    @AfterEach
    void closeStore() {
        open.close();
    }

    private MessageCode nextSaid() throws InterruptedException {
        return said.poll(30, TimeUnit.SECONDS);
    }

    private void endTheConnection() throws SQLException {
        try (Connection connection = open.source.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("SELECT pg_terminate_backend(pid) FROM pg_locks WHERE " + OUR_LOCK);
        }
    }

    private static int waiting(Statement statement) throws SQLException {
        try (ResultSet row =
                statement.executeQuery("SELECT count(*) FROM pg_locks WHERE " + OUR_LOCK.replace("granted", "true"))) {
            row.next();
            return row.getInt(1);
        }
    }

    @Test
    void shouldTakeItsLockAgainWhenTheDatabaseEndedTheConnection() throws Exception {
        endTheConnection();

        assertThat(nextSaid()).isEqualTo(MessageCode.STORE_LOCK_LOST);
        assertThat(nextSaid()).isEqualTo(MessageCode.STORE_LOCK_BACK);
        open.write(file, "1", new byte[1]);
        assertThatThrownBy(() -> OpenStore.on(open.source))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.code()).isEqualTo(MessageCode.STORE_IN_USE));
        assertThat(open.lost.get()).isNull();
    }

    @Test
    void shouldRefuseUpdatesAsLongAsSomebodyElseHasTheLock() throws Exception {
        try (Connection other = open.source.getConnection();
                Statement statement = other.createStatement()) {
            open.write(file, "1", new byte[1]);
            takeLock(statement);
            assertThat(nextSaid()).isEqualTo(MessageCode.STORE_LOCK_LOST);

            assertThatThrownBy(() -> open.write(file, "2", new byte[1]))
                    .isInstanceOfSatisfying(Refusal.class, refusal -> assertThat(refusal.code())
                            .isEqualTo(MessageCode.STORE_LOCK_LOST));
            assertThat(open.read(file, "1")).hasSize(1);
            assertThat(open.read(file, "2")).isNull();
        }
        assertThat(nextSaid()).isEqualTo(MessageCode.STORE_LOCK_BACK);
        open.write(file, "2", new byte[1]);
        assertThat(open.lost.get()).isNull();
    }

    /** A transaction that began while the store was ours must not commit when it is not. */
    @Test
    void shouldNotCommitWhatBeganBefore() throws Exception {
        try (Connection other = open.source.getConnection();
                Statement statement = other.createStatement()) {
            assertThatThrownBy(() -> open.commit(work -> {
                        open.users.write(work, file, ItemId.of("1"), new byte[1]);
                        takeLock(statement);
                        return awaitLost();
                    }))
                    .isInstanceOf(Refusal.class);
            assertThat(open.read(file, "1")).isNull();
        }
    }

    private MessageCode awaitLost() {
        try {
            return nextSaid();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void shouldGiveUpWhenAnotherProcessHadTheStore() throws Exception {
        try (Connection other = open.source.getConnection();
                Statement statement = other.createStatement()) {
            takeLock(statement);
            assertThat(nextSaid()).isEqualTo(MessageCode.STORE_LOCK_LOST);
            // what every process does that opens it
            statement.execute("UPDATE node_state SET lsn_reserved = lsn_reserved + 12345678");
        }
        while (open.lost.get() == null) {
            assertThat(said.poll(100, TimeUnit.MILLISECONDS)).isNull();
        }
        assertThat(open.lost.get()).hasMessageContaining("another process opened the store meanwhile");
        assertThatThrownBy(() -> open.write(file, "1", new byte[1])).isInstanceOf(Refusal.class);
    }

    /** Ends the node's connection and has its lock at once. */
    private void takeLock(Statement statement) throws SQLException {
        Thread ending = new Thread(() -> {
            try (Connection connection = open.source.getConnection();
                    Statement looking = connection.createStatement()) {
                while (waiting(looking) < 2) {
                    Thread.onSpinWait();
                }
                endTheHolder(looking);
            } catch (SQLException e) {
                throw new AssertionError(e);
            }
        });
        ending.start();
        statement.execute("SELECT pg_advisory_lock(x'484F544241434B55'::bigint)");
    }

    private static void endTheHolder(Statement statement) throws SQLException {
        statement.execute("SELECT pg_terminate_backend(pid) FROM pg_locks WHERE " + OUR_LOCK);
    }
}
