package org.hotbackup.web.rest;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Map;

/** All resources of this package, under {@code /api}. */
@ApplicationPath("api")
public class Api extends Application {

    /** Jersey's own description (WADL) would stand beside {@link OpenApiResource} and say something else. */
    @Override
    public Map<String, Object> getProperties() {
        return Map.of("jersey.config.server.wadl.disableWadl", true);
    }
}
