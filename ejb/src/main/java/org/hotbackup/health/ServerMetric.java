package org.hotbackup.health;

import java.util.function.ToDoubleFunction;
import org.hotbackup.health.ServerFacts.QueueFacts;
import org.hotbackup.replication.ServerStatus;

/** The metrics of each server, labelled {@code server} and {@code type}. Their names never change. */
public enum ServerMetric implements Metric<ServerFacts> {
    RUNNING("hotbackup_server_running", "1 if the server runs", Of.BOTH, facts -> flag(facts.running())),
    CONNECTED("hotbackup_server_connected", "1 if the other side is there", Of.BOTH, facts -> flag(connected(facts))),
    REFUSED(
            "hotbackup_server_refused",
            "1 if one side refuses the other",
            Of.BOTH,
            facts -> flag(facts.refusal().isPresent())),
    TRANSACTIONS(
            "hotbackup_server_transactions_total",
            "Transactions sent (master) or received (slave) since the server started",
            Of.COUNTER,
            facts -> facts.figures().sent()),
    ACKNOWLEDGED(
            "hotbackup_server_acknowledged_total",
            "Transactions acknowledged since the server started",
            Of.COUNTER,
            facts -> facts.figures().acknowledged()),
    APPLIED(
            "hotbackup_server_applied_total",
            "Transactions applied; on a master as the slave last reported",
            Of.COUNTER,
            facts -> facts.figures().applied()),
    LOST_AND_FOUND(
            "hotbackup_server_lost_and_found_total",
            "Transactions that went to lost+found; on a master as the slave last reported",
            Of.COUNTER,
            facts -> facts.figures().lostAndFound()),
    BYTES(
            "hotbackup_server_bytes_total",
            "Bytes sent or received since the server started",
            Of.COUNTER,
            facts -> facts.figures().bytes()),
    RECONNECTS(
            "hotbackup_server_reconnects_total",
            "How often the connection was made again",
            Of.COUNTER,
            facts -> facts.figures().reconnects()),
    QUEUE_ENTRIES(
            "hotbackup_server_queue_entries",
            "Entries in the server's queue",
            Of.MASTER,
            facts -> queue(facts, QueueFacts::depth)),
    QUEUE_BYTES(
            "hotbackup_server_queue_bytes",
            "Bytes in the server's queue",
            Of.MASTER,
            facts -> queue(facts, QueueFacts::bytes)),
    QUEUE_AGE(
            "hotbackup_server_queue_age_seconds",
            "Age of the oldest entry, 0 if there is none",
            Of.MASTER,
            facts -> queue(facts, queue -> queue.ageMillis() / 1_000.0)),
    LAG_TRANSACTIONS(
            "hotbackup_server_lag_transactions",
            "Transactions committed and not acknowledged by the slave",
            Of.MASTER,
            facts -> queue(facts, QueueFacts::lagTransactions)),
    LAG_SECONDS(
            "hotbackup_server_lag_seconds",
            "Age of the oldest of them, 0 if there is none",
            Of.MASTER,
            facts -> queue(facts, queue -> queue.lagMillis() / 1_000.0)),
    ROUND_TRIP(
            "hotbackup_server_round_trip_seconds",
            "From commit to acknowledgement of the last transaction acknowledged",
            Of.MASTER,
            facts -> facts.figures().lastRoundTripMillis() < 0
                    ? Double.NaN
                    : facts.figures().lastRoundTripMillis() / 1_000.0),
    SLAVE_MISSES(
            "hotbackup_server_slave_misses",
            "1 if the slave misses updates that are no longer in the queue",
            Of.MASTER,
            facts -> flag(facts.behind())),
    FILES_DIFFERENT(
            "hotbackup_server_files_different",
            "Files that the last comparison found to be different on the slave",
            Of.MASTER,
            ServerFacts::filesDifferent),
    PROVED_LSN(
            "hotbackup_server_proved_lsn",
            "LSN as of which all files were proved to be equal; 0 if they were not",
            Of.MASTER,
            ServerFacts::provedLsn),
    APPLYING(
            "hotbackup_server_applying",
            "1 if updates are applied as they arrive",
            Of.SLAVE,
            facts -> flag(facts.applying())),
    PENDING_UPDATES(
            "hotbackup_server_pending_updates",
            "Updates received and not applied; not known while the server is stopped",
            Of.SLAVE,
            facts -> facts.running() ? facts.figures().pending() : Double.NaN),
    BLOCKED(
            "hotbackup_server_blocked",
            "1 if a transaction cannot be applied now",
            Of.SLAVE,
            facts -> flag(facts.blocked().isPresent())),
    PROMOTED(
            "hotbackup_server_promoted",
            "1 if the server was promoted: it waits for its old master, and it is well if that does not call",
            Of.SLAVE,
            facts -> flag(facts.promoted())),
    FILES_FAILED("hotbackup_server_files_failed", "Files that failed to open", Of.SLAVE, ServerFacts::filesFailed);

    private enum Of {
        BOTH,
        COUNTER,
        MASTER,
        SLAVE
    }

    private final String metric;
    private final String help;
    private final Of of;
    private final ToDoubleFunction<ServerFacts> value;

    ServerMetric(String metric, String help, Of of, ToDoubleFunction<ServerFacts> value) {
        this.metric = metric;
        this.help = help;
        this.of = of;
        this.value = value;
    }

    private static double flag(boolean set) {
        return set ? 1 : 0;
    }

    private static boolean connected(ServerFacts facts) {
        return facts.running()
                && facts.status() != ServerStatus.STOPPED
                && facts.status() != ServerStatus.WAIT_RESPONSE_TO_CALL
                && facts.status() != ServerStatus.WAIT_INCOMING_CALL;
    }

    private static double queue(ServerFacts facts, ToDoubleFunction<QueueFacts> figure) {
        return facts.queue().map(figure::applyAsDouble).orElse(Double.NaN);
    }

    /** Whether a server has it. */
    public boolean isOf(boolean master) {
        return of == Of.BOTH || of == Of.COUNTER || of == (master ? Of.MASTER : Of.SLAVE);
    }

    /** Which servers have it, for people. */
    public String whose() {
        return switch (of) {
            case BOTH, COUNTER -> "each server";
            case MASTER -> "master servers";
            case SLAVE -> "slave servers";
        };
    }

    @Override
    public String metric() {
        return metric;
    }

    @Override
    public String help() {
        return help;
    }

    @Override
    public boolean isCounter() {
        return of == Of.COUNTER;
    }

    @Override
    public double value(ServerFacts facts) {
        return value.applyAsDouble(facts);
    }
}
