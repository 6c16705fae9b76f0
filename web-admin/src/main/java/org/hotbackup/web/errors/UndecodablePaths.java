package org.hotbackup.web.errors;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.glassfish.grizzly.http.server.HttpHandler;
import org.glassfish.grizzly.http.server.Request;
import org.glassfish.grizzly.http.server.Response;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.web.rest.Problem;
import org.hotbackup.web.security.SecurityHeaders;

/**
 * Refuses paths that the container cannot decode, in its stead: it would log a stack trace and answer 200 without a body
 * (Payara issue 8000), before any filter or valve is asked. Also those that it would take for others. Everything else goes
 * to the container. Thread-safe.
 */
final class UndecodablePaths extends HttpHandler {

    private final HttpHandler container;

    UndecodablePaths(HttpHandler container) {
        this.container = container;
        setDecodeUrl(false);
    }

    /** Who answers everything else. */
    HttpHandler container() {
        return container;
    }

    @Override
    public void service(Request request, Response response) throws Exception {
        Optional<String> obstacle = PathEncoding.obstacle(request.getRequestURI());
        if (obstacle.isEmpty()) {
            container.service(request, response);
        } else {
            refuse(response, MessageCode.MALFORMED_REQUEST.text(obstacle.get()));
        }
    }

    private static void refuse(Response response, String sentence) throws IOException {
        Problem problem = Problem.of(MessageCode.MALFORMED_REQUEST, sentence);
        byte[] body = problem.body().getBytes(StandardCharsets.UTF_8);
        SecurityHeaders.HEADERS.forEach(response::setHeader);
        response.setStatus(problem.status());
        response.setContentType(Problem.MEDIA_TYPE);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
