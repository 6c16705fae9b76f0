package org.hotbackup.ordeal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.BiFunction;
import org.hotbackup.model.DPointer;
import org.hotbackup.model.DynamicArray;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.ItemId;
import org.hotbackup.model.Update;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpectationTest {

    private static final FilePath MD = FilePath.masterDictionary("sales");
    private static final FilePath FILE = FilePath.data("sales", "orders");
    private static final DPointer DL = DPointer.of("DL", 7);

    private final Expectation expectation = new Expectation();

    private void perform(Update... updates) {
        expectation.performed(List.of(updates), false);
    }

    private static Update write(FilePath file, String id, String body) {
        return new Update.ItemWritten(file, ItemId.of(id), body.getBytes(StandardCharsets.UTF_8));
    }

    private boolean is(BiFunction<ImageModel, SlaveModel, Boolean> question) {
        return expectation.with(question);
    }

    private boolean onMaster(FilePath file, String id) {
        return expectation.with(
                (master, slave) -> master.item(file, ItemId.of(id)).isPresent());
    }

    private boolean onSlave(FilePath file, String id) {
        return expectation.with(
                (master, slave) -> slave.item(file, ItemId.of(id)).isPresent());
    }

    private boolean onSecondSlave(FilePath file, String id) {
        return expectation.withSecondSlave(
                model -> model.item(file, ItemId.of(id)).isPresent());
    }

    private DPointer pointerOnSlave(FilePath file) {
        return expectation.with(
                (master, slave) -> slave.section(file).orElseThrow().pointer());
    }

    @ParameterizedTest
    @CsvSource({
        "DL, false, true",
        "D, false, false",
        "D, true, true",
        "DLX, true, false",
        "DLT, true, false",
        "DYL, true, false"
    })
    void shouldExpectOnTheSlaveWhatIsLogged(String code, boolean allFiles, boolean logged) {
        perform(new Update.AccountCreated(MD, DL));
        expectation.logAllFiles(allFiles);
        long before = expectation.logged();
        perform(new Update.FileCreated(FILE, DL.withCode(code)));
        perform(write(FILE, "1", "x"));
        assertThat(onMaster(FILE, "1")).isTrue();
        assertThat(onSlave(FILE, "1")).isEqualTo(logged);
        assertThat(expectation.logged() - before).isEqualTo(logged ? 2 : 0);
    }

    @Test
    void shouldExpectNothingOfWhatIsExcludedOrNotEnqueuedOrChangesNothing() {
        perform(new Update.AccountCreated(MD, DL), new Update.FileCreated(FILE, DL));
        long before = expectation.logged();
        expectation.performed(List.of(write(FILE, "1", "x")), true);
        expectation.enqueue(false);
        perform(write(FILE, "2", "x"));
        expectation.enqueue(true);
        perform(new Update.ItemDeleted(FILE, ItemId.of("3")));
        perform(new Update.FileRedefined(FILE, DL));
        assertThat(onMaster(FILE, "1") && onMaster(FILE, "2")).isTrue();
        assertThat(onSlave(FILE, "1") || onSlave(FILE, "2")).isFalse();
        assertThat(expectation.logged()).isEqualTo(before);
        perform(new Update.FileCleared(FILE));
        perform(new Update.FileCleared(FILE));
        assertThat(expectation.logged()).isEqualTo(before + 1);
    }

    @Test
    void shouldExpectTheSlaveToGuessWhatItWasNeverToldOf() {
        perform(new Update.AccountCreated(MD, DPointer.of("D", 7)));
        perform(new Update.FileCreated(FILE, DPointer.of("D", 7)));
        perform(new Update.FileRedefined(FILE, DPointer.of("DL", 9)));
        perform(write(FILE, "1", "x"));
        assertThat(pointerOnSlave(FILE)).isEqualTo(DPointer.of("DL", 9));
        assertThat(pointerOnSlave(MD)).isEqualTo(DPointer.of("DL", 101));
        assertThat(is((master, slave) ->
                        slave.guessed().contains(FILE) && slave.guessed().contains(MD)))
                .isTrue();
        perform(new Update.AccountDeleted(MD));
        assertThat(is((master, slave) -> master.has(FILE))).isFalse();
        assertThat(onSlave(FILE, "1"))
                .as("the file is logged, the account is not")
                .isFalse();
        assertThat(is((master, slave) -> slave.has(MD))).isTrue();
    }

    @Test
    void shouldExpectTheSlaveToChangeDPointers() {
        perform(new Update.AccountCreated(MD, DL));
        byte[] verb = DynamicArray.ofAttributes("VR", "", "", "", "bp").bytes();
        perform(new Update.ItemWritten(MD, ItemId.of("known"), verb));
        perform(new Update.FileCreated(FilePath.data("sales", "f0"), DL));
        perform(new Update.FileCreated(
                FILE,
                DPointer.of("DLU", 7)
                        .withCorrelatives(List.of("callx known", "callx unknown", "A1+2", "Bf0;1;2", "Bnowhere;1;2"))));
        assertThat(pointerOnSlave(FILE).code()).isEqualTo("DL");
        assertThat(pointerOnSlave(FILE).correlatives())
                .containsExactly("callx sales,bp, known", "A1+2", "Bsales,f0,f0;1;2");
        List<SlaveModel.Removed> removed = expectation.with((master, slave) -> List.copyOf(slave.removed()));
        assertThat(removed)
                .extracting(SlaveModel.Removed::correlative)
                .containsExactly("callx unknown", "Bnowhere;1;2");
    }

    @Test
    void shouldExpectASlaveToLeaveABridgeThatIsExplicit() {
        perform(new Update.AccountCreated(MD, DL));
        perform(new Update.FileCreated(FilePath.data("sales", "f0"), DL));
        List<String> correlatives = List.of("callx sales,bp, known", "Bsales,f0,f0;1;2", "Bsales,f1,f1;1;2");
        perform(new Update.FileCreated(FILE, DL.withCorrelatives(correlatives)));
        assertThat(pointerOnSlave(FILE).correlatives()).containsExactly("callx sales,bp, known", "Bsales,f0,f0;1;2");
    }

    @Test
    void shouldExpectOfAPromotedSlaveWhatReachedIt() {
        perform(new Update.AccountCreated(MD, DL), new Update.FileCreated(FILE, DL), write(FILE, "1", "x"));
        expectation.mark();
        perform(write(FILE, "2", "x"));
        perform(write(FILE, "2", "y"));
        perform(write(FILE, "3", "x"));
        expectation.perhapsPerformed();

        List<List<Update>> unsent =
                List.of(List.of(write(FILE, "2", "y")), List.of(write(FILE, "3", "x")), List.of(write(FILE, "9", "x")));
        List<List<Update>> unknown = new ArrayList<>();
        SlaveModel promoted = expectation.slaveWithout(unsent, unknown::add);

        assertThat(promoted.section(FILE).orElseThrow().items())
                .containsOnlyKeys(ItemId.of("1"), ItemId.of("2"))
                .containsEntry(ItemId.of("2"), Fingerprint.of(new byte[] {'x'}));
        assertThat(unknown).containsExactly(unsent.get(2));
        assertThat(expectation.perhapsSinceMark()).isOne();
        assertThat(onSlave(FILE, "3"))
                .as("the slave as it was expected to go on")
                .isTrue();
    }

    @Test
    void shouldExpectOfASecondSlaveBesideTheFirstWhatTheMasterLogs() {
        perform(new Update.AccountCreated(MD, DL), new Update.FileCreated(FILE, DL.withCode("D")));
        expectation.logAllFiles(true);
        perform(write(FILE, "1", "x"));
        assertThat(onSlave(FILE, "1") && onSecondSlave(FILE, "1")).isTrue();
    }

    @Test
    void shouldExpectOfASlaveBehindTheFirstWhatThatLogsItself() {
        expectation.cascade(true);
        perform(new Update.AccountCreated(MD, DL));
        expectation.logAllFiles(true);
        perform(new Update.FileCreated(FILE, DL.withCode("D")));
        perform(write(FILE, "1", "x"));
        perform(new Update.ItemWritten(MD, ItemId.of("q1"), DPointer.of("D", 7).bytes()));
        assertThat(onSlave(FILE, "1") && onSlave(MD, "q1")).isTrue();
        assertThat(onSecondSlave(FILE, "1") || onSecondSlave(MD, "q1"))
                .as("the first slave logs DL files only")
                .isFalse();

        perform(new Update.FileRedefined(FILE, DL));
        perform(write(FILE, "2", "x"));
        assertThat(onSecondSlave(FILE, "2")).isTrue();
        assertThat(onSecondSlave(FILE, "1")).isFalse();
        perform(new Update.FileDeleted(FILE.definedIn()));
        assertThat(onSecondSlave(FILE, "2"))
                .as("its dictionary is not logged, it is")
                .isFalse();
    }

    @Test
    void shouldExpectOfASlaveBehindAPromotedOneWhatThatPassedOn() {
        expectation.cascade(true);
        perform(new Update.AccountCreated(MD, DL), new Update.FileCreated(FILE, DL));
        expectation.mark();
        perform(write(FILE, "1", "x"));
        perform(write(FILE, "2", "x"));
        expectation.slaveWithout(List.of(List.of(write(FILE, "2", "x"))), updates -> {});
        assertThat(onSecondSlave(FILE, "1")).isTrue();
        assertThat(onSecondSlave(FILE, "2")).isFalse();
    }

    @Test
    void shouldGoOnFromBothImagesWhenTheRolesChanged() {
        perform(new Update.AccountCreated(MD, DL), new Update.FileCreated(FILE, DL));
        ImageModel other = new ImageModel();
        other.perform(new Update.AccountCreated(MD, DL));
        other.perform(new Update.FileCreated(FILE, DPointer.of("D", 7)));
        expectation.mark();
        expectation.rolesChanged(other.sections(), new TreeMap<>(), false);
        perform(write(FILE, "1", "x"));
        assertThat(onMaster(FILE, "1")).isTrue();
        assertThat(onSlave(FILE, "1")).isFalse();
        expectation.logAllFiles(true);
        perform(write(FILE, "2", "x"));
        assertThat(onSlave(FILE, "2")).isTrue();
    }

    @Test
    void shouldJudgeAnItemThatIsADPointerByItsOwnLetters() {
        perform(new Update.AccountCreated(MD, DL));
        perform(new Update.ItemWritten(MD, ItemId.of("q1"), DPointer.of("D", 7).bytes()));
        perform(new Update.ItemWritten(MD, ItemId.of("q2"), DPointer.of("DL", 7).bytes()));
        perform(write(MD, "q3", "Dear"));
        perform(write(MD, "q4", "old"));
        perform(new Update.ItemWritten(MD, ItemId.of("q4"), DPointer.of("D", 7).bytes()));
        assertThat(onSlave(MD, "q4")).as("it was logged before").isTrue();
        assertThat(is((master, slave) -> slave.item(MD, ItemId.of("q4")).equals(master.item(MD, ItemId.of("q4")))))
                .isTrue();
        assertThat(onSlave(MD, "q1")).isFalse();
        assertThat(onSlave(MD, "q2") && onSlave(MD, "q3")).isTrue();
    }

    @Test
    void shouldShowWhatOneMoreTransactionWouldMake() {
        perform(new Update.AccountCreated(MD, DL), new Update.FileCreated(FILE, DL), write(FILE, "1", "x"));
        List<Update> more = List.of(new Update.FileDeleted(FILE.definedIn()));
        assertThat(expectation.preview(more).sections()).containsOnlyKeys(MD);
        assertThat(expectation.snapshot(more).sections()).containsOnlyKeys(MD, FILE.definedIn(), FILE);
        assertThat(onMaster(FILE, "1")).isTrue();
    }

    /**
     * Bug of the ordeal (seed 900005): an item that a repair had sent, and that was changed later while its file was not
     * logged, was held against the slave.
     */
    @Test
    void shouldKnowWhatWasChangedWithoutBeingLogged() {
        perform(new Update.AccountCreated(MD, DL), new Update.FileCreated(FILE, DL), write(FILE, "1", "logged"));
        perform(new Update.FileRedefined(FILE, DPointer.of("D", 7)));
        assertThat(expectation.unlogged().excuses(FILE, ItemId.of("1"))).isFalse();
        perform(write(FILE, "1", "not logged"));

        assertThat(expectation.unlogged().excuses(FILE, ItemId.of("1"))).isTrue();
        assertThat(expectation.unlogged().excuses(FILE, ItemId.of("2"))).isFalse();
        expectation.beginUnloggedAnew();
        assertThat(expectation.unlogged().excuses(FILE, ItemId.of("1"))).isFalse();
    }
}
