package org.hotbackup.ordeal;

import java.util.List;
import org.hotbackup.control.NodeMXBean;
import org.hotbackup.control.ServerMXBean;
import org.hotbackup.control.TransactionLogQueueMXBean;
import org.hotbackup.testing.Pair;

/** Operators who make a gap in what the slave gets: it is refused then, both servers are set up anew, and repaired. */
final class NewPairActions {

    private static final int MOST_MILLIS = 6000;
    private static final int REFUSED_SECONDS = 90;

    private final Stage stage;
    private final Judge judge;
    private boolean autoCreate = true;
    private boolean logSlaveUpdate;

    NewPairActions(Stage stage, Judge judge) {
        this.stage = stage;
        this.judge = judge;
    }

    List<Action> all() {
        return List.of(
                new Action("stop enqueuing and set up anew", 1, random -> {
                    stage.quietly(() -> {
                        stage.done(queue().stopEnqueuing(
                                        stage.pair().master().home().name(), "a test"));
                        stage.expectation().enqueue(false);
                    });
                    long before = stage.answered();
                    Stage.pause(random.nextInt(MOST_MILLIS));
                    Stage.await(REFUSED_SECONDS, () -> queue().isUpdatesMissed());
                    stage.quietly(() -> {
                        stage.journal().say("  " + (stage.answered() - before) + " calls while it was stopped");
                        stage.done(queue().startEnqueuing());
                        stage.expectation().enqueue(true);
                        awaitRefusal();
                        setUpAnew();
                    });
                }),
                new Action("clear the queue and set up anew", 1, random -> {
                    stage.pair().line().cut();
                    Stage.pause(random.nextInt(MOST_MILLIS));
                    stage.quietly(() -> {
                        stage.done(queue().clear(stage.pair().master().home().name(), "a test"));
                        stage.pair().line().mend();
                        setUpAnew();
                    });
                }));
    }

    private TransactionLogQueueMXBean queue() {
        return stage.pair().master().control().transactionLogQueue();
    }

    private void awaitRefusal() {
        ServerMXBean master = stage.pair().masterServer();
        if (queue().isUpdatesMissed() && master.getLagTransactions() == 0) {
            stage.journal().violation("I9: updates were missed and the lag is 0");
        }
        if (!Stage.await(REFUSED_SECONDS, () -> master.status(10).contains("resynchronise"))) {
            stage.journal().violation("updates were missed and nobody says so: " + master.status(10));
        }
    }

    /** Sets the slave server up as this phase asks for. */
    void setUpSlave(boolean on, boolean passOn) {
        autoCreate = on;
        logSlaveUpdate = passOn;
        String settings = "type=slave insecure=on port=" + stage.pair().slavePort() + " auto-create="
                + (on ? "on" : "off") + " log-slave-update=" + (passOn ? "on" : "off");
        stage.done(stage.pair().slave().control().node().setup(stage.pair().slaveName(), settings));
        judge.autoCreate(on);
    }

    /** How the slave server is set up. */
    boolean isAutoCreate() {
        return autoCreate;
    }

    private void setUpAnew() {
        Pair pair = stage.pair();
        NodeMXBean master = pair.master().control().node();
        NodeMXBean slave = pair.slave().control().node();
        stage.done(pair.masterServer().stop(Pair.MASTER));
        stage.done(pair.slaveServer().stop(stage.pair().slaveName()));
        stage.done(master.deleteServer(Pair.MASTER, Pair.MASTER, "a test"));
        stage.done(slave.deleteServer(stage.pair().slaveName(), stage.pair().slaveName(), "a test"));
        setUpSlave(autoCreate, logSlaveUpdate);
        stage.done(master.setup(
                Pair.MASTER,
                "type=master insecure=on host=127.0.0.1 port=" + pair.line().port()));
        stage.done(pair.slaveServer().start());
        stage.done(pair.masterServer().start());
        if (!stage.secondSlave().isBehind()) {
            stage.secondSlave().setUpAnew(pair.master());
            judge.definitionsSent();
        }
        if (judge.awaitQuiet()) {
            new Audit(stage, autoCreate).perform();
        }
        judge.newPair();
    }
}
