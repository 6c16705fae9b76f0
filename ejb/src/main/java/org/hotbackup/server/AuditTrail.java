package org.hotbackup.server;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import org.hotbackup.control.AuditRecord;
import org.hotbackup.control.Caller;
import org.hotbackup.control.ItemStore.StoredItem;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.store.SystemFiles;

/**
 * The audit, {@code dm,hb.log,audit}: who asked for what, and what became of it. Each record is on the disk when a method returns
 * that has written one, in a transaction of its own. Nothing of it is ever changed or removed. Thread-safe.
 *
 * <p>An operation is recorded before it is done and once more with its outcome, so that a crash leaves {@code BEGUN} and never
 * nothing. What is refused for want of a role or of the right password changes nothing and may come in storms: it is recorded once, and
 * what repeats within a minute together ({@link Repeated}). A log-in is recorded each time.
 */
@ApplicationScoped
public class AuditTrail {

    private static final Logger LOGGER = Logger.getLogger(AuditTrail.class.getName());

    private static final int PIECE = 500;
    private static final int LONGEST_NAME = 100;
    private static final int LONGEST_TEXT = 1_000;
    private static final int MOST_WAITING = 100;

    /** Control characters, and the separators of lines and paragraphs. */
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cc}\\u2028\\u2029]");

    @Inject
    SystemFiles files;

    Clock clock = Clock.systemUTC();

    private final Repeated repeated = new Repeated();

    /** Records of what is done that could not be written yet: outcomes, whose beginning stands there, and log-ins. */
    private final Deque<AuditRecord> waiting = new ArrayDeque<>();

    private AuditRecord head;

    /**
     * Does an operation, recorded before it is done and once more with its outcome, whatever comes of it.
     *
     * @param kept what is kept of the outcome
     * @return what the operation answers
     * @throws Refusal if it cannot be recorded, nothing is done then; and whatever the operation throws
     */
    public <T> T record(AuditEvent event, UnaryOperator<AuditOutcome> kept, Supplier<T> operation) {
        long begun = begin(event);
        // stands if an Error comes
        AuditOutcome outcome = AuditOutcome.of(new Refusal(MessageCode.INTERNAL_ERROR, "Error"));
        try {
            T answer = operation.get();
            outcome = AuditOutcome.ofAnswer(answer);
            return answer;
        } catch (RuntimeException e) {
            outcome = AuditOutcome.ofFailure(e);
            throw e;
        } finally {
            end(begun, event, kept.apply(outcome));
        }
    }

    /**
     * Records that an operation is begun.
     *
     * @return the number of the record
     * @throws Refusal if that cannot be written down: the operation must not be done then
     */
    public synchronized long begin(AuditEvent event) {
        try {
            catchUp();
            return append(unsealed(event, AuditOutcome.BEGUN, 0, 1));
        } catch (RuntimeException e) {
            LOGGER.log(Level.WARNING, "an operation is refused because the audit cannot be written", e);
            throw new Refusal(MessageCode.AUDIT_UNWRITABLE, sentence(e));
        }
    }

    /** Records what became of an operation; if that cannot be written now, it is with the next record. */
    public synchronized void end(long begun, AuditEvent event, AuditOutcome outcome) {
        appendOrKeep(unsealed(event, outcome, begun, 1));
    }

    /** Records something that is done already and changed nothing, such as a log-in; if that cannot be now, with the next record. */
    public synchronized void happened(AuditEvent event, AuditOutcome outcome) {
        appendOrKeep(unsealed(event, outcome, 0, 1));
    }

    private void appendOrKeep(AuditRecord record) {
        try {
            catchUp();
            append(record);
        } catch (RuntimeException e) {
            LOGGER.log(Level.WARNING, e, () -> "the audit cannot be written now; it waits: " + record);
            if (waiting.size() < MOST_WAITING) {
                waiting.add(record);
            }
        }
    }

    /** Records something that was refused and changed nothing: once, and what repeats together. */
    public synchronized void note(AuditEvent event, AuditOutcome outcome) {
        try {
            catchUp();
            if (repeated.isFirst(event, outcome, clock.instant())) {
                append(unsealed(event, outcome, 0, 1));
            }
        } catch (RuntimeException e) {
            LOGGER.log(Level.WARNING, e, () -> "the audit cannot be written now; it misses: " + event + " " + outcome);
        }
    }

    /** Writes what is folded or waits. */
    public synchronized void close() {
        try {
            writeWaiting();
            repeated.all().forEach(this::append);
        } catch (RuntimeException e) {
            LOGGER.log(Level.WARNING, "the last records of the audit could not be written", e);
        }
    }

    private void catchUp() {
        writeWaiting();
        repeated.due(clock.instant()).forEach(this::append);
    }

    private void writeWaiting() {
        while (!waiting.isEmpty()) {
            append(waiting.peek());
            waiting.remove();
        }
    }

    private void append(Repeated.Happened again) {
        append(unsealed(again.event(), again.outcome(), 0, again.times()));
    }

    private long append(AuditRecord unsealed) {
        AuditRecord before = head();
        long number = before == null ? 1 : before.number() + 1;
        AuditRecord record =
                AuditChain.seal(unsealed.sealed(number, ""), before == null ? AuditChain.BEFORE_FIRST : before.hash());
        StoredItem item = AuditChain.item(record);
        // if this fails, it may be written nevertheless
        head = null;
        files.writeApart(SystemPaths.AUDIT, item.id(), item.body());
        head = record;
        return number;
    }

    private AuditRecord head() {
        if (head == null) {
            List<StoredItem> last = files.itemsBefore(SystemPaths.AUDIT, null, 1);
            head = last.isEmpty() ? null : AuditChain.record(last.get(0));
        }
        return head;
    }

    private AuditRecord unsealed(AuditEvent event, AuditOutcome outcome, long begun, long times) {
        Caller caller = event.caller();
        return new AuditRecord(
                0,
                clock.instant().toString(),
                shown(caller.name(), LONGEST_NAME),
                caller.surface(),
                caller.address(),
                shown(event.bean(), LONGEST_NAME),
                shown(event.operation(), LONGEST_NAME),
                shown(event.arguments(), LONGEST_TEXT),
                outcome.word(),
                outcome.messageId(),
                shown(outcome.message(), LONGEST_TEXT),
                begun,
                times,
                "");
    }

    /** What callers give may be long, and hold line ends or what moves a terminal's cursor. */
    static String shown(String text, int longest) {
        String cut = text.length() <= longest ? text : text.substring(0, longest) + "...";
        return UNPRINTABLE
                .matcher(cut)
                .replaceAll(
                        match -> String.format("\\\\x%02X", (int) match.group().charAt(0)));
    }

    private static String sentence(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof Refusal) {
                return cause.getMessage();
            }
        }
        return thrown.getClass().getSimpleName();
    }

    /** Number and hash of the last record; empty before the first. */
    public synchronized Optional<AuditRecord> last() {
        return Optional.ofNullable(head());
    }

    /** Records behind a number, in their order. */
    public List<AuditRecord> list(long after, int limit) {
        return files.items(SystemPaths.AUDIT, AuditChain.id(Math.max(0, after)), limit).stream()
                .map(AuditChain::record)
                .toList();
    }

    /** Walks through all records. */
    public AuditProof verify() {
        return walk(0, "");
    }

    /** The same, and compares the hash of one record with the one that was noted. */
    public AuditProof verifySince(long number, String hash) {
        return walk(number, hash);
    }

    private AuditProof walk(long noted, String notedHash) {
        // what is written meanwhile is behind it
        AuditRecord end = last().orElse(null);
        long number = 0;
        String hash = AuditChain.BEFORE_FIRST;
        List<StoredItem> page = files.items(SystemPaths.AUDIT, null, PIECE);
        while (!page.isEmpty()) {
            for (StoredItem item : page) {
                Optional<AuditRecord> next = AuditChain.next(item, number + 1, hash);
                if (next.isEmpty() || number + 1 == noted && !next.get().hash().equals(notedHash)) {
                    return broken(number, hash);
                }
                number++;
                hash = next.get().hash();
            }
            page = files.items(SystemPaths.AUDIT, page.get(page.size() - 1).id(), PIECE);
        }
        boolean missing = end != null && number < end.number() || number < noted;
        return missing ? broken(number, hash) : whole(number, hash);
    }

    private static AuditProof broken(long number, String hash) {
        return new AuditProof(false, number + 1, number, hash);
    }

    private static AuditProof whole(long number, String hash) {
        return new AuditProof(true, 0, number, hash);
    }
}
