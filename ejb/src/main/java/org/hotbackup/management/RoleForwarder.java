package org.hotbackup.management;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Set;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.remote.MBeanServerForwarder;
import org.hotbackup.control.ControlNames;
import org.hotbackup.control.messages.MessageCode;

/**
 * What a remote JMX caller may do: our own beans are behind the {@link ControlGuard}; nothing else of this JVM can be invoked,
 * changed, created or removed.
 */
final class RoleForwarder {

    private static final Set<String> CHANGING =
            Set.of("createMBean", "registerMBean", "unregisterMBean", "setAttribute", "setAttributes", "instantiate");

    private MBeanServer target;

    /** The forwarder to put before an MBean server. */
    MBeanServerForwarder forwarder() {
        return (MBeanServerForwarder) Proxy.newProxyInstance(
                RoleForwarder.class.getClassLoader(),
                new Class<?>[] {MBeanServerForwarder.class},
                (proxy, method, arguments) -> {
                    switch (method.getName()) {
                        case "setMBeanServer" -> {
                            target = (MBeanServer) arguments[0];
                            return null;
                        }
                        case "getMBeanServer" -> {
                            return target;
                        }
                        default -> check(method.getName(), arguments);
                    }
                    try {
                        return method.invoke(target, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private static void check(String method, Object[] arguments) {
        boolean denied = CHANGING.contains(method) || method.equals("invoke") && !mayInvoke((ObjectName) arguments[0]);
        if (denied) {
            throw new SecurityException(MessageCode.NOT_ALLOWED.text(caller()));
        }
    }

    private static boolean mayInvoke(ObjectName bean) {
        return bean.getDomain().equals(ControlNames.DOMAIN);
    }

    private static String caller() {
        return Callers.overJmx().map(CallerPrincipal::name).orElse("");
    }
}
