package org.hotbackup.server;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import org.eclipse.microprofile.config.Config;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.control.settings.NodeSetting;
import org.hotbackup.control.settings.NodeSettings;
import org.hotbackup.node.NodeKey;
import org.hotbackup.node.RemoteJmx;

/** What the node's home says about it; the keys are MicroProfile Config keys. */
@ApplicationScoped
public class NodeConfiguration {

    private static final long MEGABYTE = 1L << 20;

    @Inject
    Config config;

    /** The node's settings. */
    public NodeSettings settings() {
        return NodeSettings.of(key -> config.getOptionalValue(key, String.class));
    }

    /** The node's name. */
    public String name() {
        return settings().text(NodeSetting.NODE_NAME);
    }

    /** Whether it is a small node that hosts tape-socket servers only. */
    public boolean isVmrest() {
        return settings().text(NodeSetting.NODE_KIND).equals("vmrest");
    }

    /** The node's identity, a UUID given when it was created. */
    public String id() {
        return settings().text(NodeSetting.NODE_ID);
    }

    /** The node's home folder. */
    public Path home() {
        return Path.of(settings().text(NodeSetting.NODE_HOME));
    }

    /** Where the named pipes are that are given without a folder. */
    public Path pipes() {
        return home().resolve("pipes");
    }

    /** Where the log tapes of the node are. */
    public Path tapes() {
        return home().resolve("tapes");
    }

    /** What is left free of the disk, in bytes. */
    public long diskReserveBytes() {
        return settings().number(NodeSetting.DISK_RESERVE_MB) * MEGABYTE;
    }

    /** The loopback port of the node's JMX connector; none on a server that brings its own. */
    public OptionalInt jmxPort() {
        return settings().find(NodeSetting.JMX_PORT).stream()
                .mapToInt(Integer::parseInt)
                .findFirst();
    }

    /**
     * Where JMX consoles on other machines reach the node; empty if nowhere.
     *
     * @throws Refusal if that cannot be used
     */
    public Optional<RemoteJmx> remoteJmx() {
        return RemoteJmx.of(settings());
    }

    /** The node's own key. */
    public NodeKey key() {
        return NodeKey.of(home().resolve("keys"), settings().text(NodeSetting.KEYS_PASSWORD));
    }

    /** The address of the Faces page and of REST. */
    public String webAddress() {
        return "http://127.0.0.1:" + settings().number(NodeSetting.HTTP_PORT) + "/";
    }

    /** How many seconds a station of the node's heartbeat may take before the node counts as stuck; from 30 on. */
    public int healthBoundSeconds() {
        return settings().number(NodeSetting.HEALTH_BOUND_SECONDS);
    }

    /** The password of the pseudo user {@code local}: whoever can read the home's secrets. */
    public String localSecret() {
        return settings().text(NodeSetting.LOCAL_SECRET);
    }
}
