package org.hotbackup.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.hotbackup.control.ItemStore.StoredItem;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.model.DPointer;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.ItemId;
import org.hotbackup.model.Update;
import org.hotbackup.txlog.LogEntry;
import org.hotbackup.txlog.LogEntryCodec;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(120)
class UnitOfWorkTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void shouldLogWhatTheSettingsAskForAndNothingThatChangedNothing(TestDatabase database) throws Exception {
        try (OpenStore open = OpenStore.create(database, folder)) {
            open.createAccount("a");
            FilePath logged = open.createFile("a,logged", "DL");
            FilePath plain = open.createFile("a,plain", "D");
            open.write(logged, "before", new byte[1]);
            assertThat(take(open)).isEmpty();

            open.store.logSettings(OpenStore.DL_ONLY);
            open.write(plain, "1", new byte[1]);
            open.delete(logged, "absent");
            assertThat(take(open)).isEmpty();

            open.commit(work -> {
                open.users.write(work, logged, ItemId.of("1"), new byte[] {7});
                open.users.write(work, plain, ItemId.of("2"), new byte[1]);
                open.users.delete(work, logged, ItemId.of("before"));
                return open.users.delete(work, logged, ItemId.of("before"));
            });
            List<LogEntry> entries = take(open);
            assertThat(entries).hasSize(1);
            List<Update> updates = LogEntryCodec.decode(entries.get(0).payload());
            assertThat(updates).hasSize(2);
            assertThat(updates.get(0)).isInstanceOfSatisfying(Update.ItemWritten.class, written -> {
                assertThat(written.file()).isEqualTo(logged);
                assertThat(written.body()).containsExactly(7);
            });
            assertThat(updates.get(1)).isEqualTo(new Update.ItemDeleted(logged, ItemId.of("before")));

            open.store.logSettings(OpenStore.ALL);
            open.write(plain, "1", new byte[2]);
            assertThat(take(open)).hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldKeepAndLogAnotherDPointerOfAFile(TestDatabase database) throws Exception {
        try (OpenStore open = OpenStore.create(database, folder)) {
            open.createAccount("a");
            FilePath file = open.createFile("a,f", "DL");
            open.write(file, "1", new byte[] {1});
            open.store.logSettings(OpenStore.DL_ONLY);
            DPointer resized = DPointer.of("DL", 499).withCorrelatives(List.of("callx check", "ba,b;1;2"));
            open.commit(work -> open.users.redefineFile(work, file, resized));
            open.commit(work -> open.users.redefineFile(work, file, resized));
            List<LogEntry> entries = take(open);
            assertThat(entries).hasSize(1);
            assertThat(LogEntryCodec.decode(entries.get(0).payload()))
                    .containsExactly(new Update.FileRedefined(file, resized));
            open.rollBack(work -> open.users.redefineFile(work, file, DPointer.of("D", 3)));
            open.reopen();
            assertThat(open.store.catalogue().file(file).orElseThrow().pointer())
                    .isEqualTo(resized);
            assertThat(open.read(file, "1")).containsExactly(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldRestoreEntriesAfterARestartWithTheSameChain(TestDatabase database) throws Exception {
        try (OpenStore open = OpenStore.create(database, folder)) {
            open.createAccount("a");
            FilePath file = open.createFile("a,f", "DL");
            open.store.logSettings(OpenStore.DL_ONLY);
            open.write(file, "1", new byte[1]);
            open.rollBack(work -> open.users.write(work, file, ItemId.of("2"), new byte[1]));
            open.write(file, "3", new byte[3 * ItemTable.INLINE_BYTES]);
            open.write(file, "4", new byte[1]);
            List<LogEntry> before = take(open);
            assertThat(before).hasSize(3);
            assertThat(before.get(1).previousLsn()).isEqualTo(before.get(0).lsn());

            open.reopen();
            List<LogEntry> after = take(open);
            assertThat(after).hasSameSizeAs(before);
            for (int i = 0; i < after.size(); i++) {
                assertThat(after.get(i).lsn()).isEqualTo(before.get(i).lsn());
                assertThat(after.get(i).previousLsn()).isEqualTo(before.get(i).previousLsn());
                assertThat(after.get(i).committedAtMillis())
                        .isEqualTo(before.get(i).committedAtMillis());
                assertThat(after.get(i).payload()).isEqualTo(before.get(i).payload());
            }
            assertThat(open.store.log().lastCommitted()).isEqualTo(before.get(2).lsn());

            open.store.logSettings(OpenStore.DL_ONLY);
            open.write(file, "5", new byte[1]);
            assertThat(take(open)).singleElement().satisfies(entry -> assertThat(entry.lsn())
                    .isGreaterThan(before.get(2).lsn()));
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldNeverUseAnLsnAgain(TestDatabase database) throws Exception {
        try (OpenStore open = OpenStore.create(database, folder)) {
            long first = open.store.log().next();
            open.store.log().rolledBack(first);
            open.reopen();
            assertThat(open.store.log().next()).isGreaterThan(first);
        }
    }

    /** LSN order is commit order: replaying the log gives the image, whatever the writers did at the same time. */
    @ParameterizedTest
    @EnumSource
    void shouldLogConcurrentWritersInTheOrderOfTheirEffects(TestDatabase database) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try (OpenStore open = OpenStore.create(database, folder)) {
            open.createAccount("a");
            FilePath file = open.createFile("a,f", "DL");
            open.store.logSettings(OpenStore.DL_ONLY);
            List<Future<?>> writers = new ArrayList<>();
            for (int writer = 0; writer < 8; writer++) {
                long seed = writer;
                writers.add(threads.submit(() -> {
                    Random random = new Random(seed);
                    for (int round = 0; round < 60; round++) {
                        try {
                            open.commit(work -> change(open, work, file, random));
                        } catch (Refusal e) {
                            assertThat(e.code()).isEqualTo(MessageCode.LOCKED);
                        }
                    }
                    return null;
                }));
            }
            for (Future<?> writer : writers) {
                writer.get();
            }
            Map<ItemId, byte[]> replayed = new HashMap<>();
            long last = 0;
            for (LogEntry entry : take(open)) {
                assertThat(entry.lsn()).isGreaterThan(last);
                assertThat(entry.previousLsn()).isEqualTo(last);
                last = entry.lsn();
                LogEntryCodec.decode(entry.payload()).forEach(update -> replay(replayed, update));
            }
            Map<ItemId, byte[]> image = new HashMap<>();
            for (StoredItem item : open.items(file, null, 1000)) {
                image.put(item.id(), item.body());
            }
            assertThat(replayed).usingRecursiveComparison().isEqualTo(image);
            assertThat(open.store.locks().size()).isZero();
        } finally {
            threads.shutdownNow();
        }
    }

    private static Object change(OpenStore open, UnitOfWork work, FilePath file, Random random) throws SQLException {
        for (int i = 0; i < 3; i++) {
            ItemId id = ItemId.of("item" + random.nextInt(5));
            switch (random.nextInt(12)) {
                case 0 -> open.users.clearFile(work, file);
                case 1, 2, 3, 4 -> open.users.delete(work, file, id);
                default -> open.users.write(
                        work, file, id, Integer.toString(random.nextInt()).getBytes());
            }
        }
        return null;
    }

    private static void replay(Map<ItemId, byte[]> image, Update update) {
        if (update instanceof Update.ItemWritten written) {
            image.put(written.id(), written.body());
        } else if (update instanceof Update.ItemDeleted deleted) {
            assertThat(image.remove(deleted.id())).isNotNull();
        } else if (update instanceof Update.FileCleared) {
            image.clear();
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldKnowOfACommitWhoseAnswerWasLost(TestDatabase database) throws Exception {
        try (OpenStore open = OpenStore.create(database, folder)) {
            open.createAccount("a");
            FilePath file = open.createFile("a,f", "DL");
            open.store.logSettings(OpenStore.DL_ONLY);
            UnitOfWork work;
            try (var entities = open.store.entities()) {
                work = UnitOfWork.ofUser(open.store, new EntityAccess(entities));
                entities.getTransaction().begin();
                open.users.write(work, file, ItemId.of("1"), new byte[1]);
                work.beforeCompletion();
                entities.getTransaction().commit();
            }
            work.afterCompletion(false);
            assertThat(take(open)).hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldHoldWritersWhileTheLogIsQuiesced(TestDatabase database) throws Exception {
        ExecutorService threads = Executors.newSingleThreadExecutor();
        try (OpenStore open = OpenStore.create(database, folder)) {
            open.createAccount("a");
            FilePath file = open.createFile("a,f", "DL");
            Future<Boolean> writer = open.store.quiesce(lsn -> {
                assertThat(lsn).isZero();
                Future<Boolean> begun = threads.submit(() -> open.write(file, "1", new byte[1]));
                assertThatThrownBy(() -> begun.get(100, java.util.concurrent.TimeUnit.MILLISECONDS))
                        .isInstanceOf(java.util.concurrent.TimeoutException.class);
                open.store.logSettings(OpenStore.DL_ONLY);
                return begun;
            });
            assertThat(writer.get()).isTrue();
            assertThat(take(open)).hasSize(1);
        } finally {
            threads.shutdownNow();
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldRefuseAStoreOfAnotherNode(TestDatabase database) throws Exception {
        OpenStore open = OpenStore.create(database, folder);
        open.close();
        assertThatThrownBy(() -> open.open("node-2"))
                .isInstanceOfSatisfying(Refusal.class, refusal -> assertThat(refusal.code())
                        .isEqualTo(MessageCode.STORE_OF_ANOTHER_NODE));
        open.open("node-1");
        open.close();
    }

    @ParameterizedTest
    @EnumSource(names = "POSTGRESQL")
    void shouldRefuseAStoreThatIsOpenElsewhere(TestDatabase database) throws Exception {
        try (OpenStore open = OpenStore.create(database, folder)) {
            assertThatThrownBy(() -> OpenStore.on(open.source))
                    .isInstanceOfSatisfying(
                            Refusal.class, refusal -> assertThat(refusal.code()).isEqualTo(MessageCode.STORE_IN_USE));
        }
    }

    @ParameterizedTest
    @EnumSource(names = "POSTGRESQL")
    void shouldRefuseAServerThatLosesCommits(TestDatabase database) throws Exception {
        StoreDataSource source = database.create(folder);
        try (Connection connection = source.getConnection();
                var statement = connection.createStatement()) {
            statement.execute("SET synchronous_commit TO off");
            assertThatThrownBy(() -> DatabaseCheck.check(Dialect.POSTGRESQL, connection))
                    .isInstanceOf(Refusal.class)
                    .hasMessageContaining("synchronous_commit is off");
        }
    }

    private static List<LogEntry> take(OpenStore open) throws InterruptedException {
        List<LogEntry> taken = open.store.log().take(10_000, 0);
        open.store.log().enqueued();
        return taken;
    }
}
