package org.hotbackup.menu;

import java.util.ArrayList;
import java.util.List;
import org.hotbackup.control.QueueEntry;
import org.hotbackup.control.messages.MessageCode;

/** The queue of a master server, entry by entry. */
final class QueuePages {

    private static final String TITLE = "Queue entries";
    private static final int PAGE = 50;

    private final String server;
    private final List<QueueEntry> entries = new ArrayList<>();
    private Menu menu;

    private QueuePages(String server) {
        this.server = server;
    }

    static void open(Session session) {
        QueuePages list = new QueuePages(session.server());
        session.ask(TITLE, controls -> controls.transactionLogQueue().list(list.server, 0, PAGE), page -> {
            if (page.isEmpty()) {
                session.show(TITLE, MessageCode.MENU_NOTHING.text());
            } else {
                list.entries.addAll(page);
                list.menu = new Menu(TITLE, list.choices()).atEnd(list::more);
                session.open(list.menu);
            }
        });
    }

    private List<Choice> choices() {
        return entries.stream().map(this::choice).toList();
    }

    private Choice choice(QueueEntry entry) {
        String title = "Entry " + entry.lsn();
        return new Choice(
                Text.safe("LSN " + entry.lsn() + "  " + entry.committedAt() + "  " + entry.updates() + " updates  "
                        + entry.bytes() + " bytes  " + entry.summary()),
                "What it does, with the beginning of each item",
                session -> session.ask(
                        title,
                        controls -> controls.transactionLogQueue().show(server, entry.lsn()),
                        text -> session.show(title, text)));
    }

    private void more(Session session) {
        long last = entries.get(entries.size() - 1).lsn();
        session.ask(TITLE, controls -> controls.transactionLogQueue().list(server, last, PAGE), page -> {
            entries.addAll(page);
            menu.more(choices());
        });
    }
}
