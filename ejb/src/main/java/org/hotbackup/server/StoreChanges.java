package org.hotbackup.server;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.hotbackup.control.Caller;
import org.hotbackup.control.StoreAudit;
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
        return audit.record(event, UnaryOperator.identity(), change);
    }

    @Override
    public void refused(Caller caller, String method, String path, Refusal refusal) {
        audit.note(new AuditEvent(caller, HTTP, method, "path=" + path), AuditOutcome.of(refusal));
    }
}
