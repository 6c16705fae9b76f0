package org.hotbackup.ordeal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.hotbackup.model.DPointer;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.ItemId;
import org.hotbackup.model.Update;
import org.junit.jupiter.api.Test;

class ExcusesTest {

    private static final FilePath FILE = FilePath.data("sales", "orders");
    private static final FilePath OTHER = FilePath.data("sales", "notes");
    private static final ItemId ID = ItemId.of("1");

    private final Excuses excuses = new Excuses();

    @Test
    void shouldExcuseNoMoreThanWhatIsNamed() {
        excuses.update(new Update.ItemDeleted(FILE, ID));
        assertThat(excuses.excuses(FILE, ID)).isTrue();
        assertThat(excuses.excuses(FILE, ItemId.of("2"))).isFalse();
        assertThat(excuses.excuses(FILE)).isFalse();
        assertThat(excuses.touches(FILE)).isTrue();
        excuses.file(OTHER.definedIn());
        assertThat(excuses.excuses(OTHER))
                .as("its data sections go with a dictionary")
                .isTrue();
        excuses.forget();
        assertThat(excuses.touches(FILE) || excuses.touches(OTHER)).isFalse();
    }

    /** Seed 2: the account is not logged, its file is, and the slave does not create what is missing. */
    @Test
    void shouldExcuseWhatTheSlaveWouldHaveHadToGuess() {
        FilePath account = FilePath.masterDictionary("sales");
        Update created = new Update.FileCreated(FILE, DPointer.of("DL", 7));
        excuses.lost(created, Set.of());
        assertThat(excuses.excuses(FILE) && excuses.excuses(FILE.definedIn())).isTrue();
        assertThat(excuses.excuses(account)).as("the slave was told of it").isFalse();
        excuses.lost(created, Set.of(account));
        assertThat(excuses.excuses(account)).isTrue();
        assertThat(excuses.excuses(OTHER)).as("no more of the account").isFalse();
        excuses.forget();
        excuses.lost(new Update.ItemWritten(FILE, ID, new byte[0]), Set.of(FILE));
        assertThat(excuses.excuses(FILE.definedIn())).isTrue();
        assertThat(excuses.excuses(account)).isFalse();
    }

    /** Seed 31338: a file was not logged when it was created, its items were, and the slave does not create what is missing. */
    @Test
    void shouldExcuseTheAbsenceOfASectionOnlyIfAllThatWasDoneInItIsInLostAndFound() {
        Update written = new Update.ItemWritten(FILE, ID, new byte[0]);
        SlaveModel slave = new SlaveModel();
        slave.perform(written);
        assertThat(excuses.excusesAbsence(FILE, slave)).as("nothing is lost").isFalse();
        excuses.lost(written, slave.guessed());
        assertThat(excuses.excusesAbsence(FILE, slave)).isTrue();
        slave.perform(new Update.ItemWritten(FILE, ItemId.of("2"), new byte[0]));
        assertThat(excuses.excusesAbsence(FILE, slave))
                .as("of one item nobody knows")
                .isFalse();
        SlaveModel told = new SlaveModel();
        told.perform(new Update.FileCreated(FILE, DPointer.of("DL", 7)));
        told.perform(written);
        assertThat(excuses.excusesAbsence(FILE, told)).as("it was told of it").isFalse();
    }

    @Test
    void shouldExcuseAWholeAccount() {
        excuses.update(new Update.AccountDeleted(FilePath.masterDictionary("sales")));
        assertThat(excuses.excuses(FILE) && excuses.excuses(FILE.definedIn())).isTrue();
        assertThat(excuses.excuses(FilePath.data("world", "orders"))).isFalse();
    }
}
