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
import org.hotbackup.apply.Helper;
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
import org.hotbackup.txlog.LogEntryCodec;
import org.hotbackup.verify.CheckReport;
import org.hotbackup.verify.CheckReport.Finding;
import org.hotbackup.verify.ComparedStore.Said;
import org.hotbackup.verify.Difference;
import org.hotbackup.verify.FileList;
import org.hotbackup.verify.FileResult;
import org.hotbackup.verify.RangeRequest;
import org.hotbackup.verify.Repair;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
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
        applier = applier(slave, new SlaveBatch.Rules("fromprod", false, false, SystemAccount::isProtected));
        log = new RangeLog(master.store);
        master.store.logSettings(OpenStore.DL_ONLY);
        master.createAccount("world");
        master.createFile(FILE.toString(), "DL");
        master.createFile(OTHER.toString(), "DL");
    }

    @AfterEach
    void close() {
        for (OpenStore store : new OpenStore[] {master, slave}) {
            if (store != null) {
                store.close();
            }
        }
    }

    private static Applier applier(OpenStore store, SlaveBatch.Rules rules) {
        return new SlaveApplier(store.store, rules, new OpenedFiles());
    }

    private List<CheckReport> replicate() throws Exception {
        return replicate(applier);
    }

    /** Takes everything committed on the master to its slaves, in batches. */
    private List<CheckReport> replicate(Applier... slaves) throws Exception {
        List<CheckReport> reports = new ArrayList<>();
        List<LogEntry> entries = master.store.log().take(50, 0);
        while (!entries.isEmpty()) {
            List<ReceivedTransaction> batch = new ArrayList<>();
            for (LogEntry entry : entries) {
                batch.add(new ReceivedTransaction(++transaction, entry));
            }
            LogEntry last = entries.get(entries.size() - 1);
            for (Applier each : slaves) {
                Applier.Outcome outcome = each.apply(batch, new Position("history", transaction, last.lsn()));
                assertThat(outcome.lostAndFound()).isZero();
                reports.addAll(outcome.reports());
            }
            master.store.log().enqueued();
            entries = master.store.log().take(50, 0);
        }
        return reports;
    }

    /** The master says something of a range. */
    private Optional<Said> say(FilePath file, RangeRequest request) {
        return log.say(file, request, PATIENCE_MILLIS);
    }

    /** What both sides have before somebody changes it. */
    private void writeBodies() throws Exception {
        for (String id : List.of("a", "b", "c", "d")) {
            master.write(FILE, id, text("body of " + id));
        }
    }

    private void loseAccountOnSlave() throws Exception {
        slave.commit(work -> {
            slave.users.deleteAccount(work, "world");
            return null;
        });
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
                        Optional<Said> range = say(file, request);
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
        writeBodies();
        replicate();
        slave.write(FILE, "b", text("tampered"));
        slave.delete(FILE, "c");
        slave.write(FILE, "x", text("not from the master"));

        say(FILE, whole(1, false));
        say(FILE, whole(2, true));
        say(OTHER, whole(3, false));
        List<CheckReport> reports = replicate();

        assertThat(reports)
                .extracting(CheckReport::finding)
                .containsExactly(Finding.DIFFERENT, Finding.DIFFERENT, Finding.EQUAL);
        List<ItemId> ids =
                reports.get(1).differences().stream().map(Difference::id).toList();
        assertThat(ids).extracting(ItemId::toString).containsExactly("b", "c", "x");

        assertThat(log.resend(FILE, ids)).isEqualTo(3);
        say(FILE, whole(4, false));

        assertThat(replicate()).containsExactly(CheckReport.of(4, Finding.EQUAL));
        assertThat(slave.store.digest(FILE)).isEqualTo(master.store.digest(FILE));
        assertThat(slave.read(FILE, "x")).isNull();
    }

    @ParameterizedTest
    @EnumSource
    void shouldRepairAFileThatTheSlaveLost(TestDatabase database) throws Exception {
        open(database);
        master.write(FILE, "a", text("one"));
        replicate();
        loseAccountOnSlave();

        say(FILE, whole(1, false));
        assertThat(replicate()).containsExactly(CheckReport.of(1, Finding.NO_FILE));

        for (FilePath file : log.files()) {
            assertThat(log.resendDefinition(file)).isEqualTo(!file.equals(FileList.PATH));
        }
        assertThat(log.resend(FILE, List.of(ItemId.of("a")))).isEqualTo(1);
        say(FILE, whole(2, false));

        assertThat(replicate()).containsExactly(CheckReport.of(2, Finding.EQUAL));
        assertThat(slave.files("world")).hasSameSizeAs(master.files("world"));
    }

    /** Resync: a comparison looks at items and files, not at how they are defined. */
    @ParameterizedTest
    @EnumSource
    void shouldSendDPointersOnceMore(TestDatabase database) throws Exception {
        open(database);
        master.write(FILE, "a", text("one"));
        replicate();
        slave.commit(work -> slave.users.redefineFile(work, FILE, DPointer.of("DL", 23)));

        log.resendPointer(FILE);
        log.resendPointer(FilePath.data("world", "gone"));
        replicate();

        assertThat(slave.store.catalogue().file(FILE).orElseThrow().pointer())
                .isEqualTo(master.store.catalogue().file(FILE).orElseThrow().pointer());
        assertThat(slave.read(FILE, "a")).isEqualTo(text("one"));
    }

    @ParameterizedTest
    @EnumSource
    void shouldFindFilesThatOnlyOneSideHas(TestDatabase database) throws Exception {
        open(database);
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

        say(FileList.PATH, whole(1, false));
        CheckReport report = replicate().get(0);

        assertThat(report.differences())
                .extracting(
                        difference -> difference.id() + (difference.onSlave().isPresent() ? " there" : " here"))
                .containsExactly("dict world,extra there", "world,extra there", "world,other here");

        List<ItemId> ids = report.differences().stream().map(Difference::id).toList();
        assertThat(log.resend(FileList.PATH, ids)).isEqualTo(3);
        assertThat(log.resendDefinition(OTHER)).isTrue();
        say(FileList.PATH, whole(2, false));

        assertThat(replicate()).containsExactly(CheckReport.of(2, Finding.EQUAL));
        assertThat(slave.store.catalogue().file(FilePath.data("world", "extra")))
                .isEmpty();
        assertThat(slave.store.catalogue().file(FilePath.data("world", "own"))).isPresent();
        assertThat(slave.store.catalogue().file(FilePath.data("elsewhere", "own")))
                .isPresent();
        assertThat(master.store.catalogue().file(OTHER)).isPresent();
    }

    /** It was sent, and differed for ever in verify although the slave had it; repair and resync could not help. */
    @Tag("HB-122")
    @Tag("SUB-19")
    @ParameterizedTest
    @EnumSource
    void shouldCompareAndRepairWhatUsersKeepInAccountDm(TestDatabase database) throws Exception {
        open(database);
        FilePath mine = master.createFile("dm,mine", "DL");
        FilePath list = master.createFile("dm,list", "DL");
        master.write(mine, "7", text("a bolt"));
        replicate();

        assertThat(slave.read(mine, "7")).isEqualTo(text("a bolt"));
        assertThat(log.files()).contains(mine, mine.definedIn(), list);
        say(FileList.PATH, whole(1, false));
        say(mine, whole(2, false));
        assertThat(replicate()).containsExactly(CheckReport.of(1, Finding.EQUAL), CheckReport.of(2, Finding.EQUAL));

        slave.write(mine, "7", text("a nut"));
        slave.createFile("dm,extra", "DL");
        slave.commit(work -> {
            slave.users.deleteFile(work, list);
            return null;
        });
        say(FileList.PATH, whole(3, false));
        say(mine, whole(4, true));
        List<CheckReport> reports = replicate();
        assertThat(reports.get(0).differences())
                .extracting(
                        difference -> difference.id() + (difference.onSlave().isPresent() ? " there" : " here"))
                .containsExactly("dict dm,extra there", "dm,extra there", "dm,list here");
        assertThat(reports.get(1).differences())
                .extracting(difference -> difference.id().toString())
                .containsExactly("7");

        log.resend(
                FileList.PATH,
                reports.get(0).differences().stream().map(Difference::id).toList());
        assertThat(log.resendDefinition(list)).isTrue();
        assertThat(log.resend(mine, List.of(ItemId.of("7")))).isEqualTo(1);
        say(FileList.PATH, whole(5, false));
        say(mine, whole(6, false));
        assertThat(replicate()).containsExactly(CheckReport.of(5, Finding.EQUAL), CheckReport.of(6, Finding.EQUAL));
        assertThat(slave.store.digest(mine)).isEqualTo(master.store.digest(mine));
    }

    /** The hold files of a helper, what is in lost+found, users and jobs: of each node, whatever is logged. */
    @Tag("SUB-19")
    @ParameterizedTest
    @EnumSource
    void shouldLeaveTheSystemsFilesOutOfAComparison(TestDatabase database) throws Exception {
        open(database);
        master.logSettings(OpenStore.ALL);
        slave.commit(work -> {
            slave.system.createFile(work, FilePath.data("dm", "hb.log", "fromprod*7"), DPointer.of("DL", 31));
            return null;
        });
        master.commit(work -> {
            master.system.write(work, SystemAccount.USERS, ItemId.of("bob"), text("secret"));
            return null;
        });

        say(FileList.PATH, whole(1, false));

        assertThat(replicate()).containsExactly(CheckReport.of(1, Finding.EQUAL));
        assertThat(log.files()).filteredOn(SystemAccount::isProtected).containsExactly(FileList.PATH);
        assertThat(slave.store.digest(SystemAccount.USERS).items()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void shouldGoThroughAFileInRangesWithoutGapsAndOverlaps(TestDatabase database) throws Exception {
        open(database);
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
            RangeCheck check = say(FILE, new RangeRequest(1, after, Optional.empty(), 30, 1_500, false))
                    .orElseThrow()
                    .check();
            assertThat(check.after()).isEqualTo(after);
            counts.add(check.items());
            after = check.upTo();
        } while (after.isPresent());

        assertThat(counts.stream().mapToLong(Long::longValue).sum()).isEqualTo(100);
        assertThat(counts).hasSizeGreaterThan(4).allMatch(count -> count <= 30);
        assertThat(replicate()).allMatch(report -> report.finding() == Finding.EQUAL);
    }

    @ParameterizedTest
    @EnumSource
    void shouldLeaveOutWhatIsNotLogged(TestDatabase database) throws Exception {
        open(database);
        FilePath md = FilePath.masterDictionary("world");
        FilePath unlogged = master.createFile("world,notes", "D");
        master.write(md, "local", DPointer.of("D", 3).bytes());
        master.write(md, "word", text("an ordinary item"));
        replicate();
        slave.delete(md, "local");

        assertThat(log.files()).contains(md, FILE).doesNotContain(unlogged);
        assertThat(log.files()).filteredOn(SystemAccount::isProtected).containsExactly(FileList.PATH);
        assertThat(say(unlogged, whole(1, false))).isEmpty();
        assertThat(say(FilePath.data("world", "none"), whole(2, false))).isEmpty();
        Said said = say(md, whole(3, false)).orElseThrow();
        assertThat(said.check().items()).isEqualTo(1);
        assertThat(replicate()).containsExactly(CheckReport.of(3, Finding.EQUAL));

        master.store.logSettings(LogSettings.OFF);
        assertThatThrownBy(() -> say(FILE, whole(4, false))).isInstanceOf(Refusal.class);
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Engine review, finding 17 and 3: EclipseLink's own exception is none of JPA's. */
    @ParameterizedTest
    @EnumSource
    void shouldRefuseToCompareWhileTheDatabaseIsAway(TestDatabase database) throws Exception {
        DatabaseWithOutages source = new DatabaseWithOutages(database.create(folder));
        try (OpenStore store = OpenStore.on(source)) {
            store.store.logSettings(OpenStore.DL_ONLY);
            store.createAccount("world");
            store.createFile(FILE.toString(), "DL");
            RangeLog ranges = new RangeLog(store.store);
            source.away(true);

            assertThatThrownBy(() -> ranges.say(FILE, whole(1, false), PATIENCE_MILLIS))
                    .isInstanceOf(Refusal.class);
            assertThatThrownBy(() -> ranges.ids(FILE, Optional.empty(), 10)).isInstanceOf(Refusal.class);
            assertThatThrownBy(() -> ranges.resend(FILE, List.of(ItemId.of("a"))))
                    .isInstanceOf(Refusal.class);

            source.away(false);
            assertThat(ranges.say(FILE, whole(2, false), PATIENCE_MILLIS)).isPresent();
            assertThat(store.store.locks().size()).isZero();
        }
    }

    /** Engine review, finding 9: a next slave has what this node's hold file has. */
    @ParameterizedTest
    @EnumSource
    void shouldNotCompareWithTheNextSlaveWhatAHelperHasNotMerged(TestDatabase database) throws Exception {
        try (OpenStore middle = OpenStore.create(database, Files.createDirectory(folder.resolve("middle")))) {
            middle.store.logSettings(OpenStore.DL_ONLY);
            Applier chained = applier(middle, new SlaveBatch.Rules("fromprod", true, true, SystemAccount::isProtected));
            apply(
                    chained,
                    IntStream.range(0, 5_001)
                            .<Update>mapToObj(i -> new Update.ItemWritten(FILE, ItemId.of("i" + i), text("old")))
                            .toList());
            apply(chained, List.of(new Update.FileCleared(FILE)));
            apply(chained, List.of(new Update.ItemWritten(FILE, ItemId.of("new"), text("held"))));
            RangeLog ranges = new RangeLog(middle.store);

            assertThatThrownBy(() -> ranges.say(FILE, whole(1, false), PATIENCE_MILLIS))
                    .isInstanceOf(Refusal.class);
            assertThatThrownBy(() -> ranges.resend(FILE, List.of(ItemId.of("new"))))
                    .isInstanceOf(Refusal.class);

            boolean more = true;
            while (more) {
                more = SlaveTransaction.run(middle.store, false, step -> {
                    step.lock(FILE);
                    return Helper.step(FILE, step.image(), step.tasks(), step.now());
                });
            }
            Said said = ranges.say(FILE, whole(2, false), PATIENCE_MILLIS).orElseThrow();
            assertThat(said.check().items()).isEqualTo(1);
            assertThat(ranges.resend(FILE, List.of(ItemId.of("new")))).isEqualTo(1);
        }
    }

    private void apply(Applier to, List<Update> updates) throws Exception {
        transaction++;
        LogEntry entry = new LogEntry(transaction, 0, transaction, LogEntryCodec.encode(updates));
        to.apply(
                List.of(new ReceivedTransaction(transaction, entry)),
                new Position("history", transaction, transaction));
    }

    /** Engine review, finding 10 c: neither users nor a repair wait for each other item by item. */
    @ParameterizedTest
    @EnumSource
    void shouldSendWhatStandsBeforeAnItemThatIsLocked(TestDatabase database) throws Exception {
        open(database);
        List<ItemId> ids = List.of(ItemId.of("a"), ItemId.of("b"), ItemId.of("c"), ItemId.of("d"));
        for (ItemId id : ids) {
            master.write(FILE, id.toString(), text("body of " + id));
        }
        master.commit(work -> {
            master.users.write(work, FILE, ItemId.of("c"), text("being written"));
            assertThat(log.resend(FILE, ids)).isEqualTo(2);
            assertThatThrownBy(() -> log.resend(FILE, ids.subList(2, 4))).isInstanceOf(Refusal.class);
            return null;
        });
        assertThat(log.resend(FILE, ids.subList(2, 4))).isEqualTo(2);
        replicate();
        assertThat(slave.store.digest(FILE)).isEqualTo(master.store.digest(FILE));
    }

    /** Engine review, finding 10 a: an item with a smaller LSN than the definition, committed after it, got lost. */
    @ParameterizedTest
    @EnumSource
    void shouldNotSendADefinitionWhileSomebodyWritesToTheFile(TestDatabase database) throws Exception {
        open(database);
        FilePath md = FilePath.masterDictionary("world");
        master.commit(work -> {
            master.users.write(work, FILE, ItemId.of("a"), text("being written"));
            assertThatThrownBy(() -> log.resendDefinition(FILE)).isInstanceOf(Refusal.class);
            assertThatThrownBy(() -> log.resendDefinition(md)).isInstanceOf(Refusal.class);
            assertThat(log.resendDefinition(OTHER)).isTrue();
            return null;
        });
        assertThat(log.resendDefinition(md)).isTrue();
        assertThat(log.resendDefinition(FILE)).isTrue();
        assertThat(log.resend(FILE, log.ids(FILE, Optional.empty(), 10))).isEqualTo(1);
        replicate();
        assertThat(slave.store.digest(FILE)).isEqualTo(master.store.digest(FILE));
    }

    /** Otherwise a repair sent nothing, and the pair differed for ever. */
    @ParameterizedTest
    @EnumSource
    void shouldRepairAnItemThatBecameADPointerWhichIsNotLogged(TestDatabase database) throws Exception {
        open(database);
        FilePath md = FilePath.masterDictionary("world");
        master.write(md, "word", text("an ordinary item"));
        replicate();
        master.logSettings(new LogSettings(true, false, false));
        master.write(md, "word", DPointer.of("D", 3).bytes());
        master.logSettings(OpenStore.DL_ONLY);
        slave.write(md, "own", DPointer.of("D", 5).bytes());

        say(md, whole(1, true));
        CheckReport report = replicate().get(0);
        assertThat(report.differences())
                .extracting(difference -> difference.id().toString())
                .containsExactly("word");
        assertThat(log.ids(md, Optional.empty(), 10)).isEmpty();
        log.resend(md, List.of(ItemId.of("word")));
        say(md, whole(2, false));

        assertThat(replicate()).containsExactly(CheckReport.of(2, Finding.EQUAL));
        assertThat(slave.read(md, "own")).isNotNull();
    }

    /** Deleted and made anew between two of its ranges; each is true where the slave meets it. */
    @ParameterizedTest
    @EnumSource
    void shouldCompareAFileThatIsMadeAnewBetweenItsRanges(TestDatabase database) throws Exception {
        open(database);
        writeBodies();
        Optional<ItemId> b = Optional.of(ItemId.of("b"));
        say(FILE, new RangeRequest(1, Optional.empty(), b, 10, 1_000, false));
        master.commit(work -> {
            master.users.deleteFile(work, FILE);
            return null;
        });
        assertThat(say(FILE, new RangeRequest(2, b, Optional.empty(), 10, 1_000, false)))
                .isEmpty();
        master.createFile(FILE.toString(), "DL");
        master.write(FILE, "c", text("another body"));
        say(FILE, new RangeRequest(3, b, Optional.empty(), 10, 1_000, false));
        say(FILE, new RangeRequest(4, Optional.empty(), b, 10, 1_000, true));

        assertThat(replicate())
                .containsExactly(
                        CheckReport.of(1, Finding.EQUAL),
                        CheckReport.of(3, Finding.EQUAL),
                        CheckReport.of(4, Finding.EQUAL));
    }

    /** A repair goes to all slaves: one that had everything still has it afterwards. */
    @ParameterizedTest
    @EnumSource
    void shouldLeaveAnotherSlaveEqualWhenOneIsRepaired(TestDatabase database) throws Exception {
        open(database);
        try (OpenStore second = OpenStore.create(database, Files.createDirectory(folder.resolve("second")))) {
            Applier other = applier(second, new SlaveBatch.Rules("other", false, false, SystemAccount::isProtected));
            master.write(FILE, "a", text("one"));
            master.write(OTHER, "b", text("two"));
            replicate(applier, other);
            loseAccountOnSlave();
            FilePath md = FilePath.masterDictionary("world");
            List<FileResult> known =
                    List.of(new FileResult(md, FileResult.Finding.MISSING, 1, 1, 0, 0, 0, List.of(), false));
            Repair repair = new Repair(log, known, kept -> {});
            boolean more = true;
            while (more) {
                more = repair.step();
            }
            replicate(applier, other);

            for (FilePath file : List.of(FILE, OTHER)) {
                assertThat(slave.store.digest(file)).isEqualTo(master.store.digest(file));
                assertThat(second.store.digest(file)).isEqualTo(master.store.digest(file));
            }
        }
    }
}
