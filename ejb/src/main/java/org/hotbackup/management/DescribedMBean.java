package org.hotbackup.management;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.management.AttributeNotFoundException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanException;
import javax.management.MBeanInfo;
import javax.management.MBeanOperationInfo;
import javax.management.MBeanParameterInfo;
import javax.management.NotificationEmitter;
import javax.management.ReflectionException;
import javax.management.StandardEmitterMBean;
import org.hotbackup.control.Description;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;

/** An MXBean whose help texts come from {@link Description} on its interface, so that a console shows sentences. */
final class DescribedMBean extends StandardEmitterMBean {

    private static final Logger LOGGER = Logger.getLogger(DescribedMBean.class.getName());

    private final Class<?> contract;

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
    protected String getDescription(MBeanInfo info) {
        return Optional.ofNullable(contract.getAnnotation(Description.class))
                .map(Description::value)
                .orElseGet(() -> super.getDescription(info));
    }

    @Override
    protected String getDescription(MBeanAttributeInfo info) {
        String getter = (info.isIs() ? "is" : "get") + info.getName();
        return describe(method(getter, 0), Description::value).orElseGet(() -> super.getDescription(info));
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
        return parameterText(info, sequence).orElseGet(() -> super.getDescription(info, parameter, sequence));
    }

    private Optional<String> parameterText(MBeanOperationInfo info, int sequence) {
        return method(info).flatMap(method -> Arrays.stream(method.getParameterAnnotations()[sequence])
                .filter(Description.class::isInstance)
                .map(annotation -> ((Description) annotation).value())
                .findFirst());
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
