package org.hotbackup.server;

import jakarta.json.Json;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.hotbackup.control.Notice;
import org.hotbackup.control.messages.MessageCode;

/** Notices by HTTP: each is posted as a small JSON object; any answer from 200 to 299 takes it over. */
final class WebDelivery implements NoticeDelivery {

    static final Duration PATIENCE = Duration.ofSeconds(10);

    private final String node;
    private final Duration patience;
    private final HttpClient client;

    /**
     * @param patience with each notice, from the call to the end of the answer
     */
    WebDelivery(String node, Duration patience) {
        this.node = node;
        this.patience = patience;
        client = HttpClient.newBuilder().connectTimeout(patience).build();
    }

    @Override
    public void deliver(NoticeAddress address, Deque<Notice> notices) throws NotDelivered {
        while (!notices.isEmpty()) {
            HttpRequest request = HttpRequest.newBuilder(address.web())
                    .timeout(patience)
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

    /** The request's own time-out ends with the headers of the answer; one whose body never comes has to end too. */
    private int status(HttpRequest request) throws NotDelivered {
        CompletableFuture<HttpResponse<Void>> answer =
                client.sendAsync(request, HttpResponse.BodyHandlers.discarding());
        try {
            return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS).statusCode();
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            throw new NotDelivered(cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage());
        } catch (TimeoutException e) {
            throw new NotDelivered("it has not answered in full for " + patience.toMillis() + " ms");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NotDelivered("the node stops");
        } finally {
            answer.cancel(true);
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
