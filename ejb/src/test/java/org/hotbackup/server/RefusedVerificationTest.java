package org.hotbackup.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.control.settings.ServerSettings;
import org.hotbackup.replication.ServerFigures;
import org.hotbackup.replication.Session;
import org.hotbackup.replication.StandingRefusal;
import org.hotbackup.replication.Traces;
import org.hotbackup.verify.ComparedStore;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Nothing flows over a link whose slave's position is refused: "resync" began all the same and stood at 0 of 24 files for
 * ever (s7).
 */
@Timeout(30)
class RefusedVerificationTest {

    private static final Logger MESSAGES = Logger.getLogger("org.hotbackup.server");
    private static final String WHY = "Refused: the slave stands at transaction 7";

    private final FilesInMemory kept = new FilesInMemory();
    private final ReplicationServer server = new ReplicationServer(
            ServerDefinition.of("todev", ServerSettings.parse("type=master host=10.0.0.2 port=2000"), 0),
            new PermanentLog(kept.files(), Clock.systemUTC(), Thread::new),
            new NoticeBoard((user, notice) -> {}),
            Clock.systemUTC());
    private final ServerThread thread = new ServerThread("todev", Thread::new, now -> now + 60_000);
    private final ServerVerification verification =
            new ServerVerification(server, noStore(), new VerificationRecords(kept.files(), "todev"), Thread::new);

    @BeforeAll
    static void keepMessagesQuiet() {
        MESSAGES.setLevel(Level.OFF);
    }

    @AfterAll
    static void sayMessagesAgain() {
        MESSAGES.setLevel(null);
    }

    @AfterEach
    void end() {
        thread.end();
        verification.end();
    }

    private static ComparedStore noStore() {
        return (ComparedStore) Proxy.newProxyInstance(
                ComparedStore.class.getClassLoader(), new Class<?>[] {ComparedStore.class}, (proxy, method, given) -> {
                    throw new IllegalStateException("it is asked for nothing");
                });
    }

    private void isRefused(MessageCode why) {
        server.runs(thread);
        thread.start();
        server.began(new Session() {
            @Override
            public long step(long now) {
                return now;
            }

            @Override
            public ServerFigures figures() {
                return ServerFigures.STOPPED;
            }

            @Override
            public Optional<StandingRefusal> refusal() {
                return Optional.of(new StandingRefusal(why.id(), WHY));
            }

            @Override
            public void traceTo(Traces traces) {}

            @Override
            public void close() {}
        });
    }

    @Test
    void shouldRefuseToCompareOrSendAndSayHowToBeginAnew() {
        isRefused(MessageCode.REFUSED_POSITION_BEHIND);

        assertBeginsAnew(() -> verification.start(50, 1));
        assertBeginsAnew(() -> verification.repair("todev"));
        assertBeginsAnew(() -> verification.resync(50, "todev"));
        assertThat(verification.isRunning()).isFalse();
    }

    private static void assertBeginsAnew(ThrowingCallable asked) {
        assertThatThrownBy(asked)
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.code()).isEqualTo(MessageCode.LINK_REFUSED))
                .hasMessageContaining("on the slave's node (10.0.0.2) hot-backup stop, delete, setup and start")
                .hasMessageContaining(
                        "delete server=todev --confirm todev --reason TEXT, setup server=todev type=master host=10.0.0.2 port=2000")
                .hasMessageContaining("resync server=todev --confirm todev --reason TEXT")
                .hasMessageEndingWith(WHY);
    }

    @Test
    void shouldSayHowToBeginAnewIfItIsRefusedWhileItCompares() {
        verification.start(50, 1);
        assertThat(verification.trouble()).isNotEmpty();
        isRefused(MessageCode.REFUSED_POSITION_UNKNOWN);

        assertThat(server.mustBeginAnew()).isPresent();
        assertThat(verification.trouble()).contains("Begin anew", WHY);
    }

    /** Whoever is refused for another reason may be taken again without beginning anew. */
    @Test
    void shouldNotAskToBeginAnewForAnotherReason() {
        isRefused(MessageCode.REFUSED_CIRCLE);

        assertThat(server.refusal()).isPresent();
        assertThat(server.mustBeginAnew()).isEmpty();
    }

    @Test
    void shouldNotCallAStoppedServerRefused() throws InterruptedException {
        isRefused(MessageCode.REFUSED_POSITION_BEHIND);
        thread.stop(Duration.ofSeconds(20));

        assertThat(server.refusal()).isEmpty();
    }
}
