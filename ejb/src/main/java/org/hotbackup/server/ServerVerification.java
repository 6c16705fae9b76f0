package org.hotbackup.server;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadLocalRandom;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.hotbackup.control.OperationReceipt;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.model.FilePath;
import org.hotbackup.server.VerificationRecords.Phase;
import org.hotbackup.server.VerificationRecords.State;
import org.hotbackup.verify.CheckNumbers;
import org.hotbackup.verify.ComparedStore;
import org.hotbackup.verify.DefinitionsRepair;
import org.hotbackup.verify.FileResult;
import org.hotbackup.verify.Repair;
import org.hotbackup.verify.Verification;

/**
 * Compares the files of one master server with its slave's and repairs what differs, on a thread of its own while it is
 * asked to. What it is to do is kept, so that a restarted node goes on with it. Thread-safe.
 */
public final class ServerVerification implements Verification.Keeper {

    private static final Logger LOG = Logger.getLogger(ServerVerification.class.getName());
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(30);
    private static final int MOST_SHARE = 100;
    private static final String VERIFICATION = "verification";
    private static final String REPAIR = "repair";
    private static final String RESYNC = "resync";
    /** After a failure of the store, and between two transactions of a repair that is refused. */
    private static final long AGAIN_MILLIS = 500;

    private final ReplicationServer server;
    private final ComparedStore store;
    private final VerificationRecords records;
    private final ThreadFactory threads;
    private volatile ServerThread thread;
    private volatile Verification verification;
    private volatile String trouble = "";
    private volatile long launchedAtMillis;
    private volatile String kind = "";
    private Repair repair;
    private DefinitionsRepair definitions;
    private ResyncProgress resync = new ResyncProgress();
    private long recheckAgainAt;
    private boolean lastSaidEqual;
    private boolean saidBefore;

    ServerVerification(
            ReplicationServer server, ComparedStore store, VerificationRecords records, ThreadFactory threads) {
        this.server = server;
        this.store = store;
        this.records = records;
        this.threads = threads;
    }

    /** Begins to compare all files that are logged. */
    public synchronized OperationReceipt start(int share, int rounds) {
        refuseShare(share);
        if (rounds < 0) {
            throw new Refusal(MessageCode.SETTING_OUT_OF_RANGE, "rounds", rounds, "0 for ever, or how many");
        }
        refuseIfRefused();
        refuseIfRunning();
        records.keep(new State(Phase.VERIFYING, share, rounds, 1, newRun(), Set.of()));
        kind = VERIFICATION;
        server.say(MessageCode.VERIFY_STARTED, server.name());
        launch();
        return OperationReceipt.accepted(MessageCode.VERIFY_STARTED, server.name());
    }

    /** Stops; what was found is kept. */
    public synchronized OperationReceipt stop() {
        if (!isRunning()) {
            return OperationReceipt.refused(MessageCode.VERIFY_NOT_RUNNING, server.name());
        }
        end();
        records.keep(records.state().in(Phase.STOPPED));
        server.say(MessageCode.VERIFY_STOPPED, server.name());
        return OperationReceipt.done(MessageCode.VERIFY_STOPPED, server.name());
    }

    /** Sends what differs once more and compares those files again. */
    public synchronized OperationReceipt repair(String confirmName) {
        Refusal.unlessConfirmed(server.name(), confirmName);
        refuseIfRefused();
        refuseIfRunning();
        Set<FilePath> files = ResyncProgress.different(records.results());
        if (files.isEmpty()) {
            return OperationReceipt.refused(MessageCode.NOTHING_TO_REPAIR, server.name());
        }
        records.keep(new State(Phase.REPAIRING, records.state().share(), 1, 1, newRun(), files));
        kind = REPAIR;
        server.say(MessageCode.REPAIR_STARTED, server.name(), files.size());
        launch();
        return OperationReceipt.accepted(MessageCode.REPAIR_STARTED, server.name(), files.size());
    }

    /** Compares all files, sends what differs, and compares again, until nothing does or nothing more is gained. */
    public synchronized OperationReceipt resync(int share, String confirmName) {
        Refusal.unlessConfirmed(server.name(), confirmName);
        refuseShare(share);
        refuseIfRefused();
        refuseIfRunning();
        resync = new ResyncProgress();
        records.keep(new State(Phase.VERIFYING, share, 1, 1, newRun(), Set.of(), ResyncProgress.MOST_REPAIRS));
        kind = RESYNC;
        server.say(MessageCode.RESYNC_STARTED, server.name());
        launch();
        return OperationReceipt.accepted(MessageCode.RESYNC_STARTED, server.name());
    }

    /**
     * The same of what is logged in some accounts and files only, or of all; if nothing differs, nothing is sent. What was found of
     * others before is forgotten.
     *
     * @param units accounts, and account,file, with blanks between them; empty for all
     */
    public synchronized OperationReceipt prove(String units, int share, String confirmName) {
        Refusal.unlessConfirmed(server.name(), confirmName);
        refuseShare(share);
        refuseIfRefused();
        refuseIfRunning();
        Set<FilePath> files = units.isBlank() ? Set.of() : ProvedFiles.of(units, store.files());
        resync = new ResyncProgress();
        if (!files.isEmpty()) {
            List.copyOf(records.results()).stream()
                    .map(FileResult::file)
                    .filter(file -> !files.contains(file))
                    .forEach(records::forget);
        }
        records.keep(new State(Phase.VERIFYING, share, 1, 1, newRun(), files, ResyncProgress.MOST_REPAIRS - 1));
        kind = RESYNC;
        server.say(MessageCode.RESYNC_STARTED, server.name());
        launch();
        return OperationReceipt.accepted(MessageCode.RESYNC_STARTED, server.name());
    }

    private static void refuseShare(int share) {
        if (share < 1 || share > MOST_SHARE) {
            throw new Refusal(MessageCode.SETTING_OUT_OF_RANGE, "share", share, "a percentage from 1 to 100");
        }
    }

    /** Over a link that is refused nothing is ever compared, nor is the slave made equal: it would be waited for in vain. */
    private void refuseIfRefused() {
        server.mustBeginAnew().ifPresent(refusal -> {
            throw refusal;
        });
    }

    private void refuseIfRunning() {
        if (records.state().phase() == Phase.DONE) {
            // its thread may need another moment
            end();
        }
        if (isRunning()) {
            throw new Refusal(MessageCode.VERIFY_RUNNING, server.name());
        }
    }

    private static String newRun() {
        return UUID.randomUUID().toString();
    }

    /** Goes on with what was under way when the node stopped. */
    synchronized void resume() {
        Phase phase = records.state().phase();
        if (phase == Phase.VERIFYING || phase == Phase.REPAIRING) {
            launch();
        }
    }

    private void launch() {
        repair = null;
        definitions = null;
        verification = null;
        trouble = "";
        saidBefore = false;
        ServerThread launched = new ServerThread(server.name() + " verify", threads, this::step);
        thread = launched;
        launchedAtMillis = System.currentTimeMillis();
        server.onReport(report -> {
            Verification current = verification;
            if (current != null) {
                current.report(report);
                launched.wake();
            }
        });
        launched.start();
    }

    /** Ends the thread; what it was doing is gone on with at the next start of the node. */
    synchronized void end() {
        ServerThread running = thread;
        if (running != null) {
            try {
                running.stop(STOP_PATIENCE);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            server.onReport(report -> {});
        }
    }

    /** The server is gone: ends and forgets everything. */
    void forget() {
        end();
        records.clear();
    }

    private long step(long now) {
        try {
            if (records.state().phase() == Phase.REPAIRING) {
                return repair(now);
            }
            if (verification == null) {
                verification = begin();
            }
            long next = verification.step(now);
            trouble = verification.progress().trouble();
            if (!verification.isDone()) {
                return next;
            }
            if (resyncGoesOn(records.state())) {
                return now;
            }
            records.keep(records.state().in(Phase.DONE));
            thread.end();
            return next;
        } catch (Refusal e) {
            trouble = e.getMessage();
        } catch (RuntimeException e) {
            String before = trouble;
            trouble = MessageCode.INTERNAL_ERROR.text(e);
            if (!trouble.equals(before)) {
                LOG.log(
                        Level.WARNING,
                        "Comparing the files of server " + server.name() + " failed; it is tried again",
                        e);
            }
        }
        return now + AGAIN_MILLIS;
    }

    /** After a comparison: whether a resync has something to send, or to send once more. */
    private boolean resyncGoesOn(State state) {
        if (state.repairs() == 0) {
            return false;
        }
        Collection<FileResult> results = records.results();
        switch (resync.next(state.repairs(), results)) {
            case DONE -> {
                return false;
            }
            case GIVE_UP -> {
                server.say(MessageCode.RESYNC_GIVEN_UP, ResyncProgress.MOST_REPAIRS - state.repairs());
                return false;
            }
            case SEND -> {
                repair = null;
                definitions = null;
                verification = null;
                records.keep(new State(
                        Phase.REPAIRING,
                        state.share(),
                        1,
                        1,
                        newRun(),
                        ResyncProgress.different(results),
                        state.repairs()));
            }
        }
        return true;
    }

    private Verification begin() {
        State state = records.state();
        return verification(
                new Verification.Plan(state.share(), state.rounds(), state.only()),
                state.round(),
                records.done(),
                this);
    }

    private Verification verification(
            Verification.Plan plan, int round, Set<FilePath> done, Verification.Keeper keeper) {
        return new Verification(
                plan,
                round,
                done,
                CheckNumbers.first(server.name(), ThreadLocalRandom.current().nextInt()),
                store,
                keeper,
                server::acknowledgedLsn,
                System::nanoTime,
                System::currentTimeMillis);
    }

    /** Sends one transaction's worth, and rests as long as the share wants it. */
    private long repair(long now) {
        State state = records.state().with(ResyncProgress.different(records.results()));
        if (repair == null && !recheck(now)) {
            return recheckAgainAt;
        }
        if (repair == null) {
            repair = new Repair(
                    store,
                    List.copyOf(records.results()),
                    sent -> records.keep(records.state().round(), sent));
        }
        long begin = System.nanoTime();
        if (repair.step() || definitions().step()) {
            long cost = System.nanoTime() - begin;
            trouble = "";
            return now + cost * MOST_SHARE / state.share() / 1_000_000;
        }
        server.say(MessageCode.REPAIR_SENT, repair.items());
        if (state.repairs() == 0) {
            records.keep(state.in(Phase.VERIFYING));
        } else {
            // without files that differed all are compared once more: what their D-pointers define is another matter
            records.keep(new State(Phase.VERIFYING, state.share(), 1, 1, newRun(), state.only(), state.repairs() - 1));
        }
        return now;
    }

    /**
     * The D-pointers of what was sent, after all of it: a slave drops a bridge from a file that it gets before the one that
     * the bridge leads to (HB-032). With the first repair of a resync those of all files.
     */
    private DefinitionsRepair definitions() {
        if (definitions == null) {
            boolean all = ResyncProgress.isFirst(records.state().repairs());
            List<FilePath> sent = records.results().stream()
                    .filter(result -> result.finding() == FileResult.Finding.REPAIRED)
                    .map(FileResult::file)
                    .toList();
            definitions = new DefinitionsRepair(store, all ? store.files() : sent);
        }
        return definitions;
    }

    /**
     * Compares once more what is missing, with all that the slave would make anew with it: what came since is not to be
     * made anew.
     *
     * @return whether that is known of everything
     */
    private boolean recheck(long now) {
        if (verification == null) {
            Set<FilePath> missing = Recheck.files(records.results(), store.files());
            if (missing.isEmpty()) {
                return true;
            }
            verification = verification(
                    new Verification.Plan(records.state().share(), 1, missing), 1, Set.of(), new Recheck(this));
        }
        recheckAgainAt = verification.step(now);
        trouble = verification.progress().trouble();
        if (!verification.isDone()) {
            return false;
        }
        verification = null;
        return true;
    }

    @Override
    public void keep(int round, FileResult result) {
        boolean known = records.result(result.file())
                .map(before -> before.finding() == result.finding())
                .orElse(false);
        records.keep(round, result);
        if (!known && result.finding() == FileResult.Finding.MISSING) {
            server.say(MessageCode.VERIFY_FILE_MISSING, result.file());
        } else if (!known && result.finding() == FileResult.Finding.DIFFERENT) {
            server.say(
                    MessageCode.VERIFY_FILE_DIFFERS,
                    result.file(),
                    result.differences().size(),
                    result.differences().get(0).id());
        }
    }

    @Override
    public void gone(FilePath file) {
        records.forget(file);
    }

    @Override
    public void roundDone(int round) {
        State state = records.state();
        if (state.only().isEmpty()) {
            // one that was not compared was not logged for a while: what is known of it may be old
            records.forgetOthers();
        } else {
            forgetAbsent();
        }
        sayResult();
        if (state.rounds() == 0 || round < state.rounds()) {
            records.keep(state.inRound(round + 1));
        }
    }

    private void forgetAbsent() {
        Set<FilePath> there = Set.copyOf(store.files());
        for (FileResult result : records.results()) {
            if (!there.contains(result.file())) {
                records.forget(result.file());
            }
        }
    }

    /** After each round that ends otherwise than the one before it. */
    private void sayResult() {
        Collection<FileResult> results = records.results();
        long different = different(results);
        boolean equal = different == 0;
        if (!saidBefore || equal != lastSaidEqual) {
            if (equal) {
                server.say(MessageCode.VERIFY_EQUAL, results.size(), provedLsn(results));
            } else {
                server.say(MessageCode.VERIFY_DIFFERENT, different, itemsDifferent(results));
            }
        }
        saidBefore = true;
        lastSaidEqual = equal;
    }

    /** How many files are not equal. */
    public static long different(Collection<FileResult> results) {
        return results.stream()
                .filter(result -> result.finding() != FileResult.Finding.EQUAL)
                .count();
    }

    /** How many items are known to differ. */
    public static long itemsDifferent(Collection<FileResult> results) {
        return results.stream().mapToLong(result -> result.differences().size()).sum();
    }

    /** The LSN as of which all files were proved equal, 0 if one was not or there is none. */
    public static long provedLsn(Collection<FileResult> results) {
        return different(results) > 0
                ? 0
                : results.stream().mapToLong(FileResult::lsn).min().orElse(0);
    }

    /** Whether it is comparing or repairing. */
    public boolean isRunning() {
        ServerThread running = thread;
        return running != null && running.isRunning();
    }

    /** When it began, or went on with the node; 0 if it did not since the node started. */
    public long launchedAtMillis() {
        return launchedAtMillis;
    }

    /** Whether somebody stopped it. */
    public boolean isStopped() {
        return records.state().phase() == Phase.STOPPED;
    }

    /** Whether it compares only, sends what differs once, or until nothing does: verification, repair or resync. */
    public String kind() {
        return kind.isEmpty() ? kindOf(records.state()) : kind;
    }

    /** As what is kept of it tells after a restart of the node. */
    private static String kindOf(State state) {
        if (state.repairs() > 0) {
            return RESYNC;
        }
        return state.phase() == Phase.REPAIRING || !state.only().isEmpty() ? REPAIR : VERIFICATION;
    }

    /** What the last results of all files come to, a sentence; empty if there are none. */
    public String result() {
        Collection<FileResult> results = records.results();
        if (results.isEmpty()) {
            return "";
        }
        long different = different(results);
        return different == 0
                ? MessageCode.VERIFY_EQUAL.text(results.size(), provedLsn(results))
                : MessageCode.VERIFY_DIFFERENT.text(different, itemsDifferent(results));
    }

    /** What it is doing, in a word or two. */
    public String phase() {
        return records.state().phase().toString();
    }

    /** The most time it takes, in percent. */
    public int share() {
        return records.state().share();
    }

    /** How many rounds it goes, 0 for ever. */
    public int rounds() {
        return records.state().rounds();
    }

    /** The round it is in, from 1; 0 if it never ran. */
    public int round() {
        return records.state().round();
    }

    /** How far it is; zeros if nothing was compared since the node's start. */
    public Verification.Progress progress() {
        Verification current = verification;
        return current == null ? new Verification.Progress(0, 0, 0, 0, 0, 0, "") : current.progress();
    }

    /** Why it does not go on at the moment; empty if it does. */
    public String trouble() {
        if (!isRunning()) {
            return "";
        }
        Optional<Refusal> refused = server.mustBeginAnew();
        if (refused.isPresent() || !trouble.isEmpty()) {
            return refused.map(Refusal::getMessage).orElse(trouble);
        }
        boolean waits = records.state().phase() == Phase.VERIFYING && server.acknowledgedLsn() == 0;
        return waits ? MessageCode.VERIFY_WAITS.text(server.name()) : "";
    }

    /** The last result of every file, by path. */
    public Collection<FileResult> results() {
        return records.results();
    }
}
