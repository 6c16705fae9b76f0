package org.hotbackup.web.security;

import jakarta.inject.Inject;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.Principal;
import java.util.Set;
import org.hotbackup.control.StoreAudit;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;

/**
 * Refuses what another site's page lets a browser send to ours: the second lock beside the token of each form, and the only
 * one of the page to log in.
 */
@WebFilter(urlPatterns = {"*.xhtml", LoginServlet.LOG_IN, LoginServlet.LOG_OUT})
public class SameSite implements Filter {

    /** The attribute of a request that holds why it is refused, for the page that stands in for the container's. */
    public static final String REFUSAL = "org.hotbackup.refusal";

    private static final Set<String> READING = Set.of("GET", "HEAD");
    private static final Set<String> OUR_SITE = Set.of("same-origin", "none");

    @Inject
    StoreAudit audit;

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        HttpServletRequest asked = (HttpServletRequest) request;
        if (READING.contains(asked.getMethod()) || isOurs(asked)) {
            chain.doFilter(request, response);
        } else {
            Refusal refusal = refusal(asked);
            Principal user = asked.getUserPrincipal();
            if (user != null) {
                audit.refused(
                        CallerFilter.caller(user.getName(), asked), asked.getMethod(), asked.getRequestURI(), refusal);
            }
            asked.setAttribute(REFUSAL, refusal);
            ((HttpServletResponse) response).sendError(HttpServletResponse.SC_FORBIDDEN);
        }
    }

    /** What is said of such a request. */
    static Refusal refusal(HttpServletRequest request) {
        return new Refusal(MessageCode.ANOTHER_SITE, String.valueOf(request.getHeader("Origin")));
    }

    /** Whether a request comes from no browser, or from a page of this node. */
    static boolean isOurs(HttpServletRequest request) {
        String site = request.getHeader("Sec-Fetch-Site");
        return (site == null || OUR_SITE.contains(site))
                && isOurs(request.getHeader("Origin"), request.getHeader("Host"));
    }

    /** Whether this origin is the host that is asked; what is no browser names none. */
    static boolean isOurs(String origin, String host) {
        return origin == null || origin.equals("http://" + host) || origin.equals("https://" + host);
    }
}
