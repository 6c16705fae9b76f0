package org.hotbackup.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.hotbackup.client.FakeNode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.model.DPointer;
import org.hotbackup.model.DynamicArray;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.ItemId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvLoaderTest {

    private static final FilePath PEOPLE = FilePath.data("sales", "people");
    private static final FilePath DICTIONARY = FilePath.dictionary("sales", "people");
    private static final int ROWS = 25;
    private static final CsvLoader.Sizes IN_ONE = new CsvLoader.Sizes(1000, 1 << 20, 10, 1 << 20);
    private static final CsvLoader.Sizes IN_PARTS = new CsvLoader.Sizes(8, 1 << 20, 4, 1 << 20);

    @TempDir
    Path home;

    private FakeNode node;
    private final List<String> told = new ArrayList<>();

    @BeforeEach
    void startNode() throws IOException {
        node = new FakeNode();
    }

    @AfterEach
    void stopNode() {
        node.close();
    }

    private CsvItems csv() throws IOException {
        StringBuilder text = new StringBuilder("number,name\n");
        for (int i = 0; i < ROWS; i++) {
            text.append(i).append(",name ").append(i).append('\n');
        }
        return new CsvItems(
                Files.writeString(home.resolve("people.csv"), text),
                StandardCharsets.UTF_8,
                ',',
                List.of("number"),
                Map.of());
    }

    private long load(CsvLoader.Sizes sizes) throws IOException {
        return load(PEOPLE, sizes);
    }

    private long load(FilePath file, CsvLoader.Sizes sizes) throws IOException {
        try (ImportJournal journal = new ImportJournal(home)) {
            return new CsvLoader(node.client(), journal, file, sizes).load(csv(), ROWS, told::add);
        }
    }

    private void shouldBeWhole(FilePath file) {
        assertThat(node.items(file)).hasSize(ROWS);
        assertThat(node.items(file).get(ItemId.of("7"))).asString().isEqualTo("name 7");
        FilePath dictionary = FilePath.dictionary(file.account(), file.file());
        assertThat(node.items(dictionary)).containsOnlyKeys(ItemId.of("name"));
        assertThat(DynamicArray.of(node.items(dictionary).get(ItemId.of("name")))
                        .extract(2))
                .isEqualTo("1");
        assertThat(home.resolve("import.begun")).doesNotExist();
    }

    @Test
    void shouldLoadWhatFitsInOneTransaction() throws IOException {
        assertThat(load(IN_ONE)).isEqualTo(ROWS);

        assertThat(node.transactions()).isEqualTo(1);
        shouldBeWhole(PEOPLE);
    }

    @Test
    void shouldLoadMoreInParts() throws IOException {
        assertThat(load(IN_PARTS)).isEqualTo(ROWS);

        assertThat(node.transactions()).isGreaterThan(5);
        shouldBeWhole(PEOPLE);
    }

    @Test
    void shouldGoInPartsIfTheBytesAreTooMany() throws IOException {
        assertThat(load(new CsvLoader.Sizes(1000, 50, 1000, 30))).isEqualTo(ROWS);

        assertThat(node.transactions()).isGreaterThan(5);
        shouldBeWhole(PEOPLE);
    }

    @Test
    void shouldRefuseAFileThatIsThereAndLeaveIt() throws IOException {
        load(IN_ONE);
        node.items(PEOPLE).put(ItemId.of("mine"), new byte[0]);

        assertThatThrownBy(() -> load(IN_PARTS))
                .isInstanceOf(Refusal.class)
                .hasMessage("The file 'sales,people' exists already; give another name, or delete it first.");

        assertThat(node.items(PEOPLE)).hasSize(ROWS + 1);
    }

    @Test
    void shouldRefuseAFileOfWhichOnlyTheDictionaryIsThere() {
        node.client().createAccount("sales", DPointer.of("DL", 101));
        node.client().createFile(DICTIONARY, DPointer.of("DL", 1));

        assertThatThrownBy(() -> load(IN_PARTS)).isInstanceOf(Refusal.class).hasMessageContaining("exists already");

        assertThat(node.has(DICTIONARY)).isTrue();
    }

    @Test
    void shouldLeaveNothingIfTheOnlyTransactionFails() {
        node.answerNext(404, FakeNode.problem("HB1010", "no account"));
        node.answerNext(507, FakeNode.problem("HB1017", "The disk is full."));

        assertThatThrownBy(() -> load(IN_ONE)).hasMessage("The disk is full.");

        assertThat(node.hasAccount("sales")).isFalse();
    }

    @Test
    void shouldSayThatItIsAllOrNothingIfTheConnectionIsLost() {
        node.dieAfterTransactions(0);
        node.answerNext(404, FakeNode.problem("HB1010", "no account"));

        assertThatThrownBy(() -> load(IN_ONE))
                .isInstanceOf(Failed.class)
                .hasMessageContaining("Everything is in 'sales,people' or nothing");
    }

    @Test
    void shouldMarkTheFileWhileItIsNotWholeAndTakeItBackWithTheNextImport() throws IOException {
        node.dieAfterTransactions(3);

        assertThatThrownBy(() -> load(IN_PARTS))
                .isInstanceOf(Failed.class)
                .hasMessageEndingWith("The file 'sales,people' was begun and cannot be deleted now; "
                        + "the next import on this node deletes it first.");
        node.revive();

        assertThat(node.items(DICTIONARY)).containsKey(CsvLoader.MARK);
        assertThat(node.items(PEOPLE)).isNotEmpty().hasSizeLessThan(ROWS);
        assertThat(home.resolve("import.begun")).exists();

        load(FilePath.data("sales", "others"), IN_ONE);

        assertThat(node.has(PEOPLE)).isFalse();
        assertThat(node.has(DICTIONARY)).isFalse();
        assertThat(told).contains("An import into 'sales,people' had been broken off; what it left is deleted.");
        shouldBeWhole(FilePath.data("sales", "others"));
    }

    @Test
    void shouldLoadTheSameFileAgainAfterItWasBrokenOff() throws IOException {
        node.dieAfterTransactions(3);
        assertThatThrownBy(() -> load(IN_PARTS)).isInstanceOf(Failed.class);
        node.revive();

        load(IN_PARTS);

        shouldBeWhole(PEOPLE);
    }

    /** Ctrl-C ended an import without a word. */
    @Test
    void shouldSayThatAnInterruptedImportLeavesNothing() throws IOException {
        try (ImportJournal journal = new ImportJournal(home)) {
            CsvLoader loader = new CsvLoader(node.client(), journal, PEOPLE, IN_PARTS);

            assertThatThrownBy(() -> loader.load(csv(), ROWS, progress -> loader.giveUp(told::add)))
                    .hasMessage("The import was interrupted.");
        }
        assertThat(told)
                .containsExactly(
                        "The import was interrupted; what it had loaded into 'sales,people' is deleted again.");
        assertThat(node.has(PEOPLE)).isFalse();
        assertThat(home.resolve("import.begun")).doesNotExist();
    }

    @Test
    void shouldDeleteTheFileAtOnceIfATransactionIsRefused() throws IOException {
        node.client().createAccount("sales", DPointer.of("DL", 101));
        FilePath other = FilePath.data("sales", "others");
        node.client().createFile(other, DPointer.of("DL", 1));
        long before = node.transactions();
        // account, file and dictionary are looked for, then the first part is sent, then the second
        node.answerAfter(4, 507, FakeNode.problem("HB1017", "The disk is full."));

        assertThatThrownBy(() -> load(IN_PARTS)).hasMessage("The disk is full.");

        assertThat(node.transactions()).isEqualTo(before + 2);
        assertThat(node.has(PEOPLE)).isFalse();
        assertThat(node.has(DICTIONARY)).isFalse();
        assertThat(node.has(other)).isTrue();
        assertThat(home.resolve("import.begun")).doesNotExist();
    }

    @Test
    void shouldNotDeleteAFileOfTheSameNameThatSomebodyElseMadeMeanwhile() throws IOException {
        load(IN_ONE);
        Files.writeString(home.resolve("import.begun"), "some-token\nsales,people\n");

        load(FilePath.data("sales", "others"), IN_ONE);

        shouldBeWhole(PEOPLE);
    }

    @Test
    void shouldNotDeleteAFileThatSomebodyElseMadeBetweenTheLookAndTheFirstTransaction() throws IOException {
        load(IN_ONE);
        node.answerNext(404, FakeNode.problem("HB1010", "no account"));

        assertThatThrownBy(() -> load(IN_PARTS))
                .hasMessage("The file 'sales,people' exists already; give another name, or delete it first.");

        shouldBeWhole(PEOPLE);
    }

    @Test
    void shouldNotBeDisturbedByAJournalThatWasNeverFinished() throws IOException {
        Files.writeString(home.resolve("import.begun"), "some-tok");

        load(IN_PARTS);

        shouldBeWhole(PEOPLE);
    }

    @Test
    void shouldDeleteTheFileIfTheCsvWasChangedMeanwhile() throws IOException {
        try (ImportJournal journal = new ImportJournal(home)) {
            CsvLoader loader = new CsvLoader(node.client(), journal, PEOPLE, IN_PARTS);
            CsvItems items = csv();

            assertThatThrownBy(() -> loader.load(items, ROWS + 1, told::add))
                    .isInstanceOf(Failed.class)
                    .hasMessageContaining("was changed while it was read: 26 rows before, 25 now");
        }
        assertThat(node.has(PEOPLE)).isFalse();
    }

    @Test
    void shouldRefuseASecondImportAtTheSameTime() throws IOException {
        try (ImportJournal journal = new ImportJournal(home)) {
            assertThat(journal.left()).isEmpty();
            assertThatThrownBy(() -> new ImportJournal(home))
                    .isInstanceOf(Refusal.class)
                    .hasMessageStartingWith("Another import is running on node");
        }
        load(IN_ONE);
    }
}
