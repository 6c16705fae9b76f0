package org.hotbackup.management;

import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.hotbackup.control.OperationReceipt;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;

/**
 * Nobody waits longer than some seconds for the answer to an operation: it goes on as a task then, and its answer is kept
 * there. What is asked for is never broken off. Thread-safe.
 */
@ApplicationScoped
public class LongOperations {

    private static final Logger LOGGER = Logger.getLogger(LongOperations.class.getName());

    private static final Duration PATIENCE = Duration.ofSeconds(4);

    /** How many that are over are kept. */
    private static final int KEPT = 100;

    /** So many may go on at once: each has a thread, and one that hangs has it for ever (I8). */
    static final int MOST_UNFINISHED = 32;

    @Resource
    ManagedThreadFactory managed;

    private final Duration patience;
    private final Map<String, LongOperation> outlived = new LinkedHashMap<>();
    private long number;

    /** For the container. */
    public LongOperations() {
        this(PATIENCE);
    }

    /**
     * Operations on threads of the JVM, if no container gives any.
     *
     * @param patience how long a caller waits
     */
    LongOperations(Duration patience) {
        this.patience = patience;
    }

    /**
     * An operation that was not over in time.
     *
     * @param id of its task
     * @param server of which server it is, empty if of none
     * @param what which one, for people
     * @param startedAtMillis when it began, epoch milliseconds
     * @param work its answer, when there is one
     */
    record LongOperation(
            String id, String server, String what, long startedAtMillis, FutureTask<OperationReceipt> work) {

        /** Its answer; accepted as long as there is none. */
        OperationReceipt receipt() {
            return work.isDone() ? answer(work) : goesOn(id);
        }

        private static OperationReceipt goesOn(String id) {
            return OperationReceipt.accepted(MessageCode.OPERATION_GOES_ON, id).asTask(id);
        }
    }

    /**
     * Does an operation.
     *
     * @param server of which server it is, empty if of none
     * @param what which one, for people
     * @return its answer, or that it goes on
     * @throws Refusal if it does before its caller is answered, or if it is not begun: too many go on, or the node stops
     */
    public OperationReceipt run(String server, String what, Supplier<OperationReceipt> operation) {
        refuseTooMany();
        FutureTask<OperationReceipt> work = new FutureTask<>(operation::get);
        long began = System.currentTimeMillis();
        Thread thread = threads().newThread(work);
        if (thread == null) {
            // a container that stops gives none
            throw new Refusal(MessageCode.NO_THREAD);
        }
        thread.start();
        try {
            work.get(patience.toMillis(), TimeUnit.MILLISECONDS);
            return answer(work);
        } catch (TimeoutException e) {
            return keep(server, what, began, work).receipt();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return keep(server, what, began, work).receipt();
        } catch (ExecutionException e) {
            return answer(work);
        }
    }

    ThreadFactory threads() {
        return managed == null ? Thread::new : managed;
    }

    private synchronized void refuseTooMany() {
        long unfinished =
                outlived.values().stream().filter(one -> !one.work().isDone()).count();
        if (unfinished >= MOST_UNFINISHED) {
            throw new Refusal(MessageCode.OPERATIONS_UNFINISHED, unfinished);
        }
    }

    private synchronized LongOperation keep(String server, String what, long began, FutureTask<OperationReceipt> work) {
        LongOperation kept = new LongOperation(OperationReceipt.OPERATION + ++number, server, what, began, work);
        outlived.put(kept.id(), kept);
        outlived.values().stream()
                .filter(old -> old.work().isDone())
                .limit(Math.max(0, outlived.size() - KEPT))
                .map(LongOperation::id)
                .toList()
                .forEach(outlived::remove);
        return kept;
    }

    /** Those that were not over in time: that go on, and the last ones that are over. */
    public synchronized List<LongOperation> all() {
        return new ArrayList<>(outlived.values());
    }

    /** The one of this id. */
    public synchronized Optional<LongOperation> find(String id) {
        return Optional.ofNullable(outlived.get(id));
    }

    /** What came of it: whoever asks is told as its caller would have been. */
    private static OperationReceipt answer(FutureTask<OperationReceipt> work) {
        try {
            return work.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Refusal(MessageCode.INTERNAL_ERROR, e.getClass().getSimpleName());
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Refusal refusal) {
                throw refusal;
            }
            LOGGER.log(Level.SEVERE, "a control operation failed", e.getCause());
            throw new Refusal(
                    MessageCode.INTERNAL_ERROR, e.getCause().getClass().getSimpleName());
        }
    }
}
