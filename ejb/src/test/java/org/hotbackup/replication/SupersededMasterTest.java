package org.hotbackup.replication;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.replication.Frame.Batch;
import org.hotbackup.replication.Frame.Hello;
import org.hotbackup.replication.Frame.PositionReport;
import org.hotbackup.replication.Frame.Promoted;
import org.hotbackup.replication.Frame.Refuse;
import org.hotbackup.txlog.LogEntry;
import org.hotbackup.txlog.TransactionLogQueue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** An old master comes back: the slave that was promoted tells it so. */
class SupersededMasterTest {

    private static final String HISTORY = "h1";
    private static final Promoted PROMOTED = new Promoted("standby", 2, new Position(HISTORY, 1, 10));

    private final List<MessageCode> messages = new ArrayList<>();
    private final List<Promoted> superseded = new ArrayList<>();
    private final List<Long> acknowledged = new ArrayList<>();
    private FakeLink link = new FakeLink();
    private long conversation;
    private long epoch = 1;
    private long now = 1_000;
    private MasterSession master;

    private final class TwoEntries implements TransactionLogQueue.Reader {
        private final List<LogEntry> entries =
                new ArrayList<>(List.of(new LogEntry(10, 0, 1, new byte[1]), new LogEntry(11, 10, 1, new byte[1])));

        @Override
        public Optional<LogEntry> poll() {
            return entries.isEmpty() ? Optional.empty() : Optional.of(entries.remove(0));
        }

        @Override
        public void acknowledge(long upToLsn) {
            acknowledged.add(upToLsn);
        }

        @Override
        public void close() {
            entries.clear();
        }
    }

    @BeforeEach
    void make() {
        make(Epochs.FIRST);
    }

    private void make(long definedAtEpoch) {
        master = new MasterSession(
                new MasterSettings("todev", "prod", HISTORY, "10.0.0.2:2000", 0, 0),
                () -> link = new FakeLink(),
                TwoEntries::new,
                () -> 11,
                () -> 11,
                () -> now,
                () -> ++conversation,
                (code, values) -> messages.add(code));
        master.epoch(() -> epoch, definedAtEpoch);
        master.onSuperseded(superseded::add);
    }

    @Test
    @Tag("FAULT-F14")
    void shouldBelieveASlaveOfItsHistoryThatWasPromotedAndTakeNothingOutOfItsQueue() {
        for (int i = 0; i < 5; i++) {
            answered(PROMOTED, new Refuse(MessageCode.REFUSED_PROMOTED.id(), "promoted"));
        }
        assertThat(superseded).isNotEmpty().containsOnly(PROMOTED);
        assertThat(messages).as("said once").containsExactly(MessageCode.SUPERSEDED);
        assertThat(acknowledged).isEmpty();
    }

    @Test
    void shouldNotBelieveThePromotionOfAnotherHistory() {
        answered(
                new Promoted("standby", 2, new Position("h2", 1, 10)),
                new Refuse(MessageCode.REFUSED_PROMOTED.id(), "promoted"));

        assertThat(superseded).isEmpty();
        assertThat(messages).containsExactly(MessageCode.SLAVE_REFUSED);
    }

    @Test
    void shouldNotBelieveAPromotionThatIsOlderThanItself() {
        epoch = 3;
        make(3);
        answered(
                new Promoted("standby", 3, new Position(HISTORY, 1, 10)),
                new Refuse(MessageCode.REFUSED_PROMOTED.id(), "promoted"));

        assertThat(superseded).isEmpty();
        assertThat(messages).containsExactly(MessageCode.SLAVE_REFUSED);
    }

    @Test
    void shouldBelieveAPromotionThatItsNodeHasHeardOfElsewhere() {
        epoch = 2;
        answered(PROMOTED);

        assertThat(superseded).containsExactly(PROMOTED);
    }

    @Test
    void shouldCallAgainWhenItsNodeTookANewEpoch() {
        master.step(now);
        link.arrives(conversation, new PositionReport("slave", Optional.empty()));
        master.step(now);
        assertThat(link.said()).last().isInstanceOf(Batch.class);
        epoch = 2;
        master.step(now);

        assertThat(conversation).isEqualTo(2);
        assertThat(link.said()).containsExactly(new Hello("todev", "prod", HISTORY, 2));
    }

    private void answered(Frame... frames) {
        master.step(now);
        for (Frame frame : frames) {
            link.arrives(conversation, frame);
        }
        master.step(now);
        now += MasterSettings.CALL_AGAIN_MILLIS;
    }
}
