package org.hotbackup.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.hotbackup.client.RestClient;
import org.hotbackup.control.LostRecord;
import org.hotbackup.control.OperationReceipt;
import org.hotbackup.control.OperationReceipt.Outcome;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.model.DPointer;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.ItemId;
import org.hotbackup.model.Update;
import org.hotbackup.testing.Pair;
import org.hotbackup.testing.StoreKind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the slave does with what it receives, on two real nodes, with the slave killed in the middle. */
@Tag("system")
class SlaveSideTest {

    private static final FilePath ORDERS = FilePath.data("sales", "orders");
    private static final FilePath NOTES = FilePath.data("sales", "notes");
    private static final DPointer DL = DPointer.of("DL", 7);
    private static final long PATIENCE_SECONDS = 120;

    @TempDir
    Path homes;

    private Pair pair;

    @BeforeEach
    void startPair() {
        pair = Pair.start(homes, StoreKind.H2);
        pair.master().rest().createAccount("sales", DL);
        pair.master().rest().createFile(ORDERS, DL);
    }

    @AfterEach
    void stopPair() {
        pair.close();
    }

    private void write(FilePath file, String id, String body) {
        pair.master().rest().write(file, ItemId.of(id), body.getBytes(StandardCharsets.UTF_8));
    }

    private String onSlave(FilePath file, String id) {
        return pair.slave()
                .rest()
                .read(file, ItemId.of(id))
                .map(body -> new String(body, StandardCharsets.UTF_8))
                .orElse(null);
    }

    private String definition(FilePath file) {
        return new String(
                pair.slave()
                        .rest()
                        .exchange("GET", RestClient.path(file), null, null)
                        .body(),
                StandardCharsets.UTF_8);
    }

    private void fill(FilePath file, int items) {
        List<Update> updates = new ArrayList<>();
        IntStream.range(0, items)
                .forEach(i -> updates.add(new Update.ItemWritten(file, ItemId.of("old" + i), new byte[20])));
        pair.master().rest().execute(updates);
    }

    private static void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waiting until %s", what).isLessThan(deadline);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
        }
    }

    private static void done(OperationReceipt receipt) {
        assertThat(receipt.outcome()).as(receipt.message()).isEqualTo(Outcome.DONE);
    }

    @Test
    @Tag("HB-016")
    @Tag("HB-059")
    @Tag("HB-097")
    @Tag("HB-098")
    @Tag("HB-183")
    @Tag("SUB-6")
    @Tag("HB-140")
    void shouldKeepUpdatesAsLongAsTheyAreNotApplied() {
        write(ORDERS, "1", "before");
        pair.awaitAcknowledged(PATIENCE_SECONDS);
        done(pair.slaveServer().stopApplying());
        write(ORDERS, "1", "while stopped");
        write(ORDERS, "2", "while stopped");
        pair.awaitAcknowledged(PATIENCE_SECONDS);
        assertThat(pair.slaveServer().query()).contains("updates NOT applied.", "2 pending update(s)");
        assertThat(onSlave(ORDERS, "1")).isEqualTo("before");

        pair.slave().kill();
        pair.slave().start();
        assertThat(pair.slaveServer().show()).contains("Apply updates      off");
        assertThat(pair.slaveServer().status(20))
                .as("reported at the start")
                .contains(MessageCode.APPLYING_STOPPED.text(2));
        write(ORDERS, "1", "after the restart");
        pair.awaitAcknowledged(PATIENCE_SECONDS);
        assertThat(onSlave(ORDERS, "2")).isNull();

        done(pair.slaveServer().startApplying());
        await("nothing is pending", () -> pair.slaveServer().getPendingUpdates() == 0);
        assertThat(onSlave(ORDERS, "1")).isEqualTo("after the restart");
        assertThat(onSlave(ORDERS, "2")).isEqualTo("while stopped");
        assertThat(pair.slaveServer().query()).contains("updates applied.").doesNotContain("pending");
        assertThat(pair.masterServer().stopApplying().message())
                .isEqualTo("ERROR: This command applies only to Slave servers");
    }

    @Test
    @Tag("HB-018")
    @Tag("HB-019")
    @Tag("HB-020")
    @Tag("HB-021")
    @Tag("SUB-4")
    @Tag("SUB-5")
    void shouldLeaveLongOperationsToHelpersThatSurviveAKill() {
        FilePath large = FilePath.data("sales", "large");
        pair.master().rest().createFile(large, DL.withModulo(4999));
        for (int i = 0; i < 3; i++) {
            fill(large, 60_000);
            pair.awaitAcknowledged(PATIENCE_SECONDS);
            pair.master().rest().clearFile(large);
            write(large, "new" + i, "after the clear");
            pair.awaitAcknowledged(PATIENCE_SECONDS);
            pair.slave().kill();
            pair.slave().start();
        }
        write(large, "last", "one more");
        pair.awaitAcknowledged(PATIENCE_SECONDS);
        await("the helper is done", () -> Pair.image(pair.slave(), large).size() == 2);
        assertThat(Pair.image(pair.slave(), large)).containsOnlyKeys("new2", "last");
        await("the file is resized", () -> definition(large).contains("\"modulo\":4999"));
        assertThat(pair.slave().control().node().digest(large.toString()).sha256())
                .isEqualTo(
                        pair.master().control().node().digest(large.toString()).sha256());
    }

    @Test
    @Tag("HB-160")
    @Tag("HB-162")
    @Tag("SUB-10")
    void shouldLetAnOperatorWorkOnLostAndFound() {
        pair.slaveServer().stop(Pair.SLAVE);
        done(pair.slave()
                .control()
                .node()
                .setup(
                        Pair.SLAVE,
                        "type=slave auto-create=off port=" + pair.slaveServer().getTcpPort()));
        done(pair.slaveServer().start());
        pair.awaitAcknowledged(PATIENCE_SECONDS);
        pair.slave().rest().deleteFile(ORDERS.definedIn());
        write(ORDERS, "1", "lost first");
        write(ORDERS, "1", "lost second");
        pair.awaitAcknowledged(PATIENCE_SECONDS);
        assertThat(pair.slaveServer().query()).contains("1 file(s) failed to open successfully");
        var lostAndFound = pair.slave().control().lostAndFound();
        List<LostRecord> records = lostAndFound.list("", 10);
        assertThat(records).hasSize(2).extracting(LostRecord::type).containsOnly(6);
        String first = records.get(0).id();
        String second = records.get(1).id();
        assertThat(lostAndFound.show(first)).contains("Upd itm '1' in 'sales,orders'");
        assertThat(lostAndFound.replay(first).message()).contains("sales,orders");

        pair.slave().rest().createFile(ORDERS, DL);
        assertThat(lostAndFound.tryReplay(second)).contains("would be created");
        assertThat(lostAndFound.replay(second).messageId()).isEqualTo(MessageCode.OLDER_FIRST.id());
        done(lostAndFound.replay(first));
        assertThat(onSlave(ORDERS, "1")).isEqualTo("lost first");
        assertThat(lostAndFound.discard(second, "another", "why").outcome()).isEqualTo(Outcome.REFUSED);
        pair.slave().kill();
        pair.slave().start();
        var afterRestart = pair.slave().control().lostAndFound();
        assertThat(afterRestart.getCount()).isEqualTo(1);
        done(afterRestart.replay(second));
        assertThat(onSlave(ORDERS, "1")).isEqualTo("lost second");
        assertThat(afterRestart.getCount()).isZero();
    }

    @Test
    @Tag("HB-099")
    @Tag("SUB-7")
    void shouldCloseTheFilesThatItOpened() {
        write(ORDERS, "1", "x");
        pair.awaitAcknowledged(PATIENCE_SECONDS);
        assertThat(pair.slaveServer().openedFiles()).contains(ORDERS.toString());
        done(pair.slaveServer().closeFiles());
        assertThat(pair.slaveServer().openedFiles()).isEmpty();
        pair.slave().rest().createFile(NOTES, DL);
        write(ORDERS, "2", "x");
        pair.awaitAcknowledged(PATIENCE_SECONDS);
        assertThat(pair.slaveServer().openedFiles()).containsExactly(ORDERS.toString());
    }
}
