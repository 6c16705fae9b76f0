package org.hotbackup.management;

import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.hotbackup.control.Notice;

/**
 * Registers control beans, behind the guard, in the JVM's MBean server with the notifications that belong to each, and takes back exactly
 * those. Thread-safe.
 */
final class MBeanRegistrar {

    private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    private final Map<ObjectName, TopicNotifications> registered = new ConcurrentHashMap<>();
    private final ControlGuard guard;
    private final Executor sender;

    /**
     * One that has registered nothing.
     *
     * @param guard stands before each bean
     * @param sender sends notifications
     */
    MBeanRegistrar(ControlGuard guard, Executor sender) {
        this.guard = guard;
        this.sender = sender;
    }

    /** Registers a bean under its contract, in the place of one that an earlier deployment left behind. */
    synchronized <T> void register(ObjectName name, T bean, Class<T> contract) {
        TopicNotifications notifications = new TopicNotifications(name, contract, sender);
        try {
            if (server.isRegistered(name)) {
                server.unregisterMBean(name);
            }
            server.registerMBean(
                    new DescribedMBean(guard.guard(contract, bean, instance(name)), contract, notifications), name);
            registered.put(name, notifications);
        } catch (JMException e) {
            throw new IllegalStateException("cannot register " + name, e);
        }
    }

    /** Tells whoever listens to one of the beans that are for it; never waits. */
    void tell(Notice notice) {
        registered.values().forEach(notifications -> notifications.tell(notice));
    }

    private static String instance(ObjectName name) {
        String instance = name.getKeyProperty("name");
        return instance == null ? "" : instance;
    }

    /** Takes back one bean, if it is registered. */
    synchronized void unregister(ObjectName name) {
        if (registered.remove(name) != null) {
            try {
                server.unregisterMBean(name);
            } catch (InstanceNotFoundException e) {
                // somebody else took it back already, which is what was wanted
            } catch (JMException e) {
                throw new IllegalStateException("cannot unregister " + name, e);
            }
        }
    }

    /** Takes back all beans. */
    synchronized void unregisterAll() {
        Set.copyOf(registered.keySet()).forEach(this::unregister);
    }
}
