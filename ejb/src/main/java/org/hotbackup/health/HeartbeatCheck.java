package org.hotbackup.health;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Liveness;

/**
 * {@code /health/live}: whether the heartbeat passes all stations of the node in time. A node that refuses updates, catches
 * up or misses its slave is alive; one that is down here does not come right by itself, and should be started anew.
 */
@Liveness
@ApplicationScoped
public class HeartbeatCheck implements HealthCheck {

    @Inject
    NodeWatch watch;

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder answer = HealthCheckResponse.named("heartbeat");
        watch.beats().forEach((station, seconds) -> answer.withData(station, seconds));
        return answer.status(watch.stuck().isEmpty()).build();
    }
}
