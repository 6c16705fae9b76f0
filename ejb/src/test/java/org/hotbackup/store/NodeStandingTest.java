package org.hotbackup.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.hotbackup.apply.LostItem;
import org.hotbackup.apply.OpenedFiles;
import org.hotbackup.apply.SlaveBatch;
import org.hotbackup.apply.SlaveFiles;
import org.hotbackup.apply.UnsentCreations;
import org.hotbackup.apply.UnsentTransaction;
import org.hotbackup.control.ItemStore.StoredItem;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.model.DPointer;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.ItemId;
import org.hotbackup.model.Update;
import org.hotbackup.replication.Position;
import org.hotbackup.replication.ReceivedTransaction;
import org.hotbackup.store.RejoinDesk.ServerRecord;
import org.hotbackup.txlog.LogEntry;
import org.hotbackup.txlog.LogEntryCodec;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A node's epoch and whether it is open, over kills and failed transactions; and the steps of a rejoin. */
@Timeout(120)
class NodeStandingTest {

    private static final FilePath RECORDS = FilePath.data("dm", "hb.log");
    private static final FilePath FILE = FilePath.data("sales", "orders");

    @TempDir
    Path folder;

    /** The transaction that closes a node waited ten seconds for the lock that keeps users out meanwhile. */
    @ParameterizedTest
    @EnumSource
    void shouldChangeWhileNoUsersTransactionIsOpen(TestDatabase database) throws Exception {
        try (OpenStore open = OpenStore.create(database, folder)) {
            open.store.betweenTransactions(lsn -> {
                assertThatCode(() -> open.store.standing().change(now -> now.closedBecause("a save"), work -> null))
                        .doesNotThrowAnyException();
                return lsn;
            });
            assertThat(open.store.standing().current().isOpen()).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldBeOfTheFirstEpochAndOpenAtTheBeginningAndKeepWhatChanges(TestDatabase database) throws Exception {
        try (OpenStore open = OpenStore.create(database, folder)) {
            assertThat(open.store.standing().current()).isEqualTo(Standing.FIRST);
            change(open, new Standing(2, "by dm: a test"));
            assertThat(open.store.standing().current()).isEqualTo(new Standing(2, "by dm: a test"));
            open.reopen();

            assertThat(open.store.standing().current()).isEqualTo(new Standing(2, "by dm: a test"));
        }
    }

    /** Users' files in dm stayed open: what was written there was acknowledged, and sent on. */
    @ParameterizedTest
    @EnumSource
    void shouldCloseUsersFilesInAccountDmAndNoneOfTheNodesOwn(TestDatabase database) throws Exception {
        try (OpenStore open = OpenStore.create(database, folder)) {
            FilePath mine = open.createFile("dm,mine", "DL");
            change(open, new Standing(2, "by dm: a save"));

            assertThatThrownBy(() -> open.write(mine, "7", new byte[0]))
                    .isInstanceOf(Refusal.class)
                    .extracting(e -> ((Refusal) e).code())
                    .isEqualTo(MessageCode.CLOSED_FOR_UPDATES);
            assertThatThrownBy(() -> open.createFile("dm,more", "DL"))
                    .extracting(e -> ((Refusal) e).code())
                    .isEqualTo(MessageCode.CLOSED_FOR_UPDATES);
            assertThatThrownBy(() -> open.execute(List.of(new Update.FileDeleted(mine))))
                    .extracting(e -> ((Refusal) e).code())
                    .isEqualTo(MessageCode.CLOSED_FOR_UPDATES);
            open.commit(work -> open.system.write(work, SystemAccount.USERS, ItemId.of("bob"), new byte[1]));
            assertThat(open.store.digest(SystemAccount.USERS).items()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldChangeAllOrNothing(TestDatabase database) throws Exception {
        try (OpenStore open = OpenStore.create(database, folder)) {
            NodeStanding standing = open.store.standing();
            assertThatThrownBy(() -> standing.change(now -> now.inEpoch(2).closedBecause("x"), transaction -> {
                        new RejoinStepsProbe(transaction).write("promoted");
                        throw new IllegalStateException("killed");
                    }))
                    .hasMessage("killed");
            assertThat(standing.current()).isEqualTo(Standing.FIRST);
            assertThat(record(open)).isEmpty();
            open.reopen();
            assertThat(open.store.standing().current()).isEqualTo(Standing.FIRST);
            assertThat(record(open)).isEmpty();

            open.store.standing().change(now -> now.inEpoch(2), transaction -> {
                new RejoinStepsProbe(transaction).write("promoted");
                return null;
            });
            open.reopen();
            assertThat(open.store.standing().current().epoch()).isEqualTo(2);
            assertThat(record(open)).contains("promoted");
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldTakeOverGreaterEpochsOnly(TestDatabase database) throws Exception {
        try (OpenStore open = OpenStore.create(database, folder)) {
            StoreEpochs epochs = new StoreEpochs(open.store);
            epochs.takeOver(5);
            epochs.takeOver(3);
            assertThat(epochs.current()).isEqualTo(5);
            open.reopen();

            assertThat(new StoreEpochs(open.store).current()).isEqualTo(5);
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldRefuseUsersUpdatesWhileItIsClosedAndLetTheSlaveServerWrite(TestDatabase database) throws Exception {
        try (OpenStore open = OpenStore.create(database, folder)) {
            open.createAccount("sales");
            open.createFile(FILE.toString(), "DL");
            open.write(FILE, "1", text("before"));
            change(open, Standing.FIRST.closedBecause("superseded by node x"));

            List<Update> updates = List.of(new Update.ItemWritten(FILE, ItemId.of("2"), text("refused")));
            for (OpenStore.Work<?> update : List.<OpenStore.Work<?>>of(
                    work -> open.users.write(work, FILE, ItemId.of("1"), text("refused")),
                    work -> open.users.delete(work, FILE, ItemId.of("1")),
                    work -> open.users.createFile(work, FilePath.data("sales", "more"), DPointer.of("DL", 1)),
                    work -> open.users.redefineFile(work, FILE, DPointer.of("DL", 11)),
                    work -> nothing(() -> open.users.deleteFile(work, FILE)),
                    work -> nothing(() -> open.users.clearFile(work, FILE)),
                    work -> nothing(() -> open.users.createAccount(work, "more", DPointer.of("DL", 1))),
                    work -> nothing(() -> open.users.deleteAccount(work, "sales")),
                    work -> nothing(() -> open.users.execute(work, updates)))) {
                assertThatThrownBy(() -> open.commit(update))
                        .isInstanceOfSatisfying(Refusal.class, refusal -> assertThat(refusal.code())
                                .isEqualTo(MessageCode.CLOSED_FOR_UPDATES))
                        .hasMessageContaining("superseded by node x");
            }
            assertThat(open.read(FILE, "1")).isEqualTo(text("before"));
            open.commit(work -> open.system.write(work, RECORDS, ItemId.of("todev"), text("the node's own")));
            SlaveApplier applier = new SlaveApplier(
                    open.store,
                    new SlaveBatch.Rules("fromprod", true, false, SystemAccount::isProtected),
                    new OpenedFiles());
            applier.apply(List.of(new ReceivedTransaction(1, entry(10, updates))), new Position("h", 1, 10));
            assertThat(open.read(FILE, "2")).isEqualTo(text("refused"));

            change(open, Standing.FIRST);
            open.write(FILE, "1", text("after"));
            assertThat(open.read(FILE, "1")).isEqualTo(text("after"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldKeepNothingTwiceInLostAndFoundHoweverOftenTheSameIsKept(TestDatabase database) throws Exception {
        try (OpenStore open = OpenStore.create(database, folder)) {
            List<LostItem> items = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                items.add(new UnsentTransaction(
                                8 + i,
                                entry(100 + i, List.of(new Update.ItemWritten(FILE, ItemId.of("i" + i), text("b")))))
                        .toLostItem("todev", LocalDateTime.of(2026, 11, 21, 12, 0), 7, "rejoin: test"));
            }
            RejoinSteps steps = new RejoinSteps(open.store);
            steps.keep(items.subList(0, 7), serverRecord("kept to 106"));
            assertThatThrownBy(() -> open.store.standing().change(now -> now, transaction -> {
                        items.forEach(item -> transaction.overtaken().keep(item, transaction.image()));
                        throw new IllegalStateException("killed");
                    }))
                    .hasMessage("killed");
            assertThat(lost(open)).hasSize(7);
            open.reopen();
            new RejoinSteps(open.store).keep(items, serverRecord("kept to 111"));

            assertThat(lost(open))
                    .extracting(item -> LostItem.of(item.id(), item.body()).transaction())
                    .containsExactly(8L, 9L, 10L, 11L, 12L, 13L, 14L, 15L, 16L, 17L, 18L, 19L);
            assertThat(open.items(SlaveFiles.REPLAYABLE, null, 100))
                    .as("each with its turn")
                    .hasSize(24);
            LostItem first =
                    LostItem.of(lost(open).get(0).id(), lost(open).get(0).body());
            assertThat(first.body()).isEqualTo(items.get(0).body());
            assertThat(first.message()).isEqualTo("rejoin: test");
            assertThat(record(open)).contains("kept to 111");
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldTakeAwayWhatTheNewMasterDoesNotHaveAndMayDoItAgain(TestDatabase database) throws Exception {
        try (OpenStore open = OpenStore.create(database, folder)) {
            open.createAccount("sales");
            open.createFile("sales,orders", "DL");
            open.createFile("sales,alone", "DL");
            open.createAccount("alone");
            open.createFile("alone,file", "DL");
            open.write(FilePath.data("alone", "file"), "1", "x".getBytes(StandardCharsets.UTF_8));
            UnsentCreations created = new UnsentCreations();
            created.add(List.of(new Update.FileCreated(FilePath.data("sales", "alone"), DPointer.of("DL", 7))));
            created.add(List.of(new Update.AccountCreated(FilePath.masterDictionary("alone"), DPointer.of("DL", 1))));
            created.add(List.of(new Update.FileCreated(FilePath.data("alone", "file"), DPointer.of("DL", 7))));
            created.add(List.of(written(FilePath.data("alone", "file"), "1", "x")));
            RejoinSteps steps = new RejoinSteps(open.store);
            assertThat(steps.undo(created)).isEmpty();
            assertThat(steps.undo(created)).isEmpty();

            assertThat(open.store.catalogue().accounts()).containsExactly("dm", "sales");
            assertThat(open.store.catalogue().file(FilePath.data("sales", "alone")))
                    .isEmpty();
            assertThat(open.store.catalogue().file(FILE)).isPresent();
        }
    }

    /**
     * Review by requirements, finding c3: an account of long ago that a repair had begun to send, and a file in a new one that
     * is not logged, were deleted with what nothing else held.
     */
    @ParameterizedTest
    @EnumSource
    void shouldLeaveWhatHoldsMoreThanTheUnsentTransactionsWrote(TestDatabase database) throws Exception {
        try (OpenStore open = OpenStore.create(database, folder)) {
            open.createAccount("sales");
            open.createFile("sales,orders", "DL");
            open.write(FILE, "1", "of long ago".getBytes(StandardCharsets.UTF_8));
            open.write(FILE, "2", "of long ago".getBytes(StandardCharsets.UTF_8));
            open.createAccount("alone");
            open.createFile("alone,notes", "D");
            UnsentCreations created = new UnsentCreations();
            FilePath sales = FilePath.masterDictionary("sales");
            FilePath alone = FilePath.masterDictionary("alone");
            created.add(List.of(new Update.AccountCreated(sales, DPointer.of("DL", 1))));
            created.add(List.of(new Update.FileCreated(FILE, DPointer.of("DL", 7))));
            created.add(List.of(written(FILE, "1", "of long ago"), written(FILE, "2", "before")));
            created.add(List.of(new Update.AccountCreated(alone, DPointer.of("DL", 1))));

            assertThat(new RejoinSteps(open.store).undo(created)).containsExactly(FILE, sales, alone);

            assertThat(open.items(FILE, null, 9)).hasSize(2);
            assertThat(open.store.catalogue().file(FilePath.data("alone", "notes")))
                    .isPresent();
        }
    }

    /** Review by requirements, finding c8: it waited for itself, ten seconds, and all writers with it; and was refused. */
    @ParameterizedTest
    @EnumSource
    @Timeout(9)
    void shouldStandOtherwiseBetweenTransactionsAfterACommitInDoubt(TestDatabase database) throws Exception {
        try (OpenStore open = OpenStore.create(database, folder)) {
            open.store.slaveMemory().doubt();
            open.store.betweenTransactions(lsn -> {
                try {
                    return open.store.standing().change(now -> now.closedBecause("a test"), transaction -> lsn);
                } catch (SQLException e) {
                    throw new AssertionError(e);
                }
            });
            assertThat(open.store.standing().current().isOpen()).isFalse();
        }
    }

    private static Update written(FilePath file, String id, String body) {
        return new Update.ItemWritten(file, ItemId.of(id), body.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @EnumSource
    void shouldBecomeASlaveThatHasAppliedNothing(TestDatabase database) throws Exception {
        try (OpenStore open = OpenStore.create(database, folder)) {
            open.store.database().inTransaction(connection -> {
                open.store.positions().write(connection, "todev", new Position("of long ago", 3, 30));
                return null;
            });
            new RejoinSteps(open.store)
                    .becomeSlave(serverRecord("a slave"), now -> now.inEpoch(2).closedBecause("a slave"));
            open.reopen();

            assertThat(open.store.standing().current()).isEqualTo(new Standing(2, "a slave"));
            assertThat(record(open)).contains("a slave");
            open.store.database().inTransaction(connection -> {
                assertThat(open.store.positions().read(connection, "todev")).isEmpty();
                return null;
            });
        }
    }

    /** Writes the record in the transaction of a change. */
    private record RejoinStepsProbe(SlaveTransaction transaction) {
        void write(String body) {
            TreeMap<ItemId, Optional<byte[]>> written = new TreeMap<>();
            written.put(ItemId.of("todev"), Optional.of(text(body)));
            transaction.image().write(RECORDS, written);
        }
    }

    private interface Nothing {
        void run() throws Exception;
    }

    private static Object nothing(Nothing work) {
        try {
            work.run();
            return null;
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static void change(OpenStore open, Standing to) throws Exception {
        open.store.standing().change(now -> to, transaction -> null);
    }

    private static ServerRecord serverRecord(String body) {
        return new ServerRecord(RECORDS, "todev", text(body));
    }

    private static Optional<String> record(OpenStore open) throws Exception {
        return open.commit(work -> open.users.read(work, RECORDS, ItemId.of("todev")))
                .map(body -> new String(body, StandardCharsets.UTF_8));
    }

    private static List<StoredItem> lost(OpenStore open) throws Exception {
        return open.items(SlaveFiles.LOST_AND_FOUND, null, 100);
    }

    private static LogEntry entry(long lsn, List<Update> updates) {
        return new LogEntry(lsn, lsn - 1, 1_000, LogEntryCodec.encode(updates));
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
