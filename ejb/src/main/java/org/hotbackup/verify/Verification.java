package org.hotbackup.verify;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.function.LongSupplier;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.ItemId;
import org.hotbackup.model.RangeCheck;

/**
 * Goes round the files of a master, range by range, and has the slave compare each (issue 3, verify). A range that differs
 * is compared once more item by item; a check that got lost with a link is made again. It uses no more than a share of the
 * time, and a range grows or shrinks to what takes some milliseconds.
 *
 * <p>For one thread, but for {@link #report} and {@link #progress}.
 */
public final class Verification {

    /** Checks whose answer is awaited at a time. */
    static final int WINDOW = 8;

    /** How long one range should keep writers waiting. */
    static final long RANGE_NANOS = 10_000_000;

    static final int FIRST_RANGE_ITEMS = 64;
    static final int LEAST_RANGE_ITEMS = 8;
    static final int MOST_RANGE_ITEMS = 4_096;
    static final long RANGE_BYTES = 2L * 1024 * 1024;

    /** When nobody says that something happened, it is looked for after this time. */
    static final long LOOK_AGAIN_MILLIS = 100;

    /** After a refusal of the store, and for a file that is not settled on the slave. */
    static final long LATER_MILLIS = 500;

    /** Of {@link #LATER_MILLIS}: half a minute at most. */
    private static final int MOST_DOUBLINGS = 6;

    private static final long FIRST_PATIENCE_MILLIS = 20;
    private static final long LAST_PATIENCE_MILLIS = 500;
    private static final long NANOS_PER_MILLI = 1_000_000;

    /** So many differences of a file are kept at most. */
    static final int MOST_DIFFERENCES = 10_000;

    /** So many are kept of all files together, and one of each besides: some 500 bytes of memory each. */
    public static final int MOST_DIFFERENCES_OF_ALL = 20_000;

    /** So many reports wait to be looked at, at most: more than were asked for. */
    private static final int MOST_REPORTS = 64;

    /** While so many ranges have to wait, no other file is begun. */
    static final int MOST_POSTPONED = 64;

    /**
     * What to do.
     *
     * @param share the most time to take, in percent of all time, 1 to 100
     * @param rounds how often to go round, 0 for ever
     * @param only these files, empty for all
     */
    public record Plan(int share, int rounds, Set<FilePath> only) {}

    /** Keeps what was found, for good before it returns. */
    public interface Keeper {
        /** A file was compared from its beginning to its end in this round. */
        void keep(int round, FileResult result);

        /** A file is gone, or no longer logged. */
        void gone(FilePath file);

        /** All files were compared. */
        void roundDone(int round);
    }

    /** A range that is to be compared. */
    private record Range(
            FilePath file,
            Optional<ItemId> after,
            Optional<ItemId> upTo,
            boolean detail,
            int attempts,
            long notBefore) {

        Range notBefore(long later) {
            return new Range(file, after, upTo, detail, attempts, Math.max(notBefore, later));
        }

        Range again(long later) {
            return new Range(file, after, upTo, detail, attempts + 1, later);
        }
    }

    /** A check whose report has not come. */
    private record Awaited(FilePath file, RangeCheck check, long lsn, int attempts) {}

    private final Plan plan;
    private final ComparedStore store;
    private final Keeper keeper;
    private final LongSupplier acknowledgedLsn;
    private final LongSupplier nanoTime;
    private final LongSupplier epochMillis;
    /** One that finds no room is as good as lost with the link: the check is made again. */
    private final ArrayBlockingQueue<CheckReport> reports = new ArrayBlockingQueue<>(MOST_REPORTS);

    private final Deque<FilePath> files = new ArrayDeque<>();
    private final Deque<Range> ranges = new ArrayDeque<>();
    private final Map<Long, Awaited> awaited = new TreeMap<>();
    private final Map<FilePath, FileComparison> underWay = new TreeMap<>();
    private long lastNumber;
    private int round;
    private int rangeItems = FIRST_RANGE_ITEMS;
    private long patienceMillis = FIRST_PATIENCE_MILLIS;
    private long restUntil = Long.MIN_VALUE;
    private boolean done;

    private int filesInRound;
    private long rangesTotal;
    private long itemsTotal;
    private long bytesTotal;
    private String trouble = "";
    private volatile Progress progress = new Progress(0, 0, 0, 0, 0, 0, "");

    /**
     * Nothing was done yet.
     *
     * @param round the round to begin with, 1 for the first
     * @param done files that were compared in that round already, before the node was restarted
     * @param firstNumber of a check; others must be far from it
     * @param acknowledgedLsn up to where the slave has everything and its reports have come, 0 if not known
     * @param nanoTime a monotonic clock, to tell what a range costs
     * @param epochMillis the wall clock, for people
     */
    public Verification(
            Plan plan,
            int round,
            Set<FilePath> done,
            long firstNumber,
            ComparedStore store,
            Keeper keeper,
            LongSupplier acknowledgedLsn,
            LongSupplier nanoTime,
            LongSupplier epochMillis) {
        this.plan = plan;
        this.store = store;
        this.keeper = keeper;
        this.acknowledgedLsn = acknowledgedLsn;
        this.nanoTime = nanoTime;
        this.epochMillis = epochMillis;
        this.lastNumber = firstNumber;
        beginRound(round, done);
    }

    /** The slave reported something; from any thread. Reports of other checks are ignored. */
    public void report(CheckReport report) {
        reports.offer(report);
    }

    /** How far it is; from any thread. */
    public Progress progress() {
        return progress;
    }

    /** Whether there is nothing more to do. */
    public boolean isDone() {
        return done;
    }

    /**
     * Does what can be done now. After any exception it goes on from the same place.
     *
     * @param now monotonic time in milliseconds
     * @return when it wants to be called again at the latest
     */
    public long step(long now) {
        // first how far the slave is, then its reports: what is acknowledged by then and has no report got lost
        long reached = acknowledgedLsn.getAsLong();
        for (CheckReport report = reports.poll(); report != null; report = reports.poll()) {
            take(now, report);
        }
        findLost(now, reached);
        while (!done && now >= restUntil && awaited.size() < WINDOW) {
            Optional<Range> next = next(now);
            if (next.isEmpty()) {
                break;
            }
            compare(now, next.get());
        }
        endFiles(now);
        if (!done && files.isEmpty() && ranges.isEmpty() && awaited.isEmpty() && underWay.isEmpty()) {
            endRound(now);
        }
        publish();
        return done ? now : Math.max(now + 1, Math.min(now + LOOK_AGAIN_MILLIS, nextAt(now)));
    }

    private long nextAt(long now) {
        if (awaited.size() >= WINDOW) {
            return Long.MAX_VALUE;
        }
        long due = mayBeginAFile()
                ? now
                : ranges.stream().mapToLong(Range::notBefore).min().orElse(Long.MAX_VALUE);
        return Math.max(due, restUntil);
    }

    private void beginRound(int number, Set<FilePath> done) {
        round = number;
        for (FilePath file : store.files()) {
            if (plan.only().isEmpty() || plan.only().contains(file)) {
                filesInRound++;
                if (!done.contains(file)) {
                    files.add(file);
                }
            }
        }
    }

    private void endRound(long now) {
        keeper.roundDone(round);
        if (plan.rounds() > 0 && round >= plan.rounds()) {
            done = true;
            return;
        }
        filesInRound = 0;
        beginRound(round + 1, Set.of());
        // files come and go: even without any, a round takes a moment
        restUntil = Math.max(restUntil, now + LOOK_AGAIN_MILLIS);
    }

    /** Ranges that were begun go before the next file. */
    private Optional<Range> next(long now) {
        Iterator<Range> begun = ranges.iterator();
        while (begun.hasNext()) {
            Range range = begun.next();
            if (range.notBefore() <= now) {
                begun.remove();
                return Optional.of(range);
            }
        }
        return mayBeginAFile() ? Optional.of(begin(files.remove(), now)) : Optional.empty();
    }

    private boolean mayBeginAFile() {
        return !files.isEmpty() && ranges.size() < MOST_POSTPONED;
    }

    private Range begin(FilePath file, long now) {
        underWay.put(file, new FileComparison(file));
        return new Range(file, Optional.empty(), Optional.empty(), false, 0, now);
    }

    private void compare(long now, Range range) {
        RangeRequest request =
                new RangeRequest(++lastNumber, range.after(), range.upTo(), rangeItems, RANGE_BYTES, range.detail());
        Optional<ComparedStore.Said> said;
        long begin = nanoTime.getAsLong();
        try {
            said = store.say(range.file(), request, patienceMillis);
            if (said.isEmpty()) {
                keeper.gone(range.file());
            }
        } catch (Refusal e) {
            refused(now, range, e, nanoTime.getAsLong() - begin);
            return;
        } catch (RuntimeException e) {
            restUntil = now + LATER_MILLIS;
            ranges.addFirst(range);
            throw e;
        }
        trouble = "";
        patienceMillis = FIRST_PATIENCE_MILLIS;
        if (said.isEmpty()) {
            underWay.remove(range.file());
            drop(range.file());
            return;
        }
        RangeCheck check = said.get().check();
        awaited.put(check.number(), new Awaited(range.file(), check, said.get().lsn(), range.attempts()));
        if (!check.upTo().equals(range.upTo())) {
            ranges.addFirst(new Range(range.file(), check.upTo(), range.upTo(), range.detail(), 0, now));
        }
        adapt(said.get().nanos());
        rest(now, nanoTime.getAsLong() - begin);
    }

    private void refused(long now, Range range, Refusal refusal, long nanos) {
        trouble = refusal.getMessage();
        if (refusal.code() == MessageCode.FILE_NOT_SETTLED) {
            postpone(range.again(now + laterMillis(range.attempts())));
            return;
        }
        patienceMillis = Math.min(2 * patienceMillis, LAST_PATIENCE_MILLIS);
        if (refusal.code() == MessageCode.LOCKED) {
            rest(now, nanos);
        } else {
            restUntil = now + LATER_MILLIS;
        }
        ranges.addFirst(range);
    }

    /** A range of the right length for the next time. */
    private void adapt(long nanos) {
        if (nanos > 2 * RANGE_NANOS) {
            rangeItems = Math.max(LEAST_RANGE_ITEMS, rangeItems / 2);
        } else if (nanos < RANGE_NANOS / 2) {
            rangeItems = Math.min(MOST_RANGE_ITEMS, 2 * rangeItems);
        }
    }

    /** A rest that keeps to the share. */
    private void rest(long now, long nanos) {
        long restNanos = nanos * (100 - plan.share()) / plan.share();
        restUntil = now + Math.max(1, (restNanos + nanos + NANOS_PER_MILLI - 1) / NANOS_PER_MILLI);
    }

    private void take(long now, CheckReport report) {
        Awaited check = awaited.remove(report.number());
        FileComparison file = check == null ? null : underWay.get(check.file());
        if (file == null) {
            return;
        }
        boolean detail = check.check().detail().isPresent();
        switch (report.finding()) {
            case EQUAL -> proved(file, check);
            case DIFFERENT -> {
                if (!detail) {
                    ranges.addFirst(range(now, check, true, 0));
                } else if (report.differences().isEmpty()) {
                    // whatever it is, it is not equal
                    again(now + laterMillis(check.attempts()), check, true, check.attempts() + 1);
                } else {
                    rangesTotal++;
                    file.differs(check.check(), report, room());
                }
            }
            case NO_FILE -> {
                file.missing(check.lsn());
                drop(check.file());
            }
            case NOT_SETTLED -> {
                trouble = MessageCode.SLAVE_NOT_SETTLED.text(check.file());
                postpone(range(now + laterMillis(check.attempts()), check, detail, check.attempts() + 1));
            }
        }
    }

    private void proved(FileComparison file, Awaited check) {
        rangesTotal++;
        itemsTotal += check.check().items();
        bytesTotal += check.check().bytes();
        file.proved(check.lsn(), check.check());
    }

    /** How many more differences may be kept. */
    private int room() {
        return MOST_DIFFERENCES_OF_ALL
                - underWay.values().stream()
                        .mapToInt(FileComparison::differenceCount)
                        .sum();
    }

    /** A range has to wait, and with it the rest of its file. */
    private void postpone(Range range) {
        List<Range> rest = ranges.stream()
                .filter(other -> other.file().equals(range.file()))
                .toList();
        ranges.removeAll(rest);
        ranges.addLast(range);
        rest.forEach(other -> ranges.addLast(other.notBefore(range.notBefore())));
    }

    private void again(long notBefore, Awaited check, boolean detail, int attempts) {
        ranges.addLast(range(notBefore, check, detail, attempts));
    }

    private static Range range(long notBefore, Awaited check, boolean detail, int attempts) {
        return new Range(check.file(), check.check().after(), check.check().upTo(), detail, attempts, notBefore);
    }

    /** Longer each time: on a slave that does not apply what it receives, every check is one more that waits there. */
    private static long laterMillis(int attempts) {
        return LATER_MILLIS << Math.min(attempts, MOST_DOUBLINGS);
    }

    private void findLost(long now, long reached) {
        List<Awaited> lost = awaited.values().stream()
                .filter(check -> check.lsn() <= reached)
                .toList();
        for (Awaited check : lost) {
            awaited.remove(check.check().number());
            long wait = check.attempts() == 0 ? 0 : laterMillis(check.attempts());
            again(now + wait, check, check.check().detail().isPresent(), check.attempts() + 1);
        }
    }

    private void drop(FilePath file) {
        ranges.removeIf(range -> range.file().equals(file));
        awaited.values().removeIf(check -> check.file().equals(file));
    }

    private void endFiles(long now) {
        for (FileComparison file : List.copyOf(underWay.values())) {
            FilePath path = file.path();
            boolean more = ranges.stream().anyMatch(range -> range.file().equals(path))
                    || awaited.values().stream().anyMatch(check -> check.file().equals(path));
            if (!more && file.isComplete()) {
                keeper.keep(round, file.result(epochMillis.getAsLong()));
                underWay.remove(path);
            } else if (!more) {
                ranges.addLast(begin(path, now));
            }
        }
    }

    private void publish() {
        progress = new Progress(
                round,
                filesInRound,
                filesInRound - files.size() - underWay.size(),
                rangesTotal,
                itemsTotal,
                bytesTotal,
                trouble);
    }

    /**
     * How far a comparison is.
     *
     * @param round the round it is in, from 1
     * @param files how many files it has
     * @param filesDone how many of them are compared
     * @param ranges compared in all rounds
     * @param items in them that are equal
     * @param bytes of these
     * @param trouble why it does not go on at the moment, one sentence; empty if it does
     */
    public record Progress(int round, int files, int filesDone, long ranges, long items, long bytes, String trouble) {}
}
