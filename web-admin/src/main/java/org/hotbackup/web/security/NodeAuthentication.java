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
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.web.rest.Problem;

/** HTTP Basic for everything but {@code /api/ready}; changes over REST need the role operator or admin. */
@ApplicationScoped
public class NodeAuthentication implements HttpAuthenticationMechanism {

    private static final String SCHEME = "Basic ";
    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

    @Inject
    CallerStore callers;

    @Override
    public AuthenticationStatus validateRequest(
            HttpServletRequest request, HttpServletResponse response, HttpMessageContext context) {
        String path = request.getServletPath() + (request.getPathInfo() == null ? "" : request.getPathInfo());
        if (path.equals("/api/ready")) {
            return context.doNothing();
        }
        Optional<String[]> given = credentials(request.getHeader("Authorization"));
        Optional<Set<String>> roles;
        try {
            roles = given.flatMap(pair -> callers.authenticate(CallerFilter.caller(pair[0], request), pair[1]));
        } catch (Refusal e) {
            return refuse(response, e.code());
        }
        if (roles.isEmpty()) {
            response.setHeader("WWW-Authenticate", "Basic realm=\"Hot Backup\", charset=\"UTF-8\"");
            return refuse(response, MessageCode.NOT_AUTHENTICATED);
        }
        String user = given.get()[0];
        if (!Role.VIEWER.isIn(roles.get())) {
            return refuse(response, MessageCode.NOT_ALLOWED, user);
        }
        boolean changes = path.startsWith("/api/") && !READING.contains(request.getMethod());
        if (changes && !Role.OPERATOR.isIn(roles.get())) {
            return refuse(response, MessageCode.NOT_ALLOWED, user);
        }
        return context.notifyContainerAboutLogin(user, roles.get());
    }

    private static AuthenticationStatus refuse(HttpServletResponse response, MessageCode code, Object... values) {
        SecurityHeaders.addTo(response);
        try {
            Problem.of(code, code.text(values)).sendTo(response);
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
