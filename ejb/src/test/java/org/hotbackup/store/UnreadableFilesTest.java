package org.hotbackup.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.List;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.ItemId;
import org.hotbackup.verify.FileList;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Records of file-of-files that cannot be read: the node starts, and nothing of their items is lost (HB-154). */
class UnreadableFilesTest {

    private static final byte[] NO_POINTER = {(byte) 0xFF, 0};

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    @Tag("HB-154")
    void shouldHoldTheItemsOfAFileThatCannotBeReadInHbMissing(TestDatabase database) throws Exception {
        try (OpenStore open = OpenStore.create(database, folder)) {
            open.createAccount("a");
            open.logSettings(OpenStore.DL_ONLY);
            FilePath file = open.createFile("a,f", "DL");
            open.write(file, "x", new byte[] {1});
            int number = open.store.catalogue().file(file).orElseThrow().number();
            byte[] pointer =
                    open.store.catalogue().file(file).orElseThrow().pointer().bytes();
            spoil(open, number, NO_POINTER);
            open.reopen();

            assertThat(open.store.unreadableFiles()).containsExactly(number);
            FilePath missing = FilePath.data("dm", "hb.missing", "pick0*" + number);
            assertThat(open.read(missing, "x")).containsExactly(1);
            assertThatThrownBy(() -> open.write(file, "y", new byte[1]))
                    .isInstanceOfSatisfying(
                            Refusal.class, e -> assertThat(e.code()).isEqualTo(MessageCode.NO_FILE));
            assertThatThrownBy(() -> open.write(missing, "y", new byte[1]))
                    .isInstanceOfSatisfying(
                            Refusal.class, e -> assertThat(e.code()).isEqualTo(MessageCode.SYSTEM_FILE));
            assertThatThrownBy(
                            () -> new RangeLog(open.store).resend(FileList.PATH, List.of(ItemId.of(file.toString()))))
                    .as("a repair would delete the slave's good copy")
                    .isInstanceOf(Refusal.class)
                    .hasMessageContaining("cannot be read at number [" + number + "]");

            spoil(open, number, pointer);
            open.store.slaveMemory().doubt();
            open.store.slaveMemory().recall();
            assertThat(open.store.unreadableFiles()).isEmpty();
            assertThat(open.write(file, "y", new byte[1])).isTrue();
            assertThat(open.read(file, "x")).containsExactly(1);
        }
    }

    /** By hand, as whoever repairs it does. */
    private static void spoil(OpenStore open, int number, byte[] pointer) throws Exception {
        try (Connection connection = open.source.getConnection();
                PreparedStatement update =
                        connection.prepareStatement("UPDATE file SET pointer = ? WHERE number = ?")) {
            update.setBytes(1, pointer);
            update.setInt(2, number);
            assertThat(update.executeUpdate()).isEqualTo(1);
        }
    }
}
