package org.hotbackup.management;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.management.Attribute;
import javax.management.AttributeList;
import javax.management.BadAttributeValueExpException;
import javax.management.BadBinaryOpValueExpException;
import javax.management.BadStringOperationException;
import javax.management.InstanceNotFoundException;
import javax.management.InvalidApplicationException;
import javax.management.MBeanServer;
import javax.management.ObjectInstance;
import javax.management.ObjectName;
import javax.management.QueryExp;
import javax.management.remote.MBeanServerForwarder;
import javax.security.auth.Subject;
import org.hotbackup.control.CallerStore;
import org.hotbackup.control.ControlNames;
import org.hotbackup.control.Role;
import org.hotbackup.control.messages.MessageCode;

/**
 * What a remote JMX caller finds in this JVM: our own beans, which are behind the {@link ControlGuard}, and the VM's figures
 * ({@link JvmFigures}). Nothing else is there for him, and nothing can be created, set or removed. What is not known here is refused.
 */
final class RoleForwarder {

    private final CallerStore callers;
    private MBeanServer target;
    private MBeanServer forwarder;

    RoleForwarder(CallerStore callers) {
        this.callers = callers;
    }

    /** The forwarder to put before an MBean server. */
    MBeanServerForwarder forwarder() {
        MBeanServerForwarder made = (MBeanServerForwarder) Proxy.newProxyInstance(
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
                        case "equals" -> {
                            return proxy == arguments[0];
                        }
                        case "hashCode" -> {
                            return System.identityHashCode(proxy);
                        }
                        default -> {
                            return answer(method, arguments);
                        }
                    }
                });
        forwarder = made;
        return made;
    }

    private Object answer(Method method, Object[] arguments) throws Throwable {
        Optional<Subject> subject = Callers.subjectOverJmx();
        if (subject.isEmpty()) {
            return answerConnector(method, arguments);
        }
        requireViewer(subject.get());
        switch (method.getName()) {
            case "getAttribute" -> {
                requireShown((ObjectName) arguments[0]);
                return shown((ObjectName) arguments[0], (String) arguments[1], pass(method, arguments));
            }
            case "getAttributes" -> {
                requireShown((ObjectName) arguments[0]);
                return shown((ObjectName) arguments[0], (AttributeList) pass(method, arguments));
            }
            case "invoke" -> {
                requireInvocable((ObjectName) arguments[0], (String) arguments[1]);
                return pass(method, arguments);
            }
            case "isInstanceOf", "getObjectInstance" -> {
                requireThere((ObjectName) arguments[0]);
                return pass(method, arguments);
            }
            case "getMBeanInfo", "addNotificationListener", "removeNotificationListener" -> {
                requireShown((ObjectName) arguments[0]);
                return pass(method, arguments);
            }
            case "isRegistered" -> {
                return isShown((ObjectName) arguments[0]) && target.isRegistered((ObjectName) arguments[0]);
            }
            case "queryNames" -> {
                return found((ObjectName) arguments[0], (QueryExp) arguments[1]);
            }
            case "queryMBeans" -> {
                Set<ObjectInstance> instances = new LinkedHashSet<>();
                for (ObjectName name : found((ObjectName) arguments[0], (QueryExp) arguments[1])) {
                    instances.add(target.getObjectInstance(name));
                }
                return instances;
            }
            case "getMBeanCount" -> {
                return found(null, null).size();
            }
            case "getDomains" -> {
                return found(null, null).stream()
                        .map(ObjectName::getDomain)
                        .distinct()
                        .toArray(String[]::new);
            }
            case "getDefaultDomain" -> {
                return pass(method, arguments);
            }
            default -> throw closed(method.getName());
        }
    }

    /** The connector itself looks for class loaders and emitters, on nobody's behalf: requests always have a subject. */
    private Object answerConnector(Method method, Object[] arguments) throws Throwable {
        return switch (method.getName()) {
            case "isInstanceOf" -> isShown((ObjectName) arguments[0]) && (boolean) pass(method, arguments);
            case "isRegistered",
                    "getDefaultDomain",
                    "getClassLoader",
                    "getClassLoaderFor",
                    "getClassLoaderRepository",
                    "queryNames",
                    "addNotificationListener",
                    "removeNotificationListener" -> pass(method, arguments);
            default -> throw closed(method.getName());
        };
    }

    /**
     * Lets pass who may read.
     *
     * @throws SecurityException if the subject is not one whom we let in, or may not read any more
     */
    void requireViewer(Subject subject) {
        // a request can name a subject to run as; the JDK lets pass one without principals
        Optional<CallerPrincipal> caller = Callers.principal(subject);
        boolean user = Role.VIEWER.isIn(caller.map(this::roles).orElse(Set.of()));
        CallerSocket.know(user);
        if (!user) {
            throw new SecurityException(MessageCode.NOT_ALLOWED.text(
                    caller.map(CallerPrincipal::name).orElse(""), Role.VIEWER.word()));
        }
    }

    private Object pass(Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private Set<String> roles(CallerPrincipal caller) {
        return caller.credential().equals(callers.credential(caller.name())) ? callers.roles(caller.name()) : Set.of();
    }

    private static boolean isOurs(ObjectName name) {
        return name.getDomain().equals(ControlNames.DOMAIN);
    }

    private static boolean isShown(ObjectName name) {
        return isOurs(name) || JvmFigures.isShown(name);
    }

    static void requireShown(ObjectName name) {
        if (!isShown(name)) {
            throw closed(name.toString());
        }
    }

    /** Consoles look whether the VM has a bean and do without it if not; a refusal is more than VisualVM can bear. */
    private static void requireThere(ObjectName name) throws InstanceNotFoundException {
        if (!isShown(name)) {
            throw new InstanceNotFoundException(name.toString());
        }
    }

    private static void requireInvocable(ObjectName name, String operation) {
        if (!isOurs(name) && !JvmFigures.mayInvoke(name, operation)) {
            throw closed(operation);
        }
    }

    private static SecurityException closed(String what) {
        return new SecurityException(MessageCode.JVM_CLOSED.text(what));
    }

    private static Object shown(ObjectName name, String attribute, Object value) {
        return isOurs(name) ? value : JvmFigures.shown(attribute, value);
    }

    private static AttributeList shown(ObjectName name, AttributeList values) {
        return new AttributeList(values.asList().stream()
                .map(one -> new Attribute(one.getName(), shown(name, one.getName(), one.getValue())))
                .toList());
    }

    /** A query is asked of what is shown, and through this forwarder: by what it finds it would tell what it read. */
    private Set<ObjectName> found(ObjectName pattern, QueryExp query) {
        return target.queryNames(pattern, null).stream()
                .filter(RoleForwarder::isShown)
                .filter(name -> query == null || isTrue(query, name))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private boolean isTrue(QueryExp query, ObjectName name) {
        query.setMBeanServer(forwarder);
        try {
            return query.apply(name);
        } catch (BadStringOperationException
                | BadBinaryOpValueExpException
                | BadAttributeValueExpException
                | InvalidApplicationException
                | RuntimeException e) {
            // as the platform does with a bean that lacks what the query asks for
            return false;
        }
    }
}
