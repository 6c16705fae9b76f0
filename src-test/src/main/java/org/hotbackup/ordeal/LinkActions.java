package org.hotbackup.ordeal;

import java.util.List;
import org.hotbackup.testing.Fault;
import org.hotbackup.testing.FaultProxy.Direction;

/** What happens to the line between the two nodes. */
final class LinkActions {

    private static final int BATCH = 3;
    private static final int ACKNOWLEDGE = 4;
    private static final int LAG_SECONDS = 5;
    private static final int SPOILING_SECONDS = 10;

    private final Stage stage;

    LinkActions(Stage stage) {
        this.stage = stage;
    }

    List<Action> all() {
        return List.of(
                new Action("cut the line", 4, random -> {
                    stage.pair().line().cut();
                    Stage.pause(random.nextInt(4000));
                    judgeLag();
                    stage.pair().line().mend();
                }),
                new Action("slow line", 2, random -> {
                    stage.pair().line().delay(50 + random.nextInt(500));
                    Stage.pause(random.nextInt(6000));
                    stage.pair().line().mend();
                }),
                new Action("black hole to the slave", 1, random -> blackHole(Direction.TO_SLAVE, random.nextInt(9000))),
                new Action(
                        "black hole to the master", 1, random -> blackHole(Direction.TO_MASTER, random.nextInt(9000))),
                new Action("dead line", 1, random -> {
                    stage.pair().line().blackHole();
                    Stage.pause(random.nextInt(40_000));
                    // what was swallowed is gone: the connections are of no use any more
                    stage.pair().line().cut();
                    stage.pair().line().mend();
                }),
                new Action("spoil a message", 6, random -> {
                    Fault fault = Fault.values()[random.nextInt(Fault.values().length)];
                    Direction direction = Direction.values()[random.nextInt(2)];
                    stage.journal().say("  " + fault + " " + direction);
                    stage.pair()
                            .line()
                            .spoilNext(direction, direction == Direction.TO_SLAVE ? BATCH : ACKNOWLEDGE, fault);
                    Stage.await(SPOILING_SECONDS, stage.pair().line()::isSpoilt);
                }),
                new Action("repeat a conversation", 1, random -> stage.pair()
                        .line()
                        .replay()));
    }

    /** What is logged while the line is cut cannot be acknowledged: the lag says so (I9). */
    private void judgeLag() {
        long before = stage.expectation().logged();
        if (Stage.await(LAG_SECONDS, () -> stage.expectation().logged() > before)
                && stage.pair().masterServer().getLagTransactions() == 0) {
            stage.journal().violation("I9: the line is cut, updates are logged, and the lag is 0");
        }
    }

    private void blackHole(Direction direction, long millis) {
        stage.pair().line().blackHole(direction);
        Stage.pause(millis);
        stage.pair().line().cut();
        stage.pair().line().mend();
    }
}
