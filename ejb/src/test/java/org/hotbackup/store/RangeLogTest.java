package org.hotbackup.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.hotbackup.apply.OpenedFiles;
import org.hotbackup.apply.SlaveBatch;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.model.DPointer;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.ItemId;
import org.hotbackup.model.RangeCheck;
import org.hotbackup.model.Update;
import org.hotbackup.replication.Applier;
import org.hotbackup.replication.Position;
import org.hotbackup.replication.ReceivedTransaction;
import org.hotbackup.txlog.LogEntry;
import org.hotbackup.verify.CheckReport;
import org.hotbackup.verify.CheckReport.Finding;
import org.hotbackup.verify.ComparedStore.Said;
import org.hotbackup.verify.Difference;
import org.hotbackup.verify.FileList;
import org.hotbackup.verify.RangeRequest;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two stores with nothing between them but the log: what the master says of a range is true where the slave meets it. */
@Timeout(180)
class RangeLogTest {

    private static final FilePath FILE = FilePath.data("world", "countries");
    private static final FilePath OTHER = FilePath.data("world", "other");
    private static final long PATIENCE_MILLIS = 10_000;
    private static final int WRITERS = 4;

    @TempDir
    Path folder;

    private OpenStore master;
    private OpenStore slave;
    private Applier applier;
    private RangeLog log;
    private long transaction;

    private void open(TestDatabase database) throws Exception {
        master = OpenStore.create(database, Files.createDirectory(folder.resolve("master")));
        slave = OpenStore.create(database, Files.createDirectory(folder.resolve("slave")));
        applier = new SlaveApplier(
                slave.store,
                new SlaveBatch.Rules("fromprod", false, false, SystemAccount::isProtected),
                new OpenedFiles());
        log = new RangeLog(master.store);
        master.store.logSettings(OpenStore.DL_ONLY);
        master.createAccount("world");
        master.createFile(FILE.toString(), "DL");
        master.createFile(OTHER.toString(), "DL");
    }

    private void close() {
        master.close();
        slave.close();
    }

    /** Takes everything committed on the master to the slave, in batches. */
    private List<CheckReport> replicate() throws Exception {
        List<CheckReport> reports = new ArrayList<>();
        List<LogEntry> entries = master.store.log().take(50, 0);
        while (!entries.isEmpty()) {
            List<ReceivedTransaction> batch = new ArrayList<>();
            for (LogEntry entry : entries) {
                batch.add(new ReceivedTransaction(++transaction, entry));
            }
            LogEntry last = entries.get(entries.size() - 1);
            Applier.Outcome outcome = applier.apply(batch, new Position("history", transaction, last.lsn()));
            assertThat(outcome.lostAndFound()).isZero();
            reports.addAll(outcome.reports());
            master.store.log().enqueued();
            entries = master.store.log().take(50, 0);
        }
        return reports;
    }

    private static RangeRequest whole(long number, boolean detail) {
        return new RangeRequest(number, Optional.empty(), Optional.empty(), 1_000_000, Long.MAX_VALUE, detail);
    }

    @ParameterizedTest
    @EnumSource
    void shouldNeverRaiseAFalseAlarmWhileWritersWork(TestDatabase database) throws Exception {
        open(database);
        ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
        try {
            List<Future<Integer>> writers = new ArrayList<>();
            for (int writer = 0; writer < WRITERS; writer++) {
                Random random = new Random(writer);
                Callable<Integer> work = () -> write(random);
                writers.add(threads.submit(work));
            }
            int said = 0;
            long number = 0;
            while (writers.stream().anyMatch(writer -> !writer.isDone())) {
                Optional<ItemId> after = Optional.empty();
                do {
                    RangeRequest request =
                            new RangeRequest(++number, after, Optional.empty(), 20, 4_000, number % 3 == 0);
                    try {
                        FilePath file = number % 10 == 0 ? FileList.PATH : number % 2 == 0 ? FILE : OTHER;
                        Optional<Said> range = log.say(file, request, PATIENCE_MILLIS);
                        after = range.get().check().upTo();
                        said++;
                    } catch (Refusal e) {
                        // it gave way to a writer
                        after = Optional.empty();
                    }
                } while (after.isPresent());
            }
            for (Future<Integer> writer : writers) {
                assertThat(writer.get()).as("writers who were refused").isZero();
            }

            List<CheckReport> reports = replicate();

            assertThat(reports).hasSize(said).hasSizeGreaterThan(20);
            assertThat(reports).allMatch(report -> report.finding() == Finding.EQUAL);
            assertThat(slave.store.digest(FILE)).isEqualTo(master.store.digest(FILE));
        } finally {
            threads.shutdownNow();
            close();
        }
    }

    /** Transactions over both files in the same order of locks; returns how many were refused. */
    private int write(Random random) throws Exception {
        int refused = 0;
        for (int i = 0; i < 150; i++) {
            List<Update> updates = new ArrayList<>();
            for (int u = random.nextInt(4); u >= 0; u--) {
                FilePath file = random.nextBoolean() ? FILE : OTHER;
                ItemId id = ItemId.of("i" + random.nextInt(200));
                byte[] body = new byte[random.nextInt(400)];
                random.nextBytes(body);
                updates.add(
                        random.nextInt(4) == 0
                                ? new Update.ItemDeleted(file, id)
                                : new Update.ItemWritten(file, id, body));
            }
            if (random.nextInt(50) == 0) {
                updates.add(new Update.FileCleared(OTHER));
            }
            try {
                master.execute(updates);
            } catch (Refusal e) {
                refused++;
            }
        }
        return refused;
    }

    @ParameterizedTest
    @EnumSource
    void shouldFindWhatWasChangedBehindThePairsBackAndRepairIt(TestDatabase database) throws Exception {
        open(database);
        try {
            for (String id : List.of("a", "b", "c", "d")) {
                master.write(FILE, id, text("body of " + id));
            }
            replicate();
            slave.write(FILE, "b", text("tampered"));
            slave.delete(FILE, "c");
            slave.write(FILE, "x", text("not from the master"));

            log.say(FILE, whole(1, false), PATIENCE_MILLIS);
            log.say(FILE, whole(2, true), PATIENCE_MILLIS);
            log.say(OTHER, whole(3, false), PATIENCE_MILLIS);
            List<CheckReport> reports = replicate();

            assertThat(reports)
                    .extracting(CheckReport::finding)
                    .containsExactly(Finding.DIFFERENT, Finding.DIFFERENT, Finding.EQUAL);
            List<ItemId> ids =
                    reports.get(1).differences().stream().map(Difference::id).toList();
            assertThat(ids).extracting(ItemId::toString).containsExactly("b", "c", "x");

            assertThat(log.resend(FILE, ids)).isEqualTo(3);
            log.say(FILE, whole(4, false), PATIENCE_MILLIS);

            assertThat(replicate()).containsExactly(CheckReport.of(4, Finding.EQUAL));
            assertThat(slave.store.digest(FILE)).isEqualTo(master.store.digest(FILE));
            assertThat(slave.read(FILE, "x")).isNull();
        } finally {
            close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldRepairAFileThatTheSlaveLost(TestDatabase database) throws Exception {
        open(database);
        try {
            master.write(FILE, "a", text("one"));
            replicate();
            slave.commit(work -> {
                slave.users.deleteAccount(work, "world");
                return null;
            });

            log.say(FILE, whole(1, false), PATIENCE_MILLIS);
            assertThat(replicate()).containsExactly(CheckReport.of(1, Finding.NO_FILE));

            for (FilePath file : log.files()) {
                assertThat(log.resendDefinition(file)).isEqualTo(!file.equals(FileList.PATH));
            }
            assertThat(log.resend(FILE, List.of(ItemId.of("a")))).isEqualTo(1);
            log.say(FILE, whole(2, false), PATIENCE_MILLIS);

            assertThat(replicate()).containsExactly(CheckReport.of(2, Finding.EQUAL));
            assertThat(slave.files("world")).hasSameSizeAs(master.files("world"));
        } finally {
            close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldFindFilesThatOnlyOneSideHas(TestDatabase database) throws Exception {
        open(database);
        try {
            master.createFile("world,local", "D");
            replicate();
            slave.createFile("world,extra", "DL");
            slave.createFile("world,own", "D");
            slave.createAccount("elsewhere");
            slave.createFile("elsewhere,own", "DL");
            slave.commit(work -> {
                slave.users.deleteFile(work, OTHER);
                return null;
            });

            log.say(FileList.PATH, whole(1, false), PATIENCE_MILLIS);
            CheckReport report = replicate().get(0);

            assertThat(report.differences())
                    .extracting(difference ->
                            difference.id() + (difference.onSlave().isPresent() ? " there" : " here"))
                    .containsExactly("dict world,extra there", "world,extra there", "world,other here");

            List<ItemId> ids = report.differences().stream().map(Difference::id).toList();
            assertThat(log.resend(FileList.PATH, ids)).isEqualTo(3);
            assertThat(log.resendDefinition(OTHER)).isTrue();
            log.say(FileList.PATH, whole(2, false), PATIENCE_MILLIS);

            assertThat(replicate()).containsExactly(CheckReport.of(2, Finding.EQUAL));
            assertThat(slave.store.catalogue().file(FilePath.data("world", "extra")))
                    .isEmpty();
            assertThat(slave.store.catalogue().file(FilePath.data("world", "own")))
                    .isPresent();
            assertThat(slave.store.catalogue().file(FilePath.data("elsewhere", "own")))
                    .isPresent();
            assertThat(master.store.catalogue().file(OTHER)).isPresent();
        } finally {
            close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldGoThroughAFileInRangesWithoutGapsAndOverlaps(TestDatabase database) throws Exception {
        open(database);
        try {
            IntStream.range(0, 100).forEach(i -> {
                try {
                    master.write(FILE, "%03d".formatted(i), new byte[i]);
                } catch (java.sql.SQLException e) {
                    throw new IllegalStateException(e);
                }
            });
            Optional<ItemId> after = Optional.empty();
            List<Long> counts = new ArrayList<>();
            do {
                RangeCheck check = log.say(
                                FILE, new RangeRequest(1, after, Optional.empty(), 30, 1_500, false), PATIENCE_MILLIS)
                        .orElseThrow()
                        .check();
                assertThat(check.after()).isEqualTo(after);
                counts.add(check.items());
                after = check.upTo();
            } while (after.isPresent());

            assertThat(counts.stream().mapToLong(Long::longValue).sum()).isEqualTo(100);
            assertThat(counts).hasSizeGreaterThan(4).allMatch(count -> count <= 30);
            assertThat(replicate()).allMatch(report -> report.finding() == Finding.EQUAL);
        } finally {
            close();
        }
    }

    /** Nothing of it is logged when its L goes, so that the slave keeps it: sent again it has to go there. */
    @ParameterizedTest
    @EnumSource
    void shouldRepairADPointerThatIsNotLoggedAnyMore(TestDatabase database) throws Exception {
        open(database);
        try {
            FilePath md = FilePath.masterDictionary("world");
            master.write(md, "pointer", DPointer.of("DL", 3).bytes());
            master.write(md, "pointer", DPointer.of("D", 3).bytes());
            replicate();
            log.say(md, whole(1, true), PATIENCE_MILLIS);
            assertThat(replicate()).extracting(CheckReport::finding).containsExactly(Finding.DIFFERENT);

            assertThat(log.resend(md, List.of(ItemId.of("pointer")))).isEqualTo(1);
            log.say(md, whole(2, false), PATIENCE_MILLIS);
            assertThat(replicate()).containsExactly(CheckReport.of(2, Finding.EQUAL));
            assertThat(slave.read(md, "pointer")).isNull();
        } finally {
            close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldLeaveOutWhatIsNotLogged(TestDatabase database) throws Exception {
        open(database);
        try {
            FilePath md = FilePath.masterDictionary("world");
            FilePath unlogged = master.createFile("world,notes", "D");
            master.write(md, "local", DPointer.of("D", 3).bytes());
            master.write(md, "word", text("an ordinary item"));
            replicate();
            slave.delete(md, "local");

            assertThat(log.files()).contains(md, FILE).doesNotContain(unlogged);
            assertThat(log.files()).filteredOn(SystemAccount::isProtected).containsExactly(FileList.PATH);
            assertThat(log.say(unlogged, whole(1, false), PATIENCE_MILLIS)).isEmpty();
            assertThat(log.say(FilePath.data("world", "none"), whole(2, false), PATIENCE_MILLIS))
                    .isEmpty();
            Said said = log.say(md, whole(3, false), PATIENCE_MILLIS).orElseThrow();
            assertThat(said.check().items()).isEqualTo(1);
            assertThat(replicate()).containsExactly(CheckReport.of(3, Finding.EQUAL));

            master.store.logSettings(LogSettings.OFF);
            assertThatThrownBy(() -> log.say(FILE, whole(4, false), PATIENCE_MILLIS))
                    .isInstanceOf(Refusal.class);
        } finally {
            close();
        }
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
