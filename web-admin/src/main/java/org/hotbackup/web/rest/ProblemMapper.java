package org.hotbackup.web.rest;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;

/** Turns whatever a resource throws into a problem detail; what we did not expect is logged and not shown. */
@Provider
public class ProblemMapper implements ExceptionMapper<Throwable> {

    private static final Logger LOGGER = Logger.getLogger(ProblemMapper.class.getName());

    @Override
    public Response toResponse(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof Refusal refusal) {
                return Problem.response(refusal.code(), refusal.getMessage());
            }
        }
        if (thrown instanceof WebApplicationException web) {
            Response.StatusType status = web.getResponse().getStatusInfo();
            return Problem.response(
                    "HTTP" + status.getStatusCode(),
                    status.getReasonPhrase(),
                    status.getStatusCode(),
                    "There is nothing at this path for this method: " + status.getReasonPhrase() + ".");
        }
        LOGGER.log(Level.SEVERE, "a REST request failed", thrown);
        return Problem.response(
                MessageCode.INTERNAL_ERROR,
                MessageCode.INTERNAL_ERROR.text(thrown.getClass().getSimpleName()));
    }
}
