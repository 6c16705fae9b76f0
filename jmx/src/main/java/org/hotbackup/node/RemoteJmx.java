package org.hotbackup.node;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.control.settings.NodeSetting;
import org.hotbackup.control.settings.NodeSettings;

/**
 * Where JMX consoles on other machines reach a node, over TLS: {@code hotbackup.jmx.remote.host} and
 * {@code hotbackup.jmx.remote.port}. A node that has neither is not reached from elsewhere.
 *
 * @param host a name or address of this machine: the node listens there, and there clients are sent back to
 * @param port a TCP port, for the registry and for the connector
 */
public record RemoteJmx(String host, int port) {

    private static final String HOST = NodeSetting.JMX_REMOTE_HOST.key();
    private static final String PORT = NodeSetting.JMX_REMOTE_PORT.key();

    /**
     * As a node is configured; empty if it is not.
     *
     * @throws Refusal if only one of both is given, or one cannot be used
     */
    public static Optional<RemoteJmx> of(NodeSettings settings) {
        Optional<String> host = settings.find(NodeSetting.JMX_REMOTE_HOST);
        Optional<String> port = settings.find(NodeSetting.JMX_REMOTE_PORT);
        if (host.isEmpty() && port.isEmpty()) {
            return Optional.empty();
        }
        if (host.isEmpty() || port.isEmpty()) {
            throw host.isEmpty()
                    ? new Refusal(MessageCode.REMOTE_JMX_HALF, PORT, HOST)
                    : new Refusal(MessageCode.REMOTE_JMX_HALF, HOST, PORT);
        }
        for (NodeSetting other : List.of(NodeSetting.HTTP_PORT, NodeSetting.JMX_PORT)) {
            if (settings.find(other).equals(port)) {
                throw new Refusal(MessageCode.REMOTE_JMX_PORT_UNUSABLE, port.get(), other.key() + " is the same one");
            }
        }
        RemoteJmx remote = new RemoteJmx(host.get(), Integer.parseInt(port.get()));
        remote.address();
        return Optional.of(remote);
    }

    /**
     * What to listen on.
     *
     * @throws Refusal if it is not one address of this machine
     */
    public InetAddress address() {
        try {
            InetAddress address = InetAddress.getByName(host);
            if (address.isAnyLocalAddress()) {
                // it would be in every stub, and lead clients to themselves
                throw new Refusal(MessageCode.REMOTE_JMX_HOST_UNUSABLE, host, "it stands for every address");
            }
            if (!address.isLoopbackAddress() && NetworkInterface.getByInetAddress(address) == null) {
                throw new Refusal(
                        MessageCode.REMOTE_JMX_HOST_UNUSABLE, host, "this machine has no address of that name");
            }
            return address;
        } catch (UnknownHostException e) {
            throw new Refusal(MessageCode.REMOTE_JMX_HOST_UNUSABLE, host, "no such host is known");
        } catch (IOException e) {
            throw new Refusal(MessageCode.REMOTE_JMX_HOST_UNUSABLE, host, e.getMessage());
        }
    }

    /**
     * Makes sure that a node can listen there.
     *
     * @throws Refusal if it cannot
     */
    void checkFree() {
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(address(), port));
        } catch (BindException e) {
            throw new Refusal(MessageCode.PORT_IN_USE, port, "remote JMX", PORT + " in node.properties");
        } catch (IOException e) {
            throw new Refusal(MessageCode.REMOTE_JMX_PORT_UNUSABLE, port, e.getMessage());
        }
    }

    /** The address that clients open, their registry over TLS as well. */
    public String url() {
        return url(host, port);
    }

    /** The same of any node. */
    public static String url(String host, int port) {
        String inUrl = host.contains(":") ? "[" + host + "]" : host;
        return "service:jmx:rmi:///jndi/rmi://" + inUrl + ":" + port + "/jmxrmi";
    }
}
