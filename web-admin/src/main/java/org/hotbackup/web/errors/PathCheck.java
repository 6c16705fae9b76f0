package org.hotbackup.web.errors;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.web.rest.Problem;
import org.hotbackup.web.security.SecurityHeaders;

/**
 * Refuses paths whose meaning depends on who reads them. Ids are bytes, and Jakarta REST would quietly take another id
 * than the one that was meant: {@code a} for {@code a;b}, and two bytes for one that is not ASCII.
 */
@WebFilter("/api/*")
public class PathCheck implements Filter {

    private static final String PLAIN = "-._~!$&'()*+,=:@/%";

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        int unusable = unusable(((HttpServletRequest) request).getRequestURI());
        if (unusable < 0) {
            chain.doFilter(request, response);
        } else {
            SecurityHeaders.addTo((HttpServletResponse) response);
            Problem.of(
                            MessageCode.MALFORMED_REQUEST,
                            MessageCode.MALFORMED_REQUEST.text(
                                    "byte " + (unusable + 1) + " of the path must be percent-encoded"))
                    .sendTo((HttpServletResponse) response);
        }
    }

    /** Where the first character stands that RFC 3986 does not let into a path, or the semicolon; -1 if nowhere. */
    static int unusable(String path) {
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            boolean plain =
                    c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || PLAIN.indexOf(c) >= 0;
            if (!plain) {
                return i;
            }
        }
        return -1;
    }
}
