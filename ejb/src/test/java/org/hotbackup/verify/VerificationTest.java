package org.hotbackup.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.ItemId;
import org.hotbackup.model.ItemSum;
import org.hotbackup.model.RangeCheck;
import org.hotbackup.verify.CheckReport.Finding;
import org.junit.jupiter.api.Test;

/** A master and a slave in memory, a log between them, and a clock that stands still unless it is moved. */
class VerificationTest {

    private static final FilePath A = FilePath.data("world", "a");
    private static final FilePath B = FilePath.data("world", "b");

    private final Map<FilePath, NavigableMap<ItemId, byte[]>> master = new TreeMap<>();
    private final Map<FilePath, NavigableMap<ItemId, byte[]>> slave = new TreeMap<>();
    private final Deque<Entry> log = new ArrayDeque<>();
    private final List<String> roundsAndFiles = new ArrayList<>();
    private final Map<FilePath, FileResult> results = new HashMap<>();
    private final List<Integer> rangeSizes = new ArrayList<>();
    private long lsn = 100;
    private long acknowledged;
    private long now;
    private long nanos;
    private long nanosPerItem = 1_000;
    private int refusals;
    private int faults;
    private int answersBeforeFault = Integer.MAX_VALUE;
    private boolean settled = true;
    private boolean lastRangesSettled = true;

    private record Entry(long lsn, FilePath file, RangeCheck check) {}

    private final ComparedStore store = new ComparedStore() {
        @Override
        public List<FilePath> files() {
            return List.copyOf(master.keySet());
        }

        @Override
        public Optional<ComparedStore.Said> say(FilePath file, RangeRequest request, long patienceMillis) {
            if (refusals > 0) {
                refusals--;
                throw new Refusal(MessageCode.LOCKED, file);
            }
            if (answersBeforeFault-- <= 0 && faults > 0) {
                faults--;
                throw new IllegalStateException("the database is away");
            }
            if (!master.containsKey(file)) {
                return Optional.empty();
            }
            RangeSum sum = new RangeSum();
            NavigableMap<ItemId, ItemSum> detail = new TreeMap<>();
            Optional<ItemId> upTo = request.upTo();
            for (Map.Entry<ItemId, byte[]> item :
                    range(master.get(file), request.after(), request.upTo()).entrySet()) {
                sum.add(item.getKey(), item.getValue());
                detail.put(item.getKey(), RangeSum.of(item.getValue()));
                if (sum.items() >= request.mostItems()) {
                    upTo = Optional.of(item.getKey());
                    break;
                }
            }
            rangeSizes.add(request.mostItems());
            RangeCheck check = new RangeCheck(
                    request.number(),
                    request.after(),
                    upTo,
                    sum.items(),
                    sum.bytes(),
                    sum.digest(),
                    request.detail() ? Optional.of(detail) : Optional.empty());
            log.add(new Entry(++lsn, file, check));
            long cost = sum.items() * nanosPerItem;
            nanos += cost;
            return Optional.of(new ComparedStore.Said(lsn, check, cost));
        }

        @Override
        public List<ItemId> ids(FilePath file, Optional<ItemId> after, int limit) {
            return range(master.get(file), after, Optional.empty()).keySet().stream()
                    .limit(limit)
                    .toList();
        }

        @Override
        public int resend(FilePath file, List<ItemId> ids) {
            int count = Math.min(3, ids.size());
            for (ItemId id : ids.subList(0, count)) {
                if (master.get(file).containsKey(id)) {
                    slave.get(file).put(id, master.get(file).get(id));
                } else {
                    slave.get(file).remove(id);
                }
            }
            return count;
        }

        @Override
        public void resendPointer(FilePath file) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean resendDefinition(FilePath file) {
            slave.keySet().removeIf(section -> Repair.isMadeAnewWith(file, section));
            slave.put(file, new TreeMap<>());
            return true;
        }
    };

    private static NavigableMap<ItemId, byte[]> range(
            NavigableMap<ItemId, byte[]> items, Optional<ItemId> after, Optional<ItemId> upTo) {
        NavigableMap<ItemId, byte[]> from =
                after.map(id -> items.tailMap(id, false)).orElse(items);
        return upTo.map(id -> from.headMap(id, true)).orElse(from);
    }

    private final Verification.Keeper keeper = new Verification.Keeper() {
        @Override
        public void keep(int round, FileResult result) {
            results.put(result.file(), result);
            roundsAndFiles.add(round + " " + result.file());
        }

        @Override
        public void gone(FilePath file) {
            results.remove(file);
            roundsAndFiles.add("gone " + file);
        }

        @Override
        public void roundDone(int round) {
            roundsAndFiles.add(round + " done");
        }
    };

    private Verification verification(int rounds) {
        return verification(new Verification.Plan(10, rounds, Set.of()), 1, Set.of());
    }

    private Verification verification(Verification.Plan plan, int round, Set<FilePath> done) {
        return new Verification(
                plan, round, done, 1_000, store, keeper, () -> acknowledged, () -> nanos, () -> 1_700_000_000_000L);
    }

    private void fill(FilePath file, int items) {
        master.put(file, new TreeMap<>());
        slave.put(file, new TreeMap<>());
        for (int i = 0; i < items; i++) {
            put(master, file, "%05d".formatted(i), "body " + i);
            put(slave, file, "%05d".formatted(i), "body " + i);
        }
    }

    private static void put(Map<FilePath, NavigableMap<ItemId, byte[]>> side, FilePath file, String id, String body) {
        side.get(file).put(ItemId.of(id), body.getBytes(StandardCharsets.UTF_8));
    }

    /** The slave meets the next check of the log and reports. */
    private void answer(Verification verification) {
        Entry said = log.remove();
        CheckReport report;
        if (!slave.containsKey(said.file())) {
            report = CheckReport.of(said.check().number(), Finding.NO_FILE);
        } else if (!settled || !lastRangesSettled && said.check().upTo().isEmpty()) {
            report = CheckReport.of(said.check().number(), Finding.NOT_SETTLED);
        } else {
            RangeComparison comparison = new RangeComparison(said.check());
            range(slave.get(said.file()), said.check().after(), said.check().upTo())
                    .forEach((id, body) -> comparison.add(id, body));
            report = comparison.report();
        }
        verification.report(report);
        acknowledged = said.lsn();
    }

    private void run(Verification verification) {
        for (int steps = 0; !verification.isDone(); steps++) {
            assertThat(steps).as("steps").isLessThan(100_000);
            try {
                now = verification.step(now);
            } catch (IllegalStateException e) {
                assertThat(e).hasMessage("the database is away");
                now += Verification.LATER_MILLIS;
            }
            while (!log.isEmpty()) {
                answer(verification);
            }
        }
    }

    @Test
    void shouldProveEveryFileEqual() {
        fill(A, 1_000);
        fill(B, 0);
        run(verification(1));

        assertThat(results.get(A).finding()).isEqualTo(FileResult.Finding.EQUAL);
        assertThat(results.get(A).items()).isEqualTo(1_000);
        assertThat(results.get(A).lsn()).isEqualTo(101);
        assertThat(results.get(B).finding()).isEqualTo(FileResult.Finding.EQUAL);
        assertThat(results.get(B).ranges()).isEqualTo(1);
        assertThat(roundsAndFiles).containsExactly("1 " + A, "1 " + B, "1 done");
    }

    @Test
    void shouldNarrowADifferenceToItsItems() {
        fill(A, 500);
        fill(B, 10);
        put(slave, A, "00123", "tampered");
        put(slave, A, "00123a", "only here");
        slave.get(A).remove(ItemId.of("00499"));
        put(slave, A, "zzz", "after the end");
        put(slave, A, "!", "before the beginning");

        run(verification(1));

        assertThat(results.get(A).finding()).isEqualTo(FileResult.Finding.DIFFERENT);
        assertThat(results.get(A).differences())
                .extracting(difference -> difference.id().toString())
                .containsExactlyInAnyOrder("!", "00123", "00123a", "00499", "zzz");
        assertThat(results.get(A).more()).isFalse();
        assertThat(results.get(B).finding()).isEqualTo(FileResult.Finding.EQUAL);
    }

    @Test
    void shouldRepairWhatDiffersAndFindItEqual() {
        fill(A, 300);
        fill(B, 20);
        put(slave, A, "00007", "tampered");
        put(slave, A, "new", "only here");
        slave.get(A).remove(ItemId.of("00299"));
        slave.remove(B);
        run(verification(1));
        assertThat(results.get(B).finding()).isEqualTo(FileResult.Finding.MISSING);

        Repair repair = new Repair(store, List.copyOf(results.values()), sent -> keeper.keep(1, sent));
        boolean more = true;
        while (more) {
            more = repair.step();
        }

        assertThat(repair.items()).isEqualTo(3 + 20);
        assertThat(results.values())
                .allMatch(result -> result.finding() == FileResult.Finding.REPAIRED)
                .noneMatch(Repair::isNeeded);
        run(verification(1));
        assertThat(results.values()).allMatch(result -> result.finding() == FileResult.Finding.EQUAL);
        assertThat(slave.get(A)).doesNotContainKey(ItemId.of("new"));
    }

    @Test
    void shouldMakeACheckAgainWhoseReportGotLost() {
        fill(A, 10);
        Verification verification = verification(1);
        now = verification.step(now);
        long lost = log.remove().lsn();
        now = verification.step(now);
        assertThat(log).as("not yet acknowledged").isEmpty();

        acknowledged = lost;
        run(verification);

        assertThat(results.get(A).finding()).isEqualTo(FileResult.Finding.EQUAL);
        assertThat(results.get(A).lsn()).isGreaterThan(lost);
    }

    @Test
    void shouldWaitForASlaveThatAnswersNothing() {
        fill(A, 100_000);
        Verification verification = verification(1);
        for (int i = 0; i < 1_000; i++) {
            now = verification.step(now);
        }

        assertThat(log).hasSize(Verification.WINDOW);
        run(verification);
        assertThat(results.get(A).items()).isEqualTo(100_000);
    }

    @Test
    void shouldAskAgainForAFileThatIsNotSettled() {
        fill(A, 10);
        settled = false;
        Verification verification = verification(1);
        now = verification.step(now);
        answer(verification);
        verification.step(now);
        assertThat(log).as("at once").isEmpty();
        assertThat(results).isEmpty();
        assertThat(verification.progress().trouble()).isEqualTo(MessageCode.SLAVE_NOT_SETTLED.text(A));

        settled = true;
        run(verification);
        assertThat(results.get(A).finding()).isEqualTo(FileResult.Finding.EQUAL);
    }

    @Test
    void shouldGoOnWhenTheStoreRefusesAndSayWhy() {
        fill(A, 10);
        refusals = 3;
        Verification verification = verification(1);
        now = verification.step(now);
        assertThat(verification.progress().trouble()).isEqualTo(MessageCode.LOCKED.text(A));

        run(verification);
        assertThat(results.get(A).finding()).isEqualTo(FileResult.Finding.EQUAL);
        assertThat(verification.progress().trouble()).isEmpty();
    }

    @Test
    void shouldKeepToItsShareOfTheTime() {
        fill(A, 20_000);
        run(verification(1));

        long busyMillis = nanos / 1_000_000;
        assertThat(busyMillis).isPositive();
        assertThat(now).isGreaterThanOrEqualTo(10 * busyMillis);
    }

    @Test
    void shouldFitItsRangesToWhatTheyCost() {
        fill(A, 20_000);
        run(verification(1));
        assertThat(rangeSizes).contains(Verification.MOST_RANGE_ITEMS);

        rangeSizes.clear();
        nanosPerItem = Verification.RANGE_NANOS;
        run(verification(1));
        assertThat(rangeSizes.get(rangeSizes.size() - 1)).isEqualTo(Verification.LEAST_RANGE_ITEMS);
    }

    @Test
    void shouldGoOnAfterARestartWithTheFilesThatAreLeft() {
        fill(A, 10);
        fill(B, 10);
        run(verification(new Verification.Plan(10, 3, Set.of()), 2, Set.of(A)));

        assertThat(roundsAndFiles).containsExactly("2 " + B, "2 done", "3 " + A, "3 " + B, "3 done");
    }

    @Test
    void shouldCompareOnlyTheFilesItIsAskedFor() {
        fill(A, 10);
        fill(B, 10);
        run(verification(new Verification.Plan(10, 1, Set.of(B)), 1, Set.of()));

        assertThat(roundsAndFiles).containsExactly("1 " + B, "1 done");
    }

    @Test
    void shouldForgetAFileThatIsDeletedMeanwhile() {
        fill(A, 1_000);
        fill(B, 10);
        Verification verification = verification(1);
        now = verification.step(now);
        master.remove(A);
        run(verification);

        assertThat(roundsAndFiles).containsExactly("gone " + A, "1 " + B, "1 done");
        assertThat(results).containsOnlyKeys(B);
    }

    /** Engine review, finding 3. */
    @Test
    void shouldNotCallAFileEqualThatTheStoreFailedToRead() {
        fill(A, 1_000);
        fill(B, 10);
        answersBeforeFault = 0;
        faults = 3;
        run(verification(1));

        assertThat(results.get(A).items()).isEqualTo(1_000);
        assertThat(results.get(A).lsn()).isPositive();
        assertThat(results.get(B).items()).isEqualTo(10);
    }

    /** Engine review, finding 3: in mid-file the rest of the file counted as proved. */
    @Test
    void shouldNotCallTheRestOfAFileEqualThatTheStoreFailedToRead() {
        fill(A, 1_000);
        put(slave, A, "00999", "tampered");
        answersBeforeFault = 3;
        faults = 1;
        run(verification(1));

        assertThat(results.get(A).finding()).isEqualTo(FileResult.Finding.DIFFERENT);
        assertThat(results.get(A).differences())
                .extracting(difference -> difference.id().toString())
                .containsExactly("00999");
    }

    @Test
    void shouldNotCallARangeEqualBecauseTheSlaveNamesNothingThatDiffers() {
        fill(A, 10);
        put(slave, A, "00005", "tampered");
        Verification verification = verification(1);
        now = verification.step(now);
        answer(verification);
        now = verification.step(now);
        long detailed = log.remove().check().number();
        verification.report(CheckReport.of(detailed, Finding.DIFFERENT));
        now = verification.step(now);
        assertThat(results).isEmpty();

        run(verification);
        assertThat(results.get(A).finding()).isEqualTo(FileResult.Finding.DIFFERENT);
    }

    @Test
    void shouldSleepWhileNothingIsSettled() {
        fill(A, 10);
        settled = false;
        Verification verification = verification(1);
        now = verification.step(now);
        answer(verification);
        now = verification.step(now);

        assertThat(verification.step(now) - now).isGreaterThan(50);
    }

    /** Engine review, finding 16: what waits must not grow with the number of files. */
    @Test
    void shouldNotAskForEverythingOfASlaveThatSettlesNothing() {
        for (int i = 0; i < 500; i++) {
            fill(FilePath.data("world", "f" + i), 1);
        }
        settled = false;
        Verification verification = verification(1);
        Set<FilePath> asked = new TreeSet<>();
        for (int i = 0; i < 3_000; i++) {
            now = verification.step(now);
            while (!log.isEmpty()) {
                asked.add(log.peek().file());
                answer(verification);
            }
        }
        assertThat(asked).hasSizeLessThan(100);

        settled = true;
        run(verification);
        assertThat(results).hasSize(500);
    }

    private List<FileResult> repairAll() {
        List<FileResult> kept = new ArrayList<>();
        Repair repair = new Repair(store, List.copyOf(results.values()), result -> {
            kept.add(result);
            keeper.keep(1, result);
        });
        boolean more = true;
        while (more) {
            more = repair.step();
        }
        return kept;
    }

    /** Engine review, finding 10 b: with an account that is made anew the slave loses its files, whatever they were. */
    @Test
    void shouldSendEverythingInAnAccountThatIsMadeAnew() {
        FilePath md = FilePath.masterDictionary("world");
        fill(md, 5);
        fill(A.definedIn(), 5);
        fill(A, 10);
        fill(B, 10);
        FilePath elsewhere = FilePath.data("else", "a");
        fill(elsewhere, 3);
        put(slave, B, "00003", "tampered");
        slave.remove(md);
        run(verification(1));
        assertThat(results.get(A).finding()).isEqualTo(FileResult.Finding.EQUAL);

        List<FileResult> kept = repairAll();

        assertThat(kept)
                .filteredOn(result -> result.finding() == FileResult.Finding.MISSING)
                .extracting(FileResult::file)
                .as("for good before anything else is sent")
                .containsExactly(A.definedIn(), A, B);
        assertThat(results.get(A).finding()).isEqualTo(FileResult.Finding.REPAIRED);
        assertThat(results.get(elsewhere).finding()).isEqualTo(FileResult.Finding.EQUAL);
        run(verification(1));
        assertThat(results.values()).allMatch(result -> result.finding() == FileResult.Finding.EQUAL);
    }

    @Test
    void shouldSendAllItemsOfAFileWithMoreDifferencesThanAreKept() {
        fill(A, Verification.MOST_DIFFERENCES + 2_000);
        master.get(A).keySet().forEach(id -> slave.get(A).put(id, new byte[] {1}));
        put(slave, A, "!", "only here");
        run(verification(1));
        assertThat(results.get(A).more()).isTrue();
        assertThat(results.get(A).differences()).hasSizeLessThanOrEqualTo(Verification.MOST_DIFFERENCES);

        repairAll();
        run(verification(1));

        assertThat(results.get(A).finding()).isEqualTo(FileResult.Finding.EQUAL);
    }

    @Test
    void shouldKeepAFileToBeRepairedWhenItsRepairCannotBeKept() {
        fill(A, 10);
        put(slave, A, "00003", "tampered");
        run(verification(1));
        int[] failures = {1};
        List<FileResult> kept = new ArrayList<>();
        Repair repair = new Repair(store, List.copyOf(results.values()), result -> {
            if (failures[0]-- > 0) {
                throw new IllegalStateException("the database is away");
            }
            kept.add(result);
        });
        assertThat(repair.step()).isTrue();
        assertThatThrownBy(repair::step).hasMessage("the database is away");
        assertThat(repair.step()).isFalse();

        assertThat(kept).extracting(FileResult::finding).containsExactly(FileResult.Finding.REPAIRED);
    }

    /** Engine review, finding 16: memory is bounded over all files. */
    @Test
    void shouldKeepNoMoreDifferencesOfAllFilesThanABound() {
        for (int i = 0; i < 6; i++) {
            FilePath file = FilePath.data("world", "f" + i);
            fill(file, 5_000);
            slave.get(file).clear();
        }
        lastRangesSettled = false;
        nanosPerItem = Verification.RANGE_NANOS;
        Verification verification = verification(new Verification.Plan(100, 1, Set.of()), 1, Set.of());
        for (int i = 0; i < 20_000; i++) {
            now = verification.step(now);
            while (!log.isEmpty()) {
                answer(verification);
            }
        }
        assertThat(verification.progress().filesDone())
                .as("all are under way together")
                .isZero();
        lastRangesSettled = true;
        run(verification);

        assertThat(results.values())
                .hasSize(6)
                .allMatch(result -> !result.differences().isEmpty())
                .anyMatch(FileResult::more);
        assertThat(results.values().stream()
                        .mapToInt(result -> result.differences().size())
                        .sum())
                .isBetween(Verification.MOST_DIFFERENCES_OF_ALL, Verification.MOST_DIFFERENCES_OF_ALL + 6);
    }

    /** A million equal items are not sent because a few thousand differ. */
    @Test
    void shouldNotSendWhatIsEqualOfALargeFileWithManyDifferences() {
        fill(A, 30_000);
        for (int i = 20_000; i < 23_000; i++) {
            put(slave, A, "%05d".formatted(i), "tampered");
        }
        for (int i = 0;
                i < 5 && !results.values().stream().anyMatch(r -> r.finding() == FileResult.Finding.EQUAL);
                i++) {
            run(verification(1));
            Repair repair = new Repair(store, List.copyOf(results.values()), sent -> {});
            boolean more = true;
            while (more) {
                more = repair.step();
            }
            assertThat(repair.items()).isLessThanOrEqualTo(3_000);
        }
        assertThat(results.get(A).finding()).isEqualTo(FileResult.Finding.EQUAL);
    }

    /** Only what was asked for is awaited: a slave that talks without end fills no memory. */
    @Test
    void shouldTakeNoMoreReportsThanItCanLookAt() {
        fill(A, 10);
        Verification verification = verification(1);
        now = verification.step(now);
        for (long i = 0; i < 100_000; i++) {
            verification.report(CheckReport.of(2_000 + i, Finding.EQUAL));
        }
        answer(verification);
        now = verification.step(now);
        assertThat(results).as("its report found no room").isEmpty();
        run(verification);
        assertThat(results.get(A).finding()).isEqualTo(FileResult.Finding.EQUAL);
    }
}
