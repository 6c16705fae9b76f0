package org.hotbackup.replication.simulation;

import static org.hotbackup.replication.simulation.InvariantBroken.check;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.hotbackup.apply.HelperTask;
import org.hotbackup.apply.HelperTasks;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.ItemId;
import org.hotbackup.model.RangeCheck;
import org.hotbackup.replication.ReceivedTransaction;
import org.hotbackup.verify.CheckReport;
import org.hotbackup.verify.CheckReport.Finding;
import org.hotbackup.verify.ComparedItems;
import org.hotbackup.verify.Difference;
import org.hotbackup.verify.FileList;

/** What was really logged on a master, known to nobody under test: what the slave does is compared with it. */
final class Truth {

    static final String HISTORY = "history-1";

    private final TreeMap<Long, byte[]> committed = new TreeMap<>();
    private final TreeSet<Long> undecided = new TreeSet<>();
    private final Map<Long, SaidRange> said = new HashMap<>();

    void given(long lsn) {
        undecided.add(lsn);
    }

    void committed(long lsn, byte[] payload) {
        undecided.remove(lsn);
        committed.put(lsn, payload);
    }

    void rolledBack(long lsn) {
        undecided.remove(lsn);
    }

    void loggerCrashed() {
        undecided.clear();
    }

    /** What a check of the master is about: the range, and what was really in it. */
    void saying(FilePath file, RangeCheck check, Image image) {
        said.put(check.number(), new SaidRange(file, check, image));
    }

    /** A slave reports what is so at its place in the log, neither more nor less. */
    void checkReport(CheckReport report, SlaveDisk slave) {
        SaidRange range = said.get(report.number());
        Image there = slave.expected().image();
        Finding expected = Finding.EQUAL;
        if (range.file().equals(FileList.PATH)) {
            expected = range.isFileListEqual(there) ? Finding.EQUAL : Finding.DIFFERENT;
        } else if (!there.has(range.file())) {
            expected = Finding.NO_FILE;
        } else if (isHeld(slave, range.file())) {
            expected = Finding.NOT_SETTLED;
        } else {
            TreeSet<ItemId> differing = range.differing(there);
            expected = differing.isEmpty() ? Finding.EQUAL : Finding.DIFFERENT;
            check(
                    report.finding() != Finding.DIFFERENT
                            || range.check().detail().isEmpty()
                            || report.differences().stream()
                                    .map(Difference::id)
                                    .toList()
                                    .equals(List.copyOf(differing)),
                    "no false alarm",
                    "check %d reports %s, not %s",
                    report.number(),
                    report.differences(),
                    differing);
        }
        check(
                report.finding() == expected,
                "no false alarm",
                "check %d of %s finds %s, not %s",
                report.number(),
                range.file(),
                report.finding(),
                expected);
        check(
                expected == Finding.EQUAL
                        || expected == Finding.NOT_SETTLED
                        || slave.isTampered()
                        || !Files.EQUAL.contains(range.file()),
                "no false alarm",
                "%s of %s although nobody planted it",
                expected,
                range.file());
    }

    private static boolean isHeld(SlaveDisk slave, FilePath file) {
        HelperTasks tasks = new HelperTasks();
        tasks.load(slave.image());
        return tasks.of(file)
                .filter(task -> task.phase() != HelperTask.Phase.RESIZING)
                .isPresent();
    }

    private record SaidRange(FilePath file, RangeCheck check, Image image) {

        TreeSet<ItemId> differing(Image slave) {
            TreeMap<ItemId, byte[]> here = compared(image);
            TreeMap<ItemId, byte[]> there = compared(slave);
            TreeSet<ItemId> ids = new TreeSet<>(here.keySet());
            ids.addAll(there.keySet());
            ids.removeIf(id -> Arrays.equals(here.get(id), there.get(id)));
            return ids;
        }

        /** The slave has every section that is logged, and of the master's accounts no other one with an L. */
        boolean isFileListEqual(Image slave) {
            boolean hasAll = check.detail().orElseThrow().entrySet().stream()
                    .filter(section -> section.getValue().bytes() > 0)
                    .allMatch(
                            section -> slave.has(FilePath.parse(section.getKey().toString())));
            return hasAll
                    && slave.files().stream()
                            .filter(section -> image.has(FilePath.masterDictionary(section.account())))
                            .filter(section -> slave.pointer(section).has('L'))
                            .allMatch(image::has);
        }

        private TreeMap<ItemId, byte[]> compared(Image of) {
            TreeMap<ItemId, byte[]> items = new TreeMap<>(of.items(file));
            items.entrySet()
                    .removeIf(item ->
                            !check.holds(item.getKey()) || !ComparedItems.holds(file, item.getKey(), item.getValue()));
            return items;
        }
    }

    /** The transaction is the one that follows, whole and unchanged, on those that the slave has. */
    void checkNext(long afterTransaction, long afterLsn, ReceivedTransaction transaction) {
        long lsn = transaction.entry().lsn();
        check(lsn > afterLsn, "I5", "LSN %d takes effect after LSN %d", lsn, afterLsn);
        check(
                transaction.number() == afterTransaction + 1,
                "I2",
                "transaction %d takes effect after transaction %d",
                transaction.number(),
                afterTransaction);
        Long next = committed.higherKey(afterLsn);
        check(
                next != null && next == lsn,
                "I2",
                "LSN %d takes effect after LSN %d, but LSN %d follows",
                lsn,
                afterLsn,
                next);
        Long hole = undecided.lower(lsn);
        check(hole == null || hole < afterLsn, "I2", "LSN %d takes effect before LSN %d is decided", lsn, hole);
        check(
                Arrays.equals(committed.get(lsn), transaction.entry().payload()),
                "I6",
                "LSN %d arrived with another body",
                lsn);
    }

    /** The last LSN that is committed, 0 if there is none. */
    long lastLsn() {
        return committed.isEmpty() ? 0 : committed.lastKey();
    }

    /** What is committed after an LSN, in order. */
    SortedMap<Long, byte[]> after(long lsn) {
        return committed.tailMap(lsn, false);
    }

    /** How many transactions are logged after an LSN. */
    long transactionsAfter(long lsn) {
        return committed.tailMap(lsn, false).size();
    }
}
