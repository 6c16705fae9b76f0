package org.hotbackup.resync;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.hotbackup.client.FailedCall;
import org.hotbackup.control.ControlDirectory;
import org.hotbackup.control.NodeCertificate;
import org.hotbackup.control.OperationReceipt;
import org.hotbackup.control.OperationReceipt.Outcome;
import org.hotbackup.control.QueueEntry;
import org.hotbackup.control.ServerMXBean;
import org.hotbackup.control.Task;
import org.hotbackup.control.VerificationMXBean;
import org.hotbackup.control.VerifiedFile;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;

/**
 * Makes a slave's node the image of its master's while the master goes on working (docs/adr/0022): stops the slave server, notes the
 * log, carries one account after the other through a tape-socket pair, starts the slave server, which goes on in the log from
 * before, and has both compared. What is restored is known to the slave's node, so that whoever gives the same command again goes
 * on. For one thread.
 */
public final class NodeResync {

    private static final int MOST = 1_000;
    private static final int MOST_PORT = 65_535;
    private static final long BEGIN_PATIENCE_MILLIS = 60_000;
    private static final String OWN_ACCOUNT = "dm";
    private static final String DONE = "done";
    private static final String STOPPED = "stopped";

    private final ControlDirectory master;
    private final ControlDirectory slave;
    private final ResyncRequest request;
    private final ResyncWatch watch;
    private final ResyncHold hold;
    private final long beganMillis;
    private String masterName = "";
    private String slaveName = "";
    private ServerPair pair;
    private TapePair tapes;
    private List<String> removed = List.of();
    private List<String> restored = List.of();
    private long bytes;
    private long notedLsn;
    private volatile boolean proving;

    /** Of two nodes; nothing is asked of them yet. */
    public NodeResync(ControlDirectory master, ControlDirectory slave, ResyncRequest request, ResyncWatch watch) {
        this.master = master;
        this.slave = slave;
        this.request = request;
        this.hold = new ResyncHold(List.of(slave, master), request.from(), watch);
        this.watch = new HeldWatch(watch, hold);
        this.beganMillis = watch.millis();
        this.tapes = new TapePair(master, slave, request.reason(), this.watch);
    }

    /**
     * Looks at everything that can be known before anything is touched.
     *
     * @return what is going to be overwritten, a question to whoever gives the command
     * @throws Refusal if something is in the way
     */
    public String check() {
        masterName = master.node().getName();
        slaveName = slave.node().getName();
        if (master.node().getNodeId().equals(slave.node().getNodeId())) {
            throw new Refusal(MessageCode.RESYNC_ONE_NODE, slaveName);
        }
        hold.refuseIfOthers();
        pair = ServerPair.of(master, slave, request.server());
        for (ControlDirectory node : List.of(master, slave)) {
            // only an admin may; the node says so
            node.security().usersText("", 1);
            long free = node.node().getDiskFreeBytes();
            if (free < node.node().getDiskReserveBytes()) {
                throw new Refusal(MessageCode.RESYNC_NO_ROOM, node.node().getName(), free >> 20);
            }
        }
        checkTrust();
        for (ServerMXBean server : List.of(master.server(pair.master()), slave.server(pair.slave()))) {
            if (!server.getPromotion().isEmpty()) {
                throw new Refusal(MessageCode.RESYNC_REFUSED, server.getPromotion());
            }
        }
        if (!master.transactionLogQueue().isEnqueuing()) {
            throw new Refusal(MessageCode.RESYNC_NOT_ENQUEUING, masterName);
        }
        String refusal = master.server(pair.master()).getRefusal();
        if (!request.isWhole() && !refusal.isEmpty() && !isUnderWay()) {
            throw new Refusal(MessageCode.RESYNC_ONLY_WHOLE, refusal);
        }
        List<String> accounts = master.node().getAccounts();
        for (String unit : request.units()) {
            if (!accounts.contains(unit.split(",", 2)[0])) {
                throw new Refusal(MessageCode.NO_ACCOUNT, unit);
            } else if (unit.contains(",")) {
                master.node().digest(unit);
            }
        }
        List<String> others = others();
        String all = request.isWhole() ? "all accounts" : String.join(", ", request.units());
        return MessageCode.RESYNC_QUESTION.text(
                slaveName, all, masterName, others.isEmpty() ? "none" : String.join(", ", others));
    }

    private void checkTrust() {
        if (!pair.insecure()) {
            String masterId = master.node().getNodeId();
            String slaveId = slave.node().getNodeId();
            if (!trusts(master, slaveId)) {
                throw new Refusal(MessageCode.RESYNC_NO_TRUST, masterName, slaveName);
            } else if (!trusts(slave, masterId)) {
                throw new Refusal(MessageCode.RESYNC_NO_TRUST, slaveName, masterName);
            }
        }
    }

    private static boolean trusts(ControlDirectory node, String other) {
        return node.security().certificates().stream()
                .filter(certificate -> !certificate.peer().isEmpty())
                .map(NodeCertificate::nodeId)
                .anyMatch(other::equals);
    }

    private boolean isUnderWay() {
        return slave.resync().getServer().equals(pair.slave())
                && !slave.resync().isToBeProved();
    }

    /**
     * Whether all that is wanted was restored before, and the slave goes on in the log. What was made on the master since then comes
     * with the log, except for an account, which is not among what was wanted and lets all be restored anew.
     */
    private boolean isToBeProved() {
        if (!slave.resync().isToBeProved() || !slave.resync().getServer().equals(pair.slave())) {
            return false;
        }
        List<String> there = slave.resync().getWanted();
        boolean same =
                request.isWhole() ? there.containsAll(master.node().getAccounts()) : there.equals(request.units());
        return same && master.server(pair.master()).getRefusal().isEmpty();
    }

    /** Accounts that only the slave has; empty if they may be those of another master. */
    private List<String> others() {
        long slaveServers = slave.node().getServerNames().stream()
                .filter(name -> slave.server(name).getServerType().equals("Slave"))
                .count();
        if (!request.isWhole() || request.proofOnly() || slaveServers > 1) {
            return List.of();
        }
        Set<String> others = new TreeSet<>(slave.node().getAccounts());
        others.removeAll(master.node().getAccounts());
        others.remove(OWN_ACCOUNT);
        return List.copyOf(others);
    }

    /**
     * Does it, after {@link #check}.
     *
     * @param confirmName the name of the slave's node: what it has is overwritten
     * @throws Refusal if something is in the way; says how far it came, and what to do
     */
    public ResyncResult run(String confirmName) {
        hold.take();
        try {
            return held(confirmName);
        } finally {
            hold.close();
        }
    }

    private ResyncResult held(String confirmName) {
        if (request.proofOnly()) {
            return provedOnly();
        }
        boolean restoredBefore = isToBeProved();
        if (restoredBefore) {
            watch.say(MessageCode.RESYNC_GOES_ON_AT_PROOF.text(slaveName));
        } else {
            begin(confirmName);
        }
        long saved;
        try {
            if (!restoredBefore) {
                beginAnew(confirmName);
                removed = removeOthers();
                carryAll();
                tapes.close();
            }
            restored = slave.resync().getRestored();
            bytes = slave.resync().getRestoredBytes();
            notedLsn = slave.resync().getNotedLsn();
            saved = master.transactionLogQueue().getLastLsn();
            start(master.server(pair.master()));
            watch.say(Answers.done(slave.resync().end(saved, hold.command())).message());
        } catch (RuntimeException e) {
            throw brokenOff(e);
        }
        return proved(saved);
    }

    /** What a resync left that was given up, or what was done by hand, is made equal through the log. */
    private ResyncResult provedOnly() {
        if (isUnderWay()) {
            throw new Refusal(
                    MessageCode.RESYNC_UNFINISHED,
                    pair.slave(),
                    slave.resync().getWanted().size()
                            - slave.resync().getRestored().size());
        }
        notedLsn = master.transactionLogQueue().getLastLsn();
        start(slave.server(pair.slave()));
        start(master.server(pair.master()));
        return proved(notedLsn);
    }

    private ResyncResult proved(long saved) {
        proving = true;
        try {
            ResyncResult result = prove(saved);
            Answers.done(slave.resync().proved(pair.slave(), String.join(" ", request.units()), hold.command()));
            return result;
        } catch (Refusal e) {
            throw e;
        } catch (RuntimeException e) {
            throw notProved(FailedCall.of(e).sentence());
        }
    }

    /** What is to be said if the command ends now, before it is done. */
    public String interrupted() {
        return proving
                ? MessageCode.RESYNC_PROOF_INTERRUPTED.text(pair.master(), masterName)
                : MessageCode.RESYNC_INTERRUPTED.text();
    }

    /** How far it came, and that the same command goes on; with what failed. */
    private Refusal brokenOff(RuntimeException e) {
        FailedCall failed = FailedCall.of(e);
        if (hold.isLost()) {
            // the tapes may be those of another command now
            return hold.lost();
        }
        tapes.giveUp();
        if (isGivenUp()) {
            return new Refusal(MessageCode.RESYNC_GIVEN_UP_MEANWHILE, slaveName, masterName);
        }
        boolean lost = failed.code() == MessageCode.CONNECTION_LOST;
        return new Refusal(
                lost ? MessageCode.RESYNC_LOST : MessageCode.RESYNC_BROKEN, failed.sentence(), masterName, slaveName);
    }

    private boolean isGivenUp() {
        try {
            return slave.resync().getServer().isEmpty();
        } catch (RuntimeException e) {
            // its node is away, and remembers
            return false;
        }
    }

    /** Stops the slave server and lets its node remember what is to be done. */
    private void begin(String confirmName) {
        boolean goesOn = isUnderWay();
        List<String> units = goesOn && request.isWhole() ? slave.resync().getWanted() : units();
        long lsn = master.transactionLogQueue().getLastLsn();
        boolean anew = goesOn ? slave.resync().isAnew() : request.isWhole();
        OperationReceipt receipt = begin(units, lsn, anew, confirmName);
        long until = watch.millis() + BEGIN_PATIENCE_MILLIS;
        while (receipt.messageId().equals(MessageCode.RESYNC_WAITS.id()) && watch.millis() < until) {
            watch.progress(receipt.message());
            watch.pause();
            receipt = begin(units, lsn, anew, confirmName);
        }
        watch.say(Answers.done(receipt).message());
    }

    private OperationReceipt begin(List<String> units, long lsn, boolean anew, String confirmName) {
        return slave.resync()
                .begin(pair.slave(), String.join(" ", units), lsn, anew, hold.command(), confirmName, request.reason());
    }

    private List<String> units() {
        return request.isWhole() ? master.node().getAccounts() : request.units();
    }

    /**
     * Lets both servers begin anew where that is to be done: then the slave stands where its master's queue begins, which is before
     * anything is saved, whatever it missed until now.
     */
    private void beginAnew(String confirmName) {
        if (!slave.resync().isAnew()) {
            return;
        }
        ServerMXBean sender = master.server(pair.master());
        if (sender.isRunning()) {
            Answers.done(sender.stop(pair.master()));
        }
        long until = watch.millis() + BEGIN_PATIENCE_MILLIS;
        while (sender.isRunning()) {
            if (watch.millis() > until) {
                throw new Refusal(MessageCode.RESYNC_WAITS, sender.getStatus());
            }
            watch.pause();
        }
        Answers.done(slave.resync().beginAnew(pair.slave(), hold.command(), pair.slave(), request.reason()));
        watch.say(
                Answers.done(master.resync().beginAnew(pair.master(), hold.command(), pair.master(), request.reason()))
                        .message());
        start(sender);
        // an account that was made until now is in no queue
        List<String> units = request.isWhole() ? units() : slave.resync().getWanted();
        Answers.done(begin(units, slave.resync().getNotedLsn(), false, confirmName));
    }

    private static void start(ServerMXBean server) {
        if (!server.isRunning()) {
            Answers.done(server.start());
        }
    }

    private List<String> removeOthers() {
        List<String> others = others();
        for (String account : others) {
            watch.say(Answers.done(slave.resync().remove(account, hold.command(), account, request.reason()))
                    .message());
        }
        return others;
    }

    private void carryAll() {
        List<String> wanted = slave.resync().getWanted();
        List<String> there = slave.resync().getRestored();
        if (there.containsAll(wanted)) {
            return;
        }
        String[] call = request.call().map(address -> address.split(":", 2)).orElse(null);
        tapes.open(
                call == null ? pair.host() : call[0],
                call == null ? request.port() : port(call),
                request.port(),
                pair.insecure());
        for (int i = 0; i < wanted.size(); i++) {
            String unit = wanted.get(i);
            if (!there.contains(unit)) {
                carry(unit, (i + 1) + " of " + wanted.size() + ", " + unit);
            }
        }
    }

    private static int port(String... call) {
        boolean usable = call.length == 2 && call[1].matches("[0-9]{1,5}");
        int port = usable ? Integer.parseInt(call[1]) : 0;
        if (port < 1 || port > MOST_PORT) {
            throw new Refusal(MessageCode.USAGE, "Write --call HOST:PORT.");
        }
        return port;
    }

    /** One account or file: a tape of its own. */
    private void carry(String unit, String title) {
        if (!unit.contains(",") && !master.node().getAccounts().contains(unit)) {
            // it was deleted since
            watch.say(Answers.done(slave.resync().remove(unit, hold.command(), unit, request.reason()))
                    .message());
            return;
        }
        OperationReceipt receiving = Answers.done(slave.resync().receive(unit, hold.command()));
        OperationReceipt sending = Answers.done(master.resync().send(unit, hold.command()));
        String in = receiving.task();
        String out = sending.task();
        while (receiving.outcome() == Outcome.ACCEPTED || sending.outcome() == Outcome.ACCEPTED) {
            watch.pause();
            receiving = looked(slave, in, receiving);
            sending = looked(master, out, sending);
            Answers.done(sending);
            Answers.done(receiving);
            progress(title, out, in);
        }
        watch.say(title + ": " + receiving.message());
    }

    private static OperationReceipt looked(ControlDirectory node, String task, OperationReceipt before) {
        return before.outcome() == Outcome.ACCEPTED ? node.tasks().receipt(task) : before;
    }

    private void progress(String title, String out, String in) {
        Optional<Task> sending = task(master, out);
        Optional<Task> receiving = task(slave, in);
        String refusal = tapes.refusal();
        if (!refusal.isEmpty()) {
            watch.progress(title + ": " + refusal);
            return;
        }
        sending.or(() -> receiving)
                .ifPresent(task -> watch.progress(
                        title + ": " + (task.percent() < 0 ? "" : task.percent() + " %, ") + task.message()));
    }

    private static Optional<Task> task(ControlDirectory node, String id) {
        return node.tasks().list(MOST).stream()
                .filter(task -> task.id().equals(id) && task.underWay())
                .findFirst();
    }

    /** Waits until the slave has what was logged while all was saved, and has both sides compared. */
    private ResyncResult prove(long saved) {
        catchUp(saved);
        VerificationMXBean verification = master.verification(pair.master());
        String state = verification.getState();
        if (!state.equals(DONE) && !state.equals(STOPPED)) {
            // one that goes on for ever, perhaps
            verification.stop();
        }
        watch.say(Answers.done(verification.prove(
                        String.join(" ", request.units()), request.share(), pair.master(), request.reason()))
                .message());
        while (!verification.getState().equals(DONE)) {
            if (verification.getState().equals(STOPPED)) {
                throw notProved(MessageCode.VERIFY_STOPPED.text(pair.master()));
            }
            refuseIfHopeless();
            watch.progress(verification.getFilesDone() + " of " + verification.getFiles() + " files compared"
                    + (verification.getTrouble().isEmpty() ? "" : "; " + verification.getTrouble()));
            watch.pause();
        }
        List<VerifiedFile> files = files(verification);
        long different =
                files.stream().filter(file -> !file.finding().equals("equal")).count();
        if (different > 0) {
            // repairing through the log did not help: the same command restores all
            slave.resync().abandon(pair.slave(), request.reason());
            throw notProved(MessageCode.VERIFY_DIFFERENT.text(different, verification.getItemsDifferent()));
        }
        return new ResyncResult(
                masterName,
                slaveName,
                pair.master(),
                pair.slave(),
                restored,
                removed,
                bytes,
                notedLsn,
                saved,
                files.stream().mapToLong(VerifiedFile::provedLsn).min().orElse(0),
                files.size(),
                (watch.millis() - beganMillis) / 1_000);
    }

    private Refusal notProved(String why) {
        return new Refusal(MessageCode.RESYNC_NOT_PROVED, slaveName, masterName, why, pair.master());
    }

    /** Waiting is of no use where the slave refuses what is sent, or its node does not answer any more. */
    private void refuseIfHopeless() {
        slave.node().getName();
        String refusal = master.server(pair.master()).getRefusal();
        if (!refusal.isEmpty()) {
            throw notProved(refusal);
        }
    }

    private void catchUp(long saved) {
        List<QueueEntry> oldest = master.transactionLogQueue().list(pair.master(), 0, 1);
        while (!oldest.isEmpty() && oldest.get(0).lsn() <= saved) {
            refuseIfHopeless();
            watch.progress(MessageCode.RESYNC_CATCHES_UP.text(oldest.get(0).lsn(), saved));
            watch.pause();
            oldest = master.transactionLogQueue().list(pair.master(), 0, 1);
        }
    }

    private static List<VerifiedFile> files(VerificationMXBean verification) {
        List<VerifiedFile> all = new ArrayList<>();
        List<VerifiedFile> page = verification.files("", MOST);
        while (!page.isEmpty()) {
            all.addAll(page);
            page = verification.files(page.get(page.size() - 1).path(), MOST);
        }
        return all;
    }
}
