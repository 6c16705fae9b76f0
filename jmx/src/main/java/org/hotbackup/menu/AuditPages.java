package org.hotbackup.menu;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hotbackup.control.AuditMXBean;
import org.hotbackup.control.AuditRecord;
import org.hotbackup.control.ControlDirectory;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.menu.PagedText.Part;

/** Who did what on a node. */
final class AuditPages {

    private static final String TITLE = "Audit";
    private static final String NUMBER = "number";
    private static final String HASH = "hash";
    private static final int MOST = 200;

    private AuditPages() {}

    static void open(Session session) {
        session.open(new Menu(
                TITLE,
                List.of(
                        new Choice("List", "The last records, oldest first", AuditPages::list),
                        new Choice("Verify", "Whether each record is as it was written", AuditPages::verify),
                        new Choice("From a record on", "All records behind one, oldest first", AuditPages::listFrom),
                        new Choice(
                                "Verify since",
                                "The same, and whether a record has the hash that was noted for it",
                                AuditPages::verifySince))));
    }

    private static void list(Session session) {
        session.ask(TITLE, controls -> last(controls.audit()), text -> {
            session.show(TITLE, text);
            session.area().turnToEnd();
        });
    }

    private static String last(AuditMXBean audit) {
        List<AuditRecord> records = audit.list(Math.max(0, audit.getHeadNumber() - MOST), MOST);
        return records.isEmpty()
                ? MessageCode.MENU_NOTHING.text()
                : Texts.withShortTimes(records.stream().map(AuditPages::line).collect(Collectors.joining("\n")));
    }

    private static String line(AuditRecord record) {
        return Stream.of(
                        record.time(),
                        record.user(),
                        record.surface(),
                        record.address(),
                        record.bean(),
                        record.operation(),
                        record.arguments(),
                        record.outcome(),
                        record.message())
                .filter(field -> !field.isEmpty())
                .map(Text::safe)
                .collect(Collectors.joining("  "));
    }

    private static void verify(Session session) {
        session.ask(TITLE, controls -> controls.audit().verify(), receipt -> session.show(TITLE, receipt));
    }

    private static void listFrom(Session session) {
        Field number = Field.number(NUMBER, "Number of a record", Texts.AUDIT_AFTER_HELP, "0", 0, Field.MOST);
        session.open(new Form("Audit from a record on", "", List.of(number), false, (s, values) -> {
            s.back();
            PagedText.open(s, TITLE, controls -> list(controls, Long.parseLong(values.get(NUMBER))));
        }));
    }

    private static Part list(ControlDirectory controls, long after) {
        return Part.of(
                controls.audit().list(after, MOST),
                MOST,
                AuditPages::numbered,
                last -> again -> list(again, last.number()));
    }

    private static String numbered(AuditRecord record) {
        return record.number() + "  " + line(record);
    }

    private static void verifySince(Session session) {
        List<Field> fields = List.of(
                Field.number(NUMBER, "Number of the record", Texts.AUDIT_NUMBER_HELP, "", 1, Field.MOST),
                Field.of(HASH, "Its hash", Texts.AUDIT_HASH_HELP, "", given -> given));
        session.open(new Form("Verify the audit since a record", "", fields, false, (s, values) -> {
            Page form = s.page();
            s.ask(
                    TITLE,
                    controls -> controls.audit().verifySince(Long.parseLong(values.get(NUMBER)), values.get(HASH)),
                    receipt -> {
                        s.close(form);
                        s.show(TITLE, receipt);
                    });
        }));
    }
}
