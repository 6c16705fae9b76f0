package org.hotbackup.ordeal;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.hotbackup.model.DPointer;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.Update;
import org.hotbackup.testing.Pair;
import org.hotbackup.testing.StoreKind;

/**
 * A pair of real nodes and a second slave under users, operators and faults, all by chance from one seed. It goes in phases; each ends with quiet
 * and a judgement of both images, and the first that finds something wrong is the last.
 */
public final class Ordeal implements AutoCloseable {

    private static final int MOST_FRAMES = 5;
    private static final int USERS = 4;
    private static final long PATIENCE_SECONDS = 300;

    private final long seed;
    private final Journal journal;
    private final Pair pair;
    private final SecondSlave secondSlave;
    private final RoleSwitch roleSwitch;
    private final Set<String> shown = new TreeSet<>();
    private final Stage stage;
    private final Judge judge;
    private final Plan plan;
    private final LargeFileActions largeFiles;
    private final NewPairActions newPair;
    private final LostAndFoundActions lostAndFound;
    private final Watch watch;

    /**
     * Starts the pair.
     *
     * @param folder of the nodes' homes
     * @param war what the nodes run: the application with {@link org.hotbackup.ordeal.inside.InsideUser} in it
     */
    public Ordeal(Path folder, StoreKind kind, Path war, long seed, Journal journal) {
        this.seed = seed;
        this.journal = journal;
        journal.say("seed " + seed + ", store " + kind);
        secondSlave = new SecondSlave(folder, kind, war);
        pair = start(secondSlave, () -> Pair.startInsecure(folder, kind, war));
        stage = new Stage(pair, secondSlave, journal, USERS, seed);
        secondSlave.begin(stage);
        judge = new Judge(stage);
        List<Action> actions = new ArrayList<>(new LinkActions(stage).all());
        actions.addAll(new NodeActions(stage).all());
        actions.addAll(new ServerActions(stage, judge).all());
        actions.addAll(new SlaveActions(stage).all());
        lostAndFound = new LostAndFoundActions(stage);
        actions.addAll(lostAndFound.all());
        newPair = new NewPairActions(stage, judge);
        actions.addAll(newPair.all());
        largeFiles = new LargeFileActions(stage);
        actions.addAll(largeFiles.all());
        actions.addAll(new SecondSlaveActions(stage).all());
        roleSwitch = new RoleSwitch(stage, judge, newPair, lostAndFound);
        plan = new Plan(seed, actions);
        watch = new Watch(() -> pair.master().home(), journal);
    }

    /** All three nodes at the same time: either all of them run, or none. */
    private static Pair start(SecondSlave third, Supplier<Pair> pair) {
        CompletableFuture<Void> launched = CompletableFuture.runAsync(third::launch);
        CompletableFuture<Pair> started = CompletableFuture.supplyAsync(pair);
        try {
            launched.join();
            return started.join();
        } catch (CompletionException e) {
            started.thenAccept(Pair::close).exceptionally(why -> null).join();
            third.close();
            throw e;
        }
    }

    /** Goes on from phase to phase until the time is over, or something is wrong. */
    public void run(Duration time) throws InterruptedException {
        Instant end = Instant.now().plus(time);
        if (attempt("setting up the slaves", () -> setUp(plan.phase(1)))) {
            begin();
            stage.startUsers();
        }
        for (int number = 1; journal.isClean() && (number == 1 || Instant.now().isBefore(end)); number++) {
            perform(plan.phase(number));
        }
        stage.stopUsers();
        journal.say("end, seed " + seed + ", " + stage.answered() + " calls answered");
    }

    private void begin() {
        DPointer pointer = DPointer.of("DL", 101);
        FilePath shared = UserMoves.SHARED;
        stage.operator()
                .perform(
                        List.of(new Update.AccountCreated(FilePath.masterDictionary(shared.account()), pointer)),
                        false);
        stage.operator().perform(List.of(new Update.FileCreated(shared, pointer)), false);
        largeFiles.begin();
    }

    private void perform(Plan.Phase phase) {
        journal.say("phase " + phase.number() + ", auto create " + (phase.autoCreate() ? "on" : "off")
                + (phase.cascade() ? ", a cascade: " : ": ")
                + phase.steps().stream().map(Plan.Step::action).toList());
        if (phase.roles() != RoleSwitch.Way.NONE && !changeRoles(phase)) {
            return;
        }
        for (Plan.Step step : phase.steps()) {
            Stage.pause(step.pauseMillis());
            journal.say(step.action() + ", " + stage.answered() + " calls answered");
            Random random = new Random(step.seed());
            if (!attempt(step.action(), () -> plan.action(step.action()).work().perform(random))) {
                return;
            }
            shown.add(plan.action(step.action()).kind().name());
        }
        attempt(
                "the judgement",
                () -> stage.quietly(() -> {
                    judge(phase);
                    if (journal.isClean()) {
                        // not one transaction may come between the judgement of one setting and the next setting
                        setUp(plan.phase(phase.number() + 1));
                    }
                }));
    }

    private boolean changeRoles(Plan.Phase phase) {
        String what = "a change of roles, " + phase.roles();
        journal.say(what + ", " + stage.answered() + " calls answered");
        Random random = new Random(seed * 31 + phase.number());
        boolean done = attempt(what, () -> roleSwitch.perform(phase.roles(), random));
        if (done) {
            shown.add("ROLES");
            journal.say("users work on " + pair.master().home().name());
        }
        return done && journal.isClean();
    }

    /** The kinds of what was done so far: {@code PAIR}, {@code SECOND_SLAVE}, {@code CASCADE}, {@code ROLES}. */
    public Set<String> shown() {
        if (secondSlave.cascadesJudged() > 0) {
            shown.add("CASCADE");
        }
        return Set.copyOf(shown);
    }

    private boolean attempt(String what, Runnable work) {
        try {
            work.run();
            return true;
        } catch (RuntimeException | AssertionError e) {
            journal.violation(what + " failed: " + e + " at "
                    + Arrays.stream(e.getStackTrace()).limit(MOST_FRAMES).toList());
            return false;
        }
    }

    /** The slave server can be changed only while it is stopped. */
    private void setUp(Plan.Phase phase) {
        pair.awaitAcknowledged(PATIENCE_SECONDS);
        stage.done(pair.slaveServer().stop(stage.pair().slaveName()));
        newPair.setUpSlave(phase.autoCreate(), phase.cascade());
        stage.done(pair.slaveServer().start());
        pair.awaitAcknowledged(PATIENCE_SECONDS);
        judge.counting();
        if (secondSlave.place(phase.cascade()) && !phase.cascade()) {
            // what makes it equal went to the first slave as well
            judge.sentToAll();
        }
    }

    private void judge(Plan.Phase phase) {
        pair.line().mend();
        secondSlave.mend();
        judge.judge();
        if (phase.audit() && journal.isClean()) {
            judge.countAnew(new Audit(stage, phase.autoCreate()).perform());
            lostAndFound.empty();
        }
    }

    @Override
    public void close() {
        watch.close();
        pair.close();
        secondSlave.close();
    }
}
