package org.hotbackup.management;

import java.time.Instant;
import org.hotbackup.replication.Promotion;
import org.hotbackup.server.ReplicationServer;
import org.hotbackup.server.Superseded;

/** What changes of roles a server went through, one sentence for people. */
final class SuccessionText {

    private SuccessionText() {}

    /** Empty if there was none. */
    static String of(ReplicationServer server) {
        String underWay = server.promoting();
        if (!underWay.isEmpty()) {
            return underWay;
        }
        return server.succession()
                .promotion()
                .map(SuccessionText::promoted)
                .or(() -> server.succession().superseded().map(SuccessionText::superseded))
                .orElse("");
    }

    private static String promoted(Promotion promotion) {
        return "promoted in epoch " + promotion.epoch() + " after transaction "
                + promotion.position().transaction() + " (LSN "
                + promotion.position().lsn() + ") at " + Instant.ofEpochMilli(promotion.epochMillis()) + " by "
                + promotion.by() + ": " + promotion.reason();
    }

    private static String superseded(Superseded by) {
        return "superseded by node " + by.nodeId() + " in epoch " + by.epoch() + " after transaction "
                + by.position().transaction() + " (LSN " + by.position().lsn() + "), told at "
                + Instant.ofEpochMilli(by.epochMillis());
    }
}
