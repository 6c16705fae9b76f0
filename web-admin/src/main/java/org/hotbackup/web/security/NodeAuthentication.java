package org.hotbackup.web.security;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.security.enterprise.AuthenticationStatus;
import jakarta.security.enterprise.authentication.mechanism.http.HttpAuthenticationMechanism;
import jakarta.security.enterprise.authentication.mechanism.http.HttpMessageContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import org.hotbackup.control.CallerStore;
import org.hotbackup.control.Role;
import org.hotbackup.control.StoreAudit;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.web.rest.Problem;

/**
 * Who asks. Pages know their user by a session that began with a log in, never by what a browser sends by itself to
 * everybody who asks; everything else is HTTP Basic, and {@code /api/ready} and {@code /health} are for all. Changes over REST need the role
 * operator or admin.
 */
@ApplicationScoped
public class NodeAuthentication implements HttpAuthenticationMechanism {

    private static final String SCHEME = "Basic ";
    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");
    private static final Set<String> OPEN = Set.of("/api/ready", LoginServlet.LOG_IN, LoginServlet.PAGE);

    /** MicroProfile Health. */
    private static final String HEALTH = "/health";

    /** Style and scripts, which the page to log in has too. */
    private static final String FILES_OF_PAGES = "/jakarta.faces.resource/";

    @Inject
    CallerStore callers;

    @Inject
    StoreAudit audit;

    @Inject
    PageLogins logins;

    @Override
    public AuthenticationStatus validateRequest(
            HttpServletRequest request, HttpServletResponse response, HttpMessageContext context) {
        String path = request.getServletPath() + (request.getPathInfo() == null ? "" : request.getPathInfo());
        if (OPEN.contains(path) || path.startsWith(FILES_OF_PAGES) || isHealth(path)) {
            return context.doNothing();
        }
        if (isOfPages(path)) {
            return ofPage(request, response, context);
        }
        boolean changes = path.startsWith("/api/") && !READING.contains(request.getMethod());
        // a browser that was once told the password sends it by itself, whoever made the request
        Optional<Refusal> foreign =
                changes && !SameSite.isOurs(request) ? Optional.of(SameSite.refusal(request)) : Optional.empty();
        Optional<String[]> given = credentials(request.getHeader("Authorization"));
        Optional<Set<String>> roles;
        try {
            roles = given.flatMap(pair -> callers.authenticate(CallerFilter.caller(pair[0], request), pair[1]));
        } catch (Refusal e) {
            return refuse(response, e);
        }
        if (roles.isEmpty() && foreign.isPresent()) {
            return refuse(response, foreign.get());
        }
        if (roles.isEmpty()) {
            response.setHeader("WWW-Authenticate", "Basic realm=\"Hot Backup\", charset=\"UTF-8\"");
            return refuse(response, new Refusal(MessageCode.NOT_AUTHENTICATED));
        }
        String user = given.get()[0];
        if (foreign.isPresent()) {
            return refuse(request, response, user, foreign.get());
        }
        Role needed = changes ? Role.OPERATOR : Role.VIEWER;
        if (!needed.isIn(roles.get())) {
            return refuse(request, response, user, new Refusal(MessageCode.NOT_ALLOWED, user, needed.word()));
        }
        return context.notifyContainerAboutLogin(user, roles.get());
    }

    /** Whoever starts nodes anew or sends users to them has no password; the answers say nothing of the data. */
    private static boolean isHealth(String path) {
        return path.equals(HEALTH) || path.startsWith(HEALTH + "/");
    }

    private static boolean isOfPages(String path) {
        return path.isEmpty()
                || path.equals("/")
                || path.endsWith(".xhtml")
                || path.startsWith("/download/")
                || path.equals(LoginServlet.LOG_OUT);
    }

    private AuthenticationStatus ofPage(
            HttpServletRequest request, HttpServletResponse response, HttpMessageContext context) {
        boolean refresh = "partial/ajax".equals(request.getHeader("Faces-Request"));
        Optional<PageLogin> login = logins.find(request, !refresh);
        if (login.isPresent()) {
            return context.notifyContainerAboutLogin(
                    login.get().user(), login.get().roles());
        }
        SecurityHeaders.addTo(response);
        String form = LoginServlet.formFor(LocalPage.of(asked(request)));
        if (refresh) {
            send(response, form);
        } else {
            LoginServlet.redirect(response, form);
        }
        return AuthenticationStatus.SEND_FAILURE;
    }

    private static String asked(HttpServletRequest request) {
        String query = request.getQueryString();
        return request.getServletPath() + (query == null ? "" : "?" + query);
    }

    /** A page that refreshes itself understands only this kind of redirect. */
    private static void send(HttpServletResponse response, String page) {
        byte[] body = ("<?xml version='1.0' encoding='UTF-8'?><partial-response><redirect url=\"" + page
                        + "\"></redirect></partial-response>")
                .getBytes(StandardCharsets.UTF_8);
        response.setContentType("text/xml;charset=UTF-8");
        response.setContentLength(body.length);
        try {
            response.getOutputStream().write(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Of a user, so that it is recorded: strangers leave no trace but the passwords they try. */
    private AuthenticationStatus refuse(
            HttpServletRequest request, HttpServletResponse response, String user, Refusal refusal) {
        audit.refused(CallerFilter.caller(user, request), request.getMethod(), request.getRequestURI(), refusal);
        return refuse(response, refusal);
    }

    private static AuthenticationStatus refuse(HttpServletResponse response, Refusal refusal) {
        SecurityHeaders.addTo(response);
        try {
            Problem.of(refusal.code(), refusal.getMessage()).sendTo(response);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return AuthenticationStatus.SEND_FAILURE;
    }

    private static Optional<String[]> credentials(String header) {
        if (header == null || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return Optional.empty();
        }
        try {
            String pair = new String(
                    Base64.getDecoder().decode(header.substring(SCHEME.length()).strip()), StandardCharsets.UTF_8);
            String[] parts = pair.split(":", 2);
            return parts.length == 2 ? Optional.of(parts) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
