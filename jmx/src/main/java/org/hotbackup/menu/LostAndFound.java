package org.hotbackup.menu;

import java.util.ArrayList;
import java.util.List;
import org.hotbackup.control.LostRecord;
import org.hotbackup.control.messages.MessageCode;

/** lost+found, record by record (HB-160 to HB-162). */
final class LostAndFound {

    private static final String TITLE = "Lost+found";
    private static final int PAGE = 50;

    private final List<LostRecord> records = new ArrayList<>();
    private Menu menu;

    private LostAndFound() {}

    static void open(Session session) {
        LostAndFound list = new LostAndFound();
        session.ask(TITLE, controls -> controls.lostAndFound().list("", PAGE), page -> {
            if (page.isEmpty()) {
                session.show(TITLE, MessageCode.MENU_NOTHING.text());
            } else {
                list.records.addAll(page);
                list.menu = new Menu(TITLE, list.choices()).atEnd(list::more);
                session.open(list.menu);
            }
        });
    }

    private List<Choice> choices() {
        return records.stream()
                .map(record -> new Choice(line(record), Text.safe(record.message()), session -> open(session, record)))
                .toList();
    }

    private static String line(LostRecord record) {
        return Text.safe(record.id() + "  type " + record.type() + "  " + record.server() + "  transaction "
                + record.transaction() + "  " + record.operation());
    }

    private void more(Session session) {
        String last = records.get(records.size() - 1).id();
        session.ask(TITLE, controls -> controls.lostAndFound().list(last, PAGE), page -> {
            records.addAll(page);
            menu.more(choices());
        });
    }

    private void open(Session session, LostRecord record) {
        String id = record.id();
        String title = "Record " + Text.safe(id);
        session.open(new Menu(
                title,
                List.of(
                        new Choice(
                                "Show",
                                "Why it is there, what it does, and the beginning of each item",
                                s -> s.ask(
                                        title,
                                        controls -> controls.lostAndFound().show(id),
                                        text -> s.show(title, text))),
                        new Choice(
                                "Try",
                                "What replaying it would change; changes nothing",
                                s -> s.ask(
                                        "Try " + title,
                                        controls -> controls.lostAndFound().tryReplay(id),
                                        text -> s.show("Try " + title, text))),
                        new Choice(
                                "Replay",
                                "Performs it and takes it out; items that were updated since are left alone",
                                s -> Operation.asked(
                                                "Replay " + title, "", (controls, values) -> controls.lostAndFound()
                                                        .replay(id))
                                        .then(this::again)
                                        .open(s)),
                        new Choice("Discard", "Takes it out for good", s -> discard(s, record)),
                        new Choice(
                                "Contents",
                                "Its updates with the exact bytes of their items",
                                s -> ContentPages.open(
                                        s,
                                        "Contents of record " + Text.safe(id),
                                        (controls, after, offset, limit) ->
                                                controls.lostAndFound().contents(id, after, offset, limit))))));
        session.show(title, record.meaning() + "\n" + record.message());
    }

    private void discard(Session session, LostRecord record) {
        String id = record.id();
        Operation.confirmed(
                        "Discard record " + Text.safe(id),
                        MessageCode.MENU_DISCARD.text(id, record.bytes()),
                        List.of(Field.confirm("Id of the record", id), Field.reason()),
                        (controls, values) -> controls.lostAndFound()
                                .discard(id, values.get(Field.CONFIRM), values.get(Field.REASON)))
                .then(this::again)
                .open(session);
    }

    /** Back to the list, as it is now. */
    private void again(Session session) {
        session.back();
        session.ask(TITLE, controls -> controls.lostAndFound().list("", Math.max(PAGE, records.size())), page -> {
            records.clear();
            records.addAll(page);
            menu.set(choices());
            if (page.isEmpty()) {
                session.back();
            }
        });
    }
}
