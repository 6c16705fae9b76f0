package org.hotbackup.health;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.hotbackup.control.Cause;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.health.NodeFacts.CertificateFacts;
import org.hotbackup.health.ServerFacts.Blocked;
import org.hotbackup.health.ServerFacts.QueueFacts;
import org.hotbackup.health.ServerFacts.Refused;
import org.hotbackup.replication.ServerStatus;
import org.hotbackup.saves.HalfRestored;

/**
 * What is wrong with a node, and what to type next: causes in the order in which they explain one another, the severe ones
 * first. Made from facts alone.
 */
public final class Diagnosis {

    /** A master that was just started or lost its slave gets so long before it is said. */
    static final long UNREACHABLE_SECONDS = 10;

    /** A slave that nobody calls. */
    static final long UNCALLED_SECONDS = 60;

    /** A slave that is connected and farther behind than this catches up, or cannot keep up. */
    static final long BEHIND_SECONDS = 60;

    /** Before the end of a certificate. */
    static final Duration CERTIFICATE_NOTICE = Duration.ofDays(30);

    /** From so much of its room on the log is said to fill. */
    static final int FILLING_PERCENT = 50;

    private static final long MEGABYTE = 1L << 20;
    private static final long MILLIS = 1_000;

    /** How much a cause matters, the worst first. */
    public enum Severity {
        /** Users cannot update here, or what they update is lost to the slaves. */
        CRITICAL,
        /** The slave is not, or soon will not be, the image of the master. */
        WARNING,
        /** As somebody wanted it. */
        NOTICE;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** A node's health in one word. */
    public enum Health {
        /** Nothing is wrong. */
        OK,
        /** There is a warning. */
        DEGRADED,
        /** There is something critical. */
        CRITICAL
    }

    private record Found(
            Severity severity, String server, String messageId, String sentence, String evidence, String next) {}

    private final NodeFacts facts;
    private final List<Found> found = new ArrayList<>();

    private Diagnosis(NodeFacts facts) {
        this.facts = facts;
    }

    /** What follows from these facts. */
    static Diagnosis of(NodeFacts facts) {
        Diagnosis diagnosis = new Diagnosis(facts);
        diagnosis.ofStore();
        diagnosis.ofStanding();
        diagnosis.ofLog();
        diagnosis.ofRecords();
        diagnosis.ofRestores();
        facts.servers().forEach(diagnosis::ofServer);
        facts.linked().forEach(diagnosis::ofLinked);
        facts.refusedTapes().forEach(diagnosis::ofRefusedTape);
        diagnosis.ofCertificates();
        diagnosis.ofLeftovers();
        diagnosis.found.sort(Comparator.comparing(Found::severity));
        return diagnosis;
    }

    /** The causes by rank. */
    public List<Cause> causes() {
        List<Cause> causes = new ArrayList<>();
        for (Found one : found) {
            causes.add(new Cause(
                    causes.size() + 1,
                    one.severity().word(),
                    one.server(),
                    one.messageId(),
                    one.sentence(),
                    one.evidence(),
                    one.next()));
        }
        return causes;
    }

    /** How many causes are of a severity. */
    public long count(Severity severity) {
        return found.stream().filter(one -> one.severity() == severity).count();
    }

    /** The worst of them in one word. */
    public Health health() {
        return switch (found.isEmpty() ? Severity.NOTICE : found.get(0).severity()) {
            case CRITICAL -> Health.CRITICAL;
            case WARNING -> Health.DEGRADED;
            case NOTICE -> Health.OK;
        };
    }

    /** Why the health is not OK, a sentence each. */
    public List<String> reasons() {
        return found.stream()
                .filter(one -> one.severity() != Severity.NOTICE)
                .map(Found::sentence)
                .toList();
    }

    /** All of it in words. */
    public String text() {
        String heading = "Node " + facts.node() + ": " + health();
        if (found.isEmpty()) {
            return heading + System.lineSeparator() + MessageCode.NOTHING_WRONG.text(facts.node());
        }
        return causes().stream()
                .map(cause -> String.join(
                        System.lineSeparator(),
                        cause.rank() + ". " + cause.severity() + " " + cause.messageId() + ": " + cause.sentence(),
                        "   seen: " + cause.evidence(),
                        "   next: " + cause.nextCommand()))
                .collect(Collectors.joining(System.lineSeparator(), heading + System.lineSeparator(), ""));
    }

    private void ofStore() {
        if (!facts.store().lockTrouble().isEmpty()) {
            String why = facts.store().lockTrouble();
            add(Severity.CRITICAL, why, ofNode("permanent-log"), MessageCode.STORE_LOCK_LOST, why);
        }
        for (NodeFacts.Stuck stuck : facts.stuck()) {
            add(
                    Severity.CRITICAL,
                    "station " + stuck.station() + " of the heartbeat, " + stuck.seconds() + " s",
                    ofNode("permanent-log"),
                    MessageCode.CAUSE_STUCK,
                    stuck.station(),
                    stuck.seconds());
        }
        long free = facts.store().diskFreeBytes();
        long reserve = facts.store().diskReserveBytes();
        if (free < 2 * reserve) {
            boolean full = free < reserve;
            add(
                    full ? Severity.CRITICAL : Severity.WARNING,
                    free + " bytes free, hotbackup.disk.reserve.mb=" + reserve / MEGABYTE,
                    ofNode(facts.hasMasters() ? "servers" : "updates status"),
                    full ? MessageCode.CAUSE_DISK_FULL : MessageCode.CAUSE_DISK_LOW,
                    free / MEGABYTE,
                    reserve / MEGABYTE);
        }
    }

    private void ofStanding() {
        if (facts.standing().isOpen()) {
            return;
        }
        boolean superseded = facts.standing().closed().startsWith("superseded");
        add(
                superseded ? Severity.CRITICAL : Severity.NOTICE,
                "epoch " + facts.standing().epoch(),
                superseded ? rejoin() : ofNode("updates status"),
                superseded ? MessageCode.CAUSE_SUPERSEDED : MessageCode.CAUSE_CLOSED,
                facts.standing().closed());
    }

    private String rejoin() {
        return facts.servers().stream()
                .filter(ServerFacts::master)
                .findFirst()
                .map(server -> ofServer("rejoin", server, "--list"))
                .orElse(ofNode("updates status"));
    }

    private void ofLog() {
        NodeFacts.LogFacts log = facts.log();
        String waiting = log.pending() + " entries wait, " + log.filledPercent() + " % of their room";
        if (log.filledPercent() >= 100) {
            add(Severity.CRITICAL, waiting, ofNode("servers"), MessageCode.CAUSE_LOG_FULL);
        } else if (log.filledPercent() >= FILLING_PERCENT) {
            add(Severity.WARNING, waiting, ofNode("servers"), MessageCode.CAUSE_LOG_FILLING, log.filledPercent());
        }
        if (!log.pumpTrouble().isEmpty()) {
            String next = ofNode("permanent-log");
            add(Severity.WARNING, waiting, next, MessageCode.LOG_NOT_HANDED_ON, log.pumpTrouble());
        }
        if (!facts.isLogWanted()) {
            return;
        }
        if (!log.settings().enqueuing()) {
            add(
                    Severity.CRITICAL,
                    "enqueuing is off, last LSN " + log.lastLsn(),
                    ofNode("log start"),
                    MessageCode.CAUSE_NOT_ENQUEUED);
        }
        if (log.missed()) {
            add(
                    Severity.CRITICAL,
                    "updates since LSN " + log.lastLsn(),
                    ofNode("servers"),
                    MessageCode.CAUSE_UPDATES_MISSED);
        }
        boolean dl = log.settings().enqueuing() && !log.settings().allFiles();
        if (dl && log.lastLsn() == 0 && facts.store().itemsWritten() > 0) {
            add(
                    Severity.NOTICE,
                    facts.store().itemsWritten() + " items written, no log entry",
                    ofNode("log all"),
                    MessageCode.CAUSE_NOTHING_LOGGED);
        }
    }

    private void ofRecords() {
        for (String sentence : facts.unusable()) {
            String next = ofNode("servers");
            found.add(new Found(
                    Severity.WARNING, "", MessageCode.SERVER_UNUSABLE.id(), sentence, "its record in dm,hb.log", next));
        }
    }

    private void ofRestores() {
        for (HalfRestored half : facts.halfRestored()) {
            boolean file = half.isFile();
            String command = "hot-backup " + half.command(facts.node());
            add(
                    Severity.WARNING,
                    file ? "what its dictionary says" : "what its master dictionary says",
                    command,
                    file ? MessageCode.CAUSE_FILE_HALF_RESTORED : MessageCode.CAUSE_HALF_RESTORED,
                    half.name(),
                    command);
        }
    }

    private void ofServer(ServerFacts server) {
        if (!server.running()) {
            ofResting(server);
        } else if (server.refusal().isPresent()) {
            Refused refused = server.refusal().get();
            found.add(new Found(
                    Severity.CRITICAL,
                    server.name(),
                    refused.messageId(),
                    refused.text(),
                    "refused since " + since(refused.seconds()) + ", status " + server.status() + waiting(server),
                    ofServer("status", server)));
        } else if (server.master()) {
            ofMaster(server);
        } else if (!server.promoted()) {
            ofSlave(server);
        } else if (server.status() == ServerStatus.STOPPED) {
            ofPort(server);
        }
        if (!server.abandoned().isEmpty()) {
            found.add(new Found(
                    Severity.WARNING,
                    server.name(),
                    MessageCode.IMAGE_ABANDONED.id(),
                    server.abandoned(),
                    "a resync was given up and none came to its end since",
                    resync()));
        }
        if (server.toBeProved()) {
            add(
                    Severity.NOTICE,
                    server,
                    "a resync is not over",
                    resync(),
                    MessageCode.CAUSE_TO_BE_PROVED,
                    server.name());
        }
        if (server.behind()) {
            add(
                    Severity.CRITICAL,
                    server,
                    "the log has a gap behind what the slave has",
                    ofServer("status", server),
                    MessageCode.CAUSE_SLAVE_MISSES,
                    server.name());
        }
        if (server.filesDifferent() > 0) {
            add(
                    Severity.WARNING,
                    server,
                    "the last result of hot-backup verify",
                    ofServer("verify differences", server),
                    MessageCode.CAUSE_DIFFERENT,
                    server.filesDifferent(),
                    server.name());
        }
    }

    private void ofResting(ServerFacts server) {
        if (server.resyncLeft() >= 0) {
            add(
                    Severity.WARNING,
                    server,
                    "a resync was interrupted, or is under way",
                    resync(),
                    MessageCode.RESYNC_UNFINISHED,
                    server.name(),
                    server.resyncLeft());
            return;
        }
        String waiting = "type " + (server.master() ? "master" : "slave") + waiting(server);
        boolean failed = server.toRun();
        add(
                Severity.WARNING,
                server,
                failed ? lastMessage(server) : waiting,
                ofServer("start", server),
                failed ? MessageCode.CAUSE_NOT_RUNNING : MessageCode.CAUSE_STOPPED,
                server.name());
    }

    private String resync() {
        return "hot-backup resync --master NODE --slave " + facts.node();
    }

    private static String waiting(ServerFacts server) {
        return server.queue()
                .map(queue -> ", " + queue.lagTransactions() + " transactions wait for its slave")
                .orElse("");
    }

    private String since(long seconds) {
        return facts.at().minusSeconds(seconds).truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private static String evidence(Blocked blocked, String since) {
        return "transaction " + blocked.transaction() + " since " + since + ": " + blocked.reason();
    }

    private void ofMaster(ServerFacts server) {
        if (server.status() == ServerStatus.WAIT_RESPONSE_TO_CALL) {
            if (server.statusSeconds() >= UNREACHABLE_SECONDS) {
                ofUnreachable(server);
            }
            return;
        }
        if (server.queue().isEmpty()) {
            add(
                    Severity.WARNING,
                    server,
                    lastMessage(server),
                    ofServer("status", server),
                    MessageCode.QUEUE_UNAVAILABLE,
                    "the queue of server " + server.name());
            return;
        }
        QueueFacts queue = server.queue().get();
        if (server.blocked().isPresent()) {
            Blocked blocked = server.blocked().get();
            add(
                    Severity.WARNING,
                    server,
                    evidence(blocked, since(blocked.seconds())) + waiting(server),
                    ofServer("query", server),
                    MessageCode.NOT_ACKNOWLEDGED,
                    server.address(),
                    blocked.transaction());
        } else if (queue.lagMillis() >= BEHIND_SECONDS * MILLIS && !server.behind()) {
            add(
                    Severity.WARNING,
                    server,
                    "status " + server.status() + ", last round trip "
                            + server.figures().lastRoundTripMillis() + " ms",
                    ofServer("query", server),
                    MessageCode.CAUSE_BEHIND,
                    server.name(),
                    queue.lagMillis() / MILLIS,
                    queue.lagTransactions());
        }
    }

    private void ofUnreachable(ServerFacts server) {
        if (isAboutTrust(server.lastMessage())) {
            add(
                    Severity.WARNING,
                    server,
                    lastMessage(server),
                    ofNode("trust --list"),
                    MessageCode.CAUSE_PEER_UNTRUSTED,
                    server.name(),
                    server.address());
        } else {
            add(
                    Severity.WARNING,
                    server,
                    lastMessage(server),
                    ofServer("status", server),
                    MessageCode.CAUSE_SLAVE_UNREACHABLE,
                    server.name(),
                    server.address(),
                    server.statusSeconds());
        }
    }

    /** The link says in words why a handshake failed; each of these sentences names the certificate or the trust. */
    private static boolean isAboutTrust(String message) {
        return message.contains("certificate") || message.contains("trust");
    }

    private void ofPort(ServerFacts server) {
        add(
                Severity.WARNING,
                server,
                lastMessage(server),
                ofServer("status", server),
                MessageCode.CAUSE_PORT_TAKEN,
                server.name(),
                server.address());
    }

    private void ofSlave(ServerFacts server) {
        if (server.status() == ServerStatus.STOPPED) {
            ofPort(server);
        } else if (server.status() == ServerStatus.WAIT_INCOMING_CALL && server.statusSeconds() >= UNCALLED_SECONDS) {
            boolean trust = isAboutTrust(server.lastMessage());
            add(
                    Severity.WARNING,
                    server,
                    lastMessage(server),
                    trust ? ofNode("trust --list") : ofServer("status", server),
                    trust ? MessageCode.CAUSE_PEER_UNTRUSTED : MessageCode.CAUSE_NO_CALL,
                    server.name(),
                    server.address(),
                    server.statusSeconds());
        }
        server.blocked()
                .ifPresent(blocked -> add(
                        Severity.WARNING,
                        server,
                        MessageCode.TRANSACTION_BLOCKED.id() + ", " + evidence(blocked, since(blocked.seconds())),
                        ofServer("head", server),
                        MessageCode.CAUSE_BLOCKED,
                        server.name(),
                        blocked.transaction()));
        if (!server.applying()) {
            add(
                    Severity.WARNING,
                    server,
                    "apply updates is off",
                    ofServer("start-applying", server),
                    MessageCode.CAUSE_NOT_APPLYING,
                    server.name(),
                    server.figures().pending());
        }
        if (server.filesFailed() > 0) {
            add(
                    Severity.WARNING,
                    server,
                    lastMessage(server),
                    ofServer("status", server),
                    MessageCode.CAUSE_FILES_FAILED,
                    server.name(),
                    server.filesFailed());
        }
    }

    /** A server that is linked to the transaction logger: what nobody takes fills the disk. */
    private void ofLinked(LinkedFacts server) {
        String verb = server.running() ? "status" : server.output() ? "startsend" : "startreceive";
        String next = "tape-socket " + verb + " server=" + server.name() + " --node " + facts.node();
        String evidence = server.lastMessage().isEmpty() ? "linked=on" : server.lastMessage();
        long waiting = server.queue().map(LinkedFacts.Waiting::entries).orElse(0L);
        long seconds = server.queue().map(LinkedFacts.Waiting::ageMillis).orElse(0L) / MILLIS;
        if (!server.running()) {
            addLinked(
                    Severity.WARNING,
                    server,
                    evidence,
                    next,
                    server.output() ? MessageCode.CAUSE_LINKED_OUTPUT_STOPPED : MessageCode.CAUSE_LINKED_INPUT_STOPPED,
                    server.name(),
                    waiting);
        } else if (!server.refusal().isEmpty()) {
            addLinked(
                    Severity.CRITICAL,
                    server,
                    evidence,
                    next,
                    MessageCode.CAUSE_LINKED_REFUSED,
                    server.name(),
                    server.refusal());
        } else if (!server.trouble().isEmpty()) {
            addLinked(
                    Severity.WARNING,
                    server,
                    evidence,
                    next,
                    MessageCode.CAUSE_LOG_NOT_APPLIED,
                    server.name(),
                    server.trouble());
        } else if (seconds >= BEHIND_SECONDS) {
            addLinked(
                    Severity.WARNING,
                    server,
                    evidence,
                    next,
                    MessageCode.CAUSE_LINKED_BEHIND,
                    server.name(),
                    seconds,
                    waiting);
        }
    }

    /** A server with a pipe: a program waits there, and nobody tells it. */
    private void ofRefusedTape(RefusedTape tape) {
        found.add(new Found(
                Severity.CRITICAL,
                tape.server(),
                MessageCode.CAUSE_TAPE_REFUSED.id(),
                MessageCode.CAUSE_TAPE_REFUSED.text(tape.server(), tape.why()),
                "status " + tape.status(),
                "tape-socket query server=" + tape.server() + " --node " + facts.node()));
    }

    private void addLinked(
            Severity severity, LinkedFacts server, String evidence, String next, MessageCode code, Object... values) {
        found.add(new Found(severity, server.name(), code.id(), code.text(values), evidence, next));
    }

    private void ofCertificates() {
        if (!facts.needsPeers()) {
            return;
        }
        if (facts.certificates().stream()
                .allMatch(certificate -> certificate.peer().isEmpty())) {
            add(Severity.WARNING, "keys/trusted is empty", ofNode("trust --list"), MessageCode.NO_TRUSTED_PEER);
        }
        for (CertificateFacts certificate : facts.certificates()) {
            boolean own = certificate.peer().isEmpty();
            String whose = own ? "this node" : "peer " + certificate.peer();
            boolean ended = !certificate.endsAt().isAfter(facts.at());
            if (ended || certificate.endsAt().isBefore(facts.at().plus(CERTIFICATE_NOTICE))) {
                add(
                        Severity.WARNING,
                        own ? "keys/node.pem" : "keys/trusted/" + certificate.peer() + ".pem",
                        own
                                ? "hot-backup node renew-key " + facts.node() + " --confirm " + facts.node()
                                : ofNode("trust --list"),
                        ended ? MessageCode.CAUSE_CERTIFICATE_ENDED : MessageCode.CAUSE_CERTIFICATE_ENDS,
                        whose,
                        certificate.endsAt());
            }
        }
    }

    private void ofLeftovers() {
        for (String sentence : facts.failingHelpers()) {
            String next = ofNode("permanent-log");
            found.add(new Found(
                    Severity.WARNING,
                    "",
                    MessageCode.HELPER_DIED.id(),
                    sentence,
                    "it died and was started again",
                    next));
        }
        if (facts.lostAndFound() > 0) {
            boolean more = facts.lostAndFound() >= NodeFacts.MOST_COUNTED;
            add(
                    Severity.WARNING,
                    "records of dm,hb.log,lost+found",
                    ofNode("lost-and-found list"),
                    MessageCode.CAUSE_LOST_AND_FOUND,
                    facts.lostAndFound() + (more ? " or more" : ""));
        }
        facts.clockStep()
                .ifPresent(step -> add(
                        Severity.WARNING,
                        "the machine's clock against its monotonic one",
                        ofNode("permanent-log"),
                        MessageCode.CAUSE_CLOCK_SET,
                        step.seconds(),
                        step.at()));
    }

    private static String lastMessage(ServerFacts server) {
        return server.lastMessage().isEmpty() ? "status " + server.status() : server.lastMessage();
    }

    private String ofNode(String words) {
        return "hot-backup " + words + " --node " + facts.node();
    }

    private String ofServer(String verb, ServerFacts server, String... options) {
        return ofNode(verb + " server=" + server.name() + (options.length == 0 ? "" : " " + String.join(" ", options)));
    }

    private void add(Severity severity, String evidence, String next, MessageCode code, Object... values) {
        found.add(new Found(severity, "", code.id(), code.text(values), evidence, next));
    }

    private void add(
            Severity severity, ServerFacts server, String evidence, String next, MessageCode code, Object... values) {
        found.add(new Found(severity, server.name(), code.id(), code.text(values), evidence, next));
    }
}
