package org.hotbackup.management;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.hotbackup.control.AuditMXBean;
import org.hotbackup.control.AuditRecord;
import org.hotbackup.control.OperationReceipt;
import org.hotbackup.control.TextLine;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.server.AuditProof;
import org.hotbackup.server.AuditTrail;

/** The audit, for every surface. */
@ApplicationScoped
public class AuditControl implements AuditMXBean {

    /** What is read as a whole, the beginning of a sentence. */
    static final String AUDIT = "The audit";

    @Inject
    AuditTrail trail;

    @Inject
    LongOperations operations;

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
    public OperationReceipt verify() {
        return walk(trail::verify);
    }

    @Override
    public OperationReceipt verifySince(long number, String hash) {
        return OperationReceipt.of(() -> {
            String noted = hash.strip().toLowerCase(Locale.ROOT);
            if (number < 1 || !noted.matches("[0-9a-f]{64}")) {
                throw new Refusal(MessageCode.AUDIT_HEAD_UNUSABLE, number, hash);
            }
            return walk(() -> trail.verifySince(number, noted));
        });
    }

    private OperationReceipt walk(Supplier<AuditProof> through) {
        return OperationReceipt.of(() ->
                operations.run("", "Audit.verify", () -> proving.read(through).receipt()));
    }
}
