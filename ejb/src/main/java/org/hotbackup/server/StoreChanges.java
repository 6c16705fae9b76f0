package org.hotbackup.server;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.function.Supplier;
import org.hotbackup.control.Caller;
import org.hotbackup.control.StoreAudit;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;

/** Has the audit record what surfaces change in the store by themselves. Thread-safe. */
@ApplicationScoped
public class StoreChanges implements StoreAudit {

    private static final String STORE = "Store";
    private static final String HTTP = "HTTP";
    private static final Caller STRANGER = new Caller("", "", "");

    @Inject
    AuditTrail audit;

    @Override
    public <T> T record(String operation, String arguments, Supplier<T> change) {
        AuditEvent event = new AuditEvent(Caller.current().orElse(STRANGER), STORE, operation, arguments);
        long begun = audit.begin(event);
        // stands if an Error comes
        AuditOutcome outcome = failed("Error");
        try {
            T answer = change.get();
            outcome = AuditOutcome.DONE;
            return answer;
        } catch (RuntimeException e) {
            outcome = outcome(e);
            throw e;
        } finally {
            audit.end(begun, event, outcome);
        }
    }

    /** The store is an EJB, whose container may wrap what it throws. */
    private static AuditOutcome outcome(RuntimeException thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof Refusal refusal) {
                return AuditOutcome.of(refusal);
            }
        }
        return failed(thrown.getClass().getSimpleName());
    }

    private static AuditOutcome failed(String what) {
        return AuditOutcome.of(new Refusal(MessageCode.INTERNAL_ERROR, what));
    }

    @Override
    public void refused(Caller caller, String method, String path, Refusal refusal) {
        audit.note(new AuditEvent(caller, HTTP, method, "path=" + path), AuditOutcome.of(refusal));
    }
}
