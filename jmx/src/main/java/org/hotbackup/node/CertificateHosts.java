package org.hotbackup.node;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The hosts that a node's certificate names, as {@code keytool} writes subject alternative names. Nodes know one another by
 * the certificate itself; but a JMX console whose Java compares the host that it called with these names (RMI does since
 * the updates of January 2026) must find it there.
 */
final class CertificateHosts {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9-]*(\\.[A-Za-z0-9][A-Za-z0-9-]*)*");
    private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|[0-9A-Fa-f:]*:[0-9A-Fa-f:.]*");

    private CertificateHosts() {}

    /** This machine's own name, and what it calls itself. */
    static List<String> ofMachine() {
        List<String> hosts = new ArrayList<>(List.of("DNS:localhost", "IP:127.0.0.1"));
        try {
            add(hosts, InetAddress.getLocalHost().getHostName());
        } catch (UnknownHostException e) {
            // a machine without a name
        }
        return hosts;
    }

    /** The same, and the host of a node's remote JMX. */
    static List<String> of(NodeHome home) {
        List<String> hosts = ofMachine();
        home.remoteJmx().ifPresent(remote -> add(hosts, remote.host()));
        return hosts;
    }

    private static void add(List<String> hosts, String host) {
        String entry = ADDRESS.matcher(host).matches() ? "IP:" + host : "DNS:" + host;
        boolean usable = entry.startsWith("IP:") || NAME.matcher(host).matches();
        if (usable && !hosts.contains(entry)) {
            hosts.add(entry);
        }
    }
}
