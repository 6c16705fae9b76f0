package org.hotbackup.health;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.hotbackup.saves.HalfRestored;
import org.hotbackup.store.LogSettings;
import org.hotbackup.store.Standing;

/**
 * What a node is like at one moment. Reading it costs the same whatever is in its queue and its files.
 *
 * @param at when
 * @param node its name
 * @param standing its epoch, and whether it is open for updates
 * @param store its store
 * @param log what becomes of updates on their way into the queue
 * @param lostAndFound records in lost+found, counted up to {@link #MOST_COUNTED}; -1 if it cannot be found out
 * @param certificates its own first, then those of the peers it trusts
 * @param rejected callers that slave servers turned away before they were let in, since the start
 * @param unusable why the records of servers that cannot be used cannot, a sentence each
 * @param failingHelpers why helpers do not get on, a sentence each
 * @param halfRestored accounts, and files of account {@code dm}, whose restore broke off
 * @param stuck stations of the heartbeat that do not move, and the reader of these facts if it does not
 * @param clockStep that the machine's clock was set during the last hour
 * @param servers its servers by name
 * @param linked its tape-socket servers that are linked to the transaction logger, by name
 * @param refusedTapes its other tape-socket servers at which one side refuses the other, by name
 */
public record NodeFacts(
        Instant at,
        String node,
        Standing standing,
        StoreFacts store,
        LogFacts log,
        long lostAndFound,
        List<CertificateFacts> certificates,
        long rejected,
        List<String> unusable,
        List<String> failingHelpers,
        List<HalfRestored> halfRestored,
        List<Stuck> stuck,
        Optional<ClockStep> clockStep,
        List<ServerFacts> servers,
        List<LinkedFacts> linked,
        List<RefusedTape> refusedTapes) {

    /** lost+found is not counted further. */
    public static final long MOST_COUNTED = 10_000;

    /**
     * The store.
     *
     * @param diskFreeBytes what its disk has left
     * @param diskReserveBytes with less updates are refused
     * @param lockTrouble why it may be another node's, empty if it is not
     * @param transactions committed since the start
     * @param itemsWritten by them
     */
    public record StoreFacts(
            long diskFreeBytes, long diskReserveBytes, String lockTrouble, long transactions, long itemsWritten) {}

    /**
     * The log between the store and the queue.
     *
     * @param settings what is logged
     * @param missed whether updates were made and not logged, so that slaves need a new image
     * @param lastLsn of the last entry
     * @param enqueued entries that the queue took since the start
     * @param pending entries that it does not have yet
     * @param filledPercent how much of their room they take; from 100 on updates are refused
     * @param pumpTrouble why none is handed over, empty if that goes well
     */
    public record LogFacts(
            LogSettings settings,
            boolean missed,
            long lastLsn,
            long enqueued,
            long pending,
            int filledPercent,
            String pumpTrouble) {}

    /**
     * A certificate.
     *
     * @param peer whose, empty if it is the node's own
     * @param endsAt until when it is valid
     */
    public record CertificateFacts(String peer, Instant endsAt) {}

    /**
     * A station of the heartbeat that does not move.
     *
     * @param station its name
     * @param seconds for how long
     */
    public record Stuck(String station, long seconds) {}

    /**
     * That the machine's clock was set.
     *
     * @param at when, by the new time
     * @param seconds by how much
     */
    public record ClockStep(Instant at, long seconds) {}

    /** Whether a server of this node has to be secured by certificates. */
    boolean needsPeers() {
        return servers.stream().anyMatch(server -> !server.insecure());
    }

    boolean hasMasters() {
        return servers.stream().anyMatch(ServerFacts::master);
    }

    /** Whether somebody wants the log. */
    boolean isLogWanted() {
        return hasMasters() || linked.stream().anyMatch(LinkedFacts::output);
    }

    /** Whether a station of the heartbeat, or the reader of these facts, does not move. */
    boolean isStuck(String station) {
        return stuck.stream().anyMatch(one -> one.station().equals(station));
    }

    /** The same, but for what does not move. */
    NodeFacts withStuck(List<Stuck> others) {
        return with(others, servers, linked);
    }

    /** The same, but that nothing is known of the queues. */
    NodeFacts withoutQueues() {
        return with(
                stuck,
                servers.stream().map(ServerFacts::withoutQueue).toList(),
                linked.stream().map(LinkedFacts::withoutQueue).toList());
    }

    private NodeFacts with(List<Stuck> stuckNow, List<ServerFacts> serversNow, List<LinkedFacts> linkedNow) {
        return new NodeFacts(
                at,
                node,
                standing,
                store,
                log,
                lostAndFound,
                certificates,
                rejected,
                unusable,
                failingHelpers,
                halfRestored,
                stuckNow,
                clockStep,
                serversNow,
                linkedNow,
                refusedTapes);
    }
}
