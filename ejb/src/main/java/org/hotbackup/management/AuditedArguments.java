package org.hotbackup.management;

import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.List;
import org.hotbackup.control.Description;
import org.hotbackup.control.Secret;

/** The arguments of an operation as the audit shows them: by the names that consoles show, long ones cut, secrets not at all. */
final class AuditedArguments {

    private static final int LONGEST = 200;
    private static final String SECRET = "***";

    private AuditedArguments() {}

    static String of(Method method, Object[] arguments) {
        Parameter[] parameters = method.getParameters();
        List<String> shown = new ArrayList<>();
        for (int i = 0; i < parameters.length; i++) {
            boolean secret = parameters[i].isAnnotationPresent(Secret.class);
            shown.add(name(parameters[i]) + "=" + (secret ? SECRET : cut(String.valueOf(arguments[i]))));
        }
        return String.join(", ", shown);
    }

    private static String name(Parameter parameter) {
        Description description = parameter.getAnnotation(Description.class);
        return description == null ? parameter.getName() : description.value().split(":", 2)[0];
    }

    private static String cut(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "...";
    }
}
