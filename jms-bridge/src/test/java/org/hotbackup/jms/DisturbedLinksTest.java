package org.hotbackup.jms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.hotbackup.jms.LinkedNodes.frame;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.hotbackup.replication.Link;
import org.hotbackup.replication.LinkDownException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What links do when their line is cut, slow or silent, or the other side takes nothing. */
@Timeout(60)
class DisturbedLinksTest {

    @TempDir
    static Path folder;

    private static LinkedNodes nodes;

    @BeforeAll
    static void makeKeys() throws IOException, InterruptedException {
        nodes = new LinkedNodes(folder);
    }

    @Test
    void shouldNoticeThatTheOtherSideHungUp() throws Exception {
        Link listening = nodes.listen();
        try (Link calling = nodes.call()) {
            listening.close();

            awaitBroken(calling);
            assertThatThrownBy(() -> calling.send(frame(1))).isInstanceOf(LinkDownException.class);
        }
    }

    @Test
    void shouldNoticeThatTheConnectionIsCut() throws Exception {
        try (Link listening = nodes.listen();
                FaultyLine line = new FaultyLine(nodes.port);
                Link calling = nodes.call(nodes.master, line.port())) {
            calling.send(frame(1));
            assertThat(nodes.awaitAtSlave(listening)).isEqualTo(frame(1));
            line.cut();

            awaitBroken(calling);
            // the slave goes on listening
            try (Link again = nodes.call()) {
                again.send(frame(2));
                assertThat(nodes.awaitAtSlave(listening)).isEqualTo(frame(2));
            }
        }
    }

    @Test
    void shouldNoticeThatTheLineSwallowsEverything() throws Exception {
        try (Link listening = nodes.listen();
                FaultyLine line = new FaultyLine(nodes.port);
                Link calling = nodes.call(nodes.master, line.port())) {
            line.swallow();

            awaitBroken(calling);
            assertThat(listening.poll()).isEmpty();
        }
    }

    /** Where silence would be found out later than the write time-out. */
    @Test
    @Tag("HB-112")
    void shouldShutDownAndRestartAConnectionThatTakesNothing() throws Exception {
        Patience patience = new Patience(5_000, 300, 60_000, 1_500, 1_000);
        try (Link listening = nodes.listen();
                FaultyLine line = new FaultyLine(nodes.port);
                Link calling = nodes.call(line.port(), patience)) {
            line.hold();
            calling.send(new byte[20 << 20]);

            assertThat(awaitBroken(calling))
                    .startsWith("No data was taken by the other side for 1 seconds; the connection is shut down");
            try (Link again = nodes.call()) {
                again.send(frame(2));
                assertThat(nodes.awaitAtSlave(listening)).isEqualTo(frame(2));
            }
        }
    }

    /** What a status says while the other side takes nothing: Writing to network. */
    @Test
    @Tag("HB-112")
    void shouldBeWritingAsLongAsTheOtherSideTakesNothing() throws Exception {
        try (Link listening = nodes.listen();
                FaultyLine line = new FaultyLine(nodes.port);
                Link calling = nodes.call(nodes.master, line.port())) {
            calling.send(frame(1));
            assertThat(nodes.awaitAtSlave(listening)).isEqualTo(frame(1));
            while (calling.isWriting()) {
                Thread.onSpinWait();
            }
            line.swallow();
            calling.send(frame(2));

            assertThat(calling.isWriting()).isTrue();
            awaitBroken(calling);
            assertThat(calling.isWriting()).as("nobody took it").isTrue();
        }
    }

    /** What a slave's status goes by: a master that hung up is seen to be gone. */
    @Test
    @Tag("HB-112")
    void shouldHaveNoPeerAfterItsCallerHungUp() throws Exception {
        try (Link listening = nodes.listen()) {
            assertThat(listening.peer()).isEmpty();
            Link calling = nodes.call();
            assertThat(listening.peer()).isNotEmpty();
            calling.close();

            while (!listening.peer().isEmpty()) {
                Thread.onSpinWait();
            }
            assertThat(listening.poll()).isEmpty();
        }
    }

    @Test
    @Tag("SUB-18")
    void shouldAnswerANewCallThoughTheOldConnectionNeverHungUp() throws Exception {
        try (Link listening = nodes.listen();
                FaultyLine line = new FaultyLine(nodes.port);
                Link halfOpen = nodes.call(nodes.master, line.port())) {
            line.swallow();
            try (Link calling = nodes.call()) {
                for (int i = 0; i < 100; i++) {
                    calling.send(frame(i));
                    assertThat(nodes.awaitAtSlave(listening)).isEqualTo(frame(i));
                    listening.send(frame(1000 + i));
                    assertThat(nodes.awaitAtMaster(calling)).isEqualTo(frame(1000 + i));
                }
            }
            awaitBroken(halfOpen);
        }
    }

    @Test
    void shouldKeepASlowLineThatNeedsLongerForAFrameThanSilenceMayLast() throws Exception {
        byte[] frame = new byte[400_000];
        new Random(3).nextBytes(frame);
        try (Link listening = nodes.listen();
                FaultyLine line = new FaultyLine(nodes.port)) {
            line.slowDown(100_000);
            try (Link calling = nodes.call(nodes.master, line.port())) {
                long before = System.nanoTime();
                calling.send(frame);

                assertThat(nodes.awaitAtSlave(listening)).isEqualTo(frame);
                assertThat(System.nanoTime() - before)
                        .isGreaterThan(TimeUnit.MILLISECONDS.toNanos(2 * LinkedNodes.SHORT.silence()));
                listening.send(new byte[] {9});
                assertThat(nodes.awaitAtMaster(calling)).containsExactly(9);
            }
        }
    }

    /** The caller's pings wait behind what he streams. */
    @Test
    void shouldKeepASlowLineWhileMuchIsStreamed() throws Exception {
        try (Link listening = nodes.listen();
                FaultyLine line = new FaultyLine(nodes.port)) {
            line.slowDown(200_000);
            try (Link calling = nodes.call(nodes.master, line.port())) {
                for (int i = 0; i < 8; i++) {
                    calling.stream(new byte[100_000 + i]);
                }
                for (int i = 0; i < 8; i++) {
                    assertThat(nodes.awaitAtSlave(listening)).hasSize(100_000 + i);
                }
                listening.send(new byte[] {9});
                assertThat(nodes.awaitAtMaster(calling)).containsExactly(9);
            }
        }
    }

    @Test
    void shouldNoticeACutWhileItStreams() throws Exception {
        try (Link listening = nodes.listen();
                FaultyLine line = new FaultyLine(nodes.port);
                Link calling = nodes.call(nodes.master, line.port())) {
            line.cut();
            // the cut may be noticed before the frame is on its way, or by it
            assertThat(catchThrowable(() -> calling.stream(new byte[100_000])))
                    .matches(broken -> broken == null || broken instanceof LinkDownException);
            awaitBroken(calling);
            assertThatThrownBy(() -> calling.stream(frame(1))).isInstanceOf(LinkDownException.class);
            assertThat(listening.poll()).isEmpty();
        }
    }

    private static String awaitBroken(Link link) throws InterruptedException {
        while (true) {
            try {
                if (link.poll().isEmpty()) {
                    assertThat(nodes.masterWoken.tryAcquire(20, TimeUnit.SECONDS))
                            .isTrue();
                }
            } catch (LinkDownException e) {
                assertThat(e.getMessage()).isNotBlank();
                return e.getMessage();
            }
        }
    }
}
