package org.hotbackup.management;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Locale;
import org.hotbackup.control.AuditMXBean;
import org.hotbackup.control.AuditProof;
import org.hotbackup.control.AuditRecord;
import org.hotbackup.control.TextLine;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.server.AuditTrail;

/** The audit, for every surface. */
@ApplicationScoped
public class AuditControl implements AuditMXBean {

    /** What is read as a whole, the beginning of a sentence. */
    static final String AUDIT = "The audit";

    @Inject
    AuditTrail trail;

    private final FullReading proving = new FullReading(AUDIT, 1);

    @Override
    public long getEntries() {
        return getHeadNumber();
    }

    @Override
    public long getHeadNumber() {
        return trail.last().map(AuditRecord::number).orElse(0L);
    }

    @Override
    public String getHeadHash() {
        return trail.last().map(AuditRecord::hash).orElse("");
    }

    @Override
    public List<AuditRecord> list(long after, int limit) {
        return trail.list(after, Paging.limit(limit));
    }

    @Override
    public String listText(long after, int limit) {
        return TextLine.lines(list(after, limit));
    }

    @Override
    public AuditProof verify() {
        return proving.read(trail::verify);
    }

    @Override
    public AuditProof verifySince(long number, String hash) {
        String noted = hash.strip().toLowerCase(Locale.ROOT);
        if (number < 1 || !noted.matches("[0-9a-f]{64}")) {
            throw new Refusal(MessageCode.AUDIT_HEAD_UNUSABLE, number, hash);
        }
        return proving.read(() -> trail.verifySince(number, noted));
    }
}
