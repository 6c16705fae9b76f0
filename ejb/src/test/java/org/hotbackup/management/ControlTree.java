package org.hotbackup.management;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import javax.management.JMException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanInfo;
import javax.management.MBeanNotificationInfo;
import javax.management.MBeanOperationInfo;
import javax.management.MBeanParameterInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.openmbean.OpenType;

/** What a console sees of our domain, as text. */
final class ControlTree {

    private static final String[] IMPACTS = {"INFO", "ACTION", "ACTION_INFO", "UNKNOWN"};

    private ControlTree() {}

    /** The lines of all these beans. */
    static String text(List<ObjectName> names) {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        List<String> lines = new ArrayList<>();
        names.stream().sorted().forEach(name -> {
            try {
                bean(name, server.getMBeanInfo(name), lines);
            } catch (JMException e) {
                throw new AssertionError(e);
            }
        });
        return String.join("\n", lines) + "\n";
    }

    private static void bean(ObjectName name, MBeanInfo info, List<String> lines) {
        lines.add(name.toString());
        lines.add("  " + info.getDescription());
        Arrays.stream(info.getAttributes())
                .sorted(Comparator.comparing(MBeanAttributeInfo::getName))
                .forEach(attribute -> attribute(attribute, lines));
        Arrays.stream(info.getOperations())
                .sorted(Comparator.comparing(MBeanOperationInfo::getName))
                .forEach(operation -> operation(operation, lines));
        Arrays.stream(info.getNotifications())
                .sorted(Comparator.comparing(notification -> notification.getNotifTypes()[0]))
                .forEach(notification -> notification(notification, lines));
        lines.add("");
    }

    private static void attribute(MBeanAttributeInfo attribute, List<String> lines) {
        Object units = attribute.getDescriptor().getFieldValue("units");
        lines.add("  attribute " + attribute.getName() + ": "
                + type(attribute.getDescriptor().getFieldValue("openType"))
                + (units == null ? "" : " [" + units + "]"));
        lines.add("      " + attribute.getDescription());
    }

    private static void operation(MBeanOperationInfo operation, List<String> lines) {
        boolean destructive = "true".equals(operation.getDescriptor().getFieldValue("destructive"));
        lines.add("  operation " + operation.getName() + ": "
                + type(operation.getDescriptor().getFieldValue("openType")) + ", " + IMPACTS[operation.getImpact()]
                + ", " + operation.getDescriptor().getFieldValue("role") + (destructive ? ", destructive" : ""));
        lines.add("      " + operation.getDescription());
        for (MBeanParameterInfo parameter : operation.getSignature()) {
            lines.add("      (" + parameter.getName() + ") " + parameter.getType() + ": " + parameter.getDescription());
        }
    }

    private static void notification(MBeanNotificationInfo notification, List<String> lines) {
        lines.add(
                "  notification " + Arrays.stream(notification.getNotifTypes()).collect(Collectors.joining(" ")));
        lines.add("      " + notification.getDescription());
    }

    private static String type(Object openType) {
        return openType instanceof OpenType<?> open ? OpenTypeText.of(open) : String.valueOf(openType);
    }
}
