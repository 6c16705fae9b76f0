package org.hotbackup.txlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.hotbackup.model.DPointer;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.ItemId;
import org.hotbackup.model.ItemSum;
import org.hotbackup.model.RangeCheck;
import org.hotbackup.model.Update;
import org.hotbackup.model.Update.AccountCreated;
import org.hotbackup.model.Update.AccountDeleted;
import org.hotbackup.model.Update.FileCleared;
import org.hotbackup.model.Update.FileCreated;
import org.hotbackup.model.Update.FileDeleted;
import org.hotbackup.model.Update.FileRedefined;
import org.hotbackup.model.Update.ItemDeleted;
import org.hotbackup.model.Update.ItemWritten;
import org.hotbackup.model.Update.RangeChecked;
import org.junit.jupiter.api.Test;

class LogEntryCodecTest {

    private static final FilePath ACCOUNT = FilePath.masterDictionary("world");
    private static final FilePath FILE = FilePath.data("world", "countries");
    private static final FilePath SECTION = FilePath.data("world", "countries", "old");
    private static final DPointer POINTER = DPointer.of("DL", 101);

    private static final String SHA256 = "00112233445566778899aabbccddeeff".repeat(2);

    private static final List<Update> EVERY_OPERATION = List.of(
            new AccountCreated(ACCOUNT, POINTER),
            new FileCreated(FILE, POINTER),
            new ItemWritten(FILE, ItemId.of("CH"), "Schweiz".getBytes(java.nio.charset.StandardCharsets.UTF_8)),
            new ItemWritten(FILE, ItemId.of(new byte[] {0, (byte) 0xED}), new byte[0]),
            new ItemDeleted(FILE, ItemId.of("CH")),
            new FileCleared(SECTION),
            new FileRedefined(SECTION, DPointer.of("DX", 499)),
            new FileDeleted(SECTION),
            new RangeChecked(FILE, whole(Optional.empty(), Optional.empty())),
            new RangeChecked(FILE, whole(Optional.of(ItemId.of("A")), Optional.of(ItemId.of("B")))),
            new RangeChecked(FILE, detailed("CH", "FR")),
            new AccountDeleted(ACCOUNT));

    private static RangeCheck whole(Optional<ItemId> after, Optional<ItemId> upTo) {
        return new RangeCheck(1L << 40, after, upTo, 3, 1000, SHA256, Optional.empty());
    }

    private static RangeCheck detailed(String... ids) {
        TreeMap<ItemId, ItemSum> detail = new TreeMap<>();
        for (String id : ids) {
            detail.put(ItemId.of(id), new ItemSum(7, SHA256));
        }
        return new RangeCheck(
                2,
                Optional.of(ItemId.of("C")),
                Optional.of(ItemId.of("FR")),
                ids.length,
                18,
                SHA256,
                Optional.of(detail));
    }

    /** Also the file: by its path, so that there is no number which may lead nowhere. */
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
    void shouldKeepTheLayoutOfACheck() {
        TreeMap<ItemId, ItemSum> detail = new TreeMap<>(Map.of(ItemId.of("7"), new ItemSum(2, SHA256)));
        RangeCheck check =
                new RangeCheck(5, Optional.of(ItemId.of("6")), Optional.empty(), 1, 3, SHA256, Optional.of(detail));

        byte[] payload = LogEntryCodec.encode(List.of(new RangeChecked(FilePath.data("a", "f"), check)));

        assertThat(HexFormat.of().formatHex(payload))
                .isEqualTo("01" + "00000001" + "0161" + "0166" + "0166" + "00000001" + "10" + "00000000"
                        + "0000000000000005" + "0136" + "00" + "0000000000000001" + "0000000000000003" + SHA256
                        + "01" + "0137" + "00000002" + SHA256);
    }

    @Test
    void shouldRefuseACheckThatCannotBe() {
        assertRefused(whole(Optional.of(ItemId.of("B")), Optional.of(ItemId.of("B"))));
        assertRefused(detailed("CH", "FX"));
        assertRefused(detailed("A", "CH"));
        assertRefused(new RangeCheck(0, Optional.empty(), Optional.empty(), 0, 0, SHA256, Optional.empty()));
        assertRefused(new RangeCheck(1, Optional.empty(), Optional.empty(), -1, 0, SHA256, Optional.empty()));
    }

    private static void assertRefused(RangeCheck check) {
        byte[] payload = LogEntryCodec.encode(List.of(new RangeChecked(FILE, check)));
        assertThatThrownBy(() -> LogEntryCodec.decode(payload)).isInstanceOf(MalformedEntryException.class);
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

    @Test
    void shouldGiveBackWhateverUpdatesThereAre() throws MalformedEntryException {
        Random random = new Random(7);
        for (int i = 0; i < 500; i++) {
            List<Update> updates = new ArrayList<>();
            for (int u = random.nextInt(40); u > 0; u--) {
                updates.add(anyUpdate(random));
            }
            assertSame(LogEntryCodec.decode(LogEntryCodec.encode(updates)), updates);
        }
    }

    @Test
    void shouldWriteAFilesPathOnce() {
        List<Update> one = List.of(new ItemDeleted(SECTION, ItemId.of("1")));
        List<Update> two = List.of(new ItemDeleted(SECTION, ItemId.of("1")), new ItemDeleted(SECTION, ItemId.of("2")));

        assertThat(LogEntryCodec.encode(two).length - LogEntryCodec.encode(one).length)
                .isEqualTo(1 + 4 + 1 + 1);
    }

    @Test
    void shouldRefuseLengthsBeforeItMakesRoomForThem() {
        byte[] payload = LogEntryCodec.encode(List.of(new ItemWritten(FILE, ItemId.of("CH"), new byte[4])));
        int bodyLengthAt = payload.length - 4 - 4;
        for (int length : new int[] {-1, Integer.MIN_VALUE, Integer.MAX_VALUE, 64 << 20, 5, 3}) {
            byte[] wrong = payload.clone();
            ByteBuffer.wrap(wrong).putInt(bodyLengthAt, length);
            assertThatThrownBy(() -> LogEntryCodec.decode(wrong)).isInstanceOf(MalformedEntryException.class);
        }
        for (int count : new int[] {-1, Integer.MAX_VALUE, 1 << 24}) {
            byte[] wrong = payload.clone();
            ByteBuffer.wrap(wrong).putInt(1, count);
            assertThatThrownBy(() -> LogEntryCodec.decode(wrong)).hasMessageContaining("a count of " + count);
        }
    }

    @Test
    void shouldRefuseWhatItDoesNotKnow() {
        byte[] version = LogEntryCodec.encode(List.of(new FileCleared(FILE)));
        version[0] = 2;
        assertThatThrownBy(() -> LogEntryCodec.decode(version)).hasMessageContaining("unknown layout version 2");

        byte[] operation = LogEntryCodec.encode(List.of(new FileCleared(FILE)));
        operation[operation.length - 5] = 99;
        assertThatThrownBy(() -> LogEntryCodec.decode(operation)).hasMessageContaining("unknown operation code 99");
    }

    @Test
    void shouldRefuseANameThatIsNotText() {
        byte[] payload = LogEntryCodec.encode(List.of(new FileCleared(FILE)));
        payload[6] = (byte) 0xFF;
        assertThatThrownBy(() -> LogEntryCodec.decode(payload)).isInstanceOf(MalformedEntryException.class);
    }

    private static Update anyUpdate(Random random) {
        FilePath file = List.of(ACCOUNT, FILE, SECTION, FilePath.dictionary("world", "l\u00E4nder"))
                .get(random.nextInt(4));
        byte[] id = new byte[1 + random.nextInt(200)];
        random.nextBytes(id);
        for (int i = 0; i < id.length; i++) {
            id[i] = (byte) Math.min(id[i] & 0xFF, 0xFA);
        }
        byte[] body = new byte[random.nextInt(3_000)];
        random.nextBytes(body);
        return switch (random.nextInt(7)) {
            case 0 -> new ItemDeleted(file, ItemId.of(id));
            case 1 -> new FileCleared(file);
            case 2 -> new FileCreated(file, POINTER);
            case 3 -> new FileDeleted(file);
            case 4 -> new AccountCreated(ACCOUNT, POINTER);
            case 5 -> new AccountDeleted(ACCOUNT);
            default -> new ItemWritten(file, ItemId.of(id), body);
        };
    }

    private static void assertSame(List<Update> actual, List<Update> expected) {
        // one byte after the other takes a thousand times as long
        assertThat(actual)
                .usingRecursiveComparison()
                .withEqualsForType(Arrays::equals, byte[].class)
                .isEqualTo(expected);
    }
}
