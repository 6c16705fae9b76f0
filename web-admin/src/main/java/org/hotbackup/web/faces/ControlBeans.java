package org.hotbackup.web.faces;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.hotbackup.control.ControlDirectory;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;

/**
 * The control beans by the words of addresses: a kind is the name of a method of {@link ControlDirectory}, for example
 * {@code server}. A bean that the contract gets is found here without further ado. Thread-safe.
 */
@ApplicationScoped
public class ControlBeans {

    @Inject
    ControlDirectory control;

    /** All kinds, by name. */
    static List<Method> kinds() {
        return Arrays.stream(ControlDirectory.class.getMethods())
                .filter(method -> method.getReturnType().getSimpleName().endsWith("MXBean"))
                .filter(method -> Arrays.stream(method.getParameterTypes()).allMatch(String.class::equals)
                        && method.getParameterCount() <= 1)
                .sorted(Comparator.comparing(Method::getName))
                .toList();
    }

    private static Method kind(String kind) {
        return kinds().stream()
                .filter(method -> method.getName().equals(kind))
                .findFirst()
                .orElseThrow(() -> new Refusal(MessageCode.NO_OPERATION, kind, ""));
    }

    /** Whether there is a bean of this kind for each of several names. */
    static boolean isNamed(String kind) {
        return kind(kind).getParameterCount() == 1;
    }

    /** An operation of a kind, if there is one of this name. */
    static Optional<Operation> operation(String kind, String name) {
        return Operation.of(kind(kind).getReturnType(), name);
    }

    /**
     * A bean.
     *
     * @param name empty if there is only one of the kind
     * @throws Refusal if there is none
     */
    public Object bean(String kind, String name) {
        Method method = kind(kind);
        try {
            return method.getParameterCount() == 0 ? method.invoke(control) : method.invoke(control, name);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(e);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }
}
