package org.hotbackup.web.faces;

import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.FacesContext;
import jakarta.faces.event.PhaseId;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import org.hotbackup.control.OperationReceipt;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.web.security.PageUser;

/** Operations of the control beans as pages offer and perform them: the only way from a page to a change. */
@Named("operations")
@RequestScoped
public class Operations {

    @Inject
    ControlBeans beans;

    @Inject
    PageUser user;

    @Inject
    Feedback feedback;

    /** How an operation is offered to the user of the page. */
    public Offer offer(String kind, String operation) {
        Operation found = find(kind, operation);
        return new Offer(found, user.may(found.getRole()));
    }

    static Operation find(String kind, String operation) {
        return ControlBeans.operation(kind, operation)
                .orElseThrow(() -> new Refusal(MessageCode.NO_OPERATION, kind, operation));
    }

    /**
     * Performs an operation that wants to know nothing, keeps its answer, and shows the page anew.
     *
     * @return where to go
     */
    public String perform(String kind, String name, String operation) {
        try {
            Object answer = call(kind, name, operation, List.of());
            if (answer instanceof OperationReceipt receipt) {
                feedback.show(receipt);
            }
        } catch (Refusal e) {
            feedback.show(e);
        }
        return FacesContext.getCurrentInstance().getViewRoot().getViewId()
                + "?faces-redirect=true&includeViewParams=true";
    }

    /**
     * Calls an operation for the user of the page; whether he may is decided where the bean is.
     *
     * @throws Refusal if he may not, or the bean refuses
     */
    Object call(String kind, String name, String operation, List<String> texts) {
        return find(kind, operation).call(beans.bean(kind, name), texts);
    }

    /**
     * An operation as it is offered to one user.
     *
     * @param operation what is offered
     * @param allowed whether he may
     */
    public record Offer(Operation operation, boolean allowed) {

        public Operation getOperation() {
            return operation;
        }

        public boolean isAllowed() {
            return allowed;
        }

        /**
         * Whether there is the button: on the page only for who may, but also what he sends who may not, or no longer, is passed
         * on, so that it is refused in a sentence and recorded.
         */
        public boolean isTaken() {
            return allowed || FacesContext.getCurrentInstance().getCurrentPhaseId() != PhaseId.RENDER_RESPONSE;
        }

        /** Whether a button does it at once, and no page asks first. */
        public boolean isImmediate() {
            return operation.isReceipted() && operation.getParameters().isEmpty();
        }

        /** The role that it needs. */
        public String getRole() {
            return operation.getRole().word();
        }
    }
}
