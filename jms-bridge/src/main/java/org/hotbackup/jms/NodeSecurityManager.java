package org.hotbackup.jms;

import java.security.Principal;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.security.auth.Subject;
import org.apache.activemq.artemis.core.remoting.impl.invm.InVMConnection;
import org.apache.activemq.artemis.core.security.CheckType;
import org.apache.activemq.artemis.core.security.Role;
import org.apache.activemq.artemis.spi.core.protocol.RemotingConnection;
import org.apache.activemq.artemis.spi.core.security.ActiveMQSecurityManager5;
import org.apache.activemq.artemis.spi.core.security.jaas.UserPrincipal;
import org.apache.activemq.artemis.utils.CompositeAddress;

/**
 * Who may do what in a broker. The node itself: everything, from inside the JVM and by a password that is made at each
 * start. A peer, known by its connection alone: send to {@code hb.in} and read {@code hb.ack}. Nobody else:
 * nothing. What a peer sends bears the node of its certificate. Thread-safe.
 */
final class NodeSecurityManager implements ActiveMQSecurityManager5 {

    private static final Principal NODE = new UserPrincipal("node");

    private static final Set<CheckType> READING =
            Set.of(CheckType.CONSUME, CheckType.CREATE_NON_DURABLE_QUEUE, CheckType.DELETE_NON_DURABLE_QUEUE);

    private final Inside inside;
    private final Function<RemotingConnection, Optional<String>> peers;

    /**
     * For one broker.
     *
     * @param peers the node at the other end of a connection from outside, empty text if it states none; nothing if it may
     *     not come in
     */
    NodeSecurityManager(Inside inside, Function<RemotingConnection, Optional<String>> peers) {
        this.inside = inside;
        this.peers = peers;
    }

    @Override
    public Subject authenticate(String user, String password, RemotingConnection connection, String securityDomain) {
        if (connection.getTransportConnection() instanceof InVMConnection) {
            return inside.admits(user, password) ? subject(NODE) : null;
        }
        // asked again for each frame of a connection that passed already
        Subject known = connection.getSubject();
        if (known != null) {
            return known;
        }
        return peers.apply(connection)
                .map(node -> subject(new UserPrincipal(Names.PEER + node)))
                .orElse(null);
    }

    @Override
    public boolean authorize(Subject subject, Set<Role> roles, CheckType checkType, String address) {
        if (subject == null) {
            return false;
        }
        if (subject.getPrincipals().contains(NODE)) {
            return true;
        }
        String bare = CompositeAddress.extractAddressName(address);
        return checkType == CheckType.SEND && bare.equals(Names.IN)
                || READING.contains(checkType) && bare.equals(Names.ACK);
    }

    private static Subject subject(Principal caller) {
        return new Subject(true, Set.of(caller), Set.of(), Set.of());
    }

    @Override
    public String getUserFromSubject(Subject subject) {
        return subject == null
                ? null
                : subject.getPrincipals().stream().map(Principal::getName).collect(Collectors.joining());
    }

    @Override
    public boolean validateUser(String user, String password) {
        return false;
    }

    @Override
    public boolean validateUserAndRole(String user, String password, Set<Role> roles, CheckType checkType) {
        return false;
    }
}
