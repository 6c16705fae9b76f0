package org.hotbackup.management;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.hotbackup.control.Caller;
import org.hotbackup.control.NodeCertificate;
import org.hotbackup.control.NodeUser;
import org.hotbackup.control.OperationReceipt;
import org.hotbackup.control.SecurityMXBean;
import org.hotbackup.control.TextLine;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.node.NodeHome;
import org.hotbackup.node.TrustedPeer;
import org.hotbackup.server.Logins;
import org.hotbackup.server.NodeConfiguration;
import org.hotbackup.server.ReplicationServers;
import org.hotbackup.server.Users;

/** Users and certificates, for every surface. */
@ApplicationScoped
public class SecurityControl implements SecurityMXBean {

    private static final long UNREADABLE_DAYS = -1_000_000;
    private static final int UNREADABLE = -1;

    @Inject
    Users users;

    @Inject
    Logins logins;

    @Inject
    Callers callers;

    @Inject
    ReplicationServers servers;

    @Inject
    NodeConfiguration configuration;

    Clock clock = Clock.systemUTC();

    private NodeHome home() {
        return new NodeHome(configuration.name(), configuration.home());
    }

    @Override
    public int getUserCount() {
        return (int) users.all().stream().filter(NodeUser::login).count();
    }

    @Override
    public long getCertificateDays() {
        try {
            return Duration.between(
                            clock.instant(),
                            TrustedPeer.read(home().certificate()).validUntil())
                    .toDays();
        } catch (Refusal e) {
            return UNREADABLE_DAYS;
        }
    }

    @Override
    public int getTrustedPeers() {
        try {
            return TrustedPeer.of(home()).size();
        } catch (Refusal e) {
            return UNREADABLE;
        }
    }

    @Override
    public long getFailedLoginsTotal() {
        return logins.failedTotal();
    }

    @Override
    public long getRejectedPeersTotal() {
        return servers.rejectedTotal();
    }

    @Override
    public List<NodeCertificate> certificates() {
        Stream<NodeCertificate> own = Stream.of(certificate("", TrustedPeer.read(home().certificate())));
        return Stream.concat(own, TrustedPeer.of(home()).stream().map(peer -> certificate(peer.name(), peer)))
                .toList();
    }

    private NodeCertificate certificate(String name, TrustedPeer of) {
        return new NodeCertificate(
                name,
                of.nodeId(),
                of.fingerprint(),
                of.validUntil().toString(),
                Duration.between(clock.instant(), of.validUntil()).toDays());
    }

    @Override
    public String certificatesText() {
        return TextLine.lines(certificates());
    }

    @Override
    public String getRemoteJmx() {
        return configuration
                .remoteJmx()
                .map(remote -> remote.host() + ":" + remote.port())
                .orElse("");
    }

    @Override
    public List<NodeUser> users(String after, int limit) {
        return users.all().stream()
                .filter(user -> user.name().compareTo(after) > 0)
                .limit(Paging.limit(limit))
                .toList();
    }

    @Override
    public String usersText(String after, int limit) {
        return TextLine.lines(users(after, limit));
    }

    @Override
    public OperationReceipt createUser(String name, String roles) {
        return OperationReceipt.of(() -> users.create(name, roles));
    }

    @Override
    public OperationReceipt setRoles(String name, String roles) {
        return OperationReceipt.of(() -> users.setRoles(name, roles));
    }

    @Override
    public OperationReceipt newPassword(String name, String confirmName) {
        return OperationReceipt.of(() -> {
            Refusal.unlessConfirmed(name, confirmName);
            return users.newPassword(name);
        });
    }

    @Override
    public OperationReceipt changeMyPassword(String oldPassword, String newPassword) {
        return OperationReceipt.of(() -> {
            Caller caller = callers.current();
            if (logins.authenticate(caller, oldPassword).isEmpty()) {
                throw new Refusal(MessageCode.PASSWORD_WRONG);
            }
            return users.setPassword(caller.name(), newPassword);
        });
    }

    @Override
    public OperationReceipt deleteUser(String name, String confirmName, String reason) {
        return OperationReceipt.of(() -> {
            Refusal.unlessConfirmed(name, confirmName);
            Refusal.unlessReasoned(reason);
            return users.delete(name, reason.strip());
        });
    }
}
