package org.hotbackup.web.security;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.hotbackup.control.Caller;
import org.hotbackup.control.CallerStore;
import org.junit.jupiter.api.Test;

class PageLoginsTest {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final Map<String, String> credentials = new HashMap<>(Map.of("dm", "one", "bob", "two"));
    private final Map<String, Set<String>> roles =
            new HashMap<>(Map.of("dm", Set.of("admin"), "bob", Set.of("viewer")));
    private final PageLogins logins = new PageLogins();

    PageLoginsTest() {
        logins.callers = new CallerStore() {
            @Override
            public Optional<Set<String>> authenticate(Caller caller, String password) {
                throw new UnsupportedOperationException();
            }

            @Override
            public void loggedIn(Caller caller) {
                throw new UnsupportedOperationException();
            }

            @Override
            public Set<String> roles(String user) {
                return roles.getOrDefault(user, Set.of());
            }

            @Override
            public String credential(String user) {
                return credentials.getOrDefault(user, "");
            }
        };
    }

    @Test
    void shouldKnowWhoLoggedIn() {
        String key = logins.begin("dm", 0);

        assertThat(logins.find(key, true, SECOND)).map(PageLogin::user).contains("dm");
        assertThat(logins.find("another", true, SECOND)).isEmpty();
    }

    @Test
    void shouldEndWithoutUseThoughThePageRefreshesItself() {
        String key = logins.begin("dm", 0);
        for (long now = 0; now <= PageLogins.IDLE_NANOS; now += 5 * SECOND) {
            assertThat(logins.find(key, false, now)).isPresent();
        }

        assertThat(logins.find(key, false, PageLogins.IDLE_NANOS + SECOND)).isEmpty();
        assertThat(logins.find(key, true, SECOND)).as("for good").isEmpty();
    }

    @Test
    void shouldEndAfterADayOfWorkInAnyCase() {
        String key = logins.begin("dm", 0);
        for (long now = 0; now <= PageLogins.LONGEST_NANOS; now += 600 * SECOND) {
            assertThat(logins.find(key, true, now)).isPresent();
        }

        assertThat(logins.find(key, true, PageLogins.LONGEST_NANOS + SECOND)).isEmpty();
    }

    @Test
    void shouldEndWhenThePasswordIsAnotherOne() {
        String ofDm = logins.begin("dm", 0);
        String ofBob = logins.begin("bob", 0);
        credentials.put("dm", "changed");

        assertThat(logins.find(ofDm, true, SECOND)).isEmpty();
        assertThat(logins.find(ofBob, true, SECOND)).isPresent();
    }

    @Test
    void shouldEndWhenTheRolesAreOthers() {
        String key = logins.begin("bob", 0);
        roles.put("bob", Set.of("admin"));

        assertThat(logins.find(key, true, SECOND)).isEmpty();
    }

    @Test
    void shouldEndTheOldestOfAUserWhoBeginsTooMany() {
        String ofBob = logins.begin("bob", 0);
        List<String> ofDm = new ArrayList<>();
        for (int i = 0; i <= PageLogins.MOST_OF_A_USER; i++) {
            ofDm.add(logins.begin("dm", i));
        }

        assertThat(logins.find(ofDm.get(0), true, SECOND)).isEmpty();
        assertThat(logins.find(ofDm.get(1), true, SECOND)).isPresent();
        assertThat(logins.find(ofBob, true, SECOND)).isPresent();
        assertThat(logins.size()).isEqualTo(PageLogins.MOST_OF_A_USER + 1);
    }

    /** A user without a cookie who logged in again and again left a session behind each time. */
    @Test
    void shouldEndTheSessionsOfLogInsThatGaveWay() {
        List<HttpSession> ended = new ArrayList<>();
        List<HttpSession> begun = new ArrayList<>();
        for (int i = 0; i < PageLogins.MOST_OF_A_USER + 3; i++) {
            logins.begin(requestWithoutSession(begun, ended), "dm");
        }

        assertThat(ended).containsExactlyElementsOf(begun.subList(0, 3));
    }

    private static HttpServletRequest requestWithoutSession(List<HttpSession> begun, List<HttpSession> ended) {
        return proxy(HttpServletRequest.class, (proxy, method, arguments) -> {
            if (!(boolean) arguments[0]) {
                return null;
            }
            begun.add(proxy(HttpSession.class, (session, call, given) -> {
                if (call.getName().equals("invalidate")) {
                    ended.add((HttpSession) session);
                }
                return switch (call.getName()) {
                    case "equals" -> session == given[0];
                    case "hashCode" -> System.identityHashCode(session);
                    case "toString" -> "session";
                    default -> null;
                };
            }));
            return begun.get(begun.size() - 1);
        });
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
