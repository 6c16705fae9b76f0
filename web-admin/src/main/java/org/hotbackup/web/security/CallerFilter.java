package org.hotbackup.web.security;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.security.Principal;
import org.hotbackup.control.Caller;

/** Tells the control beans who asks: whom the container authenticated, on the thread of each of his requests. */
@WebFilter(
        urlPatterns = "/*",
        asyncSupported = true,
        dispatcherTypes = {DispatcherType.REQUEST, DispatcherType.ASYNC, DispatcherType.ERROR})
public class CallerFilter implements Filter {

    private static final String API = "/api/";

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        HttpServletRequest http = (HttpServletRequest) request;
        Principal user = http.getUserPrincipal();
        caller(user == null ? "" : user.getName(), http)
                .<IOException, ServletException>during(() -> chain.doFilter(request, response));
    }

    /** A user who asks by a request. */
    static Caller caller(String user, HttpServletRequest request) {
        String path = request.getRequestURI().substring(request.getContextPath().length());
        return new Caller(user, path.startsWith(API) ? "rest" : "web", request.getRemoteAddr());
    }
}
