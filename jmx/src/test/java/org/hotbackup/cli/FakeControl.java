package org.hotbackup.cli;

import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.rmi.registry.LocateRegistry;
import java.rmi.registry.Registry;
import java.rmi.server.UnicastRemoteObject;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.MBeanServerFactory;
import javax.management.ObjectName;
import javax.management.StandardMBean;
import javax.management.remote.JMXConnectorServer;
import javax.management.remote.JMXConnectorServerFactory;
import javax.management.remote.JMXServiceURL;
import org.hotbackup.control.OperationReceipt;
import org.hotbackup.control.messages.MessageCode;

/**
 * Control beans that do nothing, behind a real JMX connector. An operation answers which bean was asked what, so that a
 * kept output proves that a command calls the right one with the right arguments in the right order. Everything else is
 * said by {@link #says}, or made up in the same way each time.
 */
final class FakeControl implements AutoCloseable {

    static {
        // read once, before the first object is exported
        System.setProperty("java.rmi.server.hostname", "127.0.0.1");
    }

    private final Map<String, Function<Object[], ?>> sayings = new HashMap<>();
    private final Set<String> contract = new ConcurrentSkipListSet<>();
    private final Set<String> called = new ConcurrentSkipListSet<>();
    private final MBeanServer beans = MBeanServerFactory.newMBeanServer();
    private final Registry registry;
    private final JMXConnectorServer connector;

    /** Listens on this port of loopback. */
    FakeControl(int port) throws IOException {
        registry = LocateRegistry.createRegistry(port);
        connector = JMXConnectorServerFactory.newJMXConnectorServer(
                new JMXServiceURL("service:jmx:rmi://127.0.0.1/jndi/rmi://127.0.0.1:" + port + "/jmxrmi"), null, beans);
        connector.start();
    }

    /** Registers a bean; what it says may depend on its name. */
    <T> void register(ObjectName name, Class<T> contract) throws JMException {
        String bean = name.getKeyProperty("type")
                + (name.getKeyProperty("name") == null ? "" : "." + name.getKeyProperty("name"));
        T made = contract.cast(Proxy.newProxyInstance(
                contract.getClassLoader(),
                new Class<?>[] {contract},
                (proxy, method, given) -> answer(bean, method, given == null ? new Object[0] : given)));
        for (Method method : contract.getMethods()) {
            this.contract.add(name.getKeyProperty("type") + "." + method.getName());
        }
        beans.registerMBean(new StandardMBean(made, contract, true), name);
    }

    /**
     * What an attribute or an operation answers.
     *
     * @param what as {@code Server.todev.query} or, for all servers, {@code Server.query}; attributes as {@code getName}
     */
    void says(String what, Function<Object[], ?> answer) {
        sayings.put(what, answer);
    }

    /** The same, whatever it was asked with. */
    void says(String what, Object answer) {
        says(what, given -> answer);
    }

    /** The operations of all beans that nobody called yet, as {@code Server.query}. */
    Set<String> notCalled() {
        Set<String> left = new TreeSet<>(contract);
        left.removeAll(called);
        left.removeIf(name -> name.matches(".*\\.(get|is)[A-Z].*"));
        return left;
    }

    private Object answer(String bean, Method method, Object... given) {
        String type = bean.split("\\.")[0];
        called.add(type + "." + method.getName());
        for (String of : List.of(bean, type)) {
            Function<Object[], ?> saying = sayings.get(of + "." + method.getName());
            if (saying != null) {
                return saying.apply(given);
            }
        }
        if (method.getReturnType() == OperationReceipt.class) {
            return OperationReceipt.done(MessageCode.USAGE, call(bean, method, given));
        }
        return sample(method.getReturnType(), call(bean, method, given), 1);
    }

    private static String call(String bean, Method method, Object... given) {
        return bean + "." + method.getName()
                + Arrays.stream(given).map(String::valueOf).collect(Collectors.joining(", ", "(", ")"));
    }

    /** A value of a type; records have their components' names in them. */
    private static Object sample(Class<?> type, String text, int number) {
        if (type == String.class) {
            return text;
        } else if (type == boolean.class) {
            return number % 2 == 0;
        } else if (type == int.class) {
            return number;
        } else if (type == long.class) {
            return (long) number;
        } else if (type == List.class) {
            return List.of();
        } else if (type == byte[].class) {
            return text.getBytes(StandardCharsets.UTF_8);
        }
        return type.isRecord() ? record(type.asSubclass(Record.class), number) : null;
    }

    /** A record made up of its components' names and a number; times are times. */
    static <R extends Record> R record(Class<R> type, int number) {
        RecordComponent[] components = type.getRecordComponents();
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        Object[] values = Arrays.stream(components)
                .map(component -> sample(component.getType(), text(component.getName(), number), number))
                .toArray();
        try {
            return type.getDeclaredConstructor(types).newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(type + " cannot be made up", e);
        }
    }

    private static String text(String component, int number) {
        return switch (component) {
            case "time", "committedAt", "comparedAt" -> "2026-11-21T10:15:3" + number + "Z";
            case "server" -> "todev";
            case "path", "file" -> "shop,orders";
            case "messageId" -> "HB2014";
            case "sha256", "sha256OnMaster", "sha256OnSlave" -> "9f86d081884c7d659a2feaa0c55ad015" + number;
            default -> component + " " + number;
        };
    }

    @Override
    public void close() throws IOException {
        connector.stop();
        UnicastRemoteObject.unexportObject(registry, true);
    }
}
