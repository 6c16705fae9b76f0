package org.hotbackup.management;

import java.lang.management.ManagementFactory;
import java.util.LinkedHashSet;
import java.util.Set;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.NotificationBroadcasterSupport;
import javax.management.NotificationEmitter;
import javax.management.ObjectName;

/** Registers control beans, behind the guard, in the JVM's MBean server and takes back exactly those. Thread-safe. */
final class MBeanRegistrar {

    private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    private final Set<ObjectName> registered = new LinkedHashSet<>();
    private final ControlGuard guard;

    MBeanRegistrar(ControlGuard guard) {
        this.guard = guard;
    }

    /** Registers a bean under its contract, in the place of one that an earlier deployment left behind. */
    <T> void register(ObjectName name, T bean, Class<T> contract) {
        register(name, bean, contract, new NotificationBroadcasterSupport());
    }

    /** The same for a bean that emits notifications. */
    synchronized <T> void register(ObjectName name, T bean, Class<T> contract, NotificationEmitter emitter) {
        try {
            if (server.isRegistered(name)) {
                server.unregisterMBean(name);
            }
            server.registerMBean(new DescribedMBean(guard.guard(contract, bean), contract, emitter), name);
            registered.add(name);
        } catch (JMException e) {
            throw new IllegalStateException("cannot register " + name, e);
        }
    }

    /** Takes back one bean, if it is registered. */
    synchronized void unregister(ObjectName name) {
        if (registered.remove(name)) {
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
        Set.copyOf(registered).forEach(this::unregister);
    }
}
