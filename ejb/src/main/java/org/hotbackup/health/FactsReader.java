package org.hotbackup.health;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.control.settings.ServerSetting;
import org.hotbackup.health.NodeFacts.CertificateFacts;
import org.hotbackup.health.NodeFacts.ClockStep;
import org.hotbackup.health.NodeFacts.LogFacts;
import org.hotbackup.health.NodeFacts.StoreFacts;
import org.hotbackup.health.NodeFacts.Stuck;
import org.hotbackup.health.ServerFacts.Blocked;
import org.hotbackup.health.ServerFacts.QueueFacts;
import org.hotbackup.health.ServerFacts.Refused;
import org.hotbackup.management.MasterLag;
import org.hotbackup.node.TrustedPeer;
import org.hotbackup.pipe.LogTapeSink;
import org.hotbackup.server.NodeConfiguration;
import org.hotbackup.server.ReplicationServer;
import org.hotbackup.server.ReplicationServers;
import org.hotbackup.server.ServerVerification;
import org.hotbackup.server.TapeDevices;
import org.hotbackup.server.TapeServer;
import org.hotbackup.server.TapeServers;
import org.hotbackup.server.Verifications;
import org.hotbackup.store.StoreBean;
import org.hotbackup.txlog.QueueUnavailableException;
import org.hotbackup.txlog.TransactionLogQueue;
import org.hotbackup.verify.FileResult;

/** Asks the parts of the node for its facts; reads through no queue, no table and no log. */
@ApplicationScoped
public class FactsReader {

    private static final Logger LOGGER = Logger.getLogger(FactsReader.class.getName());
    private static final Clock CLOCK = Clock.systemUTC();
    private static final long MILLIS = 1_000;

    @Inject
    NodeConfiguration configuration;

    @Inject
    StoreBean store;

    @Inject
    ReplicationServers servers;

    @Inject
    TapeServers tapes;

    @Inject
    Verifications verifications;

    @Inject
    TapeDevices devices;

    @Inject
    TransactionLogQueue queue;

    @Inject
    MasterLag lag;

    /**
     * What the node is like now.
     *
     * @param lostAndFound how many records are in lost+found, as they were counted last; -1 if they never were
     */
    public NodeFacts read(
            long lostAndFound, List<CertificateFacts> certificates, List<Stuck> stuck, Optional<ClockStep> clockStep) {
        Instant now = CLOCK.instant();
        List<ServerFacts> facts = new ArrayList<>();
        for (ReplicationServer server : servers.all()) {
            facts.add(of(server, now.toEpochMilli()));
        }
        return new NodeFacts(
                now,
                configuration.name(),
                store.standing(),
                new StoreFacts(
                        store.diskFreeBytes(),
                        store.diskReserveBytes(),
                        store.lockTrouble(),
                        store.transactionsTotal(),
                        store.itemsWrittenTotal()),
                new LogFacts(
                        store.logSettings(),
                        store.missedUpdates(),
                        store.lastLsn(),
                        store.enqueuedTotal(),
                        store.pendingLogEntries(),
                        store.logFilledPercent(),
                        store.pumpTrouble()),
                lostAndFound,
                certificates,
                servers.rejectedTotal(),
                servers.unusable(),
                servers.failingHelpers(),
                devices.halfRestored(),
                stuck,
                clockStep,
                facts,
                tapes.all().stream()
                        .filter(server -> server.settings().isLinked())
                        .map(server -> of(server, now.toEpochMilli()))
                        .toList(),
                refusedTapes());
    }

    private List<RefusedTape> refusedTapes() {
        return tapes.all().stream()
                .filter(server -> !server.settings().isLinked())
                .flatMap(server -> server.refusal().stream()
                        .map(why -> new RefusedTape(
                                server.name(), why, server.figures().status())))
                .toList();
    }

    private LinkedFacts of(TapeServer server, long nowMillis) {
        boolean output = server.settings().isOutput();
        return new LinkedFacts(
                server.name(),
                output,
                server.isRunning(),
                server.refusal().orElse(""),
                server.appliedLog().map(LogTapeSink::trouble).orElse(""),
                output ? waiting(tapes.queueOf(server), nowMillis) : Optional.empty(),
                server.lastMessages(1).stream().findFirst().orElse(""));
    }

    private Optional<LinkedFacts.Waiting> waiting(String queueName, long nowMillis) {
        try {
            TransactionLogQueue.State state = queue.state(queueName);
            return Optional.of(new LinkedFacts.Waiting(state.depth(), state.bytes(), age(state, nowMillis)));
        } catch (QueueUnavailableException e) {
            LOGGER.log(Level.FINE, e, () -> "the queue " + queueName + " does not answer");
            return Optional.empty();
        }
    }

    private static long age(TransactionLogQueue.State state, long nowMillis) {
        long oldest = state.oldestCommittedAtMillis();
        return oldest == 0 ? 0 : Math.max(0, nowMillis - oldest);
    }

    private ServerFacts of(ReplicationServer server, long nowMillis) {
        boolean master = server.settings().isMaster();
        List<FileResult> results = master ? results(server.name()) : List.of();
        return new ServerFacts(
                server.name(),
                master,
                server.settings().isInsecure(),
                (master ? server.settings().get(ServerSetting.HOST) + ":" : "")
                        + server.settings().get(ServerSetting.PORT),
                server.isRunning(),
                server.isToRun(),
                seconds(nowMillis, server.statusSinceMillis()),
                server.figures(),
                master ? queue(server.name(), nowMillis) : Optional.empty(),
                server.refusal()
                        .map(why -> new Refused(
                                why.messageId(), why.text(), seconds(nowMillis, server.refusalSinceMillis()))),
                master ? unacknowledged(server) : blocked(server, nowMillis),
                server.appliesUpdates(),
                server.openFiles().failedCount(),
                master && (server.behindSinceMillis() > 0 || server.isBehind(store.gapLsn())),
                server.succession().promotion().isPresent(),
                servers.resync().left(server.name()),
                servers.imageTrouble(server.name()),
                servers.resync().isToBeProved(server.name()),
                ServerVerification.different(results),
                results.isEmpty() ? 0 : ServerVerification.provedLsn(results),
                server.lastTrouble()
                        .or(() -> server.lastMessages(1).stream().findFirst())
                        .orElse(""));
    }

    private static long seconds(long nowMillis, long sinceMillis) {
        return Math.max(0, (nowMillis - sinceMillis) / MILLIS);
    }

    private static Optional<Blocked> blocked(ReplicationServer server, long nowMillis) {
        return server.head()
                .map(head -> new Blocked(
                        head.transaction().number(), head.reason(), seconds(nowMillis, server.blockedSinceMillis())));
    }

    private static Optional<Blocked> unacknowledged(ReplicationServer server) {
        return server.unacknowledged()
                .map(waits -> new Blocked(
                        waits.number(),
                        "the slave answers and does not acknowledge it",
                        server.waitsMillis(waits) / MILLIS));
    }

    private List<FileResult> results(String server) {
        try {
            return List.copyOf(verifications.of(server).results());
        } catch (Refusal e) {
            LOGGER.log(Level.FINE, "nothing is known of the comparison of server " + server, e);
            return List.of();
        }
    }

    private Optional<QueueFacts> queue(String server, long nowMillis) {
        try {
            TransactionLogQueue.State state = queue.state(server);
            return Optional.of(new QueueFacts(
                    state.depth(), state.bytes(), age(state, nowMillis), lag.transactions(server), lag.millis(server)));
        } catch (QueueUnavailableException | Refusal e) {
            LOGGER.log(Level.FINE, "the queue of server " + server + " does not answer", e);
            return Optional.empty();
        }
    }

    /** The certificates of the node and of those that it trusts; those that cannot be read are left out. */
    public List<CertificateFacts> certificates() {
        Path keys = configuration.home().resolve("keys");
        List<CertificateFacts> certificates = new ArrayList<>();
        certificate(keys.resolve("node.pem"), "").ifPresent(certificates::add);
        try (Stream<Path> files = Files.list(keys.resolve("trusted"))) {
            files.filter(file -> file.toString().endsWith(".pem")).sorted().forEach(file -> certificate(file, null)
                    .ifPresent(certificates::add));
        } catch (IOException e) {
            LOGGER.log(Level.FINE, "nobody is trusted", e);
        }
        return certificates;
    }

    private static Optional<CertificateFacts> certificate(Path file, String name) {
        try {
            TrustedPeer peer = TrustedPeer.read(file);
            return Optional.of(new CertificateFacts(name == null ? peer.name() : name, peer.validUntil()));
        } catch (Refusal e) {
            LOGGER.log(Level.FINE, "a certificate cannot be read", e);
            return Optional.empty();
        }
    }
}
