package org.hotbackup.replication;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.txlog.LogEntry;
import org.hotbackup.txlog.tape.LogTapeReader;
import org.hotbackup.txlog.tape.LogTapeRecord;
import org.hotbackup.txlog.tape.LogTapeRecord.Origin;

/**
 * Applies a log tape to an image, in the order of the log, as a slave server applies what it receives: {@code tlog-restore}. The
 * position is committed with the effects, so that the same tape, or the next one, may follow at any time: entries that are in
 * the image are skipped, and one that does not follow on it is refused. For one thread, but for {@link #progress}.
 */
public final class LogTapeReplay {

    private static final int MOST_ENTRIES = 500;
    private static final long MOST_BYTES = 4 << 20;

    /**
     * Which part of the log.
     *
     * @param from the image holds everything up to this LSN, whatever is known of it; empty for what is known
     * @param to the last LSN to apply, empty for all
     * @param untilMillis nothing that was committed after this time, epoch milliseconds, nor what follows it; empty for all
     */
    public record Range(OptionalLong from, OptionalLong to, OptionalLong untilMillis) {

        /** Everything that follows on the image. */
        public static final Range ALL = new Range(OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty());

        private boolean holds(LogEntry entry) {
            return (to.isEmpty() || entry.lsn() <= to.getAsLong())
                    && (untilMillis.isEmpty() || entry.committedAtMillis() <= untilMillis.getAsLong());
        }
    }

    /** How a tape comes. */
    public interface Feed {

        /** Whether another block is there and can be read without waiting. */
        boolean hasBlock();

        /** Whether it waits for another block when there is nothing to apply; otherwise that is for the next step. */
        default boolean mayWait() {
            return true;
        }
    }

    /** Where a replay ended. */
    public enum Ending {
        /** It goes on. */
        NONE,
        /** At the filemark. */
        FILEMARK,
        /** At the end of what there is of the tape, without a filemark. */
        CUT,
        /** Where it was to end: the next entry is beyond. */
        BOUND
    }

    /**
     * How far it is.
     *
     * @param applied entries
     * @param skipped entries that were in the image before
     * @param lost entries of the applied ones that are in lost+found
     * @param lsn of the last entry that is in the image, 0 if it is not known yet
     * @param committedAtMillis when that was committed, epoch milliseconds; 0 if it is not known
     * @param block that was read last
     */
    public record Progress(long applied, long skipped, long lost, long lsn, long committedAtMillis, long block) {}

    private final LogTapeReader tape;
    private final Feed feed;
    private final Applier applier;
    private final Range range;
    private final Consumer<Origin> admits;
    private final List<ReceivedTransaction> batch = new ArrayList<>();
    private long batchBytes;
    private Optional<Origin> origin = Optional.empty();
    private Position position = new Position("", 0, 0);
    private Ending ending = Ending.NONE;
    private Optional<Refusal> broken = Optional.empty();
    private long skipped;
    private long lost;
    private long applied;
    private long committedAtMillis;
    private volatile Progress progress = new Progress(0, 0, 0, 0, 0, 0);

    /**
     * A replay that has read the label and nothing else.
     *
     * @param admits refuses a log that this image must not get
     */
    public LogTapeReplay(LogTapeReader tape, Feed feed, Applier applier, Range range, Consumer<Origin> admits) {
        this.tape = tape;
        this.feed = feed;
        this.applier = applier;
        this.range = range;
        this.admits = admits;
    }

    /**
     * Reads some entries, waiting for the first if its feed does, and applies them.
     *
     * @return whether there may be more
     * @throws ApplyBlockedException if they could not be applied now; the same may be called again
     * @throws Refusal if the tape is broken or does not follow on the image: what was before that is applied
     */
    public boolean step() throws ApplyBlockedException {
        if (batch.isEmpty() && ending == Ending.NONE && broken.isEmpty()) {
            try {
                read();
            } catch (Refusal e) {
                broken = Optional.of(e);
            }
        }
        if (!batch.isEmpty()) {
            Applier.Outcome outcome = applier.apply(List.copyOf(batch), position);
            applied += batch.size();
            lost += outcome.lostAndFound();
            committedAtMillis = batch.get(batch.size() - 1).entry().committedAtMillis();
            batch.clear();
            batchBytes = 0;
        }
        progress = new Progress(applied, skipped, lost, position.lsn(), committedAtMillis, tape.block());
        if (broken.isPresent()) {
            throw broken.get();
        }
        return ending == Ending.NONE;
    }

    private void read() {
        while (batch.size() < MOST_ENTRIES && batchBytes < MOST_BYTES) {
            Optional<LogTapeRecord> next = tape.read(batch.isEmpty() ? feed::mayWait : feed::hasBlock);
            if (next.isEmpty()) {
                if (tape.isOver()) {
                    ending = tape.ended() ? Ending.FILEMARK : Ending.CUT;
                }
                return;
            } else if (next.get() instanceof Origin now) {
                from(now);
            } else {
                LogEntry entry = ((LogTapeRecord.Entry) next.get()).entry();
                if (!take(entry)) {
                    return;
                }
            }
        }
    }

    private void from(Origin now) {
        if (origin.isPresent() && !origin.get().history().equals(now.history())) {
            throw new Refusal(MessageCode.LOG_TAPE_TWO_HISTORIES, tape.block());
        }
        admits.accept(now);
        if (origin.isEmpty()) {
            position = begin(now);
            if (range.to().isPresent() && position.lsn() > range.to().getAsLong()) {
                throw tooFar();
            }
        }
        origin = Optional.of(now);
    }

    private Position begin(Origin now) {
        Optional<Position> known = applier.position();
        if (range.from().isPresent()) {
            return new Position(now.history(), 0, range.from().getAsLong());
        } else if (known.isEmpty()) {
            if (now.previousLsn() > 0) {
                throw new Refusal(MessageCode.LOG_TAPE_NO_POSITION, now.node(), now.previousLsn());
            }
            return new Position(now.history(), 0, 0);
        } else if (known.get().isNowhere()) {
            throw new Refusal(MessageCode.LOG_TAPE_NOWHERE, now.node());
        } else if (!known.get().history().equals(now.history())) {
            throw new Refusal(
                    MessageCode.LOG_TAPE_OTHER_HISTORY,
                    now.node(),
                    now.history(),
                    known.get().history(),
                    known.get().lsn());
        }
        return known.get();
    }

    private Refusal tooFar() {
        return new Refusal(MessageCode.LOG_TAPE_TOO_FAR, position.lsn());
    }

    private boolean take(LogEntry entry) {
        if (origin.isEmpty()) {
            throw new Refusal(MessageCode.LOG_TAPE_DAMAGED, tape.block(), "an entry of which nothing says whose it is");
        } else if (entry.lsn() <= position.lsn()) {
            if (!range.holds(entry)) {
                throw tooFar();
            }
            skipped++;
            return true;
        } else if (!range.holds(entry)) {
            ending = Ending.BOUND;
            return false;
        } else if (entry.previousLsn() > position.lsn()) {
            throw new Refusal(MessageCode.LOG_TAPE_GAP, entry.lsn(), entry.previousLsn(), position.lsn(), tape.block());
        }
        position = new Position(position.history(), position.transaction() + 1, entry.lsn());
        batch.add(new ReceivedTransaction(position.transaction(), entry));
        batchBytes += entry.payload().length;
        return true;
    }

    /** Whose log it is, once that is read. */
    public Optional<Origin> origin() {
        return origin;
    }

    /** Where it ended. */
    public Ending ending() {
        return ending;
    }

    /** How far it is. From any thread. */
    public Progress progress() {
        return progress;
    }
}
