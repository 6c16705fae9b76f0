package org.hotbackup.verify;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.ItemId;

/**
 * Sends what a comparison found different to the slave once more, through the log: an item as it is on the master now, a
 * file that the slave does not have as a whole. Whether both sides are equal then is for another comparison to say. For
 * one thread.
 */
public final class Repair {

    private static final int PAGE = 200;

    private final ComparedStore store;
    private final Consumer<FileResult> sent;
    private final Deque<FileResult> toSend = new ArrayDeque<>();
    private List<ItemId> ids = List.of();
    private Optional<ItemId> last = Optional.empty();
    private boolean begun;
    private long items;

    /**
     * A repair that has sent nothing yet.
     *
     * @param results of a comparison; what is equal is left alone
     * @param sent told each file as it has been sent, without its differences
     */
    public Repair(ComparedStore store, List<FileResult> results, Consumer<FileResult> sent) {
        this.store = store;
        this.sent = sent;
        results.stream().filter(Repair::isNeeded).forEach(toSend::add);
    }

    /** Whether there is anything to send for a file. */
    public static boolean isNeeded(FileResult result) {
        return result.finding() == FileResult.Finding.DIFFERENT || result.finding() == FileResult.Finding.MISSING;
    }

    /** The files that are still to be sent, with the one that is under way. */
    public Set<FilePath> files() {
        return toSend.stream().map(FileResult::file).collect(Collectors.toUnmodifiableSet());
    }

    /** How many items were sent. */
    public long items() {
        return items;
    }

    /**
     * Sends one transaction's worth.
     *
     * @return whether there is more
     * @throws org.hotbackup.control.messages.Refusal if it cannot be done now; it goes on from the same place
     */
    public boolean step() {
        FileResult file = toSend.peek();
        if (file == null) {
            return false;
        }
        if (!begun) {
            begin(file);
        }
        if (ids.isEmpty() && file.finding() == FileResult.Finding.MISSING) {
            ids = store.ids(file.file(), last, PAGE);
        }
        int count = ids.isEmpty() ? 0 : store.resend(file.file(), ids);
        if (count == 0) {
            end(file);
        } else {
            items += count;
            last = Optional.of(ids.get(count - 1));
            ids = ids.subList(count, ids.size());
        }
        return !toSend.isEmpty();
    }

    private void begin(FileResult file) {
        if (file.finding() == FileResult.Finding.MISSING) {
            store.resendDefinition(file.file());
        }
        ids = file.differences().stream().map(Difference::id).toList();
        last = Optional.empty();
        begun = true;
    }

    private void end(FileResult file) {
        toSend.remove();
        begun = false;
        sent.accept(new FileResult(
                file.file(),
                FileResult.Finding.REPAIRED,
                file.lsn(),
                file.epochMillis(),
                file.ranges(),
                file.items(),
                file.bytes(),
                List.of(),
                file.more()));
    }
}
