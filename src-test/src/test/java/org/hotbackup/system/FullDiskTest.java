package org.hotbackup.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.hotbackup.client.RestRefusal;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.model.DPointer;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.ItemId;
import org.hotbackup.node.NodeHomes;
import org.hotbackup.testing.StoreKind;
import org.hotbackup.testing.TestNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that fills up under a node: updates are refused while it is full, and nothing is lost. */
@Tag("system")
class FullDiskTest {

    private static final FilePath FILE = FilePath.data("full", "items");
    private static final int MEGABYTE = 1 << 20;
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    @TempDir
    Path homes;

    @Test
    void shouldRefuseUpdatesWhileTheDiskIsFullAndLoseNothing() throws Exception {
        Path disk = Files.createDirectory(homes.resolve("disk"));
        assumeTrue(run("mount", "-t", "tmpfs", "-o", "size=600m", "tmpfs", disk.toString()), "may not mount a disk");
        try (TestNode node = TestNode.create(new NodeHomes(disk), "small", StoreKind.H2)) {
            node.start();
            node.rest().createAccount("full", DPointer.of("DL", 7));
            node.rest().createFile(FILE, DPointer.of("DL", 7));
            node.rest().write(FILE, ItemId.of("before"), new byte[MEGABYTE]);
            Path filler = fill(disk, 60);
            RestRefusal refusal = firstRefusal(node);
            assertThat(refusal.status()).isEqualTo(507);
            assertThat(refusal.code()).isEqualTo(MessageCode.STORE_FULL.id());
            assertThatThrownBy(() -> node.rest().write(FILE, ItemId.of("never"), new byte[MEGABYTE]))
                    .isInstanceOf(RestRefusal.class);
            Files.delete(filler);
            awaitSpace(node);

            node.rest().write(FILE, ItemId.of("after"), new byte[MEGABYTE]);
            node.kill();
            node.start();
            assertThat(node.rest().read(FILE, ItemId.of("before"))).isPresent();
            assertThat(node.rest().read(FILE, ItemId.of("never"))).isEmpty();
            assertThat(node.rest().read(FILE, ItemId.of("after"))).isPresent();
        } finally {
            run("umount", disk.toString());
        }
    }

    /** The free space is asked for twice a second, so a few small writes may still pass. */
    private static RestRefusal firstRefusal(TestNode node) {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (System.nanoTime() < deadline) {
            try {
                node.rest().write(FILE, ItemId.of("small"), new byte[1]);
                LockSupport.parkNanos(PAUSE_NANOS);
            } catch (RestRefusal e) {
                return e;
            }
        }
        throw new AssertionError("nothing was refused");
    }

    private static void awaitSpace(TestNode node) {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        boolean refused = true;
        while (refused) {
            assertThat(System.nanoTime()).as("writes pass again").isLessThan(deadline);
            try {
                node.rest().write(FILE, ItemId.of("small"), new byte[1]);
                refused = false;
            } catch (RestRefusal e) {
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }

    /** Writes a file until only so many megabytes are left. */
    private static Path fill(Path disk, int leave) throws IOException {
        Path filler = disk.resolve("filler");
        byte[] megabyte = new byte[MEGABYTE];
        try (var out = Files.newOutputStream(filler)) {
            while (megabytesLeft(disk) > leave) {
                out.write(megabyte);
            }
        }
        return filler;
    }

    private static long megabytesLeft(Path disk) throws IOException {
        return Files.getFileStore(disk).getUsableSpace() / MEGABYTE;
    }

    private static boolean run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        return process.waitFor(30, TimeUnit.SECONDS) && process.exitValue() == 0;
    }
}
