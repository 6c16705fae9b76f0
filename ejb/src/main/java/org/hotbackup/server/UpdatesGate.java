package org.hotbackup.server;

import java.time.Clock;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Supplier;
import org.hotbackup.control.OperationReceipt;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.model.ItemId;
import org.hotbackup.replication.Frame.Promoted;
import org.hotbackup.store.StoreBean;

/**
 * Opens and closes this node for users' updates, durably and with a reason; what its slave servers do is not touched by it.
 * Thread-safe.
 */
public final class UpdatesGate {

    private final String node;
    private final StoreBean store;
    private final Clock clock;
    private final Supplier<Collection<ReplicationServer>> servers;

    UpdatesGate(String node, StoreBean store, Clock clock, Supplier<Collection<ReplicationServer>> servers) {
        this.node = node;
        this.store = store;
        this.clock = clock;
        this.servers = servers;
    }

    /**
     * Closes the node for users' updates; when this returns no transaction of a user is open any more.
     *
     * @throws Refusal if it is closed already, or transactions do not end within ten seconds
     */
    public OperationReceipt close(String reason, String user) {
        String why = "closed by " + user + ": " + reason;
        store.betweenTransactions(lsn -> {
            store.stand(now -> {
                if (!now.isOpen()) {
                    throw new Refusal(MessageCode.UPDATES_ALREADY, node, "closed");
                }
                return now.closedBecause(why);
            });
            return lsn;
        });
        servers.get().forEach(server -> server.say(MessageCode.UPDATES_CLOSED, node, why));
        return OperationReceipt.done(MessageCode.UPDATES_CLOSED, node, why);
    }

    /**
     * Opens the node for users' updates, also one that was superseded: then two nodes may take updates, and who asked for
     * it stands in the log.
     *
     * @throws Refusal if it is open already
     */
    public OperationReceipt open(String reason, String user) {
        store.stand(now -> {
            if (now.isOpen()) {
                throw new Refusal(MessageCode.UPDATES_ALREADY, node, "open");
            }
            return now.opened();
        });
        servers.get().forEach(server -> server.say(MessageCode.UPDATES_OPENED, node, user, reason));
        return successor()
                .map(other -> OperationReceipt.done(
                        MessageCode.UPDATES_OPENED_BESIDE, node, user, other.nodeId(), other.epoch()))
                .orElseGet(() -> OperationReceipt.done(MessageCode.UPDATES_OPENED, node, user, reason));
    }

    /** Who took the place of this node, if one of its servers was told. */
    private Optional<Superseded> successor() {
        return servers.get().stream()
                .flatMap(server -> server.succession().superseded().stream())
                .findFirst();
    }

    /** A slave of a master server was promoted: that is kept, and the node is closed for updates (I7). */
    void superseded(ReplicationServer server, Promoted promoted) {
        boolean known = server.succession()
                .superseded()
                .filter(before -> before.epoch() >= promoted.epoch())
                .isPresent();
        if (!known) {
            Superseded superseded =
                    new Superseded(promoted.nodeId(), promoted.epoch(), promoted.position(), clock.millis());
            server.redefine(
                    definition ->
                            definition.withSuccession(definition.succession().with(superseded)),
                    definition -> closed(definition, superseded));
        }
    }

    private ServerDefinition closed(ServerDefinition definition, Superseded superseded) {
        String why = "superseded by node " + superseded.nodeId() + " in epoch " + superseded.epoch()
                + ": bring it back with hot-backup rejoin server=" + definition.name();
        store.stand(
                now -> now.closedBecause(why),
                SystemPaths.DEFINITIONS,
                ItemId.of(definition.name()),
                definition.toItem());
        return definition;
    }
}
