package org.hotbackup.server;

import java.util.Optional;
import org.hotbackup.control.OperationReceipt;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.control.settings.ServerSetting;
import org.hotbackup.control.settings.ServerSettings;
import org.hotbackup.replication.SlaveSession;
import org.hotbackup.store.SlaveAppliers;
import org.hotbackup.store.StoreBean;

/**
 * What is asked of slave servers alone: to apply updates or to let the database rest, to put what is blocked into lost+found,
 * to close the files that they opened. What changes something is for one caller at a time, who holds the lock of
 * {@link ReplicationServers}; questions are for any thread.
 */
final class SlaveServers {

    private final DefinedServers servers;
    private final ServerRecords records;
    private final StoreBean store;
    private final SlaveAppliers appliers;
    private final Helpers helpers;

    SlaveServers(
            DefinedServers servers, ServerRecords records, StoreBean store, SlaveAppliers appliers, Helpers helpers) {
        this.servers = servers;
        this.records = records;
        this.store = store;
        this.appliers = appliers;
        this.helpers = helpers;
    }

    /**
     * Applies updates as they arrive from now on, or delays them: its definition is changed, a running server goes over after
     * the batch under way (HB-097, HB-098).
     *
     * @return how many wait
     */
    long applyUpdates(String name, boolean apply) {
        ReplicationServer server = servers.slave(name);
        ServerSettings changed = server.settings().with(ServerSetting.APPLY_UPDATES, apply ? "on" : "off");
        server.redefine(d -> d.withSettings(changed), records::keep);
        server.slaveSession().ifPresent(session -> session.applyUpdates(apply));
        server.wake();
        long pending = pending(name);
        server.say(apply ? MessageCode.APPLYING_STARTED : MessageCode.APPLYING_STOPPED, pending);
        return pending;
    }

    /** Whether a server leaves the database at rest while it does not apply updates. */
    DatabaseRest rest(ReplicationServer server) {
        return new DatabaseRest(server.name(), server::isChangingFiles, () -> helpers.left(server.name()));
    }

    /** What still changes the database of a slave server that does not apply updates, a sentence; empty if nothing does. */
    Optional<String> unrest(ReplicationServer server) {
        DatabaseRest rest = rest(server);
        return server.appliesUpdates() || rest.isThere() ? Optional.empty() : Optional.of(rest.text());
    }

    /**
     * How many updates a slave server received and did not apply, running or not (HB-097).
     *
     * @throws Refusal if there is no such server or it is a master
     */
    long pending(String name) {
        return servers.slave(name).pending(() -> appliers.pending(name));
    }

    /** Puts the transaction that is blocked at a slave server into lost+found (HB-181). */
    OperationReceipt setAside(String name, long transaction, String confirmName) {
        ReplicationServer server = servers.slave(name);
        Refusal.unlessConfirmed(name, confirmName);
        SlaveSession session =
                server.slaveSession().orElseThrow(() -> new Refusal(MessageCode.SERVER_NOT_RUNNING, name));
        long blocked = session.head()
                .orElseThrow(() -> new Refusal(MessageCode.NOTHING_AT_HEAD, name))
                .transaction()
                .number();
        if (!session.setAside(transaction)) {
            throw new Refusal(MessageCode.HEAD_IS_ANOTHER, blocked, transaction);
        }
        server.wake();
        server.say(MessageCode.HEAD_GOES_TO_LOST_AND_FOUND, transaction);
        return OperationReceipt.accepted(MessageCode.HEAD_GOES_TO_LOST_AND_FOUND, transaction);
    }

    /** Closes the files that a slave server opened (HB-099). */
    OperationReceipt closeFiles(String name) {
        ReplicationServer server = servers.slave(name);
        int closed = server.openFiles().close();
        appliers.reopenFiles();
        store.unreadableFiles().forEach(number -> server.say(MessageCode.CANNOT_READ_FOF_ITEM, number));
        server.say(MessageCode.FILES_CLOSED, closed);
        return OperationReceipt.done(MessageCode.FILES_CLOSED, closed);
    }
}
