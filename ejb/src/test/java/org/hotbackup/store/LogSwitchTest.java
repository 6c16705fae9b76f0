package org.hotbackup.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.ItemId;
import org.hotbackup.txlog.LogEntry;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is switched stays so over restarts, and what is missed meanwhile is found out by the chain of the log. */
@Timeout(120)
class LogSwitchTest {

    private static final LogSettings STOPPED = OpenStore.DL_ONLY.withEnqueuing(false);

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    @Tag("HB-123")
    @Tag("HB-124")
    void shouldGoOnWithTheChainIfNothingWasMissed(TestDatabase database) throws Exception {
        try (OpenStore open = OpenStore.create(database, folder)) {
            FilePath file = file(open);
            FilePath plain = open.createFile("a,plain", "D");
            long last = write(open, file, "before").lsn();

            open.logSettings(STOPPED);
            open.write(plain, "not logged anyway", new byte[1]);
            open.rollBack(work -> open.users.write(work, file, ItemId.of("rolled back"), new byte[1]));
            open.delete(file, "not there");
            open.commit(work -> {
                work.exclude();
                return open.users.write(work, file, ItemId.of("excluded"), new byte[1]);
            });
            assertThat(open.store.log().state().missed()).isFalse();
            assertThat(open.store.log().lastEnqueued()).isEqualTo(last);
            open.logSettings(OpenStore.DL_ONLY);

            assertThat(write(open, file, "after").previousLsn()).isEqualTo(last);
        }
    }

    @ParameterizedTest
    @EnumSource
    @Tag("HB-123")
    @Tag("HB-124")
    @Tag("HB-149")
    void shouldLeaveAGapIfAnUpdateWasMissed(TestDatabase database) throws Exception {
        try (OpenStore open = OpenStore.create(database, folder)) {
            FilePath file = file(open);
            long last = write(open, file, "before").lsn();

            open.logSettings(STOPPED);
            open.write(file, "missed", new byte[1]);
            open.write(file, "missed too", new byte[1]);
            assertThat(open.takeLogged()).isEmpty();
            assertThat(open.store.log().state().missed()).isTrue();
            assertThat(open.store.log().lastEnqueued()).isGreaterThan(last);
            assertThat(open.store.log().lastCommitted())
                    .isEqualTo(open.store.log().lastEnqueued());
            open.logSettings(OpenStore.DL_ONLY);

            LogEntry first = write(open, file, "after");
            assertThat(first.previousLsn()).isGreaterThan(last);
            assertThat(write(open, file, "then").previousLsn()).isEqualTo(first.lsn());
        }
    }

    @ParameterizedTest
    @EnumSource
    @Tag("HB-123")
    @Tag("HB-124")
    void shouldKnowOverRestartsWhatIsSwitchedAndWhatWasMissed(TestDatabase database) throws Exception {
        try (OpenStore open = OpenStore.create(database, folder)) {
            FilePath file = file(open);
            open.logSettings(OpenStore.ALL);
            long last = write(open, file, "before").lsn();
            open.logSettings(OpenStore.ALL.withEnqueuing(false));
            open.reopen();
            assertThat(open.store.log().settings()).isEqualTo(OpenStore.ALL.withEnqueuing(false));
            assertThat(open.store.log().state().missed()).isFalse();

            open.write(file, "missed", new byte[1]);
            open.reopen();
            assertThat(open.store.log().state().missed()).isTrue();
            assertThat(open.takeLogged()).extracting(LogEntry::lsn).containsExactly(last);
            assertThat(open.store.log().lastEnqueued()).isGreaterThan(last);
            open.logSettings(OpenStore.ALL);
            open.reopen();
            open.takeLogged();

            assertThat(open.store.log().settings()).isEqualTo(OpenStore.ALL);
            assertThat(write(open, file, "after").previousLsn()).isGreaterThan(last);
        }
    }

    /** Entries from before are handed over after a restart as if nothing had happened; the gap comes behind them. */
    @ParameterizedTest
    @EnumSource
    @Tag("HB-123")
    void shouldStillHandOverWhatWasLoggedBefore(TestDatabase database) throws Exception {
        try (OpenStore open = OpenStore.create(database, folder)) {
            FilePath file = file(open);
            open.write(file, "1", new byte[1]);
            open.write(file, "2", new byte[1]);
            open.logSettings(STOPPED);
            open.write(file, "missed", new byte[1]);
            open.logSettings(OpenStore.DL_ONLY);
            open.write(file, "3", new byte[1]);
            open.reopen();

            List<LogEntry> entries = open.takeLogged();
            assertThat(entries).hasSize(3);
            assertThat(entries.get(1).previousLsn()).isEqualTo(entries.get(0).lsn());
            assertThat(entries.get(2).previousLsn())
                    .isGreaterThan(entries.get(1).lsn());
        }
    }

    /** Nobody is sent anything while there is no master server: the same gap. */
    @ParameterizedTest
    @EnumSource
    void shouldLeaveAGapIfAnUpdateWasMadeWhileThereWasNoMasterServer(TestDatabase database) throws Exception {
        try (OpenStore open = OpenStore.create(database, folder)) {
            FilePath file = file(open);
            long last = write(open, file, "before").lsn();
            open.logSettings(OpenStore.DL_ONLY.withServers(false));
            open.write(file, "to nobody", new byte[1]);
            open.logSettings(OpenStore.DL_ONLY);

            assertThat(write(open, file, "after").previousLsn()).isGreaterThan(last);
        }
    }

    /** A queue that is defined while nothing is enqueued begins before what is missed from then on. */
    @ParameterizedTest
    @EnumSource
    @Tag("HB-123")
    void shouldLeaveAnotherGapForAQueueThatIsDefinedMeanwhile(TestDatabase database) throws Exception {
        try (OpenStore open = OpenStore.create(database, folder)) {
            FilePath file = file(open);
            open.logSettings(STOPPED);
            assertThat(open.store.log().gapSinceMillis())
                    .as("nothing is missed yet")
                    .isZero();
            open.write(file, "missed", new byte[1]);
            long definedAt = open.store.quiesce(lsn -> {
                open.store.logSettings(STOPPED);
                return lsn;
            });
            assertThat(open.store.log().lastEnqueued()).isEqualTo(definedAt);
            assertThat(open.store.log().gapSinceMillis()).isPositive();
            assertThat(open.store.log().state().gapLsn())
                    .as("the new one is not behind")
                    .isEqualTo(definedAt);

            open.write(file, "missed by the new one too", new byte[1]);
            assertThat(open.store.log().state().gapLsn())
                    .as("known at once, not only when something follows")
                    .isGreaterThan(definedAt);
            open.logSettings(OpenStore.DL_ONLY);
            assertThat(write(open, file, "after").previousLsn()).isGreaterThan(definedAt);
        }
    }

    /** Switching something else while nothing is enqueued must not forget that an update was missed. */
    @ParameterizedTest
    @EnumSource
    @Tag("HB-124")
    void shouldRememberWhatWasMissedWhateverIsSwitchedMeanwhile(TestDatabase database) throws Exception {
        try (OpenStore open = OpenStore.create(database, folder)) {
            FilePath file = file(open);
            open.logSettings(STOPPED);
            open.write(file, "missed", new byte[1]);
            open.logSettings(STOPPED.withAllFiles(true));
            assertThat(open.store.log().state().missed()).isTrue();
            open.reopen();
            open.logSettings(OpenStore.ALL);
            assertThat(open.store.log().state().missed())
                    .as("when enqueuing begins")
                    .isTrue();

            open.logSettings(OpenStore.ALL.withEnqueuing(false));
            assertThat(open.store.log().state().missed())
                    .as("since it was stopped again")
                    .isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource
    @Tag("HB-123")
    void shouldHoldUpNoWriterThatIsMissedAtTheSameTime(TestDatabase database) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try (OpenStore open = OpenStore.create(database, folder)) {
            FilePath file = file(open);
            long last = write(open, file, "before").lsn();
            open.logSettings(STOPPED);
            List<Future<Boolean>> writers = new ArrayList<>();
            for (int i = 0; i < 64; i++) {
                String id = "item" + i;
                writers.add(threads.submit(() -> open.write(file, id, new byte[1])));
            }
            for (Future<Boolean> writer : writers) {
                assertThat(writer.get()).isTrue();
            }
            open.reopen();
            open.takeLogged();
            open.logSettings(OpenStore.DL_ONLY);
            assertThat(open.count(file)).isEqualTo(65);
            assertThat(write(open, file, "after").previousLsn()).isGreaterThan(last);
        } finally {
            threads.shutdownNow();
        }
    }

    @ParameterizedTest
    @EnumSource
    @Tag("HB-125")
    void shouldForgetWhatWaitsForTheQueueAndKeepTheChain(TestDatabase database) throws Exception {
        try (OpenStore open = OpenStore.create(database, folder)) {
            FilePath file = file(open);
            long enqueued = write(open, file, "in the queue").lsn();
            open.write(file, "waits", new byte[1]);
            open.write(file, "waits too", new byte[1]);
            long last = open.store.log().lastCommitted();

            long forgotten = open.store.betweenTransactions(lsn -> open.store.beginClearing());
            open.store.cleared();
            assertThat(forgotten).isEqualTo(2);
            assertThat(open.store.log().pendingEntries()).isZero();
            assertThat(open.takeLogged()).isEmpty();
            assertThat(open.store.log().lastEnqueued()).isEqualTo(last).isGreaterThan(enqueued);
            assertThat(open.store.log().state().clearing()).isFalse();

            assertThat(write(open, file, "after").previousLsn()).isEqualTo(last);
        }
    }

    @ParameterizedTest
    @EnumSource
    @Tag("HB-125")
    void shouldKnowAfterACrashThatTheQueueIsToBeClearedAgain(TestDatabase database) throws Exception {
        try (OpenStore open = OpenStore.create(database, folder)) {
            FilePath file = file(open);
            open.write(file, "waits", new byte[1]);
            long last = open.store.log().lastCommitted();
            open.store.betweenTransactions(lsn -> open.store.beginClearing());

            open.reopen();
            assertThat(open.store.log().state().clearing()).isTrue();
            assertThat(open.takeLogged()).isEmpty();
            assertThat(open.store.log().lastEnqueued()).isEqualTo(last);
            assertThat(write(open, file, "after").previousLsn()).isEqualTo(last);
            open.store.cleared();
            open.reopen();
            assertThat(open.store.log().state().clearing()).isFalse();
        }
    }

    /**
     * A node that died in between had switched without a record in dm,errors. Before that a switch that took effect was said
     * to have failed, because it could not be recorded (R24).
     */
    @ParameterizedTest
    @EnumSource
    @Tag("HB-121")
    @Tag("HB-123")
    @Tag("HB-125")
    void shouldSwitchAndRecordItOrNeither(TestDatabase database) throws Exception {
        try (OpenStore open = OpenStore.create(database, folder)) {
            FilePath errors = FilePath.data("dm", "errors");
            FilePath none = FilePath.data("dm", "none");
            FilePath file = file(open);
            open.write(file, "waits", new byte[1]);
            LogSettings before = open.store.log().settings();
            assertThatThrownBy(() -> open.store.betweenTransactions(lsn -> {
                        open.store.logSettings(STOPPED, record(none, "1a"));
                        return lsn;
                    }))
                    .isInstanceOf(Refusal.class);
            open.reopen();
            assertThat(open.store.log().settings()).isEqualTo(before);

            open.store.betweenTransactions(lsn -> {
                open.store.logSettings(STOPPED, record(errors, "1a"));
                return lsn;
            });
            open.reopen();
            assertThat(open.store.log().settings()).isEqualTo(STOPPED);
            assertThat(open.read(errors, "1a")).containsExactly(7);

            open.store.betweenTransactions(lsn -> open.store.beginClearing());
            assertThatThrownBy(() -> open.store.cleared(record(none, "1b"))).isInstanceOf(Refusal.class);
            open.reopen();
            assertThat(open.store.log().state().clearing()).isTrue();
            open.store.cleared(record(errors, "1b"));
            open.reopen();
            assertThat(open.store.log().state().clearing()).isFalse();
            assertThat(open.read(errors, "1b")).containsExactly(7);
        }
    }

    private static Optional<SystemItem> record(FilePath file, String id) {
        return Optional.of(new SystemItem(file, ItemId.of(id), new byte[] {7}));
    }

    private static FilePath file(OpenStore open) throws Exception {
        open.createAccount("a");
        FilePath file = open.createFile("a,f", "DL");
        open.logSettings(OpenStore.DL_ONLY);
        return file;
    }

    private static LogEntry write(OpenStore open, FilePath file, String id) throws Exception {
        open.write(file, id, new byte[1]);
        List<LogEntry> entries = open.takeLogged();
        assertThat(entries).hasSize(1);
        return entries.get(0);
    }
}
