package org.hotbackup.web.faces;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Named;
import java.util.List;
import org.hotbackup.control.AuditMXBean;
import org.hotbackup.control.AuditRecord;

/** Who did what: a page of the audit, by default its end, and the proof that it is as it was written. */
@Named("audit")
@RequestScoped
public class AuditView extends PageView {

    private static final int LINES = 50;

    private List<AuditRecord> records;

    @Override
    public void load() {
        getRecords();
        ask(this::prove, false);
    }

    /** How many records there are, their last number and its hash; null if the user may not read the audit. */
    public AuditMXBean getBean() {
        return control.audit();
    }

    /** The number that the page begins behind. */
    private long after() {
        return address().has("after")
                ? address().number("after")
                : Math.max(0, control.audit().getHeadNumber() - address().limit(LINES));
    }

    /** A page of records, oldest first. */
    public List<AuditRecord> getRecords() {
        if (records == null) {
            records = ask(() -> control.audit().list(after(), address().limit(LINES)), List.of());
        }
        return records;
    }

    /** Whether there are records before this page. */
    public boolean isEarlier() {
        return !getRecords().isEmpty() && records.get(0).number() > 1;
    }

    /** Where a page before this one begins. */
    public long getBefore() {
        return Math.max(0, records.get(0).number() - 1 - ask(() -> address().limit(LINES), LINES));
    }

    /** Whether there are records behind this page. */
    public boolean isLater() {
        return !getRecords().isEmpty()
                && getReached() < ask(() -> control.audit().getHeadNumber(), 0L);
    }

    /** Where a page after this one begins. */
    public long getReached() {
        return records.get(records.size() - 1).number();
    }

    /** The number that was noted, to be proved. */
    public String getNumber() {
        return address().text("number");
    }

    /** The hash that was noted for it. */
    public String getHash() {
        return address().text("hash");
    }

    /** Walks through all records if the address asks for it; what came of it stands on top of the page. */
    private boolean prove() {
        boolean asked = address().has("prove");
        if (asked) {
            frame.show(
                    getNumber().isEmpty()
                            ? control.audit().verify()
                            : control.audit().verifySince(address().number("number"), getHash()));
        }
        return asked;
    }
}
