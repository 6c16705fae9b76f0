package org.hotbackup.web.errors;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.glassfish.grizzly.http.server.HttpHandler;
import org.glassfish.grizzly.http.server.HttpServer;
import org.glassfish.grizzly.http.server.NetworkListener;
import org.glassfish.grizzly.http.server.Request;
import org.glassfish.grizzly.http.server.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A user sent an item to {@code items/50%}: 200 without a body, nothing done, and a stack trace in the log. */
@Timeout(60)
class UndecodablePathsTest {

    private static final int ANY_PORT = 0;

    private final List<String> reached = new CopyOnWriteArrayList<>();
    private final HttpServer server = new HttpServer();
    private int port;

    @BeforeEach
    void start() throws IOException {
        NetworkListener listener =
                new NetworkListener("test", InetAddress.getLoopbackAddress().getHostAddress(), ANY_PORT);
        server.addListener(listener);
        server.getServerConfiguration().addHttpHandler(new UndecodablePaths(new HttpHandler() {
            @Override
            public void service(Request request, Response response) throws IOException {
                reached.add(request.getMethod() + " " + request.getRequestURI());
                response.getWriter().write("reached");
            }
        }));
        server.start();
        port = listener.getPort();
    }

    @AfterEach
    void stop() {
        server.shutdownNow();
    }

    private String answer(String method, String path) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(30_000);
            String body = method.equals("PUT") ? "x" : "";
            String request = method + " " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + body.length()
                    + "\r\nConnection: close\r\n\r\n" + body;
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUT", "GET", "DELETE"})
    void shouldRefuseAMalformedPercentEncodingWithAProblem(String method) throws IOException {
        String answer = answer(method, "/api/accounts/shop/files/orders/items/50%");

        assertThat(answer)
                .startsWith("HTTP/1.1 400 ")
                .containsIgnoringCase("\r\ncontent-type: application/problem+json")
                .containsIgnoringCase("\r\nx-content-type-options: nosniff");
        try (var reader = Json.createReader(new StringReader(answer.substring(answer.indexOf("\r\n\r\n"))))) {
            JsonObject problem = reader.readObject();
            assertThat(problem.getString("type")).isEqualTo("/problems/HB1019");
            assertThat(problem.getInt("status")).isEqualTo(400);
            assertThat(problem.getString("detail"))
                    .isEqualTo("The request cannot be read: the percent sign at byte 41 of the path is not followed by"
                            + " two hex digits; a percent sign itself is sent as %25.");
        }
        assertThat(reached).isEmpty();
    }

    @Test
    void shouldLeaveEverythingElseToTheContainerAsItWasSent() throws IOException {
        assertThat(answer("PUT", "/api/a%2Fb/50%25?after=%zz"))
                .startsWith("HTTP/1.1 200 ")
                .endsWith("reached");

        assertThat(reached).containsExactly("PUT /api/a%2Fb/50%25");
    }
}
