package org.hotbackup.testing;

import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.hotbackup.client.RestClient;
import org.hotbackup.client.RestRefusal;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.ItemId;

/** What a node answers while it starts to whoever asks for an item that it has, again and again. */
public final class FirstAnswers {

    /** Nobody listens. */
    public static final String REFUSED = "connection refused";

    /** The item. */
    public static final String ITEM = "the item";

    private static final long EVERY_MILLIS = 5;

    private FirstAnswers() {}

    /** Starts the node and collects the answers from before its process is there until it is ready, and once more. */
    public static Set<String> of(TestNode node, FilePath file, ItemId id, byte[] body) {
        RestClient rest = node.rest();
        Set<String> answers = new ConcurrentSkipListSet<>();
        ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
        try {
            clock.scheduleWithFixedDelay(
                    () -> answers.add(answer(rest, file, id, body)), 0, EVERY_MILLIS, TimeUnit.MILLISECONDS);
            node.start();
        } finally {
            // the answer that is under way counts as well
            clock.shutdown();
        }
        answers.add(answer(rest, file, id, body));
        return answers;
    }

    private static String answer(RestClient rest, FilePath file, ItemId id, byte[] body) {
        try {
            return rest.read(file, id)
                    .map(read -> Arrays.equals(read, body) ? ITEM : "another item")
                    .orElse("no such item");
        } catch (RestRefusal e) {
            return e.status() + " " + e.getMessage();
        } catch (UncheckedIOException e) {
            return e.getCause() instanceof ConnectException
                    ? REFUSED
                    : e.getCause().toString();
        } catch (RuntimeException e) {
            return e.toString();
        }
    }
}
