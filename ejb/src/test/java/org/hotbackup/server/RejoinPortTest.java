package org.hotbackup.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.control.settings.ServerSettings;
import org.hotbackup.replication.Link;
import org.hotbackup.replication.LinkDownException;
import org.hotbackup.replication.Links;
import org.hotbackup.replication.Position;
import org.hotbackup.replication.Promotion;
import org.hotbackup.replication.ServerMessages;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The port of a rejoin is taken, or refused, before anything is changed. */
@Tag("FAULT-F14")
class RejoinPortTest {

    private static final String OLD_MASTER = "node-1";
    private static final int PORT = 2000;

    private final FilesInMemory kept = new FilesInMemory();
    private final List<String> done = new ArrayList<>();
    private final List<ServerThread> threads = new ArrayList<>();
    private final Ports links = new Ports();
    private final ReplicationServer rejoining = server("toprod", "type=master host=a port=2000", false);
    private final ReplicationServer promoted = server("fromprod", "type=slave port=2000", true);

    /** A machine where somebody may listen. */
    private static final class Ports implements Links {

        private String listening = "";
        private boolean isKept;

        @Override
        public KeptPort keep(int port) throws LinkDownException {
            if (!listening.isEmpty()) {
                throw new LinkDownException(MessageCode.BIND_FAILED.text(port, "Address already in use"));
            }
            isKept = true;
            return () -> isKept = false;
        }

        @Override
        public long rejectedTotal() {
            return 0;
        }

        @Override
        public Link call(String host, int port, Security security, Runnable wake, ServerMessages messages) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Link listen(String server, int port, Security security, Runnable wake, ServerMessages messages) {
            throw new UnsupportedOperationException();
        }
    }

    private final class Runs implements RejoinPort.Runs {

        @Override
        public void begin(ReplicationServer server) {
            done.add("begin " + server.name());
        }

        @Override
        public void end(ReplicationServer server) {
            done.add("end " + server.name());
            if (links.listening.equals(server.name())) {
                links.listening = "";
            }
        }
    }

    private ReplicationServer server(String name, String settings, boolean running) {
        ServerDefinition definition = ServerDefinition.of(name, ServerSettings.parse(settings), 0);
        ReplicationServer server = new ReplicationServer(
                definition,
                new PermanentLog(kept.files(), Clock.systemUTC(), Thread::new),
                new NoticeBoard((user, notice) -> {}),
                Clock.systemUTC());
        if (running) {
            ServerThread thread = new ServerThread(name, Thread::new, now -> now + 60_000);
            threads.add(thread);
            server.runs(thread);
            thread.start();
        }
        return server;
    }

    @AfterEach
    void end() {
        threads.forEach(ServerThread::end);
    }

    private Links.KeptPort take(List<ReplicationServer> over) {
        return new RejoinPort(links, List.of(promoted, rejoining)).take(rejoining, PORT, over, new Runs());
    }

    /** It said FAILED, and had become a slave server of the new master all the same (s7). */
    @Test
    void shouldRefuseAPortThatIsTakenWithoutAnyChange() {
        links.listening = "fromprod";

        assertThatThrownBy(() -> take(List.of()))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.code()).isEqualTo(MessageCode.REJOIN_PORT_TAKEN))
                .hasMessageContaining("nothing was changed: server 'fromprod' of this node listens on TCP port 2000")
                .hasMessageContaining("give a port that is free");
        assertThat(done).isEmpty();
    }

    @Test
    void shouldTakeThePortOfAPromotedServerThatIsOver() {
        links.listening = "fromprod";

        try (Links.KeptPort port = take(List.of(promoted))) {
            assertThat(links.isKept).as("%s", port).isTrue();
        }
        assertThat(done).containsExactly("end fromprod");
        assertThat(links.isKept).isFalse();
    }

    @Test
    void shouldLetAPromotedServerRunAgainIfSomebodyElseHasThePort() {
        links.listening = "another program";

        assertThatThrownBy(() -> take(List.of(promoted))).hasMessageContaining("nothing was changed");
        assertThat(done).containsExactly("end fromprod", "begin fromprod");
    }

    /** One of another master may still have to tell that one. */
    @Test
    void shouldKnowWhichPromotedServersAreOver() {
        assertThat(promoted.isPromotedFrom(OLD_MASTER)).isFalse();
        promoted.redefine(
                definition -> ServerPromoter.promoted(
                        definition.withMaster(OLD_MASTER),
                        new Promotion(1, 2, new Position("h", 7, 70), 0, "dm", "the master burnt")),
                definition -> definition);

        assertThat(promoted.isPromotedFrom(OLD_MASTER)).isTrue();
        assertThat(promoted.isPromotedFrom("node-2")).isFalse();
    }

    @Test
    void shouldKnowWhatWasBroughtBackUntilItIsPromoted() {
        assertThat(rejoining.isRejoined()).isFalse();
        rejoining.redefine(definition -> definition.withSuccession(Succession.rejoinedIn(3)), definition -> definition);
        assertThat(rejoining.isRejoined()).isTrue();
        assertThat(RejoinPort.rejoinedAlready(rejoining)).hasMessageContaining("What is left, on that node");
        rejoining.redefine(
                definition -> ServerPromoter.promoted(
                        definition, new Promotion(3, 4, new Position("h", 7, 70), 0, "dm", "again")),
                definition -> definition);

        assertThat(rejoining.isRejoined()).isFalse();
    }
}
