package org.hotbackup.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.hotbackup.client.FakeNode;
import org.hotbackup.client.RestRefusal;
import org.hotbackup.model.FilePath;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WorldLoaderTest {

    private static final int LIMIT = 300;

    private FakeNode node;

    @BeforeEach
    void startNode() throws IOException {
        node = new FakeNode();
    }

    @AfterEach
    void stopNode() {
        node.close();
    }

    private void shouldBeLoaded(WorldLoader loader) {
        long expected = 0;
        for (FilePath file : WorldData.files()) {
            long count = WorldData.items(file).limit(LIMIT).count();
            assertThat(node.items(file)).as(file.toString()).hasSize((int) count);
            expected += count;
        }
        assertThat(loader.written()).isEqualTo(expected);
    }

    @Test
    void shouldWriteAllFiles() throws InterruptedException {
        WorldLoader loader = new WorldLoader(node.client(), LIMIT, () -> true);

        loader.load();

        shouldBeLoaded(loader);
    }

    @Test
    void shouldTryAgainWhileTheNodeIsNotThereOrNotReady() throws InterruptedException {
        node.hangUpNext();
        node.hangUpNext();
        node.answerNext(404, "<html>nothing is deployed</html>");
        node.answerNext(500, "");
        node.answerNext(403, "<html>not yet</html>");
        node.answerNext(500, FakeNode.problem("HTTP500", "Something failed."));
        node.answerNext(503, FakeNode.problem("HB1026", "The node is still starting."));
        node.answerNext(409, FakeNode.problem("HB1016", "locked"));
        WorldLoader loader = new WorldLoader(node.client(), LIMIT, () -> true);

        loader.load();

        shouldBeLoaded(loader);
    }

    @Test
    void shouldGoOnWithWhatAnEarlierLoadLeft() throws InterruptedException {
        new WorldLoader(node.client(), 10, () -> true).load();
        WorldLoader loader = new WorldLoader(node.client(), LIMIT, () -> true);

        loader.load();

        shouldBeLoaded(loader);
    }

    @Test
    void shouldEndWithTheNodesSentenceIfItRefuses() {
        node.answerAfter(4, 507, FakeNode.problem("HB1017", "The disk is full."));

        assertThatThrownBy(() -> new WorldLoader(node.client(), LIMIT, () -> true).load())
                .isInstanceOf(RestRefusal.class)
                .hasMessage("The disk is full.");
    }

    @Test
    void shouldGiveUpWhenToldTo() {
        assertThatThrownBy(() -> new WorldLoader(node.client(), LIMIT, () -> false).load())
                .isInstanceOf(InterruptedException.class);
        assertThat(node.requests()).isEmpty();
    }
}
