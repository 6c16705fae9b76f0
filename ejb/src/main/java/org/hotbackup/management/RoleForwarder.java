package org.hotbackup.management;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Set;
import javax.management.JMException;
import javax.management.MBeanOperationInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.remote.MBeanServerForwarder;
import javax.security.auth.Subject;
import org.hotbackup.control.ControlNames;
import org.hotbackup.control.messages.MessageCode;

/**
 * What a remote JMX caller may do: everybody known may read; operations of our own beans need operator or admin unless
 * they only read; nothing else of this JVM can be invoked, changed, created or removed.
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

    private void check(String method, Object[] arguments) throws JMException {
        boolean denied = CHANGING.contains(method)
                || method.equals("invoke") && !mayInvoke((ObjectName) arguments[0], (String) arguments[1]);
        if (denied) {
            throw new SecurityException(MessageCode.NOT_ALLOWED.text(caller()));
        }
    }

    private boolean mayInvoke(ObjectName bean, String operation) throws JMException {
        if (!bean.getDomain().equals(ControlNames.DOMAIN)) {
            return false;
        }
        if (hasRole("operator") || hasRole("admin")) {
            return true;
        }
        for (MBeanOperationInfo info : target.getMBeanInfo(bean).getOperations()) {
            if (info.getName().equals(operation)) {
                return info.getImpact() == MBeanOperationInfo.INFO;
            }
        }
        return false;
    }

    private static boolean hasRole(String role) {
        Subject subject = Callers.subject();
        return subject != null && subject.getPrincipals().contains(new RolePrincipal(role));
    }

    private static String caller() {
        Subject subject = Callers.subject();
        return subject == null
                ? "unknown"
                : subject.getPrincipals().iterator().next().getName();
    }
}
