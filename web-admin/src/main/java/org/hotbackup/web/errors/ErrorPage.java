package org.hotbackup.web.errors;

import jakarta.faces.application.ViewExpiredException;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.web.rest.Problem;
import org.hotbackup.web.security.SameSite;

/**
 * Stands in for the container's error pages, which name the server and may show a stack trace: a problem detail under
 * {@code /api}, a small page elsewhere. Named as the error page in web.xml.
 */
@WebServlet(ErrorPage.PATH)
public class ErrorPage extends HttpServlet {

    static final String PATH = "/error";

    private static final long serialVersionUID = 1L;
    private static final Logger LOGGER = Logger.getLogger(ErrorPage.class.getName());

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Object status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
        // whoever calls this path by its name finds nothing
        int answered = status instanceof Integer given ? given : HttpServletResponse.SC_NOT_FOUND;
        Object uri = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
        String path = String.valueOf(uri == null ? request.getRequestURI() : uri);
        Object refusal = request.getAttribute(SameSite.REFUSAL);
        Throwable thrown =
                (Throwable) (refusal == null ? request.getAttribute(RequestDispatcher.ERROR_EXCEPTION) : refusal);
        Problem problem = problem(ofApi(path) ? statusOfApi(answered) : statusOfPage(answered), thrown);
        if (ofApi(path)) {
            problem.sendTo(response);
        } else {
            byte[] page = page(problem).getBytes(StandardCharsets.UTF_8);
            response.setStatus(problem.status());
            response.setContentType("text/html;charset=UTF-8");
            response.setContentLength(page.length);
            response.getOutputStream().write(page);
        }
    }

    private static boolean ofApi(String path) {
        return path.equals("/api") || path.startsWith("/api/");
    }

    /**
     * The resources answer themselves what they do not have and whom they refuse. Where the container says so the node is
     * still starting: its resources are not there yet, or its policy is not and then it refuses everybody.
     */
    static int statusOfApi(int status) {
        return switch (status) {
            case HttpServletResponse.SC_FORBIDDEN, HttpServletResponse.SC_NOT_FOUND -> HttpServletResponse
                    .SC_SERVICE_UNAVAILABLE;
            default -> status;
        };
    }

    /**
     * The page itself says whom it refuses, and why. Where the container does, the node is still starting: its policy is not
     * there yet and refuses everybody.
     */
    static int statusOfPage(int status) {
        return status == HttpServletResponse.SC_FORBIDDEN ? HttpServletResponse.SC_SERVICE_UNAVAILABLE : status;
    }

    /** What to say of a failure: a refusal says it itself, everything else stands in the log. */
    static Problem problem(int status, Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof Refusal refusal) {
                return Problem.of(refusal.code(), refusal.getMessage());
            }
            if (cause instanceof ViewExpiredException) {
                return Problem.of(MessageCode.PAGE_OUT_OF_DATE, MessageCode.PAGE_OUT_OF_DATE.text());
            }
        }
        if (thrown != null) {
            LOGGER.log(Level.SEVERE, "a request failed", thrown);
        }
        return Problem.ofStatus(status);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    /** The page. */
    static String page(Problem problem) {
        return """
                <!DOCTYPE html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <title>Hot Backup: %1$s</title>
                <meta name="color-scheme" content="light dark">
                <link rel="icon" type="image/svg+xml" href="/jakarta.faces.resource/hot-backup.svg.xhtml">
                <link rel="stylesheet" href="/jakarta.faces.resource/hot-backup.css.xhtml">
                </head>
                <body class="error">
                <main>
                <h1>%1$s</h1>
                <p>%2$s</p>
                <p><a href="/">Back to the overview</a></p>
                </main>
                </body>
                </html>
                """
                .formatted(escaped(problem.title()), escaped(problem.detail()));
    }
}
