package org.hotbackup.management;

import jakarta.ejb.EJBException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.hotbackup.control.Caller;
import org.hotbackup.control.ControlDirectory;
import org.hotbackup.control.OperationReceipt;
import org.hotbackup.control.Role;
import org.hotbackup.control.Secret;
import org.hotbackup.control.ServerMXBean;
import org.hotbackup.control.TapeServerMXBean;
import org.hotbackup.control.VerificationMXBean;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.server.AuditEvent;
import org.hotbackup.server.AuditOutcome;
import org.hotbackup.server.AuditTrail;

/**
 * What stands before every control bean, whichever surface asks: it finds the caller, lets him do what his role allows, writes
 * down what he does, and answers in sentences only. The node's own threads use the beans themselves. Thread-safe.
 */
@ApplicationScoped
public class ControlGuard {

    /** After these it is not known what was done, so that no receipt says that nothing was. */
    private static final Set<MessageCode> HOW_FAR_UNKNOWN =
            EnumSet.of(MessageCode.INTERNAL_ERROR, MessageCode.NODE_STOPPING);

    private static final Logger LOGGER = Logger.getLogger(ControlGuard.class.getName());

    @Inject
    Callers callers;

    @Inject
    AuditTrail audit;

    @Inject
    LongOperations operations;

    /**
     * A control bean for callers of every surface. Its operations throw nothing but {@link Refusal}, and one that answers with a
     * receipt throws it only for a fault of ours.
     *
     * @param contract the interface of the bean
     * @param instance which of several it is, empty if there is one
     */
    public <T> T guard(Class<T> contract, T bean, String instance) {
        return contract.cast(Proxy.newProxyInstance(
                contract.getClassLoader(), new Class<?>[] {contract}, new Guarded(contract, bean, instance)));
    }

    /** The same for whatever bean a directory has. */
    public ControlDirectory guard(ControlDirectory beans) {
        return (ControlDirectory) Proxy.newProxyInstance(
                ControlDirectory.class.getClassLoader(),
                new Class<?>[] {ControlDirectory.class},
                (proxy, method, arguments) -> {
                    try {
                        String instance = arguments == null ? "" : String.valueOf(arguments[0]);
                        return guarded(method.getReturnType(), method.invoke(beans, arguments), instance);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private <T> Object guarded(Class<T> contract, Object found, String instance) {
        return contract.isInterface() ? guard(contract, contract.cast(found), instance) : found;
    }

    private final class Guarded implements InvocationHandler {

        private final Class<?> contract;
        private final Object bean;
        private final String name;

        Guarded(Class<?> contract, Object bean, String instance) {
            this.contract = contract;
            this.bean = bean;
            this.name = (contract.getSimpleName().replaceAll("MXBean$", "") + " " + instance).strip();
        }

        @Override
        public Object invoke(Object proxy, Method method, Object[] arguments) {
            if (method.getDeclaringClass() == Object.class) {
                return ofObject(proxy, method, arguments);
            }
            try {
                return answer(method, present(method, arguments));
            } catch (Refusal e) {
                if (method.getReturnType() == OperationReceipt.class && !HOW_FAR_UNKNOWN.contains(e.code())) {
                    return OperationReceipt.refused(e);
                }
                throw e;
            }
        }

        private Object answer(Method method, Object[] arguments) {
            Role needed = Role.neededFor(method);
            if (!needed.isIn(callers.roles())) {
                Refusal refusal = new Refusal(MessageCode.NOT_ALLOWED, callers.name(), needed.word());
                audit.note(event(method, arguments), AuditOutcome.of(refusal));
                throw refusal;
            }
            if (!Role.changes(method)) {
                return call(method, arguments);
            }
            // a secret is for its caller, so it must not stand in a task
            boolean mayGoOn =
                    method.getReturnType() == OperationReceipt.class && !method.isAnnotationPresent(Secret.class);
            return mayGoOn ? operate(method, arguments) : recorded(method, arguments);
        }

        /** On a thread of its own, for the same caller. */
        private OperationReceipt operate(Method method, Object[] arguments) {
            Caller caller = callers.current();
            String what = contract.getSimpleName().replace("MXBean", "") + "." + method.getName();
            return operations.run(server(), what, () -> {
                OperationReceipt[] receipt = new OperationReceipt[1];
                caller.during(() -> receipt[0] = (OperationReceipt) recorded(method, arguments));
                return receipt[0];
            });
        }

        private Object recorded(Method method, Object[] arguments) {
            boolean secret = method.isAnnotationPresent(Secret.class);
            return audit.record(
                    event(method, arguments),
                    secret ? AuditOutcome::secret : UnaryOperator.identity(),
                    () -> call(method, arguments));
        }

        private AuditEvent event(Method method, Object[] arguments) {
            return new AuditEvent(callers.current(), name, method.getName(), AuditedArguments.of(method, arguments));
        }

        private String server() {
            if (bean instanceof ServerMXBean server) {
                return server.getName();
            }
            if (bean instanceof TapeServerMXBean server) {
                return server.getName();
            }
            return bean instanceof VerificationMXBean verification ? verification.getName() : "";
        }

        private Object ofObject(Object proxy, Method method, Object[] arguments) {
            return switch (method.getName()) {
                case "equals" -> proxy == arguments[0];
                case "hashCode" -> System.identityHashCode(proxy);
                default -> contract.getSimpleName();
            };
        }

        /** Some consoles give null where nothing was typed. */
        private static Object[] present(Method method, Object[] arguments) {
            if (arguments == null) {
                return new Object[0];
            }
            Object[] present = arguments.clone();
            for (int i = 0; i < present.length; i++) {
                if (present[i] == null && method.getParameterTypes()[i] == String.class) {
                    present[i] = "";
                }
            }
            return present;
        }

        private Object call(Method method, Object[] arguments) {
            try {
                return method.invoke(bean, arguments);
            } catch (InvocationTargetException e) {
                throw refusal(method, e.getCause());
            } catch (IllegalAccessException e) {
                throw refusal(method, e);
            }
        }

        private Refusal refusal(Method method, Throwable thrown) {
            for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
                if (cause instanceof Refusal refusal) {
                    return refusal;
                }
            }
            if (thrown instanceof EJBException && thrown.getCause() == null) {
                // no bean of ours failed: the container that is being stopped calls none any more
                return new Refusal(MessageCode.NODE_STOPPING);
            }
            LOGGER.log(Level.SEVERE, thrown, () -> name + ": " + method.getName() + " failed");
            return new Refusal(MessageCode.INTERNAL_ERROR, thrown.getClass().getSimpleName());
        }
    }
}
