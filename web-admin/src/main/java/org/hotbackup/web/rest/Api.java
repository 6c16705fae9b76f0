package org.hotbackup.web.rest;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** All resources of this package, under {@code /api}. */
@ApplicationPath("api")
public class Api extends Application {}
