package org.hotbackup.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.hotbackup.apply.HelperTask;
import org.hotbackup.apply.OpenedFiles;
import org.hotbackup.apply.SlaveBatch;
import org.hotbackup.apply.UnsentCreations;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.model.DPointer;
import org.hotbackup.model.FileDefinition;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.ItemId;
import org.hotbackup.model.RangeCheck;
import org.hotbackup.model.Update;
import org.hotbackup.replication.Applier;
import org.hotbackup.replication.Applier.Outcome;
import org.hotbackup.replication.Position;
import org.hotbackup.replication.ReceivedTransaction;
import org.hotbackup.txlog.LogEntry;
import org.hotbackup.txlog.LogEntryCodec;
import org.hotbackup.verify.Difference;
import org.hotbackup.verify.FileList;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Records of file-of-files that cannot be read: the node starts, and nothing of their items is lost (HB-154). */
class UnreadableFilesTest {

    private static final byte[] NO_POINTER = {(byte) 0xFF, 0};
    private static final FilePath FILE = FilePath.data("a", "f");
    private static final FilePath MD = FilePath.masterDictionary("a");

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    @Tag("HB-154")
    void shouldHoldTheItemsOfAFileThatCannotBeReadInHbMissing(TestDatabase database) throws Exception {
        try (OpenStore open = OpenStore.create(database, folder)) {
            open.createAccount("a");
            open.logSettings(OpenStore.DL_ONLY);
            FilePath file = open.createFile("a,f", "DL");
            open.write(file, "x", new byte[] {1});
            int number = open.store.catalogue().file(file).orElseThrow().number();
            byte[] pointer =
                    open.store.catalogue().file(file).orElseThrow().pointer().bytes();
            spoil(open, number, NO_POINTER);
            open.reopen();

            assertThat(open.store.unreadableFiles()).containsExactly(number);
            FilePath missing = FilePath.data("dm", "hb.missing", "pick0*" + number);
            assertThat(open.read(missing, "x")).containsExactly(1);
            assertThatThrownBy(() -> open.write(file, "y", new byte[1]))
                    .isInstanceOfSatisfying(
                            Refusal.class, e -> assertThat(e.code()).isEqualTo(MessageCode.NO_FILE));
            assertThatThrownBy(() -> open.write(missing, "y", new byte[1]))
                    .isInstanceOfSatisfying(
                            Refusal.class, e -> assertThat(e.code()).isEqualTo(MessageCode.SYSTEM_FILE));
            assertThatThrownBy(
                            () -> new RangeLog(open.store).resend(FileList.PATH, List.of(ItemId.of(file.toString()))))
                    .as("a repair would delete the slave's good copy")
                    .isInstanceOf(Refusal.class)
                    .hasMessageContaining("cannot be read at number [" + number + "]");

            spoil(open, number, pointer);
            open.store.slaveMemory().doubt();
            open.store.slaveMemory().recall();
            assertThat(open.store.unreadableFiles()).isEmpty();
            assertThat(open.write(file, "y", new byte[1])).isTrue();
            assertThat(open.read(file, "x")).containsExactly(1);
        }
    }

    /** With auto-create it was to be made under a path that its record has: a unique violation, for ever. */
    @ParameterizedTest
    @CsvSource({"H2, true", "H2, false", "POSTGRESQL, true", "POSTGRESQL, false"})
    @Tag("HB-154")
    void shouldLetWhatAMasterSendsReachTheItemsInHbMissing(TestDatabase database, boolean autoCreate) throws Exception {
        try (OpenStore open = OpenStore.create(database, folder)) {
            FilePath missing = damaged(open);
            int number = open.store.unreadableFiles().get(0);
            byte[] before = pointer;

            Applier applier = applier(open, autoCreate);
            Outcome outcome = apply(applier, written("y"), new Update.ItemDeleted(FILE, ItemId.of("x")));
            assertThat(outcome)
                    .isEqualTo(new Outcome(1, 0, 0, Optional.empty(), List.of(), List.of(), List.of(number)));
            assertThat(open.read(missing, "y")).containsExactly(7);
            assertThat(open.read(missing, "x")).isNull();
            assertThat(apply(applier, new Update.FileCleared(FILE), written("z"))
                            .unreadable())
                    .containsExactly(number);
            assertThat(open.count(missing)).isEqualTo(1);
            assertThat(apply(applier, new Update.RangeChecked(FileList.PATH, list(open)))
                            .reports())
                    .as("a verification finds out")
                    .singleElement()
                    .satisfies(report -> assertThat(report.differences())
                            .extracting(Difference::id)
                            .containsExactly(ItemId.of(FILE.toString())));

            spoil(open, number, before);
            open.store.slaveMemory().doubt();
            open.store.slaveMemory().recall();
            assertThat(apply(applier, written("y")).unreadable()).isEmpty();
            assertThat(open.read(FILE, "z")).containsExactly(7);
            assertThat(open.read(FILE, "y")).containsExactly(7);
        }
    }

    @ParameterizedTest
    @EnumSource
    @Tag("HB-154")
    void shouldTakeTheDefinitionOfTheMasterForOneThatCannotBeRead(TestDatabase database) throws Exception {
        try (OpenStore open = OpenStore.create(database, folder)) {
            FilePath missing = damaged(open);
            Applier applier = applier(open, true);

            apply(applier, new Update.FileRedefined(FILE, DPointer.of("DL", 1)));
            assertThat(open.store.unreadableFiles()).isEmpty();
            assertThat(open.read(FILE, "x")).containsExactly(1);
            open.reopen();
            assertThat(open.store.unreadableFiles()).isEmpty();
            assertThat(open.store.catalogue().file(missing)).isEmpty();

            for (Update anew : List.of(
                    new Update.FileCreated(FILE, DPointer.of("DL", 3)),
                    new Update.FileDeleted(FILE),
                    new Update.FileDeleted(FILE.definedIn()),
                    new Update.AccountDeleted(MD),
                    new Update.AccountCreated(MD, DPointer.of("DL", 1)))) {
                damage(open);
                applier = applier(open, true);
                assertThat(apply(applier, anew).applied()).as("%s", anew).isEqualTo(1);
                assertThat(open.store.unreadableFiles()).as("%s", anew).isEmpty();
                assertThat(apply(applier, written("new")).applied())
                        .as("%s", anew)
                        .isEqualTo(1);
                assertThat(open.count(FILE)).as("%s", anew).isEqualTo(1);
                open.reopen();
                assertThat(open.count(FILE)).as("%s", anew).isEqualTo(1);
            }
        }
    }

    /** It was taken for a section that is gone, and what was held for it was dropped. */
    @ParameterizedTest
    @EnumSource
    @Tag("HB-020")
    @Tag("HB-154")
    void shouldNotDropWhatAHelperHoldsForAFileThatCannotBeRead(TestDatabase database) throws Exception {
        try (OpenStore open = OpenStore.create(database, folder)) {
            open.createAccount("a");
            open.createFile("a,f", "DL");
            Applier applier = applier(open, true);
            Update[] many =
                    IntStream.range(0, 6_000).mapToObj(i -> written("old" + i)).toArray(Update[]::new);
            apply(applier, many);
            apply(applier, new Update.FileCleared(FILE), written("held"));
            assertThat(open.store.helperTasks().of(FILE)).isPresent();
            damage(open);

            apply(applier(open, true), written("held too"));
            boolean more = true;
            while (more) {
                more = SlaveAppliers.helperStep(open.store, FILE);
            }
            FilePath missing =
                    SystemAccount.missing("pick0", open.store.unreadableFiles().get(0));
            assertThat(open.items(missing, null, 10))
                    .extracting(item -> item.id().toString())
                    .containsExactly("held", "held too");
        }
    }

    /** It wrote what stands for the D-pointer meanwhile: the letters and correlatives of the damaged record were lost. */
    @ParameterizedTest
    @EnumSource
    @Tag("HB-019")
    @Tag("HB-154")
    void shouldResizeAFileOnlyWhenItsRecordCanBeRead(TestDatabase database) throws Exception {
        try (OpenStore open = OpenStore.create(database, folder)) {
            open.createAccount("a");
            apply(applier(open, true), new Update.FileCreated(FILE, DPointer.of("DLY", 499)));
            assertThat(open.store.helperTasks().of(FILE))
                    .hasValueSatisfying(task -> assertThat(task.phase()).isEqualTo(HelperTask.Phase.RESIZING));
            damage(open);
            int number = open.store.unreadableFiles().get(0);

            assertThatThrownBy(() -> SlaveAppliers.helperStep(open.store, FILE))
                    .isInstanceOf(Refusal.class)
                    .hasMessage(MessageCode.CANNOT_READ_FOF_ITEM.text(number));
            assertThat(SlaveAppliers.forget(open.store, "fromprod"))
                    .as("its server can be deleted")
                    .isZero();
            assertThat(open.store.unreadableFiles()).containsExactly(number);
            assertThat(open.store.helperTasks().of(FILE)).isPresent();

            spoil(open, number, pointer);
            open.store.slaveMemory().doubt();
            open.store.slaveMemory().recall();
            assertThat(SlaveAppliers.helperStep(open.store, FILE)).isFalse();
            assertThat(open.store.catalogue().file(FILE))
                    .hasValueSatisfying(file -> assertThat(file.pointer()).isEqualTo(DPointer.of("DLY", 499)));
        }
    }

    /** The start made the system's file anew and met its record: the node did not start any more. */
    @ParameterizedTest
    @EnumSource
    @Tag("HB-154")
    void shouldRepairTheRecordOfAFileOfTheSystemAtTheStart(TestDatabase database) throws Exception {
        try (OpenStore open = OpenStore.create(database, folder)) {
            FilePath jobs = FilePath.data("dm", "jobs");
            open.commit(work -> open.system.write(work, jobs, ItemId.of("kept"), new byte[] {3}));
            spoil(open, open.store.catalogue().file(jobs).orElseThrow().number(), NO_POINTER);
            open.reopen();

            assertThat(open.store.unreadableFiles()).isEmpty();
            assertThat(open.read(jobs, "kept")).containsExactly(3);
        }
    }

    @ParameterizedTest
    @EnumSource
    @Tag("HB-154")
    void shouldRemoveThemWithTheirAccount(TestDatabase database) throws Exception {
        try (OpenStore open = OpenStore.create(database, folder)) {
            damaged(open);
            open.commit(work -> {
                open.users.deleteAccount(work, "a");
                return null;
            });
            assertThat(open.store.unreadableFiles()).isEmpty();
            open.createAccount("a");
            open.createFile("a,f", "DL");
            assertThat(open.count(FILE)).isZero();
        }
    }

    /** Review of the mends, finding 1: a rejoin found nothing in it, and deleted it. */
    @ParameterizedTest
    @EnumSource
    @Tag("HB-154")
    void shouldStayWhereItIsWhenAnOldMasterComesBack(TestDatabase database) throws Exception {
        try (OpenStore open = OpenStore.create(database, folder)) {
            FilePath missing = damaged(open);
            UnsentCreations created = new UnsentCreations();
            created.add(List.of(new Update.FileCreated(FILE, DPointer.of("DL", 7))));

            assertThat(new RejoinSteps(open.store).undo(created)).containsExactly(FILE);
            assertThat(open.items(missing, null, 9)).isNotEmpty();
        }
    }

    private byte[] pointer;
    private long transactions;

    /** A file with one item whose record is damaged: where it is found. */
    private FilePath damaged(OpenStore open) throws Exception {
        open.createAccount("a");
        open.createFile("a,f", "DL");
        open.write(FILE, "x", new byte[] {1});
        return damage(open);
    }

    private FilePath damage(OpenStore open) throws Exception {
        FileDefinition file = open.store.catalogue().file(FILE).orElseThrow();
        pointer = file.pointer().bytes();
        spoil(open, file.number(), NO_POINTER);
        open.reopen();
        return SystemAccount.missing("pick0", file.number());
    }

    private static RangeCheck list(OpenStore open) {
        List<FilePath> shown = open.store.catalogue().all().stream()
                .map(FileDefinition::path)
                .filter(path -> !SystemAccount.isProtected(path))
                .toList();
        List<FilePath> all = Stream.concat(shown.stream(), Stream.of(FILE)).toList();
        return FileList.check(1, all, List.of(FILE));
    }

    private static Update written(String id) {
        return new Update.ItemWritten(FILE, ItemId.of(id), new byte[] {7});
    }

    private static Applier applier(OpenStore open, boolean autoCreate) {
        return new SlaveApplier(
                open.store,
                new SlaveBatch.Rules("fromprod", autoCreate, false, SystemAccount::isProtected),
                new OpenedFiles());
    }

    private Outcome apply(Applier applier, Update... updates) throws Exception {
        long number = ++transactions;
        byte[] payload = LogEntryCodec.encode(List.of(updates));
        return applier.apply(
                List.of(new ReceivedTransaction(number, new LogEntry(number, number - 1, 0, payload))),
                new Position("history", number, number));
    }

    /** By hand, as whoever repairs it does. */
    private static void spoil(OpenStore open, int number, byte[] pointer) throws Exception {
        try (Connection connection = open.source.getConnection();
                PreparedStatement update =
                        connection.prepareStatement("UPDATE file SET pointer = ? WHERE number = ?")) {
            update.setBytes(1, pointer);
            update.setInt(2, number);
            assertThat(update.executeUpdate()).isEqualTo(1);
        }
    }
}
