package org.hotbackup.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.hotbackup.control.ItemDifference;
import org.hotbackup.control.OperationReceipt;
import org.hotbackup.control.VerificationMXBean;
import org.hotbackup.control.VerifiedFile;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.model.DPointer;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.ItemId;
import org.hotbackup.testing.Pair;
import org.hotbackup.testing.StoreKind;
import org.hotbackup.testing.Writers;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two real nodes are proved equal while eight writers work, and what is changed behind their back is found and repaired. */
@Tag("system")
class LiveVerifyTest {

    private static final int WRITERS = 8;
    private static final long REST_MILLIS = 50;
    private static final int ROUNDS = 5;
    private static final int SHARE = 50;
    private static final long PATIENCE_SECONDS = 240;
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    @TempDir
    Path homes;

    @Test
    void shouldRaiseNoFalseAlarmUnderLoadAndFindAndRepairARealDifference() throws InterruptedException {
        try (Pair pair = Pair.start(homes, StoreKind.H2)) {
            Writers writers = new Writers(pair.master().rest(), WRITERS, 7);
            writers.rest(REST_MILLIS);
            writers.start();
            writers.awaitAnswered(400, PATIENCE_SECONDS);

            assertBegun(verification(pair).start(SHARE, ROUNDS));
            long before = writers.answered();
            awaitState(pair, "done");

            assertThat(verification(pair).getRound()).isEqualTo(ROUNDS);
            assertThat(verification(pair).differences("", "", 100))
                    .as(verification(pair).status())
                    .isEmpty();
            assertThat(verification(pair).files("", 1000))
                    .as(verification(pair).status())
                    .allMatch(file -> file.finding().equals("equal"))
                    .extracting(VerifiedFile::path)
                    .containsAll(
                            writers.files().stream().map(FilePath::toString).toList());
            assertThat(verification(pair).getProvedLsn()).isPositive();
            assertThat(writers.answered()).as("the writers worked meanwhile").isGreaterThan(before);

            // a round that goes on while both nodes and the line are hit
            assertBegun(verification(pair).start(SHARE, 0));
            awaitRound(pair, 2);
            pair.slave().kill();
            pair.slave().start();
            awaitRound(pair, verification(pair).getRound() + 2);
            pair.master().kill();
            pair.master().start();
            awaitRound(pair, verification(pair).getRound() + 2);
            pair.line().cut();
            pair.line().mend();
            awaitRound(pair, verification(pair).getRound() + 2);
            assertThat(verification(pair).start(SHARE, 1).messageId()).isEqualTo(MessageCode.VERIFY_RUNNING.id());
            assertDone(verification(pair).stop());
            assertThat(verification(pair).getItemsDifferent())
                    .as(verification(pair).status())
                    .isZero();
            assertThat(verification(pair).repair(Pair.MASTER, "a test").messageId())
                    .isEqualTo(MessageCode.NOTHING_TO_REPAIR.id());

            // behind the pair's back
            FilePath file = FilePath.data(Writers.ACCOUNT, "steady");
            pair.master().rest().createFile(file, DPointer.of("DL", 101));
            for (String id : List.of("a", "b", "c")) {
                pair.master().rest().write(file, ItemId.of(id), text("body of " + id));
            }
            await(
                    pair,
                    () -> pair.slave().rest().hasFile(file)
                            && pair.slave().rest().read(file, ItemId.of("c")).isPresent());
            pair.slave().rest().write(file, ItemId.of("b"), text("tampered"));
            pair.slave().rest().delete(file, ItemId.of("c"));
            pair.slave().rest().write(file, ItemId.of("x"), text("only here"));
            FilePath extra = FilePath.data(Writers.ACCOUNT, "extra");
            pair.slave().rest().createFile(extra, DPointer.of("DL", 7));

            assertBegun(verification(pair).start(SHARE, 1));
            awaitState(pair, "done");
            assertThat(verification(pair).differences("", "", 100))
                    .extracting(
                            ItemDifference::path,
                            ItemDifference::id,
                            ItemDifference::bytesOnMaster,
                            ItemDifference::bytesOnSlave)
                    .containsExactly(
                            tuple("dm,file-of-files", "dict " + extra, -1, 1),
                            tuple("dm,file-of-files", extra.toString(), -1, 1),
                            tuple(file.toString(), "b", 9, 8),
                            tuple(file.toString(), "c", 9, -1),
                            tuple(file.toString(), "x", -1, 9));
            assertThat(verification(pair).getFilesDifferent()).isEqualTo(2);
            assertThat(verification(pair).getProvedLsn()).isZero();

            assertThat(verification(pair).repair("other", "a test").messageId())
                    .isEqualTo(MessageCode.CONFIRM_BY_NAME.id());
            assertBegun(verification(pair).repair(Pair.MASTER, "a test"));
            awaitState(pair, "done");
            assertThat(verification(pair).getFilesDifferent())
                    .as(verification(pair).status())
                    .isZero();
            assertThat(verification(pair).getProvedLsn()).isPositive();
            assertThat(Pair.image(pair.slave(), file).keySet()).containsExactly("a", "b", "c");
            assertThat(pair.slave().rest().hasFile(extra)).isFalse();

            writers.stop();
            assertThat(writers.surprises()).isEmpty();
        }
    }

    private static VerificationMXBean verification(Pair pair) {
        return pair.master().control().verification(Pair.MASTER);
    }

    private static void assertBegun(OperationReceipt receipt) {
        assertThat(receipt.outcome()).as(receipt.message()).isEqualTo(OperationReceipt.Outcome.ACCEPTED);
        assertThat(receipt.task()).isEqualTo("verification:" + Pair.MASTER);
    }

    private static void assertDone(OperationReceipt receipt) {
        assertThat(receipt.outcome()).as(receipt.message()).isEqualTo(OperationReceipt.Outcome.DONE);
    }

    private static void awaitState(Pair pair, String state) {
        await(pair, () -> verification(pair).getState().equals(state));
    }

    private static void awaitRound(Pair pair, int round) {
        await(pair, () -> verification(pair).getRound() >= round);
    }

    private static void await(Pair pair, BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError(verification(pair).status()
                        + System.lineSeparator()
                        + pair.masterServer().status(10));
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
