package org.hotbackup.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.hotbackup.model.FilePath;
import org.hotbackup.testing.Pair;
import org.hotbackup.testing.StoreKind;
import org.hotbackup.testing.TestNode;
import org.hotbackup.testing.Writers;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two real nodes that are killed and cut off while eight writers work (I1, I4, I5, I6 of the design). */
@Tag("system")
class PairUnderFireTest {

    private static final int WRITERS = 8;
    private static final long CALLS = 400;

    /** Else what they write while a node starts takes longer to catch up with than all the rest. */
    private static final long REST_MILLIS = 20;

    private static final long PATIENCE_SECONDS = 120;

    @TempDir
    Path homes;

    @ParameterizedTest
    @EnumSource(StoreKind.class)
    @Tag("HB-010")
    @Tag("HB-011")
    @Tag("HB-014")
    void shouldLoseNothingAndEndEqualWhateverIsKilledOrCut(StoreKind kind) throws InterruptedException {
        long seed = Long.getLong("hotbackup.test.seed", System.nanoTime());
        System.getLogger("test").log(System.Logger.Level.INFO, "seed {0}", Long.toString(seed));
        try (Pair pair = Pair.start(homes, kind)) {
            Writers writers = new Writers(pair.master().rest(), WRITERS, seed);
            writers.rest(REST_MILLIS);
            writers.start();
            writers.awaitAnswered(CALLS, PATIENCE_SECONDS);

            pair.slave().kill();
            writers.awaitAnswered(CALLS, PATIENCE_SECONDS);
            pair.slave().start();
            writers.awaitAnswered(CALLS, PATIENCE_SECONDS);

            pair.master().kill();
            pair.master().start();
            writers.awaitAnswered(CALLS, PATIENCE_SECONDS);

            pair.line().cut();
            writers.awaitAnswered(CALLS, PATIENCE_SECONDS);
            pair.line().mend();
            writers.awaitAnswered(CALLS, PATIENCE_SECONDS);

            Pair.both(pair.master()::kill, pair.slave()::kill);
            Pair.both(pair.master()::start, pair.slave()::start);
            writers.awaitAnswered(CALLS, PATIENCE_SECONDS);

            pair.line().blackHole();
            writers.awaitAnswered(CALLS, PATIENCE_SECONDS);
            pair.line().mend();
            pair.line().cut();
            pair.line().mend();
            writers.awaitAnswered(CALLS, PATIENCE_SECONDS);

            writers.stop();
            pair.awaitAcknowledged(PATIENCE_SECONDS);

            assertThat(writers.surprises()).as("seed %d", seed).isEmpty();
            Map<FilePath, Map<String, byte[]>> onMaster = images(pair.master(), writers);
            assertThat(writers.violations(onMaster)).as("I1, seed %d", seed).isEmpty();
            assertEqual(onMaster, images(pair.slave(), writers), seed);
            assertThat(pair.slaveServer().getLostAndFoundTotal()).isZero();
            assertThat(pair.slaveServer().getAckedTransaction())
                    .isEqualTo(pair.masterServer().getAckedTransaction());
        }
    }

    private static Map<FilePath, Map<String, byte[]>> images(TestNode node, Writers writers) {
        Map<FilePath, Map<String, byte[]>> images = new TreeMap<>();
        writers.files().forEach(file -> images.put(file, Pair.image(node, file)));
        return images;
    }

    private static void assertEqual(
            Map<FilePath, Map<String, byte[]>> onMaster, Map<FilePath, Map<String, byte[]>> onSlave, long seed) {
        onMaster.forEach((file, items) -> {
            Map<String, byte[]> copies = onSlave.get(file);
            TreeSet<String> different = new TreeSet<>(items.keySet());
            different.addAll(copies.keySet());
            different.removeIf(id -> Arrays.equals(items.get(id), copies.get(id)));
            assertThat(different).as("I4, %s, seed %d", file, seed).isEmpty();
        });
        assertThat(onMaster.values().stream().mapToInt(Map::size).sum()).isPositive();
    }
}
