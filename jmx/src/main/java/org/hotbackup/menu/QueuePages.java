package org.hotbackup.menu;

import java.util.ArrayList;
import java.util.List;
import org.hotbackup.control.QueueEntry;
import org.hotbackup.control.QueuePage;
import org.hotbackup.control.TransactionLogQueueMXBean;
import org.hotbackup.control.UpdateContent;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;

/** The queue of a master server, entry by entry. */
final class QueuePages {

    private static final String TITLE = "Queue entries";
    private static final String FIND = "Find entries";
    private static final String FILE = "file";
    private static final String ITEM = "item";
    private static final String OPERATION = "operation";
    private static final String AFTER = "after";
    private static final String UP_TO = "up to";
    private static final int PAGE = 50;

    /** What is listed: all entries, or those that fit. */
    private interface Source {

        /** The entries behind an LSN. */
        QueuePage after(TransactionLogQueueMXBean queue, long lsn);
    }

    private final String server;
    private final Source source;
    private final List<QueueEntry> entries = new ArrayList<>();
    private long reached;
    private Menu menu;

    private QueuePages(String server, Source source) {
        this.server = server;
        this.source = source;
    }

    static void open(Session session) {
        String server = session.server();
        new QueuePages(server, (queue, lsn) -> list(queue, server, lsn)).open(session, TITLE, 0);
    }

    private static QueuePage list(TransactionLogQueueMXBean queue, String server, long after) {
        List<QueueEntry> page = queue.list(server, after, PAGE);
        long reached = page.isEmpty() ? after : page.get(page.size() - 1).lsn();
        return new QueuePage(page, reached, page.size() == PAGE);
    }

    static void find(Session session) {
        String server = session.server();
        List<Field> fields = List.of(
                Field.of(FILE, "Account or file", Texts.FIND_FILE_HELP, "", given -> given),
                Field.of(ITEM, "Item", Texts.FIND_ITEM_HELP, "", given -> given),
                Field.of(OPERATION, "Operation", Texts.findOperationHelp(), "", QueuePages::operation),
                Field.number(AFTER, "After LSN", Texts.FIND_AFTER_HELP, "0", 0, Field.MOST),
                Field.number(UP_TO, "Up to LSN", Texts.FIND_UP_TO_HELP, "0", 0, Field.MOST));
        session.open(new Form(FIND, "", fields, false, (s, values) -> {
            Source source = (queue, lsn) -> find(
                    queue,
                    lsn,
                    (from, limit) -> queue.find(
                            server,
                            values.get(FILE),
                            values.get(ITEM),
                            values.get(OPERATION),
                            from,
                            Long.parseLong(values.get(UP_TO)),
                            limit));
            new QueuePages(server, source).open(s, FIND, Long.parseLong(values.get(AFTER)));
        }));
    }

    private static String operation(String given) {
        if (!given.isEmpty() && !UpdateContent.OPERATIONS.contains(given)) {
            throw new Refusal(
                    MessageCode.SETTING_OUT_OF_RANGE,
                    "Operation",
                    given,
                    String.join(", ", UpdateContent.OPERATIONS) + ", or nothing");
        }
        return given;
    }

    /** One look at a part of a long queue. */
    private interface Looking {
        QueuePage from(long lsn, int limit);
    }

    /** As many as fill a page, however many of the queue have to be looked at for them. */
    private static QueuePage find(TransactionLogQueueMXBean queue, long after, Looking looking) {
        List<QueueEntry> found = new ArrayList<>();
        long reached = after;
        boolean more = true;
        while (more && found.size() < PAGE) {
            QueuePage page = looking.from(reached, PAGE - found.size());
            found.addAll(page.entries());
            more = page.more() && page.reachedLsn() > reached;
            reached = page.reachedLsn();
        }
        return new QueuePage(found, reached, more);
    }

    private void open(Session session, String title, long after) {
        session.ask(title, controls -> source.after(controls.transactionLogQueue(), after), page -> {
            if (page.entries().isEmpty()) {
                session.show(title, MessageCode.MENU_NOTHING.text());
            } else {
                take(page);
                menu = new Menu(title, choices()).atEnd(this::more);
                session.open(menu);
            }
        });
    }

    private void take(QueuePage page) {
        entries.addAll(page.entries());
        reached = page.reachedLsn();
    }

    private List<Choice> choices() {
        return entries.stream().map(this::choice).toList();
    }

    private Choice choice(QueueEntry entry) {
        String line = "LSN " + entry.lsn() + "  " + Texts.withShortTimes(entry.committedAt()) + "  " + entry.updates()
                + (entry.updates() == 1 ? " update  " : " updates  ") + entry.bytes() + " bytes  " + entry.summary();
        return new Choice(Text.safe(line), Text.safe(entry.summary()), session -> open(session, entry.lsn()));
    }

    private void open(Session session, long lsn) {
        String title = "Entry " + lsn;
        session.open(new Menu(
                title,
                List.of(
                        new Choice(
                                "Show",
                                "What it does, with the beginning of each item",
                                s -> s.ask(
                                        title,
                                        controls ->
                                                controls.transactionLogQueue().show(server, lsn),
                                        text -> s.show(title, text))),
                        new Choice(
                                "Contents",
                                "Its updates with the exact bytes of their items",
                                s -> ContentPages.open(
                                        s,
                                        "Contents of entry " + lsn,
                                        (controls, after, offset, limit) -> controls.transactionLogQueue()
                                                .contents(server, lsn, after, offset, limit))))));
    }

    private void more(Session session) {
        long after = reached;
        session.ask(menu.title(), controls -> source.after(controls.transactionLogQueue(), after), page -> {
            take(page);
            menu.more(choices());
        });
    }
}
