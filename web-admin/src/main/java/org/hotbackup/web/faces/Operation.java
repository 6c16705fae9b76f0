package org.hotbackup.web.faces;

import java.lang.annotation.Annotation;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.hotbackup.control.Description;
import org.hotbackup.control.OperationReceipt;
import org.hotbackup.control.Role;
import org.hotbackup.control.Secret;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;

/** An operation of a control bean as the contract describes it. Immutable; Faces sees it. */
public final class Operation {

    private final Method method;

    private Operation(Method method) {
        this.method = method;
    }

    /** All operations of a contract, by name. */
    static List<Operation> all(Class<?> contract) {
        return Arrays.stream(contract.getMethods())
                .filter(method -> !isAttribute(method))
                .sorted(Comparator.comparing(Method::getName).thenComparing(Method::getParameterCount))
                .map(Operation::new)
                .toList();
    }

    /** The one of this name. */
    static Optional<Operation> of(Class<?> contract, String name) {
        return all(contract).stream()
                .filter(operation -> operation.getName().equals(name))
                .findFirst();
    }

    private static boolean isAttribute(Method method) {
        return method.getParameterCount() == 0
                && (method.getName().startsWith("get") || method.getName().startsWith("is"));
    }

    /** As the contract calls it. */
    public String getName() {
        return method.getName();
    }

    /** The same in words: {@code Start with traces}; or what the texts have for it, if its name does not say what it is about. */
    public String getLabel() {
        String contract = method.getDeclaringClass().getSimpleName().replace("MXBean", "");
        return Texts.find("label." + contract + "." + method.getName()).orElseGet(this::words);
    }

    private String words() {
        String words = method.getName()
                .replaceAll("([A-Z])", " $1")
                .toLowerCase(Locale.ROOT)
                .replace(" dl ", " DL ");
        return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }

    /** What it does. */
    public String getDescription() {
        return method.getAnnotation(Description.class).value();
    }

    /** Who may call it. */
    public Role getRole() {
        return Role.neededFor(method);
    }

    /** Whether it must be confirmed by a name: it destroys something, or changes what the node is. */
    public boolean isConfirmed() {
        return getParameters().stream().anyMatch(Parameter::isConfirmation);
    }

    /** Whether it answers with a receipt and not with what it read. */
    boolean isReceipted() {
        return method.getReturnType() == OperationReceipt.class;
    }

    /** What it wants to know. */
    public List<Parameter> getParameters() {
        List<Parameter> parameters = new ArrayList<>();
        Class<?>[] types = method.getParameterTypes();
        for (int i = 0; i < types.length; i++) {
            parameters.add(new Parameter("p" + i, types[i], method.getParameterAnnotations()[i]));
        }
        return parameters;
    }

    private static String description(Annotation... annotations) {
        return Arrays.stream(annotations)
                .filter(Description.class::isInstance)
                .map(annotation -> ((Description) annotation).value())
                .findFirst()
                .orElse("");
    }

    /**
     * Calls it.
     *
     * @param texts what was given for each parameter, as it was typed
     * @return what it answers
     * @throws Refusal if a text cannot be used for its parameter, or the bean refuses
     */
    Object call(Object bean, List<String> texts) {
        List<Parameter> parameters = getParameters();
        Object[] values = new Object[parameters.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = parameters.get(i).value(texts.get(i));
        }
        try {
            return method.invoke(bean, values);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(e.getCause());
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What an operation wants to know. Faces sees it. */
    public static final class Parameter {

        private final String field;
        private final Class<?> type;
        private final String description;
        private final boolean secret;

        Parameter(String field, Class<?> type, Annotation... annotations) {
            this.field = field;
            this.type = type;
            description = description(annotations);
            secret = Arrays.stream(annotations).anyMatch(Secret.class::isInstance);
        }

        /** The name of its field in forms and addresses. */
        public String getField() {
            return field;
        }

        /** Its name, which the description begins with. */
        public String getLabel() {
            int colon = description.indexOf(':');
            String name = colon < 0 ? description : description.substring(0, colon);
            return name.isEmpty() ? field : name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
        }

        /** The rest of the description. */
        public String getHelp() {
            int colon = description.indexOf(':');
            return colon < 0 ? "" : description.substring(colon + 1).strip();
        }

        /** Whether it is the name of what the operation destroys. */
        public boolean isConfirmation() {
            return description.startsWith("confirm");
        }

        /** Whether nobody may read it over the user's shoulder, or find it in the page. */
        public boolean isSecret() {
            return secret;
        }

        /**
         * Whether the user himself has to type it: a name that confirms, a reason, a secret. An address that brings it would
         * have somebody else confirm.
         */
        boolean isTyped() {
            return isConfirmation() || secret || description.startsWith("reason");
        }

        /** Whether it is yes or no. */
        public boolean isSwitch() {
            return type == boolean.class;
        }

        /** Whether it is a number. */
        public boolean isNumber() {
            return type == int.class || type == long.class || type == double.class;
        }

        /** The value that a text stands for. */
        Object value(String text) {
            try {
                if (type == int.class) {
                    return Integer.parseInt(text.strip());
                }
                if (type == long.class) {
                    return Long.parseLong(text.strip());
                }
                if (type == double.class) {
                    return Double.parseDouble(text.strip());
                }
            } catch (NumberFormatException e) {
                throw new Refusal(MessageCode.PARAMETER_UNUSABLE, getLabel(), text, "a number");
            }
            return isSwitch() ? (Object) !text.isEmpty() : text;
        }
    }
}
