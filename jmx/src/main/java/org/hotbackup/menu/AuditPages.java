package org.hotbackup.menu;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hotbackup.control.AuditMXBean;
import org.hotbackup.control.AuditRecord;
import org.hotbackup.control.messages.MessageCode;

/** Who did what on a node. */
final class AuditPages {

    private static final int MOST = 200;

    private AuditPages() {}

    static void open(Session session) {
        session.open(new Menu(
                "Audit",
                List.of(
                        new Choice("List", "The last records, oldest first", AuditPages::list),
                        new Choice("Verify", "Whether each record is as it was written", AuditPages::verify))));
    }

    private static void list(Session session) {
        session.ask("Audit", controls -> last(controls.audit()), text -> {
            session.show("Audit", text);
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
        session.ask("Audit", controls -> controls.audit().verify(), proof -> {
            if (proof.whole()) {
                session.show("Audit", proof.message());
            } else {
                session.fail("Audit", proof.message());
            }
        });
    }
}
