package org.hotbackup.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.replication.Frame.Acknowledge;
import org.hotbackup.replication.Frame.Heartbeat;
import org.hotbackup.replication.Frame.Hello;
import org.hotbackup.replication.Frame.PositionReport;
import org.hotbackup.replication.Frame.Promoted;
import org.hotbackup.replication.Frame.Refuse;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A slave server is promoted: what it has is applied first, and from then on nothing, whoever calls. */
class SlavePromotionTest {

    private static final Logger SESSIONS = Logger.getLogger("org.hotbackup.replication");
    private static final String HISTORY = "h1";

    private final FakeLink link = new FakeLink();
    private final Database database = new Database();
    private final Epochs epochs = Epochs.inMemory();
    private final List<MessageCode> messages = new ArrayList<>();
    private long helpers;
    private String dyingHelper = "";
    private boolean cannotBeWritten;
    private boolean portIsTaken;
    private long now = 1_000;
    private SlaveSession slave;

    /** Applies, delays, or is in the way. */
    private static final class Database implements Applier {
        private final List<Long> applied = new ArrayList<>();
        private final List<ReceivedTransaction> delayed = new ArrayList<>();
        private Optional<Position> position = Optional.empty();
        private boolean blocked;
        private boolean doubtful;

        @Override
        public Optional<Position> position() {
            return position;
        }

        @Override
        public Outcome apply(List<ReceivedTransaction> transactions, Position reached) throws ApplyBlockedException {
            if (blocked) {
                throw new ApplyBlockedException(ApplyBlockedException.Cause.DATABASE, "the disk is full", null);
            }
            transactions.forEach(transaction -> applied.add(transaction.number()));
            position = Optional.of(reached);
            if (doubtful) {
                throw new ApplyBlockedException(
                        ApplyBlockedException.Cause.DATABASE, "the connection broke during the commit", null);
            }
            return new Outcome(transactions.size(), 0, 0, Optional.empty());
        }

        @Override
        public Outcome delay(List<ReceivedTransaction> transactions, Position reached) {
            delayed.addAll(transactions);
            position = Optional.of(reached);
            return new Outcome(0, transactions.size(), 0, Optional.empty());
        }

        @Override
        public Outcome applyDelayed(int most) throws ApplyBlockedException {
            if (blocked) {
                throw new ApplyBlockedException(ApplyBlockedException.Cause.DATABASE, "the disk is full", null);
            }
            applied.add(delayed.remove(0).number());
            return new Outcome(1, 0, 0, Optional.empty());
        }

        @Override
        public Optional<ReceivedTransaction> firstDelayed() {
            return delayed.stream().findFirst();
        }

        @Override
        public Outcome setAsideDelayed(ReceivedTransaction blocked, String reason) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long pending() {
            return delayed.size();
        }

        @Override
        public Outcome setAside(
                ReceivedTransaction transaction, ApplyBlockedException.Cause why, String reason, Position reached) {
            throw new UnsupportedOperationException();
        }
    }

    private final class Node implements Promoter {
        @Override
        public long helpersLeft() {
            return helpers;
        }

        @Override
        public Optional<String> helperInTheWay() {
            return Optional.of(dyingHelper).filter(dies -> !dies.isEmpty());
        }

        @Override
        public Promotion promote(Position last) {
            if (cannotBeWritten) {
                throw new IllegalStateException("the disk is full");
            }
            long before = epochs.current();
            epochs.takeOver(before + 1);
            return new Promotion(before, before + 1, last, 5_000, "dm", "the master burnt");
        }
    }

    @BeforeAll
    static void keepProvokedFailuresQuiet() {
        SESSIONS.setLevel(Level.OFF);
    }

    @BeforeEach
    void make() {
        slave = new SlaveSession(
                new SlaveSettings("fromprod", "slave", ""),
                () -> {
                    if (portIsTaken) {
                        throw new LinkDownException("BIND: TCP port 2000");
                    }
                    return link;
                },
                database,
                masterNodeId -> {},
                (code, values) -> messages.add(code));
        slave.epochs(epochs);
    }

    @Test
    void shouldApplyWhatArrivedAndThenBePromotedWithItsLastPosition() {
        greeted();
        database.blocked = true;
        says(1, SlaveSessionTest.batch(1, 0, 10, 11, 12));
        database.blocked = false;
        slave.promote(new Node());
        says(1, SlaveSessionTest.batch(4, 12, 13));
        now += SlaveSettings.FIRST_APPLY_AGAIN_MILLIS + 1;
        steps();

        assertThat(database.applied).as("and not 4, which came too late").containsExactly(1L, 2L, 3L);
        assertThat(slave.promotion())
                .contains(new Promotion(1, 2, new Position(HISTORY, 3, 12), 5_000, "dm", "the master burnt"));
        assertThat(messages).contains(MessageCode.PROMOTED);
        assertThat(link.said()).noneMatch(Acknowledge.class::isInstance);
    }

    @Test
    void shouldApplyDelayedUpdatesAlthoughTheyAreNotToBeApplied() {
        slave.applyUpdates(false);
        greeted();
        says(1, SlaveSessionTest.batch(1, 0, 10, 11));
        assertThat(database.applied).isEmpty();
        slave.promote(new Node());
        steps();

        assertThat(database.applied).containsExactly(1L, 2L);
        assertThat(slave.promotion()).isPresent();
    }

    @Test
    void shouldWaitForHelpersAndSayHowManyAreLeft() {
        applied(1);
        helpers = 2;
        slave.promote(new Node());
        steps();
        assertThat(slave.promotion()).isEmpty();
        assertThat(slave.promoting()).contains("2 helpers left");
        helpers = 0;
        steps();

        assertThat(slave.promotion()).isPresent();
        assertThat(slave.promoting()).isEmpty();
    }

    @Test
    void shouldRefuseWhoeverCallsWhileItIsPromoted() {
        applied(1);
        helpers = 1;
        slave.promote(new Node());
        steps();
        link.said();
        says(2, new Hello("todev", "master", HISTORY, 1));

        assertRefused(MessageCode.PROMOTION_UNDER_WAY);
    }

    @Test
    void shouldGiveUpAndGoOnAsASlaveIfSomethingStaysInTheWay() {
        greeted();
        database.blocked = true;
        says(1, SlaveSessionTest.batch(1, 0, 10));
        slave.promote(new Node());
        for (int i = 0; i < 10; i++) {
            now += SlaveSettings.PROMOTION_PATIENCE_MILLIS / 5;
            steps();
        }
        assertThat(slave.promotion()).isEmpty();
        assertThat(messages).contains(MessageCode.PROMOTION_GIVEN_UP);
        assertThat(slave.promotionTrouble()).contains("transaction 1 cannot be applied: the disk is full");
        database.blocked = false;
        says(2, new Hello("todev", "master", HISTORY, 1));
        says(2, SlaveSessionTest.batch(1, 0, 10));

        assertThat(database.applied).containsExactly(1L);
    }

    @Test
    void shouldSayWhichDelayedUpdateIsInTheWayWhenItGivesUp() {
        slave.applyUpdates(false);
        greeted();
        says(1, SlaveSessionTest.batch(1, 0, 10, 11));
        database.blocked = true;
        slave.promote(new Node());
        for (int i = 0; i < 20; i++) {
            now += SlaveSettings.PROMOTION_PATIENCE_MILLIS / 15;
            steps();
        }

        assertThat(messages).contains(MessageCode.PROMOTION_GIVEN_UP);
        assertThat(slave.promotionTrouble()).contains("transaction 1 cannot be applied: the disk is full");
    }

    /** What was in the way was done all the time: it was taken for something that stays there, again and again. */
    @Test
    void shouldBePromotedLongAfterACommitThatOnlySeemedToFail() {
        greeted();
        database.doubtful = true;
        says(1, SlaveSessionTest.batch(1, 0, 10));
        database.doubtful = false;
        now += SlaveSettings.PROMOTION_PATIENCE_MILLIS;
        steps();
        now += SlaveSettings.PROMOTION_PATIENCE_MILLIS;
        slave.promote(new Node());
        steps();

        assertThat(database.applied).containsExactly(1L);
        assertThat(slave.promotion()).isPresent();
        assertThat(messages).doesNotContain(MessageCode.PROMOTION_GIVEN_UP);
    }

    @Test
    void shouldWaitForHelpersAfterACommitThatOnlySeemedToFail() {
        greeted();
        database.blocked = true;
        says(1, SlaveSessionTest.batch(1, 0, 10));
        helpers = 1;
        slave.promote(new Node());
        database.blocked = false;
        database.doubtful = true;
        now += SlaveSettings.FIRST_APPLY_AGAIN_MILLIS + 1;
        steps();
        assertThat(database.applied).containsExactly(1L);
        now += SlaveSettings.PROMOTION_PATIENCE_MILLIS;
        steps();
        assertThat(slave.promoting()).contains("1 helpers left");
        helpers = 0;
        steps();

        assertThat(slave.promotion()).isPresent();
        assertThat(messages).doesNotContain(MessageCode.PROMOTION_GIVEN_UP);
    }

    /** It waited for the helper for ever, and said nothing but that one is left. */
    @Test
    @Tag("HB-019")
    @Tag("HB-020")
    void shouldGiveUpIfAHelperDiesEachTimeItIsStarted() {
        applied(1);
        helpers = 1;
        dyingHelper = "the helper for 'world,large' dies (the disk is full)";
        slave.promote(new Node());
        steps();
        assertThat(slave.promoting()).contains("1 helpers left; " + dyingHelper);
        now += SlaveSettings.PROMOTION_PATIENCE_MILLIS - 1;
        steps();
        assertThat(slave.promotionTrouble()).isEmpty();
        now++;
        steps();

        assertThat(slave.promoting()).isEmpty();
        assertThat(slave.promotion()).isEmpty();
        assertThat(messages).contains(MessageCode.PROMOTION_GIVEN_UP);
        assertThat(slave.promotionTrouble()).contains("because " + dyingHelper, "promote again");
        says(2, new Hello("todev", "master", HISTORY, 1));
        says(2, SlaveSessionTest.batch(2, 10, 11));
        assertThat(database.applied).containsExactly(1L, 2L);

        helpers = 0;
        dyingHelper = "";
        slave.promote(new Node());
        steps();
        assertThat(slave.promotion()).isPresent();
    }

    @Test
    @Tag("HB-019")
    void shouldWaitForAHelperThatGetsOnAgain() {
        greeted();
        database.blocked = true;
        says(1, SlaveSessionTest.batch(1, 0, 10));
        helpers = 1;
        slave.promote(new Node());
        steps();
        now += SlaveSettings.PROMOTION_PATIENCE_MILLIS - 1;
        steps();
        database.blocked = false;
        dyingHelper = "the helper for 'world,large' dies (the disk is full)";
        for (int i = 0; i < 10; i++) {
            now += SlaveSettings.APPLY_AGAIN_MILLIS;
            steps();
            now += SlaveSettings.PROMOTION_PATIENCE_MILLIS - SlaveSettings.APPLY_AGAIN_MILLIS - 1;
            steps();
            dyingHelper = "";
            steps();
            dyingHelper = "the helper for 'world,large' dies (the disk is full)";
        }
        assertThat(messages).doesNotContain(MessageCode.PROMOTION_GIVEN_UP);
        helpers = 0;
        dyingHelper = "";
        steps();

        assertThat(slave.promotion()).isPresent();
    }

    @Test
    void shouldGoOnAsASlaveIfThePromotionCannotBeWritten() {
        applied(1);
        cannotBeWritten = true;
        slave.promote(new Node());
        steps();
        assertThat(slave.promotion()).isEmpty();
        assertThat(slave.promotionTrouble()).contains("the disk is full");
        says(2, new Hello("todev", "master", HISTORY, 1));
        says(2, SlaveSessionTest.batch(2, 10, 11));

        assertThat(database.applied).containsExactly(1L, 2L);
    }

    @Test
    @Tag("FAULT-F14")
    void shouldTellItsOldMasterAndApplyNothingOfIt() {
        applied(1);
        slave.promote(new Node());
        steps();
        link.said();
        says(2, new Hello("todev", "master", HISTORY, 1));

        assertThat(link.said())
                .satisfiesExactly(
                        frame -> assertThat(frame).isEqualTo(new Promoted("slave", 2, new Position(HISTORY, 1, 10))),
                        frame -> assertThat(frame)
                                .isInstanceOfSatisfying(Refuse.class, refuse -> assertThat(refuse.messageId())
                                        .isEqualTo(MessageCode.REFUSED_PROMOTED.id())));
        says(2, SlaveSessionTest.batch(2, 10, 11));
        says(1, SlaveSessionTest.batch(2, 10, 11));
        assertThat(database.applied).containsExactly(1L);
        assertThat(link.said()).isEmpty();
    }

    @Test
    void shouldStayPromotedWhenItIsStartedAgainAlsoForAMasterOfALaterEpoch() throws LinkDownException {
        database.position = Optional.of(new Position(HISTORY, 7, 70));
        slave.promoted(new Promotion(1, 2, new Position(HISTORY, 7, 70), 0, "dm", "test"));
        slave.listen();
        says(2, new Hello("todev", "master", HISTORY, 9));
        says(2, SlaveSessionTest.batch(8, 70, 71));

        assertRefused(MessageCode.REFUSED_PROMOTED);
        assertThat(database.applied).isEmpty();
        assertThat(epochs.current()).as("it is no longer its slave").isEqualTo(1);
    }

    /** Promoted while it was stopped it listened to nobody, so the old master was never told and stayed open (s7). */
    @Test
    @Tag("FAULT-F14")
    void shouldListenAndTellItsOldMasterAlthoughItWasStoppedBefore() {
        database.position = Optional.of(new Position(HISTORY, 7, 70));
        slave.withoutListening();
        helpers = 1;
        slave.promote(new Node());
        steps();
        assertThat(slave.isListening()).as("not before").isFalse();
        helpers = 0;
        steps();

        assertThat(slave.promotion()).isPresent();
        assertThat(slave.isListening()).isTrue();
        assertThat(slave.figures().status()).isEqualTo(ServerStatus.WAIT_INCOMING_CALL);
        says(1, new Hello("todev", "master", HISTORY, 1));
        assertThat(link.said()).first().isEqualTo(new Promoted("slave", 2, new Position(HISTORY, 7, 70)));
    }

    /** One whose image was being made anew when its master was lost for good, and that was promoted with half of it. */
    @Test
    @Tag("FAULT-F14")
    void shouldTellItsOldMasterThatItHasNothingOfItsLogIfItWasPromotedWithoutAPosition() {
        slave.withoutListening();
        slave.promote(new Node());
        steps();
        assertThat(slave.promotion()).get().extracting(Promotion::position).isEqualTo(Position.NOWHERE);

        says(1, new Hello("todev", "master", HISTORY, 1));

        assertThat(link.said()).first().isEqualTo(new Promoted("slave", 2, new Position(HISTORY, 0, 0)));
    }

    @Test
    @Tag("FAULT-F14")
    void shouldSayThatItsOldMasterIsNotToldAsLongAsItsPortIsTaken() {
        database.position = Optional.of(new Position(HISTORY, 7, 70));
        portIsTaken = true;
        slave.withoutListening();
        slave.promote(new Node());
        steps();
        assertThat(slave.promotion()).isPresent();
        assertThat(slave.isListening()).isFalse();
        assertThat(slave.listenTrouble()).contains("BIND: TCP port 2000");
        assertThat(slave.figures().status()).isEqualTo(ServerStatus.STOPPED);
        assertThat(messages).last().isEqualTo(MessageCode.OLD_MASTER_NOT_TOLD);
        portIsTaken = false;
        now += SlaveSettings.LISTEN_AGAIN_MILLIS;
        steps();

        assertThat(slave.isListening()).isTrue();
        assertThat(slave.listenTrouble()).isEmpty();
        assertThat(messages).last().isEqualTo(MessageCode.OLD_MASTER_CAN_CALL);
    }

    /** At the start of its node it failed for good if its port was taken, and its old master stayed open. */
    @Test
    @Tag("FAULT-F14")
    void shouldGoOnTryingToTellItsOldMasterWhenItIsStartedAgain() throws LinkDownException {
        portIsTaken = true;
        assertThatThrownBy(slave::begin).isInstanceOf(LinkDownException.class);
        slave.promoted(new Promotion(1, 2, new Position(HISTORY, 7, 70), 5_000, "dm", "the master burnt"));
        slave.begin();
        steps();
        assertThat(messages).last().isEqualTo(MessageCode.OLD_MASTER_NOT_TOLD);
        portIsTaken = false;
        now += SlaveSettings.LISTEN_AGAIN_MILLIS;
        steps();

        assertThat(slave.isListening()).isTrue();
        assertThat(messages).last().isEqualTo(MessageCode.OLD_MASTER_CAN_CALL);
    }

    @Test
    void shouldListenToNobodyIfItWasStoppedAndIsNotPromoted() {
        database.position = Optional.of(new Position(HISTORY, 7, 70));
        cannotBeWritten = true;
        slave.withoutListening();
        slave.promote(new Node());
        steps();

        assertThat(slave.promotionTrouble()).contains("the disk is full");
        assertThat(slave.isListening()).isFalse();
    }

    @Test
    @Tag("FAULT-F14")
    void shouldRefuseAMasterOfAnOlderEpochOnceAndWithoutDisturbingItsOwn() throws LinkDownException {
        epochs.takeOver(3);
        slave.listen();
        says(1, new Hello("todev", "master", HISTORY, 3));
        link.said();
        for (int i = 0; i < 10; i++) {
            says(100 + i, new Hello("todev", "master", HISTORY, 2));
        }
        assertRefused(MessageCode.REFUSED_EPOCH);
        assertThat(messages.stream().filter(MessageCode.REFUSED_EPOCH::equals)).hasSize(1);
        says(1, SlaveSessionTest.batch(1, 0, 10));

        assertThat(database.applied).containsExactly(1L);
        assertThat(link.said()).singleElement().isInstanceOf(Acknowledge.class);
    }

    @Test
    void shouldKnowAGreaterEpochForGoodBeforeItTellsItsPosition() throws LinkDownException {
        List<Object> order = new ArrayList<>();
        slave.epochs(new Epochs() {
            @Override
            public long current() {
                return 1;
            }

            @Override
            public void takeOver(long epoch) {
                assertThat(link.said()).isEmpty();
                order.add(epoch);
            }
        });
        slave.listen();
        says(1, new Hello("todev", "master", HISTORY, 4));

        assertThat(order).containsExactly(4L);
        assertThat(link.said()).singleElement().isInstanceOf(PositionReport.class);
    }

    @Test
    void shouldNotBelieveTheEpochOfSomebodyWhoIsNotItsMaster() {
        greeted();
        says(2, new Hello("todev", "somebody else", HISTORY, 9));
        says(3, new Hello("todev", "master", HISTORY, 1));

        assertThat(epochs.current()).isEqualTo(1);
        assertThat(link.said()).last().isInstanceOf(PositionReport.class);
    }

    private void applied(int transactions) {
        greeted();
        for (int i = 0; i < transactions; i++) {
            says(1, SlaveSessionTest.batch(1 + i, i == 0 ? 0 : 9 + i, 10 + i));
        }
        says(1, new Heartbeat(transactions));
        link.said();
    }

    private void greeted() {
        try {
            slave.listen();
        } catch (LinkDownException e) {
            throw new AssertionError(e);
        }
        says(1, new Hello("todev", "master", HISTORY, 1));
        link.said();
    }

    private void assertRefused(MessageCode code) {
        assertThat(link.said()).last().isInstanceOfSatisfying(Refuse.class, refuse -> assertThat(refuse.messageId())
                .isEqualTo(code.id()));
        assertThat(messages).contains(code);
    }

    private void says(long conversation, Frame frame) {
        link.arrives(conversation, frame);
        steps();
    }

    private void steps() {
        long next = slave.step(now);
        while (next <= now) {
            next = slave.step(now);
        }
    }
}
