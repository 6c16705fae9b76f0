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
import org.hotbackup.control.messages.Refusal;

/**
 * What a remote JMX caller finds in this JVM: our own beans, which are behind the {@link ControlGuard}, and the VM's figures
 * ({@link JvmFigures}). Nothing else is there for him, and nothing can be created, set or removed. What is not known here is refused.
 */
final class RoleForwarder {

    private static final String SERVER = "MBeanServer";

    /** A caller may give any name; so much of it says what he wanted. */
    private static final int LONGEST_NAME = 200;

    /** What is asked for is closed. */
    private static final class Closed extends Exception {

        private static final long serialVersionUID = 1L;

        private final String bean;
        private final String operation;
        private final transient Refusal refusal;

        Closed(String bean, String operation, String what) {
            this.bean = bean.substring(0, Math.min(LONGEST_NAME, bean.length()));
            this.operation = operation.substring(0, Math.min(LONGEST_NAME, operation.length()));
            this.refusal = new Refusal(MessageCode.JVM_CLOSED, what);
        }

        /** A caller knows the classes of the JDK only. */
        SecurityException forCaller() {
            return new SecurityException(refusal.getMessage());
        }
    }

    private final CallerStore callers;
    private final RefusedCalls refused;
    private MBeanServer target;
    private MBeanServer forwarder;

    /**
     * A forwarder.
     *
     * @param refused told what callers ask of what is closed; may be told often
     */
    RoleForwarder(CallerStore callers, RefusedCalls refused) {
        this.callers = callers;
        this.refused = refused;
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
            try {
                return answerConnector(method, arguments);
            } catch (Closed e) {
                throw e.forCaller();
            }
        }
        requireViewer(subject.get());
        try {
            return answerViewer(method, arguments);
        } catch (Closed e) {
            throw tell(subject.get(), e);
        }
    }

    private SecurityException tell(Subject subject, Closed closed) {
        Callers.principal(subject)
                .map(Callers::caller)
                .ifPresent(caller -> refused.refused(caller, closed.bean, closed.operation, closed.refusal));
        return closed.forCaller();
    }

    private Object answerViewer(Method method, Object[] arguments) throws Throwable {
        switch (method.getName()) {
            case "getAttribute" -> {
                requireShown((ObjectName) arguments[0], method.getName());
                return shown((ObjectName) arguments[0], (String) arguments[1], pass(method, arguments));
            }
            case "getAttributes" -> {
                requireShown((ObjectName) arguments[0], method.getName());
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
                requireShown((ObjectName) arguments[0], method.getName());
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
            default -> throw new Closed(SERVER, method.getName(), method.getName());
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
            default -> throw new Closed(SERVER, method.getName(), method.getName());
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

    /**
     * Lets pass who asks for what is shown.
     *
     * @throws SecurityException if it is closed
     */
    void requireShown(Subject subject, ObjectName name, String operation) {
        try {
            requireShown(name, operation);
        } catch (Closed e) {
            throw tell(subject, e);
        }
    }

    private static void requireShown(ObjectName name, String operation) throws Closed {
        if (!isShown(name)) {
            throw new Closed(name.toString(), operation, name.toString());
        }
    }

    /** Consoles look whether the VM has a bean and do without it if not; a refusal is more than VisualVM can bear. */
    private static void requireThere(ObjectName name) throws InstanceNotFoundException {
        if (!isShown(name)) {
            throw new InstanceNotFoundException(name.toString());
        }
    }

    private static void requireInvocable(ObjectName name, String operation) throws Closed {
        if (!isOurs(name) && !JvmFigures.mayInvoke(name, operation)) {
            throw new Closed(name.toString(), operation, operation);
        }
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
