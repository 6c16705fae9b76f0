package org.hotbackup.cli;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import jakarta.json.JsonWriter;
import jakarta.json.stream.JsonGenerator;
import java.io.StringWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.UndeclaredThrowableException;
import java.math.BigDecimal;
import java.util.Base64;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the commands answer as JSON, the only place where it is made. A record becomes an object with its components as
 * keys, in their order; a map one with its keys; a collection an array; an enum its name; bytes their Base64; {@code null}
 * and an empty {@code Optional} null; a number stays one.
 */
final class JsonText {

    private static final Map<String, Object> PRETTY = Map.of(JsonGenerator.PRETTY_PRINTING, true);

    private JsonText() {}

    /** A document over several lines, without a line end. */
    static String pretty(Object value) {
        return text(value, PRETTY);
    }

    /** A document in one line, without a line end. */
    static String line(Object value) {
        return text(value, Map.of());
    }

    private static String text(Object value, Map<String, ?> style) {
        StringWriter text = new StringWriter();
        try (JsonWriter writer = Json.createWriterFactory(style).createWriter(text)) {
            writer.write(json(value));
        }
        return text.toString().strip();
    }

    /**
     * The attributes of a bean by the names that JMX clients know, in small letters at the beginning: {@code tcpPort},
     * {@code running}. In alphabetical order, so that the same bean always gives the same document.
     *
     * @param contract the bean's interface
     * @return to be added to
     */
    static <T> Map<String, Object> attributes(Class<T> contract, T bean) {
        Map<String, Object> attributes = new TreeMap<>();
        for (Method method : contract.getMethods()) {
            String name = attribute(method);
            if (!name.isEmpty()) {
                attributes.put(name, call(method, bean));
            }
        }
        return attributes;
    }

    /** The name of the attribute that a method reads; empty of an operation. */
    private static String attribute(Method method) {
        if (method.getParameterCount() > 0 || method.getReturnType() == void.class) {
            return "";
        }
        String name = method.getName();
        int prefix = name.startsWith("get") ? "get".length() : name.startsWith("is") ? "is".length() : 0;
        return prefix == 0 || name.length() == prefix
                ? ""
                : Character.toLowerCase(name.charAt(prefix)) + name.substring(prefix + 1);
    }

    private static JsonValue json(Object value) {
        if (value == null) {
            return JsonValue.NULL;
        } else if (value instanceof JsonValue json) {
            return json;
        } else if (value instanceof Optional<?> optional) {
            return json(optional.orElse(null));
        } else if (value instanceof Boolean bool) {
            return bool ? JsonValue.TRUE : JsonValue.FALSE;
        } else if (value instanceof Integer || value instanceof Long) {
            return Json.createValue(((Number) value).longValue());
        } else if (value instanceof Number number) {
            return Json.createValue(new BigDecimal(number.toString()));
        } else if (value instanceof byte[] bytes) {
            return Json.createValue(Base64.getEncoder().encodeToString(bytes));
        } else if (value instanceof Collection<?> elements) {
            JsonArrayBuilder array = Json.createArrayBuilder();
            elements.forEach(element -> array.add(json(element)));
            return array.build();
        } else if (value instanceof Map<?, ?> map) {
            JsonObjectBuilder object = Json.createObjectBuilder();
            map.forEach((key, of) -> object.add(key.toString(), json(of)));
            return object.build();
        }
        return value instanceof Record record ? json(components(record)) : Json.createValue(value.toString());
    }

    /** The components of a record, in their order; to be added to. */
    static Map<String, Object> components(Record record) {
        Map<String, Object> components = new LinkedHashMap<>();
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            components.put(component.getName(), call(component.getAccessor(), record));
        }
        return components;
    }

    private static Object call(Method method, Object on) {
        try {
            // a record may be private to its command
            method.trySetAccessible();
            return method.invoke(on);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new UndeclaredThrowableException(e.getCause());
        } catch (IllegalAccessException e) {
            throw new IllegalArgumentException(method + " cannot be read", e);
        }
    }
}
