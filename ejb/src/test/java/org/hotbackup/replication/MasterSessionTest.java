package org.hotbackup.replication;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.replication.Frame.Acknowledge;
import org.hotbackup.replication.Frame.Batch;
import org.hotbackup.replication.Frame.Checked;
import org.hotbackup.replication.Frame.Heartbeat;
import org.hotbackup.replication.Frame.HeartbeatReply;
import org.hotbackup.replication.Frame.Hello;
import org.hotbackup.replication.Frame.PositionReport;
import org.hotbackup.replication.Frame.Refuse;
import org.hotbackup.replication.Frame.Totals;
import org.hotbackup.replication.Frame.Upstream;
import org.hotbackup.txlog.LogEntry;
import org.hotbackup.txlog.QueueEmptiedException;
import org.hotbackup.txlog.QueueUnavailableException;
import org.hotbackup.txlog.TransactionLogQueue;
import org.hotbackup.verify.CheckReport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The master's side of a conversation, word by word. */
class MasterSessionTest {

    private static final String HISTORY = "h1";
    private static final Totals TOTALS = new Totals(0, 0, 0);

    private final List<MessageCode> messages = new ArrayList<>();
    private final List<LogEntry> queue = new ArrayList<>();
    private FakeLink link = new FakeLink();
    private QueueUnavailableException failure;
    private long conversation;
    private long lastLsn;
    private int taken;
    private long now = 1_000;
    private MasterSession master;

    private final class ListReader implements TransactionLogQueue.Reader {
        private int polled;

        @Override
        public Optional<LogEntry> poll() throws QueueUnavailableException {
            if (failure != null) {
                throw failure;
            }
            if (polled == queue.size()) {
                return Optional.empty();
            }
            taken++;
            return Optional.of(queue.get(polled++));
        }

        @Override
        public void acknowledge(long upToLsn) {
            while (polled > 0 && queue.get(0).lsn() <= upToLsn) {
                queue.remove(0);
                polled--;
            }
        }

        @Override
        public void close() {
            polled = 0;
        }
    }

    @BeforeEach
    void make() {
        make(0);
    }

    private void make(long txLogTimerMillis) {
        master = new MasterSession(
                new MasterSettings("todev", "master", HISTORY, "10.0.0.2:2000", 0, txLogTimerMillis),
                () -> link = new FakeLink(),
                ListReader::new,
                () -> lastLsn,
                () -> lastLsn,
                () -> now,
                () -> ++conversation,
                (code, values) -> messages.add(code));
    }

    @Test
    @Tag("HB-012")
    @Tag("HB-013")
    void shouldSendEverythingToASlaveThatHasNothing() {
        enqueue(10, 11, 12);
        answers(Optional.empty());

        assertThat(numbersSent()).containsExactly(1L, 2L, 3L);
        assertThat(queue).hasSize(3);
    }

    /** Refusals name nodes by their ids, and nothing showed that of the slave. */
    @Test
    void shouldKnowWhichNodeAnswered() {
        master.step(now);
        assertThat(master.slaveNodeId()).isEmpty();
        link.arrives(conversation, new PositionReport("slave", Optional.empty()));
        master.step(now);

        assertThat(master.slaveNodeId()).isEqualTo("slave");
    }

    /** A refused link looked like any other: its status is "Connected", or that of a call (s7). */
    @Test
    @Tag("HB-112")
    void shouldSayAsLongAsItIsSoThatTheSlavesPositionIsRefused() {
        assertThat(master.refusal()).isEmpty();
        queue.add(new LogEntry(12, 11, 0, new byte[1]));
        lastLsn = 12;
        answers(Optional.of(new Position(HISTORY, 1, 10)));
        StandingRefusal refused = master.refusal().orElseThrow();
        assertThat(refused.messageId()).isEqualTo(MessageCode.REFUSED_POSITION_BEHIND.id());
        assertThat(refused.text()).contains("stop and delete both servers of the pair", "hot-backup resync");
        assertThat(refused.isOfThePosition()).isTrue();
        now += 10_000;
        master.step(now);
        assertThat(master.refusal()).as("while it calls again").contains(refused);
        answers(Optional.of(new Position(HISTORY, 2, 11)));

        assertThat(master.refusal()).isEmpty();
        assertThat(numbersSent()).containsExactly(3L);
    }

    @Test
    @Tag("HB-112")
    void shouldKnowWhyTheSlaveRefuses() {
        master.step(now);
        link.arrives(conversation, new Refuse(MessageCode.REFUSED_UNKNOWN_HISTORY.id(), "another history"));
        master.step(now);
        assertThat(master.refusal())
                .contains(new StandingRefusal(
                        MessageCode.REFUSED_UNKNOWN_HISTORY.id(), "The slave says: another history"));
        now += 10_000;
        master.step(now);
        link.arrives(conversation, new Refuse(MessageCode.REFUSED_ANOTHER_MASTER.id(), "another master"));
        master.step(now);

        assertThat(master.refusal().orElseThrow().isOfThePosition()).isFalse();
    }

    /** After a slave had been away for more than one call its failure stayed the last word (R5). */
    @Test
    void shouldSayThatItIsConnectedAfterManyCallsInVain() {
        for (int call = 1; call <= 5; call++) {
            master.step(now);
            link.arrives(conversation, new PositionReport("slave", Optional.empty()));
            master.step(now);
            link.arrives(conversation, new Refuse(MessageCode.REFUSED_CIRCLE.id(), "a circle"));
            master.step(now);
            now += 10_000;
        }
        assertThat(messages).containsExactly(MessageCode.CONNECTED, MessageCode.SLAVE_REFUSED);

        answers(Optional.empty());
        link.arrives(conversation, new HeartbeatReply(0, 0, TOTALS));
        master.step(now);
        assertThat(messages).containsExactly(MessageCode.CONNECTED, MessageCode.SLAVE_REFUSED, MessageCode.CONNECTED);
    }

    /** A slave that refused a transaction again and again was "Waiting for ACK" to its master, and nothing else. */
    @Test
    @Tag("HB-033")
    @Tag("HB-112")
    void shouldSayWhichTransactionASlaveThatAnswersDoesNotAcknowledge() {
        enqueue(10, 11, 12);
        answers(Optional.empty());
        link.arrives(conversation, new Acknowledge(1, 10, TOTALS));
        master.step(now);
        long out = now;
        answersHeartbeats(3);
        assertThat(master.unacknowledged()).contains(new UnacknowledgedTransaction(2, out));
        assertThat(messages).containsExactly(MessageCode.CONNECTED, MessageCode.NOT_ACKNOWLEDGED);
        answersHeartbeats(3);
        assertThat(messages).as("it is said once").hasSize(2);

        link.arrives(conversation, new Acknowledge(2, 11, TOTALS));
        master.step(now);
        assertThat(master.unacknowledged()).isEmpty();
        assertThat(messages).endsWith(MessageCode.ACKNOWLEDGES_AGAIN);
        answersHeartbeats(1);
        assertThat(master.unacknowledged()).as("the next one has just begun").isEmpty();
        link.arrives(conversation, new Acknowledge(3, 12, TOTALS));
        master.step(now);
        answersHeartbeats(5);
        assertThat(master.unacknowledged()).as("nothing is out").isEmpty();
    }

    /** What went wrong meanwhile with something else is no answer to why it does not get through. */
    @Test
    @Tag("HB-112")
    void shouldSayWhyItDoesNotGetThroughUntilItDoes() {
        assertThat(master.callTrouble()).isEmpty();
        enqueue(10);
        answers(Optional.empty());
        link.arrives(conversation, new Refuse(MessageCode.CONVERSATION_OVER.id(), "over"));
        master.step(now);
        assertThat(master.callTrouble()).isEqualTo("The slave says: over");
        now += 10_000;
        master.step(now);
        link.arrives(conversation, new PositionReport("slave", Optional.empty()));
        master.step(now);

        assertThat(master.callTrouble()).isEmpty();
    }

    /** An answer that was asked for before the transaction went out says nothing about it. */
    @Test
    void shouldNotTakeAnAnswerToAnEarlierQuestionForOneThatFollowedOnATransaction() {
        answers(Optional.empty());
        now += MasterSettings.HEARTBEAT_MILLIS;
        master.step(now);
        enqueue(10);
        master.step(now);
        now += Unacknowledged.AFTER_MILLIS;
        link.arrives(conversation, new HeartbeatReply(0, 0, TOTALS));
        master.step(now);
        assertThat(master.unacknowledged()).isEmpty();

        link.arrives(conversation, new HeartbeatReply(0, 0, TOTALS));
        master.step(now);
        assertThat(master.unacknowledged()).isPresent();
    }

    @Test
    void shouldForgetWithTheConversationWhatWasNotAcknowledged() {
        enqueue(10);
        answers(Optional.empty());
        answersHeartbeats(4);
        assertThat(master.unacknowledged()).isPresent();
        link.arrives(conversation, new Refuse(MessageCode.CONVERSATION_OVER.id(), "over"));
        master.step(now);

        assertThat(master.unacknowledged()).isEmpty();
    }

    private void answersHeartbeats(int times) {
        for (int i = 0; i < times; i++) {
            now += MasterSettings.HEARTBEAT_MILLIS;
            master.step(now);
            long acknowledged = master.figures().ackedTransaction();
            link.arrives(
                    conversation, new HeartbeatReply(acknowledged, acknowledged == 0 ? 0 : acknowledged + 9, TOTALS));
            master.step(now);
        }
    }

    /** A clear of the queue under a connected server was reported as a queue that does not answer, an error. */
    @Test
    void shouldBeginAnewWithAWarningWhenItsQueueIsCleared() {
        enqueue(10, 11, 12);
        answers(Optional.empty());
        queue.clear();
        failure = new QueueEmptiedException("the queue of server todev was cleared");
        master.step(now);

        assertThat(messages).endsWith(MessageCode.QUEUE_EMPTIED);
        assertThat(MessageCode.QUEUE_EMPTIED.severity()).isEqualTo(MessageCode.Severity.WARNING);

        failure = null;
        now += 10_000;
        enqueue(13);
        answers(Optional.of(new Position(HISTORY, 3, 12)));
        assertThat(numbersSent()).containsExactly(4L);
    }

    @Test
    @Tag("HB-014")
    void shouldTakeOutOfTheQueueWhatIsAcknowledgedAndNothingElse() {
        enqueue(10, 11, 12);
        answers(Optional.empty());
        link.arrives(conversation, new Acknowledge(2, 11, TOTALS));
        master.step(now);

        assertThat(queue).extracting(LogEntry::lsn).containsExactly(12L);
        assertThat(master.figures().ackedTransaction()).isEqualTo(2);
    }

    @Test
    void shouldTellWhatTheSlaveReportsBeforeItSaysHowFarThatIs() {
        List<String> heard = new ArrayList<>();
        master.onReport(report -> heard.add(report.number() + " at " + master.acknowledgedLsn()));
        enqueue(10, 11, 12);
        assertThat(master.acknowledgedLsn()).isZero();
        answers(Optional.empty());
        link.arrives(conversation, new Checked(CheckReport.of(5, CheckReport.Finding.EQUAL)));
        link.arrives(conversation, new Acknowledge(2, 11, TOTALS));
        link.arrives(conversation, new Checked(CheckReport.of(6, CheckReport.Finding.EQUAL)));
        link.arrives(conversation, new Acknowledge(3, 12, TOTALS));
        master.step(now);

        assertThat(heard).containsExactly("5 at 0", "6 at 0");
        assertThat(master.acknowledgedLsn()).isEqualTo(12);
        master.close();
        assertThat(master.acknowledgedLsn()).isZero();
    }

    @Test
    @Tag("HB-013")
    void shouldGoOnAtTheSlavesPosition() {
        List<Long> placed = new ArrayList<>();
        master.onPlaced(placed::add);
        enqueue(10, 11, 12);
        answers(Optional.of(new Position(HISTORY, 41, 11)));

        assertThat(placed).containsExactly(11L);
        assertThat(numbersSent()).containsExactly(42L);
        assertThat(queue).extracting(LogEntry::lsn).containsExactly(12L);
    }

    /** The slave's home was restored from a copy that is older than what was acknowledged. */
    @Test
    void shouldRefuseASlaveThatWasRestoredFromAnOlderCopy() {
        enqueue(10, 11, 12);
        queue.remove(0);
        answers(Optional.of(new Position(HISTORY, 1, 9)));

        assertRefused(MessageCode.REFUSED_POSITION_BEHIND);
        assertThat(queue).extracting(LogEntry::lsn).containsExactly(11L, 12L);
    }

    /** The queue was cleared, or updates were not enqueued, after all that the slave has: nothing may ever follow. */
    @Test
    @Tag("HB-123")
    @Tag("HB-125")
    void shouldRefuseASlaveThatMissesSomethingWhileAllSeemsQuiet() {
        enqueue(10, 11);
        answers(Optional.empty());
        link.arrives(conversation, new Acknowledge(2, 11, TOTALS));
        master.step(now);
        assertThat(master.figures().status()).isEqualTo(ServerStatus.IDLE);
        link.said();
        lastLsn = 12;
        master.step(now);
        link.arrives(conversation, new HeartbeatReply(2, 11, TOTALS));
        now += MasterSettings.QUEUE_PATIENCE_MILLIS;
        master.step(now);
        assertThat(messages).doesNotContain(MessageCode.REFUSED_POSITION_BEHIND);
        assertThat(master.behindSinceMillis()).isZero();
        now++;
        List<Long> told = new ArrayList<>();
        master.onBehind(told::add);
        master.step(now);

        assertRefused(MessageCode.REFUSED_POSITION_BEHIND);
        assertThat(master.behindSinceMillis()).isEqualTo(now);
        assertThat(told).containsExactly(now);
        master.close();
        assertThat(master.behindSinceMillis()).as("also when it is stopped").isEqualTo(now);
    }

    @Test
    void shouldWaitForWhatComesOutOfTheQueueALittleLater() {
        enqueue(10);
        answers(Optional.empty());
        link.arrives(conversation, new Acknowledge(1, 10, TOTALS));
        master.step(now);
        link.said();
        LogEntry late = new LogEntry(11, lastLsn, 1_000, new byte[] {1});
        lastLsn = 11;
        master.step(now);
        now += MasterSettings.QUEUE_PATIENCE_MILLIS;
        queue.add(late);
        master.step(now);

        assertThat(numbersSent()).containsExactly(2L);
    }

    @Test
    @Tag("HB-124")
    void shouldRefuseToSendWhatFollowsOnAGap() {
        enqueue(10);
        answers(Optional.empty());
        link.said();
        lastLsn = 15;
        enqueue(20);
        link.arrives(conversation, new Acknowledge(1, 10, TOTALS));
        master.step(now);

        assertRefused(MessageCode.REFUSED_POSITION_BEHIND);
        assertThat(queue).extracting(LogEntry::lsn).containsExactly(20L);
    }

    @Test
    void shouldRefuseASlaveThatIsAheadOfIt() {
        enqueue(10);
        answers(Optional.of(new Position(HISTORY, 7, 99)));

        assertRefused(MessageCode.REFUSED_POSITION_AHEAD);
        assertThat(queue).hasSize(1);
    }

    @Test
    void shouldRefuseAPositionBetweenItsEntries() {
        enqueue(10, 20);
        answers(Optional.of(new Position(HISTORY, 7, 15)));

        assertRefused(MessageCode.REFUSED_POSITION_UNKNOWN);
        assertThat(queue).hasSize(2);
    }

    @Test
    void shouldRefuseASlaveOfAnotherHistory() {
        enqueue(10);
        answers(Optional.of(new Position("other", 1, 10)));

        assertRefused(MessageCode.REFUSED_UNKNOWN_HISTORY);
    }

    @Test
    @Tag("HB-013")
    @Tag("HB-014")
    @Tag("SUB-1")
    void shouldSendTheSameNumbersAgainAfterABrokenConversation() {
        enqueue(10, 11);
        answers(Optional.empty());
        assertThat(numbersSent()).containsExactly(1L, 2L);
        link.arrives(conversation, new Refuse(MessageCode.REFUSED_GAP.id(), "a gap"));
        master.step(now);
        enqueue(12);
        now += MasterSettings.CALL_AGAIN_MILLIS;
        answers(Optional.of(new Position(HISTORY, 1, 10)));

        assertThat(numbersSent()).containsExactly(2L, 3L);
    }

    @Test
    void shouldNotBelieveAnAcknowledgementOfWhatIsNotOut() {
        enqueue(10);
        answers(Optional.empty());
        link.said();
        link.arrives(conversation, new Acknowledge(5, 50, TOTALS));
        master.step(now);

        assertRefused(MessageCode.BAD_NETWORK_MESSAGE);
        assertThat(queue).hasSize(1);
    }

    @Test
    void shouldNotBelieveAnAcknowledgementWithAnotherLsn() {
        enqueue(10, 11, 12);
        answers(Optional.empty());
        link.said();
        link.arrives(conversation, new Acknowledge(2, 12, TOTALS));
        master.step(now);

        assertRefused(MessageCode.BAD_NETWORK_MESSAGE);
        assertThat(queue).hasSize(3);
    }

    /** A slave whose database was away was called again only after a pause as for one that never will be right. */
    @Test
    void shouldSoonCallASlaveAgainThatCannotAnswerNow() {
        master.step(now);
        link.arrives(conversation, new Refuse(MessageCode.SLAVE_CANNOT_ANSWER.id(), "the database is away"));
        long next = master.step(now);

        assertThat(messages).containsExactly(MessageCode.SLAVE_CALLS_FOR_REPEAT);
        assertThat(next - now).isLessThanOrEqualTo(MasterSettings.FIRST_CALL_AGAIN_MILLIS);
    }

    @Test
    void shouldIgnoreAnswersOfAnotherConversation() {
        enqueue(10, 11);
        answers(Optional.empty());
        link.said();
        link.arrives(conversation + 1, new Acknowledge(2, 11, TOTALS));
        link.arrives(conversation + 1, new Refuse(MessageCode.REFUSED_ANOTHER_MASTER.id(), "no"));
        master.step(now);

        assertThat(queue).hasSize(2);
        assertThat(link.said()).isEmpty();
    }

    @Test
    void shouldLetAFewTransactionsWaitForEachOtherWhileOthersAreOut() {
        enqueue(10);
        answers(Optional.empty());
        assertThat(numbersSent()).containsExactly(1L);
        enqueue(11);
        long next = master.step(now);
        assertThat(numbersSent()).isEmpty();
        assertThat(next).isEqualTo(now + MasterSettings.SMALL_BATCH_MILLIS);
        enqueue(12);
        now = next;
        master.step(now);

        assertThat(numbersSent()).containsExactly(2L, 3L);
    }

    /** The timer is for an empty queue: what was there goes at once, and a sleep ends only when its time is over. */
    @Test
    @Tag("HB-057")
    @Tag("SUB-13")
    void shouldSleepForTheTxLogTimerOnlyOnceTheQueueIsEmpty() {
        make(1_000);
        enqueue(LongStream.rangeClosed(1, 3L * MasterSettings.BATCH_TRANSACTIONS)
                .toArray());
        answers(Optional.empty());
        assertThat(numbersSent()).hasSize(3 * MasterSettings.BATCH_TRANSACTIONS);

        enqueue(lastLsn + 1);
        long wakes = master.step(now + 999);
        assertThat(numbersSent()).isEmpty();
        assertThat(wakes).isEqualTo(now + 1_000);

        master.step(wakes);
        assertThat(numbersSent()).containsExactly(lastLsn);
    }

    @Test
    @Tag("SUB-13")
    void shouldWaitForAnAcknowledgementForLongerThanForAWrite() {
        enqueue(10);
        answers(Optional.empty());
        link.said();

        master.step(now + 31_000);
        assertThat(link.said()).containsExactly(new Heartbeat(1));
        assertThat(messages).doesNotContain(MessageCode.NO_ANSWER);

        master.step(now + MasterSettings.NO_ACKNOWLEDGEMENT_MILLIS + 1);
        assertThat(messages).contains(MessageCode.NO_ANSWER);
        assertThat(queue).hasSize(1);
    }

    @Test
    void shouldNameBothVersionsToASlaveOfAnother() {
        master.step(now);
        link.said();
        byte[] report = FrameCodec.encode(conversation, new PositionReport("slave", Optional.empty()));
        report[2] = 9;
        link.arrives(report);
        master.step(now);

        assertRefused(MessageCode.REFUSED_VERSION);
    }

    @Test
    @Tag("SUB-20")
    void shouldNameTheNodesWhoseUpdatesItPassesOnBeforeItSendsAny() {
        List<String> upstream = new ArrayList<>(List.of("first"));
        master.passesOn(lsn -> List.copyOf(upstream));
        master.step(now);
        assertThat(link.said())
                .containsExactly(new Hello("todev", "master", HISTORY, 1), new Upstream(List.of("first")));
        link.arrives(conversation, new PositionReport("slave", Optional.empty()));
        master.step(now);
        assertThat(link.said())
                .as("again, should the slave have heard a later copy of the call only")
                .containsExactly(new Upstream(List.of("first")));
        upstream.add("second");
        enqueue(10);
        master.step(now);

        assertThat(link.said())
                .satisfiesExactly(
                        frame -> assertThat(frame).isEqualTo(new Upstream(List.of("first", "second"))),
                        frame -> assertThat(frame).isInstanceOf(Batch.class));
    }

    /** They are in the queue whatever is switched off meanwhile: until the slave has the last of them (HB2099). */
    @Test
    @Tag("HB-015")
    @Tag("SUB-20")
    void shouldNameNodesUntilTheSlaveHasTheLastUpdateOfTheirs() {
        List<Long> asked = new ArrayList<>();
        master.passesOn(lsn -> {
            asked.add(lsn);
            return lsn < 10 ? List.of("first") : List.of();
        });
        enqueue(10, 20);
        master.step(now);
        link.arrives(conversation, new PositionReport("slave", Optional.empty()));
        master.step(now);
        assertThat(link.said())
                .satisfiesExactly(
                        frame -> assertThat(frame).isInstanceOf(Hello.class),
                        frame -> assertThat(frame).isEqualTo(new Upstream(List.of("first"))),
                        frame -> assertThat(frame).isEqualTo(new Upstream(List.of("first"))),
                        frame -> assertThat(frame).isInstanceOf(Batch.class));
        link.arrives(conversation, new Acknowledge(1, 10, new Totals(1, 0, 0)));
        master.step(now);

        assertThat(link.said()).containsExactly(new Upstream(List.of()));
        assertThat(asked).contains(0L, 10L);
    }

    /** An item of dm,hb.log,upstream was damaged: any of them may be the slave's own. */
    @Test
    @Tag("HB-015")
    @Tag("SUB-20")
    void shouldRefuseASlaveThatWouldGetUpdatesOfNobodyKnowsWhom() {
        master.passesOn(lsn -> lsn < 20 ? List.of("first", Sources.UNKNOWN) : List.of("first"));
        enqueue(10, 20, 30);
        master.step(now);
        assertThat(link.said())
                .containsExactly(new Hello("todev", "master", HISTORY, 1), new Upstream(List.of("first")));
        link.arrives(conversation, new PositionReport("slave", Optional.of(new Position(HISTORY, 1, 10))));
        master.step(now);
        assertRefused(MessageCode.REFUSED_UPSTREAM_UNKNOWN);
        assertThat(master.refusal())
                .hasValueSatisfying(refused -> assertThat(refused.text()).contains("after LSN 10"));
        assertThat(messages).doesNotContain(MessageCode.CONNECTED);

        now += MasterSettings.CALL_AGAIN_MILLIS;
        master.step(now);
        link.said();
        link.arrives(conversation, new PositionReport("slave", Optional.of(new Position(HISTORY, 2, 20))));
        master.step(now);
        assertThat(link.said())
                .satisfiesExactly(
                        frame -> assertThat(frame).isEqualTo(new Upstream(List.of("first"))),
                        frame -> assertThat(frame).isInstanceOf(Batch.class));
    }

    /** The same while it sends: a slave server of its node may be given another master. */
    @Test
    @Tag("HB-015")
    void shouldSendNothingMoreOnceItIsNotKnownWhoseItIs() {
        List<String> upstream = new ArrayList<>();
        master.passesOn(lsn -> List.copyOf(upstream));
        master.step(now);
        link.arrives(conversation, new PositionReport("slave", Optional.empty()));
        master.step(now);
        link.said();
        upstream.add(Sources.UNKNOWN);
        enqueue(10);
        master.step(now);

        assertRefused(MessageCode.REFUSED_UPSTREAM_UNKNOWN);
    }

    /** Nobody else takes the list back that was said before the slave's position was known. */
    @Test
    @Tag("HB-015")
    void shouldSayThatItPassesOnNothingIfTheSlaveStandsBehindIt() {
        master.passesOn(lsn -> lsn < 10 ? List.of("first") : List.of());
        enqueue(10, 20);
        master.step(now);
        link.said();
        link.arrives(conversation, new PositionReport("slave", Optional.of(new Position(HISTORY, 1, 10))));
        master.step(now);

        assertThat(link.said())
                .satisfiesExactly(
                        frame -> assertThat(frame).isEqualTo(new Upstream(List.of())),
                        frame -> assertThat(frame).isInstanceOf(Batch.class));
    }

    /** Between two looks at the list a slave server of this node can begin to log. */
    @Test
    @Tag("HB-015")
    void shouldNameTheNodesOfWhatCameOutOfTheQueueAMomentAgo() {
        master.passesOn(lsn -> taken == 2 ? List.of("first") : List.of());
        enqueue(10, 20);
        master.step(now);
        link.said();
        link.arrives(conversation, new PositionReport("slave", Optional.empty()));
        master.step(now);

        assertThat(link.said())
                .satisfiesExactly(
                        frame -> assertThat(frame).isEqualTo(new Upstream(List.of("first"))),
                        frame -> assertThat(frame).isInstanceOf(Batch.class));
    }

    private void enqueue(long... lsns) {
        for (long lsn : lsns) {
            queue.add(new LogEntry(lsn, lastLsn, 1_000, new byte[] {1}));
            lastLsn = lsn;
        }
    }

    private void answers(Optional<Position> position) {
        master.step(now);
        assertThat(link.said()).containsExactly(new Hello("todev", "master", HISTORY, 1));
        link.arrives(conversation, new PositionReport("slave", position));
        master.step(now);
    }

    private List<Long> numbersSent() {
        List<Long> numbers = new ArrayList<>();
        for (Frame frame : link.said()) {
            Batch batch = (Batch) frame;
            for (int i = 0; i < batch.entries().size(); i++) {
                numbers.add(batch.firstTransaction() + i);
            }
        }
        return numbers;
    }

    private void assertRefused(MessageCode code) {
        assertThat(messages).contains(code);
        assertThat(link.said()).last().isInstanceOfSatisfying(Refuse.class, refuse -> assertThat(refuse.messageId())
                .isEqualTo(code.id()));
    }
}
