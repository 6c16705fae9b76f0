package org.hotbackup.server;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Folds what happens again and again: of the same, one is told at once and the others of the next minute together. Of more than
 * {@value #MOST} different things in a minute the rest is told together, so that nobody fills the audit by trying ever new ones.
 * Not thread-safe.
 */
final class Repeated {

    static final int MOST = 40;
    static final Duration WINDOW = Duration.ofMinutes(1);

    private static final Object REST = new Object();

    /** What happened, how it ended, and how often. */
    record Happened(AuditEvent event, AuditOutcome outcome, long times) {}

    private record Told(Instant since, Happened more) {}

    private final Map<Object, Told> told = new LinkedHashMap<>();

    /**
     * Something happened.
     *
     * @return whether it is to be told by itself
     */
    boolean isFirst(AuditEvent event, AuditOutcome outcome, Instant now) {
        Object own = key(event, outcome);
        Object key = told.containsKey(own) || told.size() < MOST ? own : REST;
        Told before = told.get(key);
        if (before == null) {
            told.put(key, new Told(now, null));
            return true;
        }
        long times = before.more() == null ? 1 : before.more().times() + 1;
        told.put(key, new Told(before.since(), new Happened(event, outcome, times)));
        return false;
    }

    private static Object key(AuditEvent event, AuditOutcome outcome) {
        return List.of(event.caller(), event.bean(), event.operation(), outcome.word(), outcome.messageId());
    }

    /** What happened again and is to be told now; it is forgotten then. */
    List<Happened> due(Instant now) {
        List<Happened> due = new ArrayList<>();
        told.values().removeIf(one -> {
            boolean over = !now.isBefore(one.since().plus(WINDOW)) || now.isBefore(one.since());
            if (over && one.more() != null) {
                due.add(one.more());
            }
            return over;
        });
        return due;
    }

    /** The same, for good. */
    List<Happened> all() {
        List<Happened> all = told.values().stream()
                .map(Told::more)
                .filter(more -> more != null)
                .toList();
        told.clear();
        return all;
    }
}
