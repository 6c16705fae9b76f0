package org.hotbackup.web.rest;

import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.hotbackup.control.Caller;
import org.hotbackup.control.StoreAudit;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;

/**
 * Turns whatever a resource throws into a problem detail; what we did not expect is logged and not shown, what its user may not
 * is recorded.
 */
@Provider
public class ProblemMapper implements ExceptionMapper<Throwable> {

    private static final Logger LOGGER = Logger.getLogger(ProblemMapper.class.getName());

    @Inject
    StoreAudit audit;

    @Context
    HttpServletRequest request;

    @Override
    public Response toResponse(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof Refusal refusal) {
                if (refusal.code().kind() == MessageCode.Kind.DENIED) {
                    Caller.current().ifPresent(caller -> record(caller, refusal));
                }
                return Problem.of(refusal.code(), refusal.getMessage())
                        .response()
                        .build();
            }
        }
        if (thrown instanceof WebApplicationException web) {
            return ofServer(web.getResponse());
        }
        LOGGER.log(Level.SEVERE, "a REST request failed", thrown);
        return Problem.of(
                        MessageCode.INTERNAL_ERROR,
                        MessageCode.INTERNAL_ERROR.text(thrown.getClass().getSimpleName()))
                .response()
                .build();
    }

    private void record(Caller caller, Refusal refusal) {
        audit.refused(caller, request.getMethod(), request.getRequestURI(), refusal);
    }

    /** Jakarta REST refuses by itself what no resource is there for; a 405 says which methods there are. */
    private static Response ofServer(Response refused) {
        Response.ResponseBuilder problem = Problem.ofStatus(refused.getStatus()).response();
        String allowed = refused.getHeaderString(HttpHeaders.ALLOW);
        return (allowed == null ? problem : problem.header(HttpHeaders.ALLOW, allowed)).build();
    }
}
