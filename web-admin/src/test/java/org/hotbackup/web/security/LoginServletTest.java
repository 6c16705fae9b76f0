package org.hotbackup.web.security;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hotbackup.control.Caller;
import org.hotbackup.control.CallerStore;
import org.junit.jupiter.api.Test;

class LoginServletTest {

    private final List<String> recorded = new ArrayList<>();
    private final LoginServlet servlet = new LoginServlet();

    LoginServletTest() {
        servlet.callers = new CallerStore() {
            @Override
            public Optional<Set<String>> authenticate(Caller caller, String password) {
                return password.equals("right") ? Optional.of(Set.of("viewer")) : Optional.empty();
            }

            @Override
            public void loggedIn(Caller caller) {
                recorded.add(caller.name() + " " + caller.surface());
            }

            @Override
            public Set<String> roles(String user) {
                return Set.of("viewer");
            }

            @Override
            public String credential(String user) {
                return "one";
            }
        };
        servlet.logins = new PageLogins();
        servlet.logins.callers = servlet.callers;
    }

    @Test
    void shouldRecordALogInOnce() {
        post(Map.of("user", "dm", "password", "right"));
        assertThat(recorded).containsExactly("dm web");
        assertThat(servlet.logins.size()).isEqualTo(1);
    }

    @Test
    void shouldNotRecordALogInThatWasNone() {
        post(Map.of("user", "dm", "password", "wrong"));
        assertThat(recorded).isEmpty();
        assertThat(servlet.logins.size()).isZero();
    }

    private void post(Map<String, String> form) {
        servlet.doPost(of(HttpServletRequest.class, form), of(HttpServletResponse.class, form));
    }

    /** As little of a container as it takes: texts, and more of the same. */
    private static <T> T of(Class<T> type, Map<String, String> form) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, given) -> switch (method.getName()) {
                    case "getParameter" -> form.get(given[0]);
                    case "getServletPath", "getRequestURI" -> LoginServlet.LOG_IN;
                    case "getRemoteAddr" -> "127.0.0.1";
                    case "isSecure" -> false;
                    default -> {
                        Class<?> answer = method.getReturnType();
                        if (answer == String.class) {
                            yield "";
                        }
                        yield answer.isInterface() ? of(answer, form) : null;
                    }
                }));
    }
}
