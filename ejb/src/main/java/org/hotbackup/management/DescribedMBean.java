package org.hotbackup.management;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.management.AttributeNotFoundException;
import javax.management.ImmutableDescriptor;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanException;
import javax.management.MBeanInfo;
import javax.management.MBeanOperationInfo;
import javax.management.MBeanParameterInfo;
import javax.management.NotificationEmitter;
import javax.management.ReflectionException;
import javax.management.StandardEmitterMBean;
import org.hotbackup.control.Description;
import org.hotbackup.control.Destructive;
import org.hotbackup.control.Role;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;

/**
 * An MXBean whose help texts come from {@link Description} on its interface, so that a console shows sentences. Descriptors
 * say the units of an attribute, and the role that an operation needs and whether it destroys something.
 */
final class DescribedMBean extends StandardEmitterMBean {

    private static final Logger LOGGER = Logger.getLogger(DescribedMBean.class.getName());

    private static final String UNITS = "units";
    private static final String ROLE = "role";
    private static final String DESTRUCTIVE = "destructive";

    private final Class<?> contract;
    private volatile MBeanInfo known;

    <T> DescribedMBean(T implementation, Class<T> contract, NotificationEmitter emitter) {
        super(implementation, contract, true, emitter);
        this.contract = contract;
    }

    @Override
    public Object getAttribute(String attribute) throws AttributeNotFoundException, ReflectionException {
        try {
            return super.getAttribute(attribute);
        } catch (RuntimeException | MBeanException e) {
            throw answer(e);
        }
    }

    @Override
    public Object invoke(String operation, Object[] parameters, String[] signature) throws ReflectionException {
        try {
            return super.invoke(operation, parameters, signature);
        } catch (RuntimeException | MBeanException e) {
            throw answer(e);
        }
    }

    /** A console knows only the JDK's exceptions, and a user only sentences. */
    private static IllegalStateException answer(Exception e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof Refusal) {
                return new IllegalStateException(cause.getMessage());
            }
        }
        LOGGER.log(Level.SEVERE, "a control operation failed", e);
        return new IllegalStateException(
                MessageCode.INTERNAL_ERROR.text(e.getClass().getSimpleName()));
    }

    @Override
    public MBeanInfo getMBeanInfo() {
        MBeanInfo info = known;
        if (info == null) {
            info = withDescriptors(super.getMBeanInfo());
            known = info;
        }
        return info;
    }

    private MBeanInfo withDescriptors(MBeanInfo plain) {
        return new MBeanInfo(
                // not that of the guard before the bean, which is another one at each start
                contract.getName(),
                plain.getDescription(),
                Arrays.stream(plain.getAttributes())
                        .sorted(Comparator.comparing(MBeanAttributeInfo::getName))
                        .map(this::withUnits)
                        .toArray(MBeanAttributeInfo[]::new),
                plain.getConstructors(),
                Arrays.stream(plain.getOperations())
                        .sorted(Comparator.comparing(MBeanOperationInfo::getName))
                        .map(this::withRole)
                        .toArray(MBeanOperationInfo[]::new),
                plain.getNotifications(),
                plain.getDescriptor());
    }

    private MBeanAttributeInfo withUnits(MBeanAttributeInfo plain) {
        String units = describe(getter(plain), Description::units).orElse("");
        if (units.isEmpty()) {
            return plain;
        }
        return new MBeanAttributeInfo(
                plain.getName(),
                plain.getType(),
                plain.getDescription(),
                plain.isReadable(),
                plain.isWritable(),
                plain.isIs(),
                ImmutableDescriptor.union(plain.getDescriptor(), new ImmutableDescriptor(UNITS + "=" + units)));
    }

    private MBeanOperationInfo withRole(MBeanOperationInfo plain) {
        Optional<Method> method = method(plain);
        boolean destructive =
                method.filter(m -> m.isAnnotationPresent(Destructive.class)).isPresent();
        return new MBeanOperationInfo(
                plain.getName(),
                plain.getDescription(),
                plain.getSignature(),
                plain.getReturnType(),
                plain.getImpact(),
                ImmutableDescriptor.union(
                        plain.getDescriptor(),
                        new ImmutableDescriptor(
                                ROLE + "="
                                        + method.map(Role::neededFor)
                                                .map(Role::word)
                                                .orElse(""),
                                DESTRUCTIVE + "=" + destructive)));
    }

    @Override
    protected String getDescription(MBeanInfo info) {
        return Optional.ofNullable(contract.getAnnotation(Description.class))
                .map(Description::value)
                .orElseGet(() -> super.getDescription(info));
    }

    @Override
    protected String getDescription(MBeanAttributeInfo info) {
        return describe(getter(info), Description::value).orElseGet(() -> super.getDescription(info));
    }

    @Override
    protected String getDescription(MBeanOperationInfo info) {
        return describe(method(info), Description::value).orElseGet(() -> super.getDescription(info));
    }

    @Override
    protected int getImpact(MBeanOperationInfo info) {
        return describe(method(info), Description::impact)
                .map(DescribedMBean::impact)
                .orElse(MBeanOperationInfo.UNKNOWN);
    }

    @Override
    protected String getParameterName(MBeanOperationInfo info, MBeanParameterInfo parameter, int sequence) {
        return parameterText(info, sequence)
                .map(text -> text.split(":", 2)[0])
                .orElseGet(() -> super.getParameterName(info, parameter, sequence));
    }

    @Override
    protected String getDescription(MBeanOperationInfo info, MBeanParameterInfo parameter, int sequence) {
        return parameterText(info, sequence)
                .map(text -> text.split(": *", 2))
                .map(parts -> parts[parts.length - 1])
                .orElseGet(() -> super.getDescription(info, parameter, sequence));
    }

    private Optional<String> parameterText(MBeanOperationInfo info, int sequence) {
        return method(info).flatMap(method -> Arrays.stream(method.getParameterAnnotations()[sequence])
                .filter(Description.class::isInstance)
                .map(annotation -> ((Description) annotation).value())
                .findFirst());
    }

    private Optional<Method> getter(MBeanAttributeInfo info) {
        return method((info.isIs() ? "is" : "get") + info.getName(), 0);
    }

    private Optional<Method> method(MBeanOperationInfo info) {
        return method(info.getName(), info.getSignature().length);
    }

    /** Operations of the contract are not overloaded, so name and number of parameters are enough. */
    private Optional<Method> method(String name, int parameters) {
        return Arrays.stream(contract.getMethods())
                .filter(m -> m.getName().equals(name) && m.getParameterCount() == parameters)
                .findFirst();
    }

    private static <R> Optional<R> describe(Optional<Method> method, Function<Description, R> part) {
        return method.map(m -> m.getAnnotation(Description.class)).map(part);
    }

    private static int impact(Description.Impact impact) {
        return switch (impact) {
            case INFO -> MBeanOperationInfo.INFO;
            case ACTION -> MBeanOperationInfo.ACTION;
            case ACTION_INFO -> MBeanOperationInfo.ACTION_INFO;
            case UNKNOWN -> MBeanOperationInfo.UNKNOWN;
        };
    }
}
