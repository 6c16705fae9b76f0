package org.hotbackup.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.hotbackup.control.OperationReceipt;
import org.hotbackup.control.OperationReceipt.Outcome;
import org.hotbackup.control.ServerMXBean;
import org.hotbackup.control.TransactionLogQueueMXBean;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.model.DPointer;
import org.hotbackup.model.DynamicArray;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.ItemId;
import org.hotbackup.testing.Pair;
import org.hotbackup.testing.StoreKind;
import org.hotbackup.testing.TestNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole Transaction Log menu on two real nodes: a slave that misses something is refused by name and never goes on. */
@Tag("system")
class TransactionLogMenuTest {

    private static final String ACCOUNT = "sales";
    private static final FilePath ORDERS = FilePath.data(ACCOUNT, "orders");
    private static final FilePath NOTES = FilePath.data(ACCOUNT, "notes");
    private static final FilePath ERRORS = FilePath.data("dm", "errors");
    private static final String NODE = "prod";
    private static final long PATIENCE_SECONDS = 60;

    @TempDir
    Path homes;

    private Pair pair;

    @Test
    @Tag("HB-012")
    @Tag("HB-014")
    @Tag("HB-080")
    @Tag("HB-081")
    @Tag("HB-082")
    @Tag("HB-083")
    @Tag("HB-120")
    @Tag("HB-121")
    @Tag("HB-122")
    @Tag("HB-123")
    @Tag("HB-124")
    @Tag("HB-125")
    @Tag("SUB-10")
    void shouldNeverLetASlaveGoOnThatMissesSomething() {
        try (Pair made = Pair.start(homes, StoreKind.H2)) {
            pair = made;
            pair.master().rest().createAccount(ACCOUNT, DPointer.of("DL", 7));
            pair.master().rest().createFile(ORDERS, DPointer.of("DL", 7));
            pair.master().rest().createFile(NOTES, DPointer.of("D", 7));

            sendsDlFilesOnlyUntilAllAreLogged();
            goesOnIfNothingWasMissed();
            refusesIfSomethingWasMissed();
            synchroniseAnew();
            refusesAfterItsQueueWasCleared();
            recordsEveryOneOfThem();
        }
    }

    /** An entry leaves the queue only after it is acknowledged: a moment later. */
    private void awaitEmptyQueue() {
        pair.awaitAcknowledged(PATIENCE_SECONDS);
        await(() -> queue().getDepth() == 0);
    }

    private void sendsDlFilesOnlyUntilAllAreLogged() {
        write(ORDERS, "first");
        write(NOTES, "to myself");
        pair.awaitAcknowledged(PATIENCE_SECONDS);
        assertThat(Pair.image(pair.slave(), ORDERS)).containsOnlyKeys("first");
        assertThat(pair.slave().control().node().listFiles(ACCOUNT, "", 1000)).doesNotContain(NOTES.toString());

        done(queue().logAllFiles(), MessageCode.ALL_FILES_LOGGED);
        assertThat(queue().logAllFiles().message()).contains("already");
        assertThat(queue().getLogMode()).isEqualTo("ALL");
        write(NOTES, "to everybody");
        pair.awaitAcknowledged(PATIENCE_SECONDS);
        assertThat(Pair.image(pair.slave(), NOTES)).containsOnlyKeys("to everybody");

        done(queue().logDlFilesOnly(), MessageCode.DL_FILES_LOGGED);
        write(NOTES, "to myself again");
        write(ORDERS, "second");
        awaitEmptyQueue();
        assertThat(Pair.image(pair.slave(), NOTES)).containsOnlyKeys("to everybody");
        assertThat(Pair.image(pair.slave(), ORDERS)).containsOnlyKeys("first", "second");
        assertThat(display())
                .containsExactly("0 frames in queue", "DL files logged", "File updates enqueued for all processes");
    }

    private void goesOnIfNothingWasMissed() {
        assertThat(queue().stopEnqueuing("not " + NODE, "a test").messageId())
                .isEqualTo(MessageCode.CONFIRM_BY_NAME.id());
        assertThat(queue().isEnqueuing()).isTrue();
        done(queue().stopEnqueuing(NODE, "a test"), MessageCode.ENQUEUING_STOPPED);
        write(NOTES, "logged by nobody");
        done(queue().startEnqueuing(), MessageCode.ENQUEUING_STARTED);
        write(ORDERS, "third");

        awaitEmptyQueue();
        assertThat(Pair.image(pair.slave(), ORDERS)).containsKey("third");
    }

    private void refusesIfSomethingWasMissed() {
        done(queue().stopEnqueuing(NODE, "a test"), MessageCode.ENQUEUING_STOPPED);
        pair.master().stop();
        pair.master().start();
        assertThat(queue().isEnqueuing()).isFalse();
        assertThat(pair.masterServer().status(50)).contains(MessageCode.NOT_ENQUEUED_AT_START.text("DL"));
        assertThat(display())
                .containsExactly("0 frames in queue", "DL files logged", "File updates no longer enqueued");
        assertThat(queue().isUpdatesMissed()).isFalse();

        write(ORDERS, "missed");
        assertThat(queue().isUpdatesMissed()).isTrue();
        assertThat(pair.masterServer().getLagTransactions())
                .as("nobody refused anything yet")
                .isEqualTo(1);
        pair.master().kill();
        pair.master().start();
        done(queue().startEnqueuing(), MessageCode.ENQUEUING_STARTED_WITH_GAP);
        awaitMessage(pair.masterServer(), "was cleared or never enqueued, resynchronise the slave");
        write(ORDERS, "fourth");
        await(() -> queue().getDepth() == 1);
        awaitMessage(pair.slaveServer(), "The master says: Refused");
        assertThat(pair.masterServer().query()).contains("Status ", "Refused: the slave stands at transaction");
        assertThat(pair.slaveServer().query()).contains("Status ", "The master says: Refused: the slave stands at");
        assertThat(pair.master()
                        .control()
                        .verification(Pair.MASTER)
                        .resync(50, Pair.MASTER, "a test")
                        .messageId())
                .as("it would wait for ever")
                .isEqualTo(MessageCode.LINK_REFUSED.id());

        assertThat(Pair.image(pair.slave(), ORDERS))
                .as("the refused slave, untouched")
                .containsOnlyKeys("first", "second", "third");
        assertThat(pair.masterServer().getLagTransactions()).isEqualTo(1);
        assertThat(pair.masterServer().getLagMillis()).isPositive();
    }

    private void refusesAfterItsQueueWasCleared() {
        write(ORDERS, "fifth");
        awaitEmptyQueue();
        assertThat(pair.masterServer().getRefusal()).isEmpty();
        assertThat(pair.slaveServer().getRefusal()).isEmpty();
        long acknowledged = pair.masterServer().getAckedTransaction();
        pair.line().cut();
        write(ORDERS, "sixth");
        write(ORDERS, "seventh");
        await(() -> queue().getDepth() == 2);
        assertThat(display())
                .contains("Last ACK'ed transaction: " + acknowledged, "Upd itm 'sixth' in 'sales,orders'")
                .doesNotContain("0 frames in queue");

        assertThat(queue().clear("", "a test").messageId()).isEqualTo(MessageCode.CONFIRM_BY_NAME.id());
        assertThat(queue().getDepth()).isEqualTo(2);
        done(queue().clear(NODE, "a test"), MessageCode.QUEUE_CLEARED);
        assertThat(display())
                .containsExactly("0 frames in queue", "DL files logged", "File updates enqueued for all processes");
        assertMissedWhatWasCleared();
        pair.master().kill();
        pair.master().start();
        assertMissedWhatWasCleared();
        pair.line().mend();
        await(() -> pair.masterServer().getLastMessage().contains("resynchronise the slave"));
        assertThat(queue().getDepth()).isZero();
        assertThat(pair.masterServer().getLagTransactions())
                .as("it is not equal")
                .isPositive();
        write(ORDERS, "eighth");
        await(() -> queue().getDepth() == 1);

        assertThat(Pair.image(pair.slave(), ORDERS))
                .containsKey("fifth")
                .doesNotContainKeys("sixth", "seventh", "eighth");
    }

    /** It was 0 until the slave was refused, which nobody can be who is not reached (I9). */
    private void assertMissedWhatWasCleared() {
        assertThat(queue().getDepth()).isZero();
        assertThat(pair.masterServer().getLagTransactions())
                .as("nobody refused anything yet")
                .isEqualTo(1);
        assertThat(pair.masterServer().getLagMillis()).isPositive();
    }

    /** What a resynchronisation ends with: both servers begin anew, over an image that is taken as given here. */
    private void synchroniseAnew() {
        String master = "type=master host=127.0.0.1 port=" + pair.line().port();
        String slave = "type=slave port=" + pair.slaveServer().getTcpPort();
        beginAnew(pair.master(), Pair.MASTER, master);
        beginAnew(pair.slave(), Pair.SLAVE, slave);
        done(pair.slave().control().server(Pair.SLAVE).start(), MessageCode.SERVER_STARTED);
        done(pair.master().control().server(Pair.MASTER).start(), MessageCode.SERVER_STARTED);
    }

    private static void beginAnew(TestNode node, String server, String settings) {
        done(node.control().server(server).stop(server), MessageCode.SERVER_STOPPED);
        done(node.control().node().deleteServer(server, server, "a test"), MessageCode.SERVER_DELETED);
        done(node.control().node().setup(server, settings), MessageCode.SERVER_SET_UP);
    }

    private void recordsEveryOneOfThem() {
        Map<String, byte[]> records = Pair.image(pair.master(), ERRORS);

        assertThat(records.keySet()).allMatch(id -> id.matches("[0-9]{10}[a-z]"));
        assertThat(records.values())
                .extracting(record -> DynamicArray.of(record).extract(1))
                .containsExactlyInAnyOrder(
                        MessageCode.ALL_FILES_LOGGED.id(),
                        MessageCode.DL_FILES_LOGGED.id(),
                        MessageCode.ENQUEUING_STOPPED.id(),
                        MessageCode.ENQUEUING_STARTED.id(),
                        MessageCode.ENQUEUING_STOPPED.id(),
                        MessageCode.ENQUEUING_STARTED_WITH_GAP.id(),
                        MessageCode.QUEUE_CLEARED.id());
        assertThat(records.values())
                .extracting(record -> DynamicArray.of(record).extract(2))
                .containsOnly("local");
    }

    private TransactionLogQueueMXBean queue() {
        return pair.master().control().transactionLogQueue();
    }

    private List<String> display() {
        return queue().display(Pair.MASTER).lines().toList();
    }

    private void write(FilePath file, String id) {
        pair.master().rest().write(file, ItemId.of(id), id.getBytes(StandardCharsets.UTF_8));
    }

    private static void done(OperationReceipt receipt, MessageCode code) {
        assertThat(receipt.outcome()).as(receipt.message()).isEqualTo(Outcome.DONE);
        assertThat(receipt.messageId()).isEqualTo(code.id());
    }

    private static void awaitMessage(ServerMXBean server, String text) {
        await(() -> server.status(50).contains(text));
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("out of patience").isLessThan(deadline);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
        }
    }
}
