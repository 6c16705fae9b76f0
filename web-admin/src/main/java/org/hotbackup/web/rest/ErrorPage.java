package org.hotbackup.web.rest;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** What everybody sees when neither a resource nor a page answered: never the server's own page, never a stack trace. */
@WebServlet("/error")
public class ErrorPage extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Integer given = (Integer) request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
        Object uri = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
        int status = given == null ? HttpServletResponse.SC_NOT_FOUND : given;
        String reason = Optional.ofNullable(Response.Status.fromStatusCode(status))
                .map(Response.Status::getReasonPhrase)
                .orElse("Error");
        String sentence = status < 500
                ? "There is nothing here for this address and method: " + reason + "."
                : "Something failed inside the node; the node's log has the details.";
        boolean forPrograms = uri != null && uri.toString().startsWith(request.getContextPath() + "/api");
        response.setStatus(status);
        response.setCharacterEncoding(StandardCharsets.UTF_8.name());
        if (forPrograms) {
            response.setContentType(Problem.MEDIA_TYPE);
            response.getWriter().write(Problem.body("HTTP" + status, reason, status, sentence));
        } else {
            response.setContentType("text/html");
            response.getWriter()
                    .write("<!DOCTYPE html><html lang=\"en\"><title>Hot Backup: " + status + "</title><h1>" + reason
                            + "</h1><p>" + sentence + "</p><p><a href=\"" + request.getContextPath()
                            + "/\">Overview</a></p></html>");
        }
    }
}
