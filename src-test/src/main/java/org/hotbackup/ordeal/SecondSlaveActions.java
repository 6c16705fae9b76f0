package org.hotbackup.ordeal;

import java.util.List;
import java.util.Random;

/** What happens to a second slave, now and then until the next quiet point: the first one must not wait for it. */
final class SecondSlaveActions {

    private static final int MOST_MILLIS = 4000;
    private static final int MOST_DELAY_MILLIS = 1000;
    private static final int HELD_UP_SECONDS = 120;

    private final Stage stage;
    private final SecondSlave slave;

    SecondSlaveActions(Stage stage) {
        this.stage = stage;
        this.slave = stage.secondSlave();
    }

    List<Action> all() {
        return List.of(
                action("kill the second slave", 3, random -> {
                    slave.kill();
                    goOn(random);
                }),
                action("stop the second slave's server", 2, random -> {
                    stage.done(slave.server().stop(SecondSlave.OWN));
                    goOn(random);
                }),
                action("cut the second slave's line", 3, random -> {
                    slave.line().cut();
                    goOn(random);
                }),
                action("slow line to the second slave", 2, random -> {
                    slave.line().delay(50 + random.nextInt(MOST_DELAY_MILLIS));
                    goOn(random);
                }),
                action("the second slave keeps what it gets", 2, random -> {
                    stage.done(slave.server().stopApplying());
                    goOn(random);
                }),
                action("kill the second slave while it catches up", 2, random -> {
                    slave.line().cut();
                    Stage.pause(random.nextInt(MOST_MILLIS));
                    slave.line().mend();
                    Stage.pause(random.nextInt(700));
                    slave.kill();
                    slave.start();
                }));
    }

    private Action action(String name, int weight, Action.Work work) {
        return new Action(name, weight, Action.Kind.SECOND_SLAVE, random -> {
            slave.mend();
            work.perform(random);
        });
    }

    /** The first slave gets and acknowledges more; then the second comes back, or it stays away for longer. */
    private void goOn(Random random) {
        long before = stage.pair().masterServer().getAckedTransaction();
        if (!Stage.await(HELD_UP_SECONDS, () -> stage.pair().masterServer().getAckedTransaction() > before)) {
            stage.journal()
                    .violation("the second slave is away, and so the first gets nothing: "
                            + stage.pair().masterServer().query());
        }
        Stage.pause(random.nextInt(MOST_MILLIS));
        if (random.nextBoolean()) {
            slave.mend();
        }
    }
}
