package org.hotbackup.server;

import java.time.Clock;
import java.util.Optional;
import org.hotbackup.model.ItemId;
import org.hotbackup.replication.Position;
import org.hotbackup.replication.Promoter;
import org.hotbackup.replication.Promotion;
import org.hotbackup.store.StoreBean;

/**
 * Promotes one slave server: its record and the node's epoch and state change in one database transaction, so that a kill
 * at any moment leaves either a slave or a master. Whether it was started or not, it is to run from then on: nobody else
 * tells its old master.
 *
 * @param server the slave server
 * @param by the user who asked for it
 * @param reason why
 */
record ServerPromoter(
        ReplicationServer server,
        StoreBean store,
        Helpers helpers,
        ServerRecords records,
        Clock clock,
        String by,
        String reason)
        implements Promoter {

    @Override
    public long helpersLeft() {
        return helpers.leftToPromotion(server.name());
    }

    @Override
    public Optional<String> helperInTheWay() {
        return helpers.inTheWay(server.name());
    }

    @Override
    public Promotion promote(Position last) {
        long before = store.standing().epoch();
        Promotion promotion = new Promotion(before, before + 1, last, clock.millis(), by, reason);
        // until it is known what became of it nobody may write the record as it was before
        return server.holdingDefinition(() -> {
            try {
                server.redefine(
                        definition -> promoted(definition, promotion), definition -> write(definition, promotion));
            } catch (RuntimeException e) {
                if (!isWritten(promotion)) {
                    throw e;
                }
                // the commit was told to have failed and had happened
                server.redefine(definition -> promoted(definition, promotion), definition -> definition);
            }
            return promotion;
        });
    }

    /** What the record says once it is promoted. */
    static ServerDefinition promoted(ServerDefinition definition, Promotion promotion) {
        return definition
                .withSuccession(definition.succession().with(promotion))
                .withStarted(true);
    }

    private ServerDefinition write(ServerDefinition definition, Promotion promotion) {
        store.stand(
                now -> {
                    if (now.epoch() != promotion.oldEpoch()) {
                        throw new IllegalStateException("the node has become of epoch " + now.epoch() + " meanwhile");
                    }
                    return now.inEpoch(promotion.epoch()).opened();
                },
                SystemPaths.DEFINITIONS,
                ItemId.of(definition.name()),
                definition.toItem());
        return definition;
    }

    private boolean isWritten(Promotion promotion) {
        return store.standing().epoch() == promotion.epoch()
                && records.read(server.name())
                        .flatMap(definition -> definition.succession().promotion())
                        .filter(promotion::equals)
                        .isPresent();
    }
}
