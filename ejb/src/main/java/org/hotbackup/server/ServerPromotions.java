package org.hotbackup.server;

import java.time.Clock;
import java.util.Optional;
import org.hotbackup.control.OperationReceipt;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.replication.SlaveSession;
import org.hotbackup.store.StoreBean;

/**
 * Begins promotions of slave servers. A server that is stopped is run for it, and goes on running to tell its old master when
 * that calls. For one caller at a time, who holds the lock of {@link ReplicationServers}.
 */
final class ServerPromotions {

    private final ServerRecords records;
    private final ServerRuns runs;
    private final Sessions sessions;
    private final Helpers helpers;
    private final StoreBean store;
    private final Clock clock;

    ServerPromotions(
            ServerRecords records, ServerRuns runs, Sessions sessions, Helpers helpers, StoreBean store, Clock clock) {
        this.records = records;
        this.runs = runs;
        this.sessions = sessions;
        this.helpers = helpers;
        this.store = store;
        this.clock = clock;
    }

    /** The one that is under way; empty if none is. */
    Optional<SlaveSession> underWay(ReplicationServer server) {
        return server.slaveSession().filter(session -> !session.promoting().isEmpty());
    }

    /**
     * Begins one of a server that is fit for it.
     *
     * @param reason why, for the record
     * @param user who asks for it
     * @return the session that does it
     * @throws Refusal if it cannot be run
     */
    SlaveSession begin(ReplicationServer server, String reason, String user) {
        String name = server.name();
        Optional<SlaveSession> running = server.slaveSession();
        if (running.isEmpty() && server.isRunning()) {
            throw new Refusal(MessageCode.WAITING_TO_INITIALIZE, name);
        }
        SlaveSession session = running.orElseGet(() -> sessions.newSlave(server));
        server.say(MessageCode.PROMOTION_BEGUN, name, user, reason);
        helpers.startAgain(name);
        session.promote(new ServerPromoter(server, store, helpers, records, clock, user, reason));
        if (running.isEmpty()) {
            session.withoutListening();
            session.onPromotionOver(() -> stopUnlessPromoted(server, session));
            OperationReceipt launched = runs.begin(server, () -> session);
            if (launched.outcome() == OperationReceipt.Outcome.REFUSED) {
                throw new Refusal(MessageCode.START_FAILED, name);
            }
        }
        server.wake();
        return session;
    }

    private static void stopUnlessPromoted(ReplicationServer server, SlaveSession session) {
        if (session.promotion().isEmpty()) {
            server.thread().end();
            server.say(MessageCode.SERVER_STOPPED, server.name());
        }
    }
}
