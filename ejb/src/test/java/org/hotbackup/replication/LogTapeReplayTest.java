package org.hotbackup.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import java.util.OptionalLong;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.replication.LogTapeReplay.Ending;
import org.hotbackup.replication.LogTapeReplay.Range;
import org.hotbackup.txlog.tape.LogTapeReader;
import org.hotbackup.txlog.tape.LogTapeRecord.Origin;
import org.hotbackup.txlog.tape.WrittenLogTape;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** {@code tlog-restore}: what follows on the image is applied, once and in order, as far as was asked for. */
@Tag("TLOG-2")
class LogTapeReplayTest {

    private final AppliedImage image = new AppliedImage();

    private static WrittenLogTape tape() {
        return new WrittenLogTape(512)
                .add(3, 0, new byte[700])
                .add(4, 3, new byte[10])
                .add(9, 4, new byte[10]);
    }

    private LogTapeReplay replay(WrittenLogTape tape, Range range) {
        return replay(tape.reader(), range);
    }

    private LogTapeReplay replay(LogTapeReader reader, Range range) {
        return new LogTapeReplay(reader, () -> true, image, range, origin -> {});
    }

    private static LogTapeReplay run(LogTapeReplay replay) throws ApplyBlockedException {
        while (replay.step()) {
            assertThat(replay.ending()).isEqualTo(Ending.NONE);
        }
        return replay;
    }

    @Test
    void aWholeTapeIsAppliedInOrder() throws ApplyBlockedException {
        LogTapeReplay replay = run(replay(tape().end(), Range.ALL));
        assertThat(image.applied).containsExactly(3L, 4L, 9L);
        assertThat(image.position).contains(new Position("history-of-pick0", 3, 9));
        assertThat(replay.ending()).isEqualTo(Ending.FILEMARK);
        assertThat(replay.progress())
                .isEqualTo(new LogTapeReplay.Progress(
                        3, 0, 0, 9, 9_000, replay.progress().block()));
        assertThat(replay.origin()).contains(WrittenLogTape.ORIGIN);
    }

    @Test
    void theSameTapeTwiceChangesNothingAndTheNextOneGoesOn() throws ApplyBlockedException {
        run(replay(tape().end(), Range.ALL));
        LogTapeReplay again = run(replay(tape().add(12, 9, (byte) 1).end(), Range.ALL));
        assertThat(again.progress().skipped()).isEqualTo(3);
        assertThat(image.applied).containsExactly(3L, 4L, 9L, 12L);
    }

    /** A restore --overwrite that was killed kept the LSN of the image before, and what followed on the save was skipped. */
    @Test
    void anImageWithAccountsOfAnotherMomentGetsNoLogUnlessItsLsnIsGiven() throws ApplyBlockedException {
        image.position = Optional.of(Position.NOWHERE);
        assertThatThrownBy(() -> run(replay(tape().end(), Range.ALL)))
                .isInstanceOf(Refusal.class)
                .hasMessageContainingAll("at no LSN any more", "restore --overwrite", "--from");
        assertThat(image.applied).isEmpty();
        run(replay(tape().end(), new Range(OptionalLong.of(3), OptionalLong.empty(), OptionalLong.empty())));
        assertThat(image.applied).containsExactly(4L, 9L);
    }

    @Test
    void anEntryThatStandsTwiceOnTheTapeIsAppliedOnce() throws ApplyBlockedException {
        run(replay(
                tape().add(4, 3, new byte[10])
                        .add(9, 4, new byte[10])
                        .add(10, 9, (byte) 1)
                        .end(),
                Range.ALL));
        assertThat(image.applied).containsExactly(3L, 4L, 9L, 10L);
    }

    @Test
    void aGapIsRefusedWithBothLsnsAndWhatIsBeforeItStands() {
        LogTapeReplay replay = replay(tape().add(30, 21, (byte) 1).end(), Range.ALL);
        assertThatThrownBy(() -> run(replay))
                .isInstanceOf(Refusal.class)
                .hasMessageContainingAll("LSN 30 follows on LSN 21", "ends at LSN 9");
        assertThat(image.applied).containsExactly(3L, 4L, 9L);
        assertThat(replay.progress().applied()).isEqualTo(3);
    }

    @Test
    @Tag("TLOG-3")
    void itEndsBeforeTheFirstEntryBeyondWhatWasAskedFor() throws ApplyBlockedException {
        Range to = new Range(OptionalLong.empty(), OptionalLong.of(8), OptionalLong.empty());
        assertThat(run(replay(tape().end(), to)).ending()).isEqualTo(Ending.BOUND);
        assertThat(image.applied).containsExactly(3L, 4L);
        Range until = new Range(OptionalLong.empty(), OptionalLong.empty(), OptionalLong.of(9_000));
        assertThat(run(replay(tape().end(), until)).ending()).isEqualTo(Ending.FILEMARK);
        assertThat(image.applied).containsExactly(3L, 4L, 9L);
    }

    @Test
    @Tag("TLOG-3")
    void anImageThatIsBeyondWhatIsAskedForIsRefused() throws ApplyBlockedException {
        run(replay(tape().end(), Range.ALL));
        Range to = new Range(OptionalLong.empty(), OptionalLong.of(4), OptionalLong.empty());
        assertThatThrownBy(() -> run(replay(tape().end(), to))).hasMessageContaining("This image ends at LSN 9");
        Range until = new Range(OptionalLong.empty(), OptionalLong.empty(), OptionalLong.of(3_000));
        assertThatThrownBy(() -> run(replay(tape().end(), until))).hasMessageContaining("This image ends at LSN 9");
    }

    @Test
    void anImageOfASaveGoesOnWhereItsLsnIsGiven() throws ApplyBlockedException {
        WrittenLogTape later = new WrittenLogTape(512, new Origin("pick0", "history-of-pick0", 1, "slog", 3))
                .add(4, 3, (byte) 1)
                .add(9, 4, (byte) 1)
                .end();
        assertThatThrownBy(() -> run(replay(later, Range.ALL))).hasMessageContainingAll("LSN 3", "--from 3");
        Range from = new Range(OptionalLong.of(5), OptionalLong.empty(), OptionalLong.empty());
        assertThat(run(replay(later, from)).progress().skipped()).isEqualTo(1);
        assertThat(image.applied).containsExactly(9L);
        assertThat(image.position).contains(new Position("history-of-pick0", 1, 9));
    }

    @Test
    void theLogOfAnotherHistoryIsRefusedUnlessItsBeginningIsGiven() throws ApplyBlockedException {
        image.position = Optional.of(new Position("another", 7, 77));
        assertThatThrownBy(() -> run(replay(tape().end(), Range.ALL)))
                .hasMessageContainingAll("history another up to LSN 77", "node pick0");
        assertThat(image.applied).isEmpty();
        run(replay(tape().end(), new Range(OptionalLong.of(0), OptionalLong.empty(), OptionalLong.empty())));
        assertThat(image.applied).containsExactly(3L, 4L, 9L);
    }

    @Test
    void whatCannotBeAppliedNowIsAppliedWhenItIsAskedForAgain() throws ApplyBlockedException {
        image.blocked = 1;
        LogTapeReplay replay = replay(tape().end(), Range.ALL);
        assertThatThrownBy(replay::step).isInstanceOf(ApplyBlockedException.class);
        run(replay);
        assertThat(image.applied).containsExactly(3L, 4L, 9L);
    }

    @Test
    void aTapeThatIsCutIsAppliedAsFarAsItGoesAndSaysSo() throws ApplyBlockedException {
        LogTapeReplay replay = run(replay(tape().flush(), Range.ALL));
        assertThat(replay.ending()).isEqualTo(Ending.CUT);
        assertThat(image.applied).containsExactly(3L, 4L, 9L);
    }

    /** A tape that is written meanwhile: what is there is applied, and nothing waits for a batch to be full. */
    @Test
    void whatIsThereIsAppliedBeforeMoreIsWaitedFor() throws ApplyBlockedException {
        LogTapeReplay replay = new LogTapeReplay(tape().end().reader(), () -> false, image, Range.ALL, origin -> {});
        while (image.applied.isEmpty()) {
            assertThat(replay.step()).isTrue();
        }
        run(replay);
        assertThat(image.applied).containsExactly(3L, 4L, 9L);
    }
}
