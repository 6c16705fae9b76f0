package org.hotbackup.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.time.Clock;
import java.util.Optional;
import org.hotbackup.control.OperationReceipt;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.settings.ServerSettings;
import org.hotbackup.replication.Applier;
import org.hotbackup.replication.Link;
import org.hotbackup.replication.LinkDownException;
import org.hotbackup.replication.Position;
import org.hotbackup.replication.Promoter;
import org.hotbackup.replication.Promotion;
import org.hotbackup.replication.SlaveSession;
import org.hotbackup.replication.SlaveSettings;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What an operator is told who promotes a slave server that was stopped. */
@Timeout(30)
class PromotionWatchTest {

    private static final Position LAST = new Position("h1", 7, 70);

    private final FilesInMemory kept = new FilesInMemory();
    private final ServerDefinition definition =
            ServerDefinition.of("fromprod", ServerSettings.parse("type=slave port=2000"), 0);
    private final ReplicationServer server = new ReplicationServer(
            definition,
            new PermanentLog(kept.files(), Clock.systemUTC(), Thread::new),
            new NoticeBoard((user, notice) -> {}),
            Clock.systemUTC());

    private static Promotion promotion(Position last) {
        return new Promotion(1, 2, last, 5_000, "dm", "the master burnt");
    }

    private static SlaveSession promoted(SlaveSession.Listener listener) {
        Applier applier = (Applier) Proxy.newProxyInstance(
                Applier.class.getClassLoader(),
                new Class<?>[] {Applier.class},
                (proxy, method, given) -> switch (method.getName()) {
                    case "position" -> Optional.of(LAST);
                    case "pending" -> 0L;
                    default -> Optional.empty();
                });
        SlaveSession session = new SlaveSession(
                new SlaveSettings("fromprod", "slave", "master"), listener, applier, id -> {}, (code, values) -> {});
        session.withoutListening();
        session.promote(new Promoter() {
            @Override
            public long helpersLeft() {
                return 0;
            }

            @Override
            public Promotion promote(Position last) {
                return promotion(last);
            }
        });
        for (long now = 0; now < 10; now++) {
            session.step(now);
        }
        return session;
    }

    @Test
    @Tag("FAULT-F14")
    void shouldSayThatTheOldMasterIsNotToldIfThePortIsTaken() {
        OperationReceipt receipt = PromotionWatch.outcome(server, promoted(() -> {
            throw new LinkDownException("BIND: TCP port 2000 cannot be listened on");
        }));

        assertThat(receipt.outcome()).isEqualTo(OperationReceipt.Outcome.DONE);
        assertThat(receipt.messageId()).isEqualTo(MessageCode.PROMOTED.id());
        assertThat(receipt.message())
                .startsWith("Slave server 'fromprod' is promoted: epoch 2, after transaction 7")
                .contains("The old master is NOT told and stays open", "BIND: TCP port 2000");
    }

    @Test
    @Tag("FAULT-F14")
    void shouldSayNothingOfItIfTheOldMasterCanCall() {
        Link link = (Link) Proxy.newProxyInstance(
                Link.class.getClassLoader(),
                new Class<?>[] {Link.class},
                (proxy, method, given) -> method.getName().equals("peer") ? "" : Optional.empty());

        assertThat(PromotionWatch.outcome(server, promoted(() -> link)).message())
                .isEqualTo(MessageCode.PROMOTED.text("fromprod", 2, 7, 70));
    }

    /** Its record said "stopped" for ever: the promoted server did not come back with its node (s7). */
    @Test
    @Tag("FAULT-F14")
    void shouldRunFromThenOnAlsoAfterARestartOfItsNode() {
        ServerDefinition promoted = ServerPromoter.promoted(definition, promotion(LAST));

        assertThat(definition.started()).isFalse();
        assertThat(ServerDefinition.ofItem("fromprod", promoted.toItem())).isEqualTo(promoted);
        assertThat(promoted.started()).isTrue();
        assertThat(promoted.succession().promotion()).contains(promotion(LAST));
    }
}
