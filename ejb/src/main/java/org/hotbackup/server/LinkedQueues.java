package org.hotbackup.server;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import org.hotbackup.control.ItemStore.StoredItem;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.store.SystemFiles;

/**
 * Which tape-socket servers are linked to the transaction logger (TS-008): each output server has a transaction log queue of its own, as
 * a master server has, under a name that none of those can have; one input server at most applies what arrives. Thread-safe.
 */
final class LinkedQueues {

    private static final String PREFIX = "tape.";
    private static final int PAGE = 1_000;

    private final Set<String> servers = new ConcurrentSkipListSet<>();
    private volatile Optional<String> applying = Optional.empty();

    /** Those that the records say; one that cannot be used has no queue, and its server does not run. */
    static LinkedQueues read(SystemFiles files) {
        LinkedQueues linked = new LinkedQueues();
        for (StoredItem item : files.items(SystemPaths.TAPE_DEFINITIONS, null, PAGE)) {
            try {
                TapeDefinition definition = TapeDefinition.ofItem(item.id().toString(), item.body());
                if (definition.settings().isLinked()) {
                    linked.put(definition);
                }
            } catch (Refusal e) {
                // the tape-socket servers say so at their start
            }
        }
        return linked;
    }

    private void put(TapeDefinition definition) {
        if (definition.settings().isOutput()) {
            add(definition.name());
        } else {
            applies(Optional.of(definition.name()));
        }
    }

    /** Which input server applies the log that arrives, from now on. */
    void applies(Optional<String> server) {
        applying = server;
    }

    /** The input server that applies the log that arrives, if there is one. */
    Optional<String> applying() {
        return applying;
    }

    /** The name of the queue of a tape-socket server. */
    static String queue(String server) {
        return PREFIX + server;
    }

    void add(String server) {
        servers.add(server);
    }

    void remove(String server) {
        servers.remove(server);
    }

    boolean isEmpty() {
        return servers.isEmpty();
    }

    /** The names of all queues, sorted. */
    List<String> queues() {
        return servers.stream().map(LinkedQueues::queue).toList();
    }
}
