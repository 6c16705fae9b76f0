package org.hotbackup.ordeal;

import java.util.List;
import org.hotbackup.control.OperationReceipt;
import org.hotbackup.control.TransactionLogQueueMXBean;
import org.hotbackup.testing.Pair;

/** What operators do with the servers and the log while users work. */
final class ServerActions {

    private static final int SHARE = 50;
    private static final int COMPARING_SECONDS = 60;
    private static final int MOST_MILLIS = 4000;

    private final Stage stage;
    private final Judge judge;

    ServerActions(Stage stage, Judge judge) {
        this.stage = stage;
        this.judge = judge;
    }

    List<Action> all() {
        return List.of(
                new Action("stop and start applying", 3, random -> {
                    stopApplying(random.nextInt(MOST_MILLIS));
                    startApplying();
                }),
                new Action("kill the slave while it catches up", 3, random -> {
                    stopApplying(2000 + random.nextInt(MOST_MILLIS));
                    startApplying();
                    Stage.pause(random.nextInt(700));
                    stage.killAndStart(stage.pair().slave());
                }),
                new Action("kill the slave while updates are kept", 1, random -> {
                    stopApplying(random.nextInt(MOST_MILLIS));
                    stage.killAndStart(stage.pair().slave());
                    startApplying();
                }),
                new Action("log ALL files", 2, random -> logAllFiles(true)),
                new Action("log DL files only", 2, random -> logAllFiles(false)),
                new Action("traces", 1, random -> {
                    boolean ofMaster = random.nextBoolean();
                    stage.done(
                            ofMaster
                                    ? stage.pair().masterServer().tracesOn()
                                    : stage.pair().slaveServer().tracesOn());
                    Stage.pause(random.nextInt(MOST_MILLIS));
                    stage.done(
                            ofMaster
                                    ? stage.pair().masterServer().tracesOff()
                                    : stage.pair().slaveServer().tracesOff());
                }),
                new Action(
                        "close opened files",
                        2,
                        random -> stage.done(stage.pair().slaveServer().closeFiles())),
                new Action("look at everything", 2, random -> look()),
                new Action("delete a record that is not there", 1, random -> {
                    OperationReceipt receipt =
                            stage.pair().master().control().node().deleteRecord("nothing", "nothing", "a test");
                    if (receipt.outcome() == OperationReceipt.Outcome.DONE) {
                        stage.journal().violation("a record that is not there was deleted: " + receipt.message());
                    }
                }),
                new Action("compare", 2, random -> compare()),
                new Action("compare and repair", 2, random -> compareAndRepair()),
                new Action("kill a node while they are compared", 2, random -> {
                    compare();
                    Stage.pause(random.nextInt(2000));
                    stage.killAndStart(
                            random.nextBoolean()
                                    ? stage.pair().slave()
                                    : stage.pair().master());
                }));
    }

    private void stopApplying(long millis) {
        stage.done(stage.pair().slaveServer().stopApplying());
        Stage.pause(millis);
    }

    private void startApplying() {
        stage.done(stage.pair().slaveServer().startApplying());
    }

    private void logAllFiles(boolean all) {
        TransactionLogQueueMXBean queue = stage.pair().master().control().transactionLogQueue();
        stage.quietly(() -> {
            if (queue.getLogMode().equals(all ? "ALL" : "DL")) {
                return;
            }
            stage.done(all ? queue.logAllFiles() : queue.logDlFilesOnly());
            stage.expectation().logAllFiles(all);
        });
    }

    /** Begins a comparison if none is under way; it goes on beside what follows. */
    private void compare() {
        judge.entriesOfOthers();
        var verification = stage.pair().master().control().verification(Pair.MASTER);
        if (!Audit.AT_WORK.contains(verification.getState())) {
            stage.done(verification.start(SHARE, 1));
        }
    }

    /** While users work: what differs is known to the ordeal anyway. */
    private void compareAndRepair() {
        compare();
        var verification = stage.pair().master().control().verification(Pair.MASTER);
        boolean done = Stage.await(COMPARING_SECONDS, () -> !Audit.AT_WORK.contains(verification.getState()));
        if (done && verification.getFilesDifferent() > 0) {
            stage.journal().say("  " + verification.getFilesDifferent() + " files differ");
            judge.repaired();
            stage.done(verification.repair(Pair.MASTER, "a test"));
        }
    }

    private void look() {
        Pair pair = stage.pair();
        pair.masterServer().query();
        pair.slaveServer().query();
        pair.masterServer().show();
        pair.slaveServer().status(20);
        pair.slaveServer().head();
        pair.slaveServer().openedFiles("", 1000);
        pair.slaveServer().statistics();
        pair.master().control().transactionLogQueue().display(Pair.MASTER);
        pair.master().control().transactionLogQueue().list(Pair.MASTER, 0, 10);
        pair.master().control().node().listJobs(20);
        pair.slave().control().node().listJobs(20);
        pair.slave().control().lostAndFound().list("", 10);
        pair.slave().control().permanentLog().next("", 10);
    }
}
