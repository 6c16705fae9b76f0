package org.hotbackup.web.security;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.hotbackup.control.CallerStore;

/**
 * Who is logged in to the pages. A log in ends after 15 minutes without use, where a page that refreshes itself does not count
 * as use, and after 8 hours in any case; all of a user end when his password or his roles are changed, and his oldest one
 * when he begins more than {@value #MOST_OF_A_USER}.
 * Thread-safe.
 */
@ApplicationScoped
public class PageLogins {

    private static final Logger LOGGER = Logger.getLogger(PageLogins.class.getName());

    static final int MOST_OF_A_USER = 10;
    static final long IDLE_NANOS = TimeUnit.MINUTES.toNanos(15);
    static final long LONGEST_NANOS = TimeUnit.HOURS.toNanos(8);

    private static final String KEY = PageLogins.class.getName();
    private static final String CURRENT = PageLogin.class.getName();

    @Inject
    CallerStore callers;

    private final Map<String, PageLogin> logins = new ConcurrentHashMap<>();
    private final Map<String, HttpSession> sessions = new ConcurrentHashMap<>();

    /** Logs a user in, in a session whose id nobody knew before. */
    void begin(HttpServletRequest request, String user) {
        HttpSession before = request.getSession(false);
        if (before != null) {
            before.invalidate();
        }
        String key = begin(user, System.nanoTime());
        HttpSession session = request.getSession(true);
        session.setAttribute(KEY, key);
        sessions.put(key, session);
        endSessionsWithoutLogin();
    }

    /** Whoever logs in again and again keeps no more sessions than log ins. */
    private void endSessionsWithoutLogin() {
        sessions.forEach((key, session) -> {
            if (!logins.containsKey(key) && sessions.remove(key, session)) {
                invalidate(session);
            }
        });
    }

    private static void invalidate(HttpSession session) {
        try {
            session.invalidate();
        } catch (IllegalStateException e) {
            LOGGER.log(Level.FINE, "the container ended the session first", e);
        }
    }

    /** Ends what the request's session holds, and the session. */
    void end(HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        if (session != null) {
            if (session.getAttribute(KEY) instanceof String key) {
                logins.remove(key);
                sessions.remove(key);
            }
            session.invalidate();
        }
    }

    /**
     * Whose request this is. Once in a request: {@link #current} has the answer afterwards.
     *
     * @param use whether the user asks, and not only the page
     */
    Optional<PageLogin> find(HttpServletRequest request, boolean use) {
        HttpSession session = request.getSession(false);
        if (session == null || !(session.getAttribute(KEY) instanceof String key)) {
            return Optional.empty();
        }
        Optional<PageLogin> login = find(key, use, System.nanoTime());
        if (login.isPresent()) {
            request.setAttribute(CURRENT, login.get());
        } else {
            session.invalidate();
        }
        return login;
    }

    /** Who was found for this request. */
    static Optional<PageLogin> current(HttpServletRequest request) {
        return Optional.ofNullable((PageLogin) request.getAttribute(CURRENT));
    }

    String begin(String user, long now) {
        logins.values().removeIf(login -> isOver(login, now));
        List<PageLogin> oldestFirst = logins.values().stream()
                .filter(login -> login.user().equals(user))
                .sorted(Comparator.comparingLong(login -> login.began() - now))
                .toList();
        oldestFirst.stream()
                .limit(Math.max(0, oldestFirst.size() - MOST_OF_A_USER + 1))
                .forEach(login -> logins.remove(login.key()));
        String key = UUID.randomUUID().toString();
        logins.put(key, new PageLogin(key, user, callers.credential(user), callers.roles(user), now, now));
        return key;
    }

    Optional<PageLogin> find(String key, boolean use, long now) {
        return Optional.ofNullable(logins.computeIfPresent(key, (same, login) -> {
            if (isOver(login, now)) {
                return null;
            }
            return use ? login.usedAt(now) : login;
        }));
    }

    private boolean isOver(PageLogin login, long now) {
        return now - login.lastUsed() > IDLE_NANOS
                || now - login.began() > LONGEST_NANOS
                || !callers.credential(login.user()).equals(login.credential())
                || !callers.roles(login.user()).equals(login.roles());
    }

    int size() {
        return logins.size();
    }
}
