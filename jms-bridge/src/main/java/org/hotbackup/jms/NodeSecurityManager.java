package org.hotbackup.jms;

import java.security.MessageDigest;
import java.security.Principal;
import java.security.cert.X509Certificate;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import javax.security.auth.Subject;
import org.apache.activemq.artemis.core.security.CheckType;
import org.apache.activemq.artemis.core.security.Role;
import org.apache.activemq.artemis.spi.core.protocol.RemotingConnection;
import org.apache.activemq.artemis.spi.core.security.ActiveMQSecurityManager5;
import org.apache.activemq.artemis.spi.core.security.jaas.UserPrincipal;
import org.apache.activemq.artemis.utils.CertificateUtil;
import org.hotbackup.control.messages.MessageCode;

/**
 * Who may do what in the broker: the node itself everything, by a password that is made at each start and never leaves
 * the JVM; a peer, known by its client certificate alone, only send to {@code hb.in...} and read {@code hb.ack...}.
 */
final class NodeSecurityManager implements ActiveMQSecurityManager5 {

    private static final Logger LOGGER = Logger.getLogger(NodeSecurityManager.class.getName());

    private static final Principal NODE = new UserPrincipal("node");
    private static final Principal PEER = new UserPrincipal("peer");

    private static final Set<CheckType> READING =
            Set.of(CheckType.CONSUME, CheckType.CREATE_NON_DURABLE_QUEUE, CheckType.DELETE_NON_DURABLE_QUEUE);

    private final String user;
    private final String password;
    private final Supplier<Map<String, X509Certificate>> trusted;

    NodeSecurityManager(String user, String password, Supplier<Map<String, X509Certificate>> trusted) {
        this.user = user;
        this.password = password;
        this.trusted = trusted;
    }

    @Override
    public Subject authenticate(
            String givenUser, String givenPassword, RemotingConnection connection, String securityDomain) {
        if (givenUser != null && givenPassword != null) {
            boolean node =
                    givenUser.equals(user) && MessageDigest.isEqual(givenPassword.getBytes(), password.getBytes());
            return node ? subject(NODE) : null;
        }
        X509Certificate[] certificates = CertificateUtil.getCertsFromConnection(connection);
        String fingerprint =
                certificates == null || certificates.length == 0 ? "none" : NodeKeys.fingerprint(certificates[0]);
        if (trusted.get().containsKey(fingerprint)) {
            return subject(PEER);
        }
        LOGGER.warning(() -> MessageCode.PEER_NOT_TRUSTED.id() + " " + MessageCode.PEER_NOT_TRUSTED.text(fingerprint));
        return null;
    }

    @Override
    public boolean authorize(Subject subject, Set<Role> roles, CheckType checkType, String address) {
        if (subject == null) {
            return false;
        }
        if (subject.getPrincipals().contains(NODE)) {
            return true;
        }
        return checkType == CheckType.SEND && is(Names.IN, address)
                || READING.contains(checkType) && is(Names.ACK, address);
    }

    /** Artemis names a queue of an address as {@code address::queue}. */
    private static boolean is(String name, String address) {
        return address.equals(name) || address.startsWith(name + "::") || address.startsWith(name + ".");
    }

    private static Subject subject(Principal caller) {
        return new Subject(true, Set.of(caller), Set.of(), Set.of());
    }

    @Override
    public String getUserFromSubject(Subject subject) {
        return subject.getPrincipals().stream().map(Principal::getName).collect(Collectors.joining());
    }

    @Override
    public boolean validateUser(String givenUser, String givenPassword) {
        return false;
    }

    @Override
    public boolean validateUserAndRole(String givenUser, String givenPassword, Set<Role> roles, CheckType checkType) {
        return false;
    }
}
