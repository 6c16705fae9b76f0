package org.hotbackup.management;

import java.util.stream.Collectors;
import javax.management.openmbean.ArrayType;
import javax.management.openmbean.CompositeType;
import javax.management.openmbean.OpenType;
import javax.management.openmbean.SimpleType;
import javax.management.openmbean.TabularType;

/** Open types as text: {@code {number long, text String}[]}. */
final class OpenTypeText {

    private OpenTypeText() {}

    static String of(OpenType<?> type) {
        if (type instanceof ArrayType<?> array) {
            return of(array.getElementOpenType()) + "[]".repeat(array.getDimension());
        } else if (type instanceof CompositeType composite) {
            return composite.keySet().stream()
                    .map(key -> key + " " + of(composite.getType(key)))
                    .collect(Collectors.joining(", ", "{", "}"));
        } else if (type instanceof TabularType table) {
            return "table of " + of(table.getRowType()) + " by " + table.getIndexNames();
        }
        return ((SimpleType<?>) type).getClassName().replace("java.lang.", "");
    }
}
