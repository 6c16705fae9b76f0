package org.hotbackup.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hotbackup.replication.ServerStatus.CONNECTED;
import static org.hotbackup.replication.ServerStatus.IDLE;
import static org.hotbackup.replication.ServerStatus.READING_NETWORK;
import static org.hotbackup.replication.ServerStatus.READING_QUEUE;
import static org.hotbackup.replication.ServerStatus.STOPPED;
import static org.hotbackup.replication.ServerStatus.WAITING_FOR_ACK;
import static org.hotbackup.replication.ServerStatus.WAIT_INCOMING_CALL;
import static org.hotbackup.replication.ServerStatus.WAIT_RESPONSE_TO_CALL;
import static org.hotbackup.replication.ServerStatus.WRITING_TO_NETWORK;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.replication.Frame.Acknowledge;
import org.hotbackup.replication.Frame.Heartbeat;
import org.hotbackup.replication.Frame.Hello;
import org.hotbackup.replication.Frame.PositionReport;
import org.hotbackup.replication.Frame.Totals;
import org.hotbackup.txlog.LogEntry;
import org.hotbackup.txlog.QueueUnavailableException;
import org.hotbackup.txlog.TransactionLogQueue;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Each of the nine statuses at the moment in which it is true, also while a call, a write or an apply blocks. */
class ServerStatusTest {

    private static final String HISTORY = "h1";
    private static final Hello MASTER = new Hello("todev", "master", HISTORY, 1);

    private final FakeLink link = new FakeLink();
    private final List<MessageCode> messages = new ArrayList<>();
    private final List<LogEntry> queue = new ArrayList<>();
    private final Set<ServerStatus> whilePolling = new LinkedHashSet<>();
    private final Set<ServerStatus> whileSending = new LinkedHashSet<>();
    private final Set<ServerStatus> whileCalling = new LinkedHashSet<>();
    private final Set<ServerStatus> whileOpening = new LinkedHashSet<>();
    private final Set<ServerStatus> whileApplying = new LinkedHashSet<>();
    private boolean hostIsDown;
    private boolean portInUse;
    private boolean queueIsDown;
    private boolean outOfMemory;
    private long now = 1_000;
    private MasterSession master;
    private SlaveSession slave;

    private void makeMaster() {
        master = new MasterSession(
                new MasterSettings("todev", "master", HISTORY, "10.0.0.2:2000", 0, 0),
                this::call,
                this::open,
                () -> queue.isEmpty() ? 0 : queue.get(queue.size() - 1).lsn(),
                () -> queue.isEmpty() ? 0 : queue.get(queue.size() - 1).lsn(),
                () -> now,
                () -> 1,
                (code, values) -> messages.add(code));
        link.whileSending(() -> whileSending.add(master.figures().status()));
    }

    private Link call() throws LinkDownException {
        whileCalling.add(master.figures().status());
        if (outOfMemory) {
            throw new OutOfMemoryError("Cannot reserve direct buffer memory");
        }
        if (hostIsDown) {
            throw new LinkDownException("connection refused");
        }
        return link;
    }

    private TransactionLogQueue.Reader open() throws QueueUnavailableException {
        whileOpening.add(master.figures().status());
        if (queueIsDown) {
            throw new QueueUnavailableException("the journal is locked", null);
        }
        return new TransactionLogQueue.Reader() {
            private int polled;

            @Override
            public Optional<LogEntry> poll() {
                if (master.figures().peer().isEmpty()) {
                    throw new IllegalStateException("read without a link");
                }
                whilePolling.add(master.figures().status());
                return polled < queue.size() ? Optional.of(queue.get(polled++)) : Optional.empty();
            }

            @Override
            public void acknowledge(long upToLsn) {
                // the queue of this test keeps everything
            }

            @Override
            public void close() {
                polled = 0;
            }
        };
    }

    private void makeSlave() throws LinkDownException {
        slave = new SlaveSession(
                new SlaveSettings("fromprod", "slave", ""),
                () -> {
                    if (portInUse) {
                        throw new LinkDownException("BIND");
                    }
                    return link;
                },
                new IdleApplier() {
                    @Override
                    public Outcome apply(List<ReceivedTransaction> transactions, Position reached)
                            throws ApplyBlockedException {
                        whileApplying.add(slave.figures().status());
                        if (outOfMemory) {
                            throw new OutOfMemoryError("Cannot reserve direct buffer memory");
                        }
                        return super.apply(transactions, reached);
                    }
                },
                nodeId -> {},
                (code, values) -> messages.add(code));
        slave.listen();
        link.whileSending(() -> whileSending.add(slave.figures().status()));
    }

    private void enqueue(long lsn) {
        long previous = queue.isEmpty() ? 0 : queue.get(queue.size() - 1).lsn();
        queue.add(new LogEntry(lsn, previous, 1_000, new byte[] {1}));
    }

    private void placed() {
        master.step(now);
        link.arrives(1, new PositionReport("slave", Optional.empty()));
        master.step(now);
    }

    private ServerStatus ofMaster() {
        return master.figures().status();
    }

    private ServerStatus ofSlave() {
        return slave.figures().status();
    }

    @Test
    @Tag("HB-112")
    void shouldWaitForTheResponseToItsCallWhileItCallsAndBetweenCalls() {
        makeMaster();
        hostIsDown = true;
        assertThat(ofMaster()).isEqualTo(WAIT_RESPONSE_TO_CALL);
        master.step(now);

        assertThat(whileCalling).containsExactly(WAIT_RESPONSE_TO_CALL);
        assertThat(ofMaster()).isEqualTo(WAIT_RESPONSE_TO_CALL);
        assertThat(master.figures().peer()).isEmpty();
    }

    @Test
    @Tag("HB-112")
    void shouldBeConnectedUntilMasterAndSlaveKnowWhereToGoOn() {
        makeMaster();
        enqueue(10);
        master.step(now);

        assertThat(ofMaster()).isEqualTo(CONNECTED);
    }

    @Test
    @Tag("HB-112")
    void shouldReadItsQueueWhileItOpensItAndTakesEntries() {
        makeMaster();
        enqueue(10);
        placed();

        assertThat(whileOpening).containsExactly(READING_QUEUE);
        assertThat(whilePolling).contains(READING_QUEUE).doesNotContain(WRITING_TO_NETWORK, IDLE);
    }

    @Test
    @Tag("HB-112")
    void shouldWriteToTheNetworkWhileAWriteBlocks() {
        makeMaster();
        enqueue(10);
        placed();

        assertThat(whileSending).containsExactly(WRITING_TO_NETWORK);
    }

    @Test
    @Tag("HB-112")
    void shouldWriteToTheNetworkUntilTheOtherSideTookItAndThenWaitForTheAcknowledgement() {
        makeMaster();
        enqueue(10);
        link.writing(true);
        placed();
        assertThat(ofMaster()).isEqualTo(WRITING_TO_NETWORK);

        link.writing(false);
        assertThat(ofMaster()).as("without another step").isEqualTo(WAITING_FOR_ACK);
        assertThat(master.figures().currentTransaction()).isEqualTo(1);
        assertThat(master.figures().ackedTransaction()).isZero();
    }

    @Test
    @Tag("HB-112")
    void shouldBeIdleOnlyWhenEverythingIsAcknowledged() {
        makeMaster();
        enqueue(10);
        placed();
        link.arrives(1, new Acknowledge(1, 10, new Totals(1, 0, 0)));
        master.step(now);

        assertThat(ofMaster()).isEqualTo(IDLE);
    }

    @Test
    @Tag("HB-112")
    void shouldNotSpeakOfASlaveThatIsGone() {
        makeMaster();
        enqueue(10);
        placed();
        now += MasterSettings.NO_ACKNOWLEDGEMENT_MILLIS + 1;
        master.step(now);

        assertThat(ofMaster()).isEqualTo(WAIT_RESPONSE_TO_CALL);
        assertThat(master.figures().peer()).isEmpty();
    }

    @Test
    @Tag("HB-112")
    void shouldNotSeemConnectedWhileItsQueueDoesNotAnswer() {
        makeMaster();
        queueIsDown = true;
        master.step(now);

        assertThat(ofMaster()).isEqualTo(WAIT_RESPONSE_TO_CALL);
        assertThat(messages).containsExactly(MessageCode.QUEUE_UNAVAILABLE);
    }

    @Test
    @Tag("HB-112")
    void shouldBeStoppedAfterItsEnd() throws LinkDownException {
        makeMaster();
        placed();
        master.close();
        assertThat(ofMaster()).isEqualTo(STOPPED);
        makeSlave();
        slave.close();
        assertThat(ofSlave()).isEqualTo(STOPPED);
        assertThat(slave.figures().peer()).isEmpty();
    }

    @Test
    @Tag("HB-112")
    void shouldWaitForACallFromTheMomentItListens() throws LinkDownException {
        makeSlave();

        assertThat(ofSlave()).isEqualTo(WAIT_INCOMING_CALL);
        assertThat(slave.figures().peer()).isEmpty();
    }

    @Test
    @Tag("HB-112")
    void shouldBeConnectedJustAfterACallAndReadTheNetworkThen() throws LinkDownException {
        makeSlave();
        link.arrives(1, MASTER);
        slave.step(now);
        assertThat(ofSlave()).isEqualTo(CONNECTED);
        link.arrives(1, new Heartbeat(0));
        slave.step(now);

        assertThat(ofSlave()).isEqualTo(READING_NETWORK);
        assertThat(whileSending).containsExactly(WRITING_TO_NETWORK);
    }

    /** Before, it still waited for a call while it applied what its caller had sent. */
    @Test
    @Tag("HB-112")
    void shouldReadTheNetworkDuringALongApplyOfWhatCameWithTheCall() throws LinkDownException {
        makeSlave();
        link.arrives(1, MASTER);
        link.arrives(1, SlaveSessionTest.batch(1, 0, 10, 11));
        slave.step(now);

        assertThat(whileApplying).containsExactly(READING_NETWORK);
        assertThat(slave.figures().currentTransaction()).isEqualTo(2);
    }

    @Test
    @Tag("HB-112")
    void shouldWaitForACallAgainWhenItsMasterHangsUpOrFallsSilent() throws LinkDownException {
        makeSlave();
        link.arrives(1, MASTER);
        link.arrives(1, new Heartbeat(0));
        slave.step(now);
        now += SlaveSettings.SILENCE_MILLIS + 1;
        slave.step(now);
        assertThat(ofSlave()).isEqualTo(WAIT_INCOMING_CALL);
        link.arrives(1, new Heartbeat(0));
        slave.step(now);
        assertThat(ofSlave()).isEqualTo(READING_NETWORK);

        link.hangsUp();
        assertThat(ofSlave()).as("without another step").isEqualTo(WAIT_INCOMING_CALL);
        assertThat(slave.figures().peer()).isEmpty();
    }

    /** Before, it waited for calls that nobody could make. */
    @Test
    @Tag("HB-112")
    void shouldNotWaitForACallOnAPortThatItCannotListenOn() throws LinkDownException {
        makeSlave();
        outOfMemory = true;
        portInUse = true;
        link.arrives(1, MASTER);
        link.arrives(1, SlaveSessionTest.batch(1, 0, 10));
        slave.step(now);
        assertThat(ofSlave()).isEqualTo(STOPPED);
        now += SlaveSettings.LISTEN_AGAIN_MILLIS;
        slave.step(now);
        assertThat(ofSlave()).isEqualTo(STOPPED);
        assertThat(messages).endsWith(MessageCode.LINK_DOWN);

        portInUse = false;
        now += SlaveSettings.LISTEN_AGAIN_MILLIS;
        slave.step(now);
        assertThat(ofSlave()).isEqualTo(WAIT_INCOMING_CALL);
    }

    @Test
    @Tag("HB-151")
    void shouldSayThatMemoryRanOutAndBeginAgain() throws LinkDownException {
        makeMaster();
        outOfMemory = true;
        master.step(now);
        assertThat(messages).containsExactly(MessageCode.MALLOC_ERROR);
        outOfMemory = false;
        now += MasterSettings.CALL_AGAIN_MILLIS;
        master.step(now);
        assertThat(ofMaster()).isEqualTo(CONNECTED);

        makeSlave();
        messages.clear();
        outOfMemory = true;
        link.arrives(1, MASTER);
        link.arrives(1, SlaveSessionTest.batch(1, 0, 10));
        slave.step(now);
        assertThat(messages).containsExactly(MessageCode.CONNECTED, MessageCode.MALLOC_ERROR);
    }
}
