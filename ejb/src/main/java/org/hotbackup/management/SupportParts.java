package org.hotbackup.management;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.hotbackup.control.ControlDirectory;
import org.hotbackup.control.Figure;
import org.hotbackup.control.NodeMXBean;
import org.hotbackup.control.SecurityMXBean;
import org.hotbackup.control.ServerMXBean;
import org.hotbackup.control.SupportPart;
import org.hotbackup.control.TransactionLogQueueMXBean;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.control.settings.NodeSetting;
import org.hotbackup.control.settings.NodeSettings;
import org.hotbackup.node.NodeHome;
import org.hotbackup.server.NodeConfiguration;

/**
 * What somebody who helps from afar needs to know of the node: causes, figures, statuses, settings, the ends of its logs and the
 * samples of the last hour. It is a few MB at most, whatever is in the node; nothing of it is a secret or the body of an item. What
 * cannot be found out is said in its place.
 */
@ApplicationScoped
public class SupportParts {

    private static final String END = System.lineSeparator();
    private static final int LINES = 100;
    private static final int MESSAGES = 1_000;
    private static final int STATUS_LINES = 200;
    private static final int SAMPLES = 400;
    private static final int MOST_LOG_BYTES = 512 << 10;

    @Inject
    ControlSurface surface;

    @Inject
    NodeConfiguration configuration;

    /** All parts as of now. */
    public List<SupportPart> all() {
        return of(surface, configuration.settings(), new NodeHome("", configuration.home()).log());
    }

    static List<SupportPart> of(ControlDirectory control, NodeSettings settings, Path log) {
        NodeSecrets secrets = NodeSecrets.of(settings);
        List<SupportPart> parts = new ArrayList<>();
        add(parts, secrets, "diagnosis.txt", () -> control.node().diagnoseText());
        add(parts, secrets, "node.txt", () -> attributes(NodeMXBean.class, control.node()) + jvm());
        add(parts, secrets, "settings.txt", () -> settings(settings));
        add(parts, secrets, "security.txt", () -> attributes(SecurityMXBean.class, control.security()));
        add(parts, secrets, "certificates.txt", () -> control.security().certificatesText());
        add(
                parts,
                secrets,
                "queue.txt",
                () -> attributes(TransactionLogQueueMXBean.class, control.transactionLogQueue()));
        for (String server : control.node().getServerNames()) {
            add(parts, secrets, "servers/" + server + ".txt", () -> server(control.server(server)));
            add(parts, secrets, "verify/" + server + ".txt", () -> control.verification(server)
                    .status());
        }
        add(parts, secrets, "tasks.txt", () -> control.tasks().listText(LINES));
        add(parts, secrets, "jobs.txt", () -> control.node().listJobs(LINES));
        add(parts, secrets, "notices.txt", () -> notices(control));
        add(parts, secrets, "lost-and-found.txt", () -> control.lostAndFound().listText("", LINES));
        add(parts, secrets, "permanent-log.txt", () -> control.permanentLog().text("", MESSAGES));
        add(parts, secrets, "node.log", () -> end(log));
        for (Figure figure : Figure.values()) {
            sources(control, figure)
                    .forEach(server -> add(
                            parts,
                            secrets,
                            "samples/" + figure.word() + (server.isEmpty() ? "" : "-" + server) + ".csv",
                            () -> samples(control, figure, server)));
        }
        return parts;
    }

    private static void add(List<SupportPart> parts, NodeSecrets secrets, String name, Supplier<String> text) {
        String known;
        try {
            known = text.get();
        } catch (Refusal e) {
            known = e.getMessage();
        }
        parts.add(new SupportPart(name, secrets.hiddenIn(known)));
    }

    /** The attributes of a bean as JMX consoles show them, one a line, by name. */
    private static <T> String attributes(Class<T> contract, T bean) {
        return Arrays.stream(contract.getMethods())
                .filter(method -> method.getParameterCount() == 0)
                .filter(method -> method.getName().matches("(get|is)[A-Z].*"))
                .sorted(Comparator.comparing(SupportParts::name))
                .map(method -> name(method) + "=" + value(method, bean) + END)
                .collect(Collectors.joining());
    }

    private static String name(Method method) {
        return method.getName().replaceFirst("^(get|is)", "");
    }

    private static String value(Method method, Object bean) {
        try {
            return String.valueOf(method.invoke(bean));
        } catch (InvocationTargetException e) {
            return "(" + e.getCause().getMessage() + ")";
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String jvm() {
        Runtime runtime = Runtime.getRuntime();
        return "Java=" + Runtime.version() + END + "System=" + System.getProperty("os.name") + " "
                + System.getProperty("os.version") + " " + System.getProperty("os.arch") + END + "Processors="
                + runtime.availableProcessors() + END + "HeapBytes=" + runtime.totalMemory() + END + "MostHeapBytes="
                + runtime.maxMemory() + END;
    }

    private static String settings(NodeSettings settings) {
        return Arrays.stream(NodeSetting.values())
                .map(setting -> setting.key() + "="
                        + settings.find(setting)
                                .map(value -> setting.isSecret() ? NodeSecrets.HIDDEN : value)
                                .orElse("")
                        + END)
                .collect(Collectors.joining());
    }

    private static String server(ServerMXBean server) {
        return attributes(ServerMXBean.class, server)
                + titled("show", server::show)
                + titled("query", server::query)
                + titled("status", () -> server.status(STATUS_LINES));
    }

    private static String titled(String title, Supplier<String> text) {
        String said;
        try {
            said = text.get();
        } catch (Refusal e) {
            said = e.getMessage();
        }
        return END + "-- " + title + END + said.stripTrailing() + END;
    }

    private static String notices(ControlDirectory control) {
        long last = control.notices().getLastNumber();
        return control.notices().readText("", Math.max(0, last - LINES), LINES);
    }

    /** Of whom there may be samples of a figure: the node, servers. */
    private static List<String> sources(ControlDirectory control, Figure figure) {
        List<String> sources = new ArrayList<>();
        if (figure.of() == Figure.Of.NODE) {
            sources.add("");
            return sources;
        }
        for (String server : control.node().getServerNames()) {
            String type = control.server(server).getServerType();
            boolean of =
                    switch (figure.of()) {
                        case MASTER -> type.equals("Master");
                        case SLAVE -> type.equals("Slave");
                        default -> true;
                    };
            if (of) {
                sources.add(server);
            }
        }
        return sources;
    }

    private static String samples(ControlDirectory control, Figure figure, String server) {
        long from = System.currentTimeMillis() - TimeUnit.HOURS.toMillis(1);
        return control.samples().csv(figure.word(), server, from, SAMPLES);
    }

    /** The last whole lines of a file. */
    private static String end(Path file) {
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "r")) {
            long from = Math.max(0, open.length() - MOST_LOG_BYTES);
            byte[] bytes = new byte[(int) Math.min(MOST_LOG_BYTES, open.length())];
            open.seek(from);
            int read = Math.max(0, open.read(bytes));
            String text = new String(bytes, 0, read, StandardCharsets.UTF_8);
            return from == 0 ? text : text.substring(text.indexOf('\n') + 1);
        } catch (IOException e) {
            return e.getMessage();
        }
    }
}
