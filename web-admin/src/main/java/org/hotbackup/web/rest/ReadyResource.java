package org.hotbackup.web.rest;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.hotbackup.control.Readiness;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;

/** Whether the node answers: open to everybody, says nothing else. */
@Path("ready")
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
@Produces(MediaType.APPLICATION_JSON)
public class ReadyResource {

    @Inject
    Readiness node;

    /** Succeeds when the control surface is open, the last thing that starts. */
    @GET
    public String ready() {
        if (!node.isReady()) {
            throw new Refusal(MessageCode.NOT_READY);
        }
        return "{\"ready\":true}";
    }
}
