package org.hotbackup.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.hotbackup.control.ItemStore.StoredItem;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.ItemId;
import org.hotbackup.model.ItemSum;
import org.hotbackup.server.VerificationRecords.Phase;
import org.hotbackup.server.VerificationRecords.State;
import org.hotbackup.store.SystemFiles;
import org.hotbackup.verify.Difference;
import org.hotbackup.verify.FileResult;
import org.junit.jupiter.api.Test;

class VerificationRecordsTest {

    private static final String SHA256 = "00112233445566778899aabbccddeeff".repeat(2);
    private static final FilePath FILE = FilePath.data("world", "countries");
    private static final FilePath OTHER = FilePath.data("a".repeat(100), "f".repeat(100), "s".repeat(100));

    private final NavigableMap<ItemId, byte[]> items = new TreeMap<>();

    private final SystemFiles files = new SystemFiles() {
        @Override
        public void writeAll(FilePath file, List<StoredItem> all) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<byte[]> read(FilePath file, ItemId id) {
            return Optional.ofNullable(items.get(id));
        }

        @Override
        public void write(FilePath file, ItemId id, byte[] body) {
            assertThat(file).isEqualTo(SystemPaths.VERIFY);
            items.put(id, body);
        }

        @Override
        public boolean delete(FilePath file, ItemId id) {
            return items.remove(id) != null;
        }

        @Override
        public void clear(FilePath file) {
            items.clear();
        }

        @Override
        public void deleteAll(FilePath file, List<ItemId> ids) {
            ids.forEach(items::remove);
        }

        @Override
        public List<StoredItem> itemsBefore(FilePath file, ItemId before, int limit) {
            throw new UnsupportedOperationException("nothing here reads backwards");
        }

        @Override
        public List<StoredItem> items(FilePath file, ItemId after, int limit) {
            return items.tailMap(after, false).entrySet().stream()
                    .limit(limit)
                    .map(item -> new StoredItem(item.getKey(), item.getValue()))
                    .toList();
        }
    };

    private static FileResult result(FilePath file, FileResult.Finding finding, Difference... differences) {
        return new FileResult(file, finding, 77, 1_700_000_000_000L, 3, 1_000, 123_456, List.of(differences), true);
    }

    @Test
    void shouldReadBackWhatItKept() {
        VerificationRecords records = new VerificationRecords(files, "todev");
        State state = new State(Phase.REPAIRING, 25, 0, 4, "run-1", Set.of(FILE, OTHER));
        records.keep(state);
        FileResult different = result(
                FILE,
                FileResult.Finding.DIFFERENT,
                new Difference(
                        ItemId.of(new byte[] {0, (byte) 0xED}), Optional.empty(), Optional.of(new ItemSum(0, SHA256))),
                new Difference(
                        ItemId.of("CH"), Optional.of(new ItemSum(7, SHA256)), Optional.of(new ItemSum(8, SHA256))),
                new Difference(ItemId.of("FR"), Optional.of(new ItemSum(9, SHA256)), Optional.empty()));
        FileResult equal = result(OTHER, FileResult.Finding.EQUAL);
        records.keep(4, different);
        records.keep(4, equal);

        VerificationRecords again = new VerificationRecords(files, "todev");

        assertThat(again.state()).isEqualTo(state);
        assertThat(again.results()).containsExactlyInAnyOrder(different, equal);
        assertThat(again.result(FILE)).contains(different);
    }

    @Test
    void shouldKnowWhatWasDoneInTheRoundUnderWay() {
        VerificationRecords records = new VerificationRecords(files, "todev");
        records.keep(new State(Phase.VERIFYING, 10, 3, 1, "run-1", Set.of()));
        records.keep(1, result(FILE, FileResult.Finding.EQUAL));
        records.keep(1, result(OTHER, FileResult.Finding.REPAIRED));
        assertThat(records.done()).containsExactly(FILE);

        records.keep(records.state().inRound(2));
        assertThat(records.done()).isEmpty();
        records.keep(new State(Phase.VERIFYING, 10, 3, 1, "run-2", Set.of()));
        assertThat(records.done()).isEmpty();
    }

    @Test
    void shouldTellServersApartAndForgetOnlyOne() {
        VerificationRecords longer = new VerificationRecords(files, "todev");
        longer.keep(new State(Phase.DONE, 10, 1, 1, "run", Set.of()));
        longer.keep(1, result(FILE, FileResult.Finding.EQUAL));
        VerificationRecords shorter = new VerificationRecords(files, "to");
        assertThat(shorter.state().phase()).isEqualTo(Phase.NEVER_RUN);
        assertThat(shorter.results()).isEmpty();
        shorter.keep(1, result(FILE, FileResult.Finding.EQUAL));

        shorter.clear();

        assertThat(new VerificationRecords(files, "to").results()).isEmpty();
        assertThat(new VerificationRecords(files, "todev").results()).hasSize(1);
        assertThat(new VerificationRecords(files, "todev").state().phase()).isEqualTo(Phase.DONE);
    }

    /** Engine review, finding 16. */
    @Test
    void shouldKeepNoMoreDifferencesOfAllFilesThanABound() {
        VerificationRecords records = new VerificationRecords(files, "todev");
        records.keep(new State(Phase.VERIFYING, 10, 1, 1, "run", Set.of()));
        List<Difference> many = IntStream.range(0, 10_000)
                .mapToObj(
                        i -> new Difference(ItemId.of("i" + i), Optional.of(new ItemSum(1, SHA256)), Optional.empty()))
                .toList();
        for (int i = 0; i < 4; i++) {
            records.keep(
                    1,
                    new FileResult(
                            FilePath.data("world", "f" + i), FileResult.Finding.DIFFERENT, 0, 1, 1, 0, 0, many, false));
        }

        assertThat(records.results())
                .extracting(result -> result.differences().size() + " " + result.more())
                .containsExactly("10000 false", "10000 false", "1 true", "1 true");
        assertThat(new VerificationRecords(files, "todev").results()).isEqualTo(records.results());
    }

    @Test
    void shouldForgetWhatWasNotComparedInTheRound() {
        VerificationRecords records = new VerificationRecords(files, "todev");
        records.keep(new State(Phase.VERIFYING, 10, 1, 1, "first", Set.of()));
        FileResult equal = new FileResult(FILE, FileResult.Finding.EQUAL, 7, 1, 1, 1, 1, List.of(), false);
        records.keep(1, equal);
        records.keep(new State(Phase.VERIFYING, 10, 1, 1, "second", Set.of()));
        FileResult other = new FileResult(OTHER, FileResult.Finding.EQUAL, 9, 1, 1, 1, 1, List.of(), false);
        records.keep(1, other);
        records.forgetOthers();

        assertThat(records.results()).containsExactly(other);
        assertThat(new VerificationRecords(files, "todev").results()).containsExactly(other);
    }

    /** A resync ended after its first repair. */
    @Test
    void shouldRememberThatARepairIsPartOfAResync() {
        State resync = new State(Phase.REPAIRING, 10, 1, 1, "run", Set.of(FILE), 49);

        assertThat(resync.with(Set.of(OTHER)))
                .isEqualTo(new State(Phase.REPAIRING, 10, 1, 1, "run", Set.of(FILE, OTHER), 49));
        State ofAll = new State(Phase.REPAIRING, 10, 1, 1, "run", Set.of(), 49);
        assertThat(ofAll.with(Set.of(OTHER))).as("all stay all").isEqualTo(ofAll);
    }

    /** One damaged item kept the whole node from starting (R2). */
    @Test
    void shouldTakeADamagedItemAsAbsentAndSaySo() {
        VerificationRecords before = new VerificationRecords(files, "todev");
        before.keep(new State(Phase.VERIFYING, 10, 1, 1, "run", Set.of()));
        before.keep(1, new FileResult(FILE, FileResult.Finding.EQUAL, 17, 1, 1, 1, 1, List.of(), false));
        before.keep(1, new FileResult(OTHER, FileResult.Finding.EQUAL, 17, 1, 1, 1, 1, List.of(), false));
        byte[] damaged = {(byte) 0xC3, (byte) 0xFE, 0, (byte) 0xFF};
        items.put(items.firstKey(), damaged);
        items.put(items.lastKey(), damaged);
        List<String> said = new ArrayList<>();

        VerificationRecords after =
                new VerificationRecords(files, "todev", (code, values) -> said.add(code.text(values)));
        assertThat(after.state().phase()).isEqualTo(Phase.NEVER_RUN);
        assertThat(after.results()).hasSize(1);
        assertThat(items).hasSize(1);
        assertThat(said).hasSize(2).allSatisfy(line -> assertThat(line)
                .contains("cannot be read and is deleted", "server 'todev'"));
    }
}
