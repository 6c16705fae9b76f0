package org.hotbackup.server;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.hotbackup.control.settings.NodeSetting;
import org.hotbackup.node.NodeHome;

/**
 * The secrets of the node's home as configuration, read from its files: a system property could be read by whoever sees the
 * properties of the JVM, over JMX or in a heap dump's table. Without a home, as on a server that is told all by its own
 * configuration, there are none here.
 */
public final class HomeSecrets implements ConfigSource {

    /** Before the system properties. */
    private static final int ORDINAL = 500;

    private final Map<String, String> secrets = new TreeMap<>();

    /** Those of the home that the system properties name. */
    public HomeSecrets() {
        this(System.getProperty(NodeSetting.NODE_HOME.key()));
    }

    HomeSecrets(String home) {
        if (home != null) {
            NodeHome.secretsIn(Path.of(home)).forEach((key, value) -> secrets.put(key.toString(), value.toString()));
        }
    }

    @Override
    public int getOrdinal() {
        return ORDINAL;
    }

    @Override
    public Set<String> getPropertyNames() {
        return Set.copyOf(secrets.keySet());
    }

    @Override
    public String getValue(String key) {
        return secrets.get(key);
    }

    @Override
    public String getName() {
        return "secrets of the node's home";
    }
}
