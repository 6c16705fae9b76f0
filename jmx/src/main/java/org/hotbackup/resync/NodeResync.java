package org.hotbackup.resync;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.hotbackup.client.FailedCall;
import org.hotbackup.control.ControlDirectory;
import org.hotbackup.control.NodeCertificate;
import org.hotbackup.control.OperationReceipt;
import org.hotbackup.control.ServerMXBean;
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

    private static final long BEGIN_PATIENCE_MILLIS = 60_000;
    private static final String OWN_ACCOUNT = "dm";

    private final ControlDirectory master;
    private final ControlDirectory slave;
    private final ResyncRequest request;
    private final ResyncWatch watch;
    private final ResyncHold hold;
    private final long beganMillis;
    private ServerPair pair;
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
    }

    /**
     * Looks at everything that can be known before anything is touched.
     *
     * @return what is going to be overwritten, a question to whoever gives the command
     * @throws Refusal if something is in the way
     */
    public String check() {
        if (master.node().getNodeId().equals(slave.node().getNodeId())) {
            throw new Refusal(MessageCode.RESYNC_ONE_NODE, slave.node().getName());
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
            throw new Refusal(MessageCode.RESYNC_NOT_ENQUEUING, pair.masterNode());
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
                pair.slaveNode(), all, pair.masterNode(), others.isEmpty() ? "none" : String.join(", ", others));
    }

    private void checkTrust() {
        if (!pair.insecure()) {
            String masterId = master.node().getNodeId();
            String slaveId = slave.node().getNodeId();
            if (!trusts(master, slaveId)) {
                throw new Refusal(MessageCode.RESYNC_NO_TRUST, pair.masterNode(), pair.slaveNode());
            } else if (!trusts(slave, masterId)) {
                throw new Refusal(MessageCode.RESYNC_NO_TRUST, pair.slaveNode(), pair.masterNode());
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
            watch.say(MessageCode.RESYNC_GOES_ON_AT_PROOF.text(pair.slaveNode()));
        } else {
            begin(confirmName);
        }
        long saved;
        try {
            if (!restoredBefore) {
                beginAnew(confirmName);
                removed = removeOthers();
                carriage().carry();
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
            List<VerifiedFile> files = proof().make(saved);
            Answers.done(slave.resync().proved(pair.slave(), String.join(" ", request.units()), hold.command()));
            return result(saved, files);
        } catch (Refusal e) {
            throw e;
        } catch (RuntimeException e) {
            throw proof().failed(sentence(FailedCall.of(e)));
        }
    }

    private ResyncProof proof() {
        return new ResyncProof(master, slave, pair, request, watch);
    }

    private ResyncResult result(long saved, List<VerifiedFile> files) {
        return new ResyncResult(
                pair.masterNode(),
                pair.slaveNode(),
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

    /** What is to be said if the command ends now, before it is done. */
    public String interrupted() {
        return proving
                ? MessageCode.RESYNC_PROOF_INTERRUPTED.text(pair.master(), pair.masterNode())
                : MessageCode.RESYNC_INTERRUPTED.text();
    }

    private Carriage carriage() {
        return new Carriage(master, slave, pair, request, hold.command(), watch);
    }

    /** How far it came, and that the same command goes on; with what failed. */
    private Refusal brokenOff(RuntimeException e) {
        FailedCall failed = FailedCall.of(e);
        if (hold.isLost()) {
            // the tapes may be those of another command now
            return hold.lost();
        }
        carriage().giveUp();
        if (isGivenUp()) {
            return new Refusal(MessageCode.RESYNC_GIVEN_UP_MEANWHILE, pair.slaveNode(), pair.masterNode());
        }
        boolean lost = failed.code() == MessageCode.CONNECTION_LOST;
        return new Refusal(
                lost ? MessageCode.RESYNC_LOST : MessageCode.RESYNC_BROKEN,
                sentence(failed),
                pair.masterNode(),
                pair.slaveNode());
    }

    /** What failed, and which node is away if one is. */
    private String sentence(FailedCall failed) {
        if (failed.code() != MessageCode.CONNECTION_LOST) {
            return failed.sentence();
        }
        String gone = isThere(slave) ? pair.masterNode() : pair.slaveNode();
        return MessageCode.RESYNC_NODE_GONE.text(gone, failed.sentence());
    }

    private static boolean isThere(ControlDirectory node) {
        try {
            node.node().getName();
            return true;
        } catch (RuntimeException e) {
            return false;
        }
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
}
