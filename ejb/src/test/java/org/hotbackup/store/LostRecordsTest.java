package org.hotbackup.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.hotbackup.apply.LostItem;
import org.hotbackup.apply.OpenedFiles;
import org.hotbackup.apply.Replay;
import org.hotbackup.apply.SlaveBatch;
import org.hotbackup.apply.SlaveFiles;
import org.hotbackup.apply.Transaction;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.ItemId;
import org.hotbackup.model.Update;
import org.hotbackup.replication.ApplyBlockedException;
import org.hotbackup.replication.Position;
import org.hotbackup.replication.ReceivedTransaction;
import org.hotbackup.store.LockManager.Mode;
import org.hotbackup.txlog.LogEntry;
import org.hotbackup.txlog.LogEntryCodec;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each is a finding of the engine review, over a real database. */
@Timeout(120)
class LostRecordsTest {

    private static final FilePath FILE = FilePath.data("world", "countries");

    @TempDir
    Path folder;

    private long number;

    private OpenStore open(TestDatabase database) throws Exception {
        OpenStore open = OpenStore.create(database, folder);
        open.createAccount("world");
        open.createFile("world,countries", "DL");
        return open;
    }

    private static SlaveApplier applier(OpenStore open, String server) {
        return new SlaveApplier(
                open.store, new SlaveBatch.Rules(server, false, false, SystemAccount::isProtected), new OpenedFiles());
    }

    private ReceivedTransaction transaction(Update... updates) {
        number++;
        return new ReceivedTransaction(
                number, new LogEntry(number * 10, (number - 1) * 10, 1, LogEntryCodec.encode(List.of(updates))));
    }

    private void apply(SlaveApplier applier, Update... updates) throws ApplyBlockedException {
        applier.apply(List.of(transaction(updates)), new Position("history", number, number * 10));
    }

    private ItemId lose(OpenStore open, Update... updates) throws Exception {
        ReceivedTransaction lost = transaction(updates);
        applier(open, "fromprod")
                .setAside(lost, ApplyBlockedException.Cause.LOCK, "why", new Position("history", number, number * 10));
        return records(open).list(null, 100).stream()
                .filter(record -> record.transaction() == lost.number())
                .map(LostItem::id)
                .findFirst()
                .orElseThrow();
    }

    private static LostRecords records(OpenStore open) {
        return new LostRecords(open.store);
    }

    /** As an operator does who does not need what was overtaken. */
    private static void replayAndDiscardTheRest(OpenStore open, ItemId id) {
        try {
            if (records(open).replay(id, false, false).overtaken() > 0) {
                records(open).discard(id);
            }
        } catch (Refusal e) {
            assertThat(e.code()).isEqualTo(MessageCode.WHOLLY_OVERTAKEN);
            records(open).discard(id);
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldCountTheRecordsOfEachType(TestDatabase database) throws Exception {
        try (OpenStore open = open(database)) {
            assertThat(records(open).countByType(10)).isEmpty();
            lose(open, written("CH", "one"));
            lose(open, written("FR", "x".repeat(ItemTable.INLINE_BYTES + 1)));
            int type = records(open).list(null, 1).get(0).type().number();

            assertThat(records(open).countByType(10)).containsOnly(Map.entry(type, 2L));
            assertThat(records(open).countByType(1)).containsOnly(Map.entry(type, 1L));
        }
    }

    /** The guide has the slave closed for users before anything can be in lost+found. */
    @ParameterizedTest
    @EnumSource
    void shouldReplayOnANodeThatIsClosedForUsers(TestDatabase database) throws Exception {
        try (OpenStore open = open(database)) {
            ItemId lost = lose(open, written("CH", "lost"));
            open.store.standing().change(now -> new Standing(now.epoch(), "by dm: a slave"), transaction -> null);

            records(open).replay(lost, false, false);

            assertThat(body(open, "CH")).isEqualTo("lost");
        }
    }

    /** A replay that did nothing took the only record of a confirmed update away. */
    @ParameterizedTest
    @EnumSource
    void shouldKeepARecordOfWhichSomethingWasOvertaken(TestDatabase database) throws Exception {
        try (OpenStore open = open(database)) {
            ItemId whole = lose(open, written("CH", "only here"));
            ItemId part = lose(open, written("CH", "only here too"), written("FR", "lost"));
            open.write(FILE, "CH", "newer".getBytes(StandardCharsets.UTF_8));

            assertThatThrownBy(() -> records(open).replay(whole, false, false))
                    .hasMessage(MessageCode.WHOLLY_OVERTAKEN.text(whole));
            Replay replay = records(open).replay(part, false, false);

            assertThat(replay.overtaken()).isEqualTo(1);
            assertThat(body(open, "CH")).isEqualTo("newer");
            assertThat(body(open, "FR")).isEqualTo("lost");
            assertThat(records(open).list(null, 10)).extracting(LostItem::id).containsExactly(whole, part);
            assertThatThrownBy(() -> records(open).replay(part, false, false))
                    .as("what was replayed is done")
                    .hasMessage(MessageCode.WHOLLY_OVERTAKEN.text(part));
            records(open).discard(whole);
            records(open).discard(part);
            assertGone(open);
        }
    }

    private static Update written(String id, String body) {
        return new Update.ItemWritten(FILE, ItemId.of(id), body.getBytes(StandardCharsets.UTF_8));
    }

    private static String body(OpenStore open, String id) throws Exception {
        byte[] body = open.read(FILE, id);
        return body == null ? null : new String(body, StandardCharsets.UTF_8);
    }

    private static void assertGone(OpenStore open) throws Exception {
        assertThat(records(open).count()).isZero();
        assertThat(open.items(SlaveFiles.REPLAYABLE, null, 10)).isEmpty();
    }

    /** Finding 5: it decided before it had the locks, and wrote over what was committed meanwhile. */
    @ParameterizedTest
    @EnumSource
    void shouldDecideUnderTheLocksWhatWasOvertaken(TestDatabase database) throws Exception {
        ExecutorService operator = Executors.newSingleThreadExecutor();
        try (OpenStore open = open(database)) {
            ItemId id = lose(open, written("CH", "older"), written("FR", "lost"));
            CountDownLatch started = new CountDownLatch(1);
            Future<?> replay = SlaveTransaction.run(open.store, false, transaction -> {
                transaction.lock(FILE);
                Future<?> waiting = operator.submit(() -> {
                    started.countDown();
                    replayAndDiscardTheRest(open, id);
                });
                awaitThatSomebodyWaits(open, started, waiting);
                Transaction newer = Transaction.decode(transaction(written("CH", "newer")));
                SlaveBatch batch = new SlaveBatch(
                        new SlaveBatch.Rules("fromprod", false, false, SystemAccount::isProtected),
                        new OpenedFiles(),
                        transaction.image(),
                        transaction.tasks(),
                        transaction.overtaken(),
                        transaction.now(),
                        0);
                assertThat(batch.perform(newer)).isEmpty();
                batch.finish();
                return waiting;
            });
            replay.get(30, TimeUnit.SECONDS);

            assertThat(body(open, "CH")).isEqualTo("newer");
            assertThat(body(open, "FR")).isEqualTo("lost");
            assertGone(open);
        } finally {
            operator.shutdownNow();
        }
    }

    private static void awaitThatSomebodyWaits(OpenStore open, CountDownLatch started, Future<?> who) {
        try {
            started.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        while (open.store.locks().waiting() == 0) {
            assertThat(who).as("waits for a lock").isNotDone();
            LockSupport.parkNanos(1_000_000);
        }
    }

    /** Finding 5: two operators replayed one record, and both were told that it was done. */
    @ParameterizedTest
    @EnumSource
    void shouldReplayARecordOnceWhenTwoOperatorsDo(TestDatabase database) throws Exception {
        ExecutorService operators = Executors.newFixedThreadPool(4);
        try (OpenStore open = open(database)) {
            ItemId id = lose(open, written("CH", "lost"));
            List<Future<?>> replays = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                replays.add(operators.submit(() -> records(open).replay(id, false, false)));
            }
            replays.add(operators.submit(() -> records(open).discard(id)));
            int done = 0;
            for (Future<?> replay : replays) {
                try {
                    replay.get(60, TimeUnit.SECONDS);
                    done++;
                } catch (ExecutionException e) {
                    assertThat(e.getCause()).isInstanceOfSatisfying(Refusal.class, refusal -> assertThat(refusal.code())
                            .isEqualTo(MessageCode.NO_LOST_ITEM));
                }
            }
            assertThat(done).isEqualTo(1);
            assertGone(open);
        } finally {
            operators.shutdownNow();
        }
    }

    /** Finding 6, and users too: whoever updates what a lost update touches overtakes it. */
    @ParameterizedTest
    @EnumSource
    void shouldLeaveAloneWhatUsersUpdatedSince(TestDatabase database) throws Exception {
        try (OpenStore open = open(database)) {
            ItemId item = lose(open, written("CH", "older"), written("FR", "older"));
            ItemId deleted = lose(open, new Update.FileDeleted(FILE.definedIn()));
            open.write(FILE, "CH", "newer".getBytes(StandardCharsets.UTF_8));
            open.rollBack(work -> open.users.write(work, FILE, ItemId.of("FR"), new byte[1]));
            open.reopen();

            assertThat(records(open).difference(item)).contains("'CH' in 'world,countries': was updated since");
            replayAndDiscardTheRest(open, item);
            replayAndDiscardTheRest(open, deleted);
            assertThat(body(open, "CH")).isEqualTo("newer");
            assertThat(body(open, "FR")).isEqualTo("older");
            assertGone(open);
        }
    }

    /** Without log slave update this node's own slaves go without it, so log slave update turned on later leaves a gap. */
    @ParameterizedTest
    @EnumSource
    @Tag("HB-015")
    void shouldRememberThatAReplayWasNotLogged(TestDatabase database) throws Exception {
        try (OpenStore open = open(database)) {
            open.logSettings(OpenStore.DL_ONLY);
            ItemId item = lose(open, written("CH", "lost"));
            ItemId logged = lose(open, written("FR", "lost"));
            records(open).replay(logged, false, true);
            assertThat(open.store.logFromNowOn("fromprod"::equals)).as("logged").isFalse();
            records(open).replay(item, false, false);

            assertThat(open.store.logFromNowOn("fromprod"::equals)).isTrue();
        }
    }

    /** What was lost for want of a file or account is replayed when somebody has created it. */
    @ParameterizedTest
    @EnumSource
    void shouldReplayWhatWasLostForWantOfAFileThatAUserCreates(TestDatabase database) throws Exception {
        try (OpenStore open = open(database)) {
            open.commit(work -> {
                open.users.deleteAccount(work, "world");
                return null;
            });
            apply(applier(open, "fromprod"), written("CH", "lost"));
            ItemId item = records(open).list(null, 1).get(0).id();
            ItemId account = lose(open, new Update.AccountDeleted(FilePath.masterDictionary("world")));
            assertThatThrownBy(() -> records(open).replay(item, false, false)).isInstanceOf(Refusal.class);

            open.createAccount("world");
            open.createFile("world,countries", "DL");
            replayAndDiscardTheRest(open, item);
            replayAndDiscardTheRest(open, account);
            assertThat(body(open, "CH"))
                    .as("the account is newer than its deletion")
                    .isEqualTo("lost");
            assertGone(open);
        }
    }

    /** Users who overtake the same at the same time do not refuse each other. */
    @ParameterizedTest
    @EnumSource
    void shouldLetUsersOvertakeTheSameTogether(TestDatabase database) throws Exception {
        int together = 4;
        ExecutorService users = Executors.newFixedThreadPool(together);
        try (OpenStore open = open(database)) {
            for (int round = 0; round < 20; round++) {
                ItemId cleared = lose(open, new Update.FileCleared(FILE));
                CyclicBarrier begin = new CyclicBarrier(together);
                List<Future<?>> writes = new ArrayList<>();
                for (int user = 0; user < together; user++) {
                    String id = "of user " + user;
                    writes.add(users.submit(() -> {
                        begin.await();
                        return open.write(FILE, id, new byte[1]);
                    }));
                }
                for (Future<?> write : writes) {
                    write.get(60, TimeUnit.SECONDS);
                }
                replayAndDiscardTheRest(open, cleared);
                assertThat(open.count(FILE)).isEqualTo(together);
            }
            assertGone(open);
        } finally {
            users.shutdownNow();
        }
    }

    /** Finding 20: what two slave servers overtook at the same time was written over by one of them. */
    @ParameterizedTest
    @EnumSource
    void shouldForgetNothingThatTwoSlaveServersOvertakeAtTheSameTime(TestDatabase database) throws Exception {
        ExecutorService servers = Executors.newFixedThreadPool(2);
        try (OpenStore open = open(database)) {
            open.createFile("world,rivers", "DL");
            FilePath other = FilePath.data("world", "rivers");
            Update[] some = new Update[200];
            for (int i = 0; i < 200; i++) {
                some[i] = new Update.ItemWritten(i % 2 == 0 ? FILE : other, ItemId.of("i" + i), new byte[] {'o'});
            }
            ItemId id = lose(open, some);
            ItemId account = lose(open, new Update.AccountDeleted(FilePath.masterDictionary("world")));
            SlaveApplier one = applier(open, "fromone");
            SlaveApplier two = applier(open, "fromtwo");
            for (int i = 0; i < 200; i += 2) {
                int even = i;
                Future<?> first = servers.submit(() -> {
                    one.apply(
                            List.of(new ReceivedTransaction(even + 1, entry(FILE, "i" + even))),
                            new Position("h", even + 1, even + 1));
                    return null;
                });
                Future<?> second = servers.submit(() -> {
                    two.apply(
                            List.of(new ReceivedTransaction(even + 1, entry(other, "i" + (even + 1)))),
                            new Position("h", even + 1, even + 1));
                    return null;
                });
                first.get(60, TimeUnit.SECONDS);
                second.get(60, TimeUnit.SECONDS);
            }
            for (ItemId overtaken : List.of(id, account)) {
                assertThatThrownBy(() -> records(open).replay(overtaken, false, false))
                        .hasMessage(MessageCode.WHOLLY_OVERTAKEN.text(overtaken));
                records(open).discard(overtaken);
            }
            assertThat(body(open, "i0")).isEqualTo("n");
            assertGone(open);
        } finally {
            servers.shutdownNow();
        }
    }

    private static LogEntry entry(FilePath file, String id) {
        return new LogEntry(
                1, 0, 1, LogEntryCodec.encode(List.of(new Update.ItemWritten(file, ItemId.of(id), new byte[] {'n'}))));
    }

    /** Finding 20: a slave's deletion of a file with its dictionary had not locked the sections. */
    @ParameterizedTest
    @EnumSource
    void shouldLockTheSectionsThatAreDeletedWithADictionary(TestDatabase database) throws Exception {
        ExecutorService server = Executors.newSingleThreadExecutor();
        try (OpenStore open = open(database)) {
            Transaction delete = Transaction.decode(transaction(new Update.FileDeleted(FILE.definedIn())));
            Object somebody = new Object();
            CountDownLatch started = new CountDownLatch(1);
            open.store.locks().acquire(somebody, new LockKey.Section(FILE), Mode.EXCLUSIVE);
            Future<?> locked = server.submit(() -> SlaveTransaction.run(open.store, false, transaction -> {
                started.countDown();
                transaction.lock(List.of(delete));
                return null;
            }));
            awaitThatSomebodyWaits(open, started, locked);
            open.store.locks().releaseAll(somebody);
            locked.get(30, TimeUnit.SECONDS);
        } finally {
            server.shutdownNow();
        }
    }

    /** Finding 13: one that was delayed could not be put into lost+found. */
    @ParameterizedTest
    @EnumSource
    void shouldPutADelayedTransactionIntoLostAndFoundAsType10(TestDatabase database) throws Exception {
        try (OpenStore open = open(database)) {
            SlaveApplier applier = applier(open, "fromprod");
            ReceivedTransaction first = transaction(written("CH", "first"));
            ReceivedTransaction second = transaction(written("CH", "second"));
            applier.delay(List.of(first, second), new Position("history", 2, 20));
            assertThat(applier.firstDelayed()).map(ReceivedTransaction::number).contains(1L);

            assertThat(applier.setAsideDelayed(first, "an operator said so").lostAndFound())
                    .isEqualTo(1);
            assertThat(applier.setAsideDelayed(first, "once more").lostAndFound())
                    .as("after a commit whose answer got lost")
                    .isZero();
            assertThat(applier.pending()).isEqualTo(1);
            assertThat(records(open).list(null, 10)).singleElement().satisfies(record -> {
                assertThat(record.type().number()).isEqualTo(10);
                assertThat(record.transaction()).isEqualTo(1);
            });
            assertThat(applier.applyDelayed(1).applied()).isEqualTo(1);
            replayAndDiscardTheRest(open, records(open).list(null, 1).get(0).id());
            assertThat(body(open, "CH")).as("the second is younger").isEqualTo("second");
        }
    }

    /** Finding 4: the order outlives a restart, and a server that begins to count anew. */
    @ParameterizedTest
    @EnumSource
    void shouldKnowTheOrderAfterARestartAndWithNumbersThatBeginAnew(TestDatabase database) throws Exception {
        try (OpenStore open = open(database)) {
            number = 9;
            ItemId older = lose(open, written("CH", "older"));
            open.reopen();
            number = 0;
            ItemId younger = lose(open, written("CH", "younger"));

            assertThatThrownBy(() -> records(open).replay(younger, false, false))
                    .isInstanceOf(Refusal.class)
                    .hasMessageContaining(older.toString());
            records(open).discard(older);
            replayAndDiscardTheRest(open, younger);
            assertThat(body(open, "CH")).isEqualTo("younger");
            assertGone(open);
        }
    }

    /** To discard records was refused on a full disk, although it makes room. */
    @ParameterizedTest
    @EnumSource
    void shouldBeDiscardedBelowTheReserveOfTheDisk(TestDatabase database) throws Exception {
        try (OpenStore open = open(database)) {
            ItemId id = lose(open, written("CH", "lost"));
            open.diskFree.set(700_000);
            open.reopen();

            assertThatThrownBy(() -> open.write(FILE, "FR", new byte[1])).isInstanceOf(Refusal.class);
            records(open).discard(id);
            assertGone(open);
        }
    }
}
