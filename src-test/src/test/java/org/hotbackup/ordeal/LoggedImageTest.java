package org.hotbackup.ordeal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.hotbackup.model.DPointer;
import org.hotbackup.model.FilePath;
import org.junit.jupiter.api.Test;

class LoggedImageTest {

    private static final FilePath NOTES = FilePath.data("sales", "notes");

    private static LoggedImage with(String code, boolean allFiles) {
        Section notes = new Section(NOTES, DPointer.of(code, 7));
        return new LoggedImage(new TreeMap<>(Map.of(NOTES, notes)), allFiles);
    }

    /** A master that logs ALL files repairs one that the slave creates without passing it on to its own (seed 540945). */
    @Test
    void shouldNotLogWithoutLWhatAnotherNodeLogsWithAllFiles() {
        assertThat(with("D", true).logs(NOTES)).isTrue();
        assertThat(with("D", false).logs(NOTES)).isFalse();
        assertThat(with("DL", false).logs(NOTES)).isTrue();
        assertThat(with("DL", false).logs(FilePath.data("sales", "orders"))).isFalse();
    }
}
