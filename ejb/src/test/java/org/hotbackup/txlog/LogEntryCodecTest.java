package org.hotbackup.txlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.hotbackup.model.DPointer;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.ItemId;
import org.hotbackup.model.Update;
import org.hotbackup.model.Update.AccountCreated;
import org.hotbackup.model.Update.AccountDeleted;
import org.hotbackup.model.Update.FileCleared;
import org.hotbackup.model.Update.FileCreated;
import org.hotbackup.model.Update.FileDeleted;
import org.hotbackup.model.Update.ItemDeleted;
import org.hotbackup.model.Update.ItemWritten;
import org.junit.jupiter.api.Test;

class LogEntryCodecTest {

    private static final FilePath ACCOUNT = FilePath.masterDictionary("world");
    private static final FilePath FILE = FilePath.data("world", "countries");
    private static final FilePath SECTION = FilePath.data("world", "countries", "old");
    private static final DPointer POINTER = DPointer.of("DL", 101);

    private static final List<Update> EVERY_OPERATION = List.of(
            new AccountCreated(ACCOUNT, POINTER),
            new FileCreated(FILE, POINTER),
            new ItemWritten(FILE, ItemId.of("CH"), "Schweiz".getBytes(java.nio.charset.StandardCharsets.UTF_8)),
            new ItemWritten(FILE, ItemId.of(new byte[] {0, (byte) 0xED}), new byte[0]),
            new ItemDeleted(FILE, ItemId.of("CH")),
            new FileCleared(SECTION),
            new FileDeleted(SECTION),
            new AccountDeleted(ACCOUNT));

    @Test
    void shouldGiveBackEveryOperation() throws MalformedEntryException {
        assertSame(LogEntryCodec.decode(LogEntryCodec.encode(EVERY_OPERATION)), EVERY_OPERATION);
    }

    @Test
    void shouldKeepItsLayout() {
        byte[] payload = LogEntryCodec.encode(List.of(
                new ItemWritten(FilePath.data("a", "f"), ItemId.of("1"), new byte[] {(byte) 0xFE}),
                new ItemDeleted(FilePath.data("a", "f"), ItemId.of("2"))));

        assertThat(HexFormat.of().formatHex(payload))
                .isEqualTo("01" + "00000001" + "0161" + "0166" + "0166" + "00000002" + "01" + "00000000" + "0131"
                        + "00000001" + "fe" + "02" + "00000000" + "0132");
    }

    @Test
    void shouldRefuseAPayloadThatIsCutAnywhere() {
        byte[] payload = LogEntryCodec.encode(EVERY_OPERATION);
        for (int length = 0; length < payload.length; length++) {
            byte[] cut = Arrays.copyOf(payload, length);
            assertThatThrownBy(() -> LogEntryCodec.decode(cut)).isInstanceOf(MalformedEntryException.class);
        }
    }

    @Test
    void shouldRefuseBytesAfterTheEnd() {
        byte[] payload = LogEntryCodec.encode(EVERY_OPERATION);
        byte[] longer = Arrays.copyOf(payload, payload.length + 1);

        assertThatThrownBy(() -> LogEntryCodec.decode(longer)).hasMessageContaining("1 bytes too many");
    }

    @Test
    void shouldNeverFailWithAnythingElseOnDamagedBytes() {
        byte[] payload = LogEntryCodec.encode(EVERY_OPERATION);
        Random random = new Random(42);
        int refused = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] damaged = payload.clone();
            damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            try {
                LogEntryCodec.decode(damaged);
            } catch (MalformedEntryException e) {
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(1_000);
    }

    private static void assertSame(List<Update> actual, List<Update> expected) {
        assertThat(actual).usingRecursiveComparison().isEqualTo(expected);
    }
}
