package org.hotbackup.management;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import javax.management.openmbean.TabularData;
import javax.management.openmbean.TabularDataSupport;

/**
 * What consoles may see of the Java VM itself: the figures of memory, threads, classes and processor that they draw, and no more. A
 * bean that is not named here is not there for them: some of the platform's can run code, write files, or show what is secret.
 */
final class JvmFigures {

    private static final String PLATFORM = "java.lang";

    /** Types of java.lang all of whose attributes are figures and names. */
    private static final Set<String> FIGURES = Set.of(
            "ClassLoading",
            "Compilation",
            "GarbageCollector",
            "Memory",
            "MemoryManager",
            "MemoryPool",
            "OperatingSystem",
            "Runtime",
            "Threading");

    /** What reads threads and changes nothing; a console's list of threads needs it. */
    private static final Set<String> READING_THREADS =
            Set.of("getThreadInfo", "dumpAllThreads", "findDeadlockedThreads", "findMonitorDeadlockedThreads");

    private static final String MASKED = "***";

    /** System properties that consoles show; who starts a node may give passwords as others. */
    private static final List<String> SHOWN =
            List.of("java.", "os.", "user.language", "user.timezone", "file.", "line.");

    private static final List<String> SECRET = List.of("pass", "secret", "token", "credential", "key");

    /** Attributes that hold what was given at the start, and what is left of each. */
    private static final Map<String, UnaryOperator<Object>> OF_START =
            Map.of("SystemProperties", JvmFigures::properties, "InputArguments", JvmFigures::arguments);

    private JvmFigures() {}

    /** Whether consoles see this bean. */
    static boolean isShown(ObjectName name) {
        String type = name.getKeyProperty("type");
        if (type == null || name.isPattern()) {
            return false;
        }
        return switch (name.getDomain()) {
            case PLATFORM -> FIGURES.contains(type);
            case "java.nio" -> type.equals("BufferPool");
            case "JMImplementation" -> type.equals("MBeanServerDelegate");
            default -> false;
        };
    }

    /** Whether consoles may call this operation of a bean. */
    static boolean mayInvoke(ObjectName name, String operation) {
        return name.getDomain().equals(PLATFORM)
                && "Threading".equals(name.getKeyProperty("type"))
                && READING_THREADS.contains(operation);
    }

    /** An attribute's value as consoles see it. */
    static Object shown(String attribute, Object value) {
        return OF_START.getOrDefault(attribute, v -> v).apply(value);
    }

    private static Object arguments(Object value) {
        return Stream.of((String[]) value)
                .map(argument -> argument.startsWith("-D") || argument.startsWith("-javaagent")
                        ? argument.replaceFirst("=.*", "=" + MASKED)
                        : argument)
                .toArray(String[]::new);
    }

    private static Object properties(Object value) {
        TabularData all = (TabularData) value;
        TabularDataSupport shown = new TabularDataSupport(all.getTabularType());
        for (Object row : all.values()) {
            String key = String.valueOf(((CompositeData) row).get("key"));
            String small = key.toLowerCase(Locale.ROOT);
            if (SHOWN.stream().anyMatch(small::startsWith) && SECRET.stream().noneMatch(small::contains)) {
                shown.put((CompositeData) row);
            }
        }
        return shown;
    }
}
