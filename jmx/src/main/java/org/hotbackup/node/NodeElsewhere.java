package org.hotbackup.node;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import org.hotbackup.control.messages.Refusal;

/** A node whose process we did not start: it runs in an application server, or was started by other means. */
final class NodeElsewhere {

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final NodeHome home;

    NodeElsewhere(NodeHome home) {
        this.home = home;
    }

    /** Whether who listens on the home's HTTP port knows the secret of this home, and is no other node of this folder. */
    boolean answers() {
        return !Ports.isFree(home.httpPort()) && !isAnotherNode() && knowsSecret();
    }

    /** A copy of a home has its ports and its secret, too. */
    private boolean isAnotherNode() {
        Path homes = home.folder().toAbsolutePath().getParent();
        return new NodeHomes(homes)
                .all().stream()
                        .filter(other -> !other.name().equals(home.name()))
                        .anyMatch(other -> hasPort(other)
                                && new NodeProcess(other).running().isPresent());
    }

    private boolean hasPort(NodeHome other) {
        try {
            return other.httpPort() == home.httpPort();
        } catch (Refusal e) {
            // what cannot be read cannot be started either
            return false;
        }
    }

    private boolean knowsSecret() {
        String user = "local:" + home.localSecret();
        HttpRequest request = HttpRequest.newBuilder(URI.create(home.webUrl() + "api/accounts"))
                .timeout(PATIENCE)
                .header(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.UTF_8)))
                .build();
        try {
            return HttpClient.newBuilder()
                            .connectTimeout(PATIENCE)
                            .build()
                            .send(request, HttpResponse.BodyHandlers.discarding())
                            .statusCode()
                    == HttpURLConnection.HTTP_OK;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
