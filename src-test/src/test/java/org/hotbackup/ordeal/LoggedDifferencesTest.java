package org.hotbackup.ordeal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SortedMap;
import java.util.TreeMap;
import org.hotbackup.model.DPointer;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.ItemId;
import org.junit.jupiter.api.Test;

class LoggedDifferencesTest {

    private static final FilePath MD = FilePath.masterDictionary("sales");
    private static final FilePath ORDERS = FilePath.data("sales", "orders");
    private static final FilePath NOTES = FilePath.data("sales", "notes");
    private static final ItemId ID = ItemId.of("1");

    private final SortedMap<FilePath, Section> master = new TreeMap<>();
    private final SortedMap<FilePath, Section> slave = new TreeMap<>();

    private static Section section(FilePath path, String code, String body) {
        Section section = new Section(path, DPointer.of(code, 7));
        section.write(ID, body.getBytes());
        return section;
    }

    private LoggedDifferences between() {
        return LoggedDifferences.between(master, slave, false);
    }

    @Test
    void shouldNameItemsAndSectionsThatDiffer() {
        master.put(MD, section(MD, "DL", "x"));
        slave.put(MD, section(MD, "DL", "x"));
        assertThat(between().isEmpty()).isTrue();
        master.put(ORDERS, section(ORDERS, "DL", "x"));
        slave.put(ORDERS, section(ORDERS, "DL", "y"));
        assertThat(between().items()).containsOnlyKeys(ORDERS);
        slave.put(NOTES, section(NOTES, "DL", "x"));
        assertThat(between().extra()).containsExactly(NOTES);
        slave.remove(ORDERS);
        assertThat(between().missing()).containsExactly(ORDERS);
    }

    @Test
    void shouldLeaveOutWhatIsNotLogged() {
        master.put(MD, section(MD, "DL", "D\u00fe\u00fe7"));
        slave.put(MD, new Section(MD, DPointer.of("DL", 7)));
        master.put(ORDERS, section(ORDERS, "D", "x"));
        master.put(NOTES, section(NOTES, "DLT", "x"));
        master.get(MD).write(ID, DPointer.of("D", 7).bytes());
        assertThat(between().isEmpty()).isTrue();
        assertThat(LoggedDifferences.between(master, slave, true).sections()).containsExactly(ORDERS);
    }

    /** A repair cannot send an account whose own D-pointer has no L (seed 2121). */
    @Test
    void shouldKnowWhatHasNoAccountOnTheSlaveAndGetsNone() {
        master.put(MD, section(MD, "D", "x"));
        master.put(ORDERS, section(ORDERS, "DL", "x"));
        assertThat(between().homeless(slave)).containsExactly(ORDERS);
        slave.put(MD, section(MD, "D", "x"));
        assertThat(between().homeless(slave)).isEmpty();
        slave.remove(MD);
        master.put(MD, section(MD, "DL", "x"));
        assertThat(between().homeless(slave)).isEmpty();
    }
}
