package org.hotbackup.web.rest;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.io.StringReader;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.hotbackup.control.Caller;
import org.hotbackup.control.StoreAudit;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.MessageCode.Kind;
import org.hotbackup.control.messages.Refusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProblemMapperTest {

    private static final Map<Kind, Integer> STATUS = new EnumMap<>(Map.ofEntries(
            Map.entry(Kind.INFORMATION, 200),
            Map.entry(Kind.WARNING, 200),
            Map.entry(Kind.REFUSAL, 403),
            Map.entry(Kind.BAD_INPUT, 400),
            Map.entry(Kind.NOT_FOUND, 404),
            Map.entry(Kind.CONFLICT, 409),
            Map.entry(Kind.TOO_LARGE, 413),
            Map.entry(Kind.FULL, 507),
            Map.entry(Kind.UNAUTHENTICATED, 401),
            Map.entry(Kind.DENIED, 403),
            Map.entry(Kind.UNAVAILABLE, 503),
            Map.entry(Kind.INTERNAL, 500)));

    private static final Caller BOB = new Caller("bob", "rest", "");

    private final ProblemMapper mapper = new ProblemMapper();
    private final List<String> recorded = new ArrayList<>();

    ProblemMapperTest() {
        mapper.request = (HttpServletRequest) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (proxy, method, given) -> method.getName().equals("getMethod") ? "GET" : "/api/accounts");
        mapper.audit = new StoreAudit() {
            @Override
            public <T> T record(String operation, String arguments, Supplier<T> change) {
                throw new UnsupportedOperationException();
            }

            @Override
            public void refused(Caller caller, String method, String path, Refusal refusal) {
                recorded.add(caller.name() + " " + method + " " + path + " " + refusal.getMessage());
            }
        };
    }

    private static JsonObject problem(Response response) {
        assertThat(response.getMediaType()).hasToString("application/problem+json");
        try (JsonReader reader = Json.createReader(new StringReader((String) response.getEntity()))) {
            JsonObject problem = reader.readObject();
            assertThat(problem.keySet()).containsExactlyInAnyOrder("type", "title", "status", "detail");
            assertThat(problem.getInt("status")).isEqualTo(response.getStatus());
            return problem;
        }
    }

    @ParameterizedTest
    @EnumSource(MessageCode.class)
    void shouldGiveEveryMessageTheStatusOfItsKind(MessageCode code) {
        Refusal refusal = new Refusal(code, "one", "two", "three");

        Response[] answered = new Response[1];
        BOB.<RuntimeException, RuntimeException>during(
                () -> answered[0] = mapper.toResponse(new IllegalStateException("outside", refusal)));

        Response response = answered[0];
        assertThat(recorded)
                .isEqualTo(
                        code.kind() == Kind.DENIED
                                ? List.of("bob GET /api/accounts " + refusal.getMessage())
                                : List.of());
        JsonObject problem = problem(response);
        assertThat(response.getStatus()).isEqualTo(STATUS.get(code.kind()));
        assertThat(problem.getString("type")).isEqualTo("/problems/" + code.id());
        assertThat(problem.getString("title")).isNotBlank().doesNotContain("_");
        assertThat(problem.getString("detail")).isEqualTo(refusal.getMessage());
    }

    @Test
    void shouldLogWhatItDidNotExpectAndNotShowIt() {
        Logger logger = Logger.getLogger(ProblemMapper.class.getName());
        LogRecord[] logged = new LogRecord[1];
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord logRecord) {
                logged[0] = logRecord;
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        logger.addHandler(handler);
        logger.setUseParentHandlers(false);
        try {
            IllegalStateException secret = new IllegalStateException("jdbc:h2:secret");

            Response response = mapper.toResponse(secret);

            assertThat(response.getStatus()).isEqualTo(500);
            assertThat(problem(response).getString("detail"))
                    .isEqualTo("Something failed inside the node (IllegalStateException); the node's log has the"
                            + " details.");
            assertThat((String) response.getEntity()).doesNotContain("secret", "\\tat ", "org.hotbackup");
            assertThat(logged[0].getThrown()).isSameAs(secret);
        } finally {
            logger.removeHandler(handler);
            logger.setUseParentHandlers(true);
        }
    }

    @Test
    void shouldSayWhichMethodsThereAre() {
        Response response = mapper.toResponse(new NotAllowedException("GET", new String[] {"PUT"}));

        assertThat(response.getHeaderString("Allow")).contains("GET").contains("PUT");
        assertThat(problem(response).getString("detail")).contains("header Allow");
    }

    @Test
    void shouldNotShowWhatTheServerSaysOfItself() {
        Response response = mapper.toResponse(new NotFoundException("HTTP 404 at org.glassfish.Secret"));

        assertThat(response.getStatus()).isEqualTo(404);
        assertThat(problem(response).getString("type")).isEqualTo("/problems/HTTP404");
        assertThat((String) response.getEntity()).doesNotContain("glassfish");
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 403, 404, 405, 406, 408, 413, 415, 499, 500, 501, 503})
    void shouldHaveASentenceForEveryStatus(int status) {
        Response response = mapper.toResponse(new WebApplicationException(status));

        assertThat(response.getStatus()).isEqualTo(status);
        assertThat(problem(response).getString("detail")).endsWith(".");
        assertThat(problem(response).getString("title")).isNotBlank();
    }
}
