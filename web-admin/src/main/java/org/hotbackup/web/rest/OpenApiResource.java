package org.hotbackup.web.rest;

import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** What these resources are, as an OpenAPI 3 document. */
@Path("openapi.json")
@RequestScoped
public class OpenApiResource {

    static final String DOCUMENT = "/org/hotbackup/web/openapi.json";

    /** The document. */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public byte[] document() {
        try (InputStream document = OpenApiResource.class.getResourceAsStream(DOCUMENT)) {
            return document.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
