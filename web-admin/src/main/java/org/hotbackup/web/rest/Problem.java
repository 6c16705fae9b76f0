package org.hotbackup.web.rest;

import jakarta.json.Json;
import jakarta.ws.rs.core.Response;
import java.util.Locale;
import org.hotbackup.control.messages.MessageCode;

/** Problem details (RFC 9457): the message's number as type, its sentence as detail. */
public final class Problem {

    /** Their media type. */
    public static final String MEDIA_TYPE = "application/problem+json";

    private static final int TOO_LARGE = 413;
    private static final int INSUFFICIENT_STORAGE = 507;

    private Problem() {}

    /** The HTTP status that a kind of message becomes. */
    public static int status(MessageCode.Kind kind) {
        return switch (kind) {
            case INFORMATION, WARNING -> Response.Status.OK.getStatusCode();
            case BAD_INPUT -> Response.Status.BAD_REQUEST.getStatusCode();
            case UNAUTHENTICATED -> Response.Status.UNAUTHORIZED.getStatusCode();
            case DENIED, REFUSAL -> Response.Status.FORBIDDEN.getStatusCode();
            case NOT_FOUND -> Response.Status.NOT_FOUND.getStatusCode();
            case CONFLICT -> Response.Status.CONFLICT.getStatusCode();
            case TOO_LARGE -> TOO_LARGE;
            case FULL -> INSUFFICIENT_STORAGE;
            case UNAVAILABLE -> Response.Status.SERVICE_UNAVAILABLE.getStatusCode();
            case INTERNAL -> Response.Status.INTERNAL_SERVER_ERROR.getStatusCode();
        };
    }

    /** The problem's body. */
    public static String body(String id, String title, int status, String detail) {
        return Json.createObjectBuilder()
                .add("type", "/problems/" + id)
                .add("title", title)
                .add("status", status)
                .add("detail", detail)
                .build()
                .toString();
    }

    /** A message of the catalogue as a response. */
    static Response response(MessageCode code, String detail) {
        int status = status(code.kind());
        return response(code.id(), title(code), status, detail);
    }

    /** A response that is no message of ours: a path or a method that does not exist. */
    static Response response(String id, String title, int status, String detail) {
        return Response.status(status)
                .type(MEDIA_TYPE)
                .entity(body(id, title, status, detail))
                .build();
    }

    /** A code's name for people: {@code NO_FILE} as {@code no file}. */
    public static String title(MessageCode code) {
        return code.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
