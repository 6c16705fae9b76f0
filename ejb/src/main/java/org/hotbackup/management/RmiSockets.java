package org.hotbackup.management;

import java.net.ServerSocket;
import java.rmi.server.RMIClientSocketFactory;
import java.rmi.server.RMIServerSocketFactory;

/**
 * How clients call a connector, and how it listens.
 *
 * @param client goes into each stub, so only a class of the JDK; null for plain sockets
 * @param server makes the {@link ServerSocket} of a port
 */
record RmiSockets(RMIClientSocketFactory client, RMIServerSocketFactory server) {}
