package org.hotbackup.control;

import java.util.List;

/**
 * Who may come in. {@code org.hotbackup:type=Security}. Changes count at once on every surface, also for sessions and connections
 * that are open.
 */
@Description("The users of this node and their roles, and how its own certificate stands")
public interface SecurityMXBean {

    @Description(value = "How many users can log in", units = "users")
    int getUserCount();

    @Description(
            value =
                    "Days until the node's own certificate ends, 0 or less if it has ended; -1000000 if it cannot be read",
            units = "days")
    long getCertificateDays();

    @Description(value = "How many peers' certificates are trusted; -1 if they cannot be read", units = "certificates")
    int getTrustedPeers();

    @Description(value = "Log-ins refused since the node started, on every surface", units = "log-ins")
    long getFailedLoginsTotal();

    @Description(
            value = "Callers that slave servers turned away before they were let in, since the node started",
            units = "callers")
    long getRejectedPeersTotal();

    @Description("Where JMX consoles of other machines reach the node, as host:port; empty if they do not")
    String getRemoteJmx();

    @Description(
            value = "The node's own certificate, then those of the peers that it trusts: whose, and when each ends",
            impact = Description.Impact.INFO)
    List<NodeCertificate> certificates();

    @Description(
            value =
                    "For scripts: the same, one a line: peer (empty for the node's own), node id, fingerprint, end and days"
                            + " left, divided by tabs",
            impact = Description.Impact.INFO)
    String certificatesText();

    @AdminOnly
    @Description(value = "Users in the order of their names", impact = Description.Impact.INFO)
    List<NodeUser> users(
            @Description("after: only users behind this name, empty for all") String after,
            @Description("limit: at most so many, 1 to 1000") int limit);

    @AdminOnly
    @Description(
            value =
                    "For scripts: the same, one a line: name, roles, address for notices, and whether the user can log in,"
                            + " divided by tabs",
            impact = Description.Impact.INFO)
    String usersText(
            @Description("after: only users behind this name, empty for all") String after,
            @Description("limit: at most so many, 1 to 1000") int limit);

    @AdminOnly
    @Secret
    @Description(
            value = "Makes a user; the answer shows his password, this once and nowhere else",
            impact = Description.Impact.ACTION)
    OperationReceipt createUser(
            @Description("name: 1 to 50 characters without blanks, commas and quotes that do not begin with !")
                    String name,
            @Description("roles: viewer, operator or admin; several divided by commas") String roles);

    @AdminOnly
    @Description(value = "Gives a user other roles; at once, on every surface", impact = Description.Impact.ACTION)
    OperationReceipt setRoles(
            @Description("name: of the user") String name,
            @Description("roles: viewer, operator or admin; several divided by commas") String roles);

    @AdminOnly
    @Secret
    @Description(
            value =
                    "Gives a user a new password and ends his sessions; the answer shows it, this once and nowhere else",
            impact = Description.Impact.ACTION)
    OperationReceipt newPassword(
            @Description("name: of the user") String name, @Description("confirm: the name again") String confirmName);

    @ForEveryone
    @Description(
            value =
                    "Changes the caller's own password and ends the sessions that were opened with the old one, this one too",
            impact = Description.Impact.ACTION)
    OperationReceipt changeMyPassword(
            @Secret @Description("old password: as it is now") String oldPassword,
            @Secret @Description("new password: 12 to 200 characters") String newPassword);

    @AdminOnly
    @Destructive
    @Description(value = "Deletes a user; he is out at once, on every surface", impact = Description.Impact.ACTION)
    OperationReceipt deleteUser(
            @Description("name: of the user") String name,
            @Description("confirm: the name again") String confirmName,
            @Description("reason: why, for the audit") String reason);
}
