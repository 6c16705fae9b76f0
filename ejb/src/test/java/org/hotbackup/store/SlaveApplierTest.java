package org.hotbackup.store;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert;
import org.hotbackup.apply.HelperTask;
import org.hotbackup.apply.LostAndFoundType;
import org.hotbackup.apply.LostItem;
import org.hotbackup.apply.OpenedFiles;
import org.hotbackup.apply.SlaveBatch;
import org.hotbackup.apply.SlaveFiles;
import org.hotbackup.control.ItemStore.StoredItem;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.model.DPointer;
import org.hotbackup.model.FileDefinition;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.ItemId;
import org.hotbackup.model.ItemSum;
import org.hotbackup.model.RangeCheck;
import org.hotbackup.model.Update;
import org.hotbackup.replication.Applier;
import org.hotbackup.replication.ApplyBlockedException;
import org.hotbackup.replication.Position;
import org.hotbackup.replication.ReceivedTransaction;
import org.hotbackup.replication.Sources;
import org.hotbackup.txlog.LogEntry;
import org.hotbackup.txlog.LogEntryCodec;
import org.hotbackup.verify.CheckNumbers;
import org.hotbackup.verify.CheckReport;
import org.hotbackup.verify.Difference;
import org.hotbackup.verify.RangeSum;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class SlaveApplierTest {

    private static final FilePath FILE = FilePath.data("world", "countries");
    private static final FilePath MD = FilePath.masterDictionary("world");
    private static final DPointer DL = DPointer.of("DL", 7);

    /** Of the megabyte that a test's store keeps, more than a half. */
    private static final long BELOW_THE_RESERVE = 700_000;

    @TempDir
    Path folder;

    private long number;

    @ParameterizedTest
    @EnumSource
    void shouldApplyWhatTheMasterDidAndKeepThePosition(TestDatabase database) throws Exception {
        try (OpenStore open = OpenStore.create(database, folder)) {
            Applier applier = applier(open, "fromprod", false);
            assertThat(applier.position()).isEmpty();
            Applier.Outcome outcome = apply(
                    applier,
                    transaction(new Update.AccountCreated(MD, DL)),
                    transaction(new Update.FileCreated(FILE, DL)),
                    transaction(written("CH", "Schweiz"), written("FR", "France")),
                    transaction(written("CH", "Switzerland"), deleted("FR"), written("IT", "Italia")),
                    transaction(deleted("absent")));
            assertOutcome(outcome, 5, 0);
            assertThat(image(open)).containsExactly("CH=Switzerland", "IT=Italia");
            assertThat(open.store.catalogue().file(FILE.definedIn())).isPresent();
            assertThat(applier.position()).contains(new Position("history", 5, 50));

            apply(
                    applier,
                    transaction(written("XX", "gone")),
                    transaction(new Update.FileCleared(FILE), written("DE", "Deutschland")));
            assertThat(image(open)).containsExactly("DE=Deutschland");
            open.reopen();
            assertThat(applier(open, "fromprod", false).position()).contains(new Position("history", 7, 70));
            assertThat(applier(open, "other", false).position()).isEmpty();
            assertThat(image(open)).containsExactly("DE=Deutschland");
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldCompareARangeAtItsPlaceInTheBatch(TestDatabase database) throws Exception {
        try (OpenStore open = OpenStore.create(database, folder)) {
            Applier applier = applier(open, "fromprod", false);
            RangeCheck one = check(1, false, "CH", "Schweiz");
            RangeCheck two = check(2, false, "CH", "Switzerland", "IT", "Italia");
            RangeCheck three = check(3, false);

            Applier.Outcome outcome = apply(
                    applier,
                    transaction(new Update.AccountCreated(MD, DL), new Update.FileCreated(FILE, DL)),
                    transaction(written("CH", "Schweiz")),
                    transaction(new Update.RangeChecked(FILE, one)),
                    transaction(written("CH", "Switzerland"), written("IT", "Italia")),
                    transaction(new Update.RangeChecked(FILE, two)),
                    transaction(new Update.RangeChecked(FILE, one)),
                    transaction(new Update.FileCleared(FILE), new Update.RangeChecked(FILE, three)),
                    transaction(new Update.RangeChecked(FilePath.data("world", "none"), three)),
                    transaction(written("DE", "Deutschland")));

            assertThat(outcome)
                    .isEqualTo(new Applier.Outcome(
                            9,
                            0,
                            0,
                            Optional.empty(),
                            List.of(
                                    CheckReport.of(1, CheckReport.Finding.EQUAL),
                                    CheckReport.of(2, CheckReport.Finding.EQUAL),
                                    CheckReport.of(1, CheckReport.Finding.DIFFERENT),
                                    CheckReport.of(3, CheckReport.Finding.EQUAL),
                                    CheckReport.of(3, CheckReport.Finding.NO_FILE))));
            assertThat(image(open)).containsExactly("DE=Deutschland");
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldNameTheItemsOfARangeThatDiffer(TestDatabase database) throws Exception {
        try (OpenStore open = OpenStore.create(database, folder)) {
            Applier applier = applier(open, "fromprod", false);
            RangeCheck check = check(1, true, "CH", "Schweiz", "FR", "France", "IT", "Italia");
            apply(applier, transaction(new Update.AccountCreated(MD, DL), new Update.FileCreated(FILE, DL)));
            open.write(FILE, "CH", "Schweiz".getBytes(StandardCharsets.UTF_8));
            open.write(FILE, "FR", "Frankreich".getBytes(StandardCharsets.UTF_8));
            open.write(FILE, "GB", new byte[2 * ItemTable.INLINE_BYTES]);

            Applier.Outcome outcome = apply(applier, transaction(new Update.RangeChecked(FILE, check)));

            assertThat(outcome.reports().get(0).differences())
                    .containsExactly(
                            new Difference(ItemId.of("FR"), Optional.of(sum("France")), Optional.of(sum("Frankreich"))),
                            new Difference(
                                    ItemId.of("GB"),
                                    Optional.empty(),
                                    Optional.of(RangeSum.of(new byte[2 * ItemTable.INLINE_BYTES]))),
                            new Difference(ItemId.of("IT"), Optional.of(sum("Italia")), Optional.empty()));
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldSayOfADelayedCheckThatItIsNotSettled(TestDatabase database) throws Exception {
        try (OpenStore open = OpenStore.create(database, folder)) {
            Applier applier = applier(open, "fromprod", true);
            List<ReceivedTransaction> batch = List.of(
                    transaction(written("CH", "Suisse")),
                    transaction(new Update.RangeChecked(FILE, check(1, false, "CH", "Suisse"))));

            Applier.Outcome delayed = applier.delay(batch, new Position("history", 2, 20));
            assertThat(delayed.reports()).containsExactly(CheckReport.of(1, CheckReport.Finding.NOT_SETTLED));
            assertThat(applier.applyDelayed(2_000).reports())
                    .containsExactly(CheckReport.of(1, CheckReport.Finding.EQUAL));
        }
    }

    /** The log carries a check to all slaves of a node. */
    @ParameterizedTest
    @EnumSource
    void shouldPassOverACheckThatAsksAnotherSlave(TestDatabase database) throws Exception {
        try (OpenStore open = OpenStore.create(database, folder)) {
            Applier applier = applier(open, "fromprod", true);
            applier.calledBy("todev");
            long mine = CheckNumbers.first("todev", 7) + 1;
            long others = CheckNumbers.first("totest", 7) + 1;
            List<ReceivedTransaction> batch = List.of(
                    transaction(written("CH", "Suisse")),
                    transaction(new Update.RangeChecked(FILE, check(others, false, "CH", "Suisse"))),
                    transaction(new Update.RangeChecked(FILE, check(mine, false, "CH", "Suisse"))));

            Applier.Outcome outcome = applier.apply(batch, new Position("history", 3, 30));
            assertThat(outcome.applied()).isEqualTo(3);
            assertThat(outcome.reports()).containsExactly(CheckReport.of(mine, CheckReport.Finding.EQUAL));
            List<ReceivedTransaction> later = List.of(
                    transaction(new Update.RangeChecked(FILE, check(others, false, "CH", "Suisse"))),
                    transaction(new Update.RangeChecked(FILE, check(mine, false, "CH", "Suisse"))));
            assertThat(applier.delay(later, new Position("history", 5, 50)).reports())
                    .containsExactly(CheckReport.of(mine, CheckReport.Finding.NOT_SETTLED));
        }
    }

    private static ItemSum sum(String body) {
        return RangeSum.of(body.getBytes(StandardCharsets.UTF_8));
    }

    /** What a master says of a file with these items: ids and bodies in turn. */
    private static RangeCheck check(long number, boolean detail, String... items) {
        RangeSum sum = new RangeSum();
        TreeMap<ItemId, ItemSum> sums = new TreeMap<>();
        for (int i = 0; i < items.length; i += 2) {
            sum.add(ItemId.of(items[i]), items[i + 1].getBytes(StandardCharsets.UTF_8));
            sums.put(ItemId.of(items[i]), sum(items[i + 1]));
        }
        return new RangeCheck(
                number,
                Optional.empty(),
                Optional.empty(),
                sum.items(),
                sum.bytes(),
                sum.digest(),
                detail ? Optional.of(sums) : Optional.empty());
    }

    @ParameterizedTest
    @EnumSource
    @Tag("HB-017")
    @Tag("SUB-3")
    void shouldKeepWhatCannotBePerformedWholeInLostAndFound(TestDatabase database) throws Exception {
        try (OpenStore open = OpenStore.create(database, folder)) {
            Applier applier = applier(open, "fromprod", false);
            FilePath missing = FilePath.data("world", "none");
            ReceivedTransaction bad = transaction(
                    written("XX", "must not appear"),
                    new Update.ItemWritten(missing, ItemId.of("1"), new byte[] {1, (byte) 0xFE}));
            ReceivedTransaction garbage =
                    new ReceivedTransaction(++number, new LogEntry(number * 10, 0, 1, new byte[] {(byte) 0xFE, 1, 2}));
            ReceivedTransaction system =
                    transaction(new Update.ItemWritten(SystemAccount.USERS, ItemId.of("eve"), new byte[1]));
            Applier.Outcome outcome = apply(
                    applier,
                    transaction(new Update.AccountCreated(MD, DL), new Update.FileCreated(FILE, DL)),
                    bad,
                    transaction(written("CH", "Schweiz")),
                    garbage,
                    system,
                    transaction(new Update.FileDeleted(FILE), written("CH", "after its file")));
            assertOutcome(outcome, 2, 4);
            assertThat(image(open)).containsExactly("CH=Schweiz");
            List<StoredItem> kept = open.items(SlaveFiles.LOST_AND_FOUND, null, 10);
            assertThat(kept).hasSize(4);
            LostItem first = kept.stream()
                    .map(item -> LostItem.of(item.id(), item.body()))
                    .filter(item -> item.transaction() == bad.number())
                    .findFirst()
                    .orElseThrow();
            assertThat(first.type()).isEqualTo(LostAndFoundType.CANNOT_BE_PERFORMED);
            assertThat(first.operation()).isEqualTo("write");
            assertThat(first.server()).isEqualTo("fromprod");
            assertThat(first.acknowledged()).isZero();
            assertThat(first.message()).contains("world,none");
            assertThat(first.body()).isEqualTo(bad.entry().payload());
            assertThat(applier.position()).contains(new Position("history", 6, 60));
            assertThat(open.store.catalogue().file(missing)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    @Tag("HB-017")
    @Tag("HB-060")
    void shouldCreateWhatIsMissingIfAskedTo(TestDatabase database) throws Exception {
        try (OpenStore open = OpenStore.create(database, folder)) {
            Applier applier = applier(open, "fromprod", true);
            FilePath other = FilePath.data("europe", "cities", "big");
            Applier.Outcome outcome = apply(
                    applier,
                    transaction(written("CH", "Schweiz")),
                    transaction(new Update.FileCreated(other, DL)),
                    transaction(new Update.FileCleared(FilePath.dictionary("asia", "rivers"))),
                    transaction(new Update.ItemWritten(SystemAccount.USERS, ItemId.of("eve"), new byte[1])));
            assertOutcome(outcome, 3, 1);
            assertThat(image(open)).containsExactly("CH=Schweiz");
            assertThat(open.store.catalogue().accounts()).containsExactly("asia", "dm", "europe", "world");
            assertThat(open.store.catalogue().file(other))
                    .map(FileDefinition::pointer)
                    .contains(DL);
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldLeaveWhatTheMasterHasAfterFilesAreMadeAndDeleted(TestDatabase database) throws Exception {
        try (OpenStore open = OpenStore.create(database, folder)) {
            open.createAccount("world");
            open.createFile("world,countries", "D");
            open.write(FILE, "stale", new byte[1]);
            Applier applier = applier(open, "fromprod", false);
            FilePath second = FilePath.data("world", "second");
            apply(
                    applier,
                    transaction(new Update.FileCreated(FILE, DL), written("CH", "Schweiz")),
                    transaction(new Update.FileCreated(second, DL)),
                    transaction(new Update.ItemWritten(second, ItemId.of("1"), new byte[1])),
                    transaction(new Update.FileDeleted(second.definedIn())),
                    transaction(new Update.FileDeleted(second)),
                    transaction(new Update.AccountDeleted(FilePath.masterDictionary("nobody"))));
            assertThat(image(open)).containsExactly("CH=Schweiz");
            assertThat(open.store.catalogue().file(FILE))
                    .map(FileDefinition::pointer)
                    .contains(DL);
            assertThat(open.files("world"))
                    .extracting(f -> f.path().toString())
                    .containsExactly("world,,", "dict world,countries", "world,countries");
            apply(applier, transaction(new Update.AccountCreated(MD, DL)));
            assertThat(open.files("world")).hasSize(1);
            apply(applier, transaction(new Update.AccountDeleted(MD)));
            assertThat(open.store.catalogue().accounts()).containsExactly("dm");
            open.reopen();
            assertThat(open.store.catalogue().accounts()).containsExactly("dm");
        }
    }

    /** As a restore on the master does it. */
    @ParameterizedTest
    @EnumSource
    void shouldPutAnAccountOrAFileInThePlaceOfOneInOneTransaction(TestDatabase database) throws Exception {
        try (OpenStore open = OpenStore.create(database, folder)) {
            Applier applier = applier(open, "fromprod", true);
            ItemId mark = ItemId.of("mark");
            apply(
                    applier,
                    transaction(new Update.AccountCreated(MD, DL)),
                    transaction(new Update.FileCreated(FILE, DL), written("CH", "Schweiz")),
                    transaction(
                            new Update.AccountDeleted(MD),
                            new Update.AccountCreated(MD, DL),
                            new Update.ItemWritten(MD, mark, new byte[1])));
            assertThat(open.files("world")).hasSize(1);
            assertThat(open.read(MD, "mark")).isNotNull();
            FilePath dictionary = FILE.definedIn();
            apply(
                    applier,
                    transaction(new Update.FileCreated(FILE, DL), written("CH", "Schweiz")),
                    transaction(
                            new Update.FileDeleted(dictionary),
                            new Update.FileCreated(dictionary, DL),
                            new Update.ItemWritten(dictionary, mark, new byte[1])));
            open.reopen();
            assertThat(open.files("world"))
                    .extracting(f -> f.path().toString())
                    .containsExactly("world,,", "dict world,countries");
            assertThat(open.read(dictionary, "mark")).isNotNull();
        }
    }

    @ParameterizedTest
    @EnumSource
    @Tag("SUB-3")
    void shouldChangeNothingWhenItIsBlocked(TestDatabase database) throws Exception {
        try (OpenStore open = OpenStore.create(database, folder)) {
            open.createAccount("world");
            open.createFile("world,countries", "D");
            open.diskFree.set(1000);
            open.reopen();
            Applier applier = applier(open, "fromprod", false);
            List<ReceivedTransaction> batch = List.of(transaction(written("CH", "Schweiz")));
            Position position = new Position("history", 1, 10);
            assertThatThrownBy(() -> applier.apply(batch, position))
                    .isInstanceOf(ApplyBlockedException.class)
                    .hasMessageContaining("reserve");
            assertThat(applier.position()).isEmpty();
            assertThat(image(open)).isEmpty();
            open.diskFree.set(Long.MAX_VALUE);
            open.reopen();
            assertOutcome(applier(open, "fromprod", false).apply(batch, position), 1, 0);
            assertThat(image(open)).containsExactly("CH=Schweiz");
        }
    }

    /**
     * The replay of what was delayed stood still on a disk below the reserve, although what is delayed takes the room
     * already; and so did deletions, which a master performs there.
     */
    @ParameterizedTest
    @EnumSource
    @Tag("HB-098")
    void shouldMakeRoomBelowTheReserve(TestDatabase database) throws Exception {
        try (OpenStore open = OpenStore.create(database, folder)) {
            open.createAccount("world");
            open.createFile("world,countries", "D");
            Applier before = applier(open, "fromprod", false);
            apply(before, transaction(written("FR", "France")), transaction(written("IT", "Italia")));
            delay(applier(open, "other", false), transaction(written("CH", "Schweiz")), transaction(deleted("FR")));
            delay(cascading(open), transaction(written("DE", "Deutschland")));
            open.diskFree.set(BELOW_THE_RESERVE);
            open.reopen();

            assertThat(applier(open, "other", false).applyDelayed(10).applied()).isEqualTo(2);
            assertThat(image(open)).containsExactly("CH=Schweiz", "IT=Italia");
            Applier applier = applier(open, "fromprod", false);
            assertOutcome(apply(applier, transaction(deleted("IT"))), 1, 0);
            assertThat(image(open)).containsExactly("CH=Schweiz");
            assertBlocked(() -> apply(applier, transaction(deleted("CH")), transaction(written("FR", "France"))));
            assertBlocked(() -> apply(applier, unreadable()));
            assertBlocked(() -> delay(applier, transaction(deleted("CH"))));
            assertBlocked(() -> cascading(open).applyDelayed(10));
            open.diskFree.set(1000);
            open.reopen();
            assertBlocked(() -> apply(applier(open, "fromprod", false), transaction(deleted("CH"))));
        }
    }

    private static Applier cascading(OpenStore open) {
        return new SlaveApplier(
                open.store,
                new SlaveBatch.Rules("cascading", false, true, SystemAccount::isProtected),
                new OpenedFiles());
    }

    private ReceivedTransaction unreadable() {
        number++;
        return new ReceivedTransaction(number, new LogEntry(number * 10, number * 10 - 10, 0, new byte[] {99}));
    }

    private static void assertBlocked(ThrowableAssert.ThrowingCallable work) {
        assertThatThrownBy(work).isInstanceOf(ApplyBlockedException.class).hasMessageContaining("reserve");
    }

    /** Engine review, finding 17: an outage was called an internal error, so a set-aside became type 3. */
    @ParameterizedTest
    @EnumSource
    void shouldCallAnOutageOfTheDatabaseByItsName(TestDatabase database) throws Exception {
        DatabaseWithOutages source = new DatabaseWithOutages(database.create(folder));
        try (OpenStore open = OpenStore.on(source)) {
            Applier applier = applier(open, "fromprod", true);
            source.away(true);
            assertThatThrownBy(() -> apply(applier, transaction(written("CH", "Schweiz"))))
                    .isInstanceOfSatisfying(ApplyBlockedException.class, e -> assertThat(e.what())
                            .isEqualTo(ApplyBlockedException.Cause.DATABASE));
            assertThatThrownBy(() -> applier.applyDelayed(1))
                    .isInstanceOfSatisfying(ApplyBlockedException.class, e -> assertThat(e.what())
                            .isEqualTo(ApplyBlockedException.Cause.DATABASE));

            source.away(false);
            assertOutcome(apply(applier, transaction(written("CH", "Schweiz"))), 1, 0);
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldNotApplyAgainWhatItCommittedWithoutKnowing(TestDatabase database) throws Exception {
        try (OpenStore open = OpenStore.create(database, folder)) {
            Applier applier = applier(open, "fromprod", true);
            List<ReceivedTransaction> batch = List.of(transaction(written("CH", "Schweiz")));
            Position position = new Position("history", 1, 10);
            applier.apply(batch, position);
            open.write(FILE, "CH", "changed since".getBytes(StandardCharsets.UTF_8));
            assertOutcome(applier.apply(batch, position), 1, 0);
            assertThat(image(open)).containsExactly("CH=changed since");
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldApplyLargeItems(TestDatabase database) throws Exception {
        try (OpenStore open = OpenStore.create(database, folder)) {
            Applier applier = applier(open, "fromprod", true);
            byte[] large = new byte[3 * ItemTable.INLINE_BYTES + 5];
            java.util.Arrays.fill(large, (byte) 'x');
            apply(applier, transaction(new Update.ItemWritten(FILE, ItemId.of("big"), large), written("CH", "small")));
            assertThat(open.read(FILE, "big")).isEqualTo(large);
            apply(applier, transaction(written("big", "small now")));
            assertThat(image(open)).containsExactly("CH=small", "big=small now");
        }
    }

    @ParameterizedTest
    @EnumSource
    @Tag("HB-016")
    @Tag("HB-098")
    @Tag("HB-183")
    @Tag("SUB-6")
    void shouldKeepDelayedUpdatesOverARestartAndApplyThemInOrder(TestDatabase database) throws Exception {
        try (OpenStore open = OpenStore.create(database, folder)) {
            Applier applier = applier(open, "fromprod", true);
            apply(applier, transaction(written("CH", "Schweiz")));
            List<ReceivedTransaction> batch =
                    List.of(transaction(written("CH", "Suisse")), transaction(deleted("CH"), written("FR", "France")));
            applier.delay(batch, new Position("history", 3, 30));
            applier(open, "other", true)
                    .delay(List.of(transaction(written("XX", "of another server"))), new Position("history", 1, 10));
            assertThat(applier.pending()).isEqualTo(2);
            assertThat(SlaveAppliers.pending(open.store, "fromprod"))
                    .as("also without an applier (R10)")
                    .isEqualTo(2);
            assertThat(image(open)).containsExactly("CH=Schweiz");

            open.reopen();
            Applier again = applier(open, "fromprod", true);
            assertThat(again.position()).contains(new Position("history", 3, 30));
            assertThat(again.pending()).isEqualTo(2);
            again.delay(List.of(transaction(written("IT", "Italia"))), new Position("history", 4, 40));
            assertThat(again.applyDelayed(2_000).applied()).isEqualTo(3);
            assertThat(again.pending()).isZero();
            assertThat(again.applyDelayed(2_000)).isEqualTo(Applier.Outcome.NOTHING);
            assertThat(image(open)).containsExactly("FR=France", "IT=Italia");
            assertThat(open.items(SlaveFiles.DELAYED, null, 10)).hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    @Tag("HB-018")
    @Tag("HB-019")
    @Tag("HB-020")
    void shouldLetHelpersClearAndResizeInTheStore(TestDatabase database) throws Exception {
        try (OpenStore open = OpenStore.create(database, folder)) {
            Applier applier = applier(open, "fromprod", true);
            apply(applier, transaction(new Update.AccountCreated(MD, DL)));
            apply(applier, transaction(new Update.FileCreated(FILE, DL.withModulo(997))));
            Update[] many = new Update[6_000];
            for (int i = 0; i < many.length; i++) {
                many[i] = written("old" + i, "x");
            }
            apply(applier, transaction(many));
            apply(applier, transaction(new Update.FileCleared(FILE)), transaction(written("CH", "Schweiz")));
            assertThat(image(open)).doesNotContain("CH=Schweiz").isNotEmpty();

            open.reopen();
            assertThat(helperSteps(open)).as("steps, after a restart").isGreaterThan(2);
            assertThat(image(open)).containsExactly("CH=Schweiz");
            assertThat(open.store.catalogue().file(FILE).orElseThrow().pointer().modulo())
                    .isEqualTo(997);
            assertThat(open.files("dm")).noneMatch(file -> file.path().section().contains("*"));
        }
    }

    /** A takeover in the middle of a clear: what users write must not go with what is cleared. */
    @ParameterizedTest
    @EnumSource
    @Tag("HB-020")
    void shouldRefuseUsersWhatAHelperWouldTakeFromThem(TestDatabase database) throws Exception {
        try (OpenStore open = OpenStore.create(database, folder)) {
            beginLongClear(open, applier(open, "fromprod", true));
            assertThatThrownBy(() -> open.write(FILE, "CH", new byte[1]))
                    .isInstanceOf(Refusal.class)
                    .hasMessageContaining("is being cleared by a helper of server fromprod");
            assertThatThrownBy(() -> open.delete(FILE, "old1")).hasMessageContaining("is being cleared");

            assertThat(helperSteps(open)).isPositive();
            assertThat(image(open)).containsExactly("FR=France");
            assertThat(open.write(FILE, "CH", new byte[1])).isTrue();
        }
    }

    /** Another file under the same path is not the one that was to be cleared. */
    @ParameterizedTest
    @EnumSource
    @Tag("HB-020")
    void shouldLeaveAFileAloneThatCameIntoThePlaceOfTheOneBeingCleared(TestDatabase database) throws Exception {
        try (OpenStore open = OpenStore.create(database, folder)) {
            beginLongClear(open, applier(open, "fromprod", true));
            open.commit(work -> {
                open.users.deleteAccount(work, "world");
                open.users.createAccount(work, "world", DL);
                return open.users.createFile(work, FILE, DL);
            });
            assertThat(SlaveAppliers.helperStep(open.store, FILE)).isFalse();
            open.write(FILE, "CH", "Schweiz".getBytes(StandardCharsets.UTF_8));
            assertThat(image(open)).containsExactly("CH=Schweiz");
            assertThat(open.files("dm")).noneMatch(file -> file.path().section().contains("*"));
        }
    }

    /** A server that is set up anew under the same name must not apply what the former one had put aside. */
    @ParameterizedTest
    @EnumSource
    @Tag("HB-016")
    void shouldForgetWhatIsDelayedAndEndItsHelpersWithTheServer(TestDatabase database) throws Exception {
        try (OpenStore open = OpenStore.create(database, folder)) {
            Applier applier = applier(open, "fromprod", true);
            beginLongClear(open, applier);
            Applier other = applier(open, "other", true);
            delay(other, transaction(written("IT", "Italia")));
            ReceivedTransaction[] delayed = new ReceivedTransaction[2_500];
            for (int i = 0; i < delayed.length; i++) {
                delayed[i] = transaction(written("delayed" + i, "x"));
            }
            delay(applier, delayed);

            assertThat(SlaveAppliers.forget(open.store, "fromprod")).isEqualTo(2_500);
            assertThat(image(open)).containsExactly("FR=France");
            Applier anew = applier(open, "fromprod", true);
            assertThat(anew.position()).isEmpty();
            assertThat(anew.pending()).isZero();
            assertThat(other.position()).isPresent();
            assertThat(other.pending()).isEqualTo(1);
        }
    }

    /** close opened files makes the node read what slave servers share again, at any time. */
    @ParameterizedTest
    @EnumSource
    @Tag("HB-099")
    void shouldLoseNothingOfWhatIsSharedWhileItIsReadAgain(TestDatabase database) throws Exception {
        ExecutorService operator = Executors.newSingleThreadExecutor();
        try (OpenStore open = OpenStore.create(database, folder)) {
            Applier applier = applier(open, "fromprod", true);
            apply(applier, transaction(new Update.AccountCreated(MD, DL), new Update.FileCreated(FILE, DL)));
            for (int i = 0; i < 60; i++) {
                FilePath made = FilePath.data("world", "made" + i);
                Future<?> closing = operator.submit(() -> {
                    open.store.slaveMemory().doubt();
                    open.store.slaveMemory().recall();
                    return null;
                });
                open.commit(work -> open.users.createFile(work, made, DL));
                assertThat(open.store.catalogue().file(made)).as("%s", made).isPresent();
                applyThroughDoubt(applier, transaction(written("item" + i, "x")));
                closing.get();
            }
            assertThat(image(open)).hasSize(60);
            List<FilePath> before =
                    open.files("world").stream().map(FileDefinition::path).toList();
            open.reopen();
            assertThat(open.files("world"))
                    .extracting(FileDefinition::path)
                    .isEqualTo(before)
                    .hasSize(123);
        } finally {
            operator.shutdown();
        }
    }

    /** While there is doubt nothing is changed; the session tries again. */
    private void applyThroughDoubt(Applier applier, ReceivedTransaction transaction) throws Exception {
        Position reached = new Position("history", transaction.number(), transaction.number() * 10);
        boolean applied = false;
        while (!applied) {
            try {
                applier.apply(List.of(transaction), reached);
                applied = true;
            } catch (ApplyBlockedException e) {
                assertThat(e.getMessage()).contains("read again");
            }
        }
    }

    /** A file of 6,000 items that is cleared, and one that was written since. */
    private void beginLongClear(OpenStore open, Applier applier) throws Exception {
        apply(applier, transaction(new Update.AccountCreated(MD, DL), new Update.FileCreated(FILE, DL)));
        Update[] many = new Update[6_000];
        for (int i = 0; i < many.length; i++) {
            many[i] = written("old" + i, "x");
        }
        apply(applier, transaction(many));
        apply(applier, transaction(new Update.FileCleared(FILE)), transaction(written("FR", "France")));
        assertThat(open.store.helperTasks().of(FILE)).isPresent();
    }

    private static void delay(Applier applier, ReceivedTransaction... transactions) throws Exception {
        long last = transactions[transactions.length - 1].number();
        applier.delay(List.of(transactions), new Position("history", last, last * 10));
    }

    private static int helperSteps(OpenStore open) throws Exception {
        int steps = 0;
        while (!open.store.helperTasks().all().isEmpty()) {
            for (HelperTask task : open.store.helperTasks().all()) {
                SlaveAppliers.helperStep(open.store, task.file());
                steps++;
            }
        }
        return steps;
    }

    @ParameterizedTest
    @EnumSource
    @Tag("HB-161")
    @Tag("HB-181")
    void shouldPutABlockedTransactionIntoLostAndFoundByTheReason(TestDatabase database) throws Exception {
        try (OpenStore open = OpenStore.create(database, folder)) {
            Applier applier = applier(open, "fromprod", true);
            for (ApplyBlockedException.Cause why : ApplyBlockedException.Cause.values()) {
                ReceivedTransaction blocked = transaction(written("CH", "Schweiz"));
                applier.setAside(blocked, why, "why", new Position("history", number, number * 10));
            }
            assertThat(open.items(SlaveFiles.LOST_AND_FOUND, null, 10))
                    .extracting(item -> LostItem.of(item.id(), item.body()).type())
                    .containsExactlyInAnyOrder(
                            LostAndFoundType.TIME_OUT, LostAndFoundType.SERVER_RESET, LostAndFoundType.INTERNAL_ERROR);
            assertThat(applier.position()).contains(new Position("history", 3, 30));
        }
    }

    @ParameterizedTest
    @EnumSource
    @Tag("HB-015")
    @Tag("HB-055")
    void shouldLogWhatItAppliesForTheNextSlaveIfAskedTo(TestDatabase database) throws Exception {
        try (OpenStore open = OpenStore.create(database, folder)) {
            open.store.logSettings(OpenStore.DL_ONLY);
            Applier quiet = applier(open, "fromprod", true);
            apply(quiet, transaction(written("CH", "Schweiz")));
            assertThat(open.store.log().take(100, 0)).isEmpty();

            Applier cascade = new SlaveApplier(
                    open.store,
                    new SlaveBatch.Rules("fromprod", true, true, SystemAccount::isProtected),
                    new OpenedFiles());
            apply(cascade, transaction(written("CH", "Suisse")), transaction(written("FR", "France"), deleted("CH")));
            List<LogEntry> entries = open.store.log().take(100, 0);
            assertThat(entries).as("one for each transaction").hasSize(2);
            assertThat(LogEntryCodec.decode(entries.get(1).payload())).hasSize(2);
        }
    }

    /** Log slave update turned off, or a restart, and the queue's old updates went back to where they came from. */
    @ParameterizedTest
    @EnumSource
    @Tag("HB-015")
    @Tag("SUB-20")
    void shouldKnowWhoseUpdatesTheLogHoldsUpToWhere(TestDatabase database) throws Exception {
        try (OpenStore open = OpenStore.create(database, folder)) {
            open.logSettings(OpenStore.DL_ONLY);
            Applier cascade = cascade(open, "fromprod");
            assertThat(cascade.receives(List.of("prod", "before prod"), true)).isTrue();
            assertThat(cascade.receives(List.of("prod", "before prod"), true)).isFalse();
            assertThat(open.store.sources().loggedAfter(0)).as("not yet").isEmpty();
            apply(cascade, transaction(written("CH", "Schweiz")), transaction(written("CH", "Suisse")));
            long last = open.store.log().lastCommitted();
            assertThat(open.store.sources().loggedAfter(last - 1)).containsExactly("before prod", "prod");
            open.reopen();

            assertThat(open.store.sources().of("fromprod").received()).containsExactly("prod", "before prod");
            assertThat(open.store.sources().loggedAfter(last - 1)).containsExactly("before prod", "prod");
            assertThat(open.store.sources().loggedAfter(last)).isEmpty();
            apply(applier(open, "fromprod", true), transaction(written("CH", "Svizzera")));
            assertThat(open.store.sources().loggedAfter(last)).as("not logged").isEmpty();
            assertThat(cascade(open, "fromprod").receives(List.of("prod"), true))
                    .isFalse();
        }
    }

    /** What is delayed is logged only when it is applied: perhaps long after its master stopped to pass it on. */
    @ParameterizedTest
    @EnumSource
    @Tag("HB-015")
    @Tag("HB-016")
    void shouldNotForgetWhoseUpdatesAreDelayed(TestDatabase database) throws Exception {
        try (OpenStore open = OpenStore.create(database, folder)) {
            open.logSettings(OpenStore.DL_ONLY);
            Applier quiet = applier(open, "fromprod", true);
            quiet.position();
            quiet.receives(List.of("prod", "before prod"), true);
            quiet.delay(List.of(transaction(written("CH", "Schweiz"))), new Position("history", 1, 10));
            quiet.receives(List.of("prod"), true);
            open.reopen();
            Applier cascade = cascade(open, "fromprod");
            cascade.position();
            cascade.receives(List.of("prod", "another"), true);
            cascade.applyDelayed(10);

            assertThat(open.store.sources().loggedAfter(0)).containsExactly("another", "before prod", "prod");
            assertThat(cascade.receives(List.of("prod"), true)).isTrue();
            assertThat(open.store.sources().of("fromprod").received()).containsExactly("prod");
        }
    }

    /** The node did not start. */
    @ParameterizedTest
    @EnumSource
    @Tag("HB-171")
    @Tag("SUB-20")
    void shouldStartIfItCannotReadWhatAHelperHadToDo(TestDatabase database) throws Exception {
        try (OpenStore open = OpenStore.create(database, folder)) {
            ItemId id = ItemId.of("hb*fromprod*7");
            open.commit(work -> open.system.write(work, SlaveFiles.JOBS, id, "r\u00FEdm".getBytes(ISO_8859_1)));
            open.reopen();

            assertThat(open.store.unreadableTasks()).containsExactly(id);
            assertThat(open.store.helperTasks().all()).isEmpty();
        }
    }

    /** The node did not start, and its message did not say which item was damaged. */
    @ParameterizedTest
    @EnumSource
    @Tag("HB-015")
    @Tag("SUB-20")
    void shouldStartAndTrustNobodyIfItCannotReadWhoseUpdatesTheLogHolds(TestDatabase database) throws Exception {
        try (OpenStore open = OpenStore.create(database, folder)) {
            open.logSettings(OpenStore.DL_ONLY);
            Applier cascade = cascade(open, "fromprod");
            cascade.position();
            cascade.receives(List.of("prod", "before prod"), true);
            apply(cascade, transaction(written("CH", "Schweiz")));
            long last = open.store.log().lastCommitted();
            cascade.delay(List.of(transaction(written("CH", "Suisse"))), new Position("history", 2, 20));
            open.commit(work -> open.system.write(
                    work, SourcesItems.FILE, ItemId.of("fromprod"), "prod\u00FEprod".getBytes(ISO_8859_1)));
            open.reopen();

            assertThat(open.store.unreadableSources()).containsExactly("fromprod");
            assertThat(open.store.sources().of("fromprod").received()).containsExactly(Sources.UNKNOWN);
            assertThat(open.store.sources().loggedAfter(last - 1)).containsExactly(Sources.UNKNOWN);
            assertThat(open.store.sources().loggedAfter(last)).isEmpty();
            assertThat(open.store.sources().unlogged("fromprod"::equals))
                    .as("perhaps a slave missed something")
                    .containsExactly("fromprod");
            open.reopen();
            assertThat(open.store.unreadableSources()).as("it is made anew").isEmpty();
            assertThat(open.store.sources().loggedAfter(last - 1)).containsExactly(Sources.UNKNOWN);

            cascade = cascade(open, "fromprod");
            cascade.position();
            cascade.receives(List.of("prod"), true);
            cascade.applyDelayed(10);
            assertThat(open.store.sources().loggedAfter(last))
                    .as("what is delayed is nobody knows whose")
                    .containsExactly(Sources.UNKNOWN, "prod");
            cascade.receives(List.of("prod"), true);
            assertThat(open.store.sources().of("fromprod").received()).containsExactly("prod");
        }
    }

    /** Turned off and on again, the next slave silently missed what was applied meanwhile (ADR 9). */
    @ParameterizedTest
    @EnumSource
    @Tag("HB-015")
    @Tag("HB-149")
    void shouldLeaveAGapIfItLogsAgainWhatItDidNotLogMeanwhile(TestDatabase database) throws Exception {
        try (OpenStore open = OpenStore.create(database, folder)) {
            open.logSettings(OpenStore.DL_ONLY);
            apply(cascade(open, "fromprod"), transaction(written("CH", "Schweiz")));
            long last = open.takeLogged().get(0).lsn();
            assertThat(open.store.logFromNowOn("fromprod"::equals))
                    .as("nothing is missed")
                    .isFalse();
            apply(applier(open, "fromprod", true), transaction(written("CH", "Suisse")));
            open.reopen();
            open.takeLogged();
            assertThat(open.store.logFromNowOn("another"::equals)).isFalse();
            assertThat(open.store.logFromNowOn("fromprod"::equals)).isTrue();
            assertThat(open.store.log().lastEnqueued()).as("known at once").isGreaterThan(last);
            assertThat(open.store.logFromNowOn("fromprod"::equals)).as("once").isFalse();
            open.reopen();
            open.takeLogged();
            apply(cascade(open, "fromprod"), transaction(written("CH", "Svizzera")));

            assertThat(open.takeLogged()).singleElement().satisfies(entry -> assertThat(entry.previousLsn())
                    .isGreaterThan(last));
            assertThat(open.store.logFromNowOn("fromprod"::equals)).isFalse();
        }
    }

    /** A commit that failed had happened: that it was not logged was on the disk, and not in memory. */
    @ParameterizedTest
    @EnumSource
    @Tag("HB-015")
    void shouldLeaveAGapForWhatACommitInDoubtDidNotLog(TestDatabase database) throws Exception {
        try (OpenStore open = OpenStore.create(database, folder)) {
            open.logSettings(OpenStore.DL_ONLY);
            apply(cascade(open, "fromprod"), transaction(written("CH", "Schweiz")));
            Sources onTheDisk = open.store.sources().of("fromprod").withUnlogged(true);
            open.store.database().inTransaction(connection -> {
                open.store.sources().write(connection, "fromprod", onTheDisk);
                return null;
            });
            open.store.slaveMemory().doubt();

            assertThat(open.store.logFromNowOn("fromprod"::equals)).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    @Tag("HB-015")
    void shouldLeaveNoGapIfNobodyCouldMissAnything(TestDatabase database) throws Exception {
        try (OpenStore open = OpenStore.create(database, folder)) {
            apply(applier(open, "fromprod", true), transaction(written("CH", "Schweiz")));
            assertThat(open.store.logFromNowOn("fromprod"::equals))
                    .as("there was no master server")
                    .isFalse();
            open.logSettings(OpenStore.DL_ONLY);
            apply(applier(open, "fromprod", true), transaction(new Update.RangeChecked(FILE, check(1, false))));
            assertThat(open.store.logFromNowOn("fromprod"::equals))
                    .as("a check changes nothing")
                    .isFalse();
            open.logSettings(OpenStore.DL_ONLY.withEnqueuing(false));
            apply(applier(open, "fromprod", true), transaction(written("CH", "Suisse")));
            assertThat(open.store.logFromNowOn("fromprod"::equals))
                    .as("it is missed, enqueued or not")
                    .isTrue();
        }
    }

    private static Applier cascade(OpenStore open, String server) {
        return new SlaveApplier(
                open.store, new SlaveBatch.Rules(server, true, true, SystemAccount::isProtected), new OpenedFiles());
    }

    /** As the manual lists them (HB-122), with what later releases added, and the users. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "abs",
                "accounts",
                "alarm.file",
                "backgrounds",
                "devs",
                "errors",
                "file-of-files",
                "hb.log",
                "jobs",
                "pibs",
                "resizing",
                "tcl-stack",
                "users"
            })
    @Tag("HB-122")
    @Tag("SUB-19")
    void shouldNeverChangeASystemFileOfAccountDmWhateverItsMasterSends(String name) throws Exception {
        try (OpenStore open = OpenStore.create(TestDatabase.H2, folder)) {
            Applier applier = applier(open, "fromprod", true);
            apply(applier, transaction(new Update.AccountCreated(MD, DL)));
            List<FileDefinition> before = open.files("dm");
            for (FilePath protectedFile : List.of(
                    FilePath.data("dm", name),
                    FilePath.dictionary("dm", name),
                    FilePath.data("dm", name, "section"),
                    FilePath.masterDictionary("dm"))) {
                for (Update update : List.of(
                        new Update.ItemWritten(protectedFile, ItemId.of("1"), new byte[1]),
                        new Update.ItemDeleted(protectedFile, ItemId.of("1")),
                        new Update.FileCleared(protectedFile),
                        new Update.FileCreated(protectedFile, DL),
                        new Update.FileRedefined(protectedFile, DL),
                        new Update.FileDeleted(protectedFile))) {
                    assertOutcome(apply(applier, transaction(update)), 0, 1);
                }
            }
            assertOutcome(
                    apply(applier, transaction(new Update.AccountDeleted(FilePath.masterDictionary("dm")))), 0, 1);
            assertThat(open.files("dm")).isEqualTo(before);

            FilePath elsewhere = FilePath.data("world", name);
            assertOutcome(
                    apply(applier, transaction(new Update.ItemWritten(elsewhere, ItemId.of("1"), new byte[1]))), 1, 0);
            assertThat(open.read(elsewhere, "1")).hasSize(1);
            FilePath other = FilePath.data("dm", name + ".of.ours");
            assertOutcome(
                    apply(applier, transaction(new Update.ItemWritten(other, ItemId.of("1"), new byte[1]))), 1, 0);
        }
    }

    /** So that nothing which knows a section by its number ever takes another one for it. */
    @ParameterizedTest
    @EnumSource
    @Tag("SUB-7")
    void shouldNeverGiveANumberTwice(TestDatabase database) throws Exception {
        try (OpenStore open = OpenStore.create(database, folder)) {
            Set<Integer> numbers = new HashSet<>();
            for (int i = 0; i < 5; i++) {
                Applier applier = applier(open, "fromprod", true);
                apply(applier, transaction(new Update.AccountCreated(MD, DL), new Update.FileCreated(FILE, DL)));
                int given = open.store.catalogue().file(FILE).orElseThrow().number();
                assertThat(numbers.add(given)).as("number %d", given).isTrue();
                apply(applier, transaction(written("CH", "Schweiz")));
                apply(applier, transaction(new Update.FileDeleted(FILE.definedIn())));
                open.reopen();
                FilePath next = FilePath.data("world", "next" + i);
                Applier again = applier(open, "fromprod", true);
                apply(again, transaction(new Update.FileCreated(next, DL)));
                given = open.store.catalogue().file(next).orElseThrow().number();
                assertThat(numbers.add(given)).as("number %d", given).isTrue();
                assertThat(open.count(next)).isZero();
            }
        }
    }

    private static Applier applier(OpenStore open, String server, boolean autoCreate) {
        return new SlaveApplier(
                open.store,
                new SlaveBatch.Rules(server, autoCreate, false, SystemAccount::isProtected),
                new OpenedFiles());
    }

    private static void assertOutcome(Applier.Outcome outcome, int applied, int lostAndFound) {
        assertThat(outcome.applied()).isEqualTo(applied);
        assertThat(outcome.lostAndFound()).isEqualTo(lostAndFound);
        assertThat(outcome.lost().isPresent()).isEqualTo(lostAndFound > 0);
    }

    private Applier.Outcome apply(Applier applier, ReceivedTransaction... transactions) throws ApplyBlockedException {
        long last = transactions[transactions.length - 1].number();
        return applier.apply(List.of(transactions), new Position("history", last, last * 10));
    }

    private ReceivedTransaction transaction(Update... updates) {
        number++;
        return new ReceivedTransaction(
                number, new LogEntry(number * 10, (number - 1) * 10, 1, LogEntryCodec.encode(List.of(updates))));
    }

    private static Update written(String id, String body) {
        return new Update.ItemWritten(FILE, ItemId.of(id), body.getBytes(StandardCharsets.UTF_8));
    }

    private static Update deleted(String id) {
        return new Update.ItemDeleted(FILE, ItemId.of(id));
    }

    private static List<String> image(OpenStore open) throws Exception {
        List<String> image = new ArrayList<>();
        for (StoredItem item : open.items(FILE, null, 100_000)) {
            image.add(item.id() + "=" + new String(item.body(), StandardCharsets.UTF_8));
        }
        return image;
    }
}
