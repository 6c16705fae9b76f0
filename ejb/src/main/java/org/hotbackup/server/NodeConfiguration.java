package org.hotbackup.server;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import org.eclipse.microprofile.config.Config;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.node.NodeKey;
import org.hotbackup.node.RemoteJmx;

/** What the node's home says about it; the keys are MicroProfile Config keys. */
@ApplicationScoped
public class NodeConfiguration {

    private static final int DEFAULT_HEALTH_BOUND_SECONDS = 120;
    private static final int LEAST_HEALTH_BOUND_SECONDS = 30;

    @Inject
    Config config;

    /** The node's name. */
    public String name() {
        return config.getValue("hotbackup.node.name", String.class);
    }

    /** The node's identity, a UUID given when it was created. */
    public String id() {
        return config.getValue("hotbackup.node.id", String.class);
    }

    /** The node's home folder. */
    public Path home() {
        return Path.of(config.getValue("hotbackup.node.home", String.class));
    }

    /** The loopback port of the node's JMX connector; none on a server that brings its own. */
    public OptionalInt jmxPort() {
        return config.getOptionalValue("hotbackup.jmx.port", Integer.class)
                .map(OptionalInt::of)
                .orElseGet(OptionalInt::empty);
    }

    /**
     * Where JMX consoles on other machines reach the node; empty if nowhere.
     *
     * @throws Refusal if that cannot be used
     */
    public Optional<RemoteJmx> remoteJmx() {
        return RemoteJmx.of(key -> config.getOptionalValue(key, String.class).orElse(null));
    }

    /** The node's own key. */
    public NodeKey key() {
        return NodeKey.of(home().resolve("keys"), config.getValue("hotbackup.keys.password", String.class));
    }

    /** The address of the Faces page and of REST. */
    public String webAddress() {
        return "http://127.0.0.1:" + config.getValue("hotbackup.http.port", String.class) + "/";
    }

    /** How many seconds a station of the node's heartbeat may take before the node counts as stuck; from 30 on. */
    public int healthBoundSeconds() {
        int seconds = config.getOptionalValue("hotbackup.health.bound.seconds", Integer.class)
                .orElse(DEFAULT_HEALTH_BOUND_SECONDS);
        return Math.max(LEAST_HEALTH_BOUND_SECONDS, seconds);
    }

    /** The password of the pseudo user {@code local}: whoever can read the home's secrets. */
    public String localSecret() {
        return config.getValue("hotbackup.local.secret", String.class);
    }
}
