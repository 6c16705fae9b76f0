package org.hotbackup.menu;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.hotbackup.control.AuditMXBean;
import org.hotbackup.control.ControlDirectory;
import org.hotbackup.control.Description;
import org.hotbackup.control.LostAndFoundMXBean;
import org.hotbackup.control.NodeMXBean;
import org.hotbackup.control.NoticesMXBean;
import org.hotbackup.control.PermanentLogMXBean;
import org.hotbackup.control.ResyncMXBean;
import org.hotbackup.control.Role;
import org.hotbackup.control.SamplesMXBean;
import org.hotbackup.control.SecurityMXBean;
import org.hotbackup.control.ServerMXBean;
import org.hotbackup.control.TapeMXBean;
import org.hotbackup.control.TapeServerMXBean;
import org.hotbackup.control.TapeSocketMXBean;
import org.hotbackup.control.TasksMXBean;
import org.hotbackup.control.TransactionLogQueueMXBean;
import org.hotbackup.control.VerificationMXBean;

/** What JMX consoles show as attributes, by the same names, bean by bean. */
final class AttributePages {

    private static final String TITLE = "Attributes";

    private AttributePages() {}

    static void open(Session session) {
        String name = session.server();
        session.open(new Menu(
                TITLE,
                List.of(
                        choice("Node", NodeMXBean.class, ControlDirectory::node),
                        choice("Server '" + name + "'", ServerMXBean.class, controls -> controls.server(name)),
                        choice(
                                "Transaction log queue",
                                TransactionLogQueueMXBean.class,
                                ControlDirectory::transactionLogQueue),
                        both(
                                "Verification and resync",
                                "Comparing files with the slave's, and an image that is made anew",
                                "Verification",
                                controls -> text(VerificationMXBean.class, controls.verification(name)),
                                "Resync",
                                controls -> text(ResyncMXBean.class, controls.resync())),
                        choice("Lost+found", LostAndFoundMXBean.class, ControlDirectory::lostAndFound),
                        both(
                                "Tasks and tape devices",
                                "What runs long, and the tape devices that there are",
                                "Tasks",
                                controls -> text(TasksMXBean.class, controls.tasks()),
                                "Tape devices",
                                controls -> text(TapeMXBean.class, controls.tape())),
                        choice("Samples", SamplesMXBean.class, ControlDirectory::samples),
                        choice("Notices", NoticesMXBean.class, ControlDirectory::notices),
                        choice("Security", SecurityMXBean.class, ControlDirectory::security),
                        both(
                                "Audit and permanent log",
                                "Who did what, and what all servers said",
                                "Audit",
                                controls -> text(AuditMXBean.class, controls.audit()),
                                "Permanent log",
                                controls -> text(PermanentLogMXBean.class, controls.permanentLog())))));
    }

    /** Two in one: the menu has a digit for each choice. */
    private static Choice both(
            String label,
            String help,
            String first,
            Function<ControlDirectory, String> ofFirst,
            String second,
            Function<ControlDirectory, String> ofSecond) {
        String title = "Attributes: " + label;
        return new Choice(
                label,
                help,
                session -> session.watch(
                        title,
                        controls -> new Look.Shown(
                                title,
                                first + "\n" + ofFirst.apply(controls) + "\n\n" + second + "\n"
                                        + ofSecond.apply(controls))));
    }

    static void ofTapeSocket(Session session) {
        String name = session.server();
        session.open(new Menu(
                TITLE,
                List.of(
                        choice("Tape-socket", TapeSocketMXBean.class, ControlDirectory::tapeSocket),
                        choice(
                                "Server '" + name + "'",
                                TapeServerMXBean.class,
                                controls -> controls.tapeServer(name)))));
    }

    private static <T> Choice choice(String label, Class<T> contract, Function<ControlDirectory, T> bean) {
        String title = "Attributes: " + label;
        return new Choice(
                label,
                contract.getAnnotation(Description.class).value(),
                session ->
                        session.watch(title, controls -> new Look.Shown(title, text(contract, bean.apply(controls)))));
    }

    private static <T> String text(Class<T> contract, T bean) {
        List<Method> attributes = Arrays.stream(contract.getMethods())
                .filter(Role::isAttribute)
                .sorted(Comparator.comparing(AttributePages::name))
                .toList();
        int longest = attributes.stream()
                .mapToInt(method -> name(method).length())
                .max()
                .orElse(1);
        return attributes.stream()
                .map(method -> String.format("%-" + longest + "s  %s", name(method), value(method, bean)))
                .map(String::stripTrailing)
                .collect(Collectors.joining("\n"));
    }

    private static String name(Method getter) {
        return getter.getName().replaceFirst("^(get|is)", "");
    }

    private static String value(Method getter, Object bean) {
        try {
            Object value = getter.invoke(bean);
            String text = value instanceof Collection<?> values
                    ? values.stream().map(String::valueOf).collect(Collectors.joining(", "))
                    : String.valueOf(value);
            String units = getter.getAnnotation(Description.class).units();
            return Text.safe(units.isEmpty() ? text : text + " " + units);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof RuntimeException refused) {
                throw refused;
            }
            throw new IllegalStateException(e.getCause());
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }
}
