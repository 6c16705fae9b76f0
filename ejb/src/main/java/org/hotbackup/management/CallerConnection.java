package org.hotbackup.management;

import java.io.IOException;
import java.rmi.MarshalledObject;
import java.util.Map;
import javax.management.InstanceNotFoundException;
import javax.management.ObjectName;
import javax.management.remote.NotificationResult;
import javax.management.remote.rmi.RMIConnectionImpl;
import javax.management.remote.rmi.RMIServerImpl;
import javax.security.auth.Subject;

/**
 * The connection of one JMX caller. Its requests pass the {@link RoleForwarder}, all but those for notifications, which the
 * connector answers from a buffer of its own: they are asked for here.
 */
final class CallerConnection extends RMIConnectionImpl {

    private final RoleForwarder roles;
    private final Subject subject;

    CallerConnection(
            RMIServerImpl server, String id, Subject subject, Map<String, ?> environment, RoleForwarder roles) {
        super(server, id, server.getDefaultClassLoader(), subject, environment);
        this.roles = roles;
        this.subject = subject;
    }

    @Override
    public Integer[] addNotificationListeners(
            ObjectName[] names, @SuppressWarnings("rawtypes") MarshalledObject[] filters, Subject[] delegates)
            throws InstanceNotFoundException, IOException {
        requireAllowed();
        for (ObjectName name : names) {
            roles.requireShown(subject, name, "addNotificationListeners");
        }
        return super.addNotificationListeners(names, filters, delegates);
    }

    /** Waits for notifications; meanwhile its caller may have become nobody. */
    @Override
    public NotificationResult fetchNotifications(long after, int most, long timeoutMillis) throws IOException {
        requireAllowed();
        NotificationResult fetched = super.fetchNotifications(after, most, timeoutMillis);
        requireAllowed();
        return fetched;
    }

    /** Who is not allowed to hear anything any more is not called back either: nothing of his stays open. */
    private void requireAllowed() throws IOException {
        try {
            roles.requireViewer(subject);
        } catch (SecurityException e) {
            close();
            throw e;
        }
    }
}
