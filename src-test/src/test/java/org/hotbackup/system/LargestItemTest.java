package org.hotbackup.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.hotbackup.client.RestClient;
import org.hotbackup.model.DPointer;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.ItemId;
import org.hotbackup.model.Limits;
import org.hotbackup.node.NodeHomes;
import org.hotbackup.testing.Pair;
import org.hotbackup.testing.StoreKind;
import org.hotbackup.testing.TestNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A pair of 768 MB each died of the third item of 64 MB: every one was in memory several times over. */
@Tag("system")
class LargestItemTest {

    private static final FilePath FILE = FilePath.data("large", "items");
    private static final int ITEMS = 4;

    /** One is taken at a time while the others wait; the last of many would be told in the end that the node is busy. */
    private static final int WRITERS = 2;

    private static final int ROWS = 600;
    private static final int ROW_BYTES = 1024 * 1024;
    private static final long PATIENCE_SECONDS = 180;

    @TempDir
    Path homes;

    @ParameterizedTest
    @EnumSource(StoreKind.class)
    void shouldCarryItemsOfTheLargestSizeWithTheMemoryThatANodeHas(StoreKind kind) {
        try (Pair pair = Pair.startWithMemoryAsDelivered(homes, kind)) {
            RestClient master = pair.master().rest();
            master.createAccount("large", DPointer.of("DL", 7));
            master.createFile(FILE, DPointer.of("DL", 7));
            byte[] body = new byte[Limits.MAX_ITEM_BYTES];
            new Random(1).nextBytes(body);

            List<CompletableFuture<Void>> writers = new ArrayList<>();
            for (int first = 0; first < WRITERS; first++) {
                int ofThisWriter = first;
                writers.add(CompletableFuture.runAsync(() -> {
                    for (int i = ofThisWriter; i < ITEMS; i += WRITERS) {
                        pair.master().rest().write(FILE, ItemId.of("item " + i), body);
                    }
                }));
            }
            writers.forEach(CompletableFuture::join);
            pair.awaitAcknowledged(PATIENCE_SECONDS);

            assertThat(pair.slave().control().node().digest(FILE.toString()))
                    .isEqualTo(pair.master().control().node().digest(FILE.toString()))
                    .satisfies(digest -> assertThat(digest.items()).isEqualTo(ITEMS));
        }
    }

    /** H2 kept every row in memory that one statement deleted, and wrote it all in one piece: the node ended. */
    @Test
    void shouldClearAFileThatIsAsLargeAsItsMemory() {
        try (TestNode node = TestNode.create(new NodeHomes(homes), "prod", StoreKind.H2)) {
            node.start();
            RestClient rest = node.rest();
            rest.createAccount("large", DPointer.of("D", 7));
            rest.createFile(FILE, DPointer.of("D", 7));
            byte[] body = new byte[ROW_BYTES];
            new Random(1).nextBytes(body);
            for (int i = 0; i < ROWS; i++) {
                rest.write(FILE, ItemId.of("item " + i), body);
            }

            rest.clearFile(FILE);

            assertThat(node.control().node().digest(FILE.toString()).items()).isZero();
        }
    }
}
