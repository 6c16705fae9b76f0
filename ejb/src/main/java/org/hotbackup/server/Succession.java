package org.hotbackup.server;

import java.util.Optional;
import org.hotbackup.model.DynamicArray;
import org.hotbackup.replication.Epochs;
import org.hotbackup.replication.Position;
import org.hotbackup.replication.Promotion;

/**
 * What a server's record says about changes of roles.
 *
 * @param definedAtEpoch the node's epoch when the server was set up
 * @param promotion slave only: that it was promoted
 * @param superseded master only: that its slave was promoted
 * @param rejoined slave only: that it was a superseded master server and was brought back
 */
public record Succession(
        long definedAtEpoch, Optional<Promotion> promotion, Optional<Superseded> superseded, boolean rejoined) {

    private static final int DEFINED_AT_EPOCH = 30;
    private static final int PROMOTED_FROM = 31;
    private static final int PROMOTED_TO = 32;
    private static final int PROMOTED_POSITION = 33;
    private static final int PROMOTED_MILLIS = 36;
    private static final int PROMOTED_BY = 37;
    private static final int PROMOTED_REASON = 38;
    private static final int SUPERSEDED_BY = 40;
    private static final int SUPERSEDED_EPOCH = 41;
    private static final int SUPERSEDED_POSITION = 42;
    private static final int SUPERSEDED_MILLIS = 45;
    private static final int SUPERSEDED_KEPT = 46;
    private static final int SUPERSEDED_GIVEN_UP_LSN = 47;
    private static final int SUPERSEDED_GIVEN_UP = 48;
    private static final int REJOINED = 49;

    /** Of a server that is set up in an epoch. */
    static Succession in(long epoch) {
        return new Succession(epoch, Optional.empty(), Optional.empty(), false);
    }

    /** Of a server that is brought back in an epoch. */
    static Succession rejoinedIn(long epoch) {
        return new Succession(epoch, Optional.empty(), Optional.empty(), true);
    }

    Succession with(Promotion promoted) {
        return new Succession(definedAtEpoch, Optional.of(promoted), superseded, rejoined);
    }

    Succession with(Superseded by) {
        return new Succession(definedAtEpoch, promotion, Optional.of(by), rejoined);
    }

    /**
     * What the attributes of a record say.
     *
     * @throws IllegalArgumentException if one of them cannot be read
     */
    static Succession of(DynamicArray record) {
        Optional<Promotion> promotion = record.extract(PROMOTED_TO).isEmpty()
                ? Optional.empty()
                : Optional.of(new Promotion(
                        ServerDefinition.number(record, PROMOTED_FROM),
                        ServerDefinition.number(record, PROMOTED_TO),
                        position(record, PROMOTED_POSITION),
                        ServerDefinition.number(record, PROMOTED_MILLIS),
                        record.extract(PROMOTED_BY),
                        record.extract(PROMOTED_REASON)));
        Optional<Superseded> superseded = record.extract(SUPERSEDED_BY).isEmpty()
                ? Optional.empty()
                : Optional.of(new Superseded(
                        record.extract(SUPERSEDED_BY),
                        ServerDefinition.number(record, SUPERSEDED_EPOCH),
                        position(record, SUPERSEDED_POSITION),
                        ServerDefinition.number(record, SUPERSEDED_MILLIS),
                        ServerDefinition.number(record, SUPERSEDED_KEPT),
                        new Superseded.GivenUp(
                                ServerDefinition.number(record, SUPERSEDED_GIVEN_UP_LSN),
                                ServerDefinition.number(record, SUPERSEDED_GIVEN_UP))));
        return new Succession(
                Math.max(Epochs.FIRST, ServerDefinition.number(record, DEFINED_AT_EPOCH)),
                promotion,
                superseded,
                ServerDefinition.number(record, REJOINED) == 1);
    }

    private static Position position(DynamicArray record, int attribute) {
        return new Position(
                record.extract(attribute),
                ServerDefinition.number(record, attribute + 1),
                ServerDefinition.number(record, attribute + 2));
    }

    /** Writes it into a record. */
    DynamicArray into(DynamicArray record) {
        record.replace(DEFINED_AT_EPOCH, Long.toString(definedAtEpoch));
        if (rejoined) {
            record.replace(REJOINED, "1");
        }
        promotion.ifPresent(promoted -> {
            position(record, PROMOTED_POSITION, promoted.position());
            record.replace(PROMOTED_FROM, Long.toString(promoted.oldEpoch()))
                    .replace(PROMOTED_TO, Long.toString(promoted.epoch()))
                    .replace(PROMOTED_MILLIS, Long.toString(promoted.epochMillis()))
                    .replace(PROMOTED_BY, promoted.by())
                    .replace(PROMOTED_REASON, promoted.reason());
        });
        superseded.ifPresent(by -> {
            position(record, SUPERSEDED_POSITION, by.position());
            record.replace(SUPERSEDED_BY, by.nodeId())
                    .replace(SUPERSEDED_EPOCH, Long.toString(by.epoch()))
                    .replace(SUPERSEDED_MILLIS, Long.toString(by.epochMillis()))
                    .replace(SUPERSEDED_KEPT, Long.toString(by.keptLsn()))
                    .replace(SUPERSEDED_GIVEN_UP_LSN, Long.toString(by.givenUp().lsn()))
                    .replace(SUPERSEDED_GIVEN_UP, Long.toString(by.givenUp().transactions()));
        });
        return record;
    }

    private static void position(DynamicArray record, int attribute, Position position) {
        record.replace(attribute, position.history())
                .replace(attribute + 1, Long.toString(position.transaction()))
                .replace(attribute + 2, Long.toString(position.lsn()));
    }
}
