package org.hotbackup.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.hotbackup.apply.SlaveFiles;
import org.hotbackup.control.ItemStore.StoredItem;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.model.DPointer;
import org.hotbackup.model.FileDefinition;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.ItemId;
import org.hotbackup.model.Limits;
import org.hotbackup.model.Update;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ItemOperationsTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void shouldReadWhatWasWritten(TestDatabase database) throws SQLException {
        try (OpenStore open = OpenStore.create(database, folder)) {
            open.createAccount("world");
            FilePath file = open.createFile("world,countries", "DL");

            assertThat(open.write(file, "CH", bytes(200, 1))).isTrue();
            assertThat(open.write(file, "CH", bytes(300, 2))).isFalse();
            assertThat(open.read(file, "CH")).isEqualTo(bytes(300, 2));
            assertThat(open.read(file, "ch")).isNull();
            assertThat(open.delete(file, "CH")).isTrue();
            assertThat(open.delete(file, "CH")).isFalse();
            assertThat(open.read(file, "CH")).isNull();
        }
    }

    /** On H2 piece by piece; that it has to be is in LargestItemTest. */
    @ParameterizedTest
    @EnumSource
    void shouldClearAllItemsOfOneFileAndNoOthers(TestDatabase database) throws SQLException {
        try (OpenStore open = OpenStore.create(database, folder)) {
            open.createAccount("a");
            List<FilePath> files =
                    List.of(open.createFile("a,e", "D"), open.createFile("a,f", "D"), open.createFile("a,g", "D"));
            for (int items : List.of(0, 1, ItemTable.MOST_ROWS, ItemTable.MOST_ROWS + 1, 5 * ItemTable.MOST_ROWS - 1)) {
                for (FilePath file : files) {
                    open.execute(small(file, items));
                }
                open.write(files.get(1), "in parts", bytes(2 * ItemTable.INLINE_BYTES, 1));

                open.commit(work -> {
                    open.users.clearFile(work, files.get(1));
                    return null;
                });

                assertThat(open.count(files.get(0))).isEqualTo(items);
                assertThat(open.count(files.get(1))).isZero();
                assertThat(open.count(files.get(2))).isEqualTo(items);
            }
        }
    }

    /** Many together are inserted where nothing is between them, and otherwise replace what is there. */
    @ParameterizedTest
    @EnumSource
    void shouldWriteManyItemsWhetherOneOfThemIsThereOrNot(TestDatabase database) throws SQLException {
        try (OpenStore open = OpenStore.create(database, folder)) {
            open.createAccount("a");
            FilePath file = open.createFile("a,f", "D");
            open.write(file, "small 77", bytes(20, 1));

            open.execute(small(file, 300));
            assertThat(open.count(file)).isEqualTo(300);
            assertThat(open.read(file, "small 77")).isEqualTo(bytes(10, 77));

            open.execute(small(file, 600));
            assertThat(open.count(file)).isEqualTo(600);
        }
    }

    private static List<Update> small(FilePath file, int items) {
        List<Update> updates = new ArrayList<>();
        for (int i = 0; i < items; i++) {
            updates.add(new Update.ItemWritten(file, ItemId.of("small " + i), bytes(10, i)));
        }
        return updates;
    }

    @ParameterizedTest
    @EnumSource
    void shouldPageThroughShortAndLongBodies(TestDatabase database) throws SQLException {
        try (OpenStore open = OpenStore.create(database, folder)) {
            open.createAccount("a");
            FilePath file = open.createFile("a,f", "D");
            int small = 3 * ItemTable.MOST_ROWS;
            open.execute(small(file, small));
            int inParts = (int) ItemOperations.PAGE_BYTES;
            open.write(file, "x1", bytes(inParts, 1));
            open.write(file, "x2", bytes(inParts, 2));
            for (int i = 0; i < 10; i++) {
                open.write(file, "y" + i, bytes(ItemTable.INLINE_BYTES, i));
            }

            List<List<StoredItem>> pages = new ArrayList<>();
            ItemId after = null;
            do {
                pages.add(open.items(file, after, Integer.MAX_VALUE));
                after = pages.get(pages.size() - 1).isEmpty() ? null : last(pages);
            } while (after != null);

            assertThat(pages).extracting(List::size).containsExactly(small + 1, 1, 4, 4, 2, 0);
            assertThat(pages.stream().flatMap(List::stream).map(StoredItem::id))
                    .isSorted()
                    .doesNotHaveDuplicates()
                    .hasSize(small + 12);
            assertThat(open.items(file, null, ItemTable.MOST_ROWS + 1)).hasSize(ItemTable.MOST_ROWS + 1);
        }
    }

    private static ItemId last(List<List<StoredItem>> pages) {
        List<StoredItem> page = pages.get(pages.size() - 1);
        return page.get(page.size() - 1).id();
    }

    @ParameterizedTest
    @EnumSource
    void shouldKeepBodiesOfAnyLength(TestDatabase database) throws SQLException {
        try (OpenStore open = OpenStore.create(database, folder)) {
            open.createAccount("a");
            FilePath file = open.createFile("a,f", "D");
            int inline = ItemTable.INLINE_BYTES;
            for (int length : new int[] {0, 1, inline, inline + 1, 2 * inline, 5 * inline + 17, 3}) {
                open.write(file, "item", bytes(length, length));
                assertThat(open.read(file, "item")).isEqualTo(bytes(length, length));
                assertThat(open.items(file, null, 9)).singleElement().satisfies(item -> assertThat(item.body())
                        .isEqualTo(bytes(length, length)));
            }
            open.write(file, "item", bytes(3 * inline, 1));
            open.delete(file, "item");
            open.write(file, "item", bytes(5, 5));
            assertThat(open.read(file, "item")).isEqualTo(bytes(5, 5));
            open.reopen();
            open.write(file, "item", bytes(2 * inline + 1, 7));
            open.reopen();
            open.write(file, "item", bytes(9, 9));
            assertThat(open.read(file, "item")).isEqualTo(bytes(9, 9));
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldKeepAnItemOfTheLargestSize(TestDatabase database) throws SQLException {
        try (OpenStore open = OpenStore.create(database, folder)) {
            open.createAccount("a");
            FilePath file = open.createFile("a,f", "D");
            byte[] largest = bytes(Limits.MAX_ITEM_BYTES, 3);
            open.write(file, "big", largest);
            assertThat(open.read(file, "big")).isEqualTo(largest);
            refused(MessageCode.ITEM_TOO_LARGE, () -> open.write(file, "big", new byte[Limits.MAX_ITEM_BYTES + 1]));
            assertThat(open.read(file, "big")).isEqualTo(largest);
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldListItemsInUnsignedOrderAndInPages(TestDatabase database) throws SQLException {
        try (OpenStore open = OpenStore.create(database, folder)) {
            open.createAccount("a");
            FilePath file = open.createFile("a,f", "D");
            List<ItemId> ids = new ArrayList<>();
            Random random = new Random(1);
            for (int i = 0; i < 300; i++) {
                byte[] id = new byte[1 + random.nextInt(6)];
                for (int k = 0; k < id.length; k++) {
                    id[k] = (byte) random.nextInt(0xFB);
                }
                ids.add(ItemId.of(id));
            }
            List<Update> updates = new ArrayList<>();
            ids.forEach(id -> updates.add(new Update.ItemWritten(file, id, id.bytes())));
            open.commit(work -> {
                open.users.execute(work, updates);
                return null;
            });
            List<ItemId> sorted = ids.stream().distinct().sorted().toList();

            List<ItemId> listed = new ArrayList<>();
            ItemId last = null;
            List<StoredItem> page;
            do {
                page = open.items(file, last, 37);
                assertThat(page).hasSizeLessThanOrEqualTo(37);
                for (StoredItem item : page) {
                    listed.add(item.id());
                    assertThat(item.body()).isEqualTo(item.id().bytes());
                    last = item.id();
                }
            } while (!page.isEmpty());

            assertThat(listed).isEqualTo(sorted);
            assertThat(open.count(file)).isEqualTo(sorted.size());
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldEndAPageWithTheItemThatFillsIt(TestDatabase database) throws SQLException {
        try (OpenStore open = OpenStore.create(database, folder)) {
            open.createAccount("a");
            FilePath file = open.createFile("a,f", "D");
            for (int i = 0; i < 12; i++) {
                open.write(file, "item" + (char) ('a' + i), bytes(1_000_000, i));
            }
            assertThat(open.items(file, null, 100)).hasSize(5);
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldUndoEverythingOfARolledBackTransaction(TestDatabase database) throws SQLException {
        try (OpenStore open = OpenStore.create(database, folder)) {
            open.createAccount("a");
            FilePath file = open.createFile("a,f", "D");
            FilePath other = FilePath.data("a", "g");
            open.write(file, "1", bytes(10, 1));
            open.rollBack(work -> {
                open.users.createFile(work, other, DPointer.of("D", 1));
                open.users.write(work, other, ItemId.of("x"), bytes(1, 1));
                open.users.clearFile(work, file);
                return null;
            });
            assertThat(open.read(file, "1")).isEqualTo(bytes(10, 1));
            refused(MessageCode.NO_FILE, () -> open.read(other, "x"));
            assertThat(open.store.locks().size()).isZero();
            open.reopen();
            refused(MessageCode.NO_FILE, () -> open.read(other, "x"));
        }
    }

    /** Or a slave would have to delete the item to make the file (lost+found type 7). */
    @ParameterizedTest
    @EnumSource
    void shouldNotLetAnItemStandWhereADPointerBelongs(TestDatabase database) throws SQLException {
        try (OpenStore open = OpenStore.create(database, folder)) {
            open.createAccount("a");
            FilePath md = FilePath.masterDictionary("a");
            open.write(md, "f", new byte[1]);
            refused(MessageCode.FILE_NAME_IS_ITEM, () -> open.createFile("a,f", "D"));
            open.delete(md, "f");
            FilePath file = open.createFile("a,f", "D");
            refused(MessageCode.ITEM_ID_IS_FILE, () -> open.write(md, "f", new byte[1]));
            refused(
                    MessageCode.ITEM_ID_IS_FILE,
                    () -> open.execute(List.of(new Update.ItemWritten(file.definedIn(), ItemId.of("f"), new byte[1]))));
            open.write(file.definedIn(), "s", new byte[1]);
            refused(MessageCode.FILE_NAME_IS_ITEM, () -> open.createFile("a,f,s", "D"));
            open.write(file, "f", new byte[1]);
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldNeverGiveAFileNumberTwice(TestDatabase database) throws SQLException {
        try (OpenStore open = OpenStore.create(database, folder)) {
            open.createAccount("a");
            FilePath file = FilePath.data("a", "f");
            FileDefinition first = open.commit(work -> open.users.createFile(work, file, DPointer.of("D", 1)));
            open.write(file, "1", bytes(1, 1));
            open.commit(work -> {
                open.users.deleteFile(work, file);
                return null;
            });
            open.reopen();
            FileDefinition second = open.commit(work -> open.users.createFile(work, file, DPointer.of("D", 1)));
            assertThat(second.number()).isGreaterThan(first.number());
            assertThat(open.read(file, "1")).isNull();
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldCreateAndDeleteADictionaryWithItsSections(TestDatabase database) throws SQLException {
        try (OpenStore open = OpenStore.create(database, folder)) {
            open.createAccount("a");
            open.createFile("a,f", "DL");
            open.createFile("a,f,more", "D");
            assertThat(open.files("a"))
                    .extracting(definition -> definition.path().toString())
                    .containsExactly("a,,", "dict a,f", "a,f", "a,f,more");
            refused(MessageCode.FILE_EXISTS, () -> open.createFile("a,f", "D"));
            refused(MessageCode.FILE_EXISTS, () -> open.createFile("dict a,f", "D"));
            refused(MessageCode.NO_ACCOUNT, () -> open.createFile("b,f", "D"));
            refused(MessageCode.ACCOUNT_EXISTS, () -> open.createAccount("a"));
            open.commit(work -> {
                open.users.deleteFile(work, FilePath.dictionary("a", "f"));
                return null;
            });
            assertThat(open.files("a")).hasSize(1);
            open.createFile("a,g", "D");
            open.commit(work -> {
                open.users.deleteAccount(work, "a");
                return null;
            });
            assertThat(open.store.catalogue().accounts()).containsExactly("dm");
            refused(MessageCode.NO_ACCOUNT, () -> open.files("a"));
            open.reopen();
            assertThat(open.store.catalogue().accounts()).containsExactly("dm");
        }
    }

    /** A restore replaces accounts and files so: a kill must not leave them gone. */
    @ParameterizedTest
    @EnumSource
    void shouldPutAnAccountOrAFileInThePlaceOfOneInOneTransaction(TestDatabase database) throws SQLException {
        try (OpenStore open = OpenStore.create(database, folder)) {
            open.createAccount("a");
            FilePath file = open.createFile("a,f", "D");
            open.write(file, "old", bytes(3, 3));
            FilePath md = FilePath.masterDictionary("a");
            DPointer pointer = DPointer.of("D", 1);
            open.execute(List.of(
                    new Update.AccountDeleted(md),
                    new Update.AccountCreated(md, pointer),
                    new Update.ItemWritten(md, ItemId.of("mark"), bytes(1, 2))));
            open.reopen();
            assertThat(open.files("a")).hasSize(1);
            assertThat(open.read(md, "mark")).isEqualTo(bytes(1, 2));

            open.createFile("a,f", "D");
            open.write(file, "old", bytes(3, 3));
            FilePath dictionary = file.definedIn();
            open.execute(List.of(
                    new Update.FileDeleted(dictionary),
                    new Update.FileCreated(dictionary, pointer),
                    new Update.ItemWritten(dictionary, ItemId.of("mark"), bytes(1, 2))));
            open.reopen();
            assertThat(open.files("a"))
                    .extracting(definition -> definition.path().toString())
                    .containsExactly("a,,", "dict a,f");
            assertThat(open.read(dictionary, "mark")).isEqualTo(bytes(1, 2));
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldMakeAListOfUpdatesWholeOrNotAtAll(TestDatabase database) throws SQLException {
        try (OpenStore open = OpenStore.create(database, folder)) {
            open.createAccount("a");
            FilePath file = open.createFile("a,f", "D");
            open.write(file, "old", bytes(3, 3));
            ItemId id = ItemId.of("1");
            open.commit(work -> {
                open.users.execute(
                        work,
                        List.of(
                                new Update.ItemWritten(file, ItemId.of("old"), bytes(4, 4)),
                                new Update.ItemWritten(file, id, bytes(1, 1)),
                                new Update.FileCleared(file),
                                new Update.ItemWritten(file, id, bytes(2, 2)),
                                new Update.ItemWritten(file, ItemId.of("2"), bytes(2, 2)),
                                new Update.ItemDeleted(file, ItemId.of("2"))));
                return null;
            });
            assertThat(open.items(file, null, 10))
                    .extracting(item -> item.id().toString())
                    .containsExactly("1");
            refused(
                    MessageCode.NO_FILE,
                    () -> open.commit(work -> {
                        open.users.execute(
                                work,
                                List.of(
                                        new Update.ItemDeleted(file, id),
                                        new Update.ItemDeleted(FilePath.data("a", "none"), id)));
                        return null;
                    }));
            assertThat(open.read(file, "1")).isEqualTo(bytes(2, 2));
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldRefuseATransactionThatIsTooLarge(TestDatabase database) throws SQLException {
        try (OpenStore open = OpenStore.create(database, folder)) {
            open.createAccount("a");
            FilePath file = open.createFile("a,f", "D");
            byte[] body = new byte[Limits.MAX_ITEM_BYTES / 2];
            refused(
                    MessageCode.TRANSACTION_TOO_LARGE,
                    () -> open.commit(work -> {
                        open.users.write(work, file, ItemId.of("1"), body);
                        open.users.write(work, file, ItemId.of("2"), body);
                        return open.users.write(work, file, ItemId.of("3"), body);
                    }));
            assertThat(open.read(file, "1")).isNull();
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldShowFileOfFilesAndProtectTheSystem(TestDatabase database) throws SQLException {
        try (OpenStore open = OpenStore.create(database, folder)) {
            open.createAccount("world");
            FilePath file = open.createFile("world,countries", "DL");
            FilePath fof = SystemAccount.FILE_OF_FILES;
            assertThat(open.store.catalogue().file(fof).orElseThrow().number()).isEqualTo(1);
            int number = open.store.catalogue().file(file).orElseThrow().number();
            byte[] item = open.read(fof, Integer.toString(number));
            assertThat(new String(item, java.nio.charset.StandardCharsets.ISO_8859_1))
                    .isEqualTo("world\u00fecountries\u00fecountries\u00feDL\u00fe\u00fe7");
            assertThat(open.count(fof)).isEqualTo(open.items(fof, null, 1000).size());
            refused(MessageCode.SYSTEM_FILE, () -> open.write(fof, "1", bytes(1, 1)));
            refused(MessageCode.SYSTEM_FILE, () -> open.write(SystemAccount.USERS, "eve", bytes(1, 1)));
            refused(MessageCode.SYSTEM_FILE, () -> open.delete(SlaveFiles.LOST_AND_FOUND, "1"));
            refused(MessageCode.SYSTEM_FILE, () -> open.createFile("dm,jobs,mine", "D"));
            refused(
                    MessageCode.SYSTEM_FILE,
                    () -> open.commit(work -> {
                        open.users.deleteAccount(work, "dm");
                        return null;
                    }));
            open.commit(work -> open.system.write(work, SystemAccount.USERS, ItemId.of("dm"), bytes(1, 1)));
            assertThat(open.read(SystemAccount.USERS, "dm")).isEqualTo(bytes(1, 1));
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldRefuseUpdatesBeforeTheDiskIsFull(TestDatabase database) throws SQLException {
        try (OpenStore open = OpenStore.create(database, folder)) {
            open.createAccount("a");
            FilePath file = open.createFile("a,f", "D");
            open.diskFree.set(1000);
            open.reopen();
            refused(MessageCode.STORE_FULL, () -> open.write(file, "1", bytes(1, 1)));
            assertThat(open.read(file, "1")).isNull();
        }
    }

    private static void refused(MessageCode code, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(Refusal.class, refusal -> assertThat(refusal.code())
                .isEqualTo(code));
    }

    private static byte[] bytes(int length, int seed) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }
}
