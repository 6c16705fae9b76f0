package org.hotbackup.health;

import java.util.function.ToDoubleFunction;
import org.hotbackup.health.LinkedFacts.Waiting;

/**
 * The metrics of each tape-socket server that is linked to the transaction logger, labelled {@code server} and {@code type}. Their
 * names never change.
 */
public enum LinkedMetric implements Metric<LinkedFacts> {
    RUNNING("hotbackup_linked_running", "1 if the server runs", false, facts -> flag(facts.running())),
    REFUSED(
            "hotbackup_linked_refused",
            "1 if one side refuses the other",
            false,
            facts -> flag(!facts.refusal().isEmpty())),
    QUEUE_ENTRIES(
            "hotbackup_linked_queue_entries",
            "Entries of the log that wait for the server",
            true,
            facts -> queue(facts, Waiting::entries)),
    QUEUE_BYTES(
            "hotbackup_linked_queue_bytes", "Bytes in the server's queue", true, facts -> queue(facts, Waiting::bytes)),
    QUEUE_AGE(
            "hotbackup_linked_queue_age_seconds",
            "Age of the oldest entry, 0 if there is none",
            true,
            facts -> queue(facts, queue -> queue.ageMillis() / 1_000.0));

    private final String metric;
    private final String help;
    private final boolean ofOutput;
    private final ToDoubleFunction<LinkedFacts> value;

    LinkedMetric(String metric, String help, boolean ofOutput, ToDoubleFunction<LinkedFacts> value) {
        this.metric = metric;
        this.help = help;
        this.ofOutput = ofOutput;
        this.value = value;
    }

    private static double flag(boolean set) {
        return set ? 1 : 0;
    }

    private static double queue(LinkedFacts facts, ToDoubleFunction<Waiting> figure) {
        return facts.queue().map(figure::applyAsDouble).orElse(Double.NaN);
    }

    /** Whether a server has it. */
    public boolean isOf(boolean output) {
        return output || !ofOutput;
    }

    /** Which servers have it, for people. */
    public String whose() {
        return ofOutput ? "linked output servers" : "linked servers";
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
        return false;
    }

    @Override
    public double value(LinkedFacts facts) {
        return value.applyAsDouble(facts);
    }
}
