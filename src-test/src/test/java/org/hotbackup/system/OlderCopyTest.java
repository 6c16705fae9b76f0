package org.hotbackup.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.hotbackup.client.RestClient;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.model.DPointer;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.ItemId;
import org.hotbackup.node.Folders;
import org.hotbackup.testing.Pair;
import org.hotbackup.testing.StoreKind;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A slave's home is restored from an older copy: it is refused by name, and nothing is lost on the way. */
@Tag("system")
class OlderCopyTest {

    private static final FilePath FILE = FilePath.data("copy", "items");
    private static final long PATIENCE_SECONDS = 60;

    @TempDir
    Path homes;

    @TempDir
    Path copies;

    @Test
    void shouldRefuseASlaveThatWasRestoredFromAnOlderCopyAndTakeTheRightOneAgain() throws IOException {
        try (Pair pair = Pair.start(homes, StoreKind.H2)) {
            RestClient master = pair.master().rest();
            master.createAccount("copy", DPointer.of("DL", 7));
            master.createFile(FILE, DPointer.of("DL", 7));
            write(master, "before");
            pair.awaitAcknowledged(PATIENCE_SECONDS);

            Path data = pair.slave().home().folder().resolve("data");
            pair.slave().stop();
            Folders.copy(data, copies.resolve("older"));
            pair.slave().start();
            write(master, "after");
            pair.awaitAcknowledged(PATIENCE_SECONDS);
            pair.slave().stop();
            Folders.copy(data, copies.resolve("right"));
            write(master, "meanwhile");

            restore(copies.resolve("older"), data);
            pair.slave().start();
            String refusal = MessageCode.REFUSED_POSITION_BEHIND.text(0, 0, 0).substring(0, 20);
            awaitMessage(pair, refusal);
            assertThat(Pair.image(pair.slave(), FILE)).containsOnlyKeys("before");
            assertThat(pair.masterServer().getLagTransactions()).isEqualTo(1);
            assertThat(Pair.image(pair.master(), FILE)).containsOnlyKeys("before", "after", "meanwhile");

            pair.slave().stop();
            restore(copies.resolve("right"), data);
            pair.slave().start();
            pair.awaitAcknowledged(PATIENCE_SECONDS);
            assertThat(bodies(Pair.image(pair.slave(), FILE)))
                    .isEqualTo(bodies(Pair.image(pair.master(), FILE)))
                    .hasSize(3);
        }
    }

    private static void restore(Path copy, Path data) throws IOException {
        Folders.delete(data);
        Folders.copy(copy, data);
    }

    private static void awaitMessage(Pair pair, String text) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!pair.masterServer().status(50).contains(text)) {
            assertThat(System.nanoTime())
                    .as("'%s' among %s", text, pair.masterServer().status(50))
                    .isLessThan(deadline);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
        }
    }

    private static void write(RestClient node, String id) {
        node.write(FILE, ItemId.of(id), id.getBytes(StandardCharsets.UTF_8));
    }

    private static Map<String, String> bodies(Map<String, byte[]> image) {
        Map<String, String> bodies = new TreeMap<>();
        image.forEach((id, body) -> bodies.put(id, new String(body, StandardCharsets.UTF_8)));
        return bodies;
    }
}
