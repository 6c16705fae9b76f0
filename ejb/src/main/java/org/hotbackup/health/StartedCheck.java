package org.hotbackup.health;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Startup;

/** {@code /health/started}: whether store, queue and servers of the node are started. */
@Startup
@ApplicationScoped
public class StartedCheck implements HealthCheck {

    @Inject
    NodeWatch watch;

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("started").status(watch.isBegun()).build();
    }
}
