package org.hotbackup.saves;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Predicate;
import org.hotbackup.control.ItemStore;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.device.StopSign;
import org.hotbackup.model.DPointer;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.ItemId;
import org.hotbackup.model.Update;
import org.hotbackup.tape.BlockFormat;
import org.hotbackup.tape.TapeBroken;
import org.hotbackup.tape.TapeReader;
import org.hotbackup.tape.TapeReport;
import org.hotbackup.tape.TapeWriter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What becomes of accounts that change while they are saved, and of restores that end before their end. */
@Tag("TS-001")
class SaveAndRestoreTest {

    private static final LocalDateTime TIME = LocalDateTime.of(2026, 11, 22, 12, 0);
    private static final BlockFormat FORMAT = BlockFormat.of(500);
    private static final int ITEMS = 200;

    private final MemoryStore memory = new MemoryStore();
    private final ItemStore store = memory.store();

    @BeforeEach
    void fill() {
        for (String account : List.of("first", "heavy", "zz")) {
            store.createAccount(account, DPointer.of("D", 1));
            store.createFile(FilePath.data(account, "orders"), DPointer.of("D", 1));
            for (int i = 0; i < ITEMS; i++) {
                store.write(FilePath.data(account, "orders"), ItemId.of("o" + i), ("body of " + i).getBytes());
            }
        }
    }

    private byte[] save(TapeWork work, Optional<List<String>> accounts) {
        return save(work, accounts, path -> false);
    }

    private byte[] save(TapeWork work, Optional<List<String>> accounts, Predicate<FilePath> own) {
        ByteArrayOutputStream image = new ByteArrayOutputStream();
        try (Saving saving = new Saving(store, own, work, new StopSign(), Thread::new);
                TapeWriter tape = new TapeWriter(image, FORMAT, TIME)) {
            saving.save(tape, accounts, "TEST", TIME);
        }
        return image.toByteArray();
    }

    private static TapeWork restore(byte[] image, Function<TapeWork, AccountRestore> restoring) {
        TapeWork work = new TapeWork();
        restore(image, restoring, work);
        return work;
    }

    private static void restore(byte[] image, Function<TapeWork, AccountRestore> restoring, TapeWork work) {
        try (AccountRestore restore = restoring.apply(work)) {
            new TapeReader(
                            (number, needed) ->
                                    number == 1 ? Optional.of(new ByteArrayInputStream(image)) : Optional.empty(),
                            restore)
                    .readAll();
        }
    }

    private List<String> half() {
        return UnfinishedRestore.all(store).stream().map(HalfRestored::name).toList();
    }

    private Function<TapeWork, AccountRestore> all(boolean replace) {
        return AccountRestore.ofAll(store, replace, Thread::new);
    }

    @Test
    void shouldLeaveOutAnAccountThatIsDeletedDuringTheSave() {
        TapeWork work = new TapeWork();

        byte[] image = save(work, Optional.of(List.of("first", "zz")), path -> {
            if (work.items() > 0 && store.accounts().contains("zz")) {
                store.deleteAccount("zz");
            }
            return false;
        });

        assertThat(work.lines()).contains(MessageCode.TAPE_ACCOUNT_VANISHED.text("zz"));
        List<String> before = memory.image("first");
        store.deleteAccount("first");
        assertThat(restore(image, all(false)).damages()).isZero();
        assertThat(memory.image("first")).isEqualTo(before);
        assertThat(store.accounts()).doesNotContain("zz");
    }

    /** Restores account heavy as far as a tape that is cut goes. */
    private TapeWork restoreHalf(byte[] image) {
        TapeWork work = new TapeWork();
        byte[] cut = Arrays.copyOf(image, image.length / 2 / FORMAT.size() * FORMAT.size());
        assertThatThrownBy(() -> restore(cut, all(true), work)).isInstanceOf(TapeBroken.class);
        return work;
    }

    @Test
    void shouldMakeAnAccountAnewWhoseRestoreBrokeOff() {
        byte[] image = save(new TapeWork(), Optional.of(List.of("heavy")));
        List<String> whole = memory.image("heavy");

        TapeWork broken = restoreHalf(image);

        assertThat(broken.unfinished()).containsExactly("heavy");
        assertThat(half()).containsExactly("heavy");
        assertThat(memory.image("heavy")).isNotEqualTo(whole);

        TapeWork again = restore(image, all(false));

        assertThat(memory.image("heavy")).isEqualTo(whole);
        assertThat(again.lines()).contains(MessageCode.TAPE_ACCOUNT_WAS_HALF.text("heavy"));
        assertThat(again.unfinished()).isEmpty();
        assertThat(half()).isEmpty();
    }

    /** diagnose named a command without its device, and the account's name here for the one on the tape. */
    @Test
    void shouldKeepWhichCommandRestoresAHalfAccountAgain() {
        byte[] image = save(new TapeWork(), Optional.of(List.of("heavy")));
        byte[] cut = Arrays.copyOf(image, image.length / 2 / FORMAT.size() * FORMAT.size());
        HalfRestored by = HalfRestored.by("account-restore", "tape1", "", "tape:tape1:7");

        assertThatThrownBy(() -> restore(cut, work -> AccountRestore.ofOne(store, "heavy", "light", work, Thread::new)
                        .by(by)))
                .isInstanceOf(TapeBroken.class);

        assertThat(UnfinishedRestore.all(store)).containsExactly(by.of("light", "heavy"));
        assertThat(by.of("light", "heavy").command("prod"))
                .isEqualTo("account-restore heavy light --device tape1 --node prod");
    }

    @Test
    void shouldKnowOfAHalfAccountFromTheTransactionThatMakesIt() {
        byte[] image = save(new TapeWork(), Optional.of(List.of("heavy")));
        memory.before = update -> {
            if (update instanceof Update.FileCreated) {
                throw new IllegalStateException("the process ends");
            }
        };

        assertThatThrownBy(() -> restore(image, all(true))).hasMessage("the process ends");

        assertThat(half()).containsExactly("heavy");
    }

    /** It deleted the account in one transaction and made it in the next: killed between them nothing said that it was gone. */
    @Test
    void shouldLeaveNoAccountOrFileGoneWithoutAMarkWhereverItIsKilled() {
        store.createAccount("dm", DPointer.of("D", 1));
        FilePath notes = FilePath.data("dm", "notes");
        store.createFile(notes, DPointer.of("D", 1));
        store.write(notes, ItemId.of("n"), "note".getBytes());
        byte[] image = save(new TapeWork(), Optional.of(List.of("dm", "heavy")));
        List<String> heavy = memory.image("heavy");
        List<String> dm = memory.image("dm");
        AtomicInteger left = new AtomicInteger();
        memory.beforeTransaction = () -> {
            if (left.getAndDecrement() == 0) {
                throw new IllegalStateException("the process ends");
            }
        };

        int kill = 0;
        boolean killed = true;
        while (killed) {
            left.set(kill);
            killed = isKilled(() -> restore(image, all(true)));
            left.set(-1);
            assertThat(memory.image("heavy").equals(heavy) || half().contains("heavy"))
                    .as("heavy is whole or said to be half after kill %s", kill)
                    .isTrue();
            assertThat(memory.image("dm").equals(dm) || half().contains("dm,notes"))
                    .as("dm,notes is whole or said to be half after kill %s", kill)
                    .isTrue();
            restore(image, all(true));
            kill++;
        }
        assertThat(kill).isGreaterThan(8);
    }

    private static boolean isKilled(Runnable restore) {
        try {
            restore.run();
            return false;
        } catch (IllegalStateException e) {
            assertThat(e).hasMessage("the process ends");
            return true;
        }
    }

    /** A restore --overwrite that was killed left the LSN of the image that was there before. */
    @Test
    @Tag("TLOG-6")
    void shouldForgetTheImagesLsnBeforeTheFirstAccountIsReplaced() {
        byte[] image = save(new TapeWork(), Optional.of(List.of("first", "heavy")));
        List<String> events = new ArrayList<>();
        memory.before = update -> events.add(update.operation() + " " + update.file());

        restore(image, work -> all(true).apply(work).beforeFirstChange(() -> events.add("LSN forgotten")));

        assertThat(events.get(0)).isEqualTo("LSN forgotten");
        assertThat(events).containsOnlyOnce("LSN forgotten").hasSizeGreaterThan(2);
    }

    @Test
    @Tag("TLOG-6")
    void shouldForgetTheImagesLsnOnlyIfSomethingIsRestored() {
        byte[] image = save(new TapeWork(), Optional.of(List.of("first", "heavy")));
        List<String> events = new ArrayList<>();
        Function<TapeWork, AccountRestore> noting =
                work -> all(false).apply(work).beforeFirstChange(() -> events.add("LSN forgotten"));

        restore(image, noting);
        assertThat(events).as("all accounts are left as they are").isEmpty();

        store.deleteAccount("heavy");
        restore(image, noting);
        assertThat(events).as("one is made anew").containsExactly("LSN forgotten");
    }

    /** What hinders it is no reason to leave out one account. */
    @Test
    @Tag("TLOG-6")
    void shouldEndWithNothingChangedIfTheLsnCannotBeForgotten() {
        byte[] image = save(new TapeWork(), Optional.of(List.of("first")));
        List<String> before = memory.image("first");

        assertThatThrownBy(() -> restore(image, work -> all(true).apply(work).beforeFirstChange(() -> {
                    throw new Refusal(MessageCode.LOG_ARRIVES, "link");
                })))
                .isInstanceOf(Refusal.class);

        assertThat(memory.image("first")).isEqualTo(before);
    }

    @Test
    void shouldNotSaveThatAnAccountIsHalf() {
        restoreHalf(save(new TapeWork(), Optional.of(List.of("heavy"))));
        byte[] image = save(new TapeWork(), Optional.of(List.of("heavy")));
        store.deleteAccount("heavy");

        restore(image, all(false));

        assertThat(half()).isEmpty();
    }

    @Test
    void shouldMakeAFileOfTheSystemsAccountAnewWhoseRestoreBrokeOff() {
        store.createAccount("dm", DPointer.of("D", 1));
        FilePath notes = FilePath.data("dm", "notes");
        store.createFile(notes, DPointer.of("D", 1));
        for (int i = 0; i < ITEMS; i++) {
            store.write(notes, ItemId.of("n" + i), ("note " + i).getBytes());
        }
        byte[] image = save(new TapeWork(), Optional.of(List.of("dm")));
        List<String> whole = memory.image("dm");
        store.deleteFile(notes.definedIn());

        TapeWork broken = restoreHalf(image);

        assertThat(broken.unfinished()).containsExactly("dm,notes");
        assertThat(half()).containsExactly("dm,notes");
        byte[] half = save(new TapeWork(), Optional.of(List.of("dm")));

        TapeWork again = restore(image, all(false));

        assertThat(memory.image("dm")).isEqualTo(whole);
        assertThat(again.lines()).contains(MessageCode.TAPE_FILE_WAS_HALF.text("dm,notes"));
        assertThat(again.unfinished()).isEmpty();
        assertThat(half()).isEmpty();
        store.deleteFile(notes.definedIn());
        restore(half, all(false));
        assertThat(half()).as("saved while it was half").isEmpty();
    }

    @Test
    void shouldKnowOfAHalfFileOfTheSystemsAccountFromTheTransactionThatMakesIt() {
        store.createAccount("dm", DPointer.of("D", 1));
        FilePath notes = FilePath.data("dm", "notes");
        store.createFile(notes, DPointer.of("D", 1));
        byte[] image = save(new TapeWork(), Optional.of(List.of("dm")));
        memory.before = update -> {
            if (update instanceof Update.FileCreated made && made.file().equals(notes)) {
                throw new IllegalStateException("the process ends");
            }
        };

        assertThatThrownBy(() -> restore(image, all(true))).hasMessage("the process ends");

        assertThat(half()).containsExactly("dm,notes");
    }

    @Test
    void shouldCountFilesThatAreLeftOutApart() {
        byte[] image = save(new TapeWork(), Optional.of(List.of("heavy")));

        TapeWork work = restore(image, all(false));

        assertThat(work.lines().get(0)).startsWith("Files 0, items 0,");
        assertThat(work.lines().get(1)).isEqualTo("Files left as they were or out with all their items: 3");
        assertThat(work.damages()).isZero();
    }

    @Test
    void shouldCallATapeDamagedOnWhichABlockIsMissingOrTwice() {
        byte[] image = save(new TapeWork(), Optional.of(List.of("heavy")));
        int at = image.length / 2 / FORMAT.size() * FORMAT.size();
        byte[] without = new byte[image.length - FORMAT.size()];
        System.arraycopy(image, 0, without, 0, at);
        System.arraycopy(image, at + FORMAT.size(), without, at, without.length - at);
        byte[] twice = new byte[image.length + FORMAT.size()];
        System.arraycopy(image, 0, twice, 0, at);
        System.arraycopy(image, at - FORMAT.size(), twice, at, twice.length - at);

        assertThat(restore(without, all(true)).damages()).as("one is missing").isPositive();
        assertThat(restore(twice, all(true)).damages()).as("one is there twice").isPositive();
        assertThat(restore(image, all(true)).damages()).isZero();
    }

    /** A resync took what a damaged tape left for restored, since the tape had ended. */
    @Test
    void shouldNotCallWholeWhatAResyncRestoredFromADamagedTape() {
        byte[] image = save(new TapeWork(), Optional.of(List.of("heavy")));
        assertThat(restoreOfResync(image).isWhole()).isTrue();

        int at = image.length / 2 / FORMAT.size() * FORMAT.size();
        byte[] without = new byte[image.length - FORMAT.size()];
        System.arraycopy(image, 0, without, 0, at);
        System.arraycopy(image, at + FORMAT.size(), without, at, without.length - at);

        assertThat(restoreOfResync(without).isEnded()).isTrue();
        assertThat(restoreOfResync(without).isWhole()).isFalse();
        assertThat(restoreOfResync(Arrays.copyOf(image, image.length - FORMAT.size()))
                        .isWhole())
                .as("nothing marks its end")
                .isFalse();
    }

    private AccountRestore restoreOfResync(byte[] image) {
        AccountRestore[] made = new AccountRestore[1];
        restore(image, work -> {
            made[0] = AccountRestore.ofResync(store, "heavy", path -> true, false, work, Thread::new);
            return made[0];
        });
        return made[0];
    }

    @Test
    void shouldJudgeATapeAsVerifyDoes() {
        byte[] image = save(new TapeWork(), Optional.of(List.of("heavy")));

        assertThat(restore(image, all(true)).outcome()).isEqualTo(TapeReport.Outcome.WHOLE);
        byte[] cut = Arrays.copyOf(image, image.length - FORMAT.size());
        assertThat(restore(cut, all(true)).outcome()).isEqualTo(TapeReport.Outcome.UNMARKED);
        image[image.length / 2 / FORMAT.size() * FORMAT.size() + 100] ^= 1;
        assertThat(restore(image, all(true)).outcome()).isEqualTo(TapeReport.Outcome.DAMAGED);
    }

    @Test
    void shouldStillRefuseAnAccountThatIsWhole() {
        assertThatThrownBy(() -> store.createAccount("heavy", DPointer.of("D", 1)))
                .isInstanceOf(Refusal.class);
        assertThat(UnfinishedRestore.isHalf(store, "heavy")).isFalse();
    }
}
