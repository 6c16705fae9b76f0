package org.hotbackup.txlog;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.hotbackup.model.DPointer;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.ItemId;
import org.hotbackup.model.Update;
import org.hotbackup.model.Update.AccountCreated;
import org.hotbackup.model.Update.AccountDeleted;
import org.hotbackup.model.Update.FileCreated;
import org.hotbackup.model.Update.FileRedefined;
import org.hotbackup.model.Update.ItemDeleted;
import org.hotbackup.model.Update.ItemWritten;
import org.hotbackup.txlog.LoggingPolicy.Switches;
import org.hotbackup.txlog.LoggingPolicy.Verdict;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoggingPolicyTest {

    private static final Switches DL_FILES = new Switches(true, false, false);
    private static final Switches ALL_FILES = new Switches(true, false, true);

    private static final FilePath DATA = FilePath.data("world", "countries");
    private static final FilePath DICTIONARY = FilePath.dictionary("world", "countries");
    private static final FilePath ACCOUNT = FilePath.masterDictionary("world");

    @ParameterizedTest
    @CsvSource({
        "false, DL,  true",
        "false, D,   false",
        "true,  D,   true",
        "true,  DLX, false",
        "true,  DLY, false",
        "true,  DLT, false",
        "true,  dlt, false",
    })
    @Tag("SUB-9")
    void shouldDecideInTheManualsOrder(boolean allFiles, String code, boolean logged) {
        DPointer pointer = DPointer.of(code, 1);
        Switches switches = new Switches(true, false, allFiles);

        assertThat(logs(switches, pointer, item(DATA, "text"))).isEqualTo(logged);
    }

    @Test
    void shouldLogNothingWhileEnqueuingIsOffAndTellWhatIsMissed() {
        Switches off = new Switches(false, false, false);
        Update update = item(DATA, "text");

        assertThat(LoggingPolicy.judge(off, DPointer.of("DL", 1), update)).isEqualTo(Verdict.MISSED);
        assertThat(LoggingPolicy.judge(off, DPointer.of("D", 1), update)).isEqualTo(Verdict.LEFT_OUT);
        assertThat(LoggingPolicy.judge(off, DPointer.of("DLT", 1), update)).isEqualTo(Verdict.LEFT_OUT);
    }

    @Test
    void shouldLogNothingOfAnExcludedProcess() {
        Update update = item(DATA, "text");

        assertThat(LoggingPolicy.judge(new Switches(true, true, true), DPointer.of("DL", 1), update))
                .isEqualTo(Verdict.LEFT_OUT);
        assertThat(LoggingPolicy.judge(new Switches(false, true, true), DPointer.of("DL", 1), update))
                .isEqualTo(Verdict.LEFT_OUT);
    }

    @ParameterizedTest
    @CsvSource({
        // code of the dictionary, code of the D-pointer that is written into it, DL only, ALL
        "DL,  D,  false, true",
        "D,   DL, true,  true",
        "D,   D,  false, true",
        "DLT, DL, false, false",
        "DX,  DL, false, false",
    })
    @Tag("SUB-9")
    void shouldJudgeAnItemThatIsADPointerByItsOwnCode(String dictionary, String own, boolean dlOnly, boolean all) {
        Update update = new ItemWritten(
                DICTIONARY, ItemId.of("old"), DPointer.of(own, 7).bytes());
        DPointer pointer = DPointer.of(dictionary, 1);

        assertThat(logs(DL_FILES, pointer, update)).isEqualTo(dlOnly);
        assertThat(logs(ALL_FILES, pointer, update)).isEqualTo(all);
    }

    @Test
    void shouldJudgeByTheFileAnItemThatOnlyLooksLikeADPointer() {
        Update noPointer = item(DICTIONARY, "Dortmund");
        Update inData =
                new ItemWritten(DATA, ItemId.of("x"), DPointer.of("D", 7).bytes());

        assertThat(logs(DL_FILES, DPointer.of("DL", 1), noPointer)).isTrue();
        assertThat(logs(DL_FILES, DPointer.of("DL", 1), inData)).isTrue();
    }

    @Test
    void shouldNotLogTheCreationOfAFileThatIsNotDlWhileOnlyDlFilesAreLogged() {
        DPointer plain = DPointer.of("D", 1);
        DPointer logged = DPointer.of("DL", 1);

        assertThat(logs(DL_FILES, plain, new FileCreated(DATA, plain))).isFalse();
        assertThat(logs(DL_FILES, logged, new FileCreated(DATA, logged))).isTrue();
        assertThat(logs(ALL_FILES, plain, new FileCreated(DATA, plain))).isTrue();
    }

    @Test
    void shouldJudgeAnAccountByItsDPointer() {
        DPointer plain = DPointer.of("D", 1);
        DPointer logged = DPointer.of("DL", 1);

        assertThat(logs(DL_FILES, plain, new AccountCreated(ACCOUNT, plain))).isFalse();
        assertThat(logs(DL_FILES, logged, new AccountCreated(ACCOUNT, logged))).isTrue();
        assertThat(logs(DL_FILES, plain, new AccountDeleted(ACCOUNT))).isFalse();
        assertThat(logs(ALL_FILES, plain, new AccountDeleted(ACCOUNT))).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        // what the file was, what it becomes, DL only, ALL
        "D,   D,   false, true",
        "D,   DL,  true,  true",
        "DL,  D,   true,  true",
        "DL,  DLT, true,  true",
        "DLX, DL,  true,  true",
        "DLX, DLY, false, false",
        "DT,  D,   false, true",
    })
    @Tag("SUB-9")
    void shouldJudgeAFileThatIsRedefinedByBothDPointers(String was, String becomes, boolean dlOnly, boolean all) {
        DPointer before = DPointer.of(was, 1);
        Update redefined = new FileRedefined(DATA, DPointer.of(becomes, 1));

        assertThat(logs(DL_FILES, before, redefined)).isEqualTo(dlOnly);
        assertThat(logs(ALL_FILES, before, redefined)).isEqualTo(all);
    }

    @ParameterizedTest
    @CsvSource({
        // code of the dictionary, code of the D-pointer that the item was, overwritten by one without L, deleted
        "D,   DL, true,  true",
        "D,   D,  false, false",
        "DL,  D,  false, true",
        "DLT, DL, false, false",
    })
    @Tag("SUB-9")
    void shouldJudgeAnItemAlsoByTheDPointerThatItWas(
            String dictionary, String was, boolean overwritten, boolean deleted) {
        Optional<byte[]> before = Optional.of(DPointer.of(was, 7).bytes());
        DPointer pointer = DPointer.of(dictionary, 1);
        ItemId id = ItemId.of("old");

        assertThat(logs(
                        pointer,
                        new ItemWritten(DICTIONARY, id, DPointer.of("D", 7).bytes()),
                        before))
                .isEqualTo(overwritten);
        assertThat(logs(pointer, new ItemDeleted(DICTIONARY, id), before)).isEqualTo(deleted);
    }

    @Test
    @Tag("SUB-9")
    void shouldSayThatAnItemOfALoggedDictionaryBecomesADPointerOfItsOwn() {
        Update update =
                new ItemWritten(DICTIONARY, ItemId.of("x"), DPointer.of("D", 7).bytes());

        assertThat(logs(DPointer.of("DL", 1), update, Optional.of(new byte[] {'A'})))
                .isTrue();
        assertThat(logs(DPointer.of("DL", 1), update, Optional.empty())).isFalse();
    }

    private static boolean logs(DPointer pointer, Update update, Optional<byte[]> before) {
        return LoggingPolicy.judge(DL_FILES, pointer, update, before) == Verdict.LOGGED;
    }

    private static boolean logs(Switches switches, DPointer pointer, Update update) {
        return LoggingPolicy.judge(switches, pointer, update) == Verdict.LOGGED;
    }

    private static Update item(FilePath file, String body) {
        return new ItemWritten(file, ItemId.of("1"), body.getBytes(StandardCharsets.UTF_8));
    }
}
