package org.hotbackup.health;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.eclipse.microprofile.metrics.Counter;
import org.eclipse.microprofile.metrics.Metadata;
import org.eclipse.microprofile.metrics.MetricID;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;

/**
 * Offers the node's facts at {@code /metrics}: its own once, those of servers as they come and go. Gauges are made from the
 * latest facts whenever they are asked, counters are brought up with each look at the node. Thread-safe.
 */
@ApplicationScoped
public class NodeMetrics {

    @Inject
    MetricRegistry registry;

    private final Set<MetricID> registered = new HashSet<>();
    private final Map<MetricID, Long> counted = new HashMap<>();

    /**
     * Brings them up to these facts.
     *
     * @param latest gives the latest facts at any time
     */
    public synchronized void bringUp(NodeFacts facts, Supplier<NodeFacts> latest) {
        Set<MetricID> present = new HashSet<>();
        for (NodeMetric metric : NodeMetric.values()) {
            bringUp(metric, Optional.of(facts), () -> Optional.of(latest.get()), present);
        }
        for (ServerFacts server : facts.servers()) {
            Tag[] tags = {new Tag("server", server.name()), new Tag("type", server.master() ? "master" : "slave")};
            for (ServerMetric metric : ServerMetric.values()) {
                if (metric.isOf(server.master())) {
                    bringUp(metric, Optional.of(server), () -> find(latest.get(), server.name()), present, tags);
                }
            }
        }
        for (LinkedFacts server : facts.linked()) {
            Tag[] tags = {new Tag("server", server.name()), new Tag("type", server.output() ? "output" : "input")};
            for (LinkedMetric metric : LinkedMetric.values()) {
                if (metric.isOf(server.output())) {
                    bringUp(metric, Optional.of(server), () -> findLinked(latest.get(), server.name()), present, tags);
                }
            }
        }
        for (MetricID gone : Set.copyOf(registered)) {
            if (!present.contains(gone)) {
                remove(gone);
            }
        }
    }

    private static Optional<ServerFacts> find(NodeFacts facts, String server) {
        return facts.servers().stream().filter(one -> one.name().equals(server)).findFirst();
    }

    private static Optional<LinkedFacts> findLinked(NodeFacts facts, String server) {
        return facts.linked().stream().filter(one -> one.name().equals(server)).findFirst();
    }

    private <F> void bringUp(
            Metric<F> metric, Optional<F> now, Supplier<Optional<F>> latest, Set<MetricID> present, Tag... tags) {
        MetricID id = new MetricID(metric.metric(), tags);
        present.add(id);
        boolean isNew = registered.add(id);
        if (metric.isCounter()) {
            Counter counter = registry.counter(metadata(metric), tags);
            long total = (long) metric.value(now.orElseThrow());
            long before = counted.getOrDefault(id, 0L);
            // what it counts began anew: what it has come to counts
            counter.inc(total >= before ? total - before : total);
            counted.put(id, total);
        } else if (isNew) {
            registry.gauge(
                    metadata(metric), () -> latest.get().map(metric::value).orElse(Double.NaN), tags);
        }
    }

    private static Metadata metadata(Metric<?> metric) {
        return Metadata.builder()
                .withName(metric.metric())
                .withDescription(metric.help())
                .build();
    }

    private void remove(MetricID id) {
        registry.remove(id);
        registered.remove(id);
        counted.remove(id);
    }

    /** Takes all of them back. */
    public synchronized void takeBack() {
        Set.copyOf(registered).forEach(this::remove);
    }
}
