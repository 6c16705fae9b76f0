package org.hotbackup.control;

import java.util.List;

/**
 * What runs long on this node: comparisons, repairs and resyncs, promotions, helpers, servers that are still ending. {@code
 * org.hotbackup:type=Tasks}. A receipt {@code ACCEPTED} names the task that was begun.
 */
@Description("What runs long on this node: comparisons, resyncs, promotions, helpers, servers that are still ending")
public interface TasksMXBean {

    @Description(value = "How many tasks are under way, waiting ones included", units = "tasks")
    int getUnderWay();

    @Description(
            value = "Tasks: those under way first, then comparisons, promotions and long operations that are over",
            impact = Description.Impact.INFO)
    List<Task> list(@Description("limit: at most so many, 1 to 1000") int limit);

    @Description(
            value =
                    "For scripts: the same, one a line: id, kind, server, subject, state, percent (-1 if not known), message"
                            + " and since when, divided by tabs",
            impact = Description.Impact.INFO)
    String listText(@Description("limit: at most so many, 1 to 1000") int limit);

    @Description(value = "A task, in words", impact = Description.Impact.INFO)
    String show(@Description("id: the task's id, as a receipt or list gives it") String id);

    @Description(
            value =
                    "What came of an operation that took longer than its caller was kept waiting: accepted as long as it"
                            + " goes on",
            impact = Description.Impact.INFO)
    OperationReceipt receipt(@Description("id: the task's id, as the receipt gave it") String id);

    @Description(
            value =
                    "Cancels a comparison, repair or resync, what was found and sent is kept; or what is done with a tape, what was"
                            + " restored is kept. Other tasks cannot be cancelled",
            impact = Description.Impact.ACTION)
    OperationReceipt cancel(
            @Description("id: the task's id, as a receipt or list gives it") String id,
            @Description("confirm: the id again") String confirmId);
}
