package org.hotbackup.apply;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.model.DPointer;
import org.hotbackup.model.DynamicArray;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.ItemId;
import org.hotbackup.model.RangeCheck;
import org.hotbackup.model.Update;
import org.hotbackup.model.Update.AccountCreated;
import org.hotbackup.model.Update.AccountDeleted;
import org.hotbackup.model.Update.FileCleared;
import org.hotbackup.model.Update.FileCreated;
import org.hotbackup.model.Update.FileDeleted;
import org.hotbackup.model.Update.FileRedefined;
import org.hotbackup.model.Update.ItemDeleted;
import org.hotbackup.model.Update.ItemWritten;
import org.hotbackup.model.Update.RangeChecked;
import org.hotbackup.replication.ReceivedTransaction;
import org.hotbackup.txlog.LogEntry;
import org.hotbackup.txlog.LogEntryCodec;
import org.hotbackup.verify.CheckReport;
import org.hotbackup.verify.CheckReport.Finding;
import org.hotbackup.verify.RangeSum;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The slave's rules, over a database in memory. */
class SlaveBatchTest {

    private static final LocalDateTime NOW = LocalDateTime.of(1991, 5, 17, 10, 30, 15);
    private static final FilePath MD = FilePath.masterDictionary("world");
    private static final FilePath FILE = FilePath.data("world", "countries");
    private static final FilePath OTHER = FilePath.data("world", "rivers");
    private static final DPointer DL = DPointer.of("DL", 7);

    private final MemoryImage image = new MemoryImage();
    private final HelperTasks tasks = new HelperTasks();
    private Overtaken overtaken = new Overtaken();
    private final OpenedFiles opened = new OpenedFiles();
    private boolean autoCreate = true;
    private boolean logSlaveUpdate;
    private LocalDateTime now = NOW;
    private long number = 1040;

    @BeforeEach
    void createAccountAndFile() {
        perform(new AccountCreated(MD, DL), new FileCreated(FILE, DL));
        number = 1040;
    }

    private SlaveBatch.Rules rules() {
        return new SlaveBatch.Rules(
                "fromprod", autoCreate, logSlaveUpdate, path -> path.account().equals("dm"));
    }

    private interface Work<T> {
        T in(SlaveBatch batch);
    }

    private <T> T batch(Work<T> work) {
        HelperTasks.Changes changes = tasks.change();
        Overtaken.Changes overtakes = overtaken.change();
        SlaveBatch batch = new SlaveBatch(rules(), opened, image, changes, overtakes, now, 1039);
        T result = work.in(batch);
        batch.finish();
        changes.commit();
        return result;
    }

    private Optional<String> perform(Update... updates) {
        return batch(batch -> batch.perform(transaction(updates)));
    }

    private Transaction transaction(Update... updates) {
        number++;
        return Transaction.decode(
                new ReceivedTransaction(number, new LogEntry(number, 0, 1, LogEntryCodec.encode(List.of(updates)))));
    }

    private boolean helperSteps(FilePath file) {
        HelperTasks.Changes changes = tasks.change();
        boolean more = Helper.step(file, image, changes, NOW);
        changes.commit();
        return more;
    }

    private static ItemWritten write(FilePath file, String id, String body) {
        return new ItemWritten(file, ItemId.of(id), body.getBytes(UTF_8));
    }

    private static ItemDeleted delete(FilePath file, String id) {
        return new ItemDeleted(file, ItemId.of(id));
    }

    private void fill(FilePath file, int items) {
        perform(IntStream.range(0, items)
                .mapToObj(i -> write(file, "old" + i, "x"))
                .toArray(Update[]::new));
    }

    private String body(FilePath file, String id) {
        return image.read(file, ItemId.of(id))
                .map(body -> new String(body, UTF_8))
                .orElse(null);
    }

    private List<LostItem> lost() {
        return image.of(SlaveFiles.LOST_AND_FOUND).entrySet().stream()
                .map(item -> LostItem.of(item.getKey(), item.getValue()))
                .toList();
    }

    @Nested
    class Checks {

        private List<CheckReport> reports(Update... updates) {
            return batch(batch -> {
                assertThat(batch.perform(transaction(updates))).isEmpty();
                return batch.reports();
            });
        }

        private RangeChecked nothingIn(FilePath file) {
            return new RangeChecked(
                    file,
                    new RangeCheck(
                            5, Optional.empty(), Optional.empty(), 0, 0, new RangeSum().digest(), Optional.empty()));
        }

        @Test
        void shouldSeeWhatStandsBeforeItInItsOwnTransaction() {
            List<CheckReport> reports = reports(
                    nothingIn(FILE),
                    write(FILE, "CH", "Schweiz"),
                    nothingIn(FILE),
                    delete(FILE, "CH"),
                    nothingIn(FILE));

            assertThat(reports)
                    .extracting(CheckReport::finding)
                    .containsExactly(Finding.EQUAL, Finding.DIFFERENT, Finding.EQUAL);
        }

        @Test
        void shouldChangeNothingAndCreateNothing() {
            autoCreate = true;
            logSlaveUpdate = true;
            assertThat(reports(nothingIn(OTHER))).containsExactly(CheckReport.of(5, Finding.NO_FILE));
            assertThat(image.file(OTHER)).isEmpty();
            assertThat(lost()).isEmpty();
        }

        @Test
        void shouldNotCompareAFileWithAHoldFileUntilItIsMerged() {
            fill(FILE, Helper.CLEARED_AT_ONCE + 2);
            perform(new FileCleared(FILE));
            assertThat(reports(nothingIn(FILE))).containsExactly(CheckReport.of(5, Finding.NOT_SETTLED));

            boolean more = true;
            while (more) {
                more = helperSteps(FILE);
            }
            assertThat(reports(nothingIn(FILE))).containsExactly(CheckReport.of(5, Finding.EQUAL));
        }
    }

    @Nested
    class AutoCreate {

        @Test
        @Tag("HB-017")
        @Tag("HB-060")
        @Tag("SUB-10")
        void shouldCreateAccountAndFileThatAreMissing() {
            FilePath missing = FilePath.data("europe", "cities", "big");
            assertThat(perform(write(missing, "1", "Bern"))).isEmpty();
            assertThat(body(missing, "1")).isEqualTo("Bern");
            assertThat(image.file(missing).orElseThrow().pointer().modulo()).isEqualTo(101);
            assertThat(lost()).isEmpty();
        }

        /** Somebody deleted a file on the slave, and it came back with one item in it and without a word. */
        @Test
        @Tag("HB-017")
        void shouldTellOnceWhatItCreatedBecauseAnUpdateNeededIt() {
            List<FilePath> created = batch(batch -> {
                batch.perform(transaction(write(OTHER, "1", "Rhein")));
                batch.perform(transaction(write(OTHER, "2", "Aare"), write(FILE, "CH", "Schweiz")));
                batch.perform(transaction(write(FilePath.data("europe", "cities"), "1", "Bern")));
                batch.perform(transaction(new FileCreated(FilePath.data("world", "lakes"), DL)));
                return batch.created();
            });

            assertThat(created)
                    .containsExactly(OTHER, FilePath.masterDictionary("europe"), FilePath.data("europe", "cities"));
        }

        @Test
        @Tag("HB-017")
        @Tag("HB-160")
        @Tag("SUB-10")
        void shouldKeepInLostAndFoundWhatHasNoFileWhenItIsOff() {
            autoCreate = false;
            assertThat(perform(write(OTHER, "1", "Rhein")))
                    .hasValueSatisfying(r -> assertThat(r).contains("world,rivers"));
            assertThat(image.file(OTHER)).isEmpty();
            assertThat(lost()).singleElement().satisfies(item -> {
                assertThat(item.type()).isEqualTo(LostAndFoundType.CANNOT_BE_PERFORMED);
                assertThat(item.updates()).hasSize(1);
            });
            assertThat(opened.failedCount()).isEqualTo(1);
        }

        @Test
        @Tag("HB-122")
        @Tag("SUB-19")
        void shouldNeverTouchTheSystemsFilesInAccountDm() {
            FilePath jobs = FilePath.data("dm", "jobs");
            assertThat(perform(write(FILE, "1", "x"), write(jobs, "1", "x"))).isPresent();
            assertThat(body(FILE, "1")).as("the whole transaction is kept").isNull();
            assertThat(image.of(jobs)).isEmpty();
            FilePath sameName = FilePath.data("world", "jobs");
            assertThat(perform(write(sameName, "1", "x"))).isEmpty();
            assertThat(body(sameName, "1")).isEqualTo("x");
        }
    }

    @Nested
    class LargeFiles {

        @ParameterizedTest
        @CsvSource({"1, 1, false", "100, 100, false", "101, 101, false", "102, 101, true", "9973, 101, true"})
        @Tag("HB-019")
        @Tag("SUB-5")
        void shouldCreateWithModulo101AtOnceAndLetAHelperResize(int modulo, int atOnce, boolean helped) {
            perform(new FileCreated(OTHER, DL.withModulo(modulo)));
            assertThat(image.file(OTHER).orElseThrow().pointer().modulo()).isEqualTo(atOnce);
            assertThat(tasks.of(OTHER).isPresent()).isEqualTo(helped);
            perform(write(OTHER, "1", "usable at once"));
            assertThat(body(OTHER, "1")).isEqualTo("usable at once");
            while (helperSteps(OTHER)) {
                assertThat(tasks.of(OTHER)).isPresent();
            }
            assertThat(image.file(OTHER).orElseThrow().pointer().modulo()).isEqualTo(modulo);
            assertThat(tasks.all()).isEmpty();
        }

        @Test
        @Tag("HB-019")
        @Tag("HB-171")
        void shouldGoOnWithAHelpersTaskAfterARestart() {
            perform(new FileCreated(OTHER, DL.withModulo(499)));
            HelperTasks afterRestart = new HelperTasks();
            afterRestart.load(image);
            assertThat(afterRestart.of(OTHER)).isEqualTo(tasks.of(OTHER)).isPresent();
            helperSteps(OTHER);
            afterRestart.load(image);
            assertThat(afterRestart.all()).isEmpty();
            DynamicArray job =
                    DynamicArray.of(image.of(SlaveFiles.JOBS).firstEntry().getValue());
            assertThat(job.extract(1)).isEqualTo("c");
        }

        /** The node did not start, and nobody was told which item it was. */
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "r",
                    "r^dm",
                    "r^dm^dm^^^^^^^^^^^^^^^^^fromprod^world,countries^seven^CLEARING^0",
                    "r^dm^dm^^^^^^^^^^^^^^^^^fromprod^countries^7^CLEARING^0",
                    "r^dm^dm^^^^^^^^^^^^^^^^^fromprod^world,countries^7^SWEEPING^0",
                    "r^dm^dm^^^^^^^^^^^^^^^^^fromprod^world,countries^8^CLEARING^0",
                    "x^dm^dm^^^^^^^^^^^^^^^^^fromprod^world,countries^7^CLEARING^0"
                })
        @Tag("HB-171")
        @Tag("SUB-20")
        void shouldNameATaskThatItCannotReadAndLeaveItAlone(String item) {
            ItemId id = ItemId.of("hb*fromprod*7");
            byte[] body = item.replace('^', '\u00FE').getBytes(ISO_8859_1);
            TreeMap<ItemId, Optional<byte[]>> damaged = new TreeMap<>();
            damaged.put(id, Optional.of(body));
            damaged.put(ItemId.of("0855537815A"), Optional.of("r".getBytes(ISO_8859_1)));
            image.write(SlaveFiles.JOBS, damaged);
            assertThat(tasks.load(image)).containsExactly(id);
            assertThat(tasks.all()).isEmpty();
            assertThat(image.read(SlaveFiles.JOBS, id)).contains(body);
        }

        /** What was held for a helper that nobody knows any more went into the file that was cleared later. */
        @Test
        @Tag("HB-018")
        @Tag("SUB-20")
        void shouldDropWhatWasHeldForATaskThatCannotBeReadWhenItsFileIsCleared() {
            fill(FILE, Helper.CLEARED_AT_ONCE + 2);
            perform(new FileCleared(FILE), write(FILE, "held", "x"));
            ItemId id = tasks.of(FILE).orElseThrow().id();
            TreeMap<ItemId, Optional<byte[]>> damaged = new TreeMap<>();
            damaged.put(id, Optional.of("r".getBytes(ISO_8859_1)));
            image.write(SlaveFiles.JOBS, damaged);
            assertThat(tasks.load(image)).containsExactly(id);

            perform(new FileCleared(FILE), write(FILE, "after", "y"));
            while (helperSteps(FILE)) {
                assertThat(tasks.of(FILE)).isPresent();
            }
            assertThat(image.of(FILE).keySet()).containsExactly(ItemId.of("after"));
            assertThat(tasks.load(image)).as("it was written anew").isEmpty();
        }

        @Test
        @Tag("SUB-4")
        @Tag("SUB-5")
        void shouldClearAFileThatIsBeingResizedAndResizeItAfterwards() {
            perform(new FileCreated(OTHER, DL.withModulo(499)));
            fill(OTHER, Helper.CLEARED_AT_ONCE + 2);
            perform(write(OTHER, "before", "x"), new FileCleared(OTHER), write(OTHER, "after", "y"));
            assertThat(tasks.of(OTHER).orElseThrow().phase()).isEqualTo(HelperTask.Phase.CLEARING);
            while (helperSteps(OTHER)) {
                assertThat(tasks.of(OTHER)).isPresent();
            }
            assertThat(image.of(OTHER).keySet()).containsExactly(ItemId.of("after"));
            assertThat(image.file(OTHER).orElseThrow().pointer().modulo()).isEqualTo(499);
            assertThat(tasks.all()).isEmpty();
        }

        @Test
        @Tag("SUB-5")
        void shouldKeepTheHelperThatResizesWhenAFewItemsAreCleared() {
            perform(new FileCreated(OTHER, DL.withModulo(499)));
            perform(write(OTHER, "before", "x"), new FileCleared(OTHER), write(OTHER, "after", "y"));
            assertThat(image.of(OTHER).keySet()).containsExactly(ItemId.of("after"));
            while (helperSteps(OTHER)) {
                assertThat(tasks.of(OTHER)).isPresent();
            }
            assertThat(image.file(OTHER).orElseThrow().pointer().modulo()).isEqualTo(499);
        }

        @Test
        @Tag("HB-019")
        void shouldResizeToTheLastModuloAskedFor() {
            perform(new FileCreated(OTHER, DL.withModulo(499)));
            perform(new FileRedefined(OTHER, DL.withModulo(997)));
            perform(new FileRedefined(FILE, DL.withModulo(11)));
            assertThat(image.file(FILE).orElseThrow().pointer().modulo()).isEqualTo(11);
            helperSteps(OTHER);
            assertThat(image.file(OTHER).orElseThrow().pointer().modulo()).isEqualTo(997);
            perform(new FileRedefined(OTHER, DL.withModulo(1999)), new FileRedefined(OTHER, DL.withModulo(3)));
            assertThat(tasks.all()).isEmpty();
            assertThat(image.file(OTHER).orElseThrow().pointer().modulo()).isEqualTo(3);
        }
    }

    @Nested
    class ClearFile {

        private FilePath hold;

        @BeforeEach
        void clearALargeFile() {
            fill(FILE, Helper.CLEARED_AT_ONCE + 2);
            perform(new FileCleared(FILE));
            hold = tasks.of(FILE).orElseThrow().hold();
        }

        private void letTheHelperFinish() {
            while (helperSteps(FILE)) {
                assertThat(tasks.of(FILE)).isPresent();
            }
            assertThat(image.file(hold)).isEmpty();
        }

        @Test
        @Tag("HB-018")
        @Tag("HB-020")
        @Tag("HB-021")
        @Tag("SUB-4")
        void shouldHoldWhatArrivesAfterTheClearUntilTheHelperIsDone() {
            assertThat(hold.section())
                    .isEqualTo("fromprod*" + image.file(FILE).orElseThrow().number());
            assertThat(image.file(hold).orElseThrow().pointer().modulo()).isEqualTo(31);
            perform(write(FILE, "old1", "new"), write(FILE, "CH", "Schweiz"));
            helperSteps(FILE);
            perform(write(FILE, "CH", "Suisse"), write(FILE, "FR", "France"), delete(FILE, "old3"));
            perform(delete(FILE, "FR"));
            assertThat(body(FILE, "CH")).isNull();
            letTheHelperFinish();
            assertThat(image.of(FILE)).hasSize(2);
            assertThat(body(FILE, "old1")).isEqualTo("new");
            assertThat(body(FILE, "CH")).isEqualTo("Suisse");
        }

        @Test
        @Tag("HB-020")
        @Tag("SUB-4")
        void shouldDropWhatIsHeldAtASecondClear() {
            perform(write(FILE, "CH", "Schweiz"));
            perform(write(FILE, "FR", "France"), new FileCleared(FILE), write(FILE, "IT", "Italia"));
            letTheHelperFinish();
            assertThat(image.of(FILE).keySet()).containsExactly(ItemId.of("IT"));
        }

        @Test
        @Tag("HB-020")
        @Tag("SUB-4")
        void shouldClearAgainWhatWasMergedAlready() {
            perform(write(FILE, "CH", "Schweiz"));
            while (tasks.of(FILE).orElseThrow().phase() != HelperTask.Phase.MERGING) {
                helperSteps(FILE);
            }
            helperSteps(FILE);
            assertThat(body(FILE, "CH")).isEqualTo("Schweiz");
            perform(new FileCleared(FILE));
            letTheHelperFinish();
            assertThat(image.of(FILE)).isEmpty();
        }

        /** What was held for the one that is gone is nothing of the one that took its place. */
        @Test
        @Tag("SUB-7")
        void shouldGiveNothingThatIsHeldToAFileThatTakesItsPlace() {
            perform(write(FILE, "CH", "Schweiz"));
            perform(new FileCreated(FILE, DL), write(FILE, "IT", "Italia"));
            assertThat(tasks.all()).isEmpty();
            assertThat(image.file(hold)).isEmpty();
            assertThat(helperSteps(FILE)).isFalse();
            assertThat(image.of(FILE).keySet()).containsExactly(ItemId.of("IT"));
        }

        @Test
        @Tag("SUB-5")
        void shouldCancelTheHelperWhenTheFileIsDeletedOrMadeAnew() {
            perform(write(FILE, "CH", "Schweiz"));
            perform(new FileDeleted(FILE));
            assertThat(tasks.all()).isEmpty();
            assertThat(image.file(hold)).isEmpty();
            assertThat(helperSteps(FILE)).isFalse();
            perform(new FileCreated(FILE, DL), write(FILE, "IT", "Italia"));
            assertThat(image.of(FILE)).hasSize(1);
        }

        @Test
        @Tag("SUB-5")
        void shouldCancelTheHelperWhenTheAccountIsDeleted() {
            perform(write(FILE, "CH", "Schweiz"), new AccountDeleted(MD));
            assertThat(tasks.all()).isEmpty();
            assertThat(image.file(hold)).isEmpty();
            assertThat(image.file(MD)).isEmpty();
        }

        @Test
        @Tag("SUB-5")
        void shouldResizeAfterTheClear() {
            perform(new FileRedefined(FILE, DL.withModulo(997)));
            assertThat(image.file(FILE).orElseThrow().pointer().modulo()).isEqualTo(7);
            perform(write(FILE, "CH", "Schweiz"));
            letTheHelperFinish();
            assertThat(image.file(FILE).orElseThrow().pointer().modulo()).isEqualTo(997);
            assertThat(body(FILE, "CH")).isEqualTo("Schweiz");
        }

        @Test
        @Tag("HB-018")
        void shouldGoOnAfterTheHelperDied() {
            perform(write(FILE, "CH", "Schweiz"));
            helperSteps(FILE);
            tasks.load(image);
            letTheHelperFinish();
            assertThat(image.of(FILE)).hasSize(1);
        }
    }

    @Test
    void shouldClearASmallFileAtOnce() {
        fill(FILE, 10);
        perform(write(FILE, "CH", "Schweiz"), new FileCleared(FILE), write(FILE, "FR", "France"));
        assertThat(tasks.all()).isEmpty();
        assertThat(image.of(FILE)).hasSize(1);
    }

    @Nested
    class DPointers {

        @Test
        @Tag("HB-030")
        void shouldTakeUpdateProtectionOff() {
            perform(new FileCreated(OTHER, DPointer.of("DUL", 3)));
            assertThat(image.file(OTHER).orElseThrow().pointer().code()).isEqualTo("DL");
            perform(new FileRedefined(OTHER, DPointer.of("dlu", 3)));
            assertThat(image.file(OTHER).orElseThrow().pointer().code()).isEqualTo("dl");
        }

        @Test
        @Tag("HB-030")
        void shouldTakeUpdateProtectionOffAnAccountToo() {
            FilePath account = FilePath.masterDictionary("shop");
            perform(new AccountCreated(account, DPointer.of("DUL", 3)));
            assertThat(image.file(account).orElseThrow().pointer().code()).isEqualTo("DL");
        }

        @ParameterizedTest
        @CsvSource({"callx check, 'callx world,bp, check'", "CALLX abs, 'callx lib,bp, abs'"})
        @Tag("HB-031")
        void shouldNameSubroutinesByExplicitPath(String correlative, String explicit) {
            perform(
                    new ItemWritten(MD, ItemId.of("check"), cataloged("bp")),
                    new ItemWritten(MD, ItemId.of("abs"), cataloged("lib,bp")));
            perform(new FileCreated(OTHER, DL.withCorrelatives(List.of(correlative, "A1+2"))));
            assertThat(image.file(OTHER).orElseThrow().pointer().correlatives()).containsExactly(explicit, "A1+2");
            assertThat(lost()).isEmpty();
        }

        private byte[] cataloged(String where) {
            return DynamicArray.ofAttributes("VR", "", "", "", where).bytes();
        }

        @Test
        @Tag("HB-031")
        @Tag("HB-161")
        @Tag("SUB-8")
        void shouldRemoveASubroutineThatIsNotThere() {
            perform(new FileCreated(OTHER, DL.withCorrelatives(List.of("callx nowhere", "callx a,b, sub"))));
            assertThat(image.file(OTHER).orElseThrow().pointer().correlatives()).containsExactly("callx a,b, sub");
            assertThat(lost()).singleElement().satisfies(item -> {
                assertThat(item.type()).isEqualTo(LostAndFoundType.CORRELATIVE_REMOVED);
                assertThat(new String(item.body(), UTF_8)).isEqualTo("callx nowhere");
            });
        }

        @ParameterizedTest
        @CsvSource({
            "'bcountries;1;2', 'bworld,countries,countries;1;2'",
            "'Bcountries,countries;1;2;3;+', 'Bworld,countries,countries;1;2;3;+'",
            "'bworld,countries,;1;2', 'bworld,countries,countries;1;2'",
            "'blands;1;2', 'bworld,countries,countries;1;2'"
        })
        @Tag("HB-032")
        void shouldNameBridgesByExplicitPath(String correlative, String explicit) {
            perform(new ItemWritten(
                    MD,
                    ItemId.of("lands"),
                    DynamicArray.ofAttributes("Q", "", "countries").bytes()));
            perform(new FileCreated(OTHER, DL.withCorrelatives(List.of(correlative))));
            assertThat(image.file(OTHER).orElseThrow().pointer().correlatives()).containsExactly(explicit);
        }

        @Test
        @Tag("HB-032")
        @Tag("HB-033")
        void shouldRemoveABridgeWithoutTargetAndLeaveOthers() {
            perform(new FileCreated(
                    OTHER, DL.withCorrelatives(List.of("bnowhere;1;2", "I1A1", "Tnowhere;X;1;1", "A(Tnowhere)"))));
            assertThat(image.file(OTHER).orElseThrow().pointer().correlatives())
                    .containsExactly("I1A1", "Tnowhere;X;1;1", "A(Tnowhere)");
            assertThat(lost()).extracting(LostItem::type).containsExactly(LostAndFoundType.CORRELATIVE_REMOVED);
        }

        /** They are one database transaction; should that ever end, the copy must be there first. */
        @ParameterizedTest
        @CsvSource({"false", "true"})
        @Tag("SUB-8")
        void shouldRemoveNothingThatIsNotInLostAndFoundYet(boolean account) {
            FilePath inTheWay = account ? FilePath.masterDictionary("dm") : MD;
            String name = account ? "europe" : "rivers";
            image.of(inTheWay).put(ItemId.of(name), "in the way".getBytes(UTF_8));
            image.failOnWriting(SlaveFiles.LOST_AND_FOUND);

            Update update =
                    account ? new AccountCreated(FilePath.masterDictionary(name), DL) : new FileCreated(OTHER, DL);
            assertThatThrownBy(() -> perform(update)).hasMessageContaining("lost+found");
            assertThat(body(inTheWay, name)).isEqualTo("in the way");
        }

        @Test
        @Tag("HB-161")
        @Tag("SUB-8")
        void shouldSaveAndDeleteWhatStandsInTheWayOfADPointer() {
            perform(write(MD, "rivers", "an item, not a file"));
            assertThat(perform(new FileCreated(OTHER, DL))).isEmpty();
            assertThat(image.file(OTHER)).isPresent();
            assertThat(body(MD, "rivers")).isNull();
            assertThat(lost()).singleElement().satisfies(item -> {
                assertThat(item.type()).isEqualTo(LostAndFoundType.DPOINTER_IN_THE_WAY);
                assertThat(new String(item.body(), UTF_8)).isEqualTo("an item, not a file");
            });
        }

        @Test
        @Tag("HB-161")
        @Tag("SUB-8")
        void shouldSaveAndRemoveAnItemNamedLikeAnAccount() {
            image.of(FilePath.masterDictionary("dm")).put(ItemId.of("europe"), "in the way".getBytes(UTF_8));
            perform(new AccountCreated(FilePath.masterDictionary("europe"), DL));
            assertThat(body(FilePath.masterDictionary("dm"), "europe")).isNull();
            assertThat(lost()).extracting(LostItem::type).containsExactly(LostAndFoundType.ACCOUNT_NAME_IN_THE_WAY);
        }

        @Test
        void shouldNotLetAnItemTakeTheNameOfAFile() {
            assertThat(perform(write(MD, "countries", "x")))
                    .hasValueSatisfying(reason -> assertThat(reason).contains("world,countries"));
            assertThat(perform(write(FILE.definedIn(), "countries", "x"))).isPresent();
        }
    }

    @Nested
    class LostAndFoundRecords {

        @Test
        @Tag("HB-162")
        void shouldSayEverythingAndHoldTheWholeBody() {
            autoCreate = false;
            ItemWritten update = new ItemWritten(OTHER, ItemId.of("1"), new byte[] {1, (byte) 0xFE, (byte) 0xFF, 0});
            perform(update);
            byte[] item = image.of(SlaveFiles.LOST_AND_FOUND).firstEntry().getValue();
            DynamicArray attributes = DynamicArray.of(item);
            assertThat(attributes.extract(1)).isEqualTo("6");
            assertThat(attributes.extract(2)).isEqualTo("write");
            assertThat(attributes.extract(3)).isEqualTo("fromprod");
            assertThat(attributes.extract(4)).isEqualTo("37815");
            assertThat(attributes.extract(5)).isEqualTo("8538");
            assertThat(attributes.extract(6)).isEqualTo("1041");
            assertThat(attributes.extract(7)).isEqualTo("1039");
            assertThat(attributes.extract(8)).contains("world,rivers");
            assertThat(attributes.extract(9)).isEqualTo("10:30:15  17 May 1991");
            assertThat(lost().get(0).body()).isEqualTo(LogEntryCodec.encode(List.of(update)));
            assertThat(lost().get(0).toItem()).isEqualTo(item);
        }

        @ParameterizedTest
        @CsvSource({
            "09, 1",
            "0100000000000000010900000000, 1",
            "01, 11",
            "010000000000000000FF, 11",
            "0100000000000000010100000005, 5"
        })
        @Tag("HB-161")
        void shouldSayWhatIsWrongWithAnEntryThatCannotBeRead(String hex, int type) {
            number++;
            byte[] payload = HexFormat.of().parseHex(hex);
            Transaction garbage =
                    Transaction.decode(new ReceivedTransaction(number, new LogEntry(number, 0, 1, payload)));
            Optional<String> why = batch(batch -> batch.perform(garbage));
            assertThat(why).isPresent();
            assertThat(lost()).singleElement().satisfies(item -> {
                assertThat(item.type().number()).isEqualTo(type);
                assertThat(item.operation()).isEqualTo("?");
                assertThat(item.body()).isEqualTo(payload);
            });
        }

        @Test
        @Tag("HB-161")
        @Tag("HB-184")
        void shouldKeepADelayedUpdateThatFailsAsType10AndGoOn() {
            autoCreate = false;
            Transaction bad = transaction(write(OTHER, "1", "x"));
            Transaction good = transaction(write(FILE, "1", "x"));
            batch(batch -> {
                assertThat(batch.performDelayed(bad)).isPresent();
                return batch.performDelayed(good);
            });
            assertThat(lost()).extracting(LostItem::type).containsExactly(LostAndFoundType.DELAYED);
            assertThat(body(FILE, "1")).isEqualTo("x");
        }
    }

    @Nested
    class Replays {

        private List<ItemId> records() {
            return List.copyOf(image.of(SlaveFiles.LOST_AND_FOUND).keySet());
        }

        private void loseTwoTransactions() {
            autoCreate = false;
            perform(write(OTHER, "1", "first"), write(FILE, "A", "lost"), write(FILE, "B", "lost"));
            perform(write(OTHER, "1", "second"));
        }

        private void replay(ItemId id) {
            batch(batch -> {
                new Replay(id, image).perform(batch, image);
                Replay.remove(id, image);
                return null;
            });
        }

        @Test
        void shouldSayWhatItWouldChangeAndChangeNothing() {
            loseTwoTransactions();
            perform(write(FILE, "A", "newer"));
            String difference = new Replay(records().get(0), image).difference(image);
            assertThat(difference.lines())
                    .containsExactly(
                            "Upd itm '1' in 'world,rivers': would be created with 5 bytes, but its file has to be created"
                                    + " first",
                            "Upd itm 'A' in 'world,countries': was updated since, is left alone",
                            "Upd itm 'B' in 'world,countries': would be created with 4 bytes");
            assertThat(body(FILE, "B")).isNull();
            assertThat(records()).hasSize(2);
        }

        @Test
        void shouldLeaveAloneWhatWasUpdatedSince() {
            loseTwoTransactions();
            perform(write(FILE, "A", "newer"));
            perform(new FileCreated(OTHER, DL));
            replay(records().get(0));
            assertThat(body(FILE, "A")).isEqualTo("newer");
            assertThat(body(FILE, "B")).isEqualTo("lost");
            assertThat(body(OTHER, "1")).isNull();
            assertThat(records()).hasSize(1);
            replay(records().get(0));
            assertThat(image.of(SlaveFiles.REPLAYABLE)).isEmpty();
        }

        @Test
        void shouldKnowWhatWasOvertakenAfterARestart() {
            loseTwoTransactions();
            overtaken = new Overtaken();
            overtaken.load(image);
            perform(write(FILE, "A", "newer"));
            ItemId third = setAside(write(FILE, "B", "youngest"));
            assertOlderFirst(third, records().get(0));
            perform(new FileCreated(OTHER, DL));
            replay(records().get(0));
            replay(third);
            assertThat(body(FILE, "A")).isEqualTo("newer");
            assertThat(body(FILE, "B")).isEqualTo("youngest");
        }

        /** The file was created again and used since: it must not be deleted with its dictionary. */
        @Test
        void shouldLeaveAloneAFileThatIsUsedAgainSinceItsDictionaryWasToBeDeleted() {
            batch(batch -> {
                batch.setAside(
                        LostAndFoundType.TIME_OUT,
                        transaction(new FileDeleted(FILE.definedIn())),
                        "an operator said so");
                return null;
            });
            perform(new FileCreated(FILE, DL), write(FILE, "A", "newer"));
            replay(records().get(0));
            assertThat(body(FILE, "A")).isEqualTo("newer");
            assertThat(records()).isEmpty();
        }

        @Test
        void shouldLeaveAloneAnAccountThatIsUsedAgainSinceItWasToBeDeleted() {
            batch(batch -> {
                batch.setAside(LostAndFoundType.TIME_OUT, transaction(new AccountDeleted(MD)), "an operator said so");
                return null;
            });
            perform(write(FILE, "A", "newer"));
            replay(records().get(0));
            assertThat(body(FILE, "A")).isEqualTo("newer");
        }

        @Test
        void shouldReplayInTheOrderOfEachItem() {
            loseTwoTransactions();
            image.perform(new FileCreated(OTHER, DL));
            ItemId first = records().get(0);
            ItemId second = records().get(1);
            assertThatThrownBy(() -> replay(second)).isInstanceOf(Refusal.class).hasMessageContaining(first.toString());
            assertThat(body(OTHER, "1")).isNull();
            replay(first);
            assertThat(body(OTHER, "1")).isEqualTo("first");
            replay(second);
            assertThat(body(OTHER, "1")).isEqualTo("second");
            assertThat(records()).isEmpty();
        }

        private ItemId recordOf(long transaction) {
            return lost().stream()
                    .filter(item -> item.transaction() == transaction)
                    .map(LostItem::id)
                    .findFirst()
                    .orElseThrow();
        }

        private ItemId setAside(Update... updates) {
            Transaction transaction = transaction(updates);
            batch(batch -> {
                batch.setAside(LostAndFoundType.TIME_OUT, transaction, "an operator wants it");
                return null;
            });
            return recordOf(number);
        }

        private void assertOlderFirst(ItemId younger, ItemId older) {
            assertThatThrownBy(() -> replay(younger))
                    .isInstanceOf(Refusal.class)
                    .hasMessageContaining(older.toString());
        }

        /** Engine review, finding 4: ids were compared as text, and -10 stands before -9. */
        @Test
        void shouldReplayTransaction9Before10OfOneBatch() {
            autoCreate = false;
            number = 8;
            Transaction nine = transaction(write(OTHER, "x", "older"));
            Transaction ten = transaction(write(OTHER, "x", "younger"));
            batch(batch -> {
                batch.perform(nine);
                return batch.perform(ten);
            });
            image.perform(new FileCreated(OTHER, DL));

            assertOlderFirst(recordOf(10), recordOf(9));
            replay(recordOf(9));
            replay(recordOf(10));
            assertThat(body(OTHER, "x")).isEqualTo("younger");
        }

        /** Engine review, finding 4: nor does the clock say which is older. */
        @Test
        void shouldReplayInOrderAfterTheClockWasSetBack() {
            ItemId first = setAside(write(FILE, "x", "older"));
            now = NOW.minusHours(1);
            ItemId second = setAside(write(FILE, "x", "younger"));

            assertOlderFirst(second, first);
            replay(first);
            replay(second);
            assertThat(body(FILE, "x")).isEqualTo("younger");
        }

        /** Engine review, finding 6: the file that the master made anew must not be deleted. */
        @Test
        void shouldLeaveAFileAloneThatWasMadeAnewSinceItsDeletionWasLost() {
            ItemId record = setAside(new FileDeleted(FILE.definedIn()));
            perform(new FileCreated(FILE, DL), write(FILE, "1", "new"));
            assertThat(new Replay(record, image).transaction().updates()).isEmpty();
            replay(record);
            assertThat(body(FILE, "1")).isEqualTo("new");
        }

        /** Engine review, finding 6: nor an account in which something was updated. */
        @Test
        void shouldLeaveAnAccountAloneInWhichAFileWasUpdatedSince() {
            ItemId record = setAside(new AccountDeleted(MD));
            perform(write(FILE, "1", "new"));
            replay(record);
            assertThat(body(FILE, "1")).isEqualTo("new");
        }

        /** Engine review, finding 6: what is older counts in whole files and accounts too. */
        @Test
        void shouldReplayWhatContainsAnItemBeforeTheItem() {
            ItemId account = setAside(new AccountCreated(MD, DL));
            ItemId dictionary = setAside(new FileDeleted(FILE.definedIn()));
            ItemId created = setAside(new FileCreated(FILE, DL));
            ItemId cleared = setAside(new FileCleared(FILE));
            ItemId item = setAside(write(FILE, "1", "new"));
            ItemId all = setAside(new AccountDeleted(MD));

            assertOlderFirst(all, account);
            assertOlderFirst(item, account);
            replay(account);
            assertOlderFirst(item, dictionary);
            replay(dictionary);
            assertOlderFirst(cleared, created);
            replay(created);
            replay(cleared);
            assertOlderFirst(all, item);
            replay(item);
            assertThat(body(FILE, "1")).isEqualTo("new");
            replay(all);
            assertThat(image.file(MD)).isEmpty();
        }

        /** Engine review, finding 12: each mark was read and written again for each update. */
        @Test
        void shouldNeedAsManyLooksAsThereAreUpdates() {
            Update[] many = IntStream.range(0, 4_000)
                    .mapToObj(i -> write(FILE, "i" + i, "lost"))
                    .toArray(Update[]::new);
            ItemId record = setAside(many);
            ItemId cleared = setAside(new FileCleared(FILE));
            long before = image.looks();
            fill(FILE, 4_000);
            perform(write(FILE, "i7", "newer"));
            assertThat(image.looks() - before)
                    .as("none of them is in lost+found but one")
                    .isLessThan(100);

            perform(Arrays.copyOfRange(many, 2_000, 4_000));
            before = image.looks();
            perform(Arrays.copyOfRange(many, 2_000, 4_000));
            assertThat(image.looks() - before).as("nothing is left to overtake").isLessThan(2_100);

            before = image.looks();
            replay(record);
            assertThat(image.looks() - before).isLessThan(8_100);
            assertThat(body(FILE, "i8")).isEqualTo("lost");
            assertThat(body(FILE, "i7")).isEqualTo("newer");
            replay(cleared);
            assertThat(body(FILE, "i8")).as("overtaken by many").isEqualTo("lost");
            assertThat(image.of(SlaveFiles.REPLAYABLE)).isEmpty();
        }

        /** Engine review, finding 12: a whole file collected a mark for each item that was updated later. */
        @Test
        void shouldKeepNothingOfWhatOvertook() {
            setAside(new FileCleared(FILE));
            fill(FILE, 3_000);
            assertThat(image.of(SlaveFiles.REPLAYABLE)).as("the record's turn").hasSize(1);
        }

        @Test
        void shouldNotReplayARecordOfWhichItIsNotKnownWhatWasUpdatedSince() {
            ItemId record = setAside(write(FILE, "1", "lost"));
            image.of(SlaveFiles.REPLAYABLE).clear();
            assertThatThrownBy(() -> replay(record)).isInstanceOf(Refusal.class).hasMessageContaining("not known");
            assertThat(records()).hasSize(1);
        }

        @Test
        void shouldNotTakeARedefinitionForAnUpdateOfTheItems() {
            ItemId item = setAside(write(FILE, "1", "lost"));
            ItemId redefined = setAside(new FileRedefined(FILE, DL.withModulo(11)));
            perform(new FileRedefined(FILE, DL.withModulo(13)), write(FILE, "2", "x"));

            replay(item);
            replay(redefined);
            assertThat(body(FILE, "1")).isEqualTo("lost");
            assertThat(image.file(FILE).orElseThrow().pointer().modulo()).isEqualTo(13);
        }

        @Test
        void shouldRefuseWhatStillCannotBePerformed() {
            loseTwoTransactions();
            ItemId first = records().get(0);
            assertThatThrownBy(() -> replay(first)).isInstanceOf(Refusal.class).hasMessageContaining("world,rivers");
            assertThat(records()).hasSize(2);
            assertThat(body(FILE, "B")).isNull();
        }

        @Test
        void shouldRefuseWhatHoldsNoTransaction() {
            perform(new FileCreated(OTHER, DL.withCorrelatives(List.of("callx nowhere"))));
            ItemId record = records().get(0);
            assertThatThrownBy(() -> new Replay(record, image)).isInstanceOf(Refusal.class);
            assertThatThrownBy(() -> new Replay(ItemId.of("none"), image)).isInstanceOf(Refusal.class);
        }
    }

    @Nested
    class Cascade {

        @Test
        @Tag("HB-015")
        @Tag("HB-055")
        @Tag("SUB-20")
        void shouldLogNothingUnlessAskedTo() {
            perform(write(FILE, "1", "x"));
            assertThat(image.logged()).isEmpty();
        }

        @Test
        @Tag("HB-015")
        @Tag("HB-055")
        void shouldLogEachTransactionOfItsOwn() {
            logSlaveUpdate = true;
            FilePath plain = FilePath.data("world", "plain");
            perform(new FileCreated(plain, DPointer.of("D", 1)), write(FILE, "1", "x"));
            perform(write(plain, "1", "not logged here"));
            perform(delete(FILE, "1"), new FileCleared(FILE));
            assertThat(image.logged()).hasSize(2);
            assertThat(image.logged().get(0)).singleElement().isInstanceOf(ItemWritten.class);
            assertThat(image.logged().get(1)).hasSize(2);
        }

        @Test
        @Tag("HB-015")
        @Tag("SUB-9")
        void shouldLogWhatLeavesTheLogAsItsMasterDoes() {
            logSlaveUpdate = true;
            FilePath dictionary = FilePath.dictionary("world", "plain");
            perform(new FileCreated(FilePath.data("world", "plain"), DPointer.of("D", 1)));
            perform(
                    new FileCreated(FilePath.parse("world,plain,logged"), DPointer.of("DL", 1)),
                    new ItemWritten(
                            dictionary, ItemId.of("old"), DPointer.of("DL", 1).bytes()));
            perform(new ItemDeleted(dictionary, ItemId.of("old")));
            perform(new FileRedefined(FILE, DPointer.of("D", 1)));
            perform(new FileDeleted(dictionary));

            assertThat(image.logged().subList(1, 4))
                    .containsExactly(
                            List.of(new ItemDeleted(dictionary, ItemId.of("old"))),
                            List.of(new FileRedefined(FILE, DPointer.of("D", 1))),
                            List.of(new FileDeleted(FilePath.parse("world,plain,logged"))));
        }
    }

    @Test
    @Tag("HB-099")
    void shouldListTheFilesThatItOpened() {
        perform(write(FILE, "1", "x"));
        assertThat(opened.opened()).contains(FILE);
        assertThat(opened.close()).isPositive();
        assertThat(opened.opened()).isEmpty();
        perform(write(FILE, "2", "x"));
        assertThat(opened.opened()).containsExactly(FILE);
    }
}
