package org.hotbackup.web.security;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import org.hotbackup.control.CallerStore;
import org.hotbackup.control.Role;
import org.hotbackup.control.messages.Refusal;

/**
 * Logs users in to the pages and out again. Not a Faces view: whoever is not logged in yet gets no session, so strangers
 * fill nothing.
 */
@WebServlet({LoginServlet.LOG_IN, LoginServlet.LOG_OUT})
public class LoginServlet extends HttpServlet {

    static final String LOG_IN = "/login";
    static final String LOG_OUT = "/logout";

    /** The page with the form. */
    static final String PAGE = "/login.xhtml";

    private static final long serialVersionUID = 1L;

    @Inject
    transient CallerStore callers;

    @Inject
    transient PageLogins logins;

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) {
        String user = request.getParameter("user");
        String password = request.getParameter("password");
        String page = LocalPage.of(request.getParameter("to"));
        if (request.getServletPath().equals(LOG_OUT)) {
            logins.end(request);
            redirect(response, PAGE);
            return;
        }
        try {
            Optional<Set<String>> roles = user == null || password == null
                    ? Optional.empty()
                    : callers.authenticate(CallerFilter.caller(user, request), password);
            if (roles.filter(Role.VIEWER::isIn).isPresent()) {
                callers.loggedIn(CallerFilter.caller(user, request));
                logins.begin(request, user);
                SessionCookie.send(request, response);
                redirect(response, page);
            } else {
                redirect(response, formFor(page) + "&refused=wrong");
            }
        } catch (Refusal e) {
            redirect(response, formFor(page) + "&refused=busy");
        }
    }

    /** Where to log in to get to this page. */
    static String formFor(String page) {
        return PAGE + "?to=" + URLEncoder.encode(page, StandardCharsets.UTF_8);
    }

    /** To be got by GET, whatever the method was; relative, because a proxy may be in between. */
    static void redirect(HttpServletResponse response, String page) {
        response.setStatus(HttpServletResponse.SC_SEE_OTHER);
        response.setHeader("Location", page);
    }
}
