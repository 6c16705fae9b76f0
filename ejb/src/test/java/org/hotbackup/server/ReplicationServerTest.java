package org.hotbackup.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;
import org.hotbackup.control.settings.ServerSetting;
import org.hotbackup.control.settings.ServerSettings;
import org.hotbackup.replication.Position;
import org.hotbackup.replication.Promotion;
import org.hotbackup.replication.ServerFigures;
import org.hotbackup.replication.ServerStatus;
import org.hotbackup.replication.Session;
import org.hotbackup.replication.StandingRefusal;
import org.hotbackup.replication.Traces;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a server says about itself over time. */
@Timeout(30)
class ReplicationServerTest {

    private static final NoticeBoard NOBODY = new NoticeBoard((user, notice) -> {});

    private Instant now = LocalDate.of(2026, 11, 21)
            .atTime(23, 59)
            .atZone(ZoneId.systemDefault())
            .toInstant();
    private final Clock clock = new Clock() {
        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneId.systemDefault();
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    };
    private final ReplicationServer server = new ReplicationServer(
            ServerDefinition.of("todev", ServerSettings.parse("type=master host=a port=2000"), 0), null, NOBODY, clock);
    private ServerStatus status = ServerStatus.WAIT_RESPONSE_TO_CALL;
    private Optional<StandingRefusal> refusal = Optional.empty();
    private long bytes;
    private ServerThread thread;

    private final class Told implements Session, ServerThread.Work {

        @Override
        public void traceTo(Traces traces) {}

        @Override
        public void begin() {
            server.began(this);
        }

        @Override
        public long step(long nowMillis) {
            return nowMillis + 60_000;
        }

        @Override
        public void end(boolean asked) {
            close();
        }

        @Override
        public ServerFigures figures() {
            return new ServerFigures(status, "", 0, 0, 0, 0, 0, 0, bytes, 0, 0, -1, 0, "", 0, ServerFigures.NEVER);
        }

        @Override
        public Optional<StandingRefusal> refusal() {
            return refusal;
        }

        @Override
        public void close() {
            status = ServerStatus.STOPPED;
        }
    }

    @BeforeEach
    void start() throws Exception {
        thread = new ServerThread("todev", Executors.defaultThreadFactory(), new Told());
        server.runs(thread);
        thread.start();
        assertThat(thread.awaitBegun(Duration.ofSeconds(20))).isTrue();
    }

    @AfterEach
    void stop() throws InterruptedException {
        assertThat(thread.stop(Duration.ofSeconds(20))).isTrue();
        assertThat(server.figures().status()).isEqualTo(ServerStatus.STOPPED);
    }

    /** Its lag was 0 until the slave was refused, though updates were missed (I9). */
    @Test
    @Tag("HB-124")
    void shouldBeBehindAGapAfterWhichItsQueueDoesNotBegin() {
        ReplicationServer later = new ReplicationServer(
                ServerDefinition.of("later", ServerSettings.parse("type=master host=a port=2000"), 7),
                null,
                NOBODY,
                clock);
        ReplicationServer slave = new ReplicationServer(
                ServerDefinition.of("fromprod", ServerSettings.parse("type=slave port=2000"), 0), null, NOBODY, clock);

        assertThat(server.isBehind(0)).as("nothing was ever missed").isFalse();
        assertThat(server.isBehind(7)).isTrue();
        assertThat(later.isBehind(7)).as("set up anew after it").isFalse();
        assertThat(later.isBehind(8)).isTrue();
        assertThat(slave.isBehind(8)).isFalse();
    }

    @Test
    @Tag("HB-015")
    void shouldPassOnWhatItReceivesWithLogSlaveUpdateUntilItIsPromoted() {
        ServerDefinition off = ServerDefinition.of("fromprod", ServerSettings.parse("type=slave port=2000"), 0)
                .withMaster("prod");
        ServerDefinition on = off.withSettings(off.settings().with(ServerSetting.LOG_SLAVE_UPDATE, "on"));
        Promotion promotion = new Promotion(1, 2, new Position("h", 1, 1), 0, "dm", "a test");

        assertThat(new ReplicationServer(on, null, NOBODY, clock).passesOn()).isTrue();
        assertThat(new ReplicationServer(off, null, NOBODY, clock).passesOn()).isFalse();
        assertThat(new ReplicationServer(on.withMaster(""), null, NOBODY, clock).passesOn())
                .as("of whom")
                .isFalse();
        assertThat(new ReplicationServer(ServerPromoter.promoted(on, promotion), null, NOBODY, clock).passesOn())
                .isFalse();
        assertThat(server.passesOn()).isFalse();
    }

    /** Refusals name nodes by their ids, and nothing showed those of the peers. */
    @Test
    void shouldKnowTheNodeAtTheOtherEndOnceItHasCalledOrAnswered() {
        ServerDefinition slave = ServerDefinition.of("fromprod", ServerSettings.parse("type=slave port=2000"), 0);
        ServerDefinition master = server.definition();
        Superseded by = new Superseded("promoted", 2, new Position("h", 1, 1), 0, 0, new Superseded.GivenUp(0, 0));

        assertThat(server.peerNodeId()).isEmpty();
        assertThat(new ReplicationServer(slave, null, NOBODY, clock).peerNodeId())
                .isEmpty();
        assertThat(new ReplicationServer(slave.withMaster("its master"), null, NOBODY, clock).peerNodeId())
                .isEqualTo("its master");
        assertThat(new ReplicationServer(
                                master.withSuccession(master.succession().with(by)), null, NOBODY, clock)
                        .peerNodeId())
                .isEqualTo("promoted");
    }

    /** The status changes with each call that is refused, so it did not say since when the refusal stands. */
    @Test
    @Tag("HB-112")
    void shouldSayWhyItWaitsAndSinceWhenItIsRefused() {
        status = ServerStatus.CONNECTED;
        assertThat(server.trouble()).isEmpty();
        now = now.plusSeconds(10);
        refusal = Optional.of(new StandingRefusal("HB2025", "Refused: an older copy"));
        long since = server.refusalSinceMillis();
        assertThat(since).isEqualTo(now.toEpochMilli());
        now = now.plusSeconds(10);
        status = ServerStatus.READING_QUEUE;

        assertThat(server.trouble()).contains("Refused: an older copy");
        assertThat(server.refusalSinceMillis()).isEqualTo(since);
        assertThat(server.undealt()).isZero();
        refusal = Optional.empty();
        assertThat(server.trouble()).isEmpty();
    }

    /** Before, it said since when the server ran. */
    @Test
    @Tag("HB-112")
    void shouldSaySinceWhenItsStatusIsWhatItIs() {
        assertThat(server.figures().status()).isEqualTo(ServerStatus.WAIT_RESPONSE_TO_CALL);
        long calling = server.statusSinceMillis();
        now = now.plusSeconds(10);
        assertThat(server.statusSinceMillis()).isEqualTo(calling);
        status = ServerStatus.CONNECTED;

        assertThat(server.statusSinceMillis()).isEqualTo(now.toEpochMilli());
    }

    @Test
    @Tag("HB-111")
    void shouldCountTheDaysBytesFromMidnight() {
        bytes = 10_000;
        assertThat(server.bytesToday()).isEqualTo(10_000);
        now = now.plusSeconds(120);
        assertThat(server.bytesToday()).isZero();
        bytes = 10_300;

        assertThat(server.bytesToday()).isEqualTo(300);
    }

    /** Each batch would cost a commit more; a kill may cost a minute of it. */
    @Test
    @Tag("HB-111")
    @Tag("SUB-14")
    void shouldWriteTheDaysBytesDownOnceAMinute() {
        now = now.minusSeconds(3_600);
        List<ServerDefinition> records = new ArrayList<>();
        UnaryOperator<ServerDefinition> keep = definition -> {
            records.add(ServerDefinition.ofItem("todev", definition.toItem()));
            return definition;
        };
        for (int second = 0; second < 180; second++) {
            now = now.plusSeconds(1);
            bytes += 100;
            server.keepTotal(keep);
        }
        assertThat(records).hasSizeBetween(2, 3);
        server.keepTotalNow(keep);
        ReplicationServer afterRestart = new ReplicationServer(records.get(records.size() - 1), null, NOBODY, clock);
        assertThat(afterRestart.bytesToday()).isEqualTo(18_000);

        int written = records.size();
        server.keepTotalNow(keep);
        assertThat(records).as("nothing is new").hasSize(written);
        bytes += 100;
        server.keepTotalNow(definition -> {
            throw new IllegalStateException("full");
        });
        server.keepTotalNow(keep);
        assertThat(records.get(written).total().orElseThrow().bytes()).isEqualTo(18_100);

        bytes += 100;
        assertThatThrownBy(() -> server.retire(() -> {
                    throw new IllegalStateException("the rejoin was refused");
                }))
                .hasMessage("the rejoin was refused");
        server.keepTotalNow(keep);
        assertThat(records).as("it is its own").hasSize(written + 2);
        bytes += 100;
        server.retire(() -> "rejoined");
        server.keepTotalNow(keep);
        assertThat(records).as("its record may be another server's").hasSize(written + 2);
    }
}
