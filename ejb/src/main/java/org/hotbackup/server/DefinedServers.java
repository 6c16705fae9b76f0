package org.hotbackup.server;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.BiConsumer;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.control.settings.ServerSettings;

/**
 * The servers that the records of {@code dm,hb.log} define, and the names of the records that cannot be used. Questions are
 * for any thread and need no lock; whoever changes something or begins to listen holds the lock of
 * {@link ReplicationServers}.
 */
final class DefinedServers {

    private final Map<String, ReplicationServer> servers = new ConcurrentSkipListMap<>();
    private final Map<String, String> corrupt = new ConcurrentSkipListMap<>();
    private BiConsumer<String, Boolean> onChange = (name, present) -> {};

    /** Adds a server, or puts it in the place of the one of its name. */
    void put(ReplicationServer server) {
        servers.put(server.name(), server);
    }

    /** Takes a server away. */
    void remove(String name) {
        servers.remove(name);
    }

    /**
     * Adds records that cannot be used.
     *
     * @param reasons why not, by the records' ids
     */
    void putUnusable(Map<String, String> reasons) {
        corrupt.putAll(reasons);
    }

    /** Takes a record away that cannot be used. */
    void removeUnusable(String id) {
        corrupt.remove(id);
    }

    /** Tells from now on which servers come and go, beginning with those that are there. */
    void onChange(BiConsumer<String, Boolean> listener) {
        onChange = onChange.andThen(listener);
        names().forEach(name -> listener.accept(name, true));
    }

    /** Tells whoever wants to know that a server came or went. */
    void tell(String name, boolean present) {
        onChange.accept(name, present);
    }

    /** All servers, sorted by name: those that there are at the moment when it is looked. */
    Collection<ReplicationServer> all() {
        return Collections.unmodifiableCollection(servers.values());
    }

    /** All master servers, sorted by name. */
    List<ReplicationServer> masters() {
        return servers.values().stream()
                .filter(server -> server.settings().isMaster())
                .toList();
    }

    /**
     * Whether there is a master server: a record that cannot be used may be one's.
     *
     * @param leaving the name of a server that does not count any more, empty if all do
     */
    boolean mayHaveMaster(String leaving) {
        return !corrupt.isEmpty()
                || masters().stream().anyMatch(server -> !server.name().equals(leaving));
    }

    /** The names of all servers, sorted; also of those whose record cannot be used. */
    List<String> names() {
        TreeSet<String> names = new TreeSet<>(servers.keySet());
        corrupt.keySet().stream().filter(ServerSettings::isName).forEach(names::add);
        return List.copyOf(names);
    }

    /** The server of this name, empty if there is none that can be used. */
    Optional<ReplicationServer> find(String name) {
        return Optional.ofNullable(servers.get(name));
    }

    /** Why the record of this id cannot be used, one clause; empty if it can, or if there is none. */
    Optional<String> unusable(String id) {
        return Optional.ofNullable(corrupt.get(id));
    }

    /** The ids of all records that cannot be used, with the reason, one clause each. */
    Map<String, String> unusable() {
        return Collections.unmodifiableMap(corrupt);
    }

    /** @throws Refusal if the record of this name cannot be used */
    void refuseUnusable(String name) {
        unusable(name).ifPresent(reason -> {
            throw new Refusal(MessageCode.SERVER_UNUSABLE, name, reason);
        });
    }

    /**
     * The server of this name.
     *
     * @throws Refusal if there is none, or if its record cannot be used
     */
    ReplicationServer server(String name) {
        Optional<ReplicationServer> server = find(name);
        refuseUnusable(name);
        return server.orElseThrow(() -> new Refusal(MessageCode.NO_SERVER, name));
    }

    /**
     * The slave server of this name.
     *
     * @throws Refusal if there is none, its record cannot be used, or it is a master
     */
    ReplicationServer slave(String name) {
        ReplicationServer server = server(name);
        if (server.settings().isMaster()) {
            throw new Refusal(MessageCode.SLAVE_ONLY);
        }
        return server;
    }
}
