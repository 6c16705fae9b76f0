package org.hotbackup.web.rest;

import jakarta.json.Json;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.hotbackup.control.messages.MessageCode;

/**
 * A problem detail (RFC 9457).
 *
 * @param id the message's number in the catalogue, or {@code HTTP} and the status if it is no message of ours
 * @param title what it is about, in a few words
 * @param status the HTTP status
 * @param detail the sentence for the user
 */
public record Problem(String id, String title, int status, String detail) {

    /** Its media type. */
    public static final String MEDIA_TYPE = "application/problem+json";

    /** A message of the catalogue. */
    public static Problem of(MessageCode code, String detail) {
        return new Problem(code.id(), title(code), status(code.kind()), detail);
    }

    /** What the HTTP server or Jakarta REST refused before any resource was asked. */
    public static Problem ofStatus(int status) {
        Response.Status known = Response.Status.fromStatusCode(status);
        return new Problem(
                "HTTP" + status, known == null ? "HTTP " + status : known.getReasonPhrase(), status, sentence(status));
    }

    private static String sentence(int status) {
        return switch (status) {
            case 400 -> "The request cannot be read; check its path and its headers.";
            case 403 -> "This cannot be asked for.";
            case 404 -> "There is nothing at this path; check it, or see /api/openapi.json for what there is.";
            case 405 -> "This method does not apply to this path; see the header Allow.";
            case 406 -> "No answer can be given in the media type that the header Accept asks for.";
            case 413 -> "The request is too large; make it smaller or split it.";
            case 415 -> "The body's media type is not taken here; check the header Content-Type.";
            case 503 -> MessageCode.NOT_READY.text();
            default -> status < 500
                    ? "The request cannot be answered; check it."
                    : "Something failed inside the node; the node's log has the details.";
        };
    }

    /** The HTTP status that a kind of message becomes. */
    static int status(MessageCode.Kind kind) {
        return switch (kind) {
            case INFORMATION, WARNING -> 200;
            case BAD_INPUT -> 400;
            case UNAUTHENTICATED -> 401;
            case DENIED, REFUSAL -> 403;
            case NOT_FOUND -> 404;
            case CONFLICT -> 409;
            case TOO_LARGE -> 413;
            case FULL -> 507;
            case UNAVAILABLE -> 503;
            case INTERNAL -> 500;
        };
    }

    /** The JSON object. */
    public String body() {
        return Json.createObjectBuilder()
                .add("type", "/problems/" + id)
                .add("title", title)
                .add("status", status)
                .add("detail", detail)
                .build()
                .toString();
    }

    /** As the answer of a resource. */
    Response.ResponseBuilder response() {
        return Response.status(status).type(MEDIA_TYPE).entity(body());
    }

    /** As the answer of whatever comes before the resources. */
    public void sendTo(HttpServletResponse response) throws IOException {
        byte[] body = body().getBytes(StandardCharsets.UTF_8);
        response.setStatus(status);
        response.setContentType(MEDIA_TYPE);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
        response.flushBuffer();
    }

    /** A code's name for people: {@code NO_FILE} as {@code no file}. */
    private static String title(MessageCode code) {
        return code.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
