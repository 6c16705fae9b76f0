package org.hotbackup.ordeal;

import java.util.List;
import java.util.Random;
import org.hotbackup.testing.Pair;
import org.hotbackup.testing.TestNode;

/** Nodes and servers that are stopped or killed, and started again. */
final class NodeActions {

    private static final int MOST_DOWN_MILLIS = 4000;

    private final Stage stage;

    NodeActions(Stage stage) {
        this.stage = stage;
    }

    List<Action> all() {
        return List.of(
                new Action(
                        "kill the master",
                        3,
                        random -> restart(random, stage.pair().master(), true)),
                new Action(
                        "kill the slave",
                        3,
                        random -> restart(random, stage.pair().slave(), true)),
                new Action("kill both", 2, random -> {
                    Pair.both(stage.pair().master()::kill, stage.pair().slave()::kill);
                    Stage.pause(random.nextInt(MOST_DOWN_MILLIS));
                    startBoth(random);
                }),
                new Action(
                        "stop the master's node",
                        1,
                        random -> restart(random, stage.pair().master(), false)),
                new Action(
                        "stop the slave's node",
                        1,
                        random -> restart(random, stage.pair().slave(), false)),
                new Action("stop and start the master server", 2, random -> {
                    stage.done(stage.pair().masterServer().stop(Pair.MASTER));
                    Stage.pause(random.nextInt(MOST_DOWN_MILLIS));
                    stage.done(stage.pair().masterServer().start());
                }),
                new Action("stop and start the slave server", 2, random -> {
                    stage.done(stage.pair().slaveServer().stop(stage.pair().slaveName()));
                    Stage.pause(random.nextInt(MOST_DOWN_MILLIS));
                    stage.done(stage.pair().slaveServer().start());
                    stage.slaveStarted();
                }));
    }

    private void startBoth(Random random) {
        TestNode first =
                random.nextBoolean() ? stage.pair().master() : stage.pair().slave();
        TestNode second = first == stage.pair().master()
                ? stage.pair().slave()
                : stage.pair().master();
        stage.start(first);
        stage.start(second);
    }

    private void restart(Random random, TestNode node, boolean kill) {
        if (kill) {
            node.kill();
        } else {
            node.stop();
        }
        Stage.pause(random.nextInt(MOST_DOWN_MILLIS));
        stage.start(node);
    }
}
