package org.hotbackup.control;

/**
 * The permanent log: all messages of all servers (HB-095, HB-096). {@code org.hotbackup:type=PermanentLog}. Read in pages
 * by item id, so a long log costs no more than a short one.
 */
@Description("The permanent log: all messages of all servers, kept in dm,hb.log,log")
public interface PermanentLogMXBean {

    @Description(value = "Messages that are kept", units = "messages")
    long getEntries();

    @Description(value = "When the last message was said, 0 if none is known", units = "epoch ms")
    long getLastEntryMillis();

    @Description(
            value = "The messages after one, oldest first: a page towards the end",
            impact = Description.Impact.INFO)
    LogPage next(
            @Description("after: id of a message, empty for the beginning") String after,
            @Description("limit: at most so many, 1 to 1000") int limit);

    @Description(value = "The messages just before one, oldest first: a page back", impact = Description.Impact.INFO)
    LogPage back(
            @Description("before: id of a message, empty for the end") String before,
            @Description("limit: at most so many, 1 to 1000") int limit);

    @Description(value = "The messages from a date or time on, oldest first", impact = Description.Impact.INFO)
    LogPage from(
            @Description("when: 2026-11-21, 10:15 (today), or 2026-11-21T10:15:30; all in UTC") String when,
            @Description("limit: at most so many, 1 to 1000") int limit);

    @Description(
            value = "The place of a date or time, to be given where the id of a message is asked for",
            impact = Description.Impact.INFO)
    String placeOf(@Description("when: as for from") String when);

    @Description(
            value = "The messages after one that contain a text, oldest first; looks at 20000 entries at most, go on"
                    + " after what it reached",
            impact = Description.Impact.INFO)
    LogPage search(
            @Description("text: what a line of the log must contain, in capitals or not") String text,
            @Description("after: id of a message, empty for the beginning") String after,
            @Description("limit: at most so many, 1 to 1000") int limit);

    @Description(
            value = "For scripts: the messages from a date or time on, one a line",
            impact = Description.Impact.INFO)
    String text(
            @Description("when: as for from; empty for the last messages") String when,
            @Description("limit: at most so many, 1 to 1000") int limit);

    @Description(
            value = "For scripts: what next answers, a message a line: id, time, server, message id and text, divided"
                    + " by tabs",
            impact = Description.Impact.INFO)
    String nextText(
            @Description("after: id of a message, empty for the beginning") String after,
            @Description("limit: at most so many, 1 to 1000") int limit);

    @Description(value = "For scripts: what back answers, as nextText has it", impact = Description.Impact.INFO)
    String backText(
            @Description("before: id of a message, empty for the end") String before,
            @Description("limit: at most so many, 1 to 1000") int limit);

    @Description(
            value = "For scripts: what search answers, as nextText has it; if there may be more, the last line is the"
                    + " word more and the id to go on after",
            impact = Description.Impact.INFO)
    String searchText(
            @Description("text: what a line of the log must contain, in capitals or not") String text,
            @Description("after: id of a message, empty for the beginning") String after,
            @Description("limit: at most so many, 1 to 1000") int limit);

    @Description(value = "How many messages clear would delete now", impact = Description.Impact.INFO)
    long count(@Description("what: as for clear") String what);

    @AdminOnly
    @Destructive
    @Description(value = "Clears the permanent log, or what is old in it", impact = Description.Impact.ACTION)
    OperationReceipt clear(
            @Description("what: all, week (older than one week) or month (older than one month)") String what,
            @Description("confirm: the name log") String confirmName,
            @Description("reason: why; it stands in the permanent log") String reason);
}
