package org.hotbackup.replication;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.model.FilePath;
import org.hotbackup.replication.Frame.Acknowledge;
import org.hotbackup.replication.Frame.Batch;
import org.hotbackup.replication.Frame.Checked;
import org.hotbackup.replication.Frame.Heartbeat;
import org.hotbackup.replication.Frame.Hello;
import org.hotbackup.replication.Frame.PositionReport;
import org.hotbackup.replication.Frame.Refuse;
import org.hotbackup.replication.Frame.Totals;
import org.hotbackup.replication.Frame.Upstream;
import org.hotbackup.txlog.LogEntry;
import org.hotbackup.verify.CheckReport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The slave's side of a conversation, word by word. */
class SlaveSessionTest {

    private static final Logger SESSIONS = Logger.getLogger("org.hotbackup.replication");
    private static final String HISTORY = "h1";
    private static final Hello MASTER = new Hello("todev", "master", HISTORY, 1);

    private final FakeLink link = new FakeLink();
    private final RecordingApplier applier = new RecordingApplier();
    private final List<MessageCode> messages = new ArrayList<>();
    private final List<String> texts = new ArrayList<>();
    private final List<String> masters = new ArrayList<>();
    private long now = 1_000;
    private SlaveSession slave;

    /** A database that may lose the answer to a commit. */
    private static final class RecordingApplier implements Applier {
        private final List<String> received = new ArrayList<>();
        private boolean keepsNothing;

        @Override
        public boolean receives(List<String> nodeIds, boolean nothingWaits) {
            if (keepsNothing) {
                throw new StoreUnavailableException("the disk is away", null);
            }
            String kept = nodeIds + (nothingWaits ? " after " : " with ") + numbers;
            boolean isNew =
                    received.isEmpty() || !received.get(received.size() - 1).startsWith(nodeIds.toString());
            received.add(kept);
            return isNew;
        }

        private final List<Long> numbers = new ArrayList<>();
        private final List<ReceivedTransaction> delayed = new ArrayList<>();
        private final List<Integer> delayedAttempts = new ArrayList<>();
        private int delayedAtOnce = 1;
        private final List<String> setAside = new ArrayList<>();
        private Optional<Position> position = Optional.empty();
        private List<CheckReport> reports = List.of();
        private List<FilePath> created = List.of();
        private List<Integer> unreadable = List.of();
        private Runnable whileApplying = () -> {};
        private Runnable whileDelaying = () -> {};
        private boolean answerLost;
        private boolean blocked;
        private boolean away;
        private long poisonous;

        @Override
        public Optional<Position> position() {
            if (away) {
                throw new StoreUnavailableException("its position could not be read: the database is away", null);
            }
            return position;
        }

        @Override
        public Outcome apply(List<ReceivedTransaction> transactions, Position reached) throws ApplyBlockedException {
            whileApplying.run();
            if (transactions.stream().anyMatch(transaction -> transaction.number() == poisonous)) {
                throw new IllegalStateException("it does not go");
            }
            if (blocked) {
                throw new ApplyBlockedException(ApplyBlockedException.Cause.DATABASE, "the disk is full", null);
            }
            transactions.forEach(transaction -> numbers.add(transaction.number()));
            position = Optional.of(reached);
            if (answerLost) {
                answerLost = false;
                throw new ApplyBlockedException(
                        ApplyBlockedException.Cause.DATABASE, "the connection broke during the commit", null);
            }
            return new Outcome(transactions.size(), 0, 0, Optional.empty(), reports, created, unreadable);
        }

        @Override
        public Outcome delay(List<ReceivedTransaction> transactions, Position reached) throws ApplyBlockedException {
            whileDelaying.run();
            delayed.addAll(transactions);
            position = Optional.of(reached);
            return new Outcome(0, transactions.size(), 0, Optional.empty());
        }

        @Override
        public Outcome applyDelayed(int most) {
            whileApplying.run();
            delayedAttempts.add(most);
            List<ReceivedTransaction> first =
                    List.copyOf(delayed.subList(0, Math.min(Math.min(most, delayedAtOnce), delayed.size())));
            if (first.stream().anyMatch(transaction -> transaction.number() == poisonous)) {
                throw new IllegalStateException("it does not go");
            }
            delayed.removeAll(first);
            first.forEach(transaction -> numbers.add(transaction.number()));
            return new Outcome(first.size(), 0, 0, Optional.empty());
        }

        @Override
        public Optional<ReceivedTransaction> firstDelayed() {
            return delayed.stream().findFirst();
        }

        @Override
        public Outcome setAsideDelayed(ReceivedTransaction blocked, String reason) {
            delayed.remove(0);
            setAside.add(blocked.number() + " delayed " + reason);
            return new Outcome(0, 0, 1, Optional.of(new Lost(blocked.number(), reason)));
        }

        @Override
        public long pending() {
            return delayed.size();
        }

        @Override
        public Outcome setAside(
                ReceivedTransaction transaction, ApplyBlockedException.Cause why, String reason, Position reached) {
            setAside.add(transaction.number() + " " + why + " " + reason);
            position = Optional.of(reached);
            return new Outcome(0, 0, 1, Optional.of(new Lost(transaction.number(), reason)));
        }
    }

    @BeforeAll
    static void keepProvokedFailuresQuiet() {
        SESSIONS.setLevel(Level.OFF);
    }

    @BeforeEach
    void listen() throws LinkDownException {
        slave = new SlaveSession(
                new SlaveSettings("fromprod", "slave", ""), () -> link, applier, masters::add, (code, values) -> {
                    messages.add(code);
                    texts.add(code.text(values));
                });
        slave.listen();
    }

    @Test
    void shouldTellAMasterThatItNeverAppliedAnything() {
        says(1, MASTER);

        assertThat(link.said()).containsExactly(new PositionReport("slave", Optional.empty()));
        assertThat(masters).as("perhaps it passes on this node's own updates").isEmpty();
        says(1, new Heartbeat(0));
        says(1, new Heartbeat(0));
        assertThat(masters).containsExactly("master");
    }

    /** A wrong reverse pair counted as one that passes on updates, and had the right pair refused as well (R4). */
    @Test
    @Tag("HB-015")
    @Tag("SUB-20")
    void shouldNotBelongToAMasterThatClosesACircle() {
        says(1, MASTER);
        says(1, new Upstream(List.of("first", "slave")));
        assertRefused(MessageCode.REFUSED_CIRCLE);
        assertThat(masters).isEmpty();
        assertThat(link.said()).isEmpty();

        says(2, new Hello("toother", "another", "h2", 1));
        says(2, batch(1, 0, 10));
        assertThat(masters).containsExactly("another");
        assertThat(applier.numbers).containsExactly(1L);
    }

    @Test
    @Tag("HB-015")
    void shouldNameTheServersOfACircle() {
        greeted();
        says(1, new Upstream(List.of("slave")));

        assertThat(link.said()).last().isInstanceOfSatisfying(Refuse.class, refuse -> assertThat(refuse.text())
                .contains("master server 'todev'", "slave server 'fromprod'"));
    }

    /** Two master servers of one node threw each other out every two seconds for ever (R8). */
    @Test
    @Tag("HB-015")
    void shouldRefuseAnotherServerOfItsMasterWithoutDisturbingItsOwn() {
        List<String> servers = new ArrayList<>();
        slave.masterServer("", servers::add);
        greeted();
        says(1, batch(1, 0, 10));
        assertThat(servers).containsExactly("todev");
        link.said();

        says(2, new Hello("totest", "master", HISTORY, 1));
        assertThat(link.said()).singleElement().isInstanceOfSatisfying(Refuse.class, refuse -> {
            assertThat(refuse.messageId()).isEqualTo(MessageCode.REFUSED_ANOTHER_MASTER.id());
            assertThat(refuse.text()).contains("'todev' of node master", "'totest' of node master");
        });
        says(1, batch(2, 10, 11));
        assertThat(applier.numbers).containsExactly(1L, 2L);
        assertThat(link.said()).singleElement().isInstanceOf(Acknowledge.class);

        slave.step(now += SlaveSettings.SILENCE_MILLIS + 1);
        says(3, new Hello("totest", "master", HISTORY, 1));
        assertRefused(MessageCode.REFUSED_ANOTHER_MASTER);
        says(4, MASTER);
        assertThat(link.said()).singleElement().isInstanceOf(PositionReport.class);
    }

    /** While one talks another may not take its place, belonging or not. */
    @Test
    void shouldNotLeaveTheMasterThatItTalksTo() {
        says(1, MASTER);
        says(2, new Hello("tostandby", "somebody else", HISTORY, 1));
        assertRefused(MessageCode.REFUSED_ANOTHER_MASTER);

        now += SlaveSettings.SILENCE_MILLIS + 1;
        says(3, new Hello("tostandby", "somebody else", HISTORY, 1));
        says(3, new Heartbeat(0));
        assertThat(masters).containsExactly("somebody else");
    }

    @Test
    @Tag("SUB-2")
    void shouldApplyInOrderAndAcknowledgeOnceAfterTheCommit() {
        greeted();
        List<Long> committed = new ArrayList<>();
        link.whileSending(
                () -> committed.add(applier.position.map(Position::transaction).orElse(0L)));
        says(1, batch(1, 0, 10, 11, 12));

        assertThat(committed).as("in the database when it was acknowledged").containsExactly(3L);
        assertThat(applier.numbers).containsExactly(1L, 2L, 3L);
        assertThat(link.said()).singleElement().isInstanceOfSatisfying(Acknowledge.class, acknowledge -> {
            assertThat(acknowledge.transaction()).isEqualTo(3);
            assertThat(acknowledge.lsn()).isEqualTo(12);
        });
    }

    @Test
    @Tag("HB-154")
    void shouldSayOnceOfEachFileThatItsRecordCannotBeRead() {
        greeted();
        applier.unreadable = List.of(17);
        says(1, batch(1, 0, 10));
        applier.unreadable = List.of(17, 18);
        says(1, batch(2, 10, 11));

        assertThat(texts)
                .filteredOn(text -> text.contains("FOF item"))
                .containsExactly("Cannot read FOF item '17'", "Cannot read FOF item '18'");
    }

    /** Somebody deleted a file on the slave, and it came back with one item in it and without a word. */
    @Test
    @Tag("HB-017")
    void shouldSayWhichAccountsAndFilesItCreatedBecauseAnUpdateNeededThem() {
        greeted();
        applier.created = List.of(FilePath.masterDictionary("shop"), FilePath.data("shop", "orders"));
        says(1, batch(1, 0, 10));
        applier.created = List.of();
        says(1, batch(2, 10, 11));

        assertThat(texts)
                .filteredOn(text -> text.contains("auto-create"))
                .containsExactly(
                        MessageCode.AUTO_CREATED.text("account", "shop"),
                        MessageCode.AUTO_CREATED.text("file", "shop,orders"));
        assertThat(texts).anyMatch(text -> text.startsWith("The file 'shop,orders' was missing here and is created"));
    }

    @Test
    void shouldSayWhatItFoundAtChecksBeforeItAcknowledges() {
        greeted();
        CheckReport equal = CheckReport.of(5, CheckReport.Finding.EQUAL);
        CheckReport missing = CheckReport.of(6, CheckReport.Finding.NO_FILE);
        applier.reports = List.of(equal, missing);
        says(1, batch(1, 0, 10, 11));

        assertThat(link.said())
                .containsExactly(new Checked(equal), new Checked(missing), new Acknowledge(2, 11, new Totals(2, 0, 0)));
    }

    /** What was committed was applied a second time when the link broke before its acknowledgement. */
    @Test
    @Tag("SUB-1")
    void shouldNotApplyTwiceBecauseTheLinkBrokeBetweenAReportAndTheAcknowledgement() {
        greeted();
        applier.reports = List.of(CheckReport.of(5, CheckReport.Finding.EQUAL));
        link.broken(true);
        says(1, batch(1, 0, 10, 11));
        link.broken(false);
        now += SlaveSettings.LISTEN_AGAIN_MILLIS;
        says(2, MASTER);

        assertThat(link.said()).containsExactly(new PositionReport("slave", Optional.of(new Position(HISTORY, 2, 11))));
        says(2, batch(1, 0, 10, 11));
        assertThat(applier.numbers).containsExactly(1L, 2L);
    }

    @Test
    @Tag("HB-014")
    @Tag("SUB-1")
    void shouldDropWhatItHasAlready() {
        greeted();
        says(1, batch(1, 0, 10, 11));
        says(1, batch(1, 0, 10, 11, 12));

        assertThat(applier.numbers).containsExactly(1L, 2L, 3L);
    }

    @Test
    void shouldRefuseAGapAndKeepItsPosition() {
        greeted();
        says(1, batch(1, 0, 10));
        link.said();
        says(1, batch(3, 11, 12));

        assertThat(link.said()).singleElement().isInstanceOfSatisfying(Refuse.class, refuse -> assertThat(
                        refuse.messageId())
                .isEqualTo(MessageCode.REFUSED_GAP.id()));
        assertThat(applier.numbers).containsExactly(1L);
    }

    @Test
    void shouldRefuseANumberThatFollowsWithAnLsnThatDoesNot() {
        greeted();
        says(1, batch(1, 0, 10));
        link.said();
        says(1, batch(2, 11, 12));

        assertThat(link.said()).singleElement().isInstanceOf(Refuse.class);
        assertThat(applier.numbers).containsExactly(1L);
    }

    @Test
    void shouldNoticeByAHeartbeatThatTheLastBatchGotLost() {
        greeted();
        says(1, new Heartbeat(5));

        assertThat(link.said()).singleElement().isInstanceOf(Refuse.class);
    }

    @Test
    void shouldRefuseAnotherMasterWithoutDisturbingItsOwn() {
        greeted();
        says(2, new Hello("todev", "somebody else", HISTORY, 1));
        says(1, batch(1, 0, 10));

        List<Frame> said = link.said();
        assertThat(said.get(0)).isInstanceOfSatisfying(Refuse.class, refuse -> assertThat(refuse.messageId())
                .isEqualTo(MessageCode.REFUSED_ANOTHER_MASTER.id()));
        assertThat(said.get(1)).isInstanceOf(Acknowledge.class);
        assertThat(masters).containsExactly("master");
    }

    @Test
    @Tag("FAULT-F14")
    void shouldRefuseANodeThatGivesTheNameOfAnother() {
        greeted();
        link.certificateOf("other");
        says(2, MASTER);

        assertThat(link.said()).singleElement().isInstanceOfSatisfying(Refuse.class, refuse -> {
            assertThat(refuse.messageId()).isEqualTo("HB2225");
            assertThat(refuse.text()).contains("says it is node master, but its certificate is that of node other");
        });
        assertThat(messages).endsWith(MessageCode.REFUSED_FALSE_NODE);
        link.certificateOf("master");
        says(1, batch(1, 0, 10));
        assertThat(applier.numbers).containsExactly(1L);
    }

    @Test
    @Tag("FAULT-F14")
    void shouldNotBelongToANodeThatGivesTheNameOfAnother() {
        link.certificateOf("");
        says(1, MASTER);

        assertThat(masters).isEmpty();
        assertThat(link.said()).singleElement().isInstanceOfSatisfying(Refuse.class, refuse -> assertThat(refuse.text())
                .contains("its certificate is that of no node"));
    }

    /** Every peer may listen to what the slave answers, and so knows the number of the conversation. */
    @Test
    @Tag("FAULT-F14")
    void shouldTakeNothingOfAnotherNodeForItsMasters() throws Exception {
        link.certificateOf("master");
        greeted();
        link.certificateOf("other");
        says(1, batch(1, 0, 10));
        says(1, new Heartbeat(99));
        says(1, new Refuse("HB2030", "go away"));
        byte[] damaged = FrameCodec.encode(1, new Heartbeat(0));
        damaged[damaged.length - 1] ^= 1;
        link.arrives(damaged);
        byte[] ofAnotherVersion = FrameCodec.encode(1, new Heartbeat(0));
        ofAnotherVersion[2] = 9;
        link.arrives(ofAnotherVersion);
        slave.step(now);

        assertThat(link.said()).isEmpty();
        assertThat(applier.numbers).isEmpty();
        assertThat(messages)
                .endsWith(MessageCode.FRAME_OF_ANOTHER_NODE, MessageCode.BAD_NETWORK_MESSAGE)
                .filteredOn(MessageCode.FRAME_OF_ANOTHER_NODE::equals)
                .hasSize(1);
        link.certificateOf("master");
        says(1, batch(1, 0, 10));
        assertThat(applier.numbers).containsExactly(1L);
    }

    @Test
    void shouldRefuseItsMasterWithAnotherHistory() {
        greeted();
        says(1, batch(1, 0, 10));
        link.said();
        says(2, new Hello("todev", "master", "restored", 1));

        assertThat(link.said()).singleElement().isInstanceOfSatisfying(Refuse.class, refuse -> assertThat(
                        refuse.messageId())
                .isEqualTo(MessageCode.REFUSED_UNKNOWN_HISTORY.id()));
    }

    /** Whole transactions only: what the stop cut off is said, and comes again with the next conversation. */
    @Test
    @Tag("HB-180")
    void shouldHideNothingWhenItsMasterStopsInTheMiddle() {
        greeted();
        says(1, batch(1, 0, 10));
        byte[] cutOff = FrameCodec.encode(1, batch(2, 10, 11));
        link.arrives(Arrays.copyOf(cutOff, cutOff.length / 2));
        slave.step(now);
        assertThat(applier.numbers).containsExactly(1L);
        assertThat(messages).contains(MessageCode.BAD_NETWORK_MESSAGE);

        says(2, MASTER);
        says(2, batch(2, 10, 11));
        assertThat(applier.numbers).containsExactly(1L, 2L);
        assertThat(slave.figures().lostAndFound()).isZero();
    }

    /** Not skipped, however often it is tried: it blocks the head of the queue until it can be done. */
    @Test
    @Tag("HB-033")
    @Tag("HB-181")
    void shouldNeverSkipATransactionThatCannotBeApplied() {
        greeted();
        applier.blocked = true;
        says(1, batch(1, 0, 10));
        says(1, batch(2, 10, 11));
        for (int i = 0; i < 20; i++) {
            now += SlaveSettings.APPLY_AGAIN_MILLIS;
            says(1, new Heartbeat(2));
        }
        assertThat(slave.figures().ackedTransaction()).isZero();
        assertThat(slave.figures().currentTransaction()).isEqualTo(2);
        assertThat(messages).filteredOn(MessageCode.TRANSACTION_BLOCKED::equals).hasSize(1);

        applier.blocked = false;
        now += SlaveSettings.APPLY_AGAIN_MILLIS;
        says(1, new Heartbeat(2));
        assertThat(applier.numbers).containsExactly(1L, 2L);
        assertThat(slave.figures().ackedTransaction()).isEqualTo(2);
    }

    /** That a transaction cannot be applied stayed the last word after it was (R5). */
    @Test
    void shouldSayThatItAppliesAgain() {
        greeted();
        applier.blocked = true;
        says(1, batch(1, 0, 10, 11));
        for (int i = 0; i < 5; i++) {
            now += SlaveSettings.APPLY_AGAIN_MILLIS;
            says(1, new Heartbeat(2));
        }
        assertThat(messages).last().isEqualTo(MessageCode.TRANSACTION_BLOCKED);

        applier.blocked = false;
        for (int i = 0; i < 5; i++) {
            now += SlaveSettings.APPLY_AGAIN_MILLIS;
            says(1, new Heartbeat(2));
        }
        assertThat(messages).endsWith(MessageCode.TRANSACTION_BLOCKED, MessageCode.APPLIES_AGAIN);
    }

    @Test
    void shouldLookWhereItStandsAfterADoubtfulCommit() {
        greeted();
        applier.answerLost = true;
        says(1, batch(1, 0, 10, 11));
        now += SlaveSettings.APPLY_AGAIN_MILLIS;
        slave.step(now);
        assertThat(messages).endsWith(MessageCode.TRANSACTION_BLOCKED, MessageCode.APPLIES_AGAIN);

        assertThat(applier.numbers).containsExactly(1L, 2L);
        assertThat(link.said()).singleElement().isInstanceOfSatisfying(Acknowledge.class, acknowledge -> assertThat(
                        acknowledge.transaction())
                .isEqualTo(2));
    }

    /** Engine review, finding 17: the conversation was ended at each attempt, with a stack trace. */
    @Test
    void shouldKeepTheConversationWhileTheDatabaseIsAway() {
        greeted();
        applier.blocked = true;
        applier.away = true;
        says(1, batch(1, 0, 10, 11));
        for (int i = 0; i < 10; i++) {
            now += SlaveSettings.APPLY_AGAIN_MILLIS;
            says(1, new Heartbeat(2));
        }
        assertThat(slave.figures().status()).isEqualTo(ServerStatus.READING_NETWORK);
        assertThat(messages)
                .containsOnly(MessageCode.CONNECTED, MessageCode.TRANSACTION_BLOCKED)
                .hasSizeLessThan(5);

        applier.blocked = false;
        applier.away = false;
        now += SlaveSettings.APPLY_AGAIN_MILLIS;
        says(1, new Heartbeat(2));
        assertThat(applier.numbers).containsExactly(1L, 2L);
    }

    /** It was taken for a failure of the session, with a stack trace, and the master heard nothing for ten seconds. */
    @Test
    void shouldTellAMasterThatCallsWhileTheDatabaseIsAwayToCallAgain() {
        greeted();
        applier.blocked = true;
        applier.away = true;
        says(1, batch(1, 0, 10, 11));
        link.said();
        messages.clear();
        for (int conversation = 2; conversation <= 5; conversation++) {
            now += SlaveSettings.APPLY_AGAIN_MILLIS;
            says(conversation, MASTER);
            assertThat(link.said()).singleElement().isInstanceOfSatisfying(Refuse.class, refuse -> {
                assertThat(refuse.messageId()).isEqualTo(MessageCode.SLAVE_CANNOT_ANSWER.id());
                assertThat(refuse.text()).endsWith("its position could not be read: the database is away");
            });
        }
        assertThat(messages)
                .as("each of them once")
                .containsExactly(MessageCode.SLAVE_CANNOT_ANSWER, MessageCode.TRANSACTION_BLOCKED);

        applier.blocked = false;
        applier.away = false;
        says(6, MASTER);
        assertThat(link.said()).singleElement().isInstanceOf(PositionReport.class);
        says(6, batch(1, 0, 10, 11));
        now += SlaveSettings.APPLY_AGAIN_MILLIS;
        says(6, new Heartbeat(2));
        says(6, new Heartbeat(2));
        assertThat(applier.numbers).containsExactly(1L, 2L);
    }

    /** Nothing may be said of a position to a master whose epoch is not known for good. */
    @Test
    void shouldTellAMasterToCallAgainWhoseEpochCannotBeKept() {
        boolean[] full = {true};
        Epochs kept = Epochs.inMemory();
        slave.epochs(new Epochs() {
            @Override
            public long current() {
                return kept.current();
            }

            @Override
            public void takeOver(long epoch) {
                if (full[0]) {
                    throw new Refusal(MessageCode.STORE_FULL, 1, 100);
                }
                kept.takeOver(epoch);
            }
        });
        says(1, new Hello("todev", "master", HISTORY, 4));
        assertRefused(MessageCode.SLAVE_CANNOT_ANSWER);
        assertThat(messages).doesNotContain(MessageCode.INTERNAL_ERROR);
        full[0] = false;
        says(2, new Hello("todev", "master", HISTORY, 4));

        assertThat(kept.current()).isEqualTo(4);
        assertThat(link.said()).last().isInstanceOf(PositionReport.class);
    }

    /** The first batch of a master makes the slave server belong to it, which its record has to say. */
    @Test
    void shouldSayInOneSentenceThatItCannotBeKeptToWhomItBelongs() {
        boolean[] away = {true};
        slave = new SlaveSession(
                new SlaveSettings("fromprod", "slave", ""),
                () -> link,
                applier,
                nodeId -> {
                    if (away[0]) {
                        throw new StoreUnavailableException("its record could not be written", null);
                    }
                    masters.add(nodeId);
                },
                (code, values) -> messages.add(code));
        says(1, MASTER);
        says(1, batch(1, 0, 10));
        assertThat(messages).containsOnly(MessageCode.CONNECTED, MessageCode.SLAVE_CANNOT_ANSWER);
        assertThat(applier.numbers).isEmpty();
        away[0] = false;
        now += SlaveSettings.LISTEN_AGAIN_MILLIS;
        says(2, MASTER);
        says(2, batch(1, 0, 10));

        assertThat(masters).containsExactly("master");
        assertThat(applier.numbers).containsExactly(1L);
    }

    /** A stranger's call between a doubtful commit and the next attempt had everything applied a second time. */
    @Test
    void shouldNotApplyTwiceBecauseAStrangerCalledAfterADoubtfulCommit() {
        greeted();
        applier.answerLost = true;
        says(1, batch(1, 0, 10, 11));
        says(2, new Hello("todev", "somebody else", HISTORY, 1));
        now += SlaveSettings.APPLY_AGAIN_MILLIS;
        slave.step(now);

        assertThat(applier.numbers).containsExactly(1L, 2L);
    }

    @Test
    void shouldReportItsPositionToAMasterThatCallsAgain() {
        greeted();
        says(1, batch(1, 0, 10, 11));
        link.said();
        says(2, MASTER);

        assertThat(link.said()).containsExactly(new PositionReport("slave", Optional.of(new Position(HISTORY, 2, 11))));
    }

    @Test
    void shouldNotBeginAgainBecauseAHelloWasRepeated() {
        greeted();
        says(2, MASTER);
        link.said();
        says(2, MASTER);
        says(1, MASTER);
        says(2, batch(1, 0, 10));

        assertThat(link.said()).singleElement().isInstanceOf(Acknowledge.class);
        assertThat(messages).filteredOn(MessageCode.REFUSED_REPLAY::equals).hasSize(1);
    }

    @Test
    @Tag("FAULT-F14")
    void shouldSayEachStrangerOnceThoughTwoCallInTurn() {
        greeted();
        for (int i = 0; i < 100; i++) {
            says(1_000 + i, new Hello("todev", "another", "another history", 1));
            says(2_000 + i, new Hello("todev", "a third", "another history", 1));
        }
        says(1, batch(1, 0, 10));

        assertThat(messages)
                .filteredOn(MessageCode.REFUSED_ANOTHER_MASTER::equals)
                .hasSize(2);
        assertThat(applier.numbers).containsExactly(1L);
    }

    @Test
    void shouldIgnoreFramesOfAConversationThatIsOver() {
        greeted();
        says(2, MASTER);
        link.said();
        says(1, batch(1, 0, 10));

        assertThat(applier.numbers).isEmpty();
        assertThat(link.said()).isEmpty();
    }

    @Test
    void shouldTellAMasterThatStillBelievesInAConversationThatIsOver() {
        greeted();
        says(2, MASTER);
        link.said();
        says(1, new Heartbeat(0));

        assertRefused(MessageCode.CONVERSATION_OVER);
    }

    /** Its own master calls between a doubtful commit and the next attempt: the position is read anew. */
    @Test
    void shouldNotReportAStalePositionAfterADoubtfulCommit() {
        greeted();
        applier.answerLost = true;
        says(1, batch(1, 0, 10, 11));
        says(2, MASTER);

        assertThat(link.said()).containsExactly(new PositionReport("slave", Optional.of(new Position(HISTORY, 2, 11))));
    }

    @Test
    void shouldForgetWhatWasNotAppliedWhenItsMasterCallsAgain() {
        greeted();
        applier.blocked = true;
        says(1, batch(1, 0, 10, 11));
        says(2, MASTER);
        applier.blocked = false;
        now += SlaveSettings.APPLY_AGAIN_MILLIS;
        slave.step(now);
        assertThat(applier.numbers).isEmpty();
        says(2, batch(1, 0, 10, 11));

        assertThat(applier.numbers).containsExactly(1L, 2L);
    }

    @Test
    @Tag("HB-181")
    @Tag("SUB-2")
    @Tag("SUB-3")
    void shouldAcknowledgeNothingAndSkipNothingWhileTheFirstTransactionCannotBeApplied() {
        greeted();
        applier.blocked = true;
        says(1, batch(1, 0, 10, 11));
        now += SlaveSettings.APPLY_AGAIN_MILLIS;
        says(1, batch(3, 11, 12));

        assertThat(link.said()).isEmpty();
        assertThat(applier.numbers).isEmpty();
        assertThat(slave.figures().currentTransaction()).isEqualTo(3);
        assertThat(slave.figures().ackedTransaction()).isZero();

        applier.blocked = false;
        now += SlaveSettings.APPLY_AGAIN_MILLIS;
        says(1, new Heartbeat(3));
        assertThat(applier.numbers).containsExactly(1L, 2L, 3L);
        assertThat(slave.figures().ackedTransaction()).isEqualTo(3);
        assertThat(link.said()).last().isInstanceOfSatisfying(Acknowledge.class, acknowledge -> assertThat(
                        acknowledge.transaction())
                .isEqualTo(3));
    }

    /** The operator put an older copy in the place of the database while the conversation went on. */
    @Test
    void shouldNotApplyWhatDoesNotFollowOnThePositionThatItFinds() {
        greeted();
        says(1, batch(1, 0, 10, 11));
        applier.blocked = true;
        says(1, batch(3, 11, 12));
        applier.blocked = false;
        applier.position = Optional.of(new Position(HISTORY, 1, 10));
        link.said();
        now += SlaveSettings.APPLY_AGAIN_MILLIS;
        slave.step(now);

        assertThat(applier.numbers).containsExactly(1L, 2L);
        assertRefused(MessageCode.CONVERSATION_OVER);
    }

    @Test
    void shouldNameBothVersionsToAMasterOfAnother() {
        byte[] hello = FrameCodec.encode(1, MASTER);
        hello[2] = 9;
        link.arrives(hello);
        slave.step(now);

        assertRefused(MessageCode.REFUSED_VERSION);
        assertThat(messages).containsExactly(MessageCode.REFUSED_VERSION);
    }

    @Test
    void shouldSayThatAFrameWasDamagedAndKeepItsPosition() {
        greeted();
        byte[] damaged = FrameCodec.encode(1, batch(1, 0, 10));
        damaged[damaged.length - 1]++;
        link.arrives(damaged);
        slave.step(now);

        assertRefused(MessageCode.REFUSED_BAD_FRAME);
        assertThat(applier.numbers).isEmpty();
    }

    /** A master that cannot go on finds out some seconds after each call, and speaks before: two lines at each call. */
    @Test
    void shouldSayOnceThatItsMasterRefusesIt() {
        for (int call = 1; call <= 5; call++) {
            says(call, MASTER);
            now += MasterSettings.QUEUE_PATIENCE_MILLIS;
            says(call, new Heartbeat(0));
            says(call, new Refuse(MessageCode.REFUSED_POSITION_BEHIND.id(), "resynchronise the slave"));
        }

        assertThat(messages)
                .as("that it is refused is the last word while it is (R5)")
                .containsExactly(MessageCode.CONNECTED, MessageCode.MASTER_REFUSED);

        says(6, MASTER);
        now += SlaveSettings.SETTLED_MILLIS;
        says(6, new Heartbeat(0));
        assertThat(messages).containsExactly(MessageCode.CONNECTED, MessageCode.MASTER_REFUSED, MessageCode.CONNECTED);
    }

    /** It said "Connected" and "Wait incoming call" in turn, as if nothing were wrong (s7). */
    @Test
    @Tag("HB-112")
    void shouldSayAsLongAsItIsSoThatItIsRefused() {
        String why = "Refused: the slave stands at transaction 7";
        says(1, MASTER);
        assertThat(slave.refusal()).isEmpty();
        says(1, new Refuse(MessageCode.REFUSED_POSITION_BEHIND.id(), why));
        StandingRefusal refused =
                new StandingRefusal(MessageCode.REFUSED_POSITION_BEHIND.id(), "The master says: " + why);
        assertThat(slave.refusal()).contains(refused);
        says(2, MASTER);
        says(2, new Heartbeat(0));
        assertThat(slave.refusal()).as("its master has not looked yet").contains(refused);
        says(2, batch(1, 0, 10));

        assertThat(slave.refusal()).isEmpty();
    }

    @Test
    void shouldSayAgainThatItsMasterRefusesItAfterThingsWentWell() {
        says(1, MASTER);
        says(1, new Refuse(MessageCode.REFUSED_POSITION_BEHIND.id(), "resynchronise the slave"));
        says(2, MASTER);
        now += SlaveSettings.SETTLED_MILLIS;
        says(2, new Heartbeat(0));
        says(2, new Refuse(MessageCode.REFUSED_POSITION_BEHIND.id(), "resynchronise the slave"));

        assertThat(messages).filteredOn(MessageCode.MASTER_REFUSED::equals).hasSize(2);
    }

    @Test
    @Tag("HB-016")
    @Tag("HB-097")
    @Tag("HB-183")
    @Tag("SUB-2")
    void shouldKeepAndAcknowledgeWhatArrivesWhileUpdatesAreNotApplied() {
        slave.applyUpdates(false);
        greeted();
        says(1, batch(1, 0, 10, 20));

        assertThat(applier.numbers).isEmpty();
        assertThat(applier.pending()).isEqualTo(2);
        assertThat(link.said()).last().isInstanceOfSatisfying(Acknowledge.class, acknowledge -> assertThat(
                        acknowledge.transaction())
                .isEqualTo(2));
        assertThat(slave.figures().pending()).isEqualTo(2);
    }

    /** The operator was told that it was done while a batch was under way, and made a save in the middle of it. */
    @Test
    @Tag("HB-016")
    @Tag("HB-097")
    void shouldTellWhileABatchChangesFiles() {
        List<Boolean> applying = new ArrayList<>();
        List<Boolean> delaying = new ArrayList<>();
        applier.whileApplying = () -> {
            slave.applyUpdates(false);
            applying.add(slave.isChangingFiles());
        };
        applier.whileDelaying = () -> delaying.add(slave.isChangingFiles());
        greeted();
        assertThat(slave.isChangingFiles()).isFalse();
        says(1, batch(1, 0, 10));
        assertThat(applying).containsExactly(true);
        assertThat(slave.isChangingFiles()).isFalse();
        says(1, batch(2, 10, 20));
        assertThat(delaying).containsExactly(false);

        slave.applyUpdates(true);
        slave.step(now);
        assertThat(applying).as("what was delayed").containsExactly(true, true);
        applier.poisonous = 3;
        says(1, batch(3, 20, 30));
        assertThat(slave.isChangingFiles()).isFalse();
    }

    @Test
    @Tag("HB-098")
    @Tag("SUB-6")
    void shouldApplyWhatIsPendingFirstAndQueueNewArrivalsBehindIt() {
        slave.applyUpdates(false);
        greeted();
        says(1, batch(1, 0, 10, 20, 30));
        slave.applyUpdates(true);
        link.arrives(1, batch(4, 30, 40));
        slave.step(now);
        assertThat(applier.numbers).containsExactly(1L);
        assertThat(applier.delayed).extracting(ReceivedTransaction::number).containsExactly(2L, 3L, 4L);
        says(1, new Heartbeat(4));

        assertThat(applier.numbers).containsExactly(1L, 2L, 3L, 4L);
        assertThat(messages).endsWith(MessageCode.PENDING_APPLIED);
        says(1, batch(5, 40, 50));
        assertThat(applier.numbers).endsWith(5L);
        assertThat(applier.delayed).isEmpty();
    }

    /** Engine review, finding 13: one fault among delayed updates blocked all of them and could not be set aside. */
    @Test
    @Tag("HB-181")
    @Tag("HB-184")
    void shouldFindADelayedTransactionThatIsInTheWayAndPutItIntoLostAndFoundIfTold() {
        slave.applyUpdates(false);
        greeted();
        says(1, batch(1, 0, 10, 20, 30, 40, 50, 60, 70));
        applier.delayedAtOnce = Integer.MAX_VALUE;
        applier.poisonous = 5;
        slave.applyUpdates(true);
        goOn(30);

        assertThat(applier.numbers).containsExactly(1L, 2L, 3L, 4L);
        assertThat(slave.head())
                .hasValueSatisfying(
                        head -> assertThat(head.transaction().number()).isEqualTo(5));
        assertThat(slave.setAside(4)).isFalse();
        assertThat(slave.setAside(5)).isTrue();
        goOn(5);
        assertThat(applier.setAside)
                .singleElement()
                .asString()
                .startsWith("5 delayed")
                .contains("it does not go");
        assertThat(applier.numbers).containsExactly(1L, 2L, 3L, 4L, 6L, 7L);
        assertThat(slave.head()).isEmpty();
        assertThat(slave.figures().pending()).isZero();
    }

    /** Engine review, finding 13: each arrival that was delayed in between made the trouble news again. */
    @Test
    void shouldSayOnceAndRetryLessAndLessWhatBlocksDelayedUpdatesWhileOthersArrive() {
        slave.applyUpdates(false);
        greeted();
        says(1, batch(1, 0, 10));
        applier.poisonous = 1;
        slave.applyUpdates(true);
        goOn(20);
        messages.clear();
        applier.delayedAttempts.clear();
        for (int i = 0; i < 50; i++) {
            now += SlaveSettings.APPLY_AGAIN_MILLIS / 50;
            says(1, batch(2 + i, 10 + i, 11 + i));
        }

        assertThat(applier.pending()).isEqualTo(51);
        assertThat(messages).doesNotContain(MessageCode.DELAYED_BLOCKED, MessageCode.TRANSACTION_BLOCKED);
        assertThat(applier.delayedAttempts).hasSizeLessThan(3);
    }

    private void goOn(int steps) {
        for (int i = 0; i < steps; i++) {
            now += SlaveSettings.APPLY_AGAIN_MILLIS;
            slave.step(now);
        }
    }

    /** The one in the way is found among many; those before it are applied, and those behind it after it is gone. */
    @Test
    @Tag("HB-181")
    @Tag("SUB-3")
    void shouldNeverSkipABlockedTransactionUntilSomebodyPutsItIntoLostAndFound() {
        greeted();
        applier.poisonous = 5;
        says(1, batch(1, 0, 10, 20, 30, 40, 50, 60, 70));
        assertThat(slave.setAside(5)).as("not known yet").isFalse();
        for (int i = 0; i < 20; i++) {
            now += SlaveSettings.APPLY_AGAIN_MILLIS;
            slave.step(now);
        }
        assertThat(applier.numbers).containsExactly(1L, 2L, 3L, 4L);
        assertThat(slave.head()).hasValueSatisfying(head -> {
            assertThat(head.transaction().number()).isEqualTo(5);
            assertThat(head.reason()).contains("it does not go");
        });
        assertThat(messages).filteredOn(MessageCode.TRANSACTION_BLOCKED::equals).hasSizeBetween(1, 4);

        assertThat(slave.setAside(4)).isFalse();
        assertThat(slave.setAside(5)).isTrue();
        now += SlaveSettings.APPLY_AGAIN_MILLIS;
        says(1, new Heartbeat(7));
        assertThat(applier.setAside)
                .singleElement()
                .asString()
                .startsWith("5 INTERNAL ")
                .contains("it does not go");
        assertThat(applier.numbers).containsExactly(1L, 2L, 3L, 4L, 6L, 7L);
        assertThat(slave.head()).isEmpty();
        assertThat(messages).contains(MessageCode.TRANSACTION_LOST_AND_FOUND);
        assertThat(messages).filteredOn(MessageCode.APPLIES_AGAIN::equals).hasSize(1);
    }

    /** What arrived behind it while it was in the way was taken for done with it. */
    @Test
    @Tag("HB-181")
    void shouldSetAsideNothingBehindTheBlockedTransaction() {
        greeted();
        applier.poisonous = 1;
        says(1, batch(1, 0, 10));
        assertThat(slave.setAside(1)).isTrue();
        says(1, batch(2, 10, 20, 30, 40));
        now += SlaveSettings.APPLY_AGAIN_MILLIS;
        says(1, new Heartbeat(4));

        assertThat(applier.setAside).hasSize(1);
        assertThat(applier.numbers).containsExactly(2L, 3L, 4L);
    }

    /** In lost+found it would be taken for older than the delayed updates that come before it. */
    @Test
    @Tag("HB-181")
    void shouldDelayWhatIsToBeSetAsideBehindDelayedUpdates() {
        greeted();
        applier.poisonous = 1;
        says(1, batch(1, 0, 10));
        assertThat(slave.setAside(1)).isTrue();
        slave.applyUpdates(false);
        now += SlaveSettings.APPLY_AGAIN_MILLIS;
        says(1, new Heartbeat(1));

        assertThat(applier.setAside).isEmpty();
        assertThat(applier.delayed).hasSize(1);
        assertThat(slave.head()).isEmpty();
    }

    /** Its version is one of the bits that a network may flip: what it was is not known, so nothing may follow on it. */
    @Test
    void shouldTakeNothingThatFollowsOnAFrameOfAnotherVersion() {
        greeted();
        byte[] upstream = FrameCodec.encode(1, new Upstream(List.of("slave")));
        upstream[2] = 9;
        link.arrives(upstream);
        slave.step(now);
        says(1, batch(1, 0, 10));

        assertThat(applier.numbers).isEmpty();
        assertRefused(MessageCode.REFUSED_VERSION);
    }

    @Test
    @Tag("HB-015")
    @Tag("SUB-20")
    void shouldRefuseAMasterThatPassesOnItsOwnUpdates() {
        greeted();
        says(1, new Upstream(List.of("first", "second")));
        assertThat(link.said()).isEmpty();

        says(1, new Upstream(List.of("first", "slave")));
        says(1, batch(1, 0, 10));
        assertRefused(MessageCode.REFUSED_CIRCLE);
        assertThat(applier.numbers).isEmpty();
    }

    /** It was in memory only: a node that started again passed on what its own slave must not get (HB-015). */
    @Test
    @Tag("HB-015")
    @Tag("SUB-20")
    void shouldKeepWhoseUpdatesItReceivesBeforeItAppliesAny() {
        List<String> told = new ArrayList<>();
        slave.onUpstream(() -> told.add("news after " + applier.numbers));
        greeted();
        says(1, new Upstream(List.of("first", "second")));
        assertThat(applier.received).as("it belongs to nobody yet").isEmpty();
        says(1, batch(1, 0, 10));
        says(1, new Upstream(List.of()));
        says(1, batch(2, 10, 20));

        assertThat(applier.received).containsExactly("[master, first, second] after []", "[master] after [1]");
        assertThat(told).containsExactly("news after []", "news after [1]");
        says(2, MASTER);
        says(2, new Heartbeat(2));
        says(2, batch(3, 20, 30));
        assertThat(applier.received).last().isEqualTo("[master] after [1, 2]");
    }

    /**
     * A master that looks for the slave's position names whomever its log ever held. That was kept at its first heartbeat, and
     * what was delayed before or received later counted as theirs for good: a false circle refused them (HB2099).
     */
    @Test
    @Tag("HB-015")
    @Tag("SUB-20")
    void shouldNotKeepWhomAMasterNamesBeforeItHasPlacedItsSlave() {
        greeted();
        says(1, new Upstream(List.of("first", "second")));
        says(1, new Heartbeat(0));
        now += SlaveSettings.SETTLED_MILLIS - 1;
        says(1, new Heartbeat(0));
        assertThat(applier.received)
                .as("it has sent nothing, and may be refused")
                .isEmpty();
        assertThat(masters).as("it belongs to it all the same").containsExactly("master");

        says(2, MASTER);
        says(2, new Upstream(List.of("first", "second")));
        says(2, new Heartbeat(0));
        says(2, new Upstream(List.of("second")));
        says(2, batch(1, 0, 10));
        assertThat(applier.received).containsExactly("[master, second] after []");
    }

    /** A heartbeat in the middle of updates that never arrived kept whom that master named, and then refused it. */
    @Test
    @Tag("HB-015")
    void shouldKeepNobodyOfAHeartbeatThatItRefuses() {
        greeted();
        says(1, new Upstream(List.of("first")));
        now += SlaveSettings.SETTLED_MILLIS;
        says(1, new Heartbeat(5));

        assertRefused(MessageCode.REFUSED_GAP);
        assertThat(applier.received).isEmpty();
    }

    /** A circle in which nobody updates anything is found out as well, and a list gets shorter although nothing is sent. */
    @Test
    @Tag("HB-015")
    @Tag("SUB-20")
    void shouldKeepWhomASettledMasterNamesAlthoughItSendsNothing() {
        greeted();
        says(1, new Upstream(List.of("first")));
        now += SlaveSettings.SETTLED_MILLIS;
        says(1, new Heartbeat(0));
        assertThat(applier.received).containsExactly("[master, first] after []");
        says(1, new Upstream(List.of()));
        says(1, new Heartbeat(0));
        assertThat(applier.received).last().isEqualTo("[master] after []");
        says(1, new Upstream(List.of("slave")));
        assertRefused(MessageCode.REFUSED_CIRCLE);
    }

    @Test
    @Tag("HB-015")
    void shouldApplyNothingUnlessItIsKeptWhoseUpdatesTheyAre() {
        greeted();
        applier.keepsNothing = true;
        says(1, batch(1, 0, 10));

        assertThat(applier.numbers).isEmpty();
        assertThat(link.said()).noneMatch(Acknowledge.class::isInstance);
    }

    private void assertRefused(MessageCode code) {
        assertThat(link.said()).last().isInstanceOfSatisfying(Refuse.class, refuse -> assertThat(refuse.messageId())
                .isEqualTo(code.id()));
    }

    private void greeted() {
        says(1, MASTER);
        link.said();
    }

    private void says(long conversation, Frame frame) {
        link.arrives(conversation, frame);
        long next = slave.step(now);
        while (next <= now) {
            next = slave.step(now);
        }
    }

    static Batch batch(long firstNumber, long previousLsn, long... lsns) {
        List<LogEntry> entries = new ArrayList<>();
        long previous = previousLsn;
        for (long lsn : lsns) {
            entries.add(new LogEntry(lsn, previous, 1_000, new byte[] {1}));
            previous = lsn;
        }
        return new Batch(firstNumber, entries);
    }
}
