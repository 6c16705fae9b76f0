package org.hotbackup.verify;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.ItemId;

/**
 * Sends what a comparison found different to the slave once more, through the log: an item as it is on the master now, a
 * file that the slave does not have as a whole, and with an account or dictionary everything in it, since the slave makes it
 * anew. Of a file that differs in more than is known, and in a good part of it, all items are sent. Whether both sides are equal then is for another
 * comparison to say. For one thread.
 */
public final class Repair {

    private static final int PAGE = 200;
    /** Of a file with no more equal items for each that is known to differ all are sent. */
    private static final int EQUAL_FOR_ONE_DIFFERENT = 10;

    private final ComparedStore store;
    private final Consumer<FileResult> keeper;
    /** By path: an account before its files, a dictionary before its data sections. */
    private final TreeMap<FilePath, FileResult> toSend = new TreeMap<>();

    private List<ItemId> ids = List.of();
    private Optional<ItemId> last = Optional.empty();
    private boolean begun;
    private boolean sendsAll;
    private boolean listed;
    private long items;

    /**
     * A repair that has sent nothing yet.
     *
     * @param results of a comparison; what is equal is left alone
     * @param keeper keeps, for good before it returns, each file that has been sent, without its differences; and each that
     *     has to be sent too although the comparison found it otherwise, as one that is missing
     */
    public Repair(ComparedStore store, List<FileResult> results, Consumer<FileResult> keeper) {
        this.store = store;
        this.keeper = keeper;
        results.stream().filter(Repair::isNeeded).forEach(result -> toSend.put(result.file(), result));
    }

    /** Whether there is anything to send for a file. */
    public static boolean isNeeded(FileResult result) {
        return result.finding() == FileResult.Finding.DIFFERENT || result.finding() == FileResult.Finding.MISSING;
    }

    /** Whether a slave that makes an account or dictionary anew loses another section with what it had before. */
    public static boolean isMadeAnewWith(FilePath made, FilePath section) {
        return switch (made.level()) {
            case MASTER_DICTIONARY -> section.account().equals(made.account()) && !section.equals(made);
            case DICTIONARY -> section.level() == FilePath.Level.DATA
                    && section.definedIn().equals(made);
            case DATA -> false;
        };
    }

    /** How many items were sent. */
    public long items() {
        return items;
    }

    /**
     * Sends one transaction's worth.
     *
     * @return whether there is more
     * @throws org.hotbackup.control.messages.Refusal if it cannot be done now; after any exception it goes on from the same
     *     place
     */
    public boolean step() {
        Map.Entry<FilePath, FileResult> first = toSend.firstEntry();
        if (first == null) {
            return false;
        }
        FilePath file = first.getKey();
        if (!begun) {
            begin(first.getValue());
        }
        if (ids.isEmpty() && sendsAll) {
            listed = true;
            ids = store.ids(file, last, PAGE);
        }
        int count = ids.isEmpty() ? 0 : store.resend(file, ids);
        if (count == 0) {
            end(first.getValue());
        } else {
            items += count;
            if (listed) {
                last = Optional.of(ids.get(count - 1));
            }
            ids = ids.subList(count, ids.size());
        }
        return !toSend.isEmpty();
    }

    private void begin(FileResult file) {
        boolean missing = file.finding() == FileResult.Finding.MISSING;
        if (missing && store.resendDefinition(file.file())) {
            for (FilePath section : store.files()) {
                if (isMadeAnewWith(file.file(), section)) {
                    sendAnew(section, file);
                }
            }
        }
        ids = file.differences().stream().map(Difference::id).toList();
        last = Optional.empty();
        sendsAll = missing || isMostlyDifferent(file);
        listed = false;
        begun = true;
    }

    /** Otherwise the differences that are not known yet are found by the next comparison, for less than all is. */
    private static boolean isMostlyDifferent(FileResult file) {
        long known = Math.max(CheckReport.MOST_DIFFERENCES, file.differences().size());
        return file.more() && !file.file().equals(FileList.PATH) && file.items() <= EQUAL_FOR_ONE_DIFFERENT * known;
    }

    private void sendAnew(FilePath section, FileResult with) {
        FileResult known = toSend.get(section);
        if (known == null || known.finding() != FileResult.Finding.MISSING) {
            FileResult missing = new FileResult(
                    section, FileResult.Finding.MISSING, with.lsn(), with.epochMillis(), 0, 0, 0, List.of(), false);
            keeper.accept(missing);
            toSend.put(section, missing);
        }
    }

    private void end(FileResult file) {
        keeper.accept(new FileResult(
                file.file(),
                FileResult.Finding.REPAIRED,
                file.lsn(),
                file.epochMillis(),
                file.ranges(),
                file.items(),
                file.bytes(),
                List.of(),
                file.more()));
        toSend.remove(file.file());
        begun = false;
    }
}
