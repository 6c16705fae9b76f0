package org.hotbackup.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.hotbackup.apply.OpenedFiles;
import org.hotbackup.apply.SlaveBatch;
import org.hotbackup.apply.SlaveFiles;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.ItemId;
import org.hotbackup.model.Update;
import org.hotbackup.replication.Position;
import org.hotbackup.replication.Promoter;
import org.hotbackup.replication.Promotion;
import org.hotbackup.replication.ReceivedTransaction;
import org.hotbackup.replication.SlaveSession;
import org.hotbackup.replication.SlaveSettings;
import org.hotbackup.txlog.LogEntry;
import org.hotbackup.txlog.LogEntryCodec;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A promotion that ends at each of its steps, and is asked for again on the store as it was left. */
@Timeout(180)
class KilledPromotionTest {

    private static final FilePath RECORDS = FilePath.data("dm", "hb.log");
    private static final FilePath FILE = FilePath.data("sales", "pictures");
    private static final String SERVER = "fromprod";
    private static final int DELAYED = 8;
    /** Of which a transaction of the replay takes two. */
    private static final int BYTES = 2 << 20;

    @TempDir
    Path folder;

    private long now = 1_000;

    /** The process ends here. */
    private static final class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }

    private enum Kill {
        BEFORE_THE_TRANSACTION,
        IN_THE_TRANSACTION,
        AFTER_THE_TRANSACTION
    }

    /** Writes the promotion as the server's own does. */
    private record Writer(OpenStore open, Kill kill) implements Promoter {
        @Override
        public long helpersLeft() {
            return 0;
        }

        @Override
        public Promotion promote(Position last) {
            killedIf(Kill.BEFORE_THE_TRANSACTION);
            try {
                open.store.standing().change(standing -> standing.inEpoch(standing.epoch() + 1), transaction -> {
                    transaction
                            .image()
                            .write(
                                    RECORDS,
                                    new TreeMap<>(
                                            Map.of(ItemId.of(SERVER), Optional.of(text("promoted at " + last.lsn())))));
                    killedIf(Kill.IN_THE_TRANSACTION);
                    return null;
                });
            } catch (SQLException e) {
                throw new AssertionError(e);
            }
            killedIf(Kill.AFTER_THE_TRANSACTION);
            return new Promotion(1, 2, last, 0, "dm", "test");
        }

        private void killedIf(Kill here) {
            if (kill == here) {
                throw new Killed();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    @Tag("FAULT-F14")
    void shouldBePromotedOnceWithAllThatItHasWhereverItIsKilled(TestDatabase database) throws Exception {
        try (OpenStore open = OpenStore.create(database, folder)) {
            delay(open);
            List<Long> pending = new ArrayList<>();
            while (!killedInAStep(open, Kill.BEFORE_THE_TRANSACTION)) {
                assertIsASlave(open);
                pending.add(SlaveAppliers.pending(open.store, SERVER));
                assertThat(pending).hasSizeLessThan(DELAYED);
            }
            assertThat(pending)
                    .as("each step is kept")
                    .hasSizeGreaterThan(1)
                    .isSortedAccordingTo(Comparator.reverseOrder());
            assertIsASlave(open);
            assertThat(killedInAStep(open, Kill.IN_THE_TRANSACTION)).isTrue();
            assertIsASlave(open);
            assertThat(killedInAStep(open, Kill.AFTER_THE_TRANSACTION)).isTrue();

            assertThat(open.store.standing().current()).isEqualTo(new Standing(2, ""));
            assertThat(open.read(RECORDS, SERVER)).isEqualTo(text("promoted at " + DELAYED * 10));
            assertThat(open.count(FILE)).isEqualTo(DELAYED);
            assertThat(open.count(SlaveFiles.LOST_AND_FOUND)).isZero();
        }
    }

    /** They are acknowledged, so they are the slave's to keep. */
    private static void delay(OpenStore open) throws Exception {
        List<ReceivedTransaction> transactions = new ArrayList<>();
        for (int number = 1; number <= DELAYED; number++) {
            byte[] body = new byte[BYTES];
            Update update = new Update.ItemWritten(FILE, ItemId.of("picture " + number), body);
            transactions.add(new ReceivedTransaction(
                    number, new LogEntry(number * 10L, number * 10L - 10, 0, LogEntryCodec.encode(List.of(update)))));
        }
        open.createAccount("sales");
        open.createFile(FILE.toString(), "DL");
        applier(open).delay(transactions, new Position("history", DELAYED, DELAYED * 10L));
    }

    /** One transaction of a promotion that is asked for anew, then the end of the process. */
    private boolean killedInAStep(OpenStore open, Kill kill) throws Exception {
        SlaveSession session = new SlaveSession(
                new SlaveSettings(SERVER, "slave", "master"),
                () -> {
                    throw new AssertionError("it listens");
                },
                applier(open),
                master -> {},
                (code, values) -> {});
        session.applyUpdates(false);
        session.withoutListening();
        session.promote(new Writer(open, kill));
        boolean killed = false;
        try {
            // the first step counts what is delayed
            session.step(now++);
            session.step(now++);
        } catch (Killed e) {
            killed = true;
        }
        open.reopen();
        return killed;
    }

    private static void assertIsASlave(OpenStore open) throws Exception {
        assertThat(open.store.standing().current()).isEqualTo(Standing.FIRST);
        assertThat(open.read(RECORDS, SERVER)).isNull();
    }

    private static SlaveApplier applier(OpenStore open) {
        return new SlaveApplier(
                open.store, new SlaveBatch.Rules(SERVER, false, false, SystemAccount::isProtected), new OpenedFiles());
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
