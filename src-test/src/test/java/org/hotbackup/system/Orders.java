package org.hotbackup.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.hotbackup.model.DPointer;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.ItemId;
import org.hotbackup.testing.Pair;
import org.hotbackup.testing.TestNode;

/** One file of a pair, to see that the pair goes on and is equal whatever was done to its link. */
final class Orders {

    private static final FilePath FILE = FilePath.data("sales", "orders");
    private static final long PATIENCE_SECONDS = 120;
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final Pair pair;
    private int written;

    Orders(Pair pair) {
        this.pair = pair;
        pair.master().rest().createAccount("sales", DPointer.of("DL", 101));
        pair.master().rest().createFile(FILE, DPointer.of("DL", 101));
        write();
        awaitAcknowledged();
    }

    /** Writes one more; items and batches are all of the same size. */
    void write() {
        written++;
        pair.master().rest().write(FILE, ItemId.of(String.format("%05d", written)), new byte[] {(byte) written});
    }

    int written() {
        return written;
    }

    void awaitAcknowledged() {
        pair.awaitAcknowledged(PATIENCE_SECONDS);
    }

    /** Writes one more, waits for it and compares all of them, item by item. */
    void shouldGoOnAndBeEqual() {
        write();
        awaitAcknowledged();
        Map<String, byte[]> onMaster = Pair.image(pair.master(), FILE);
        Map<String, byte[]> onSlave = Pair.image(pair.slave(), FILE);
        assertThat(onMaster).hasSize(written);
        assertThat(onSlave).containsOnlyKeys(onMaster.keySet());
        assertThat(onSlave).allSatisfy((id, body) -> assertThat(body).isEqualTo(onMaster.get(id)));
        assertThat(pair.slaveServer().getLostAndFoundTotal()).isZero();
    }

    static void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime())
                    .as("%s within %d s", what, PATIENCE_SECONDS)
                    .isLessThan(deadline);
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    /** The lines of a node's permanent log that begin so. */
    static List<String> lines(TestNode node, String beginning) {
        return node.permanentLog().stream()
                .filter(line -> line.startsWith(beginning))
                .toList();
    }
}
