package org.hotbackup.web.faces;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.hotbackup.control.messages.Refusal;

/**
 * What an operation that reads answered: a text, or a table of its records. Faces sees it.
 *
 * @param text the text; empty if it is a table
 * @param columns the names of the table's columns
 * @param rows its cells
 */
public record Answer(String text, List<String> columns, List<List<String>> rows) {

    /** Shows whatever an operation of the contract may answer. */
    static Answer of(Object answer) {
        if (answer instanceof Collection<?> several) {
            return table(List.copyOf(several));
        }
        if (answer != null && answer.getClass().isRecord()) {
            return table(List.of(answer));
        }
        return text(String.valueOf(answer));
    }

    private static Answer text(String text) {
        return new Answer(text, List.of(), List.of());
    }

    private static Answer table(List<?> several) {
        if (several.isEmpty()) {
            return text("");
        }
        Class<?> type = several.get(0).getClass();
        if (!type.isRecord()) {
            return text(String.join("\n", several.stream().map(String::valueOf).toList()));
        }
        List<RecordComponent> components = Arrays.asList(type.getRecordComponents());
        return new Answer(
                "",
                components.stream().map(component -> words(component.getName())).toList(),
                several.stream()
                        .map(one -> components.stream()
                                .map(component -> value(component, one))
                                .toList())
                        .toList());
    }

    private static String words(String name) {
        String words = name.replaceAll("([A-Z0-9]+)", " $1").toLowerCase(Locale.ROOT);
        return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }

    private static String value(RecordComponent component, Object of) {
        try {
            Object value = component.getAccessor().invoke(of);
            return value instanceof byte[] bytes ? bytes.length + " bytes" : String.valueOf(value);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof Refusal refusal) {
                throw refusal;
            }
            throw new IllegalStateException(e.getCause());
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    public String getText() {
        return text;
    }

    public List<String> getColumns() {
        return columns;
    }

    public List<List<String>> getRows() {
        return rows;
    }

    /** Whether there is nothing in it. */
    public boolean isNothing() {
        return text.isEmpty() && rows.isEmpty();
    }
}
