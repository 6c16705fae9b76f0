package org.hotbackup.health;

import java.time.Instant;
import java.util.function.ToDoubleFunction;
import org.hotbackup.health.NodeFacts.CertificateFacts;

/** The metrics of a node. Their names never change; the unit is in the name. */
public enum NodeMetric implements Metric<NodeFacts> {
    HEALTH("hotbackup_health", "0 OK, 1 DEGRADED, 2 CRITICAL", facts -> Diagnosis.of(facts)
            .health()
            .ordinal()),
    CAUSES_CRITICAL(
            "hotbackup_causes_critical",
            "Causes that diagnose calls critical",
            facts -> causes(facts, Diagnosis.Severity.CRITICAL)),
    CAUSES_WARNING(
            "hotbackup_causes_warning",
            "Causes that diagnose calls warnings",
            facts -> causes(facts, Diagnosis.Severity.WARNING)),
    OPEN(
            "hotbackup_open_for_updates",
            "1 if users may update",
            facts -> flag(facts.standing().isOpen())),
    EPOCH("hotbackup_epoch", "The greatest epoch that the node took or was told of", facts -> facts.standing()
            .epoch()),
    DISK_FREE("hotbackup_disk_free_bytes", "Bytes left on the store's disk", facts -> facts.store()
            .diskFreeBytes()),
    DISK_RESERVE("hotbackup_disk_reserve_bytes", "With fewer bytes left updates are refused", facts -> facts.store()
            .diskReserveBytes()),
    STORE_OWNED(
            "hotbackup_store_owned",
            "1 if the store is certain to be this node's alone",
            facts -> flag(facts.store().lockTrouble().isEmpty())),
    TRANSACTIONS("hotbackup_transactions_total", "Transactions committed since the start", true, facts -> facts.store()
            .transactions()),
    ITEMS_WRITTEN(
            "hotbackup_items_written_total", "Items written or deleted since the start", true, facts -> facts.store()
                    .itemsWritten()),
    ENQUEUING(
            "hotbackup_enqueuing",
            "1 if updates are enqueued",
            facts -> flag(facts.log().settings().enqueuing())),
    UPDATES_MISSED(
            "hotbackup_updates_missed",
            "1 if updates were made and not enqueued",
            facts -> flag(facts.log().missed())),
    LAST_LSN("hotbackup_last_lsn", "Log sequence number of the last entry", facts -> facts.log()
            .lastLsn()),
    ENQUEUED(
            "hotbackup_enqueued_entries_total",
            "Log entries that the queue took since the start",
            true,
            facts -> facts.log().enqueued()),
    PENDING("hotbackup_pending_entries", "Committed log entries that the queue does not have yet", facts -> facts.log()
            .pending()),
    PENDING_RATIO(
            "hotbackup_pending_ratio",
            "How much of their room they take; from 1 on updates are refused",
            facts -> facts.log().filledPercent() / 100.0),
    HANDED_ON(
            "hotbackup_log_handed_on",
            "1 if the queue takes log entries",
            facts -> flag(facts.log().pumpTrouble().isEmpty())),
    LOST_AND_FOUND(
            "hotbackup_lost_and_found_records",
            "Records in lost+found, counted up to 10000",
            facts -> facts.lostAndFound() < 0 ? Double.NaN : facts.lostAndFound()),
    HELPERS_FAILING(
            "hotbackup_helpers_failing", "Helpers that died and have not got on since", facts -> facts.failingHelpers()
                    .size()),
    SERVERS_UNUSABLE("hotbackup_servers_unusable", "Servers whose record cannot be used", facts -> facts.unusable()
            .size()),
    STATIONS_STUCK("hotbackup_stations_stuck", "Stations of the heartbeat that do not get on", facts -> facts.stuck()
            .size()),
    CERTIFICATE(
            "hotbackup_certificate_end_timestamp_seconds",
            "When the first certificate of node and peers ends",
            facts -> facts.certificates().stream()
                    .map(CertificateFacts::endsAt)
                    .mapToLong(Instant::getEpochSecond)
                    .mapToDouble(seconds -> seconds)
                    .min()
                    .orElse(Double.NaN)),
    REJECTED(
            "hotbackup_rejected_peers_total",
            "Callers that slave servers turned away before they were let in, since the start",
            true,
            NodeFacts::rejected);

    private final String metric;
    private final String help;
    private final boolean counter;
    private final ToDoubleFunction<NodeFacts> value;

    NodeMetric(String metric, String help, ToDoubleFunction<NodeFacts> value) {
        this(metric, help, false, value);
    }

    NodeMetric(String metric, String help, boolean counter, ToDoubleFunction<NodeFacts> value) {
        this.metric = metric;
        this.help = help;
        this.counter = counter;
        this.value = value;
    }

    private static double flag(boolean set) {
        return set ? 1 : 0;
    }

    private static double causes(NodeFacts facts, Diagnosis.Severity severity) {
        return Diagnosis.of(facts).count(severity);
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
        return counter;
    }

    @Override
    public double value(NodeFacts facts) {
        return value.applyAsDouble(facts);
    }
}
