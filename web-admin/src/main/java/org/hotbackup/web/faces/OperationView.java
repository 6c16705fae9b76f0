package org.hotbackup.web.faces;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import java.util.Map;
import org.hotbackup.control.OperationReceipt;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.web.security.LocalPage;

/**
 * The page of one operation: says what it does, in numbers where it destroys something, asks for what it wants to know, and
 * performs it. The address says which one and may give values; the form repeats them.
 */
@Named("form")
@RequestScoped
public class OperationView {

    @Inject
    Operations operations;

    @Inject
    Effects effects;

    @Inject
    Feedback feedback;

    @Inject
    Frame frame;

    @Inject
    ControlBeans beans;

    private Map<String, String> given;
    private Operations.Offer offer;
    private Answer answer;

    /** Reads the address, or the form. */
    @PostConstruct
    public void read() {
        read(FacesContext.getCurrentInstance().getExternalContext().getRequestParameterMap());
    }

    void read(Map<String, String> address) {
        given = address;
        try {
            Operations.Offer found = operations.offer(getBean(), given("operation"));
            // with a server that is not there nothing can be done, and nobody should fill in a form to hear that
            beans.bean(getBean(), getName());
            offer = found;
        } catch (Refusal e) {
            frame.show(e);
        }
    }

    private String given(String field) {
        return given.getOrDefault(field, "");
    }

    /** The kind of the bean. */
    public String getBean() {
        return given("bean");
    }

    /** The bean's name; empty if there is only one of its kind. */
    public String getName() {
        return given("name");
    }

    /** Where to go on. */
    public String getBack() {
        return LocalPage.of(given.get("back"));
    }

    /** Whether there is such an operation. */
    public boolean isFound() {
        return offer != null;
    }

    /** The operation, and whether the user may. */
    public Operations.Offer getOffer() {
        return offer;
    }

    /** What it will do now, in numbers; empty if there is nothing to add. */
    public String getEffect() {
        try {
            return effects.of(getBean(), getName(), offer.operation().getName(), given("p0"));
        } catch (Refusal e) {
            // performing it says the same, of what was typed then
            return "";
        }
    }

    /** What was given for a parameter, to be shown again: of what must be typed only what was typed in this form, of a secret nothing. */
    public String value(Operation.Parameter parameter) {
        boolean sent = FacesContext.getCurrentInstance().isPostback();
        return parameter.isSecret() || parameter.isTyped() && !sent ? "" : given(parameter.getField());
    }

    /** What it answered, if this is no receipt. */
    public Answer getAnswer() {
        return answer;
    }

    /** Performs it: goes on if it is done, stays if it was refused. */
    public String perform() {
        if (offer == null) {
            return null;
        }
        try {
            List<String> texts = offer.operation().getParameters().stream()
                    .map(parameter -> given(parameter.getField()))
                    .toList();
            Object result =
                    operations.call(getBean(), getName(), offer.operation().getName(), texts);
            if (result instanceof OperationReceipt receipt) {
                return goOn(receipt);
            }
            answer = Answer.of(result);
        } catch (Refusal e) {
            frame.show(e);
        }
        return null;
    }

    private String goOn(OperationReceipt receipt) {
        if (receipt.outcome() == OperationReceipt.Outcome.REFUSED) {
            frame.show(receipt);
            return null;
        }
        feedback.show(receipt);
        String back = getBack();
        return back + (back.contains("?") ? "&" : "?") + "faces-redirect=true";
    }
}
