package org.hotbackup.client;

import java.util.Optional;

/**
 * A port of a host, as users write it: HOST:PORT.
 *
 * @param host its name or address; one of IPv6 in brackets
 * @param port from 1 to 65535
 */
public record HostPort(String host, int port) {

    private static final int MOST = 65_535;

    /** What a text says; empty if it is not written so. */
    public static Optional<HostPort> in(String text) {
        int colon = text.lastIndexOf(':');
        String host = text.substring(0, Math.max(0, colon));
        String port = text.substring(colon + 1);
        boolean usable = host.matches("[^\\s:]+|\\[[^\\s]+]") && port.matches("[0-9]{1,5}");
        return usable
                ? Optional.of(new HostPort(host, Integer.parseInt(port))).filter(HostPort::isPort)
                : Optional.empty();
    }

    private boolean isPort() {
        return port >= 1 && port <= MOST;
    }
}
