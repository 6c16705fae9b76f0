package org.hotbackup.server;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.hotbackup.control.OperationReceipt;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.replication.Position;
import org.hotbackup.replication.Promotion;
import org.hotbackup.replication.ServerStatus;
import org.hotbackup.replication.SlaveSession;

/** What an operator is told who promotes a slave server. */
final class PromotionWatch {

    /** Longer ones go on while their operator is told how far they are. */
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);

    private static final long MASTER_GONE_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private static final Set<ServerStatus> WITH_MASTER =
            EnumSet.of(ServerStatus.CONNECTED, ServerStatus.READING_NETWORK, ServerStatus.WRITING_TO_NETWORK);

    private PromotionWatch() {}

    /**
     * Refuses what cannot be promoted.
     *
     * @param position where it stands
     */
    static void refuseUnfit(ReplicationServer server, Optional<Position> position, String reason) {
        Optional<Promotion> before = server.succession().promotion();
        if (before.isPresent()) {
            throw new Refusal(
                    MessageCode.PROMOTED_ALREADY, server.name(), before.get().epoch());
        }
        Refusal.unlessReasoned(reason);
        if (position.isEmpty()) {
            throw new Refusal(MessageCode.NOTHING_TO_PROMOTE, server.name());
        }
        if (isWithMaster(server)) {
            throw new Refusal(
                    MessageCode.MASTER_CONNECTED,
                    server.name(),
                    server.figures().peer());
        }
    }

    private static boolean isWithMaster(ReplicationServer server) {
        return WITH_MASTER.contains(server.figures().status());
    }

    /** Waits a moment until it is noticed that a master has died. */
    static void awaitMasterGone(ReplicationServer server) {
        long deadline = System.nanoTime() + MASTER_GONE_NANOS;
        while (isWithMaster(server) && System.nanoTime() < deadline) {
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    /** Waits some seconds for the end of a promotion. */
    static OperationReceipt outcome(ReplicationServer server, SlaveSession session) {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (System.nanoTime() < deadline) {
            Optional<Promotion> promotion = session.promotion();
            if (promotion.isPresent() && session.isListening()) {
                return promoted(server, promotion.get());
            }
            if (promotion.isPresent() && !session.listenTrouble().isEmpty()) {
                return unheard(server, promotion.get(), session.listenTrouble());
            }
            if (!session.promotionTrouble().isEmpty()) {
                return new OperationReceipt(
                        OperationReceipt.Outcome.REFUSED,
                        MessageCode.PROMOTION_GIVEN_UP.id(),
                        session.promotionTrouble());
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
        return session.promotion()
                .map(promotion -> unheard(server, promotion, "it does not listen yet"))
                .orElseGet(() ->
                        OperationReceipt.accepted(MessageCode.PROMOTION_GOES_ON, server.name(), session.promoting()));
    }

    private static OperationReceipt promoted(ReplicationServer server, Promotion promotion) {
        Position last = promotion.position();
        return OperationReceipt.done(
                MessageCode.PROMOTED, server.name(), promotion.epoch(), last.transaction(), last.lsn());
    }

    /** It is promoted, and its old master cannot be told. */
    private static OperationReceipt unheard(ReplicationServer server, Promotion promotion, String why) {
        OperationReceipt promoted = promoted(server, promotion);
        return new OperationReceipt(
                promoted.outcome(),
                promoted.messageId(),
                promoted.message() + ". " + MessageCode.OLD_MASTER_NOT_TOLD.text(server.name(), why));
    }
}
