package org.hotbackup.health;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * {@code /health/ready}: whether users can update here now. A standby that is closed for updates is not ready, and nothing
 * is wrong with it. Whoever asks need not log in, so this says what is in the way and not why.
 */
@Readiness
@ApplicationScoped
public class UpdatesCheck implements HealthCheck {

    @Inject
    NodeWatch watch;

    @Override
    public HealthCheckResponse call() {
        if (!watch.isBegun()) {
            return HealthCheckResponse.named("updates").down().build();
        }
        NodeFacts facts = watch.facts();
        boolean open = facts.standing().isOpen();
        boolean disk = facts.store().diskFreeBytes() >= facts.store().diskReserveBytes();
        // whoever cannot be asked how the node is has not said that users can update
        boolean stuck = facts.isStuck(NodeWatch.STORE) || facts.isStuck(LatestFacts.READER);
        boolean store = !stuck
                && facts.store().lockTrouble().isEmpty()
                && watch.storeTrouble().isEmpty();
        boolean queue = facts.log().filledPercent() < 100;
        // users would work on half an image
        boolean image = facts.servers().stream().allMatch(ServerFacts::isImageWhole);
        return HealthCheckResponse.named("updates")
                .withData("open", open)
                .withData("disk", disk)
                .withData("store", store)
                .withData("queue", queue)
                .withData("image", image)
                .status(open && disk && store && queue && image)
                .build();
    }
}
