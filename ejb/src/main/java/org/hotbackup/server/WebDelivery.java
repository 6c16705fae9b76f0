package org.hotbackup.server;

import jakarta.json.Json;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Deque;
import org.hotbackup.control.Notice;
import org.hotbackup.control.messages.MessageCode;

/** Notices by HTTP: each is posted as a small JSON object; any answer from 200 to 299 takes it over. */
final class WebDelivery implements NoticeDelivery {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final String node;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();

    WebDelivery(String node) {
        this.node = node;
    }

    @Override
    public void deliver(NoticeAddress address, Deque<Notice> notices) throws NotDelivered {
        while (!notices.isEmpty()) {
            HttpRequest request = HttpRequest.newBuilder(address.web())
                    .timeout(PATIENCE)
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(json(notices.getFirst())))
                    .build();
            int status = status(request);
            if (status / 100 != 2) {
                throw new NotDelivered("it answered with HTTP status " + status);
            }
            notices.removeFirst();
        }
    }

    private int status(HttpRequest request) throws NotDelivered {
        try {
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        } catch (IOException e) {
            throw new NotDelivered(e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NotDelivered("the node stops");
        }
    }

    private String json(Notice notice) {
        return Json.createObjectBuilder()
                .add("text", MessageCode.NOTICE_FROM_SERVER.text(notice.server()) + ": " + notice.text())
                .add("node", node)
                .add("server", notice.server())
                .add("number", notice.number())
                .add("time", notice.time())
                .add("severity", notice.severity())
                .add("messageId", notice.messageId())
                .add("message", notice.text())
                .build()
                .toString();
    }
}
