package org.hotbackup.matrix;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.management.JMException;
import javax.management.MBeanOperationInfo;
import javax.management.MBeanParameterInfo;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import javax.management.remote.JMXConnector;
import org.hotbackup.control.ControlNames;
import org.hotbackup.testing.RemoteAccess;
import org.hotbackup.testing.TestNode;

/** Any JMX client that knows nothing of us. */
final class OverJmx implements Surface {

    private final TwoNodes nodes;
    private final Map<String, JMXConnector> connectors = new HashMap<>();

    OverJmx(TwoNodes nodes) throws IOException {
        this.nodes = nodes;
        for (TestNode node : nodes.nodes()) {
            RemoteAccess access = nodes.access(node);
            for (String role : RemoteAccess.ROLES) {
                connectors.put(role + access.port(), access.open(new String[] {role, access.password(role)}));
            }
        }
    }

    @Override
    public String title() {
        return "JMX";
    }

    /** The beans as a user of this role sees them. */
    MBeanServerConnection beans(RemoteAccess access, String role) throws IOException {
        return connectors.get(role + access.port()).getMBeanServerConnection();
    }

    @Override
    public Optional<String> call(EveryOperation row, String role) throws Exception {
        MBeanServerConnection beans = beans(nodes.access(row), role);
        ObjectName bean = new ObjectName(ControlNames.DOMAIN + ":type=" + row.bean());
        MBeanParameterInfo[] parameters = Stream.of(beans.getMBeanInfo(bean).getOperations())
                .filter(one -> one.getName().equals(row.operation()))
                .map(MBeanOperationInfo::getSignature)
                .findFirst()
                .orElseThrow();
        List<String> given = nodes.filled(row, role, row.arguments());
        Object[] arguments = new Object[parameters.length];
        String[] types = new String[parameters.length];
        for (int i = 0; i < parameters.length; i++) {
            types[i] = parameters[i].getType();
            arguments[i] = argument(types[i], given.get(i));
        }
        try {
            return Optional.of(outcome(beans.invoke(bean, row.operation(), arguments, types)));
        } catch (JMException | RuntimeException e) {
            Throwable cause = e;
            while (cause.getCause() != null) {
                cause = cause.getCause();
            }
            return Optional.of(Outcomes.refused(String.valueOf(cause.getMessage())));
        }
    }

    private static Object argument(String type, String text) {
        return switch (type) {
            case "int" -> Integer.valueOf(text);
            case "long" -> Long.valueOf(text);
            case "boolean" -> Boolean.valueOf(text);
            default -> text;
        };
    }

    private static String outcome(Object answer) {
        return answer instanceof CompositeData receipt && receipt.containsKey("messageId")
                ? Outcomes.of((String) receipt.get("outcome"), (String) receipt.get("messageId"))
                : EveryOperation.VALUE;
    }

    @Override
    public void close() {
        try {
            for (JMXConnector connector : connectors.values()) {
                connector.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
