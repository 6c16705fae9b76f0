package org.hotbackup.management;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.function.Supplier;
import org.hotbackup.control.OperationReceipt;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.server.ReplicationServers;

/** Operations that somebody has to give a reason for. Who did and why stands in the permanent log. Thread-safe. */
@ApplicationScoped
public class Reasons {

    /** In whose name the node itself speaks. */
    static final String NODE = "";

    @Inject
    ReplicationServers servers;

    @Inject
    Callers callers;

    /**
     * Does an operation, and says why once it is done or begun.
     *
     * @param operation refuses or answers
     * @param reason why; without one the operation is refused
     * @param server in whose name it is said
     * @param code the message: its value 0 is the user, 1 the reason, 2 what is given here
     */
    public OperationReceipt because(
            String reason, Supplier<OperationReceipt> operation, String server, MessageCode code, Object what) {
        return OperationReceipt.of(() -> {
            Refusal.unlessReasoned(reason);
            OperationReceipt receipt = operation.get();
            if (receipt.outcome() != OperationReceipt.Outcome.REFUSED) {
                servers.say(server, code, callers.name(), reason.strip(), what);
            }
            return receipt;
        });
    }
}
