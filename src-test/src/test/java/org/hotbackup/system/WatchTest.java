package org.hotbackup.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.lang.reflect.Method;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import javax.management.Notification;
import javax.management.NotificationFilterSupport;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;
import org.hotbackup.control.ControlNames;
import org.hotbackup.control.LogMessage;
import org.hotbackup.control.Notice;
import org.hotbackup.control.OperationReceipt;
import org.hotbackup.control.PermanentLogMXBean;
import org.hotbackup.control.ServerMXBean;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.node.NodeHomes;
import org.hotbackup.node.Ports;
import org.hotbackup.testing.Command;
import org.hotbackup.testing.StoreKind;
import org.hotbackup.testing.TestNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A master server in trouble, on a real node: its warnings reach everybody, and the permanent log keeps them. */
@Tag("system")
class WatchTest {

    private static final String SERVER = "todev";
    private static final long PATIENCE_SECONDS = 60;

    @TempDir
    static Path homes;

    private static final GreenMail smtp = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    private static final BlockingQueue<String> posted = new LinkedBlockingQueue<>();
    private static final BlockingQueue<Notification> heard = new LinkedBlockingQueue<>();
    private static HttpServer web;
    private static TestNode node;

    @BeforeAll
    static void startEverything() throws IOException {
        smtp.start();
        web = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        web.createContext("/", exchange -> {
            posted.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        web.start();
        node = TestNode.create(new NodeHomes(homes), "alone", StoreKind.H2);
        node.configure("hotbackup.mail.host", "127.0.0.1");
        node.configure("hotbackup.mail.port", Integer.toString(smtp.getSmtp().getPort()));
        node.trust(node);
        node.start();
    }

    @AfterAll
    static void stopEverything() {
        node.close();
        web.stop(0);
        smtp.stop();
    }

    @AfterEach
    void leaveNoServer() {
        for (String server : node.control().node().getServerNames()) {
            node.control().server(server).stop(server);
            done(node.control().node().deleteServer(server, server, "a test"));
        }
    }

    private static void done(OperationReceipt receipt) {
        assertThat(receipt.outcome()).as(receipt.message()).isEqualTo(OperationReceipt.Outcome.DONE);
    }

    private static ServerMXBean server() {
        return node.control().server(SERVER);
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("what was waited for came in time").isLessThan(deadline);
            java.util.concurrent.locks.LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
    }

    private static Notification heardOf(MessageCode code) throws InterruptedException {
        Notification notification = heard.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        while (!((CompositeData) notification.getUserData()).get("messageId").equals(code.id())) {
            notification = heard.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        }
        return notification;
    }

    private static void listen(JMXConnector console) throws Exception {
        NotificationFilterSupport states = new NotificationFilterSupport();
        states.enableType("hotbackup.server.state");
        console.getMBeanServerConnection()
                .addNotificationListener(
                        ControlNames.server(SERVER), (notification, handback) -> heard.add(notification), states, null);
    }

    /** A bean that nobody registers is missed by consoles only. */
    @Test
    void shouldOfferEveryBeanOfTheNodeToConsoles() throws Exception {
        String[] credentials = {"local", node.home().localSecret()};
        try (JMXConnector console = JMXConnectorFactory.connect(
                new JMXServiceURL(node.home().jmxUrl()), Map.of(JMXConnector.CREDENTIALS, credentials))) {
            assertThat(console.getMBeanServerConnection().queryNames(new ObjectName(ControlNames.DOMAIN + ":*"), null))
                    .containsExactlyInAnyOrderElementsOf(namesOfTheNode());
        }
    }

    private static List<ObjectName> namesOfTheNode() throws ReflectiveOperationException {
        List<ObjectName> names = new ArrayList<>();
        for (Method method : ControlNames.class.getMethods()) {
            if (method.getReturnType() == ObjectName.class && method.getParameterCount() == 0) {
                names.add((ObjectName) method.invoke(null));
            }
        }
        return names;
    }

    @Test
    @Tag("HB-058")
    @Tag("HB-063")
    @Tag("HB-143")
    @Tag("HB-155")
    void shouldTellAWarningToTheWholeNotifyList() throws Exception {
        int nobody = Ports.free(Set.of(node.home().httpPort(), node.home().jmxPort()));
        done(node.control()
                .node()
                .setup(SERVER, "type=master host=127.0.0.1 check-period=0 notify=bob,eve,!0 port=" + nobody));
        done(node.control().notices().setAddress("bob", "bob@example.com"));
        done(node.control()
                .notices()
                .setAddress("eve", "http://127.0.0.1:" + web.getAddress().getPort() + "/notices"));
        String[] credentials = {"local", node.home().localSecret()};
        try (JMXConnector console = JMXConnectorFactory.connect(
                new JMXServiceURL(node.home().jmxUrl()), Map.of(JMXConnector.CREDENTIALS, credentials))) {
            listen(console);
            done(server().start());

            Notification notification = heardOf(MessageCode.CANNOT_CALL_HOST);
            assertThat(notification.getType()).isEqualTo("hotbackup.server.state");
            assertThat(notification.getMessage()).startsWith("Cannot call host '127.0.0.1:" + nobody + "'");
        }

        assertThat(smtp.waitForIncomingEmail(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS), 1))
                .isTrue();
        assertThat(smtp.getReceivedMessages()[0].getSubject())
                .startsWith("Notice from server 'todev': Cannot call host");
        assertThat(posted.poll(PATIENCE_SECONDS, TimeUnit.SECONDS)).contains("\"messageId\":\"HB2015\"", "\"alone\"");
        List<String> watched = Command.run(homes, PATIENCE_SECONDS, "watch", "--as", "!0", "--count", "1");
        assertThat(watched).hasSize(3);
        assertThat(watched.get(0)).isEqualTo("Waiting for notices; Ctrl-C ends.");
        assertThat(watched.get(1)).isEqualTo("Notice from server 'todev'");
        assertThat(watched.get(2)).contains("HB2015  Cannot call host");
        assertThat(node.control().notices().take("!0", 10)).isEmpty();
    }

    @Test
    @Tag("HB-095")
    @Tag("HB-096")
    @Tag("HB-155")
    void shouldListAndClearThePermanentLogFromTheCommandLine() {
        PermanentLogMXBean log = node.control().permanentLog();
        done(log.clear("all", "log", "a test"));
        await(() -> log.search("cleared the permanent log (all): a test", "", 10)
                        .messages()
                        .size()
                == 1);
        done(node.control()
                .node()
                .setup(
                        SERVER,
                        "type=slave port="
                                + Ports.free(Set.of(
                                        node.home().httpPort(), node.home().jmxPort()))));
        done(server().start());
        done(server().stop(SERVER));
        await(() -> log.search(MessageCode.SERVER_STOPPED.text(SERVER), "", 1)
                        .messages()
                        .size()
                == 1);
        List<LogMessage> messages = log.next("", 10).messages();
        int size = messages.size();
        LogMessage start = messages.get(size - 2);
        String started = MessageCode.SERVER_STARTED.text(SERVER);

        assertThat(Command.run(homes, PATIENCE_SECONDS, "permanent-log", "--lines", "2"))
                .containsExactly(start.toString(), messages.get(size - 1).toString());
        assertThat(Command.run(
                        homes, PATIENCE_SECONDS, "permanent-log", "--search", "STARTED", "--from", "00:00", "--ids"))
                .containsExactly(start.id() + "  " + start);
        assertThat(log.text("", 10).lines())
                .hasSize(size)
                .element(size - 2)
                .asString()
                .endsWith(started);
        assertThat(Command.run(
                        homes,
                        PATIENCE_SECONDS,
                        "permanent-log",
                        "clear",
                        "all",
                        "--confirm",
                        "logg",
                        "--reason",
                        "a test"))
                .containsExactly(MessageCode.CONFIRM_BY_NAME.text("log", "logg"));
        assertThat(Command.run(
                        homes,
                        PATIENCE_SECONDS,
                        "permanent-log",
                        "clear",
                        "all",
                        "--confirm",
                        "log",
                        "--reason",
                        "a test"))
                .containsExactly(MessageCode.LOG_CLEARED.text(size, "all"));
        await(() -> log.search("cleared the permanent log (all): a test", "", 10)
                        .messages()
                        .size()
                == 1);
        assertThat(server().status(10)).contains(started);
    }

    /** Two servers of one node, of which only one looks. */
    @Test
    @Tag("HB-056")
    @Tag("HB-149")
    void shouldWarnAtEachCheckThatUpdatesAreNotEnqueuedAndNeverWithoutChecks() {
        int nobody = Ports.free(Set.of(node.home().httpPort(), node.home().jmxPort()));
        String setup = "type=master host=127.0.0.1 port=" + nobody + " notify=!7 check-period=";
        done(node.control().node().setup("looks", setup + "1"));
        done(node.control().node().setup("rests", setup + "0"));
        done(node.control().server("rests").start());
        done(node.control().server("looks").start());

        done(node.control().transactionLogQueue().stopEnqueuing("alone", "a test"));

        await(() -> warnings("looks") >= 2);
        assertThat(warnings("rests")).isZero();
        assertThat(node.control().notices().take("!7", 100))
                .extracting(Notice::text)
                .contains(MessageCode.NOT_ENQUEUED.text());
        done(node.control().transactionLogQueue().startEnqueuing());
    }

    @Test
    @Tag("HB-147")
    @Tag("HB-182")
    void shouldTellTheNotifyListOfASlaveServerThatItCannotStart() throws IOException {
        int port = Ports.free(Set.of(node.home().httpPort(), node.home().jmxPort()));
        done(node.control().node().setup("fromprod", "type=slave notify=!3 port=" + port));
        try (ServerSocket somebody = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            OperationReceipt receipt = node.control().server("fromprod").start();

            assertThat(receipt.outcome()).isEqualTo(OperationReceipt.Outcome.REFUSED);
            assertThat(node.control().notices().take("!3", 10))
                    .satisfiesExactly(
                            cause -> assertThat(cause.text()).contains("BIND", "" + somebody.getLocalPort()),
                            failure -> assertThat(receipt.message()).startsWith(failure.text()))
                    .allSatisfy(notice -> {
                        assertThat(notice.severity()).isEqualTo("error");
                        assertThat(notice.server()).isEqualTo("fromprod");
                    });
            assertThat(node.control().node().diagnose())
                    .as("the diagnosis shows why, and not only that it failed")
                    .anySatisfy(cause -> assertThat(cause.evidence()).contains("BIND: TCP port " + port));
        }
    }

    private static long warnings(String server) {
        return node.control()
                .server(server)
                .status(200)
                .lines()
                .filter(line -> line.endsWith(MessageCode.NOT_ENQUEUED.text()))
                .count();
    }
}
