package org.hotbackup.web.security;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;

/**
 * What a browser is told about every answer, error pages and refused logins too. A Faces page adds its own policy of the
 * same strictness, which also names the scripts that PrimeFaces puts into it (web.xml).
 */
@WebFilter(
        urlPatterns = "/*",
        dispatcherTypes = {DispatcherType.REQUEST, DispatcherType.ERROR})
public class SecurityHeaders implements Filter {

    /** Their names and values. */
    public static final Map<String, String> HEADERS = Map.of(
            "X-Content-Type-Options", "nosniff",
            "X-Frame-Options", "DENY",
            "Referrer-Policy", "same-origin",
            "Cache-Control", "no-store");

    private static final String POLICY = "Content-Security-Policy";
    private static final String NOTHING_ELSE =
            "default-src 'self'; object-src 'none'; base-uri 'none';" + " frame-ancestors 'none'; form-action 'self'";

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        HttpServletRequest asked = (HttpServletRequest) request;
        HttpServletResponse answer = (HttpServletResponse) response;
        addTo(answer);
        if (asked.isSecure()) {
            answer.setHeader("Strict-Transport-Security", "max-age=31536000");
        }
        boolean files = asked.getServletPath().startsWith("/jakarta.faces.resource/");
        if (files) {
            // the same for everybody; asked for again only to learn that they did not change
            answer.setHeader("Cache-Control", "no-cache");
        }
        boolean page = asked.getServletPath().endsWith(".xhtml");
        if (!page || request.getDispatcherType() == DispatcherType.ERROR) {
            answer.setHeader(POLICY, NOTHING_ELSE);
        }
        chain.doFilter(request, response);
    }

    /** Adds them to an answer that is given before this filter runs. */
    public static void addTo(HttpServletResponse response) {
        HEADERS.forEach(response::setHeader);
    }
}
