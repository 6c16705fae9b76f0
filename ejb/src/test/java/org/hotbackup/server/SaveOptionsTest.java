package org.hotbackup.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.saves.TapeWork;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** No option letter of the manual is passed over in silence. */
@Tag("TS-001")
class SaveOptionsTest {

    @ParameterizedTest
    @CsvSource({
        "save,u,not kept which items were updated",
        "save,b,no indexes",
        "save,d,no dirty bits",
        "save,g,no groups",
        "save,l,t-dump",
        "save,s,no statistics",
        "account-save,u,not kept which items were updated",
        "t-dump,p,no printer",
        "t-dump,r,no frames",
        "t-load,p,no printer",
        "t-load,r,no frames",
        "t-load,v,t-chk"
    })
    void shouldSayWhyAnOptionMeansNothing(String verb, String letter, String why) {
        assertThatThrownBy(() -> SaveOptions.of(verb, letter, ""))
                .isInstanceOfSatisfying(
                        Refusal.class, e -> assertThat(e.code()).isEqualTo(MessageCode.TAPE_OPTION_MEANS_NOTHING))
                .hasMessageContaining(why)
                .hasMessageContaining("'" + letter + "' of " + verb);
    }

    @ParameterizedTest
    @CsvSource({
        "save,h,leaves the transaction log queue as it is",
        "save,i,file-of-files is not saved",
        "save,k,numbered anew on the tape",
        "t-dump,a,before 7.0",
        "t-dump,c,records of R83",
        "t-dump,i,ids are not listed",
        "t-load,a,from where the device stands",
        "t-load,i,ids are not listed"
    })
    void shouldSayInTheReportWhatIsSoAnyway(String verb, String letter, String what) {
        TapeWork work = new TapeWork();
        SaveOptions.of(verb, "(" + letter.toUpperCase(java.util.Locale.ROOT) + ")", "")
                .sayTo(work);
        assertThat(work.lines()).anyMatch(line -> line.startsWith("Option " + letter + ": ") && line.contains(what));
        assertThat(work.noteCount()).as("nobody has to look at it").isZero();
    }

    @Test
    void shouldRefuseWhatIsNoOption() {
        assertThatThrownBy(() -> SaveOptions.of("save", "z", ""))
                .hasMessageContaining("'z' cannot be used with save; it takes h, i, k");
        assertThatThrownBy(() -> SaveOptions.of("account-save", "z", "")).hasMessageContaining("it takes none");
        assertThat(SaveOptions.of("t-load", "(om", "om").has('o')).isTrue();
    }
}
